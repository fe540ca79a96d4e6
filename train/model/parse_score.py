#!/usr/bin/env python3
"""Trees from raw text, as the CoNLL 2018 scorer counts: F1 of words, sentences, UPOS, UAS, LAS (subtypes of relations aside), lemmas.

usage: parse_score.py 'SOFAR parse [OPTIONS]' FILE.conllu[.gz] ...

Each document goes as a plain text file. Words are aligned by the characters that are not white space; where a page loses some of
them (list marks at the beginning of a line), by the longest common subsequence."""
import argparse
import collections
import difflib
import os
import shlex
import subprocess
import tempfile

import words_score


def parsed(command, texts):
    """For each text the rows of its words, a list of columns each."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, text in enumerate(texts):
            paths.append(os.path.join(folder, f"{i:06}.txt"))
            with open(paths[-1], "wb") as f:
                f.write(bytes(text))
        found, current = {p: [] for p in paths}, None
        for at in range(0, len(paths), 200):
            out = subprocess.run(shlex.split(command) + paths[at:at + 200], stdout=subprocess.PIPE, check=True).stdout.decode()
            for line in out.split("\n"):
                if line.startswith("# newdoc id = "):
                    current = found[line[14:]]
                elif line and line[0] != "#":
                    current.append(line.split("\t"))
        return [found[p] for p in paths]


def spans(forms):
    """[(begin, end)] counted in characters that are not white space, and those characters."""
    out, text = [], ""
    for form in forms:
        begin = len(text)
        text += "".join(form.split())
        out.append((begin, len(text)))
    return out, text


def same_places(ours, theirs):
    """Position in ours -> position in theirs, where they agree."""
    if ours == theirs:
        return {i: i for i in range(len(ours) + 1)}
    place = {}
    for a, b, n in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        place.update({a + k: b + k for k in range(n + 1)})
    return place


def heads(rows):
    """Index of each row's head in the document, -1 the root. Ids count from 1 in every sentence; in a treebank they count syntactic
    words, and of a multiword token whose parts do not spell it there is one row."""
    out, at = [], 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and int(rows[end][0]) > int(rows[end - 1][0]):
            end += 1
        index = {int(r[0]): at + k for k, r in enumerate(rows[at:end])}
        known = sorted(index)
        for r in rows[at:end]:
            h = int(r[6])
            out.append(-1 if h == 0 else index.get(h, index[max([k for k in known if k <= h] or known[:1])]))
        at = end
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("command")
    ap.add_argument("files", nargs="+")
    a = ap.parse_args()
    for path in a.files:
        documents = list(words_score.documents(path))
        count = collections.Counter()
        for d, rows in zip(documents, parsed(a.command, [d.text for d in documents])):
            gold_forms = [d.text[b:e].decode() for b, e in d.words]
            gold, gold_text = spans(gold_forms)
            ours, our_text = spans([r[1] for r in rows])
            place = same_places(our_text, gold_text)
            at = {span: i for i, span in enumerate(gold)}
            pair = {i: at.get((place.get(b, -1), place.get(e, -1))) for i, (b, e) in enumerate(ours)}
            gh, oh = heads(d.rows), heads(rows)
            count["gold"] += len(gold)
            count["found"] += len(ours)
            for i, g in pair.items():
                if g is None:
                    continue
                r, w = rows[i], d.rows[g]
                count["words"] += 1
                count["UPOS"] += r[3] == w[3]
                count["lemmas"] += r[2] == w[2]
                right = (oh[i] < 0 and gh[g] < 0) or (oh[i] >= 0 and gh[g] >= 0 and pair[oh[i]] == gh[g])
                count["UAS"] += right
                count["LAS"] += right and r[7].split(":")[0] == w[7].split(":")[0]
            starts = [i for i, r in enumerate(rows) if r[0] == "1"] + [len(rows)]
            said = {(place.get(ours[b][0]), place.get(ours[e - 1][1])) for b, e in zip(starts, starts[1:])}
            true, k = set(), 0
            for b, e in d.sentences:
                first = k
                while k < len(d.words) and d.words[k][1] <= e:
                    k += 1
                if k > first:
                    true.add((gold[first][0], gold[k - 1][1]))
            count["sentences gold"] += len(true)
            count["sentences found"] += len(said)
            count["sentences"] += len(true & said)
        total = count["gold"] + count["found"]
        print(path, " ".join(f"{k} {200 * count[k] / total:.2f}" for k in ("words", "UPOS", "lemmas", "UAS", "LAS")),
              f"sentences {200 * count['sentences'] / (count['sentences gold'] + count['sentences found']):.2f}")


if __name__ == "__main__":
    main()
