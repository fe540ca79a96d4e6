#!/usr/bin/env python3
"""The server over a store of the examples: what it answers is what the gallery and the command write, and nobody can make it do
otherwise. Only 127.0.0.1.  usage: serve.py SOFAR ROOT   prints TAP"""
import glob
import gzip
import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from urllib.parse import quote

from serve_kit import Server, finish, point

SOFAR, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
EXAMPLES = sorted(glob.glob(os.path.join(ROOT, "examples", "[0-9]*")))
SUBJECT = "Tin Cathedral"


def run(*args, code=0):
    p = subprocess.run([SOFAR, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if p.returncode != code:
        sys.exit("Bail out! sofar %s: %d %s" % (" ".join(args), p.returncode, p.stderr.decode()))
    return p.stdout


def without_live(page):
    """A page of the server without what only a server has; of a file without what it has instead."""
    page = re.sub(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">\n', b"", page, count=1)
    page = re.sub(rb'<nav class="home".*?</nav>\n', b"", page, count=1, flags=re.S)
    page = re.sub(rb'<form class="asof".*?</form>\n|<div class="slider">.*?</div>\n', b"", page, count=1, flags=re.S)
    first = page.index(b"</style>") + len(b"</style>\n")
    page = page[:first] + re.sub(rb"^<style>.*?</style>\n", b"", page[first:], count=1, flags=re.S)
    scripts = [m.start() for m in re.finditer(rb"<script>", page)]
    return page[:scripts[1]] + b"</body>\n</html>\n" if len(scripts) > 1 else page


def same(name, got, wanted):
    return without_live(got) == without_live(wanted) if name.endswith(".html") else got == wanted


def pages(server, store, folder):
    run("gallery", "-q", "--store", store, "-o", folder)
    names = sorted(n for n in os.listdir(folder) if not n.startswith("."))
    wrong = []
    for name in names:
        status, _, got = server.ask("/" + name)
        with open(os.path.join(folder, name), "rb") as f:
            if status != 200 or not same(name, got, f.read()):
                wrong.append(name)
    point(len(names) > 20 and not wrong, "all %d files of the gallery, byte for byte, but for what a server adds to pages" % len(names),
          str(wrong[:5]))
    point(server.ask("/")[2] == server.ask("/index.html")[2], "/ is the index")
    run("gallery", "-q", "--store", store, "-o", folder + "-then", "--as-of", "2021-06", SUBJECT)
    then, now = server.ask("/tin-cathedral.json?as-of=2021-06"), server.ask("/tin-cathedral.json")
    with open(os.path.join(folder + "-then", "tin-cathedral.json"), "rb") as f:
        point(then[2] == f.read() and then[2] != now[2], "?as-of gives what was known then")
    early = server.ask("/index.json?as-of=2021-01")[2]
    point(0 < len(json.loads(early)["subjects"]) < len(json.loads(server.ask("/index.json")[2])["subjects"]),
          "the index as of a day has fewer", early.decode())
    point(server.ask("/tin-cathedral.html?as-of=1999")[0] == 404, "before anybody spoke of it there is no page")
    return names


def interface(server, store):
    name = quote(SUBJECT)
    same = {
        "on?subject=" + name: ("on", SUBJECT),
        "on?subject=%s&as-of=2021-06-30" % name: ("on", SUBJECT, "--as-of", "2021-06-30"),
        "timeline?subject=" + name: ("timeline", SUBJECT),
        "cast?subject=" + name.replace("%20", "+"): ("cast", SUBJECT),
        "sources?subject=" + name: ("sources", SUBJECT),
        "quotes?subject=" + name: ("quotes", SUBJECT),
        "diff?subject=%s&from=2021-01&to=2022" % name: ("diff", SUBJECT, "--from", "2021-01", "--to", "2022"),
        "search?q=cathedral": ("search", "cathedral"),
    }
    for target, args in same.items():
        status, headers, body = server.ask("/api/" + target)
        point(status == 200 and headers["content-type"] == "application/json" and body == run(*args, "--json", "--store", store),
              "/api/%s is sofar %s --json" % (target.split("&")[0], args[0]), "%s %s" % (status, body[:200]))
    told = json.loads(server.ask("/api/openapi.json")[2])
    point({"/api/" + t.split("?")[0] for t in same} <= set(told["paths"]) and told["openapi"].startswith("3."), "OpenAPI names them all")
    known = {"subject": name, "q": "cathedral", "from": "2021", "speaker": name}
    bad = []
    for path, item in told["paths"].items():
        if path in ("/api/decide", "/events"):  # serve_desk.py
            continue
        needs = [p["name"] for p in item["get"]["parameters"] if p["required"] and p["in"] == "query"]
        query = "&".join("%s=%s" % (n, known[n]) for n in needs or (["speaker"] if path == "/api/quotes" else []))
        status, headers, _ = server.ask(path.replace("{stem}", "tin-cathedral") + "?" + query)
        wanted = list(item["get"]["responses"]["200"]["content"])[0]
        if status != 200 or headers["content-type"].split(";")[0] != wanted:
            bad.append((path, status, headers.get("content-type")))
    point(len(told["paths"]) >= 17 and not bad, "and what it describes is there", str(bad))


def headers(server):
    for target in ("/", "/tin-cathedral.html", "/tin-cathedral.atom", "/api/on?subject=" + quote(SUBJECT)):
        status, h, body = server.ask(target)
        tag = h["etag"]
        point(tag[0] == tag[-1] == '"' and server.ask(target)[1]["etag"] == tag, target + ": a strong ETag that stays")
        codes = [server.ask(target, If_None_Match=t)[::2] for t in (tag, '"x", W/%s' % tag, "*", '"x"')]
        point(codes[:3] == [(304, b"")] * 3 and codes[3] == (200, body), target + ": 304 for those who have it", str(codes)[:200])
        status, packed, small = server.ask(target, Accept_Encoding="br;q=1, gzip;q=0.5")
        point(packed.get("content-encoding") == "gzip" and gzip.decompress(small) == body and packed["etag"] != tag
              and "accept-encoding" in packed["vary"].lower(), target + ": gzip for those who take it, with a tag of its own")
        point("content-encoding" not in server.ask(target, Accept_Encoding="gzip;q=0, br")[1], target + ": none for those who do not")
        status, head, nothing = server.ask(target, method="HEAD")
        point((status, nothing) == (200, b"") and head["content-length"] == str(len(body)) and head["etag"] == tag, target + ": HEAD")
        policy = h["content-security-policy"]
        point("default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
              and h["x-content-type-options"] == "nosniff" and h["referrer-policy"] == "no-referrer", target + ": strict", str(h))
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        status, h, body = server.ask("/", method=method, body=b"x" * 100000 if method in ("POST", "PUT") else None)
        point(status == 405 and h["allow"] == "GET, HEAD" and h["content-type"].startswith("text/plain"), method + " is refused")


def hostile(server):
    on = "/api/on?subject="
    wanted = {
        400: ["/%00", "/index.html%00.json", "/%ff", "/%zz", "/%4", "/%", "/a%0d%0aSet-Cookie:x", on + "%00", on + "%ff%fe", on, "/api/on",
              on + "a&subject=b", on + "a&x=1", on + "a" * 501, on + "a&as-of=yesterday", on + "a&as-of=2021-02-30",
              on + "a&as-of=2021-06-30T12:00", "/api/search?q=a&limit=0", "/api/search?q=a&limit=99999999999999999999",
              "/api/search?q=a&limit=-1", "/api/search?q=%22", "/api/quotes", "/api/quotes?since=2021", "/api/diff?subject=a", "/?x",
              "/tin-cathedral.html?as-of=", "/index.html?%3Cscript%3E=1"],
        404: ["/..", "/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "//", "/.sofar-gallery", "/index", "/index.atom", "/con.html",
              "/tin-cathedral", "/tin-cathedral.html/", "/tin-cathedral.HTML", "/nobody.html", "/sitemap.xml", "/tin-cathedral.receipts-1.html", "/tin-cathedral.receipts-0.html", "/index.receipts-1.html",
              "/tin-cathedral.receipts-99999999999999999999.html", "/tin-cathedral.receipts-.html", "/api", "/api/", "/api/ON",
              "/%3Cscript%3Ealert(1)%3C/script%3E.html", "/%E2%80%AE.html", "/" + "a" * 3000,
              on + "Nobody%20Known", on + "%27%3B%20DROP%20TABLE%20captures%3B--", on + "%22%20OR%20%22", on + "%F0%9F%8E%AC"],
        414: ["/" + "a" * 6000],
    }
    for code, targets in wanted.items():
        bad = []
        for target in targets:
            status, h, body = server.ask(target)
            if status != code or not h["content-type"].startswith("text/plain") or len(body) > 300 or b"<script" in body or "set-cookie" in h:
                bad.append((target[:60], status, body[:100]))
        point(not bad, "%d hostile addresses get %d and a plain line" % (len(targets), code), str(bad))
    point(server.raw(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")[:12] in (b"HTTP/1.1 414", b"HTTP/1.1 431", b""),
          "an endless address")
    point(server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 100000 + b"\r\n")[:10] in (b"HTTP/1.1 4", b""), "endless headers")
    for data in (b"", b"\0" * 1000, b"GET", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\n\r\n",
                 b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                 b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                 b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        got = server.raw(data)
        point(not got.startswith(b"HTTP/1.1 2") and not got.startswith(b"HTTP/1.0 2"), "no answer for %r" % data[:40], repr(got[:100]))
    codes = [server.ask("/", Host=h)[0] for h in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost:1", "127.0.0.1")]
    point(codes == [421, 421, 421, 200, 200], "only by this machine's names", str(codes))


def memory_mb(pid):
    with open("/proc/%d/status" % pid) as f:
        return int(next(line for line in f if line.startswith("VmHWM:")).split()[1]) / 1024


def many(server):
    """100 clients beside as many idle connections and half requests as files allow, at most 2,000; bench/serve has 10,000 for a minute."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(min(2000, hard - 300))]
    for i, s in enumerate(idle):
        s.sendall(b"GET /tin-cathedral.html HTTP/1.1\r\nHos"[:i % 40])
    wanted = {t: server.ask(t)[2] for t in ("/", "/tin-cathedral.html", "/tin-cathedral.json", "/api/cast?subject=" + quote(SUBJECT))}
    bad = []

    def client(k):
        try:
            c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            for i in range(10):
                target = list(wanted)[(k + i) % len(wanted)]
                c.request("GET", target)
                r = c.getresponse()
                if r.status != 200 or r.read() != wanted[target]:
                    bad.append((target, r.status))
        except OSError as e:
            bad.append(str(e))

    threads = [threading.Thread(target=client, args=(k,)) for k in range(100)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    point(not bad, "100 clients at once, idle connections and half requests beside them", str(bad[:3]))
    with open(SOFAR, "rb") as f:
        if b"__asan_init" not in f.read():
            most = memory_mb(server.process.pid)
            point(most <= 300, "with at most 300 MB", "%.0f MB" % most)
    for s in idle:
        s.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "sofar.db")
        run("add", "-q", "--store", store, *EXAMPLES[:-1])
        server = Server(SOFAR, store)
        try:
            before = server.ask("/tin-cathedral.html")
            for _ in range(8):  # whichever of its threads answers: what it made will be old
                server.ask("/index.html")
            run("add", "-q", "--store", store, EXAMPLES[-1])
            after = server.ask("/tin-cathedral.html", If_None_Match=before[1]["etag"])
            point(before[0] == after[0] == 200 and before[2] != after[2], "a page that is added shows at once")
            pages(server, store, os.path.join(folder, "gallery"))
            interface(server, store)
            headers(server)
            hostile(server)
            many(server)
        finally:
            code, err = server.stop()
        point(code == 0 and not err, "SIGTERM stops it well, and it had nothing to say", "%d %s" % (code, err))
        base = "https://so.example/far/"
        server = Server(SOFAR, store, "--public", "--base-url", base)
        point(server.ask("/", Host="so.example")[0] == 200, "--public: by any name")
        point(base.encode() + b"tin-cathedral.html" in server.ask("/sitemap.xml")[2], "--base-url: a sitemap")
        taken = subprocess.run([SOFAR, "serve", "--store", store, "--listen", "127.0.0.1:%d" % server.port], stderr=subprocess.PIPE)
        point(taken.returncode == 4 and b"--listen" in taken.stderr, "a port that is taken", taken.stderr.decode())
        code, err = server.stop(signal.SIGINT)
        point(code == 0 and not err, "SIGINT stops it well", "%d %s" % (code, err))
        for listen in ("0.0.0.0:0", "[::]:0", "localhost:80", "127.0.0.1", "127.0.0.1:99999", ":80", "127.0.0.1:x", "[::1:0"):
            p = subprocess.run([SOFAR, "serve", "--store", store, "--listen", listen], stderr=subprocess.PIPE, timeout=30)
            point(p.returncode == 2 and b"sofar: " in p.stderr, "--listen %s is refused" % listen, p.stderr.decode())
        p = subprocess.run([SOFAR, "serve", "--store", store + "-none", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, timeout=30)
        point(p.returncode == 5, "no store", p.stderr.decode())
    finish()


main()
