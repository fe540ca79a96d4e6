#!/usr/bin/env python3
"""`sofar gallery --images`: pages of a server on the loopback address, whose lead pictures are made here, byte by byte. Only 127.0.0.1.
usage: images.py SOFAR   prints TAP"""
import html.parser
import http.server
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

SOFAR = os.path.abspath(sys.argv[1])
results = []


def point(ok, name, seen=""):
    results.append((bool(ok), name, str(seen)))


def png(width, height, color=(70, 110, 120)):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(color) * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


GIF = b"GIF89a" + struct.pack("<HH", 640, 360) + b"\0\0\0;"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08" + struct.pack(">HH", 360, 640) + b"\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9"
WEBP = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (359).to_bytes(3, "little") + b"\0" * 8
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='640' height='360'><script>alert(1)</script></svg>"
HOSTILE = "Ana Ruiz \"><script>alert(1)</script><img src=x onerror=alert(1)> \u202egnp"

# What each page leads with: head, body, and the file's bytes. The file is called what it is not: names say nothing.
FILES = {"pier.html": png(640, 360), "tiny.png": png(40, 40), "ship.svg": SVG, "page.jpg": b"<!doctype html><p>no picture",
         "big.png": png(640, 360) + b"\0" * (5 << 20), "gif": GIF, "jpeg": JPEG, "a/image.jpg": JPEG, "b/image.jpg": JPEG, "pier-1.jpg": JPEG, "webp": WEBP, "cut.png": png(640, 360)[:20], "empty.png": b""}
NAMED = '<meta property="og:image:alt" content="Ana Ruiz on the pier">'
CASES = {  # name -> (markup of the head, of the body, suffix of the kept file or None)
    "own alt": ('<meta property="og:image" content="/files/pier.html">' + NAMED, "", ".png"),
    "alt of the same picture in the body": ('<meta property="og:image" content="/files/pier.html?w=1200">',
                                            '<img src="/files/pier-640x360.html" alt="Ana Ruiz at work">', ".png"),
    "the same one, told with its host, by a server that resizes": (
        '<meta property="og:image" content="//127.0.0.1:%PORT%/files/jpeg?url=a&amp;w=1200">' , '<img src="/files/jpeg?w=640&amp;q=75&amp;url=a" alt="Ana Ruiz">', ".jpg"),
    "named twice, once by each plug-in": ('<meta property="og:image" content="/files/jpeg"><meta property="og:image" content="/files/jpeg">' + NAMED, "", ".jpg"),
    "caption of the figure": ('<meta name="twitter:image" content="/files/jpeg">',
                              '<figure><img src="/files/jpeg"><figcaption>Ana Ruiz in the harbour.</figcaption></figure>', ".jpg"),
    "a figure alone": ("", '<figure><img src="data:," data-src="/files/gif" alt="Ana Ruiz"></figure>', ".gif"),
    "WebP": ('<meta property="og:image" content="/files/webp">' + NAMED, "", ".webp"),
    "hostile words": ('<meta property="og:image" content="/files/pier.html"><meta property="og:image:alt" content="%s">' %
                      HOSTILE.replace('"', "&quot;").replace("<", "&lt;"), "", ".png"),
    "somebody else": ('<meta property="og:image" content="/files/pier.html"><meta property="og:image:alt" content="Jo Park">', "", None),
    "a longer name": ('<meta property="og:image" content="/files/pier.html"><meta property="og:image:alt" content="Mariana Ruizel">', "", None),
    "no words": ('<meta property="og:image" content="/files/pier.html">', '<img src="/files/pier.html">', None),
    "another of the same name elsewhere": ('<meta property="og:image" content="/files/a/image.jpg">', '<img src="/files/b/image.jpg" alt="Ana Ruiz">', None),
    "another of the same name on another host": ('<meta property="og:image" content="http://127.0.0.1:%PORT%/files/a/image.jpg">',
                                                 '<img src="https://cdn.example/files/a/image.jpg" alt="Ana Ruiz">', None),
    "another of the same name on the page's own host": ('<meta property="og:image" content="http://localhost:%PORT%/files/a/image.jpg">',
                                                        '<img src="/files/a/image.jpg" alt="Ana Ruiz">', None),
    "another by the query alone": ('<meta property="og:image" content="/files/jpeg?url=a&amp;w=640">', '<img src="/files/jpeg?url=b&amp;w=640" alt="Ana Ruiz">', None),
    "another by its number": ('<meta property="og:image" content="/files/pier-1.jpg">', '<img src="/files/pier-2.jpg" alt="Ana Ruiz">', None),
    "the words of the second of two": ('<meta property="og:image" content="/files/jpeg"><meta property="og:image" content="/files/gif">' + NAMED, "", None),
    "the words of a second without address": ('<meta property="og:image" content="/files/jpeg"><meta property="og:image" content="">' + NAMED, "", None),
    "words before any picture": (NAMED + '<meta property="og:image" content="/files/jpeg">', "", None),
    "an icon": ('<meta property="og:image" content="/files/tiny.png">' + NAMED, "", None),
    "SVG": ('<meta property="og:image" content="/files/ship.svg">' + NAMED, "", None),
    "a page": ('<meta property="og:image" content="/files/page.jpg">' + NAMED, "", None),
    "too large": ('<meta property="og:image" content="/files/big.png">' + NAMED, "", None),
    "cut off": ('<meta property="og:image" content="/files/cut.png">' + NAMED, "", None),
    "empty": ('<meta property="og:image" content="/files/empty.png">' + NAMED, "", None),
    "not there": ('<meta property="og:image" content="/files/none.png">' + NAMED, "", None),
    "a script's address": ('<meta property="og:image" content="javascript:alert(1)">' + NAMED, "", None),
    "inline": ('<meta property="og:image" content="data:image/png;base64,AAAA">' + NAMED, "", None),
    "a file": ('<meta property="og:image" content="file:///etc/hostname">' + NAMED, "", None),
}
PAGE = """<!doctype html><html lang="en"><head><title>Ana Ruiz Directs Low Tide</title>%s</head><body><article>
<h1>Ana Ruiz Directs “Low Tide”</h1><p><time datetime="2021-06-01">June 1, 2021</time></p>%s
<p>Ana Ruiz has directed “Low Tide,” a film about the harbour, which begins its run in the islands this week.</p>
<p>“It was a long summer,” said Ana Ruiz. The film was released on May 4, 2021, and many came to see it.</p></article></body></html>"""


PEOPLE = {"Ana Ruiz": "jpeg", "Jo Park": "gif", "Mia Lund": "webp"}  # with a page each, and what it leads with


class Handler(http.server.BaseHTTPRequestHandler):
    asked = []
    times = []  # (port, when) of pictures
    trouble = False

    def do_GET(self):
        path = self.path.split("?")[0]
        self.asked.append(path)
        if path.startswith("/files/"):
            self.times.append((self.server.server_port, time.monotonic()))
        name = path.removeprefix("/files/")
        body = FILES.get(name) if path.startswith("/files/") else None
        if path.startswith("/case/"):
            body = (PAGE % list(CASES.values())[int(path.removeprefix("/case/"))][:2]).replace("%PORT%", str(self.server.server_port)).encode()
        if path.startswith("/of/"):
            name = list(PEOPLE)[int(path.removeprefix("/of/"))]
            picture = '<meta property="og:image" content="%s/files/%s">' % (self.homes[name == "Jo Park"], PEOPLE[name])
            body = (PAGE.replace("Low Tide", "Tides of " + name.split()[0]) % (picture + NAMED, "")).replace("Ana Ruiz", name).encode()
        self.send_response(503 if self.trouble and path.startswith("/files/") else 404 if body is None else 200)
        self.send_header("Content-Type", "text/html" if path.startswith("/case/") else "image/png")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        try:
            self.wfile.write(body or b"")
        except OSError:
            pass  # it was too large to be read to its end

    def log_message(self, *_):
        pass


class Images(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.odd = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "img":
            self.found.append(attributes)
        if tag in ("script", "style"):
            self.odd.append(attributes)


def run(*args):
    return subprocess.run([SOFAR, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)


def images(page):
    parser = Images()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser


def again(base, store, fetch):
    """What could not be had once is asked for again by the next build; what is not there is not."""
    def build(store, site, *options):
        Handler.asked.clear()
        return run("gallery", "-q", "--store", store, "-o", base / site, "--images", *options, "Ana Ruiz")

    def count(site):
        return len(list((base / site).glob("picture-*"))), len(images(base / site / "ana-ruiz.html").found)
    build(store, "new", *fetch)
    point(count("new") == (1, 1), "what was built offline has its picture when it is built again", count("new"))
    Handler.trouble = True
    got = build(store, "trouble", *fetch)
    point(got.returncode == 0 and len(Handler.asked) == 1 and count("trouble") == (0, 0), "a host in trouble: none", (Handler.asked, got.stderr))
    Handler.trouble = False
    build(store, "trouble", *fetch)
    point(count("trouble") == (1, 1), "and when it is well again the next build has it", count("trouble"))
    build(store, "trouble", *fetch)
    point(not Handler.asked, "which is then kept", Handler.asked)
    number = list(CASES).index("not there")
    build(base / f"{number}.db", str(number), *fetch)
    point(not Handler.asked, "what is not there is asked for once", Handler.asked)
    kept = next((base / "trouble").glob("picture-*"))
    kept.write_bytes(kept.read_bytes() + bytes(5 << 20))
    build(store, "trouble", "--offline", "--base-url", "https://so.example/", *fetch)
    point(count("trouble") == (0, 0), "a kept picture that has grown too large is not taken", count("trouble"))


def manners(base, home, fetch):
    store = base / "people.db"
    for number in range(len(PEOPLE)):
        run("add", "-q", "--store", store, "--allow-private", "--ignore-robots", f"{home}/of/{number}")
    Handler.times.clear()
    got = run("gallery", "-q", "--store", store, "-o", base / "people", "--images", *fetch[:-1], "1", *PEOPLE)
    ports = [port for port, _ in Handler.times]
    first = [when for port, when in Handler.times if port == ports[0]]
    point(len(ports) == 3 and ports[0] == ports[2] != ports[1] and first[1] - first[0] > 0.95,
          "a host is left its time between two requests also where another is asked in between", (Handler.times, got.stderr))
    Handler.times.clear()
    Handler.trouble = True
    run("gallery", "-q", "--store", store, "-o", base / "peopled", "--images", *fetch, *PEOPLE)
    Handler.trouble = False
    point(sorted(port for port, _ in Handler.times) == sorted(set(ports)), "a host in trouble is asked once in a build", Handler.times)


def main():
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.homes = ["http://127.0.0.1:%d" % server.server_port for server in servers]
    home = Handler.homes[0]
    fetch = ["--allow-private", "--ignore-robots", "--delay", "0"]
    with tempfile.TemporaryDirectory() as base:
        base = pathlib.Path(base)
        shape = None
        for number, (name, (_, _, suffix)) in enumerate(CASES.items()):
            store, site = base / f"{number}.db", base / f"{number}"
            added = run("add", "-q", "--store", store, "--allow-private", "--ignore-robots", f"{home}/case/{number}")
            if added.returncode:
                sys.exit("Bail out! " + added.stderr.decode())
            Handler.asked.clear()
            got = run("gallery", "--store", store, "-o", site, "--images", *fetch, "Ana Ruiz")
            kept = sorted(p for p in site.iterdir() if p.name.startswith("picture-"))
            seen = images(site / "ana-ruiz.html")
            if suffix:
                whole = len(kept) == len(seen.found) == 1 and kept[0].suffix == suffix and seen.found[0]["src"] == kept[0].name
                point(whole and seen.found[0]["width"] == "640" and "Ana Ruiz" in seen.found[0]["alt"] and "onerror" not in seen.found[0],
                      name + ": on the page, by the kind of its bytes, with the page's own words", (kept, seen.found, got.stderr))
            else:
                point(got.returncode == 0 and not kept and not seen.found, name + ": none", (kept, seen.found))
            shape = shape or len(seen.odd)
            point(len(seen.odd) == shape, name + ": nothing else comes in with it", seen.odd)
        store, site = base / "0.db", base / "0"
        before = {p.name: p.read_bytes() for p in site.iterdir()}
        Handler.asked.clear()
        run("gallery", "-q", "--store", store, "-o", site, "--images", *fetch, "Ana Ruiz")
        point(not Handler.asked and before == {p.name: p.read_bytes() for p in site.iterdir()}, "built again nothing is asked for, and nothing changes")
        run("gallery", "-q", "--store", store, "-o", site, "--images", "--offline", "--base-url", "https://so.example/", "Ana Ruiz", "Low Tide")
        text = (site / "ana-ruiz.html").read_text()
        point(not Handler.asked and len(images(site / "ana-ruiz.html").found) == 1 and 'og:image" content="https://so.example/picture-' in text,
              "with other settings it is the one that was kept, also offline; Open Graph names it")
        point(not images(site / "low-tide.html").found, "the picture of a person is not that of the film")
        point("127.0.0.1" in text.split("Picture: ")[1][:120] and "img-src 'self'" in text, "whose it is stands under it, and pages may show no other")
        run("gallery", "-q", "--store", store, "-o", site, "Ana Ruiz")
        point(not Handler.asked and not images(site / "ana-ruiz.html").found and not list(site.glob("picture-*")), "without --images there is none, and nobody is asked")
        got = run("gallery", "-q", "--store", store, "-o", base / "new", "--images", "--offline", "Ana Ruiz")
        point(got.returncode == 0 and not Handler.asked and not list((base / "new").glob("picture-*")), "offline nobody is asked")
        got = run("gallery", "-q", "--store", store, "-o", base / "private", "--images", "Ana Ruiz")
        point(got.returncode == 0 and b"no picture" in got.stderr and not list((base / "private").glob("picture-*")), "a private address only where that is allowed", got.stderr)
        again(base, store, fetch)
        manners(base, home, fetch)
    print("1..%d" % len(results))
    for i, (ok, name, seen) in enumerate(results, 1):
        print("%sok %d - %s" % ("" if ok else "not ", i, name))
        if not ok:
            print("# " + seen.replace("\n", "\n# "))
    sys.exit(not all(ok for ok, _, _ in results))


main()
