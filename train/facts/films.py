#!/usr/bin/env python3
"""Score `plays` on film blurbs: of the cast that a blurb names, who comes out as playing in it?

    films.py dev.jsonl.gz --rows 0:450 --cmd build/sofar [--errors]
    films.py dev.jsonl.gz --rows 454::5

Every fifth row from 4 on was never trained on by the model (../model/sources.py); of these the rows from 454 on were never
looked at, either. They are what is reported.

A row is {"title", "cast": [...], "text"}. The cast comes from another table than the text, so the scorer asks only for
members whose name stands in the text; of the facts found it counts whose `who` is in the cast (the others may be right,
too: that number says only when something goes very wrong) and whose `work` is the film.
"""
import argparse
import gzip
import json
import os
import re
import subprocess
import tempfile
import unicodedata


def plain(name):
    """"Robert Downey, Jr." and "Robert Downey Jr." are one."""
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def read(rows, cmd):
    """The readings of the rows' texts, each as a page of its own."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, row in enumerate(rows):
            files.append(os.path.join(folder, f"{i:05}.txt"))
            with open(files[-1], "w", encoding="utf-8") as out:
                out.write(row["text"])
        done = subprocess.run([*cmd.split(), "read", *files], stdout=subprocess.PIPE, check=True)
    readings = {os.path.basename(r["page"]["file"]): r for r in map(json.loads, done.stdout.splitlines())}
    return [readings[os.path.basename(f)] for f in files]


def credits(reading):
    """(who, work, words) of each `plays`."""
    names = {s["id"]: s["name"] for s in reading["subjects"]}
    text = reading["text"].encode()
    for fact in reading["facts"]:
        if fact["type"] == "plays" and fact["status"] != "denied":
            begin, end = fact["receipts"][0]
            yield names[fact["roles"]["who"]], names[fact["roles"]["work"]], text[begin:end].decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("films")
    parser.add_argument("--rows", default="0:450", help="FIRST:END[:STEP], as in a slice")
    parser.add_argument("--cmd", default="build/sofar")
    parser.add_argument("--errors", action="store_true", help="list the cast that is missed and the credits of others")
    args = parser.parse_args()
    chosen = slice(*(int(n) if n else None for n in args.rows.split(":")))
    with gzip.open(args.films, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][chosen]
    asked = found = facts = in_cast = of_film = 0
    for row, reading in zip(rows, read(rows, args.cmd)):
        text = f" {plain(row['text'])} "
        cast = {plain(name) for name in row["cast"]}
        present = {name for name in cast if f" {name} " in text}
        got = list(credits(reading))
        # the page may have found only a part of a name
        hit = {c for c in present if any(plain(who) == c for who, _, _ in got)}
        asked, found, facts = asked + len(present), found + len(hit), facts + len(got)
        in_cast += sum(plain(who) in cast for who, _, _ in got)
        of_film += sum(plain(work) == plain(row["title"]) for _, work, _ in got)
        if args.errors and (present - hit or any(plain(who) not in cast for who, _, _ in got)):
            print(f"\n== {row['title']} ({row['year']}): {row['text']}")
            for name in sorted(present - hit):
                print("  MISS ", name)
            for who, work, words in got:
                if plain(who) not in cast or plain(work) != plain(row["title"]):
                    print(f"  OTHER {who} in {work}: {words}")
    print(f"rows {args.rows}: cast found {found}/{asked} = {found / max(asked, 1):.3f}; "
          f"plays {facts}, who in the cast {in_cast}, work the film {of_film}")


if __name__ == "__main__":
    main()
