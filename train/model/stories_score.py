"""Span F1 of works (and of persons, organizations, places) on stories with gold subjects, which are never trained on.

    stories_score.py NET.pt STORIES --sofar build/sofar --tokens build/train/model/tokens [--errors]

A subject's gold spans are where its name, or an alias written like a name, stands in the page's text."""
import argparse
import collections
import glob
import json
import os
import re
import subprocess

import torch

import data
import encode
import net as network
import pieces as pieces_
import score
import sources

KINDS = {"outlet": "organization"}


def like_a_name(alias):
    words = [w for w in re.split(r"[\s’'-]+", alias) if w and w.lower() not in ("the", "a", "of", "and", "s", "to", "in")]
    return bool(words) and all(w[0].isupper() or w[0].isdigit() for w in words)


def gold(page, text):
    strings = {}
    for s in page["subjects"]:
        for string in [s["name"]] + [a for a in s.get("aliases") or [] if like_a_name(a)]:
            kind = s["type"] if isinstance(s["type"], str) else s["type"][0]
            strings.setdefault(string, KINDS.get(kind, kind))
    found, taken = set(), [False] * len(text)
    for string in sorted(strings, key=len, reverse=True):
        for m in re.finditer(r"(?<!\w)" + re.escape(string) + r"(?!\w)", text):
            if not any(taken[m.start():m.end()]):
                taken[m.start():m.end()] = [True] * (m.end() - m.start())
                found.add((len(text[:m.start()].encode()), len(text[:m.end()].encode()), strings[string]))
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net")
    ap.add_argument("stories")
    ap.add_argument("--sofar", default="build/sofar")
    ap.add_argument("--tokens", default="build/train/model/tokens")
    ap.add_argument("--errors", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(1)
    net, classes = network.load(a.net)
    pieces = pieces_.Pieces(pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    count = collections.Counter()
    for path in sorted(glob.glob(os.path.join(a.stories, "*", "gold.json"))):
        for page in json.load(open(path, encoding="utf-8"))["pages"]:
            out = subprocess.run([a.sofar, "read", "--only", "page", os.path.join(os.path.dirname(path), page["file"])], stdout=subprocess.PIPE, check=True).stdout
            text = json.loads(out.decode().splitlines()[0])["text"]
            d = data.tokens([text], a.tokens)[0]
            said = set(score.name_spans(net, classes, [encode.Encoded(d, classes, pieces)], pieces)[id(d)])
            right = gold(page, text)
            for kind in ("work", "person", "organization", "place"):
                s, g = {x for x in said if x[2] == kind}, {x for x in right if x[2] == kind}
                count[kind, "r"] += len(s & g)
                count[kind, "s"] += len(s)
                count[kind, "g"] += len(g)
                if a.errors:
                    for mark, rows in (("-", g - s), ("+", s - g)):
                        for b, e, k in sorted(rows):
                            raw = text.encode()
                            print(mark, k, page["file"], raw[max(0, b - 40):b].decode("utf-8", "ignore").replace("\n", " ") + "[" + raw[b:e].decode() + "]" + raw[e:e + 30].decode("utf-8", "ignore").replace("\n", " "))
    for kind in ("work", "person", "organization", "place"):
        r, s, g = (count[kind, x] for x in "rsg")
        print(kind, "F1", score.f1(r, s, g), f"right {r} said {s} gold {g}")


if __name__ == "__main__":
    main()
