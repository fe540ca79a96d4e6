#!/usr/bin/env python3
"""A sofar whose pages are read without a fault: what is merged is what people read on the pages, so that only the merging is
measured. Stands for the command in story.py:
    story.py STORIES --dossier --cmd 'python3 bench/story_gold.py build/sofar'
`add` reads the pages with the command and then puts the facts of each page's gold.json in the place of its own. Everything else is
passed on."""
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys


def first(value):
    return value[0] if isinstance(value, list) else value


def span_of(text, evidence):
    """Where the evidence stands in the text, white space aside, in bytes; the first word if it does not."""
    words = [re.escape(w) for w in first(evidence).split()]
    found = re.search(r"\s+".join(words), text)
    a, b = found.span() if found else (0, max(1, len(text.split()[0])))
    return len(text[:a].encode()), len(text[:b].encode())


def put_page(db, capture, text, page):
    for table in ("quotes", "facts"):
        db.execute(f"DELETE FROM {table} WHERE capture_id = ?", (capture,))
    db.execute("DELETE FROM subjects WHERE capture_id = ?", (capture,))
    db.execute("UPDATE captures SET published = ?, outlet = ?, title = ? WHERE id = ?",
               (first(page["published"]), first(page["outlet"]), first(page["title"]), capture))
    ids = {}

    def subject(name, kind="other", aliases=()):
        if name not in ids:
            ids[name] = db.execute("INSERT INTO subjects (capture_id, name, type) VALUES (?, ?, ?)",
                                   (capture, name, kind)).lastrowid
            for a in aliases:
                db.execute("INSERT INTO aliases (subject_id, alias) VALUES (?, ?)", (ids[name], a))
        return ids[name]
    for s in page["subjects"]:
        subject(first(s["name"]), first(s["type"]), s.get("aliases", []))
    for f in page["facts"]:
        if f.get("optional"):  # a careful reader might leave it out
            continue
        by = first(f.get("by"))
        row = db.execute("INSERT INTO facts (capture_id, type, status, happened, by_id) VALUES (?, ?, ?, ?, ?)",
                         (capture, first(f["type"]), first(f["status"]), first(f.get("when")), subject(by) if by else None)).lastrowid
        for role, value in f["roles"].items():
            value = first(value)
            known = value in ids
            db.execute("INSERT INTO roles (fact_id, role, subject_id, value) VALUES (?, ?, ?, ?)",
                       (row, role, ids[value] if known else None, None if known else value))
        db.execute("INSERT INTO receipts (fact_id, span_begin, span_end) VALUES (?, ?, ?)", (row, *span_of(text, f["evidence"])))
    db.execute("UPDATE captures SET gist = NULL, keys = NULL WHERE id = ?", (capture,))


def put(store, files):
    db = sqlite3.connect(store)
    db.execute("PRAGMA foreign_keys = ON")
    for path in files:
        with open(os.path.join(os.path.dirname(path), "gold.json"), encoding="utf-8") as f:
            page = next(p for p in json.load(f)["pages"] if p["file"] == os.path.basename(path))
        with open(path, "rb") as f:
            sha = hashlib.sha256(f.read()).hexdigest()
        capture, text = db.execute("SELECT captures.id, text FROM captures JOIN originals ON originals.id = original_id "
                                   "WHERE sha256 = ?", (sha,)).fetchone()
        put_page(db, capture, text, page)
    db.commit()


def main():
    sofar, args = sys.argv[1], sys.argv[2:]
    code = subprocess.run([sofar, *args]).returncode
    if "add" in args:
        store = args[args.index("--store") + 1]
        put(store, args[args.index("add") + 1:])
        subprocess.run([sofar, "doctor", "--quiet", "--store", store], check=True)  # makes the gists anew
    sys.exit(code)


main()
