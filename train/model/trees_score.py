#!/usr/bin/env python3
"""Sentences, words, parts of speech, lemmas and trees from raw text, against a treebank: F1 as the CoNLL 2018 scorer counts (an arc is right
if both its words are, subtypes of relations aside).

usage: trees_score.py [--errors N] TREES MODEL FILE.conllu[.gz] ...

TREES is the program made from trees.c. How the raw text is put together again: words_score.py."""
import argparse
import collections
import subprocess

import words_score


def read_trees(program, model, texts):
    """What the program says of each text: a list of (begin, end, row, sentence) a text; row: the CoNLL-U columns."""
    out = subprocess.run([program, model], input=b"".join(bytes(t) + b"\0" for t in texts), stdout=subprocess.PIPE, check=True)
    found = [[] for _ in texts]
    current, sentence = None, 0
    for line in out.stdout.decode("utf-8", "replace").split("\n"):
        if line.startswith("# newdoc id = "):
            current = found[int(line.split(" = ")[1])]
        elif line.startswith("# sent_id"):
            sentence += 1
        elif line and not line.startswith("#"):
            row = line.split("\t")
            span = dict(x.split("=", 1) for x in row[9].split("|"))["Span"].split("-")
            current.append((int(span[0]), int(span[1]), row, sentence))
    return found


def gold_words(document):
    """The same of a treebank's document."""
    words, sentence, ends = [], 0, [end for _, end in document.sentences]
    for (begin, end), row in zip(document.words, document.rows):
        words.append((begin, end, row, sentence))
        if end == ends[sentence]:
            sentence += 1
    return words


def marks(words):
    """Sets of what is counted: each a span of bytes and what is said of it."""
    marks = {name: set() for name in ("sentences", "words", "UPOS", "features", "lemmas", "UAS", "LAS")}
    place = {(sentence, row[0]): (begin, end) for begin, end, row, sentence in words}
    spans = {}
    for begin, end, row, sentence in words:
        spans[sentence] = (spans.get(sentence, (begin,))[0], end)
        head = place.get((sentence, row[6]))  # None: the root, or a word that lies in no token of its own
        marks["words"].add((begin, end))
        marks["UPOS"].add((begin, end, row[3]))
        marks["features"].add((begin, end, kept_features(row[5])))
        marks["lemmas"].add((begin, end, row[2]))
        marks["UAS"].add((begin, end, head))
        marks["LAS"].add((begin, end, head, row[7].split(":")[0]))
    marks["sentences"] = set(spans.values())
    return marks


def kept_features(features):
    """Those that the model knows (data.py)."""
    return "|".join(f for f in features.split("|") if f.split("=")[0] in ("Mood", "Number", "Person", "Tense", "VerbForm"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the N most frequent wrong labels and tags")
    parser.add_argument("trees"), parser.add_argument("model"), parser.add_argument("treebanks", nargs="+")
    args = parser.parse_args()
    for path in args.treebanks:
        gold = list(words_score.documents(path))
        found = read_trees(args.trees, args.model, [d.text for d in gold])
        pairs = [(marks(gold_words(d)), marks(words)) for d, words in zip(gold, found)]
        print(path)
        for name in pairs[0][0]:
            print("  %-9s  P %.2f  R %.2f  F1 %.2f" % (name, *words_score.f1([(list(g[name]), list(f[name])) for g, f in pairs])))
        wrong = collections.Counter()
        for g, f in pairs:
            for name, what in (("UPOS", 2), ("LAS", 3)):
                said = {x[:what]: x[what] for x in f[name]}
                wrong.update((name, x[what], said[x[:what]]) for x in g[name] if said.get(x[:what], x[what]) != x[what])
        for (name, wanted, got), times in wrong.most_common(args.errors):
            print("  %5d  %s %s   <-   %s" % (times, name, wanted, got))


if __name__ == "__main__":
    main()
