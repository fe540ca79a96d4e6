#!/usr/bin/env python3
"""The review desk and the events of the server: who may decide, that nothing is lost where several decide at once, and what pages do with
strings that mean harm. With SOFAR_TEST_STORE (tests/postgresql.py) the store is a database, and only what touches it is tested.
usage: serve_desk.py SOFAR ROOT   prints TAP"""
import glob
import html.parser
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote

from serve_kit import Server, finish, point

SOFAR, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
EXAMPLES = sorted(glob.glob(os.path.join(ROOT, "examples", "[0-9]*")))
SUBJECT = "Tin Cathedral"


def run(*args, code=0):
    p = subprocess.run([SOFAR, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if p.returncode != code:
        sys.exit("Bail out! sofar %s: %d %s" % (" ".join(args), p.returncode, p.stderr.decode()))
    return p.stdout.decode()


class Desk:
    """A server and its token."""
    def __init__(self, store, *options):
        self.store = store
        self.server = Server(SOFAR, store, *options)
        self.token = self.server.desk.partition("#")[2]
        self.origin = self.server.url.rstrip("/")

    def post(self, body, change=(), target="/api/decide", method="POST"):
        """change: headers to be set otherwise, or with None to be left out."""
        headers = {"Origin": self.origin, "X-Sofar-Token": self.token, "Content-Type": "application/json", **dict(change)}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.server.ask(target, method, data, **{k: v for k, v in headers.items() if v is not None})

    def queue(self):
        return json.loads(self.server.ask("/api/review?subject=" + quote(SUBJECT))[2])["queue"]

    def on(self, item, verdict, **more):
        return self.post({"verdict": verdict, "subject": SUBJECT, "fact": item["fact"]["id"], "seen": item["seen"], **more})

    def log(self):
        return [json.loads(line) for line in run("review", "--export", "--store", self.store).splitlines()]


def decides(desk):
    queue = desk.queue()
    doubts = [i["doubt"] for i in queue]
    point(len(queue) > 20 and doubts == sorted(doubts, reverse=True), "the queue goes by doubt", str(doubts))
    page = desk.server.ask("/tin-cathedral/desk")[2].decode()
    point(re.findall('data-fact="([^"]*)" data-seen="([^"]*)"', page) == [(i["fact"]["id"], i["seen"]) for i in queue], "and so does the page")
    status, headers, body = desk.on(queue[0], "accept", who="mq", why="it says so")
    made = json.loads(body)["decision"]
    point(status == 200 and headers["content-type"] == "application/json" and made == desk.log()[0], "accepted, as the log has it", repr(body[:300]))
    point((made["who"], made["why"], made["verdict"]) == ("mq", "it says so", "accept"), "with who and why", str(made))
    status, _, body = desk.on(queue[0], "reject", who="jl")
    point(status == 409 and b"nothing was written" in body and len(desk.log()) == 1, "who has not seen that is refused", repr(body))
    reject = json.loads(desk.on(queue[1], "reject")[2])["decision"]
    left = desk.queue()
    point(reject["who"] == "somebody" and queue[1]["fact"]["id"] not in [i["fact"]["id"] for i in left], "rejected, it is gone")
    point([i["decided"] is not None for i in left].count(True) == 1 and left[-1]["decided"]["id"] == made["id"], "what is decided comes last")
    role = [k for k in queue[2]["fact"]["roles"] if k != "work"][:1] or ["work"]
    status, _, body = desk.on(queue[2], "correct", should=["%s=Somebody Else" % role[0], "when=2021-05"])
    point(status == 200 and json.loads(body)["decision"]["should"]["when"] == "2021-05", "corrected", repr(body[:300]))
    undo = {"verdict": "undo", "decision": reject["id"], "who": "jl"}
    codes = [desk.post(undo)[0], desk.post(undo)[0], desk.post({"verdict": "undo", "decision": "0" * 16})[0]]
    point(codes == [200, 409, 404], "taken back once", str(codes))
    point(queue[1]["fact"]["id"] in [i["fact"]["id"] for i in desk.queue()], "it is there again")
    shown = desk.server.ask("/tin-cathedral/desk")[2].decode()
    point("<bdi>mq</bdi> accepted" in shown and "it says so" in shown and "taken back since" in shown, "the page says who did what, and why")
    for d in [d for d in desk.log() if d["verdict"] in ("accept", "correct")]:
        desk.post({"verdict": "undo", "decision": d["id"]})


def refuses(desk):
    item, before = desk.queue()[0], len(desk.log())
    good = {"verdict": "accept", "subject": SUBJECT, "fact": item["fact"]["id"], "seen": item["seen"]}
    port = desk.server.port
    wanted = [
        ("no token", 403, good, {"X-Sofar-Token": None}), ("another token", 403, good, {"X-Sofar-Token": "0" * 32}),
        ("a part of the token", 403, good, {"X-Sofar-Token": desk.token[:31]}), ("more than the token", 403, good, {"X-Sofar-Token": desk.token + "0"}),
        ("an empty token", 403, good, {"X-Sofar-Token": ""}), ("no Origin", 403, good, {"Origin": None}),
        ("a foreign Origin", 403, good, {"Origin": "http://evil.example"}), ("Origin null", 403, good, {"Origin": "null"}),
        ("another port's Origin", 403, good, {"Origin": "http://127.0.0.1:%d" % (port % 65535 + 1)}),
        ("another scheme's Origin", 403, good, {"Origin": "https://127.0.0.1:%d" % port}),
        ("an Origin that begins like ours", 403, good, {"Origin": desk.origin + ".evil.example"}),
        ("a foreign Host", 421, good, {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("a Host that begins like ours", 421, good, {"Host": "127.0.0.1.evil.example", "Origin": "http://127.0.0.1.evil.example"}),
        ("a form", 415, b"verdict=accept", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("plain text", 415, good, {"Content-Type": "text/plain"}), ("no type", 415, good, {"Content-Type": None}),
        ("too long", 413, b" " * 65537, {}), ("no JSON", 400, b"{", {}), ("nothing", 400, b"", {}), ("no object", 400, [good], {}),
        ("no UTF-8", 400, b'{"verdict":"\xff"}', {}), ("a NUL", 400, b'{"verdict":"a\\u0000"}', {}),
        ("a verdict twice", 400, b'{"verdict":"accept","verdict":"reject"}', {}), ("deep", 400, b"[" * 60000, {}),
        ("no verdict", 400, {**good, "verdict": None}, {}), ("another verdict", 400, {**good, "verdict": "burn"}, {}),
        ("a verdict by hand only", 400, {**good, "verdict": "join"}, {}), ("a number", 400, {**good, "why": 7}, {}),
        ("a member nobody knows", 400, {**good, "made": "2099"}, {}), ("a long name", 400, {**good, "who": "x" * 101}, {}),
        ("no subject", 400, {**good, "subject": " "}, {}), ("nothing seen", 400, {**good, "seen": ""}, {}),
        ("another subject", 404, {**good, "subject": "Nobody Known"}, {}), ("another fact", 409, {**good, "fact": "x/0"}, {}),
        ("something else seen", 409, {**good, "seen": "0" * 16}, {}), ("no change", 400, {**good, "verdict": "correct", "should": []}, {}),
        ("a change that is none", 400, {**good, "verdict": "correct", "should": ["who"]}, {}),
        ("no list of changes", 400, {**good, "verdict": "correct", "should": "as=Mira"}, {}),
        ("many changes", 400, {**good, "verdict": "correct", "should": ["as=x"] * 33}, {}),
        ("no day", 400, {**good, "verdict": "correct", "should": ["when=yesterday"]}, {}),
        ("no role left", 400, {**good, "verdict": "correct", "should": [r + "=" for r in item["fact"]["roles"]]}, {}),
        ("nothing to undo", 400, {"verdict": "undo"}, {}),
    ]
    for name, code, body, change in wanted:
        status, headers, text = desk.post(body, change)
        point(status == code and headers["content-type"].startswith("text/plain") and len(text) < 300 and "access-control-allow-origin" not in headers,
              "%s: %d" % (name, code), "%s %r" % (status, text))
    for method, code in (("GET", 405), ("PUT", 405), ("DELETE", 405), ("OPTIONS", 405)):
        status, headers, _ = desk.post(good, method=method)
        point(status == code and headers["allow"] == "POST", "%s /api/decide: %d" % (method, code), str(status))
    head = ("POST /api/decide HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s\r\nX-Sofar-Token: %s\r\nContent-Type: application/json\r\n" %
            (port, desk.origin, desk.token)).encode()
    data = json.dumps(good).encode()
    length = b"Content-Length: %d\r\n" % len(data)
    for name, raw in (("half a body", head + length + b"\r\n" + data[:10]), ("half a head", head + b"Content-Le"),
                      ("two Origins", head + length + b"Origin: http://evil.example\r\n\r\n" + data),
                      ("two tokens", head + length + b"X-Sofar-Token: x\r\n\r\n" + data),
                      ("two Hosts", head + length + b"Host: evil.example\r\n\r\n" + data),
                      ("chunks that are none", head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                      ("a length below zero", head + b"Content-Length: -5\r\n\r\n" + data),
                      ("chunks without end", head + b"Transfer-Encoding: chunked\r\n\r\n" + (b"8000\r\n" + b" " * 0x8000 + b"\r\n") * 70)):
        got = desk.server.raw(raw)
        point(not got.startswith(b"HTTP/1.1 2"), "%s: nothing is decided" % name, repr(got[:100]))
    point(len(desk.log()) == before, "all of that wrote nothing")
    status, _, text = desk.post(good, {"Host": "localhost:%d" % port, "Origin": "http://localhost:%d" % port})
    point(status == 200, "by its other name it is the same server", repr(text))
    desk.post({"verdict": "undo", "decision": json.loads(text)["decision"]["id"]})


def together(desk, rounds):
    """Several decide at once on the same queue, by the server and by the command; each takes half of its own decisions back."""
    before, done, refused, odd = len(desk.log()), [], [], []
    lock = threading.Lock()

    def client(k):
        mine = []
        for i in range(rounds):
            queue = [q for q in desk.queue() if q["decided"] is None]
            status, _, body = desk.on(queue[(i * (k % 2)) % 3], "reject" if i % 3 == 0 else "accept", who="client %d" % k)
            with lock:
                if status == 200:
                    mine.append(json.loads(body)["decision"]["id"])
                    done.append(mine[-1])
                elif status == 409:
                    refused.append(body)
                else:
                    odd.append((status, body))
            if len(mine) > 2:
                status, _, body = desk.post({"verdict": "undo", "decision": mine.pop(0), "who": "client %d" % k})
                with lock:
                    (done.append(json.loads(body)["decision"]["id"]) if status == 200 else odd.append((status, body)))

    def command():
        for _ in range(rounds // 4):
            lines = run("review", SUBJECT, "--list", "--store", desk.store).splitlines()
            fact = [line.split()[2] for line in lines if line.startswith("-")][3]
            p = subprocess.run([SOFAR, "review", SUBJECT, "accept", fact, "--by", "command", "--store", desk.store], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
            with lock:
                if p.returncode == 0:
                    done.append(p.stdout.decode().split()[0])
                elif p.returncode not in (3, 5):
                    odd.append((p.returncode, p.stderr))

    threads = [threading.Thread(target=client, args=(k,)) for k in range(2)] + [threading.Thread(target=command)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    log = desk.log()
    ids, new = [d["id"] for d in log], log[before:]
    point(len(done) >= rounds and not odd, "%d decisions by two clients and the command, %d refused" % (len(done), len(refused)), str(odd[:3]))
    point(sorted(ids[before:]) == sorted(done) and len(set(ids)) == len(ids), "each that was told to be written is in the log, once, and no other",
          "%d told, %d written" % (len(done), len(new)))
    made = [d["made"] for d in new]
    point(made == sorted(set(made)), "each is later than all before it")
    undone = [d["other"] for d in log if d["verdict"] == "undo"]
    point(len(undone) == len(set(undone)), "nothing is taken back twice")
    standing = [(d["fact"]["type"], json.dumps(d["receipts"]), json.dumps(d["fact"]["roles"])) for d in log
                if d["verdict"] != "undo" and d["id"] not in undone]
    point(len(standing) == len(set(standing)), "no fact has two decisions that hold, since nobody saw both")


def listen(server, wait=8):
    s = socket.create_connection(("127.0.0.1", server.port), timeout=wait)
    s.sendall(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return s


def hear(s, until):
    """What comes until `until` does; all of it, if it does not come in time."""
    got = b""
    try:
        while until not in got:
            part = s.recv(4096)
            if not part:
                break
            got += part
    except OSError:
        pass
    return got


def events(desk):
    s = listen(desk.server)
    got = hear(s, b"}\n\n")
    first = json.loads(re.search(rb"data: (\{.*\})", got).group(1))
    point(b"200 OK" in got and b"text/event-stream" in got and b"no-store" in got, "a stream of events", repr(got[:500]))
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "new.txt"), "w", encoding="utf-8") as f:
        f.write("date 2022-05-01 More of Tin Cathedral\n\nTin Cathedral was shown in Broch on Sunday.\n")
    run("add", "-q", "--store", desk.store, os.path.join(folder, "new.txt"))
    got = hear(s, b"}\n\n")
    then = json.loads((re.search(rb"data: (\{.*\})", got) or [b"", b"{}"])[1])
    point(then.get("pages") == first["pages"] + 1, "tells of a page that another process adds", repr(got))
    item = desk.queue()[0]
    d = json.loads(desk.on(item, "accept")[2])["decision"]
    got = hear(s, b"}\n\n")
    last = json.loads((re.search(rb"data: (\{.*\})", got) or [b"", b"{}"])[1])
    point(last.get("pages") == then.get("pages") and last.get("changes", 0) > then.get("changes", 0), "and of a decision", repr(got))
    desk.post({"verdict": "undo", "decision": d["id"]})
    more = [listen(desk.server) for _ in range(200)]
    point(all(b"data: {" in hear(m, b"}\n\n") for m in more), "200 more listen, and each is told how it stands")
    point(desk.server.ask("/events", "HEAD")[0] == 200 and desk.server.ask("/events?x=1")[0] == 400, "HEAD, and a parameter that nobody knows")
    for m in more:
        m.close()
    shutil.rmtree(folder)
    return s  # is still open when the server stops


class Tags(html.parser.HTMLParser):
    """What a browser might run or load."""
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.scripts, self.bad, self.open = 0, [], 0

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        if tag in ("img", "iframe", "object", "embed", "svg", "base", "link") and dict(attrs).get("rel") not in ("icon", "canonical", "alternate"):
            self.bad.append((tag, attrs))
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "action", "src") and re.match(r"\s*(javascript|data|vbscript):", value or "", re.I)
                                         and value != "data:,"):
                self.bad.append((tag, name, value))


def harmless(page, scripts=2):
    tags = Tags()
    tags.feed(page)
    hidden = re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]", page)
    return not tags.bad and tags.scripts == scripts and not hidden, "%s %d %s" % (tags.bad[:3], tags.scripts, hidden)


def hostile(desk):
    with open(os.path.join(ROOT, "tests", "browser", "hostile.txt"), encoding="utf-8") as f:
        strings = [json.loads(line).encode("utf-8", "replace").decode() for line in f if not line.startswith("#")]
    bad, count = [], 0
    targets = ["/search?q=%s", "/quotes?speaker=%s&about=%s", "/tin-cathedral/diff?from=%s", "/tin-cathedral/desk?skip=%s", "/quotes?subject=x&since=%s",
               "/api/review?subject=%s"]
    for i, s in enumerate(strings):
        for target in {targets[0], targets[i % 6], targets[(i + 1) % 6]}:
            status, headers, body = desk.server.ask(target.replace("%s", quote(s)))
            count += 1
            kind = headers["content-type"].split(";")[0]
            if kind == "text/html":
                ok, seen = harmless(body.decode())
            elif kind == "application/json":
                ok, seen = status == 200 and json.loads(body), body[:100]
            else:
                ok, seen = kind == "text/plain" and status in (400, 404, 414), "%s %s" % (status, kind)
            if not ok:
                bad.append((target, s, status, seen))
    point(len(strings) >= 200 and not bad, "%d hostile strings in %d addresses: text everywhere" % (len(strings), count), str(bad[:3]))
    item, bad = desk.queue()[0], []
    for s in strings[::10]:
        status, _, body = desk.on(item, "accept", who=s[:90].encode()[:90].decode(errors="ignore"), why=s[:600])
        if status != 200:
            if "\0" not in s:  # which JSON has, but no text
                bad.append((s, status, body))
            continue
        d = json.loads(body)["decision"]
        ok, seen = harmless(desk.server.ask("/tin-cathedral/desk")[2].decode())
        if not ok:
            bad.append((s, seen))
        desk.post({"verdict": "undo", "decision": d["id"], "why": s[:600]})
        item = desk.queue()[0]
    point(not bad, "and as who and why of decisions", str(bad[:3]))


def public(store):
    server = Server(SOFAR, store, "--public")
    codes = [server.ask(t)[0] for t in ("/desk", "/tin-cathedral/desk", "/api/review?subject=" + quote(SUBJECT), "/api/decide")]
    posts = [server.ask("/api/decide", m, b"{}", Content_Type="application/json", Origin=server.url.rstrip("/"), X_Sofar_Token="0" * 32)[0]
             for m in ("POST", "PUT")]
    point(codes + posts == [404] * 6, "--public: there is no desk and nothing to write to", str(codes + posts))
    told = json.loads(server.ask("/api/openapi.json")[2])["paths"]
    point(not [p for p in told if "desk" in p or "decide" in p or "review" in p] and "/search" in told, "nor is it described", str(list(told)))
    point(b"desk" not in server.ask("/index.html")[2].split(b"<nav")[1].split(b"</nav>")[0], "nor linked to")
    s = listen(server)
    point(b"data: {" in hear(s, b"}\n\n"), "but there are events")
    code, err = server.stop()
    point(code == 0 and not err, "it stops well while somebody listens", "%d %s" % (code, err))
    p = subprocess.run([SOFAR, "serve", "--store", store, "--public", "--desk"], stderr=subprocess.PIPE, timeout=30)
    point(p.returncode == 2 and b"choose one" in p.stderr, "--public --desk is refused", p.stderr.decode())


def elsewhere(store):
    base = "https://desk.example/far/"
    desk = Desk(store, "--base-url", base, "--by", "night shift")
    item = desk.queue()[0]
    body = {"verdict": "accept", "subject": SUBJECT, "fact": item["fact"]["id"], "seen": item["seen"]}
    point(desk.server.desk.startswith(base + "desk#"), "--base-url: the desk is there", desk.server.desk)
    status, _, text = desk.post(body, {"Host": "desk.example", "Origin": "https://desk.example"})
    point(status == 200 and json.loads(text)["decision"]["who"] == "night shift", "behind a proxy, by that name; --by signs", repr(text[:200]))
    desk.post({"verdict": "undo", "decision": json.loads(text)["decision"]["id"]})
    codes = [desk.post(body, h)[0] for h in ({"Host": "desk.example", "Origin": "https://evil.example"}, {"Host": "evil.example", "Origin": "https://desk.example"})]
    point(codes == [403, 421], "and by no other", str(codes))
    point(desk.server.stop()[0] == 0, "it stops")
    for base, origin in (("https://desk.example:443/", "https://desk.example"), ("http://desk.example:80/far/", "http://desk.example")):
        desk = Desk(store, "--desk", "--listen", "0.0.0.0:0", "--base-url", base)
        codes = [desk.server.ask("/desk", Host=h)[0] for h in ("127.0.0.1:1", "evil.example", "localhost", "desk.example")]
        point(codes == [421, 421, 200, 200], "--desk listens afar, by its own names: " + base, str(codes))
        status, _, text = desk.post({"verdict": "undo", "decision": "0" * 16}, {"Host": "desk.example", "Origin": origin})
        point(status == 404, "whose usual port may be left out", repr(text))
        desk.server.stop()
    for address in ("0.0.0.0:0", "[::]:0"):
        p = subprocess.run([SOFAR, "serve", "--store", store, "--desk", "--listen", address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        point(p.returncode == 2 and b"--base-url" in p.stderr and not p.stdout, "--desk at %s wants a name" % address, p.stderr.decode())


def pages(server):
    named = {"/search?q=cathedral": b"<mark>", "/search": b"<form", "/search?q=&as-of=": b"<form", "/quotes?speaker=Oonagh+Petrie&since=": b"<blockquote",
             "/quotes": b"<form", "/tin-cathedral/diff?from=2021-03": b"id=\"new\"", "/tin-cathedral/diff": b"<form", "/desk": b"tin-cathedral/desk",
             "/tin-cathedral/desk?skip=5": b"<article", "/tin-cathedral.html?as-of=2021-06": b"<form class=\"asof\""}
    for target, wanted in named.items():
        status, h, body = server.ask(target)
        policy = h["content-security-policy"]
        good = harmless(re.sub("<svg.*?</svg>", "", body.decode(), flags=re.S), 3 if ".html" in target else 2)
        point(status == 200 and wanted in body and good[0] and "default-src 'none'" in policy and "unsafe" not in policy
              and "frame-ancestors 'none'" in policy, target, "%s %s" % (status, good))
    point(server.ask("/tin-cathedral/diff.json?from=2021-03&to=2021-12")[2] == server.ask("/api/diff?subject=%s&from=2021-03&to=2021-12" % quote(SUBJECT))[2],
          "the same as JSON")
    now, then = (server.ask("/tin-cathedral.html" + q)[2] for q in ("", "?as-of=2021-06"))
    days = re.search(rb'data-days="([^"]*)"', now).group(1)
    point(days.count(b",") > 3 and days == re.search(rb'data-days="([^"]*)"', then).group(1), "another day may be later, too", repr(days))


def main():
    server_url = os.environ.get("SOFAR_TEST_STORE")
    with tempfile.TemporaryDirectory() as folder:
        store = server_url or os.path.join(folder, "sofar.db")
        run("add", "-q", "--store", store, *EXAMPLES)
        desk = Desk(store)
        try:
            point(re.fullmatch("[0-9a-f]{32}", desk.token), "a token is printed", desk.server.desk)
            decides(desk)
            together(desk, 60)
            if not server_url:
                refuses(desk)
                pages(desk.server)
                hostile(desk)
            listener = events(desk)
        finally:
            since = time.time()
            code, err = desk.server.stop()
        point(code == 0 and not err and time.time() - since < 10, "SIGTERM stops it well, while somebody listens", "%d %s" % (code, err))
        listener.close()
        if not server_url:
            public(store)
            elsewhere(store)
    finish()


main()
