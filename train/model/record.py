"""Runs a network, rounded to int8 as the runtime is, on a few invented sentences and writes what it computes; tests/model_golden.c
compares the runtime with it.

    record.py NET.pt OUT.txt --tokens build/train/model/tokens"""
import argparse

import torch

import data
import encode
import int8
import net as network
import pieces as pieces_
import sources

TEXTS = ["Ana Ruiz told The Harbour Post on Friday that “Low Tide” wraps in May, but she can't say where.",
         "THE SALT ROAD: DAY 12\n\n@anaruiz don't miss it!! 5% of $1.5 million — naïve façade, 東京.",
         "It was."]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net")
    ap.add_argument("out")
    ap.add_argument("--tokens", default="build/train/model/tokens")
    a = ap.parse_args()
    net, classes, _ = network.load(a.net)
    int8.rounded(net)
    pieces = pieces_.Pieces(pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    with open(a.out, "w", encoding="utf-8") as out, torch.no_grad():
        for d in data.tokens(TEXTS, a.tokens):
            doc = encode.Encoded(d, classes, pieces)
            for b, e in data.stretches(d, pieces, "paragraph", None):
                ids, shapes, mean, _, _ = encode.batch([(doc, b, e, None)])
                v = net.vectors(ids, shapes, mean)[0]
                heads = {name: head(v) for name, head in net.heads.items()}
                print("stretch", " ".join(d.forms[b:e]), file=out)
                print("pieces", *ids[0].tolist(), file=out)
                print("shapes", *shapes[0].tolist(), file=out)
                print("tokens", *[len(x) for x in doc.pieces[b:e]], file=out)
                for i, row in enumerate(v):
                    print("vector", i, *(f"{x:.5f}" for x in row[:24]), file=out)
                    for name in ("tag", "name", "attribution", "end"):
                        print(name, i, *(f"{x:.4f}" for x in heads[name][i][:16]), file=out)


if __name__ == "__main__":
    main()
