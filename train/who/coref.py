#!/usr/bin/env python3
"""coref.py GUM.conllu.gz [--cmd ./build/sofar] [--genres news,interview] [--names] [--errors]
coref.py --test

The CoNLL score of coreference: the mean of MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and entity CEAF
(Luo 2005), over documents, as in Pradhan et al., "Scoring coreference partitions of predicted mentions" (2014).
Groups of one mention are left out on both sides, as in OntoNotes. Mentions are paired by their heads: ours is paired with
the shortest of the key that holds its words and whose head is in it, each once, since sofar's names leave titles and
what stands behind them out, and the key's do not.

Of the key, those mentions count that are names or pronouns of the third person (with --names, names only), of anything but
times; a name is a phrase whose head is a proper noun in the key's tree: "the President", too. Not those inside a longer name, nor
"our Founders", nor two names that are joined by "and". Of ours, names and those descriptions that are names by the same rule: what is
left aside is so by the key's tree and phrases, never by what was found, and on both sides."""
import argparse, gzip, json, os, re, shlex, subprocess, sys, tempfile
from collections import defaultdict

PRONOUNS = set("he him his himself she her hers herself it its itself they them their theirs themselves".split())


# ---- the scores

def muc(key, other):
    """Right and all links of key, as other has them."""
    where = {m: i for i, c in enumerate(other) for m in c}
    right = sum(len(c) - len({where.get(m, ("alone", m)) for m in c}) for c in key)
    return right, sum(len(c) - 1 for c in key)


def b_cubed(key, other):
    where = {m: c for c in other for m in c}
    right = sum(len(c & where[m]) / len(c) for c in key for m in c if m in where)
    return right, sum(map(len, key))


def best_pairs(gain):
    """The greatest sum over one-to-one pairs of rows and columns (Kuhn 1955, in the form with potentials); gain[i][j] >= 0."""
    rows, columns = len(gain), len(gain[0]) if gain else 0
    if rows > columns:
        return best_pairs([list(c) for c in zip(*gain)]) if columns else 0.0
    u, v, pair, way = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        pair[0], j, least, used = i, 0, [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j], here, delta, to = True, pair[j], float("inf"), 0
            for k in range(1, columns + 1):
                if not used[k]:
                    cost = -gain[here - 1][k - 1] - u[here] - v[k]
                    if cost < least[k]:
                        least[k], way[k] = cost, j
                    if least[k] < delta:
                        delta, to = least[k], k
            for k in range(columns + 1):
                if used[k]:
                    u[pair[k]] += delta
                    v[k] -= delta
                else:
                    least[k] -= delta
            j = to
            if pair[j] == 0:
                break
        while j:
            pair[j], j = pair[way[j]], way[j]
    return sum(gain[pair[k] - 1][k - 1] for k in range(1, columns + 1) if pair[k])


def ceaf(key, other):
    """The similarity of two groups is 2 common / all of both."""
    return best_pairs([[2 * len(a & b) / (len(a) + len(b)) for b in other] for a in key]) if key and other else 0.0


class Scores:
    def __init__(self):
        self.sums = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])   # name: right and all for recall, right and all for precision

    def add(self, key, ours):
        put = lambda name, *x: self.sums.__setitem__(name, [a + b for a, b in zip(self.sums[name], x)])
        put("MUC", *muc(key, ours), *muc(ours, key))
        put("B3", *b_cubed(key, ours), *b_cubed(ours, key))
        common = ceaf(key, ours)
        put("CEAFe", common, len(key), common, len(ours))
        a, b = {m for c in key for m in c}, {m for c in ours for m in c}
        put("mentions", len(a & b), len(a), len(a & b), len(b))

    def table(self):
        f = {}
        for name, (r, of, p, out) in self.sums.items():
            recall, precision = r / of if of else 0, p / out if out else 0
            f[name] = 2 * recall * precision / (recall + precision) if recall + precision else 0
            print(f"{name:10} P {100 * precision:5.1f} R {100 * recall:5.1f} F1 {100 * f[name]:5.1f}")
        print(f"{'CoNLL':10} {'':17}F1 {100 * sum(f.get(x, 0) for x in ('MUC', 'B3', 'CEAFe')) / 3:5.1f}")


def test():
    """Worked by hand, after the examples that the papers give."""
    near = lambda a, b: abs(a - b) < 1e-9 or sys.exit(f"coref.py: {a} is not {b}")
    sets = lambda *x: [set(c) for c in x]
    # Vilain et al.: key {A B C D}, response {A B} {C D}: 2 of 3 links are found, all of those given are right.
    near(muc(sets("ABCD"), sets("AB", "CD"))[0], 2), near(muc(sets("AB", "CD"), sets("ABCD"))[0], 2)
    # ... key {A B} {C D}, response {A B C D}: recall 2/2, precision 2/3; key {A B C}, response {A C}: 1 of 2.
    near(muc(sets("ABC"), sets("AC"))[0], 1), near(muc(sets("BCDEGHJ"), sets("ABC", "DEFGHI"))[0], 4)
    # Bagga and Baldwin: key {1-5} {6 7} {8-12}; with the second put to the third precision is (5 + 2*2/7 + 5*5/7) / 12 = 0.76,
    # with the first put to the third (2 + 5*5/10 + 5*5/10) / 12 = 0.58; recall is 1.
    key = [set(range(1, 6)), {6, 7}, set(range(8, 13))]
    one, two = [set(range(1, 6)), set(range(6, 13))], [set(range(1, 6)) | set(range(8, 13)), {6, 7}]
    near(b_cubed(one, key)[0] / 12, (5 + 4 / 7 + 25 / 7) / 12), near(b_cubed(two, key)[0] / 12, 7 / 12), near(b_cubed(key, one)[0], 12)
    # Luo, the same sets: for the first response {1-5} is right and {8-12} like {6-12} by 10/12; for the second 10/15 and 1.
    near(ceaf(key, one), 1 + 10 / 12), near(ceaf(key, two), 10 / 15 + 1)
    # Pradhan et al.: key {a b c} {d e f g}, response {a b} {c d} {f g h i}: MUC 2 of 5 and 2 of 5, B3 recall
    # (4/3 + 1/3 + 5/4) / 7, precision (2 + 1 + 1) / 8, CEAFe 4/5 + 4/8 over 2 and 3.
    key, ours = sets("abc", "defg"), sets("ab", "cd", "fghi")
    near(muc(key, ours)[0], 2), near(muc(ours, key)[0], 2), near(sum(len(c) - 1 for c in ours), 5)
    near(b_cubed(key, ours)[0], 4 / 3 + 1 / 3 + 5 / 4), near(b_cubed(ours, key)[0], 2 + 1 + 1), near(ceaf(key, ours), 4 / 5 + 4 / 8)
    print("ok")


# ---- the key

class Document:
    def __init__(self, name):
        self.name, self.text, self.tokens, self.mentions = name, "", [], []   # tokens: begin, end, head, upos, arc; mentions: first, last, group, type
        self.kind_at = {}                     # of the widest phrase with this head: its type


def load(path):
    docs, doc, para, sentence = [], None, False, []
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                doc, para, opened = Document(line.split("=")[1].strip()), False, []
                docs.append(doc)
            elif line.startswith("# newpar"):
                para = True
            elif line and line[0] != "#":
                c = line.split("\t")
                sentence.append(c)
            elif not line and sentence:
                take(doc, sentence, para, opened)
                sentence, para = [], False
    return docs


def take(doc, rows, para, opened):
    doc.text += ("\n\n" if para else " ") if doc.text else ""
    base, skip, glued = len(doc.tokens), 0, None
    for c in rows:
        if "." in c[0]:
            continue
        misc = dict(x.split("=", 1) for x in c[9].split("|") if "=" in x)
        space = "" if misc.get("SpaceAfter") == "No" else " "
        if "-" in c[0]:                       # one word of several tokens
            a, b = map(int, c[0].split("-"))
            glued, skip, begin = (len(doc.text), len(doc.text) + len(c[1])), b, len(doc.text)
            at, parts = len(doc.text), None
            doc.text += c[1] + space
            rest, offset = c[1], at
            continue
        if skip and int(c[0]) <= skip:
            size = len(c[1]) if rest.startswith(c[1]) else 0
            span = (offset, offset + size) if size else glued
            offset, rest = offset + size, rest[size:]
            if int(c[0]) == skip:
                skip = 0
        else:
            span = (len(doc.text), len(doc.text) + len(c[1]))
            doc.text += c[1] + space
        doc.tokens.append((*span, base + int(c[6]) - 1 if c[6] != "0" else -1, c[3], c[7]))
        here = len(doc.tokens) - 1
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", misc.get("Entity", "")):
            if part.startswith("("):
                field = part.strip("()").split("-")
                opened.append((here, field[0], field[1]))
                if part.endswith(")"):
                    first, group, kind = opened.pop()
                    doc.mentions.append((first, here, group, kind))
            else:
                group = part.strip("()").split("-")[0]
                i = max(i for i, o in enumerate(opened) if o[1] == group)
                first, group, kind = opened.pop(i)
                doc.mentions.append((first, here, group, kind))
    doc.text = doc.text.rstrip(" ")
    for first, last, _, kind in sorted((m for m in doc.mentions if m[0] >= base), key=lambda m: m[1] - m[0]):
        doc.kind_at[head_of(doc, first, last)] = kind


def head_of(doc, first, last):
    return next((t for t in range(first, last + 1) if not first <= doc.tokens[t][2] <= last and doc.tokens[t][3] != "PUNCT"), first)


def is_name(doc, first, last, head):
    """By the key's tree: is the phrase's head a proper noun, or is one beside it ("interviewee David Titley")?"""
    tokens, child = doc.tokens, lambda t, *arcs: tokens[t][2] == head and tokens[t][4].split(":")[0] in arcs
    name = tokens[head][3] == "PROPN" or any(tokens[t][3] == "PROPN" and child(t, "flat", "appos") for t in range(first, last + 1))
    if any(child(t, "conj") for t in range(head, last + 1)) and any(tokens[t][4] == "cc" for t in range(head, last + 1)):
        name = False                          # "Isabel and I", "the Constitution and laws": two names
    return name and not common(doc, head) and not inside(doc, first, last, head)


def common(doc, head):
    """ "our Founders", "this President", "a united Germany": one of many, whatever its capital. The determiner is part of the
    key's phrase and not of our span, so the tree is asked, for both."""
    for t in range(max(0, head - 8), head):
        begin, end, above, pos, arc = doc.tokens[t]
        if above == head and ((arc == "det" and doc.text[begin:end].lower() != "the") or (arc == "nmod:poss" and pos == "PRON")):
            return True
    return False


def inside(doc, first, last, head):
    """In a longer name, by the key's tree and its phrases: "San Francisco" in "San Francisco Bay", "Michigan" in "the University
    of Michigan"; but the States are named beside "the President of the United States", a person."""
    above, arc = doc.tokens[head][2], doc.tokens[head][4].split(":")[0]
    if above < 0 or first <= above <= last or doc.tokens[above][3] != "PROPN":
        return False
    return arc == "compound" or (arc == "nmod" and doc.kind_at.get(above, "person") not in ("person", "time"))


def key_mentions(doc, names):
    for first, last, group, kind in doc.mentions:
        head = head_of(doc, first, last)
        word = doc.text[doc.tokens[head][0]:doc.tokens[head][1]].lower()
        name = is_name(doc, first, last, head)
        if kind != "time" and (name or (not names and first == last and word in PRONOUNS)):
            yield first, last, head, group


# ---- ours

def spans_back(theirs, ours):
    """Byte of ours -> character of theirs, by the count of what is not white space; ours may have lost its beginning."""
    place = [i for i, c in enumerate(theirs) if not c.isspace()]
    flat, mine = "".join(c for c in theirs if not c.isspace()), "".join(c for c in ours if not c.isspace())
    shift, back, n = flat.find(mine[:60]), {}, 0
    at = 0
    for c in ours:
        if not c.isspace():
            back[at] = place[n + shift] if shift >= 0 and n + shift < len(place) and flat[n + shift] == c else None
            n += 1
        at += len(c.encode())
    return back


def read(cmd, docs):
    with tempfile.TemporaryDirectory() as tmp:
        paths = []
        for i, d in enumerate(docs):
            paths.append(os.path.join(tmp, f"{i}.txt"))
            with open(paths[-1], "w", encoding="utf-8") as f:
                f.write(" date 2020-01-01\n\n" + d.text + "\n")
        out = subprocess.run(shlex.split(cmd) + ["read"] + paths, stdout=subprocess.PIPE, check=False).stdout.decode()
        found = {r["page"]["file"]: r for r in map(json.loads, out.splitlines())}
        return [found.get(p) for p in paths]


def our_mentions(doc, page, names):
    back, text = spans_back(doc.text, page["text"]), page["text"].encode()
    start = {t[0]: i for i, t in reversed(list(enumerate(doc.tokens)))}
    for n in page["names"]:
        b, e = n["span"]
        if names and n["form"] == "pronoun":
            continue
        last = e - 1
        while last > b and last not in back:
            last -= 1
        a, z = back.get(b), back.get(last)
        if a is None or z is None:
            continue
        first = max((i for i, t in enumerate(doc.tokens) if t[0] <= a), default=None)
        final = max((i for i, t in enumerate(doc.tokens) if t[0] <= z), default=None)
        head = head_of(doc, first, final)
        if n["form"] == "nominal" and any(b <= o["span"][0] and o["span"][1] <= e and o["subject"] == n["subject"] and o is not n
                                          for o in page["names"]):
            continue                          # "drummer Ana Ruiz": the name in it is the mention
        beside = inside(doc, first, final, head) or common(doc, head) or doc.kind_at.get(head) == "time"
        if n["form"] == "pronoun" or is_name(doc, first, final, head) or (n["form"] != "nominal" and not beside):
            yield first, final, n["subject"]


def groups(pairs):
    out = defaultdict(set)
    for mention, group in pairs:
        out[group].add(mention)
    return [c for c in out.values() if len(c) > 1]


def compare(doc, page, names, scores, errors):
    key = list(key_mentions(doc, names))
    used, ours = set(), []
    for first, last, subject in our_mentions(doc, page, names) if page else []:
        fit = [k for k in key if k not in used and k[0] <= last and first <= k[1] and
               (first <= k[2] <= last or (k[0] <= first and last <= k[1] and doc.tokens[head_of(doc, first, last)][2] == k[2] and
                                          doc.tokens[head_of(doc, first, last)][4] in ("flat", "appos")))]
        best = min(fit, key=lambda k: abs(k[0] - first) + abs(k[1] - last), default=None)
        if best:
            used.add(best)
        ours.append((best[:2] if best else ("ours", first, last), subject, (first, last)))
    a, b = groups((k[:2], k[3]) for k in key), groups((m, s) for m, s, _ in ours)
    scores.add(a, b)
    if errors:
        report(doc, key, ours)


def report(doc, key, ours):
    say = lambda m: doc.text[doc.tokens[m[0]][0]:doc.tokens[m[1]][1]]
    right = {k[:2]: k[3] for k in key}
    votes = defaultdict(lambda: defaultdict(int))
    for m, s, _ in ours:
        votes[s][right.get(m)] += 1
    label = {k[3]: say(k[:2]) for k in reversed(key) if say(k[:2]).lower() not in PRONOUNS}
    for m, s, span in ours:
        best = max(votes[s], key=votes[s].get)
        if m[0] != "ours" and right[m] != best:
            b, e = doc.tokens[span[0]][0], doc.tokens[span[1]][1]
            print(f"{doc.name}: {label.get(best)!r} for {label.get(right[m])!r}: "
                  f"{doc.text[max(0, b - 150):b]!r} [{doc.text[b:e]}] {doc.text[e:e + 40]!r}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="?")
    ap.add_argument("--cmd", default="./build/sofar")
    ap.add_argument("--genres", default="news,interview,bio,speech")
    ap.add_argument("--names", action="store_true", help="names only")
    ap.add_argument("--errors", action="store_true", help="what we put into another's group")
    ap.add_argument("--test", action="store_true")
    a = ap.parse_args()
    if a.test:
        return test()
    docs = [d for d in load(a.gold) if a.genres == "all" or d.name.split("_")[1] in a.genres.split(",")]
    scores = Scores()
    for doc, page in zip(docs, read(a.cmd, docs)):
        compare(doc, page, a.names, scores, a.errors)
    print(f"{len(docs)} documents")
    scores.table()


main()
