"""Tests of the installed package; tests/python/run.py installs it and runs this. Prints TAP."""
import concurrent.futures
import datetime
import gzip
import io
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
import time
import traceback

import sofar

sys.path.append(os.path.dirname(os.path.realpath(__file__)))
ROOT = os.environ["SOFAR_ROOT"]
EXAMPLES = os.path.join(ROOT, "examples")
PAGE = os.path.join(EXAMPLES, "01-announced.html")
ODD = "“Ünïcode 🎬 wins,” Zoë Quill said on 3 May 2021. She told Die Börse: “Always — always.”"


def raises(kind, call, *args, **keywords):
    try:
        call(*args, **keywords)
    except kind as error:
        return error
    raise AssertionError("%s was not raised" % kind.__name__)


def test_it_is_the_installed_one():
    assert os.path.realpath(sofar.__file__).startswith(os.path.realpath(sys.prefix)), sofar.__file__


def test_the_wheel_is_at_most_30_MB():
    assert os.path.getsize(os.environ["SOFAR_WHEEL"]) <= 30 << 20
    assert "-cp39-abi3-" in os.environ["SOFAR_WHEEL"] or "-abi3-" in os.environ["SOFAR_WHEEL"]


def test_import_is_quick():
    times = []
    for _ in range(5):  # of the interpreter's own start nothing counts
        out = subprocess.run([sys.executable, "-c", "import time; t = time.process_time(); import sofar; print(time.process_time() - t)"],
                             check=True, stdout=subprocess.PIPE).stdout  # fmt: skip
        times.append(float(out))
    assert min(times) <= 0.15, times


def test_reading_equals_the_command_s_record():
    reading = sofar.read(PAGE)
    assert reading.page["published"] == "2020-11-12" and reading.title and reading.outlet
    assert json.loads(reading.to_json()) == reading.to_dict()
    assert reading.quotes and reading.facts and reading.times and reading.subjects


def test_places_are_code_points_and_bytes():
    reading = sofar.read(ODD.encode(), content_type="text/plain")
    for part in [*reading.names, *reading.times, *reading.blocks]:
        assert reading.text[part.span.begin : part.span.end] == part.text
        assert reading.text.encode()[part.bytes.begin : part.bytes.end].decode() == part.text
    for quote in reading.quotes:
        assert [reading.text[a:b] for a, b in quote.spans] == quote.pieces
    assert any("🎬" in quote.text for quote in reading.quotes)


def test_sources_of_a_page():
    with open(PAGE, "rb") as f:
        data = f.read()
    a, b, c = sofar.read(data), sofar.read(bytearray(data)), sofar.read(memoryview(data), url="https://elsewhere.example/x")
    assert a.text == b.text == c.text
    plain = sofar.read(b"Rain fell on Dunmore.", url="https://elsewhere.example/x", date=datetime.date(2021, 10, 15))
    assert (plain.url, plain.published) == ("https://elsewhere.example/x", "2021-10-15")


def test_files_with_many_pages():
    readings = list(sofar.read_many(EXAMPLES))
    assert len(readings) > 10
    atom = os.path.join(EXAMPLES, "10-soundtrack-and-release.atom")
    assert len(list(sofar.read_many([PAGE, atom]))) == 1 + len(list(sofar.read_many(atom)))


def test_wrong_types():
    raises(TypeError, sofar.read, 3)
    raises(TypeError, sofar.read)
    raises(TypeError, sofar.read, b"x", url=3)
    raises(TypeError, sofar.read, b"x", date=2021)
    raises(ValueError, sofar.Reader, only=["nonsense"])
    raises(ValueError, sofar.Reader, max_page=0)


def test_errors_name_the_file_and_say_what_they_are():
    error = raises(sofar.Error, sofar.read, "/nonexistent/page.html")
    assert error.status == "io" and "/nonexistent/page.html" in str(error)
    error = raises(sofar.Error, sofar.Reader(max_page=10).read, PAGE)
    assert error.status == "limit"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.status, again.offset) == (str(error), error.status, error.offset)


def test_a_truncated_archive_gives_its_whole_pages_and_an_error_with_its_place():
    with open(os.path.join(EXAMPLES, "06-delayed-elsewhere.warc.gz"), "rb") as f:
        data = f.read()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cut.warc.gz")
        with open(path, "wb") as f:
            f.write(data + data[: len(data) // 2])
        errors = []
        readings = list(sofar.read_many(path, on_error=errors.append))
        assert len(readings) >= 1 and len(errors) == 1, (readings, errors)
        assert path in str(errors[0])
        raises(sofar.Error, lambda: list(sofar.read_many(path)))


def test_a_bad_beat_says_file_line_and_reason():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.beat")
        with open(path, "w") as f:
            f.write("fact\n")
        assert "odd.beat" in str(raises(sofar.Error, sofar.Reader, beats=[path], cache=""))


def test_threads_share_a_reader():
    files = sorted(os.path.join(EXAMPLES, name) for name in os.listdir(EXAMPLES) if name.endswith(".html"))
    alone = [sofar.read(path).to_json() for path in files]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda path: sofar.read(path).to_json(), files * 2)) == alone * 2


def test_a_forked_process_reads_on():
    expected = sofar.read(PAGE).to_json()
    child = os.fork()
    if child == 0:
        os._exit(0 if sofar.read(PAGE).to_json() == expected else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_the_lock_is_released():
    text = (" ".join("Mara Quill said the boat number %d was late." % i for i in range(3000))).encode()
    ticks, stop = [], []

    def tick():
        while not stop:
            ticks.append(time.monotonic())
            time.sleep(0.005)

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        ticking = pool.submit(tick)
        begin = time.monotonic()
        sofar.read(text, content_type="text/plain")
        spent = time.monotonic() - begin
        stop.append(1)
        ticking.result()
    during = sum(begin <= t <= begin + spent for t in ticks)
    assert during >= 5, (during, spent)


def test_readings_travel():
    reading = sofar.read(PAGE)
    again = pickle.loads(pickle.dumps(reading))
    assert again.to_dict() == reading.to_dict() and again.quotes[0].text == reading.quotes[0].text


def test_notebooks_show_marks_and_escape():
    reading = sofar.read(b"Mara <b>said</b>: \"<script>alert(1)</script> is late,\" Mara Quill said in May 2021.", content_type="text/plain")
    html = reading._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html and "title=" in html
    svg = sofar.read(PAGE).timeline()._repr_svg_()
    import xml.etree.ElementTree as tree

    assert tree.fromstring(svg).tag.endswith("svg")


def test_a_store_answers():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kept.db")
        with sofar.Store(path) as store:
            assert store.add(sofar.read(PAGE)) == 1
            assert store.add(PAGE) == 0  # the same page
            assert store.add(EXAMPLES) > 5
            now, then = store.on("Tin Cathedral"), store.as_of("2020-12-01").on("Tin Cathedral")
            assert len(now["facts"]) > len(then["facts"]) > 0 and then["as_of"] == "2020-12-01"
            assert store.on("Tin Cathedral", as_of=datetime.date(2020, 12, 1)) == then
            assert ("Tin Cathedral", "work") in {(name, kind) for name, kind, facts in store.subjects() if facts > 1}
            assert store.quotes(speaker="Oonagh Petrie")["quotes"] and store.quotes()["quotes"]
            assert store.csv("cast", "Tin Cathedral").startswith("type,")
            found = store.search("cathedral", limit=2)
            assert len(found["found"]) == 2 < found["pages"] and found["phrases"] == ["cathedral"], found
            assert store.search("cathedral", as_of="2020-12-01")["pages"] < found["pages"]
            raises(sofar.Error, store.search, " ")
            lines = [json.loads(line) for line in store.export("jsonl", "Tin Cathedral").splitlines()]
            assert lines[0]["subject"]["name"] == "Tin Cathedral" and sum("fact" in line for line in lines) == len(now["facts"])
            everyone = io.BytesIO()
            assert store.export("jsonl", to=everyone) is None
            subjects = [json.loads(line)["subject"]["name"] for line in everyone.getvalue().splitlines() if line.startswith(b'{"subject"')]
            assert subjects == [name for name, _, _ in store.subjects()]
            then_rows, rows = (s.export("csv", "Tin Cathedral", table="facts").splitlines() for s in (store.as_of("2020-12-01"), store))
            assert 1 < len(then_rows) < len(rows) and rows[0] == then_rows[0], rows
            json.loads(store.export("json-ld")), json.loads(store.export("csl-json", "Tin Cathedral"))
            raises(KeyError, store.export, "jsonl", "Nobody At All")
            raises(ValueError, store.export, "no-format", "Tin Cathedral")
            raises(ValueError, store.export, "csv", "Tin Cathedral")
            raises(ValueError, store.export, "jsonl", "Tin Cathedral", table="facts")
            raises(ZeroDivisionError, store.export, "jsonl", to=type("Full", (), {"write": lambda self, piece: 1 / 0})())
            for kind in (store.timeline, store.cast, store.sources):
                assert kind("Tin Cathedral")
            assert store.diff("Tin Cathedral", "2020-12", "2021-08")["changes"] and store.audit()
            raises(KeyError, store.on, "Nobody At All")
            raises(ValueError, store.on, "Tin Cathedral", as_of="yesterday")
            raises(TypeError, store.on, 3)
            raises(TypeError, store.add, 3)
            raises(TypeError, store.add, pickle.loads(pickle.dumps(sofar.read(PAGE))))
            assert store.on("Tin Cathedral") == now  # none of it did harm
        raises(ValueError, store.on, "Tin Cathedral")
        with sofar.Store(path, read_only=True) as store:
            assert store.on("Tin Cathedral") == now
            raises(sofar.Error, store.add, sofar.Page(b"another page"))
        error = raises(sofar.Error, sofar.Store, os.path.join(folder, "absent.db"), read_only=True)
        assert error.status == "store" and "absent.db" in str(error)


def test_a_store_is_shared_by_threads_and_not_by_forks():
    with tempfile.TemporaryDirectory() as folder, sofar.Store(os.path.join(folder, "kept.db")) as store:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            files = sorted(os.path.join(EXAMPLES, name) for name in os.listdir(EXAMPLES) if name.endswith(".html"))
            assert sum(pool.map(store.add, files)) == len(files)
            assert len({json.dumps(d) for d in pool.map(lambda _: store.on("Tin Cathedral"), range(8))}) == 1
        child = os.fork()
        if child == 0:
            try:
                store.on("Tin Cathedral")
            except RuntimeError:
                os._exit(0)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0


def test_tables():
    from sofar import tables

    readings = list(sofar.read_many(EXAMPLES))
    frames = tables.to_pandas(readings)
    assert len(frames["pages"]) == len(readings)
    assert len(frames["quotes"]) == sum(len(r.quotes) for r in readings)
    assert set(frames["roles"]["role"]) >= {"work"}
    empty = tables.to_arrow([])
    assert empty["facts"].column_names == tables.to_arrow(readings)["facts"].column_names
    with tempfile.TemporaryDirectory() as folder:
        import pyarrow.parquet as parquet

        paths = tables.to_parquet(iter(readings), folder)
        assert parquet.read_table(paths["facts"]).equals(tables.to_arrow(readings)["facts"])
        assert not [name for name in os.listdir(folder) if name.endswith(".part")]


def test_spacy():
    import spacy

    import sofar.spacy  # registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("sofar", config={"date": "2021-10-15"})
    doc = nlp("“The tide is late,” said  Mara Quill, the director of Low Tide,\n\n\nwhich was released in May 2021. " + ODD)
    assert any(span.text == "The tide is late," for span in doc.spans["quotes"]), doc.spans["quotes"]
    assert any(entity.label_ == "PERSON" and entity.text == "Mara Quill" for entity in doc.ents), doc.ents
    assert doc._.sofar.facts == list(doc._.facts)
    assert [span._.speaker for span in doc.spans["quotes"]][0] == "Mara Quill"
    assert nlp("")._.facts == []


def test_datasette_labels_and_links_a_store():
    import asyncio

    from datasette.app import Datasette

    from sofar.datasette import metadata

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "my-news.db")
        with sofar.Store(path) as store:
            store.add(EXAMPLES)
        site = Datasette([path], metadata=metadata(path))

        async def ask(address):
            answer = await site.client.get(address)
            assert answer.status_code == 200, (address, answer.status_code, answer.text[-2000:])
            return answer.text

        async def look():
            first = await ask("/my-news")
            assert "Who said what" in first and 'href="/my-news/who_said"' in first and ">circumstances<" not in first
            known = metadata(path)["databases"]["my-news"]
            with_columns = json.loads(await ask("/-/databases.json")) and known["tables"]
            for table, said in with_columns.items():
                assert not said.get("title") or said["title"] in await ask("/my-news/" + table), table
            said = json.loads(await ask("/my-news/who_said.json?speaker=Petrie&_shape=array"))
            assert said and all("Petrie" in row["speaker"] for row in said)
            facts = json.loads(await ask("/my-news/facts_of.json?name=Tin+Cathedral&_shape=array"))
            assert {"work", "who"} <= {row["role"] for row in facts}
            page = facts[0]["capture_id"]
            assert json.loads(await ask("/my-news/page.json?capture_id=%d&_shape=array" % page))
            assert json.loads(await ask("/my-news/pages_with.json?words=tin+cathedral&_shape=array"))
            quotes = await ask("/my-news/quotes")
            assert re.search(r'href="/my-news/subjects/\d+">[A-Z][a-z]+ [A-Z][a-z]+</a>', quotes)  # a speaker is a link with a name
            for table, said in known["tables"].items():  # nothing is described that is not there
                columns = json.loads(await ask("/my-news/%s.json?_size=0" % table))["columns"]
                named = {*said.get("columns", ()), *said.get("facets", ()), said.get("label_column"), said.get("sort"), said.get("sort_desc")}
                assert named - {None} <= set(columns), (table, named - set(columns))

        asyncio.run(look())


def parts_of(path, size):
    from sofar import _cluster, _sofar

    pages, errors = [], []
    for name, origin, begin, end in _cluster.cuts(path, size, 16 << 20):
        source = _sofar.Source(os.fsencode(path), None, 16 << 20, (None if name is None else os.fsencode(name), origin, begin, end, False))
        while True:
            try:
                page = source.next()
            except sofar.Error as error:
                errors.append(str(error))
                continue
            if page is None:
                break
            pages.append(page)
    return pages, errors


def whole(path):
    from sofar import _sofar

    source, pages = _sofar.Source(os.fsencode(path), None, 16 << 20), []
    while True:
        try:
            page = source.next()
        except sofar.Error:
            continue
        if page is None:
            return pages
        pages.append(page)


def test_parts_of_an_archive_are_its_pages():
    import archive

    from sofar import _cluster

    rows = [{"url": "https://a.example/%d" % i, "captured": None, "title": "Title %d" % i, "outlet": "The Harbour Post", "published": "2021-10-15",
             "text": "Rain fell on Dunmore. " * (1 + i % 7)} for i in range(60)]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.warc.gz")
        archive.write_warc(path, rows)
        archive.write_wacz(os.path.join(folder, "a.wacz"), rows)
        with open(path, "rb") as f:
            data = f.read()
        with open(os.path.join(folder, "plain.warc"), "wb") as f:
            f.write(gzip.decompress(data))
        # A member in the middle is damaged; the last is cut; a whole archive lies in a page, stored as it is.
        inside = dict(rows[0], text="x")
        hidden = archive.member(rows[1])
        with open(os.path.join(folder, "broken.warc.gz"), "wb") as f:
            middle = len(data) // 2
            f.write(data[:middle] + b"\x00" * 20 + data[middle + 20 : -30])
        with open(os.path.join(folder, "nested.warc.gz"), "wb") as f:
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + hidden + b"</p>"
            head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/\r\nContent-Length: %d\r\n\r\n" % len(body)
            f.write(data[:middle][: data[:middle].rfind(b"\x1f\x8b\x08")] + gzip.compress(head + body + b"\r\n\r\n", 0) + archive.member(inside))
        for name in ("a.warc.gz", "a.wacz", "plain.warc", "broken.warc.gz", "nested.warc.gz"):
            at = os.path.join(folder, name)
            expected = whole(at)
            for size in (1, 500, 3000):
                assert len(_cluster.cuts(at, size, 16 << 20)) > 1, (name, size)
                pages, errors = parts_of(at, size)
                assert pages == expected, (name, size, len(pages), len(expected))
                assert bool(errors) == (name == "broken.warc.gz"), (name, errors)
        assert parts_of(PAGE, 1)[0] == whole(PAGE)
        raises(sofar.Error, sofar._sofar.Source(os.fsencode(path), None, 1 << 20, (None, 0, 1 << 40, 1 << 41, False)).next)


def test_what_travels_makes_the_same_dossiers():
    from sofar import _cluster, _sofar

    with tempfile.TemporaryDirectory() as folder:
        with sofar.Store(os.path.join(folder, "whole.db")) as store:
            store.add(EXAMPLES)
            names = [name for name, _, _ in store.subjects()]
            expected = {name: store._native.ask("on", "json", name.encode(), None, None, None, None) for name in names}
        reader = sofar.default_reader()
        parts = [[path.decode(), None, 0, 0, (1 << 64) - 1, True] for path in _sofar.files(os.fsencode(EXAMPLES))[0]]
        rows = list(_cluster._read_parts(reader, parts, None))
        bucket = _cluster._Bucket()
        try:
            for row in reversed(rows + rows[:5]):  # a task that ran twice
                bucket.add(row)
            bucket.questions = [(name, [_cluster.key_of(other) for other in names]) for name in names]
            answers = list(bucket.answers(None, {key for row in rows for key in row["renamings"]}))
        finally:
            bucket.close()
        assert {row["name"]: row["record"].encode() for row in answers if row["table"] == "dossiers"} == {
            name: answer for name, answer in expected.items() if name not in {row["name"] for row in answers if row["table"] == "again"}
        }
        assert len([row for row in answers if row["table"] == "dossiers"]) > len(names) * 0.8
        told = _sofar.subjects_of([(s["name"].encode(), s["type"], s["facts"], s["renamed"]) for row in rows for s in row["subjects"] if s["facts"]])
        assert [name.decode() for name, _, _ in told] == names
        # Bytes from elsewhere that are no capture are refused.
        native = _sofar.Store(os.fsencode(os.path.join(folder, "other.db")), True)
        good = sofar.read(PAGE)._native.carried()
        assert native.add_carried(good) and not native.add_carried(good)
        for place, odd in ((11, b"short"), (12, b"no gist"), (12, good[12][:-1]), (9, b"too short"), (9, b"\xff" + good[9])):
            raises(sofar.Error, native.add_carried, good[:place] + (odd,) + good[place + 1 :])
        raises(ValueError, native.add_carried, good[:8] + (b"x",) + good[9:])
        raises(TypeError, native.add_carried, good[:3])
        native.close()


def test_a_file_that_cannot_be_opened_is_a_row():
    from sofar import _cluster

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, os.fsdecode(b"lost-\xff.warc.gz"))
        parts = [[path, *part, True] for part in _cluster.cuts(path, 1, 16 << 20)]
        (out,) = _cluster.read_splits("{}", None, [pa_split(parts)])
        (row,) = out.to_pylist()
        assert (row["table"], row["status"], row["file"]) == ("bad", "io", os.path.join(folder, "lost-\ufffd.warc.gz")), row
        assert "\ufffd" in row["reason"], row
        path = os.path.join(folder, os.fsdecode(b"cut-\xff.warc.gz"))
        with open(os.path.join(EXAMPLES, "06-delayed-elsewhere.warc.gz"), "rb") as f:
            data = f.read()
        with open(path, "wb") as f:
            f.write(data + data[: len(data) // 2])
        parts = [[path, *part, True] for part in _cluster.cuts(path, 1, 16 << 20)]
        (out,) = _cluster.read_splits("{}", None, [pa_split(parts)])
        rows = [row for row in out.to_pylist() if row["table"] == "bad"]
        assert len(rows) == 1 and rows[0]["file"] == os.path.join(folder, "cut-\ufffd.warc.gz") and rows[0]["offset"] > 0, rows


def pa_split(parts):
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([{"split": json.dumps(parts)}])


class Narrow:
    """A store that has too little memory for a capture, or for a question by which it has looked for a key already."""

    def __init__(self, native):
        self.native, self.keys, self.begin, self.commit, self.close = native, b"", native.begin, native.commit, native.close

    def add_carried(self, carried, bare):
        if carried[0] == b"heavy":
            raise MemoryError
        return self.native.add_carried(carried, bare)

    def ask(self, _kind, _format, name, *_):
        if name == b"Heavy":
            self.keys += b"n01234567"
            raise MemoryError
        return b"{}"

    def heard(self):
        keys, self.keys = self.keys, b""
        return keys


def test_want_of_memory_is_a_row_and_the_rest_is_made():
    from sofar import _cluster

    row = _cluster._row(sofar.read(PAGE)._native)
    bucket = _cluster._Bucket()
    bucket.store = Narrow(bucket.store)
    try:
        bucket.add(dict(row, file="heavy"))
        bucket.add(row)
        bucket.questions = [("Heavy", []), ("Light", [])]
        answers = [(answer["table"], answer["name"], answer.get("reason")) for answer in bucket.answers(None, set())]
    finally:
        bucket.close()
    assert answers == [("bad", "heavy", "out of memory"), ("bad", "Heavy", "out of memory"), ("dossiers", "Light", None)], answers


def test_tables_of_bytes():
    import pyarrow as pa

    from sofar import _cluster

    with open(PAGE, "rb") as f:
        data = f.read()
    batch = pa.RecordBatch.from_pylist([{"data": data, "file": "a", "url": "https://e.example/a"}, {"data": None, "file": "b", "url": None}])
    (out,) = _cluster.read_table("{}", "2021-10-15", [batch])
    good, bad = out.to_pylist()
    assert (good["table"], good["file"], good["published"], good["published_from"]) == ("readings", "a", "2021-10-15", "given")
    assert (bad["table"], bad["file"], bad["reason"]) == ("bad", "b", "the row has no bytes")


def test_type_checkers_see_the_types():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "use.py")
        with open(path, "w") as f:
            f.write("import sofar\nr = sofar.read(b'x')\nreveal_type(r.quotes[0].speaker)\nreveal_type(r.facts[0].spans)\n")
        out = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", folder, path], stdout=subprocess.PIPE, check=False).stdout.decode()
    assert "Union[sofar._reading.Subject, None]" in out or "sofar._reading.Subject | None" in out, out
    assert "Span" in out and "error" not in out, out


def main():
    tests = [(name, call) for name, call in globals().items() if name.startswith("test_")]
    tests = [t for t in tests if not sys.argv[1:] or t[0][5:] in sys.argv[1:]]
    print("1..%d" % len(tests))
    failed = 0
    for number, (name, call) in enumerate(tests, 1):
        try:
            call()
            print("ok %d - %s" % (number, name[5:].replace("_", " ")))
        except Exception:
            failed = 1
            print("not ok %d - %s" % (number, name[5:].replace("_", " ")))
            print("# " + traceback.format_exc().replace("\n", "\n# "))
    sys.exit(failed)


main()
