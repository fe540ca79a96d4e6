"""Documents as numbers, and stretches of them as the tensors of a batch."""
import torch

import data
import net as network
import pieces as pieces_

CLASSES = ("tag", "lemma", "name", "attribution", "label")  # what a document has of each token, but for heads and ends


class Encoded:
    """A document as numbers."""

    def __init__(self, d, classes, pieces):
        index = {f: {c: i for i, c in enumerate(classes[f])} for f in CLASSES}
        self.d = d
        self.pieces = [pieces.of(f) for f in d.forms]
        self.shapes = [pieces_.shape(f, s) for f, s in zip(d.forms, d.space)]
        self.gold = {}
        for f in CLASSES:
            row = getattr(d, f)
            self.gold[f] = [index[f].get(x, data.MISSING) for x in row] if row else None
        self.ends = [int(i + 1 == len(d) or d.sentence[i + 1] != d.sentence[i]) for i in range(len(d))] if d.ends_known else None


def batch(items):
    """[(Encoded, begin, end, shift of case or None)] -> tensors."""
    t = max(e - b for _, b, e, _ in items)
    p = max(sum(len(x) for x in doc.pieces[b:e]) + 2 for doc, b, e, _ in items)
    n = len(items)
    ids, shapes, mean = torch.zeros(n, p, dtype=torch.long), torch.zeros(n, p, dtype=torch.long), torch.zeros(n, t, p)
    gold = {f: torch.full((n, t), data.MISSING) for f in CLASSES + ("arc", "end")}
    sentence = torch.full((n, t), -1)
    for k, (doc, b, e, case) in enumerate(items):
        row, shape = [pieces_.CLS], [network.SPECIAL_SHAPE]
        for i in range(b, e):
            x = doc.pieces[i]
            mean[k, i - b, len(row):len(row) + len(x)] = 1 / len(x)
            s = doc.shapes[i]
            if case is not None and s // 4 in (1, 2, 3, 4, 5):
                s = case * 4 + s % 4
            row += x
            shape += [s] * len(x)
        ids[k, :len(row) + 1] = torch.tensor(row + [pieces_.SEP])
        shapes[k, :len(row) + 1] = torch.tensor(shape + [network.SPECIAL_SHAPE])
        for f in CLASSES:
            if doc.gold[f]:
                gold[f][k, :e - b] = torch.tensor(doc.gold[f][b:e])
        sentence[k, :e - b] = torch.tensor(doc.d.sentence[b:e])
        if doc.ends:
            gold["end"][k, :e - b] = torch.tensor(doc.ends[b:e])
        if doc.d.head:
            heads = [0 if h < 0 else h - b + 1 if b <= h < e else data.MISSING for h in doc.d.head[b:e]]
            gold["arc"][k, :e - b] = torch.tensor(heads)
    return ids, shapes, mean, gold, sentence
