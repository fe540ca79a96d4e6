"""Tests of the installed package; tests/python/run.py installs it and runs this. Prints TAP."""
import concurrent.futures
import datetime
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
import traceback

import sofar

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
            assert store.quotes(speaker="Oonagh Petrie")["quotes"] and store.quotes()["quotes"]
            assert store.csv("cast", "Tin Cathedral").startswith("type,")
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
