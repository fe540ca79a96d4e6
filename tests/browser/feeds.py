"""The gallery's feeds, calendars and data as other people's parsers read them: feedparser where it is installed, Python's own XML,
JSON, CSV and e-mail parsers else."""
import csv
import json
import xml.etree.ElementTree as etree

try:
    import feedparser
except ImportError:
    feedparser = None

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(path):
    feed = etree.parse(path).getroot()
    entries = feed.findall(ATOM + "entry")
    ids = [e.findtext(ATOM + "id") for e in entries]
    assert feed.tag == ATOM + "feed" and all(feed.findtext(ATOM + n) for n in ["id", "title", "updated"])
    assert len(set(ids)) == len(ids) and all(i.startswith("urn:uuid:") for i in ids)
    assert all(e.findtext(ATOM + n) for e in entries for n in ["title", "updated", "content"])
    return ids


def rss(path):
    channel = etree.parse(path).getroot().find("channel")
    assert all(channel.findtext(n) for n in ["title", "link", "description"])
    return [item.findtext("guid") for item in channel.findall("item") if item.findtext("title") and item.findtext("pubDate")]


def json_feed(path):
    feed = json.loads(path.read_text(encoding="utf-8"))
    assert feed["version"].endswith("/1.1") and feed["title"]
    for item in feed["items"]:
        change = item["_sofar"]
        assert change["after"] and change["receipt"]["exact"] and (change["before"] or change["what"] == "new")
    return [item["id"] for item in feed["items"]]


def linked_data(path):
    graph = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    assert graph and all("@type" in node for node in graph)


def calendar(path):
    text = path.read_bytes().decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR" and not lines[-1] and "\n" not in "".join(lines)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for name in ["VEVENT", "VCALENDAR"]:
        assert lines.count("BEGIN:" + name) == lines.count("END:" + name)


def table(path):
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell[:1] in "=+-@" and cell for row in rows[1:] for cell in row if not cell.lstrip("-").isdigit())


def same_entries(stem):
    """The three feeds of a subject tell the same changes."""
    ids = atom(stem.with_name(stem.name + ".atom"))
    assert ids == rss(stem.with_name(stem.name + ".rss")) == json_feed(stem.with_name(stem.name + ".feed.json"))


def with_feedparser(path):
    parsed = feedparser.parse(str(path))
    assert not parsed.bozo and parsed.feed.title, parsed.get("bozo_exception")


def check(folder):
    """[(good, what)]"""
    kinds = [("feeds tell the same changes in Atom, RSS and JSON", "*.atom", lambda p: same_entries(p.with_suffix(""))),
             ("JSON-LD is JSON with types", "*.jsonld", linked_data), ("calendars are whole", "*.ics", calendar),
             ("tables are tables without formulas", "*.csv", table), ("JSON is JSON", "*.json", lambda p: json.loads(p.read_bytes())),
             ("XML is XML", "*.xml", lambda p: etree.parse(p))]
    if feedparser:
        kinds += [("feedparser has nothing to say", "*.atom", with_feedparser), ("nor of RSS", "*.rss", with_feedparser)]
    out = []
    for what, pattern, look in kinds:
        faults, count = [], 0
        for path in sorted(folder.glob(pattern)):
            count += 1
            try:
                look(path)
            except Exception as fault:  # whatever a parser throws is the finding
                faults.append(f"{path.name}: {fault!r}")
        for fault in faults[:5]:
            print("# " + fault)
        if count:
            out.append((not faults, f"{what}: {count} files of {folder.parent.name}"))
    return out
