#!/usr/bin/env python3
"""Learns what speaks for a page's title, byline and day; writes src/page/meta_weights.c.

    build/train/candidates < pages.tsv > candidates.jsonl               # pages.tsv: path, tab, address
    train/meta/rank.py ../shared/data/pages candidates.jsonl            # cross-validated by domain, and says what it found
    train/meta/rank.py ../shared/data/pages candidates.jsonl --write src/page/meta_weights.c

A conditional logit model for each field: of a page's candidates (the first is "none") the chosen one has probability
exp(w.f) / sum. Right are the candidates that mean the gold value; where none does, "none" is. Full-batch gradient steps (Rprop) with a
Gaussian prior, no randomness. Weights are rounded to 1/SCALE. Margins over "none" are given with --margins; zero gave the best held-out day and byline.
"""
import argparse, json, math, re, sys, unicodedata, zlib
from collections import defaultdict
from urllib.parse import urlsplit

SCALE, FOLDS = 64, 5
WEIGHT = {"whole": 1.0, "address": 0.5, "no ld": 0.25, "no head": 0.25}  # pages with parts taken away count for less
TOKEN = re.compile(r"\w+")
CREDENTIAL = {"md", "phd", "ms", "ma", "ba", "bs", "msc", "mba", "rd", "rdn", "rn", "np", "lcsw", "cpt", "jr", "sr", "cpa", "contributor",
              "author", "editor", "fand", "esq", "cfp", "dds", "dvm", "do", "mph"}

# What is known of a feature before any page was seen, in logits, where the pages have too few cases to learn it: citation_author is defined
# as the list of writers, a day in the address is set by the publishing system.
EXPECTED = {"byline": {"META_CITATION": 1.0, "META_OTHER": 0.5}, "date": {"URL_DAY": 1.0, "META_OTHER": 0.5}}


def words(s):
    return TOKEN.findall(unicodedata.normalize("NFKC", s or "").casefold())


def people(s):
    out = set()
    s = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", unicodedata.normalize("NFKC", s or "").casefold()).replace("ph.d", "phd")
    s = re.sub(r"^\s*(?:(?:written|words|posted)\s+)?by:?\s+", "", s)
    for part in re.split(r"[,;|&/\n·•]|\s(?:and|with|und|et|y)\s", s):
        w = TOKEN.findall(part)
        if " ".join(w) in CREDENTIAL:
            continue
        if len(w) > 1 and w[0] in {"by", "and", "dr", "prof", "mr", "mrs", "ms"}:
            w = w[1:]
        if w:
            out.add(" ".join(w))
    return out


def right(field, gold, value):
    if field == "title":
        return words(gold) == words(value)
    if field == "byline":
        return people(gold) == people(value) != set()
    return value[:10][:len(gold)] == gold[:10] or gold[:len(value)] == value


def load(folder, path):
    """field -> (names, [page]); a page is (file, domain, gold, [(features, right, value)], variant)"""
    truth = {}
    for line in open(folder + "/truth.jsonl", encoding="utf-8"):
        t = json.loads(line)
        truth[t["file"]] = t
    names, pages = {}, defaultdict(list)
    for line in open(path, encoding="utf-8"):
        r = json.loads(line)
        if "names" in r:
            names[r["field"]] = r["names"]
            continue
        file = re.sub(r"\.html?$", "", r["file"])
        t = truth.get(file)
        if not t:
            continue
        gold = t[{"title": "title", "byline": "author", "date": "date"}[r["field"]]]
        host = ".".join((urlsplit(t.get("url") or "").hostname or file).split(".")[-2:])
        cands = [(c["features"], bool(gold and i and right(r["field"], gold, c["value"] or "")), c["value"])
                 for i, c in enumerate(r["candidates"])]
        pages[r["field"]].append((file, host, gold, cands, r["variant"]))
    return names, pages


def chances(w, cands):
    s = [sum(w[f] for f in c[0]) for c in cands]
    top = max(s)
    e = [math.exp(x - top) for x in s]
    z = sum(e)
    return [x / z for x in e]


def learn(pages, expected, steps, prior):
    size = len(expected)
    w, step, last = list(expected), [0.1] * size, [0.0] * size
    data = []
    for _, _, _, cands, variant in pages:
        good = [i for i, c in enumerate(cands) if c[1]] or [0]
        data.append((cands, good, WEIGHT[variant]))
    for _ in range(steps):
        g = [prior * (e - x) for x, e in zip(w, expected)]
        for cands, good, weight in data:
            p = chances(w, cands)
            mass = sum(p[i] for i in good)
            for i, c in enumerate(cands):
                d = weight * ((p[i] / mass if i in good else 0.0) - p[i])
                if abs(d) > 1e-4:
                    for f in c[0]:
                        g[f] += d
        for f in range(size):
            same = g[f] * last[f]
            step[f] = min(step[f] * 1.2, 0.5) if same > 0 else max(step[f] * 0.5, 1e-4) if same < 0 else step[f]
            if same < 0:
                g[f] = 0.0
            w[f] += step[f] * (g[f] > 0) - step[f] * (g[f] < 0)
            last[f] = g[f]
    return [round(x * SCALE) for x in w]


def pick(w, cands):
    s = [sum(w[f] for f in c[0]) for c in cands]
    best = max(range(len(s)), key=lambda i: (s[i], -i))
    return best, s[best] - s[0]


def held_out(pages, expected, steps, prior):
    """[(page, chosen, lead over none)] with weights that never saw the page's domain"""
    out = []
    for k in range(FOLDS):
        fold = lambda p: zlib.crc32(p[1].encode()) % FOLDS == k
        w = learn([p for p in pages if not fold(p)], expected, steps, prior)
        out += [(p, *pick(w, p[3])) for p in pages if fold(p)]
    return out


def report(field, results, margin):
    gold = [r for r in results if r[0][2]]
    none = [r for r in results if not r[0][2]]
    given = [r for r in gold if r[1] and r[2] >= margin]
    good = sum(r[0][3][r[1]][1] for r in given)
    able = sum(any(c[1] for c in r[0][3]) for r in gold)
    extra = sum(bool(r[1]) and r[2] >= margin for r in none)
    return (f"{field:7} margin {margin:5}: right {good / len(gold):.3f} of {len(gold)} (possible {able / len(gold):.3f}), "
            f"right when given {good / max(1, len(given)):.3f}, given without gold {extra / max(1, len(none)):.3f}")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folder")
    ap.add_argument("candidates")
    ap.add_argument("--write")
    ap.add_argument("--steps", type=int, default=60)
    ap.add_argument("--prior", type=float, default=16.0)
    ap.add_argument("--fields", default="title,byline,date")
    ap.add_argument("--margins", default="0,0,0", help="title,byline,date, in 1/%d" % SCALE)
    ap.add_argument("--variants", default="1,0.5,0.25,0.25", help="weights of whole, address, no ld, no head")
    ap.add_argument("--misses", help="write the held-out mistakes to this file")
    a = ap.parse_args()
    WEIGHT.update(zip(("whole", "address", "no ld", "no head"), map(float, a.variants.split(","))))
    names, pages = load(a.folder, a.candidates)
    margins = dict(zip(("title", "byline", "date"), map(int, a.margins.split(","))))
    misses = open(a.misses, "w", encoding="utf-8") if a.misses else None
    for field in a.fields.split(","):
        expected = [EXPECTED.get(field, {}).get(n, 0.0) for n in names[field]]
        every = held_out(pages[field], expected, a.steps, a.prior)
        for variant in ("address", "no ld", "no head"):
            print(variant, report(field, [r for r in every if r[0][4] == variant], 0))
        results = [r for r in every if r[0][4] == "whole"]
        for margin in sorted({0, 32, 64, 96, 128, 192, margins[field]}):
            print(report(field, results, margin))
        for p, best, lead in results if misses else ():
            if (p[2] and not p[3][best][1]) or (not p[2] and best):
                able = [c for c in p[3] if c[1]]
                misses.write(json.dumps({"field": field, "file": p[0], "gold": p[2], "chosen": p[3][best][2], "lead": lead,
                                         "chosen_features": [names[field][f] for f in p[3][best][0]],
                                         "right_features": [names[field][f] for f in able[0][0]] if able else None}, ensure_ascii=False) + "\n")
    if not a.write:
        return
    with open(a.write, "w", encoding="utf-8") as out:
        out.write("/* Made by train/meta/rank.py; do not edit. Weights in 1/%d of a logit. */\n" % SCALE)
        out.write('#include "page/rank_features.h"\n\n/* clang-format off */\n')
        for field in ("title", "byline", "date"):
            w = learn(pages[field], [EXPECTED.get(field, {}).get(n, 0.0) for n in names[field]], a.steps, a.prior)
            prefix = {"title": "SF_TITLE_", "byline": "SF_BYLINE_", "date": "SF_DATE_F_"}[field]
            out.write("const int16_t sf_%s_weights[SF_RANK_FEATURES] = {\n" % field)
            for n, x in zip(names[field], w):
                out.write("    [%s%s] = %d,\n" % (prefix, n, x))
            out.write("};\n")
        for field in ("title", "byline", "date"):
            out.write("const int32_t sf_%s_margin = %d;\n" % (field, margins[field]))
        out.write("/* clang-format on */\n")


if __name__ == "__main__":
    main()
