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
SENTENCES = ["Ana Ruiz, who directed “Low Tide”, won't say where the film opens.", "Mira was cast by the studio in May and left a year later.",
             "Prices rose 5% in March, according to The Harbour Post."]
SURE = 1.5  # logits by which an arc or label leads, to be asked for: noise of int8 must not turn it


def arcs(net, out, classes):
    """(token, head or -1, label) of a sentence's arcs that nothing comes near."""
    arc = out["arc"][0]
    arc = arc.masked_fill(torch.cat([torch.zeros(len(arc), 1, dtype=torch.bool), torch.eye(len(arc), dtype=torch.bool)], 1), -1e4)
    best, head = arc.topk(2, -1)
    label, kind = net.labels(out, head[None, :, 0])[0].topk(2, -1)
    for i in range(len(arc)):
        if best[i, 0] - best[i, 1] > SURE and label[i, 0] - label[i, 1] > SURE:
            yield i, int(head[i, 0]) - 1, classes["label"][kind[i, 0]]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net")
    ap.add_argument("out")
    ap.add_argument("--tokens", default="build/train/model/tokens")
    a = ap.parse_args()
    net, classes = network.load(a.net)
    int8.rounded(net)
    pieces = pieces_.Pieces(pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    offsets, width = {}, 0
    for name, size in ((n, h.bias.numel()) for n, h in net.heads.items()):
        offsets[name], width = width, width + size + -size % 16
    with open(a.out, "w", encoding="utf-8") as out, torch.no_grad():
        # A difference of 1e-6 tips some value over to the next integer, and a layer on many more: noise of 1e-6 at the input moves the
        # vectors by .02 on average, as much as rounding to int8 itself does.
        print("# Made by train/model/record.py; read by tests/model_golden.c\ntolerance 0.4 0.03", file=out)
        for d in data.tokens(TEXTS, a.tokens):
            doc = encode.Encoded(d, classes, pieces)
            for b, e in data.stretches(d, pieces, "paragraph", None):
                ids, shapes, mean, _, _ = encode.batch([(doc, b, e, None)])
                v = net.vectors(ids, shapes, mean)[0]
                begins = [1]
                for x in doc.pieces[b:e]:
                    begins.append(begins[-1] + len(x))
                print("stretch", *ids[0].tolist(), file=out)
                print("shapes", *shapes[0].tolist(), file=out)
                print("tokens", *begins, file=out)
                for i, row in enumerate(v):
                    print("vector", i, *(f"{x:.5f}" for x in row[:16]), file=out)
                    for name, head in net.heads.items():
                        print("heads", i, offsets[name], *(f"{x:.4f}" for x in head(row)[:6]), file=out)
        for text, d in zip(SENTENCES, data.tokens(SENTENCES, a.tokens)):
            print("text", text, file=out)
            ids, shapes, mean, _, _ = encode.batch([(encode.Encoded(d, classes, pieces), 0, len(d), None)])
            for row in arcs(net, net(ids, shapes, mean), classes):
                print("arc", *row, file=out)


if __name__ == "__main__":
    main()
