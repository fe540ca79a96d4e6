"""Scores of a network on the development parts, gold words.

    score.py NET.pt --data ../shared/data --tokens build/train/model/tokens [--int8]"""
import argparse
import collections
import json
import random

import torch

import data
import encode
import int8
import names
import net as network
import pieces as pieces_
import sources


def legal(logits, classes):
    """Best legal BIO path (Viterbi over the logits; an I- may only follow its B- or I-)."""
    n = len(classes)
    barred = torch.zeros(n, n)
    for i, a in enumerate(classes):
        for j, b in enumerate(classes):
            if b.startswith("I-") and a[2:] != b[2:]:
                barred[i, j] = -1e9
    first = torch.tensor([-1e9 if c.startswith("I-") else 0.0 for c in classes])
    value, back = logits[0] + first, []
    for row in logits[1:]:
        best, arg = (value[:, None] + barred).max(0)
        back.append(arg)
        value = best + row
    path = [int(value.argmax())]
    for arg in reversed(back):
        path.append(int(arg[path[-1]]))
    return [classes[i] for i in reversed(path)]


def tree(scores):
    """Maximum spanning arborescence of an n x (n + 1) matrix (column 0 the root), one child of the root (Chu-Liu, 1965; Edmonds, 1967)."""
    n = len(scores)
    full = torch.full((n + 1, n + 1), -1e9, dtype=torch.float64)
    full[:, 1:] = scores.T.double()  # full[head][dependent]
    full.fill_diagonal_(-1e9)
    # A penalty larger than any tree's spread leaves exactly one arc from the root.
    spread = float(scores.max() - scores[scores > -1e4].min()) * (n + 1) + 1
    full[0, 1:] -= spread
    heads = edmonds(full.tolist())
    return heads[1:]


def edmonds(w):
    n = len(w)
    best = [0] * n
    for d in range(1, n):
        best[d] = max(range(n), key=lambda h: w[h][d] if h != d else -1e18)
    colour, cycle = [0] * n, None
    for d in range(1, n):
        path, at = [], d
        while at and not colour[at]:
            colour[at] = d
            path.append(at)
            at = best[at]
        if at and colour[at] == d:
            cycle = path[path.index(at):]
            break
    if not cycle:
        return best
    inside = set(cycle)
    keep = [i for i in range(n) if i not in inside]
    small = {v: i for i, v in enumerate(keep)}
    c = len(keep)
    m = [[-1e18] * (c + 1) for _ in range(c + 1)]
    into, out = {}, {}
    for h in keep:
        for d in keep:
            m[small[h]][small[d]] = w[h][d]
        d = max(cycle, key=lambda d: w[h][d] - w[best[d]][d])
        into[h] = d
        m[small[h]][c] = w[h][d] - w[best[d]][d]
    for d in keep:
        h = max(cycle, key=lambda h: w[h][d])
        out[d] = h
        m[c][small[d]] = w[h][d]
    solved = edmonds(m)
    heads = list(best)
    for d in keep[1:] if keep[0] == 0 else keep:
        h = solved[small[d]]
        heads[d] = out[d] if h == c else keep[h]
    h = keep[solved[c]]
    heads[into[h]] = h
    return heads


def run(net, documents, pieces, how, each):
    """Calls each(document, begin, end, the stretch's outputs, a function from heads to labels) for every stretch."""
    todo = [(d, b, e, None) for d in documents for b, e in data.stretches(d.d, pieces, how, random.Random(0))]
    todo.sort(key=lambda x: x[2] - x[1])
    with torch.no_grad():
        for i in range(0, len(todo), 32):
            items = todo[i:i + 32]
            ids, shapes, mean, gold, sentence = encode.batch(items)
            out = net(ids, shapes, mean)
            for k, (doc, b, e, _) in enumerate(items):
                each(doc, b, e, {f: v[k] for f, v in out.items()}, lambda heads, k=k: net.labels({f: v[k:k + 1] for f, v in out.items()}, heads[None]))


def f1(right, said, gold):
    return round(200 * right / max(1, said + gold), 2)


def trees(net, classes, documents, pieces, how="sentence", mst=True):
    count = collections.Counter()

    def each(doc, b, e, out, label):
        d = doc.d
        heads = torch.zeros(out["arc"].shape[0], dtype=torch.long)
        i = b
        while i < e:  # sentence by sentence, gold ends
            j = i
            while j < e and d.sentence[j] == d.sentence[i]:
                j += 1
            block = torch.cat([out["arc"][i - b:j - b, :1], out["arc"][i - b:j - b, i - b + 1:j - b + 1]], 1)
            block[torch.arange(j - i), torch.arange(1, j - i + 1)] = -1e5
            local = tree(block) if mst and j - i > 1 else block.argmax(1).tolist()
            if j - i == 1:
                local = [0]
            heads[i - b:j - b] = torch.tensor([h and h + i - b for h in local])
            i = j
        labels = label(heads)[0].argmax(-1)
        tags, lemmas, ends = out["tag"].argmax(-1), out["lemma"].argmax(-1), out["end"].argmax(-1)
        for i in range(b, e):
            gold_head = 0 if d.head[i] < 0 else d.head[i] - b + 1
            gold_label = d.label[i]
            predicted = classes["label"][labels[i - b]]
            t = classes["tag"][tags[i - b]]
            count["words"] += 1
            count["upos"] += t.split("|")[0] == d.tag[i].split("|")[0]
            count["tag"] += t == d.tag[i]
            count["lemma"] += classes["lemma"][lemmas[i - b]] == d.lemma[i]
            right = int(heads[i - b]) == gold_head
            count["uas"] += right
            count["las"] += right and predicted == gold_label
            count["las main"] += right and predicted.split(":")[0] == gold_label.split(":")[0]
            if doc.ends:
                count["end right"] += bool(ends[i - b] and doc.ends[i])
                count["end said"] += int(ends[i - b])
                count["end gold"] += doc.ends[i]

    run(net, documents, pieces, how, each)
    n = count["words"]
    return {f: round(100 * count[f] / n, 2) for f in ("upos", "tag", "lemma", "uas", "las", "las main")} | {
        "end": f1(count["end right"], count["end said"], count["end gold"])}


def name_spans(net, classes, documents, pieces):
    """{document: [(begin, end, type)]} in bytes."""
    found = collections.defaultdict(list)

    def each(doc, b, e, out, label):
        for i, j, kind in names.spans(legal(out["name"][:e - b], classes["name"])):
            found[id(doc.d)].append((doc.d.begins[b + i], doc.d.ends[b + j], kind))

    run(net, documents, pieces, "paragraph", each)
    return found


KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}


def quick(net, classes, dev, pieces):
    enc = {k: [encode.Encoded(d, classes, pieces) for d in v if len(d)] for k, v in dev.items()}
    out = {"ewt": trees(net, classes, enc["ewt"], pieces), "ewt paragraphs": trees(net, classes, enc["ewt"], pieces, "paragraph"),
           "gum": trees(net, classes, enc["gum"], pieces)}
    found = name_spans(net, classes, enc["names"], pieces)
    count = collections.Counter()
    for doc in enc["names"]:
        said = {(b, e, KIND[k]) for b, e, k in found[id(doc.d)] if k in KIND}
        gold = set(doc.d.spans)
        for kind in ("PER", "ORG", "LOC"):
            s, g = {x for x in said if x[2] == kind}, {x for x in gold if x[2] == kind}
            count[kind, "r"] += len(s & g)
            count[kind, "s"] += len(s)
            count[kind, "g"] += len(g)
            for x in "rsg":
                count["all", x] += {"r": len(s & g), "s": len(s), "g": len(g)}[x]
    out["names"] = {k: f1(count[k, "r"], count[k, "s"], count[k, "g"]) for k in ("PER", "ORG", "LOC", "all")}
    out["attribution"] = attribution(net, classes, enc["attribution"], pieces)
    out["films"] = films(net, classes, enc["films"], pieces)
    return out


def attribution(net, classes, documents, pieces):
    """Token F1 of each part, per PolNeAR's use."""
    count = collections.Counter()

    def each(doc, b, e, out, label):
        for said, gold in zip(legal(out["attribution"][:e - b], classes["attribution"]), doc.d.attribution[b:e]):
            count[said[2:], "s"] += 1
            count[gold[2:], "g"] += 1
            count[gold[2:], "r"] += said[2:] == gold[2:]

    run(net, documents, pieces, "paragraph", each)
    return {k: f1(count[k, "r"], count[k, "s"], count[k, "g"]) for k in ("content", "source", "cue")}


def films(net, classes, documents, pieces):
    """Spans of the film's own title: each gold span found exactly; said: works that overlap the blurb's first words or spell the title."""
    count = collections.Counter()
    found = name_spans(net, classes, documents, pieces)
    for doc in documents:
        d = doc.d
        gold = {(d.begins[i], d.ends[j]) for i, j, k in names.spans([n or "O" for n in d.name]) if k == "work"}
        said = {(b, e) for b, e, k in found[id(d)] if k == "work"}
        near = {s for s in said if s in gold or s[0] < 8 or any(s[0] < g[1] and g[0] < s[1] for g in gold)}
        count["r"] += len(gold & near)
        count["s"] += len(near)
        count["g"] += len(gold)
    return f1(count["r"], count["s"], count["g"])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net")
    ap.add_argument("--data", default="../shared/data")
    ap.add_argument("--tokens", default="build/train/model/tokens")
    ap.add_argument("--int8", action="store_true", help="rounded as the runtime is")
    a = ap.parse_args()
    torch.set_num_threads(1)
    net, classes = network.load(a.net)
    pieces = pieces_.Pieces(pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    print(json.dumps(quick(int8.rounded(net) if a.int8 else net, classes, sources.development(a.data, a.tokens), pieces), indent=1))


if __name__ == "__main__":
    main()
