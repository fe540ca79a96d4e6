#!/usr/bin/env python3
"""What sofar exports, read by parsers that are not its own: Python's json and csv, and small readers of iCalendar, wikitext and
QuickStatements that take nothing they do not know. First every hostile string through every format, then pages through the command:
selectors find their words in the page, ids stay whatever the order, files are whole. Prints TAP.
usage: export.py TEST-EXPORT SOFAR"""
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tempfile

test_export, sofar = map(os.path.abspath, sys.argv[1:])
number = failures = 0


def check(ok, what):
    global number, failures
    number += 1
    failures += not ok
    print(f"{'' if ok else 'not '}ok {number} - {what}")


class Fault(Exception):
    pass


def need(ok, what):
    if not ok:
        raise Fault(what)


def once(pairs):
    keys = [k for k, _ in pairs]
    need(len(keys) == len(set(keys)), f"a key twice: {keys}")
    return dict(pairs)


def read_json(text):
    return json.loads(text, object_pairs_hook=once)


def read_jsonl(text):
    need(text.endswith("\n"), "the last line has no end")
    for line in text.split("\n")[:-1]:
        record = read_json(line)
        need("subject" in record or "of" in record and len(record) == 2, "a record of another form")


def read_csv(text):
    need(text.count("\n") == text.count("\r\n") and text.endswith("\r\n"), "lines end with CRLF")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    need(len({len(r) for r in rows}) == 1, "rows of different lengths")
    need(not any(c[:1] in "=+-@" and c for r in rows[1:] for c in r), "a cell that is a formula")
    need(not any(ord(c) < 32 or ord(c) == 127 for r in rows for cell in r for c in cell), "a control character")


def read_annotations(text):
    for a in read_json(text):
        need(a["@context"] == "http://www.w3.org/ns/anno.jsonld" and a["type"] == "Annotation", "no annotation")
        need(re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", a["id"]), "an id that is no UUID")
        quote, *position = a["target"]["selector"]
        need(quote["type"] == "TextQuoteSelector" and set(quote) == {"type", "exact", "prefix", "suffix"}, "no quote selector")
        for p in position:
            need(p["type"] == "TextPositionSelector" and p["end"] - p["start"] == len(quote["exact"]), "a position of another length")


def read_jsonld(text):
    graph = read_json(text)
    need(graph["@context"] == "https://schema.org", "another context")
    ids = {n["@id"] for n in graph["@graph"] if "@id" in n}

    def walk(value):
        if isinstance(value, list):
            for v in value:
                walk(v)
        elif isinstance(value, dict):
            if set(value) == {"@id"}:
                i = value["@id"]
                need(i in ids or not i.startswith("#"), f"a reference to nothing: {i}")
            for k, v in value.items():
                need(k == "text" or v is not None, f"{k} is null")
                walk(v)
    walk(graph["@graph"])


def read_csl(text):
    items = read_json(text)
    need(len({i["id"] for i in items}) == len(items), "an id twice")
    for i in items:
        need(i["type"] == "article-newspaper" and i["title"], "an item without a title")
        for key in "issued", "accessed":
            for part in i.get(key, {"date-parts": []})["date-parts"]:
                need(1 <= len(part) <= 3 and all(isinstance(p, int) and p > 0 for p in part), "a date of another form")
        need(re.match(r"https?://[^\s\"<>]+$", i.get("URL", "http://x")), "a URL that is none")


def read_cites(text):
    value = r"[^|{}\[\]<>\n]*"
    line = re.compile(rf"(?:<!-- ((?:(?!--)[^<>\n])*) --> |<ref>)\{{\{{cite news((?: \|[a-z-]+[0-9]*={value})+)\}}\}}(?:</ref>)?\n")
    at = 0
    while at < len(text):
        m = line.match(text, at)
        need(m, f"no citation: {text[at:at + 200]!r}")
        need("''" not in m[2] and "~~~" not in m[2] and "__" not in m[2], "wikitext in a value")
        names = re.findall(r" \|([a-z-]+[0-9]*)=", m[2])
        need(len(set(names)) == len(names) and "title" in names and "work" in names, "fields")
        at = m.end()


def read_statements(text):
    text_value, day = r'"[^\t\n]*"', r"\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11)"
    value = rf"(Q[1-9]\d*|{text_value}|{day})"
    reference = rf'\tS854\t"https?://[^\s"]+"\tS1476\t[a-z]{{2,3}}:{text_value}(\tS577\t{day})?(\tS813\t{day})?'
    for line in text.split("\n")[:-1]:
        need(line.startswith("#") or line == "CREATE" or re.fullmatch(rf"LAST\tLen\t{text_value}", line) or
             re.fullmatch(rf"(Q[1-9]\d*|LAST)\tP\d+\t{value}(\tP\d+\t{value})*{reference}", line), f"no statement: {line!r}")
        need(line.startswith("#") or "/*" not in line, "a comment within a statement")
    need(text.endswith("\n"), "the last line has no end")


def read_ical(text):
    need(text.count("\n") == text.count("\r\n") and text.endswith("\r\n"), "lines end with CRLF")
    need(all(len(line.encode()) <= 75 for line in text.split("\r\n")), "a line of more than 75 octets")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    stack, events = [], []
    for line in lines:
        m = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):(.*)", line)
        need(m, f"no property: {line!r}")
        name, value = m[1], m[3]
        need(not any(ord(c) < 32 or ord(c) == 127 for c in value), "a control character")
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            need(stack and stack.pop() == value, "an END without BEGIN")
        elif stack[-1] == "VEVENT":
            need(name not in events[-1], f"{name} twice")
            events[-1][name] = value
        if name in ("SUMMARY", "DESCRIPTION", "CATEGORIES", "NAME", "X-WR-CALNAME"):
            need(re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value), f"an escape is missing: {value!r}")
    need(not stack and lines[0] == "BEGIN:VCALENDAR" and "VERSION:2.0" in lines, "no calendar")
    for e in events:
        need({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(e), "an event lacks what it must have")
        start = datetime.datetime.strptime(e["DTSTART"], "%Y%m%d")
        need("DTEND" not in e or datetime.datetime.strptime(e["DTEND"], "%Y%m%d") > start, "an event ends before it begins")
        datetime.datetime.strptime(e["DTSTAMP"], "%Y%m%dT%H%M%SZ")
    need(len({e["UID"] for e in events}) == len(events), "a UID twice")


READERS = {"jsonl": read_jsonl, "csv": read_csv, "web-annotation": read_annotations, "json-ld": read_jsonld, "csl-json": read_csl,
           "cite-news": read_cites, "quickstatements": read_statements, "ical": read_ical}


def read(format, data, what):
    try:
        READERS[format](data.decode("utf-8"))
        check(True, what)
    except (Fault, ValueError, KeyError, csv.Error) as e:
        check(False, what)
        print(f"# {e}")


def page(folder, name, outlet, day, body, lang="en"):
    url = f"https://{outlet.replace(' ', '').lower()}.example/{name}"
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(f'<html lang="{lang}"><head><link rel="canonical" href="{url}"><meta property="og:site_name" content="{outlet}">'
                f'<meta property="article:published_time" content="{day}"><title>On {name}</title></head><body><article><h1>On {name}</h1>'
                + "".join(f"<p>{p}</p>" for p in body) + "</article></body></html>")


def run(*args):
    p = subprocess.run([sofar, *args], capture_output=True)
    return p.returncode, p.stdout


with tempfile.TemporaryDirectory() as tmp:
    os.mkdir(hostile := os.path.join(tmp, "hostile"))
    check(subprocess.run([test_export, hostile]).returncode == 0, "hostile dossiers in every format")
    for name in sorted(os.listdir(hostile)):
        with open(os.path.join(hostile, name), "rb") as f:
            read(name.split(".", 2)[2], f.read(), f"hostile {name}")

    os.mkdir(pages := os.path.join(tmp, "pages"))
    page(pages, "1.html", "Harbour Post", "2021-03-02", [
        "Café ☕ 🎬 « première » — it rained all day, naïve readers say.", "Ana Ruiz will play Mira in the film Low Tide. Tobias Krane directs Low Tide.",
        "Low Tide will be released in May 2022."])
    page(pages, "2.html", "Quay Weekly", "2021-03-04", [
        "Ana Ruiz will play Mira in Low Tide, she told the Harbour Post.", "“I read the last page first | {{twice}},” Ana Ruiz said on Monday. 🎬"])
    page(pages, "3.html", "Gull Times", "2021-10-05", ["Ana Ruiz plays Mira in Low Tide. Jo Park wrote the script of Low Tide."])
    stores = [os.path.join(tmp, f"{i}.db") for i in range(2)]
    names = sorted(os.path.join(pages, n) for n in os.listdir(pages))
    run("add", "-q", "--store", stores[0], *names)
    for n in reversed(names):
        run("add", "-q", "--store", stores[1], n)

    labels = os.path.join(tmp, "labels.tsv")
    with open(labels, "w", encoding="utf-8") as f:
        f.write("Low Tide\tQ1\nAna Ruiz\tQ2\nTobias Krane\tQ3\nJo Park\tnew\n")
    for format in READERS:
        more = ["--table", "receipts"] if format == "csv" else ["--labels", labels] if format == "quickstatements" else []
        got = [run("export", "--all", "--store", s, "--format", format, *more) for s in stores]
        check(got[0] == got[1] and got[0][0] == 0 and got[0][1], f"{format} of all, whatever the order of adding")
        read(format, got[0][1], f"{format} of all")
        one = run("export", "Low Tide", "--store", stores[0], "--format", format, *more)
        check(one[0] == 0 and one[1], f"{format} of one")
        file = os.path.join(tmp, "out")
        run("export", "Low Tide", "--store", stores[0], "--format", format, *more, "-o", file)
        with open(file, "rb") as f:
            check(f.read() == one[1] and not os.path.exists(file + ".part"), f"{format} in a file is the same")

    texts = {}
    for line in run("read", *names)[1].decode().splitlines():
        r = json.loads(line)
        texts[r["page"]["url"]] = r["text"]
    found = tried = 0
    for a in json.loads(run("export", "--all", "--store", stores[0], "--format", "web-annotation")[1]):
        text = texts[a["target"]["source"]]
        quote, position = a["target"]["selector"]
        tried += 1
        s, e = position["start"], position["end"]
        found += text[s:e] == quote["exact"] and text[:s].endswith(quote["prefix"]) and text[e:].startswith(quote["suffix"]) and \
            len(quote["prefix"]) == min(32, s) and len(quote["suffix"]) == min(32, len(text) - e)
    check(tried > 8 and found == tried, f"selectors find their words: {found} of {tried}")

    statements = run("export", "Low Tide", "--store", stores[0], "--format", "quickstatements", "--labels", labels)[1].decode()
    check('Q1\tP161\tQ2\tP4633\t"Mira"\tS854\t"https://harbourpost.example/1.html"\tS1476\ten:"On 1.html"\tS577\t+2021-03-02T00:00:00Z/11\n'
          in statements, "a statement with its character and a complete reference")
    check("Q1\tP57\tQ3\t" in statements and "P577" not in statements, "what holds, not what is planned")
    check("no item is given for Jo Park" in statements, "who is yet to be made is no value")

    ids = [f["id"] for f in json.loads(run("on", "Low Tide", "--store", stores[0], "--json")[1])["facts"]]
    early = [f["id"] for f in json.loads(run("on", "Low Tide", "--store", stores[0], "--json", "--as-of", "2021-03")[1])["facts"]]
    check(len(set(ids)) == len(ids) > 2 and set(early) <= set(ids), "ids are each one's own, and stay from day to day")
    his = [f["id"] for f in json.loads(run("on", "Ana Ruiz", "--store", stores[0], "--json")[1])["facts"]]
    check({i.split("/")[1] for i in his} & {i.split("/")[1] for i in ids} and all(i.startswith("Ana_Ruiz/") for i in his),
          "a fact has one hash in the dossiers of all that it speaks of")
    plays = [f for f in json.loads(run("on", "Low Tide", "--store", stores[0], "--json")[1])["facts"] if f["type"] == "plays"][0]
    one, each = (run("cite", plays["id"], "--store", stores[0], *a)[1].decode() for a in ([], ["--all"]))
    check(each.startswith(one) and each.count("\n") == plays["sources"] == 2 and "work=Harbour Post" in one and "Gull Times" in each,
          "cite gives the first independent source, --all each")
    read("cite-news", each.encode(), "references are citations")

print(f"1..{number}")
sys.exit(bool(failures))
