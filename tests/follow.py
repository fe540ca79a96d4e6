#!/usr/bin/env python3
"""sofar follow against a server of our own on 127.0.0.1: what is asked for, what is kept, what is told. Prints TAP.
usage: follow.py SOFAR [PART...]; without parts all of them"""
import gzip
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SOFAR = os.path.abspath(sys.argv[1])
number = bad = 0


def point(ok, text, why=""):
    global number, bad
    number += 1
    bad += not ok
    print(f"{'' if ok else 'not '}ok {number} - {text}", flush=True)
    if not ok:
        print("".join(f"# {line}\n" for line in str(why).splitlines()), end="", flush=True)


def page(title, *paragraphs):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def rss(base, *paths):
    items = "".join(f"<item><title>x</title><link>{base}{p}</link></item>" for p in paths)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Quay</title>{items}</channel></rss>".encode()


def atom(*entries):
    items = "".join(f"<entry><id>{u}</id><title>t</title><link href='{u}'/><updated>{day}T08:00:00Z</updated></entry>" for u, day in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay</title><id>q</id>{items}</feed>".encode()


def sitemap(base, *paths, index=False):
    what, each = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    items = "".join(f"<{each}><loc>{base}{p}</loc><lastmod>2024-0{n + 1}-01</lastmod></{each}>" for n, p in enumerate(paths))
    return f"<?xml version='1.0'?><{what} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{items}</{what}>".encode()


class Site:
    """Paths to (status, body, headers) or to a function of the handler; remembers who asked for what, and how it answered."""

    def __init__(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                what = site.paths.get(self.path, (404, b"no", {}))
                if callable(what):
                    site.asked.append((self.path, 0, time.time(), self.headers))
                    return what(self)
                status, body, headers = what
                tag = headers.get("ETag")
                if status == 200 and tag and self.headers["If-None-Match"] == tag:
                    status, body = 304, b""
                day = headers.get("Last-Modified")
                if status == 200 and day and self.headers["If-Modified-Since"] == day:
                    status, body = 304, b""
                site.asked.append((self.path, status, time.time(), self.headers))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.paths, self.asked = {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path, body, status=200, **headers):
        self.paths[path] = (status, body, {k.replace("_", "-").replace("Etag", "ETag"): v for k, v in headers.items()})

    def took(self):
        """(path, status) since it was asked last, robots.txt aside."""
        out = [(p, s) for p, s, *_ in self.asked if p != "/robots.txt"]
        self.asked.clear()
        return out


class Desk:
    """A folder with a list and a store."""

    def __init__(self, folder, name, *urls):
        self.store, self.list = os.path.join(folder, name + ".db"), os.path.join(folder, name + ".txt")
        self.follow(*urls)

    def follow(self, *urls):
        with open(self.list, "w") as f:
            f.write("# what we read\n\n" + "\n".join(urls) + "\n")

    def command(self, *more, once=True, delay="0.02"):
        return [SOFAR, "follow", self.list, "--store", self.store, "--allow-private", "--delay", delay, *(["--once"] if once else []), *more]

    def run(self, *more, **how):
        r = subprocess.run(self.command(*more, **how), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        self.said = r.stderr.decode("utf-8", "replace")
        return r.returncode

    def captures(self):
        db = sqlite3.connect(self.store)
        out = sorted(u.split("/", 3)[3] for (u,) in db.execute("SELECT url FROM captures"))
        db.close()
        return out

    def state(self):
        with open(self.store + ".follow") as f:
            return json.load(f)


def counts(said):
    line = [s for s in said.splitlines() if "unchanged" in s][-1]
    return [int(w.split()[-1]) for w in line.split("sofar: ")[-1].split(",")]


def news(folder):
    s = Site()
    s.put("/feed", rss(s.base, "/a", "/b"), ETag='"f1"')
    s.put("/a", page("Low Tide opens", "Ana Ruiz plays Mira in Low Tide."))
    s.put("/b", page("The quay is dry", "The water is gone from the quay."))
    s.put("/home", page("Home", "First things first.", "It rains on Monday."), Last_Modified=formatdate(1700000000, usegmt=True))
    d = Desk(folder, "news", s.base + "/feed", s.base + "/home", s.base + "/feed")
    told = os.path.join(folder, "told $(touch hurt)")
    code = d.run("--exec", f"cat >> '{told}'")
    point(code == 0 and d.captures() == ["a", "b", "home"], "what a feed names and what is on the list is kept", (code, d.said, d.captures()))
    point(sorted(s.took()) == [("/a", 200), ("/b", 200), ("/feed", 200), ("/home", 200)], "each is asked for once", s.asked)
    change = json.loads(open(told).read())
    new = {p["url"].rsplit("/", 1)[1]: p for p in change["new"]}
    point(sorted(new) == ["a", "b", "home"] and new["a"]["title"] == "Low Tide opens" and change["changed"] == [] and "outlet" in new["a"] and "published" in new["a"],
          "--exec is told what is new", change)
    code = d.run("--exec", f"cat >> '{told}'")
    point(code == 0 and sorted(s.took()) == [("/feed", 304), ("/home", 304)] and counts(d.said) == [0, 0, 2, 0, 0], "then only whether it has changed", d.said)
    point(len(open(told).read().splitlines()) == 1, "without news --exec does not run")
    s.put("/feed", rss(s.base, "/c", "/a", "/b"), ETag='"f2"')
    s.put("/c", page("Flood", "The water is back."))
    s.put("/home", page("Home", "First things first.", "It rains on Tuesday.", "Bring a coat."))
    code = d.run("--exec", f"cat >> '{told}'; exit 3")
    point(code == 1 and "/home: changed, 2 paragraphs\n" in d.said and d.captures() == ["a", "b", "c", "home", "home"], "a changed page is kept again, and what differs is said", (code, d.said, d.captures()))
    point(sorted(s.took()) == [("/c", 200), ("/feed", 200), ("/home", 200)], "a link is new once")
    s.put("/home", page("Home", "First things first.", "It rains on Tuesday.", "Bring a coat.").replace(b"<body>", b"<body><!-- 17 -->"))
    code = d.run("--exec", f"cat >> '{told}'")
    lines = [json.loads(x) for x in open(told).read().splitlines()]
    point(code == 0 and len(d.captures()) == 5 and len(lines) == 3, "other bytes with the same text are no change", (code, d.said))
    point(lines[1] == lines[2] and [p["title"] for p in lines[2]["changed"]] == ["Home"] and lines[2]["changed"][0]["paragraphs"] == 2, "a command that failed is told the same again", lines)
    point(not os.path.exists("hurt") and not os.path.exists(os.path.join(folder, "hurt")), "nothing is put into the command")


def maps(folder):
    s = Site()
    s.put("/index.xml", sitemap(s.base, "/one.xml.gz", "/two.xml", index=True))
    s.put("/one.xml.gz", gzip.compress(sitemap(s.base, "/1", "/2", "/3")), Content_Type="application/gzip")
    s.put("/two.xml", sitemap(s.base, "/3", "/4"))
    s.put("/json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [{"id": "1", "url": s.base + "/5"}]}).encode())
    for n in range(1, 6):
        s.put(f"/{n}", page(f"Page {n}", f"It is the page number {n} of them."))
    d = Desk(folder, "maps", s.base + "/index.xml", s.base + "/json")
    code = d.run("--most", "2")
    point(code == 0 and len(d.captures()) == 2 and counts(d.said)[4] == 3, "no more pages than --most", (d.captures(), d.said))
    s.took()
    code = d.run("--jobs", "3")
    took = [p for p, _ in s.took()]
    point(code == 0 and d.captures() == ["1", "2", "3", "4", "5"], "sitemaps, an index of them, gzip and JSON Feed are followed", (d.captures(), d.said))
    point("/one.xml.gz" not in took and len([p for p in took if p[1:].isdigit()]) == 3, "a sitemap that its index knows unchanged is not asked for", took)


def corrected(folder):
    s = Site()
    s.put("/atom", atom((s.base + "/a", "2024-05-01"), (s.base + "/b", "2024-05-01")))
    s.put("/rss", rss(s.base, "/c"))
    s.put("/map", sitemap(s.base, "/a"))  # which says of it that it is as of January
    for name, text in ("a", "Ana Ruiz plays Mira."), ("b", "The quay is dry."), ("c", "The boats are in."):
        s.put("/" + name, page("Page " + name, text, "More is to come."))
    d = Desk(folder, "corrected", s.base + "/atom", s.base + "/rss", s.base + "/map")
    d.run()
    d.run()
    s.took()
    s.put("/a", page("Page a", "Ana Ruiz plays Vera.", "More is to come."))
    s.put("/c", page("Page c", "The boats are out.", "More is to come."))
    s.put("/atom", atom((s.base + "/a", "2024-05-02"), (s.base + "/b", "2024-05-02")))
    code = d.run()
    took = [p for p, _ in s.took()]
    point(code == 0 and "/a: changed, 1 paragraph\n" in d.said and d.captures() == ["a", "a", "b", "c"], "what a feed names is kept again where the feed says that it was changed", (d.said, d.captures()))
    point("/b" in took and "/c" not in took and counts(d.said)[:2] == [0, 1], "the same text is not kept again; without a word of the feed it is not asked for", (took, d.said))
    d.run()
    point(not {"/a", "/b", "/c"} & {p for p, _ in s.took()}, "then nothing is asked for again", s.asked)
    for day in range(3, 8):
        s.put("/atom", atom((s.base + "/b", f"2024-05-0{day}")))
        d.run()
    took = [p for p, _ in s.took()]
    point(took.count("/b") == 2 and d.captures() == ["a", "a", "b", "c"], "a feed that says so in vain three times is not believed", took)


def trouble(folder):
    s, other = Site(), Site()
    s.put("/feed", rss(s.base, "/busy", "/gone", "/shut/x", "/next"))
    s.put("/robots.txt", b"User-agent: *\nDisallow: /shut\n", Content_Type="text/plain")
    s.put("/next", page("Next", "It comes next."))
    s.put("/busy", b"later", 503, Retry_After="100")
    s.put("/shut/x", page("Shut", "It is shut."))
    other.put("/page", page("Other", "All is well here."))
    d = Desk(folder, "trouble", s.base + "/feed", other.base + "/page")
    code = d.run()
    took = s.took()
    point(code == 1 and d.captures() == ["page"] and ("/next", 200) not in took, "a host that answers 503 is left alone, others are not", (code, d.said, took, d.captures()))
    host = [h for h in d.state()["hosts"] if s.base.split("//")[1] in h["origin"]]
    point(len(host) == 1 and 95 < host[0]["until"] - time.time() < 160, "for as long as it asks", d.state()["hosts"])
    code = d.run()
    point(code == 1 and s.took() == [] and other.took() == [("/page", 200), ("/page", 200)] and "rests" in d.said, "also at the next poll", d.said)
    state = d.state()
    state["hosts"][0]["until"] = int(time.time()) - 1
    with open(d.store + ".follow", "w") as f:
        json.dump(state, f)
    s.put("/busy", b"slow down", 429)
    s.put("/feed", b"", 304)
    code = d.run("--delay", "1")
    host = d.state()["hosts"][0]
    point(host["failures"] == 2 and 55 < host["until"] - time.time() < 95, "without Retry-After it rests twice as long as before", host)
    state = d.state()
    state["hosts"] = []
    with open(d.store + ".follow", "w") as f:
        json.dump(state, f)
    s.put("/busy", page("Busy", "It is done at last."))
    s.put("/feed", rss(s.base, "/busy", "/gone", "/shut/x", "/next"))
    s.asked.clear()
    code = d.run()
    robots = len([1 for p, *_ in s.asked if p == "/robots.txt"])
    took = s.took()
    point(code == 1 and d.captures() == ["busy", "next", "page"] and ("/gone", 404) in took and "/shut/x" not in [p for p, _ in took] and "robots.txt asks not" in d.said,
          "then all is had but what is gone and what robots.txt shuts", (code, d.said, took, d.captures()))
    point(robots == 1, "robots.txt is asked for once a poll", robots)
    for _ in range(2):
        d.run()
    gone = ("/gone", 404) in s.took()
    code = d.run()
    point(gone and code == 0 and s.took() == [("/feed", 200)], "what is not given is given up in the end, and then all is well", d.said)


def hostile(folder):
    s = Site()

    def drip(h):
        h.send_response(200)
        h.send_header("Content-Length", "100000")
        h.end_headers()
        for _ in range(200):
            h.wfile.write(b"x")
            h.wfile.flush()
            time.sleep(0.1)

    bomb = b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]><rss><channel><item><link>&j;</link></item></channel></rss>"
    s.put("/bomb", bomb)
    s.put("/zip", gzip.compress(b"<urlset>" + b" " * (40 << 20) + b"</urlset>"))
    s.put("/deep", b"<rss>" + b"<a>" * 100000)
    s.put("/feed", rss(s.base, "/etag", "/feed", "/pdf", "/\x1b[31m", "/drip") + b"</rss>".join([b"<item><link>file:///etc/hostname</link></item>", b"<item><link>http://user:word@127.0.0.1/</link></item>"]))
    s.put("/etag", page("Tag", "It has a tag."), ETag="x" * 4000)
    s.put("/pdf", b"%PDF-1.4 \x00\x01\x02\x03 binary" * 10)
    s.paths["/drip"] = drip
    d = Desk(folder, "hostile", *(s.base + p for p in ("/bomb", "/zip", "/deep", "/feed")))
    run = subprocess.Popen(d.command("--max-page", "1M"), stderr=subprocess.PIPE)
    deadline = time.time() + 60
    while time.time() < deadline and not any(p == "/drip" for p, *_ in s.asked):
        time.sleep(0.05)
    began = time.time()
    time.sleep(0.3)
    run.send_signal(signal.SIGTERM)
    said = run.communicate(timeout=60)[1].decode("utf-8", "replace")
    point(run.returncode in (0, 1) and time.time() - began < 10, "a hostile and a slow server end nothing, and SIGTERM ends a slow one", (run.returncode, time.time() - began, said))
    point("etag" in d.captures() and "longer than" in said and "\x1b" not in said, "what can be had of it is had", (d.captures(), said))
    point(d.state()["hosts"] == [], "a host is not to blame for being stopped", d.state()["hosts"])


def killed(folder):
    s = Site()
    paths = [f"/{n}" for n in range(12)]
    s.put("/feed", rss(s.base, *paths), ETag='"f"')
    for n, p in enumerate(paths):
        s.put(p, page(f"Page {n}", f"It is the page number {n} of them."))
    d = Desk(folder, "killed", s.base + "/feed")
    run = subprocess.Popen(d.command("-q", "--exec", "cat >&2", delay="0.1"), stderr=subprocess.DEVNULL)
    while len(s.asked) < 8:
        time.sleep(0.02)
    other = subprocess.run(d.command(), stderr=subprocess.PIPE)
    point(other.returncode == 5 and b"another" in other.stderr, "two do not follow with one state", other)
    run.kill()
    run.wait()
    told = os.path.join(folder, "killed.json")
    code = d.run("--exec", f"cat > '{told}'")
    had = json.load(open(told))["new"]
    point(code == 0 and d.captures() == sorted(p[1:] for p in paths) and len(had) == 12, "killed in a poll, all is had, once, and told", (code, d.said, d.captures(), had))
    s.took()
    # killed where the store has the pages and the state does not say so
    os.remove(d.store + ".follow")
    code = d.run()
    point(code == 0 and len(d.captures()) == 12, "without its state the store gets nothing twice", d.said)
    with open(d.store + ".follow", "w") as f:
        f.write('{"sofar_follow": 1, "lea')
    code = d.run()
    point(code == 5 and "damaged" in d.said and open(d.store + ".follow").read().endswith("lea"), "a damaged state is said and left", d.said)
    os.remove(d.store + ".follow")
    d.run()
    os.mkdir(d.store + ".follow.part")
    before, had = open(d.store + ".follow").read(), len(d.captures())
    s.put("/feed", rss(s.base, "/late", *paths), ETag='"g"')
    s.put("/late", page("Late", "It came late to the quay."))
    code = d.run("--exec", f"cat > '{told}'")
    point(code == 5 and open(d.store + ".follow").read() == before and "cannot be written" in d.said, "a state that cannot be written is said, and the old one stays", (code, d.said))
    os.rmdir(d.store + ".follow.part")
    code = d.run("--exec", f"cat > '{told}'")
    point(code == 0 and len(d.captures()) == had + 1 and [p["title"] for p in json.load(open(told))["new"]] == ["Late"], "and the next poll makes it good", (code, d.said))
    os.remove(d.store)
    os.remove(d.store + ".follow")
    d.run()
    os.remove(d.store)
    code = d.run()
    point(code == 0 and len(d.captures()) == 13 and "begun anew" in d.said, "a state whose store is gone is not believed", d.said)


def loop(folder):
    s = Site()
    s.put("/feed", rss(s.base, "/a"), ETag='"1"')
    s.put("/a", page("A", "It is the first of them."))
    d = Desk(folder, "loop", s.base + "/feed")
    run = subprocess.Popen(d.command("-q", "--every", "0.005", once=False), stderr=subprocess.PIPE)
    deadline = time.time() + 60
    while time.time() < deadline and len([1 for p, c, *_ in s.asked if c == 304]) < 2:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    point(run.returncode == 0 and d.captures() == ["a"], "without --once it polls until SIGINT, and ends well", (run.returncode, said))
    d.follow("/not a url")
    point(d.run() == 2 and "line 3" in d.said, "a line that is no URL is named", d.said)
    d.follow()
    point(d.run() == 2, "a list without a URL is none", d.said)
    point(d.run("--store", "postgresql://127.0.0.1:1/none") == 2 and "--state" in d.said, "a store on a server wants a file for the state", d.said)
    gaps = Site()
    gaps.put("/feed", rss(gaps.base, "/a", "/b"))
    for p in "/a", "/b":
        gaps.put(p, page(p, "It is one of them, and not the other."))
    g = Desk(folder, "gaps", gaps.base + "/feed")
    g.run(delay="0.3")
    times = [t for p, _, t, _ in gaps.asked if p != "/robots.txt"]
    point(len(times) == 3 and all(b - a >= 0.14 for a, b in zip(times, times[1:])), "a host is not asked before its delay is over", times)


with tempfile.TemporaryDirectory() as where:
    for part in news, maps, corrected, trouble, hostile, killed, loop:
        if len(sys.argv) < 3 or part.__name__ in sys.argv[2:]:
            part(where)
print(f"1..{number}")
sys.exit(bool(bad))
