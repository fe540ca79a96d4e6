#!/usr/bin/env python3
"""Proposes words for the `similar` lines of beat files: similar.py PARSED.conllu ... --beats beats/*.beat [--only WORD] [--most 12]

PARSED is what `sofar parse` says of unlabelled news. A word is what stands around it: a verb its subjects, objects and
prepositions (passives turned round, a particle belongs to the verb), a noun its modifiers, what it is of, and what is
done to it. A name counts as its class, so that who does it does not matter, only what kind. Contexts weigh as positive
pointwise mutual information over smoothed context counts (Levy, Goldberg and Dagan 2015); words compare by cosine.

A word's closeness to a list is its mean closeness to the members. The margin: a word is proposed where it is closer than
the list's own middle member is to the others. Each member left out in turn says how far the lists are to be trusted:
`found` is how many of them come back among the first 10 and 50 of all words. Nothing is random; ties go by the alphabet."""
import argparse
import collections
import math
import re
import statistics

FEWEST = 12          # occurrences below which a word says too little
SMOOTH = 0.75


def sentences(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.split("\t", 1)[0].isdigit():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows and line == "\n":
                yield rows
                rows = []
    if rows:
        yield rows


def kind(row):
    """The lemma, or what kind of name it belongs to."""
    name = re.search(r"Name=.-(\w+)", row[9])
    if name or row[3] in ("PROPN", "NUM", "PRON"):
        return "<" + (name[1] if name else row[3]) + ">"
    return row[2].lower()


def contexts(rows):
    """(word, context) pairs of a sentence; a word is "lemma/V" or "lemma/N"."""
    prt, case, passive = {}, {}, set()
    for r in rows:
        head = int(r[6])
        if r[7] == "compound:prt":
            prt[head] = r[2].lower()
        elif r[7] == "case":
            case[head] = r[2].lower()
        elif r[7].endswith(":pass"):
            passive.add(head)

    def word(i):
        r = rows[i - 1]
        if r[3] == "VERB":
            return r[2].lower() + (" " + prt[i] if i in prt else "") + "/V"
        return r[2].lower() + "/N" if r[3] == "NOUN" and "Name=" not in r[9] else None

    for i, r in enumerate(rows, 1):
        head = int(r[6])
        if not head or r[3] == "PUNCT":
            continue
        rel = {"nsubj:pass": "obj", "acl:relcl": "relcl"}.get(r[7], r[7].split(":")[0])
        if rel == "obl" and head in passive and case.get(i) == "by":
            rel = "nsubj"
        elif rel in ("obl", "nmod") and i in case:
            rel += " " + case[i]
        if rel in ("case", "det", "aux", "cc", "mark", "conj", "advmod", "advcl", "parataxis", "discourse", "fixed"):
            continue
        up, down = word(head), word(i)
        if up and up != down:
            yield up, rel + ">" + kind(r)
        if down:
            yield down, rel + "<" + kind(rows[head - 1])


class Words:
    def __init__(self, paths):
        pair, total, context = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
        for path in paths:
            for rows in sentences(path):
                for w, c in contexts(rows):
                    pair[w][c] += 1
                    total[w] += 1
                    context[c] += 1
        soft = sum(n ** SMOOTH for n in context.values())
        every, self.at = sum(total.values()), {}
        for w in total:
            if total[w] < FEWEST:
                continue
            v = {c: x for c, n in pair[w].items() if context[c] > 2 and
                 (x := math.log(n / total[w] * soft / context[c] ** SMOOTH)) > 0}
            size = math.sqrt(sum(x * x for x in v.values()))
            if size:
                self.at[w] = {c: x / size for c, x in v.items()}
        self.seen = every

    def close(self, a, b):
        a, b = sorted((self.at[a], self.at[b]), key=len)
        return sum(x * b[c] for c, x in a.items() if c in b)

    def near(self, members, left_out=()):
        """All words of the members' part of speech by mean closeness to them."""
        part = members[0][-2:]
        out = [(statistics.fmean(self.close(w, m) for m in members), w) for w in self.at
               if w.endswith(part) and w not in members and w not in left_out]
        return sorted(out, key=lambda x: (-x[0], x[1]))


def lists(paths):
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for line in f:
                if m := re.match(r"similar ([^:]+):(.*)", line):
                    yield path.rsplit("/", 1)[-1], m[1], [m[1], *m[2].split()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("parsed", nargs="+")
    ap.add_argument("--beats", nargs="+", required=True)
    ap.add_argument("--only", help="the list of this word")
    ap.add_argument("--most", type=int, default=12, help="proposals a list (default 12)")
    args = ap.parse_args()
    words = Words(args.parsed)
    print(f"{words.seen} contexts, {len(words.at)} words")
    found = collections.Counter()
    for beat, name, listed in lists(args.beats):
        if args.only not in (None, name):
            continue
        for part in ("/V", "/N"):
            members = [w + part for w in dict.fromkeys(listed) if w + part in words.at]
            if len(members) < 3:
                continue
            held = []
            for m in members:
                rest = [x for x in members if x != m]
                order = words.near(rest)
                rank = next(i for i, (_, w) in enumerate(order) if w == m)
                held.append(order[rank][0])
                found.update({"members": 1, "10": rank < 10, "50": rank < 50})
            margin = statistics.median(held)
            new = [(c, w) for c, w in words.near(members)[:args.most] if c >= margin]
            print(f"{beat} {name}{part} ({len(members)} known, margin {margin:.3f}): " + ", ".join(f"{w[:-2]} {c:.3f}" for c, w in new))
    print(f"found among the first 10: {found['10']}, 50: {found['50']}, of {found['members']} members left out in turn")


if __name__ == "__main__":
    main()
