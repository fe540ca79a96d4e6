#!/usr/bin/env python3
"""The gallery in a real browser. Prints TAP; says what is missing and skips where Chromium, Node or npm is not there.
usage: run.py SOFAR ROOT WORK LONG

In WORK (kept between runs: the packages of package-lock.json are installed into it once) it reads the example story, serves the
originals at their own addresses to the browser, builds the gallery, has gallery.mjs look at it and served.mjs at the server, and reads the feeds, calendars and
JSON-LD with other people's parsers. A second gallery is made of hostile.txt, a third of a store of one long dossier, which
`LONG STORE long` writes."""
import functools
import http.server
import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading

import feeds

sofar, root, work, long_store = (pathlib.Path(a).resolve() for a in sys.argv[1:])
here = pathlib.Path(__file__).resolve().parent
examples = root / "examples"
CHROMIUMS = ["chromium", "chromium-browser", "google-chrome"]


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def install(npm):
    """Packages as the lock file has them; again only when it changes."""
    lock = (here / "package-lock.json").read_bytes()
    done = work / "node_modules" / ".lock"
    if done.exists() and done.read_bytes() == lock:
        return
    for name in ["package.json", "package-lock.json"]:
        shutil.copy(here / name, work / name)
    got = subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, capture_output=True, text=True)
    if got.returncode:
        skip("npm ci cannot have the packages: " + (got.stderr.strip().splitlines() or ["?"])[-1])
    done.write_bytes(lock)


def have_parsers():
    """Those of requirements.txt, installed once; without them (no network) what they would look at is left out."""
    wanted, folder = (here / "requirements.txt").read_bytes(), work / "parsers"
    done = folder / ".wanted"
    if not done.exists() or done.read_bytes() != wanted:
        got = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--upgrade", "--target", folder,
                              "-r", here / "requirements.txt"], capture_output=True, text=True)
        if got.returncode:
            print("# no feedparser, icalendar and rdflib: " + (got.stderr.strip().splitlines() or ["?"])[-1])
            return
        done.write_bytes(wanted)
    sys.path.insert(0, str(folder))
    feeds.PARSERS = {name: importlib.import_module(name) for name in ["feedparser", "icalendar", "rdflib"]}


def run(*arguments):
    got = subprocess.run([sofar, *arguments], capture_output=True, text=True, cwd=work)
    if got.returncode:
        print(f"Bail out! sofar {' '.join(map(str, arguments))}: {got.stderr}")
        sys.exit(1)


def serve(folder):
    """A web server of the folder on a port of its own; its address."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".atom": "application/atom+xml"}

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def feed_of_hostiles(folder):
    """A feed in which each string is a title, a writer, an address and a quote."""
    lines = [json.loads(line) for line in (here / "hostile.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    items = []
    for number, text in enumerate(lines):
        body = f"“{text} and more of that,” said Ana Ruiz, who directs “Low Tide.”\n\nFilming of “Low Tide” began on May 4, 2021. {text}"
        items.append({"id": f"https://post.example/{number}", "url": text if number % 2 else f"https://post.example/{number}/{text}",
                      "title": text, "authors": [{"name": text}], "content_text": body, "date_published": f"2021-06-{number % 28 + 1:02}T08:00:00Z"})
    path = folder / "hostile.json"
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": lines[0], "items": items}), encoding="utf-8")
    return path, len(lines)


def build():
    """The galleries, and what gallery.mjs must know of them."""
    originals = serve(examples)
    story, hostile = work / "story", work / "hostile"
    for folder in [story, hostile]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    pages = sorted(p.name for p in examples.iterdir() if p.suffix == ".html")
    run("add", "--store", story / "a.db", "-q", "--allow-private", "--ignore-robots", *[originals + p for p in pages])
    run("add", "--store", story / "a.db", "-q", examples / "06-delayed-elsewhere.warc.gz", examples / "08-trailer-wire.txt",
        examples / "10-soundtrack-and-release.atom")
    site = serve(story)
    run("gallery", "--store", story / "a.db", "-q", "-o", story / "site", "--base-url", site + "site/")
    run("gallery", "--store", story / "a.db", "-q", "-o", story / "key", "--feed", "key", "--base-url", site + "site/", "Tin Cathedral")
    path, count = feed_of_hostiles(hostile)
    run("add", "--store", hostile / "a.db", "-q", path)
    run("gallery", "--store", hostile / "a.db", "-q", "-o", hostile / "site")
    long = work / "long"
    shutil.rmtree(long, ignore_errors=True)
    long.mkdir()
    subprocess.run([long_store, long / "a.db", "long", "200"], check=True)
    run("gallery", "--store", long / "a.db", "-q", "-o", long / "site", "Work000 Tide000")
    return {"originals": originals, "long": serve(long) + "site/", "long_folder": str(long / "site"), "examples": str(examples), "site": site + "site/", "folder": str(story / "site"),
            "hostile": serve(hostile) + "site/", "hostile_folder": str(hostile / "site"), "strings": count,
            "shots": str(work / "shots")}


def serve_live(chromium):
    """sofar serve over a copy of the example story, which may be decided on; what served.mjs must know of it."""
    store = work / "served" / "a.db"
    shutil.rmtree(store.parent, ignore_errors=True)
    store.parent.mkdir()
    shutil.copy(work / "story" / "a.db", store)
    server = subprocess.Popen([sofar, "serve", "--store", store, "--listen", "127.0.0.1:0", "--by", "mq"], stdout=subprocess.PIPE, text=True)
    url, desk = server.stdout.readline().strip(), server.stdout.readline().strip()
    told = {"url": url, "desk": desk.replace("/desk#", "/tin-cathedral/desk#"), "store": str(store), "sofar": str(sofar), "chromium": chromium,
            "shots": str(work / "shots")}
    (work / "served.json").write_text(json.dumps(told))
    return server


def look(node, script, told, first):
    """Has a script look, from a number of the plan on: how many points it told, and how many were bad."""
    seen = subprocess.Popen([node, script, told, str(first)], cwd=work, stdout=subprocess.PIPE, text=True)
    number = bad = 0
    for line in seen.stdout:
        number += line.startswith(("ok", "not ok"))
        bad += line.startswith("not ok")
        print(line, end="", flush=True)
    return number, bad + (seen.wait() != 0)


def main():
    found = next((p for p in map(shutil.which, CHROMIUMS) if p), None)
    node, npm, java = map(shutil.which, ["node", "npm", "java"])
    if not found:
        skip("no Chromium on this machine")
    if not node or not npm:
        skip("no Node and npm on this machine")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    if int(version[1:].split(".")[0]) < 20:
        skip(f"Node {version.strip()} is too old for playwright-core; it wants 20")
    work.mkdir(parents=True, exist_ok=True)
    install(npm)
    have_parsers()
    told = build()
    told.update(chromium=found, java=java)
    (work / "told.json").write_text(json.dumps(told))
    for name in ["gallery.mjs", "marked.mjs", "served.mjs"]:
        shutil.copy(here / name, work / name)
    number, bad = look(node, "gallery.mjs", "told.json", 1)
    server = serve_live(found)
    more, worse = look(node, "served.mjs", "served.json", number + 1)
    server.terminate()
    number, bad = number + more, bad + worse + (server.wait() != 0)
    folders = [pathlib.Path(told[name]) for name in ["folder", "hostile_folder", "long_folder"]]
    for good, what in [*[found for folder in folders for found in feeds.check(folder)], feeds.check_key(folders[0])]:
        number += 1
        bad += not good
        print(f"{'' if good else 'not '}ok {number} - {what}")
    print(f"1..{number}")
    sys.exit(bad > 0)


main()
