#!/usr/bin/env python3
"""Words and sentences of raw text, against a treebank: F1 of byte spans, as the CoNLL 2018 scorer counts.

usage: words_score.py [--errors N] TOKENS FILE.conllu[.gz] ...

TOKENS is the program made from tokens.c. The raw text is put together again from the treebank: SpaceAfter=No is
minded, a paragraph (newpar) begins behind an empty line, a document goes alone. A multiword token stands for its parts;
parts that do not spell it count as one word. `documents` and `f1` are there for other scripts."""
import argparse
import collections
import gzip
import subprocess


class Document:
    """text: bytes; words, sentences: lists of (begin, end) in bytes; rows: for each word its CoNLL-U columns."""

    def __init__(self):
        self.text, self.words, self.sentences, self.rows = bytearray(), [], [], []


def surfaces(rows):
    """The units of a sentence that spell its text: (surface, rows of its words, space follows)."""
    units, inside = [], 0
    for row in rows:
        if "." in row[0]:
            continue
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            units.append((row[1], [], space))
            inside = last - first + 1
        elif inside:
            units[-1][1].append(row)
            inside -= 1
        else:
            units.append((row[1], [row], space))
    return units


def add_sentence(document, rows, paragraph):
    """Puts a sentence behind what is there. Returns True if no space follows it."""
    text = document.text
    if paragraph and text:
        text[:] = text.rstrip() + b"\n\n"
    begin = end = len(text)
    space = False
    for surface, parts, space in surfaces(rows):
        forms = [part[1] for part in parts]
        if "".join(forms) != surface:
            forms, parts = [surface], parts[:1]
        for form, row in zip(forms, parts):
            start = len(text)
            text += form.encode()
            document.words.append((start, len(text)))
            document.rows.append(row)
        end = len(text)
        if space:
            text += b" "
    document.sentences.append((begin, end))


def documents(path):
    """Yields the documents of a treebank."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    document, rows, paragraph = Document(), [], False
    with opened as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc") and document.words:
                yield document
                document = Document()
            if line.startswith("#"):
                paragraph |= line.startswith("# newpar") and not line.startswith("# newpar_")
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                add_sentence(document, rows, paragraph)
                rows, paragraph = [], False
    if rows:
        add_sentence(document, rows, paragraph)
    if document.words:
        yield document


def read_tokens(program, texts):
    """What the program finds in each text: a list of (begin, end, space, block, sentence) a text."""
    out = subprocess.run([program], input=b"".join(bytes(t) + b"\0" for t in texts), stdout=subprocess.PIPE, check=True)
    parts = out.stdout.decode("ascii").split("\n")
    found, current = [], []
    for line in parts[:-1]:
        if line:
            current.append(tuple(map(int, line.split())))
        else:
            found.append(current)
            current = []
    return found


def sentences_of(tokens):
    """Spans of the sentences that the program's tokens name."""
    spans = {}
    for begin, end, _, _, sentence in tokens:
        spans[sentence] = (spans.get(sentence, (begin,))[0], end)
    return list(spans.values())


def f1(pairs):
    """pairs of (gold, found) lists of spans -> precision, recall, F1 in percent."""
    gold = found = both = 0
    for one, other in pairs:
        gold, found, both = gold + len(one), found + len(other), both + len(set(one) & set(other))
    precision, recall = (both / found if found else 0.0), (both / gold if gold else 0.0)
    return 100 * precision, 100 * recall, 200 * both / (gold + found) if gold + found else 0.0


def word_errors(document, tokens):
    """Pairs (gold cut, found cut) of the stretches where they differ, as text with | between the words."""
    gold, found = list(document.words), [t[:2] for t in tokens]
    i = j = 0
    while i < len(gold) and j < len(found):
        if gold[i] == found[j]:
            i, j = i + 1, j + 1
            continue
        a, b = [gold[i]], [found[j]]
        while a[-1][1] != b[-1][1]:
            if a[-1][1] < b[-1][1]:
                i += 1
                a.append(gold[i])
            else:
                j += 1
                b.append(found[j])
        i, j = i + 1, j + 1
        yield tuple("|".join(document.text[s:e].decode() for s, e in spans) for spans in (a, b))


def sentence_errors(document, tokens):
    """Lines that say which end was missed (-) or invented (+), with the text around."""
    gold, found = {e for _, e in document.sentences}, {e for _, e in sentences_of(tokens)}
    for at in sorted(gold ^ found):
        before, after = document.text[max(0, at - 30):at], document.text[at:at + 30]
        yield "%s %s ## %s" % ("-" if at in gold else "+", before.decode(errors="ignore"), after.decode(errors="ignore"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the N most frequent differences")
    parser.add_argument("--ends", action="store_true", help="every sentence end that differs")
    parser.add_argument("tokens")
    parser.add_argument("treebanks", nargs="+")
    args = parser.parse_args()
    for path in args.treebanks:
        gold = list(documents(path))
        found = read_tokens(args.tokens, [d.text for d in gold])
        if len(found) != len(gold):
            raise SystemExit("%s: %d documents in, %d out" % (args.tokens, len(gold), len(found)))
        words = f1([(d.words, [t[:2] for t in tokens]) for d, tokens in zip(gold, found)])
        ends = f1([(d.sentences, sentences_of(tokens)) for d, tokens in zip(gold, found)])
        print("%s\n  words      P %.2f  R %.2f  F1 %.2f\n  sentences  P %.2f  R %.2f  F1 %.2f" % (path, *words, *ends))
        errors = collections.Counter(e for d, tokens in zip(gold, found) for e in word_errors(d, tokens))
        for (wanted, got), times in errors.most_common(args.errors):
            print("  %4d  %s   <-   %s" % (times, wanted, got))
        if args.ends:
            for document, tokens in zip(gold, found):
                for line in sentence_errors(document, tokens):
                    print("  " + line.replace("\n", "\\n"))


if __name__ == "__main__":
    main()
