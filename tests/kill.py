#!/usr/bin/env python3
"""Killed at any moment the store is whole, and the same command again finishes the work. Prints TAP.
usage: kill.py SOFAR KILLS

A folder of made pages is added to a store; the process gets SIGKILL when it has used a random (seeded) part of the
processor time that the whole work takes (so the moments do not hang on what else the machine does), several times on
the same store. After each kill: SQLite's integrity_check and foreign_key_check hold, the search index matches, and every
table holds exactly the rows that the undisturbed run gives for the captures that are there - so none is there in part.
Then the run is finished, and all tables are those of the undisturbed run, ids included.

The same with `sofar reread --all` on a finished store: killed anywhere every table is as it was, and called again it goes on
where it stopped."""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PAGES, KILLS_A_STORE = 40, 10
NAMES = ["Ana Ruiz", "Jo Park", "Eva Lind", "Tom Okoro", "Mia Santos"]
WORDS = "harbour film summer letter evening boat music season answer story window street light river song".split()
# how to reach the capture of a row of each table
CAPTURE_OF = {
    "captures": "id", "bylines": "capture_id", "notes": "capture_id", "blocks": "capture_id", "times": "capture_id",
    "subjects": "capture_id", "quotes": "capture_id", "facts": "capture_id",
    "originals": "(SELECT min(id) FROM captures WHERE original_id = t.id)",
    "aliases": "(SELECT capture_id FROM subjects WHERE id = t.subject_id)",
    "names": "(SELECT capture_id FROM subjects WHERE id = t.subject_id)",
    "quote_spans": "(SELECT capture_id FROM quotes WHERE id = t.quote_id)",
    "roles": "(SELECT capture_id FROM facts WHERE id = t.fact_id)",
    "receipts": "(SELECT capture_id FROM facts WHERE id = t.fact_id)",
    "circumstances": "capture_id", "makers": "(SELECT min(id) FROM captures WHERE maker_id = t.id)",
}


def make_pages(folder, chance):
    for number in range(PAGES):
        paragraphs = []
        for _ in range(chance.randint(2, 4)):
            words = " ".join(chance.choices(WORDS, k=chance.randint(8, 40)))
            name = chance.choice(NAMES)
            paragraphs.append(f"“{words.capitalize()},” said {name} on {chance.randint(1, 28)} May {chance.randint(2015, 2022)}. "
                              f"{name} spoke of Low Tide.")
        day = f"20{chance.randint(15, 22)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"
        noise = chance.randbytes(chance.randint(0, 9000)).hex()
        with open(os.path.join(folder, f"{number:04}.html"), "w", encoding="utf-8") as page:
            page.write(f"<!doctype html><html><head><title>Page {number}</title><meta property='article:published_time' "
                       f"content='{day}'><link rel=canonical href='https://post.example/{number // 2}'>"
                       f"<script>/*{noise}*/</script></head><body><article>"
                       + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>")


def rows_of(store):
    db = sqlite3.connect(store)
    tables = {t: [row[:-1] for row in db.execute(f"SELECT t.*, {how} FROM {t} AS t ORDER BY t.rowid")]
              for t, how in CAPTURE_OF.items()}
    captures = {t: [row[0] for row in db.execute(f"SELECT {how} FROM {t} AS t ORDER BY t.rowid")]
                for t, how in CAPTURE_OF.items()}
    known = {name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    db.close()
    unknown = {t for t in known if not t.startswith(("captures_fts", "captures_keys"))} - set(CAPTURE_OF) - {"rereading", "decisions"}
    if unknown:
        sys.exit(f"Bail out! tables that this test does not know: {unknown}")
    return tables, captures


def faults_of(store, whole, owners):
    """What is wrong with a store after a kill, and how many captures it has."""
    if not os.path.exists(store):
        return [], 0
    db = sqlite3.connect(store)
    db.execute("PRAGMA busy_timeout = 5000")
    faults = [f"integrity: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    faults += [f"reference: {row}" for row in db.execute("PRAGMA foreign_key_check")]
    made = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if made:
        try:
            for index in ("captures_fts", "captures_keys"):
                db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as fault:
            faults.append(f"search index: {fault}")
    db.close()
    if not made:
        return faults, 0
    tables, _ = rows_of(store)
    there = len(tables["captures"])
    for name, rows in tables.items():
        wanted = [row for row, owner in zip(whole[name], owners[name]) if owner <= there]
        if rows != wanted:
            faults.append(f"{name}: {len(rows)} rows where {len(wanted)} belong to {there} captures")
    return faults, there


def add(sofar, store, pages, **how):
    return subprocess.Popen([sofar, "add", "--quiet", "--store", store, pages], stdin=subprocess.DEVNULL, **how)


def spent(pid):
    """Processor time of another process: Linux's clock of it (CPUCLOCK_SCHED)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return float("inf")


def kill_after(process, seconds):
    while process.poll() is None and spent(process.pid) < seconds:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()


def place_of(store):
    """How far a reading again has come; None if none is under way."""
    db = sqlite3.connect(store)
    row = db.execute("SELECT done_id FROM rereading").fetchone()
    db.close()
    return row and row[0]


def kill_rereading(sofar, calm, whole, owners, kills, took, chance):
    """What is wrong after kills of `sofar reread`, and how many of them came while pages were being read again."""
    bad, inside, places = [], 0, [0]
    command = [sofar, "reread", "--all", "--quiet", "--store", calm]
    for kill in range(kills):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        kill_after(process, chance.uniform(0, took))
        bad += [f"reread, kill {kill}: {fault}" for fault in faults_of(calm, whole, owners)[0]]
        place = place_of(calm)
        if place is not None and place < places[-1]:
            bad.append(f"reread, kill {kill}: went back from page {places[-1]} to {place}")
        places.append(place or 0)
        inside += 0 < places[-1] < PAGES
    if subprocess.run(command, check=False).returncode or place_of(calm) is not None:
        bad.append("reread: cannot be finished")
    if rows_of(calm)[0] != whole:
        bad.append("reread: finished, but not as it was")
    return bad, inside


def main(sofar, kills):
    chance = random.Random(20211015)
    bad, number, inside, done = [], 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="sofar-kill-") as folder:
        pages = os.path.join(folder, "pages")
        os.mkdir(pages)
        make_pages(pages, chance)
        calm = os.path.join(folder, "calm.db")
        process = add(sofar, calm, pages)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit("Bail out! the undisturbed run failed")
        took = usage.ru_utime + usage.ru_stime
        whole, owners = rows_of(calm)
        if len(whole["captures"]) != PAGES:
            sys.exit(f"Bail out! {len(whole['captures'])} captures of {PAGES} pages")
        while done < kills:
            store = os.path.join(folder, f"{number}.db")
            number += 1
            for _ in range(min(KILLS_A_STORE, kills - done)):
                process = add(sofar, store, pages)
                kill_after(process, chance.uniform(0, 1.1 * took))
                done += 1
                faults, there = faults_of(store, whole, owners)
                inside += 0 < there < PAGES
                bad += [f"kill {done}: {fault}" for fault in faults]
                if there == PAGES:
                    break
            if add(sofar, store, pages).wait():
                bad.append(f"store {number}: cannot be finished")
            elif rows_of(store)[0] != whole:
                bad.append(f"store {number}: finished, but not as the undisturbed run")
            for suffix in ("", "-wal", "-shm"):
                if os.path.exists(store + suffix):
                    os.unlink(store + suffix)
        worse, rereading = kill_rereading(sofar, calm, whole, owners, kills // 40, took, chance)
        bad += worse
    for fault in bad[:20]:
        print("#", fault)
    print(f"# {took:.2f} s of processor undisturbed; {done} kills, {inside} of them with some of the captures in the store")
    print(f"# {kills // 40} kills of a reading again, {rereading} of them with some of the pages read")
    print(f"{'not ' if bad else ''}ok 1 - {done} kills, each store whole and finished as if undisturbed")
    print(f"{'' if inside * 4 >= done else 'not '}ok 2 - the kills came while pages were being added")
    print("1..2")
    return bool(bad) or inside * 4 < done


sys.exit(main(sys.argv[1], int(sys.argv[2])))
