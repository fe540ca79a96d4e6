#!/usr/bin/env python3
"""Build 06-delayed-elsewhere.warc.gz from warc/06-delayed-elsewhere.html.

    python3 make_warc.py [OUT]

Standard library only, and the same bytes on every run: dates and record ids are fixed, no gzip header carries a time.
The records are what a crawler would have kept of one visit, each a gzip member of its own: a warcinfo, a request, its
response (gzip content coding inside chunked transfer coding), and a second request and response for a picture, which
a reader of pages has to pass over.
"""
import base64
import gzip
import hashlib
import pathlib
import struct
import sys
import uuid
import zlib

HERE = pathlib.Path(__file__).resolve().parent
HOST = "www.northquaycourier.example"
PAGE = f"https://{HOST}/arts/film/2021/jul/broch-film-musical-put-back-to-april"
PICTURE = f"https://{HOST}/img/2021/07/ellingham-gala.png"
DAY = "2021-07-23T06:12:0%dZ"
HTTP_DAY = "Fri, 23 Jul 2021 06:12:0%d GMT"
AGENT = "sofar-example-crawler/1.0 (+https://crawler.example/)"


def gz(data):
    return gzip.compress(data, compresslevel=9, mtime=0)


def chunked(data, sizes=(1000, 37, 2048)):
    """Chunked transfer coding in pieces of uneven size, one of them with an extension, as servers do send."""
    out, at, turn = [], 0, 0
    while at < len(data):
        piece = data[at:at + sizes[turn % len(sizes)]]
        note = b";seq=1" if turn == 1 else b""
        out.append(b"%x%s\r\n%s\r\n" % (len(piece), note, piece))
        at += len(piece)
        turn += 1
    return b"".join(out) + b"0\r\n\r\n"


def picture():
    """A grey PNG of 8 by 8 pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([16 * y + 8] * 8) for y in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record_id(name):
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, PAGE + '#' + name)}>"


def head(first, *fields):
    return "\r\n".join([first, *(f"{k}: {v}" for k, v in fields)]).encode() + b"\r\n\r\n"


def record(kind, name, day, block, content_type, *fields):
    return gz(head("WARC/1.0", ("WARC-Type", kind), ("WARC-Record-ID", record_id(name)), ("WARC-Date", day), *fields,
                   ("WARC-Block-Digest", sha1(block)), ("Content-Type", content_type),
                   ("Content-Length", len(block))) + block + b"\r\n\r\n")


def visit(name, url, second, body, *http):
    """The request and the response of one visit; `body` is what went over the wire, `http` its headers."""
    path = url.split(HOST, 1)[1]
    ask = head(f"GET {path} HTTP/1.1", ("Host", HOST), ("User-Agent", AGENT), ("Accept-Encoding", "gzip"), ("Connection", "close"))
    answer = head("HTTP/1.1 200 OK", ("Date", HTTP_DAY % second), ("Server", "nginx"), *http, ("Connection", "close")) + body
    day, info = DAY % second, ("WARC-Warcinfo-ID", record_id("warcinfo"))
    return (record("request", name + "-request", day, ask, "application/http; msgtype=request",
                   ("WARC-Target-URI", url), ("WARC-Concurrent-To", record_id(name)), info)
            + record("response", name, day, answer, "application/http; msgtype=response",
                     ("WARC-Target-URI", url), ("WARC-IP-Address", "192.0.2.44"), info))


def main():
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "06-delayed-elsewhere.warc.gz"
    page = (HERE / "warc" / "06-delayed-elsewhere.html").read_bytes()
    about = head("software: make_warc.py", ("format", "WARC File Format 1.0"), ("robots", "obey"),
                 ("description", "one page of an invented newspaper"))
    image = picture()
    out.write_bytes(
        record("warcinfo", "warcinfo", DAY % 0, about, "application/warc-fields", ("WARC-Filename", out.name))
        + visit("page", PAGE, 1, chunked(gz(page)), ("Content-Type", "text/html; charset=utf-8"),
                ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"),
                ("Last-Modified", "Thu, 22 Jul 2021 07:10:00 GMT"))
        + visit("picture", PICTURE, 2, image, ("Content-Type", "image/png"), ("Content-Length", len(image))))


if __name__ == "__main__":
    main()
