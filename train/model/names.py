"""Names for the treebanks: EWT's were marked for this project (names/*.tsv), GUM's are derived from its entities."""
import collections
import glob
import re

import data

TITLES = set("""mr mrs ms miss dr prof professor president senator sen rep representative governor gov mayor sir lady lord king queen
prince princess pope saint st captain capt col colonel general gen lt lieutenant sgt sergeant major maj judge justice minister secretary
chancellor ambassador chairman director ceo father sister brother uncle aunt rev reverend rabbi imam sheikh ayatollah detective officer
congressman congresswoman dean commander admiral prime vice emperor empress duke duchess count""".split())
GUM_TYPES = {"person": "person", "place": "place", "organization": "organization", "event": "event", "object": "product"}


def read_marks(pattern):
    """{"DOCUMENT-NUMBER": [(type, text)]} and the documents that were marked, from lines `## DOCUMENT` / `NUMBER<TAB>type:text...`."""
    marks, documents = collections.defaultdict(list), set()
    for path in sorted(glob.glob(pattern)):
        document = None
        for line in open(path, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("## "):
                document = line[3:].strip()
            elif len(cells) > 1:
                marks[f"{document}-{cells[0]}"] += [tuple(c.split(":", 1)) for c in cells[1:]]
            documents.add(document)
    return marks, documents


def mark_treebank(documents, pattern):
    """Sets .name of the documents that were marked; returns how many marks were not found in the tokens."""
    marks, marked = read_marks(pattern)
    lost = 0
    for d in documents:
        if d.id not in marked:
            continue
        d.name = ["O"] * len(d)
        i = 0
        while i < len(d):
            end = i
            while end < len(d) and d.sent_id[end] == d.sent_id[i]:
                end += 1
            at, text, begins, ends = 0, "", [], []
            for k in range(i, end):
                text += " " if d.space[k] and k > i else ""
                begins.append(len(text))
                text += d.forms[k]
                ends.append(len(text))
            for kind, string in marks.get(d.sent_id[i], ()):
                found = text.find(string, at)
                if found < 0:
                    lost += 1
                    continue
                at = found + len(string)
                first = True
                for k in range(i, end):
                    if begins[k - i] < at and ends[k - i] > found:
                        if begins[k - i] < found - 1 or ends[k - i] > at + 1:
                            continue
                        d.name[k] = ("B-" if first else "I-") + kind
                        first = False
            i = end
    return lost


def mark_texts(rows, documents, pattern, key):
    """The same for raw texts, where NUMBER counts lines. rows: {key: id, "text": ...}, beside their documents. Returns those marked."""
    marks, marked = read_marks(pattern)
    found = []
    for row, d in zip(rows, documents):
        if str(row[key]) not in marked:
            continue
        spans, line_at = [], 0
        for number, line in enumerate(row["text"].split("\n")):
            at = 0
            for kind, string in marks.get(f"{row[key]}-{number}", ()):
                m = re.compile(r"(?<!\w)" + re.escape(string) + r"(?!\w)").search(line, at)
                begin = m.start() if m else line.find(string, at)
                if begin < 0:
                    continue
                at = begin + len(string)
                spans.append((line_at + len(line[:begin].encode()), line_at + len(line[:at].encode()), kind))
            line_at += len(line.encode()) + 1
        d.name = data.mark(d, spans)
        found.append(d)
    return found


def gum_entities(d):
    """(first, last, type, wikified) of every entity span of a GUM document."""
    open_at, found = collections.defaultdict(list), []
    for i, misc in enumerate(d.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for begin, inner, end in re.findall(r"(\()?([^()]+)(\))?", value):
            cells = inner.split("-")
            group = cells[0]
            if begin and end:
                found.append((i, i, cells[1], len(cells) > 7))
            elif begin:
                open_at[group].append((i, cells[1], len(cells) > 7))
            elif end and open_at[group]:
                first, kind, wiki = open_at[group].pop()
                found.append((first, i, kind, wiki))
    return found


def mark_gum(d):
    """A GUM entity is a name if its words are proper nouns (with small words between). Proper nouns that no name explains stay unknown."""
    proper = [u == "PROPN" for u in d.upos]
    small = [f.lower() in ("of", "the", "and", "for", "in", "on", "de", "la", "von", "van", "'s", "-", "&", ".", ",", "'", "’s", "to") for f in d.forms]
    title = [f.lower().rstrip(".") in TITLES for f in d.forms]
    d.name = [None if p and not t else "O" for p, t in zip(proper, title)]
    taken = [False] * len(d)
    for first, last, kind, wiki in sorted(gum_entities(d), key=lambda e: (e[0] - e[1], e[0])):
        while first <= last and (d.upos[first] == "DET" or (kind == "person" and d.forms[first].lower().rstrip(".") in TITLES)):
            first += 1
        while last >= first and (d.forms[last].lower() in ("'s", "’s", "'", "’") or d.upos[last] == "PUNCT"):
            last -= 1
        span = range(first, last + 1)
        if first > last or not proper[first] or not proper[last] or any(taken[i] for i in span):
            continue
        if not all(proper[i] or small[i] or d.upos[i] == "NUM" for i in span):
            continue
        if kind in ("place", "person") and any(d.forms[i] == "," for i in span):
            continue  # "Missoula, Montana" are two; the entities inside may tell them
        type_ = GUM_TYPES.get(kind)
        for i in span:
            taken[i] = True
            d.name[i] = ("O" if kind == "time" else None) if type_ is None else ("B-" if i == first else "I-") + type_


def spans(row):
    """BIO classes -> [(first, last, type)]."""
    out, begin = [], None
    for i, c in enumerate(row + ["O"]):
        if begin is not None and not (c.startswith("I-") and c[2:] == row[begin][2:]):
            out.append((begin, i - 1, row[begin][2:]))
            begin = None
        if c.startswith("B-"):
            begin = i
    return out
