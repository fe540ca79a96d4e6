"""News written for this project, every name marked inline: `[Low Tide]work director [Ana Ruiz]person` (names/written*.txt). A line is a
paragraph, an empty line parts pieces."""
import glob
import os
import re

import data

MARK = re.compile(r"\[([^\[\]]+)\](person|organization|place|work|event|product|character|other)\b")


def read(folder):
    """[(text, [(begin, end, type)])], byte offsets."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "written*.txt"))):
        for piece in open(path, encoding="utf-8").read().split("\n\n"):
            text, spans = b"", []
            for line in piece.strip().split("\n"):
                at = 0
                for m in MARK.finditer(line):
                    text += line[at:m.start()].encode()
                    spans.append((len(text), len(text) + len(m.group(1).encode()), m.group(2)))
                    text += m.group(1).encode()
                    at = m.end()
                text += line[at:].encode() + b"\n\n"
            if spans or text.strip():
                found.append((text.decode(), spans))
    return found


def documents(folder, tokens):
    """The pieces as documents."""
    rows = read(folder)
    out = data.tokens([t for t, _ in rows], tokens)
    for (_, spans), d in zip(rows, out):
        d.id = "written"
        d.name = data.mark(d, spans)
    return out
