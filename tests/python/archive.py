"""Clippings of the program `clippings` as web archives: gzipped WARC files, a member a record."""
import gzip
import html
import json
import zipfile


def page(row):
    """The clipping as the HTML of an outlet's page."""
    parts = ["<!doctype html><html lang=en><head><title>%s</title>" % html.escape(row["title"])]
    if row["published"]:
        parts.append('<meta property="article:published_time" content="%s">' % row["published"])
    parts.append('<meta property="og:site_name" content="%s"></head><body><article>' % html.escape(row["outlet"]))
    parts.append("<h1>%s</h1>" % html.escape(row["title"]))
    parts += ["<p>%s</p>" % html.escape(block) for block in row["text"].split("\n\n")]
    return "".join(parts + ["</article></body></html>"]).encode()


def member(row):
    """One response record, gzipped; the same row gives the same bytes."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(row)
    captured = (row["captured"] or "2026-01-01") + "T00:00:00Z"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n" % (row["url"], captured)
    head += "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0)


def rows(program_output):
    return [json.loads(line) for line in program_output.decode("utf-8").splitlines()]


def write_warc(path, clippings):
    with open(path, "wb") as f:
        for row in clippings:
            f.write(member(row))


def write_wacz(path, clippings, name="data.warc.gz"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as z:
        z.writestr("archive/" + name, b"".join(member(row) for row in clippings))
        z.writestr("datapackage.json", "{}")
