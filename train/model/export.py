"""Writes a trained network as the int8 file that src/model maps (the file's form: doc/model.md).

    export.py NET.pt CARD.md LOG.jsonl OUT.sofar"""
import argparse
import json
import struct
import zlib

import numpy as np
import torch

import net as network
import pieces as pieces_
import sources

VERSION = 1
I8, I32, F32, U32, BYTES, PACKED = 1, 2, 3, 4, 5, 6


class File:
    def __init__(self):
        self.sections = []

    def add(self, name, kind, array, shape=None):
        raw = array if isinstance(array, bytes) else np.ascontiguousarray(array).tobytes()
        self.sections.append((name, kind, tuple(shape or (np.shape(array) if kind != BYTES else (len(raw),))), raw))

    def linear(self, name, weight, bias):
        """weight [outputs, inputs], outputs a multiple of 16: int8 with a scale a row, packed [outputs/16][inputs/4][16][4]."""
        w = weight.detach().float().numpy()
        n, k = w.shape
        scale = np.maximum(np.abs(w).max(1), 1e-12).astype(np.float32) / np.float32(127)
        q = np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)
        self.add(name, PACKED, q.reshape(n // 16, 16, k // 4, 4).transpose(0, 2, 1, 3), (n, k))
        self.add(name + ".scale", F32, scale)
        self.add(name + ".bias", F32, bias.detach().float().numpy())
        self.add(name + ".sum", I32, 128 * q.astype(np.int32).sum(1, dtype=np.int32))

    def floats(self, name, tensor):
        self.add(name, F32, tensor.detach().float().numpy())

    def lines(self, name, entries):
        self.add(name, BYTES, "".join(e + "\n" for e in entries).encode())

    def write(self, path):
        table_offset = 128
        at = table_offset + 96 * len(self.sections)
        table, body = b"", []
        for name, kind, shape, raw in self.sections:
            gap = -at % 64
            body += [b"\0" * gap, raw]
            at += gap
            table += struct.pack("<48sII4IQQII", name.encode(), kind, len(shape), *(list(shape) + [0] * (4 - len(shape))), at, len(raw),
                                 zlib.crc32(raw), 0)
            at += len(raw)
        head = struct.pack("<8sIIQQII", b"SOFARMDL", VERSION, len(self.sections), at, table_offset, zlib.crc32(table), 0).ljust(128, b"\0")
        head = head[:36] + struct.pack("<I", zlib.crc32(head)) + head[40:]
        with open(path, "wb") as f:
            f.write(head + table + b"".join(body))
        return at


def padded(weight, bias):
    """Rows of zeros up to a multiple of 16."""
    more = -len(weight) % 16
    return torch.cat([weight, weight.new_zeros(more, weight.shape[1])]), torch.cat([bias, bias.new_zeros(more)])


def vocabulary(file, pieces):
    entries = [p.encode() for p, _ in sorted(pieces.items(), key=lambda kv: kv[1])]
    slots = np.zeros(65536, np.uint32)
    for i, e in enumerate(entries):
        h = 2166136261
        for byte in e:
            h = (h ^ byte) * 16777619 & 0xFFFFFFFF
        h &= 65535
        while slots[h]:
            h = (h + 1) & 65535
        slots[h] = i + 1
    file.add("vocab.offsets", U32, np.cumsum([0] + [len(e) for e in entries]).astype(np.uint32))
    file.add("vocab.bytes", BYTES, b"".join(entries))
    file.add("vocab.hash", U32, slots)


def build(net, classes, card):
    f, s = File(), net.sizes
    hidden, inner = net.norm.weight.numel(), net.layers[0].up.out_features
    config = [len(net.layers), hidden, net.layers[0].heads, inner, len(net.word), len(net.position), len(net.shape), s["tags"], s["lemmas"],
              s["names"], s["attributions"], 2, network.ARC, network.LABEL, s["labels"], 384, 192]
    f.add("config", U32, np.array(config + [0] * (32 - len(config)), np.uint32))
    vocabulary(f, pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    q, scale = network.int8_rows(net.word)
    f.add("embed.word", I8, q.to(torch.int8).numpy())
    f.floats("embed.word.scale", scale[:, 0])
    f.floats("embed.position", net.position)
    f.floats("embed.shape", net.shape)
    f.floats("embed.norm.gain", net.norm.weight), f.floats("embed.norm.bias", net.norm.bias)
    for i, layer in enumerate(net.layers):
        for name in ("qkv", "out", "up", "down"):
            part = getattr(layer, name)
            f.linear(f"layer.{i}.{name}", part.weight, part.bias)
        for name in ("norm1", "norm2"):
            part = getattr(layer, name)
            f.floats(f"layer.{i}.{name}.gain", part.weight), f.floats(f"layer.{i}.{name}.bias", part.bias)
    parts = [padded(h.weight, h.bias) for h in net.heads.values()]
    f.linear("head.word", torch.cat([w for w, _ in parts]), torch.cat([b for _, b in parts]))
    f.linear("head.arc", net.arc.weight, net.arc.bias)
    f.floats("head.arc.bias_head", net.arc_bias_head), f.floats("head.arc.root", net.arc_root)
    f.linear("head.label", *padded(net.label.weight, net.label.bias))
    f.floats("head.label.root", net.label_root)
    for name, field in (("tags", "tag"), ("lemmas", "lemma"), ("names", "name"), ("attributions", "attribution"), ("labels", "label")):
        f.lines(name + ".text", classes[field])
    f.add("card.text", BYTES, card.encode())
    return f


def card(path, log):
    """The card with the run's last scores."""
    rows = [json.loads(line) for line in open(log, encoding="utf-8")]
    scores = [r for r in rows if "scores" in r][-1]
    with open(path, encoding="utf-8") as f:
        text = f.read()
    text += f"\n## Scores after pass {scores['epoch']} (development parts, gold words, before rounding to int8)\n"
    for part, score in scores["scores"].items():
        text += f"- {part}: " + (", ".join(f"{k} {v}" for k, v in score.items()) if isinstance(score, dict) else str(score)) + "\n"
    return text


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net")
    ap.add_argument("card")
    ap.add_argument("log")
    ap.add_argument("out")
    a = ap.parse_args()
    net, classes = network.load(a.net)
    print(build(net, classes, card(a.card, a.log)).write(a.out), "bytes")


if __name__ == "__main__":
    main()
