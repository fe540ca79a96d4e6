"""The training texts as documents of tokens, each with the labels that its source knows; what a source does not know is MISSING and
costs nothing. A document is cut into stretches as the reader cuts pages (see src/model/batch.c)."""
import bisect
import collections
import dataclasses
import gzip
import json
import re

import words_score

MISSING = -100
NAMES = ["O"] + [b + "-" + t for t in ("person", "organization", "place", "work", "event", "product", "character", "other") for b in "BI"]
ATTRIBUTIONS = ["O"] + [b + "-" + t for t in ("source", "cue", "content") for b in "BI"]
FEATURES = ("Mood", "Number", "Person", "Tense", "VerbForm")
MOST_TOKENS, MOST_PIECES = 192, 384


@dataclasses.dataclass
class Document:
    id: str
    forms: list = dataclasses.field(default_factory=list)
    space: list = dataclasses.field(default_factory=list)      # white space (or the begin of a paragraph) before the token
    paragraph: list = dataclasses.field(default_factory=list)
    sentence: list = dataclasses.field(default_factory=list)
    ends_known: bool = True                                     # the sentences are gold
    tag: list = None
    lemma: list = None                                          # scripts
    head: list = None                                           # index in the document, -1 the root
    label: list = None
    name: list = None                                           # classes of NAMES
    attribution: list = None

    def __len__(self):
        return len(self.forms)


def script(form, lemma):
    """The edit that makes the lemma: "l3:y" cuts three characters off the lower-cased form and adds y (Chrupala, 2006, suffixes only)."""
    if any(c.isupper() for c in lemma):
        case, base = "=", form
    else:
        case, base = "l", form.lower()
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    if same == 0 and lemma:
        return "!" + lemma
    return f"{case}{len(base) - same}:{lemma[same:]}"


def tag(upos, features):
    kept = [f for f in features.split("|") if f.split("=")[0] in FEATURES]
    return upos + "|" + ("|".join(kept) or "_")


def treebank(path):
    """Documents of a CoNLL-U file; GUM's entities are kept as (sentence rows) for names.py."""
    documents, new_paragraph, paragraph, sentence = [], True, -1, -1
    for block in gzip.open(path, "rt", encoding="utf-8").read().strip().split("\n\n"):
        rows, multi = [], {}
        for line in block.split("\n"):
            if line.startswith("# newdoc"):
                documents.append(Document(line.split("=", 1)[1].strip(), tag=[], lemma=[], head=[], label=[]))
                documents[-1].misc, documents[-1].upos, documents[-1].sent_id = [], [], []
                new_paragraph, paragraph, sentence = True, -1, -1
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                new_paragraph = True
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif not line.startswith("#"):
                cells = line.split("\t")
                if "-" in cells[0]:
                    a, b = map(int, cells[0].split("-"))
                    multi[b] = "SpaceAfter=No" not in cells[9]
                    multi.update({i: False for i in range(a, b)})
                elif "." not in cells[0]:
                    rows.append(cells)
        d = documents[-1]
        if new_paragraph:
            paragraph, new_paragraph = paragraph + 1, False
        sentence += 1
        base = len(d.forms)
        space = True
        for cells in rows:
            i = int(cells[0])
            d.forms.append(cells[1])
            d.space.append(space)
            space = multi.get(i, "SpaceAfter=No" not in cells[9])
            d.paragraph.append(paragraph)
            d.sentence.append(sentence)
            d.sent_id.append(sent_id)
            d.tag.append(tag(cells[3], cells[5]))
            d.lemma.append(script(cells[1], cells[2]))
            d.head.append(base + int(cells[6]) - 1 if int(cells[6]) else -1)
            d.label.append(cells[7])
            d.misc.append(cells[9])
            d.upos.append(cells[3])
    return documents


def tokens(texts, tool):
    """Documents of raw texts, cut by sofar's own words and sentences; `begins`/`ends` are byte offsets in the text."""
    found = []
    for text, rows in zip(texts, words_score.read_tokens(tool, [t.encode() for t in texts])):
        d, raw = Document("", ends_known=False), text.encode()
        d.begins, d.ends = [], []
        for b, e, space, block, sentence in rows:
            d.forms.append(raw[b:e].decode())
            d.begins.append(b), d.ends.append(e), d.space.append(bool(space)), d.paragraph.append(block), d.sentence.append(sentence)
        found.append(d)
    return found


def mark(d, spans):
    """BIO classes over the tokens of d from (begin, end, type) byte spans; a token belongs to a span that covers its middle."""
    out = ["O"] * len(d)
    for begin, end, kind in sorted(spans):
        first = True
        for i in range(bisect.bisect_left(d.ends, begin), len(d)):
            if d.begins[i] >= end:
                break
            if begin * 2 <= d.begins[i] + d.ends[i] <= end * 2 and out[i] == "O":
                out[i] = ("B-" if first else "I-") + kind
                first = False
    return out


def attributions(path, tool):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    documents = tokens([r["text"] for r in rows], tool)
    for r, d in zip(rows, documents):
        d.id, d.text = r["doc"], r["text"]
        d.attribution = mark(d, [(b, e, part) for a in r["attributions"] for part in ("source", "cue", "content") for b, e in a[part]])
    return documents


def films(path, tool, keep):
    """Works and persons by distant supervision: the title and the cast are known strings, other words with a capital may be names of
    any kind and stay unknown, the rest is no name. keep(index) chooses the rows."""
    rows = [r for i, r in enumerate(map(json.loads, gzip.open(path, "rt", encoding="utf-8"))) if keep(i) and r["text"]]
    documents = tokens([r["text"] for r in rows], tool)
    for r, d in zip(rows, documents):
        d.id, raw = r["title"], r["text"].encode()
        spans = []
        for string, kind in [(r["title"], "work")] + [(c, "person") for c in r["cast"]]:
            if len(string) > 3 or kind == "work":
                spans += [(m.start(), m.end(), kind) for m in re.finditer(rb"(?<!\w)" + re.escape(string.encode()) + rb"(?!\w)", raw)]
        spans = [s for s in spans if not any(o[0] <= s[0] and s[1] <= o[1] and o != s for o in spans)]
        # A one-word title may be a common word or a person's name elsewhere; only the first words of the blurb are sure.
        spans = [s for s in spans if s[2] != "work" or s[0] < 8 or b" " in raw[s[0]:s[1]]]
        d.name = mark(d, spans)
        d.name = [n if n != "O" else "O" if not re.search(r"[A-Z0-9À-Þ]", f) and f not in ("of", "and", "the", "'", "-", ":", ",", "!", "?", "&", "in", "for", "on", "to", "a") else None
                  for n, f in zip(d.name, d.forms)]
    return documents


def stretches(d, pieces, how, rng):
    """Index ranges of d that are read at once. how: "sentence", "paragraph", or "packed" (neighbouring paragraphs together)."""
    unit = d.sentence if how == "sentence" else d.paragraph
    out, i, n = [], 0, len(d)
    size = [len(pieces.of(f)) for f in d.forms]
    limit = rng.choice((48, 96, 160)) if how == "packed" else 0
    while i < n:
        end, total, cut = i, 0, i
        while end < n and end - i < MOST_TOKENS and total + size[end] + 2 <= MOST_PIECES:
            if end > i and unit[end] != unit[end - 1] and not (how == "packed" and end - i < limit):
                break
            total += size[end]
            end += 1
            if end == n or d.sentence[end] != d.sentence[end - 1]:
                cut = end
        whole = end == n or unit[end] != unit[end - 1]
        if not whole and cut > i:
            end = cut
        out.append((i, end))
        i = end
    return out


def classes(documents, field, least=1):
    count = collections.Counter(x for d in documents if getattr(d, field) for x in getattr(d, field) if x is not None)
    return [x for x, n in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]
