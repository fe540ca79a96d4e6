#!/usr/bin/env python3
"""Counts words in ../shared/data and writes the learned lists of src/who: lists.py [DATA] (default ../shared/data).

    given.txt    given names: first words of the cast names in films/, of persons in trees/
    common.txt   words that are written small in running text, so that a capital at a sentence's begin says nothing

Only counts leave the data, no text. Run it again only when the data or the thresholds change; the lists are committed."""
import collections
import gzip
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*")


def texts(data):
    """Running text, a paragraph at a time."""
    with open(os.path.join(data, "attribution/train.jsonl"), encoding="utf-8") as f:
        for line in f:
            yield from json.loads(line)["text"].split("\n")
    with gzip.open(os.path.join(data, "films/dev.jsonl.gz"), "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)["text"]
    for name in "gum-train", "ewt-train":
        with gzip.open(os.path.join(data, f"trees/{name}.conllu.gz"), "rt", encoding="utf-8") as f:
            for line in f:
                if line.startswith("# text = "):
                    yield line[9:]


def common(data, small, capital):
    """Small and capital counts of words that begin no sentence."""
    for text in texts(data):
        for m in WORD.finditer(text):
            w = m.group(0)
            before = text[:m.start()].rstrip()[-1:]
            if not before or before in ".!?:\"“”'‘`|*•-—–>":
                continue
            if w.islower():
                small[w] += 1
            elif w[0].isupper() and w[1:].islower():
                capital[w.lower()] += 1


def given(data):
    names = collections.Counter()
    with gzip.open(os.path.join(data, "films/dev.jsonl.gz"), "rt", encoding="utf-8") as f:
        for line in f:
            for name in json.loads(line)["cast"]:
                part = name.split()
                if len(part) >= 2 and re.fullmatch(r"[A-Z\u00c0-\u00de][a-z\u00df-\u024f]+(?:-[A-Z][a-z]+)?", part[0]):
                    names[part[0].lower()] += 1
    for name in "gum-train", "ewt-train":
        with gzip.open(os.path.join(data, f"trees/{name}.conllu.gz"), "rt", encoding="utf-8") as f:
            for m in re.finditer(r"Entity=\(\d+-person[^|\s]*-([A-Z][a-z]+)_[A-Z]", f.read()):
                names[m.group(1).lower()] += 1
    return names


def write(path, head, words):
    with open(os.path.join(ROOT, "src/who", path), "w", encoding="utf-8") as f:
        f.write(head)
        line = ""
        for w in sorted(words):
            if len(line) + len(w) > 118:
                f.write(line.strip() + "\n")
                line = ""
            line += " " + w
        f.write(line.strip() + "\n")


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared", "data")
    if not os.path.isdir(data):
        data = os.path.join(ROOT, "shared", "data")
    if not os.path.isdir(data):
        sys.exit("lists.py: no data at ../shared/data; give its folder as the argument")
    small, capital = collections.Counter(), collections.Counter()
    common(data, small, capital)
    words = [w.replace("’", "'") for w, n in small.items() if n >= 8 and n > 2 * capital[w] and len(w) > 1]
    write("common.txt", "# Learned by train/who/lists.py: words written small in running text.\n[common]\n", set(words))
    names = given(data)
    keep = [w for w, n in names.items() if n > 2 * small[w] and len(w) > 1]
    write("given.txt", "# Learned by train/who/lists.py: given names, by cast lists.\n[given]\n", keep)
    print(f"{len(set(words))} common words, {len(keep)} given names")


main()
