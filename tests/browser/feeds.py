"""The gallery's feeds, calendars and data as other people's parsers read them: Python's own, and those of requirements.txt where run.py
could have them (feedparser, icalendar, rdflib)."""
import csv
import html.parser
import json
import xml.etree.ElementTree as etree

PARSERS = {}  # name -> module; run.py fills it

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


class Markup(html.parser.HTMLParser):
    """The elements and links of an entry's HTML, and of a page's head."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.meta = set(), [], {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        if tag == "a":
            assert set(attributes) <= {"href", "rel", "class"}, attributes
            self.links.append(attributes.get("href", ""))
        if tag == "meta":
            self.meta[attributes.get("property") or attributes.get("name")] = attributes.get("content")


def with_feedparser(path):
    # as it stands there: what a reader's own cleaning takes away must not be there
    parsed = PARSERS["feedparser"].parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo and parsed.feed.title, parsed.get("bozo_exception")
    for entry in parsed.entries:
        content = entry.content[0] if "content" in entry else entry.summary_detail
        seen = Markup(content.value)
        assert seen.tags <= {"p", "blockquote", "a"} and "blockquote" in seen.tags, seen.tags
        assert all(link.startswith(("http://", "https://")) for link in [*seen.links, *[l.href for l in entry.get("links", [])]])
        assert entry.id.startswith("urn:uuid:") and entry.title and (entry.get("updated_parsed") or entry.get("published_parsed"))


def with_icalendar(path):
    calendar = PARSERS["icalendar"].Calendar.from_ical(path.read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and len({e["UID"] for e in events}) == len(events)
    for event in events:
        assert event["DTSTAMP"] and event["SUMMARY"] and event["STATUS"] in ("CONFIRMED", "TENTATIVE") and not event.errors, event.errors
        assert "DTEND" not in event or event.decoded("DTEND") > event.decoded("DTSTART")
    planned = [f for f in json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["facts"]
               if f["status"] == "planned" and f["state"] == "current" and len(f["when"] or "") == 10]
    days = {str(event.decoded("DTSTART")) for event in events}
    assert days >= {f["when"] for f in planned}, "a planned day is not in the calendar"


SCHEMA = "https://schema.org/"


def graph_of(path):
    """The JSON-LD as triples; what its context says is put in its place, since tests ask nobody."""
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["@context"].rstrip("/") == SCHEMA.rstrip("/")
    data["@context"] = {"@vocab": SCHEMA, "url": {"@type": "@id"}}
    return PARSERS["rdflib"].Graph().parse(data=json.dumps(data), format="json-ld", publicID="https://so.example/" + path.stem)


def with_rdflib(path):
    term = PARSERS["rdflib"].Namespace(SCHEMA)
    kind = PARSERS["rdflib"].RDF.type
    graph = graph_of(path)

    def of(name):
        return set(graph.subjects(kind, term[name]))

    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert of("NewsArticle") and len(of("Claim")) == len(told["facts"]) and len(of("Quotation")) == len(told["quotes"])
    for claim in of("Claim"):
        appearances = list(graph.objects(claim, term.appearance))
        assert appearances and all((a, term.text, None) in graph for a in appearances)
        assert all(set(graph.objects(a, term.isPartOf)) <= of("NewsArticle") for a in appearances)
    assert all((q, term.text, None) in graph for q in of("Quotation"))
    for role in of("PerformanceRole"):
        assert (role, term.characterName, None) in graph and (role, term.actor, None) in graph


def open_graph(path):
    seen = Markup(path.read_text(encoding="utf-8").split("</head>")[0])
    assert all(seen.meta.get("og:" + n) for n in ["type", "title", "description", "site_name"])
    url = seen.meta.get("og:url")
    assert url is None or url.endswith("/" + path.name), url


def twins(path):
    """A page's JSON and CSV tell of the same items."""
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if path.name == "index.html":
        assert len(rows) == len(told["subjects"]) == len({r["name"] + r["type"] for r in rows})
        return
    kinds = [row["what"] for row in rows]
    assert kinds.count("fact") == len(told["facts"]) and kinds.count("quote") == len(told["quotes"])


def sitemap(path):
    at = [e.text for e in etree.parse(path).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {p.name for p in path.parent.glob("*.html") if ".receipts-" not in p.name}
    assert len(set(at)) == len(at) and {a.rsplit("/", 1)[1] or "index.html" for a in at} == pages


def key_only(all_changes, key_changes):
    """--feed key: the same entries under the same ids, without those of credits."""
    every = {i["id"]: i for i in json.loads(all_changes.read_text(encoding="utf-8"))["items"]}
    some = json.loads(key_changes.read_text(encoding="utf-8"))["items"]
    assert 0 < len(some) < len(every) and all(every[i["id"]] == i for i in some)
    assert not {i["_sofar"]["type"] for i in some} & {"plays", "directs", "writes", "produces", "genre", "studio", "composes"}


def check(folder):
    """[(good, what)]"""
    kinds = [("feeds tell the same changes in Atom, RSS and JSON", "*.atom", lambda p: same_entries(p.with_suffix(""))),
             ("JSON-LD is JSON with types", "*.jsonld", linked_data), ("calendars are whole", "*.ics", calendar),
             ("tables are tables without formulas", "*.csv", table), ("JSON is JSON", "*.json", lambda p: json.loads(p.read_bytes())),
             ("the sitemap names the pages", "*.xml", sitemap), ("Open Graph is there", "*.html", open_graph),
             ("JSON and CSV tell the same", "*.html", lambda p: ".receipts-" in p.name or twins(p))]
    if PARSERS:
        kinds += [("feedparser has nothing to say of Atom", "*.atom", with_feedparser), ("nor of RSS", "*.rss", with_feedparser),
                  ("icalendar reads every event", "*.ics", with_icalendar), ("rdflib finds claims, quotations, roles and pages", "*.jsonld", with_rdflib)]
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


def check_key(folder):
    """Of the story's film, whose other gallery has --feed key."""
    name = "tin-cathedral.feed.json"
    try:
        key_only(folder / name, folder.parent / "key" / name)
    except Exception as fault:  # likewise
        print(f"# {fault!r}")
        return False, "--feed key leaves credits out and changes no id"
    return True, "--feed key leaves credits out and changes no id"
