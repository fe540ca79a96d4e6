"""Tests of sofar on a cluster of two workers, by the real spark-submit; tests/python/run.py installs it and runs this. Prints TAP.

Two thousand clippings (with copies, corrections, denials and lies), a story that gets a new name, and examples/ are read in one process
and by two clusters: one that is left alone, and one that loses an executor and then its driver, and goes on. The dossiers are the same.
Then a small folder is read into one OUT again and again, as it grows, with other dates and readers."""
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.path[:] = [path for path in sys.path if os.path.realpath(path or ".") != os.path.dirname(os.path.realpath(__file__))]

import pyarrow.dataset
import pyspark

import sofar

sys.path.append(os.path.dirname(os.path.realpath(__file__)))
import archive

ROOT = os.environ["SOFAR_ROOT"]
PAGES, PATIENCE = int(os.environ.get("SOFAR_TEST_PAGES", "2000")), 1500
WORK = tempfile.mkdtemp(prefix="sofar-spark-")
# A JVM that lives for seconds only: what would make it fast costs more than it gives.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SUBMIT = [
    os.path.join(os.path.dirname(pyspark.__file__), "bin", "spark-submit"), "--master", "local-cluster[2,1,1024]", "--driver-memory", "700m",
    "--driver-java-options", JAVA, "--conf", "spark.executor.extraJavaOptions=" + JAVA, "--conf", "spark.executor.memory=512m",
    "--conf", "spark.sql.shuffle.partitions=2", "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "--conf", "spark.sql.codegen.wholeStage=false", "--conf", "spark.sql.adaptive.enabled=false",
]  # fmt: skip
RENAMED = [
    ("2021-03-01", "The Harbour Post", "Ana Ruiz joins Amber Road", 'Ana Ruiz stars in "Amber Road", a drama film. The film "Amber Road" was announced in January 2021.'),
    ("2021-05-01", "The Domwick Post", "News of the day", 'The film "Amber Road" has been renamed "Silver Quay".'),
    ("2021-09-01", "The Navquist Post", "Silver Quay opens", '"Silver Quay", directed by Jorid Lund and starring Ana Ruiz, was released on 30 August 2021.'),
]  # fmt: skip


def at(name):
    return os.path.join(WORK, name)


def make_corpus(program):
    """An archive, a WACZ that has some of its pages too, a folder, an archive whose last member is cut; the paths, and where it is cut."""
    rows = archive.rows(subprocess.run([program, str(PAGES), "--words", "20"], check=True, stdout=subprocess.PIPE).stdout)
    cut = [len(rows) * share // 20 for share in (10, 9, 13, 17)]
    archive.write_warc(at("first.warc.gz"), rows[: cut[0]])
    archive.write_wacz(at("second.wacz"), rows[cut[1] : cut[2]])
    os.mkdir(at("folder"))
    for i, row in enumerate(rows[cut[2] : cut[3]]):
        with open(at("folder/%04d.html" % i), "wb") as f:
            f.write(archive.page(row))
    for i, (day, outlet, title, text) in enumerate(RENAMED):
        with open(at("folder/renamed-%d.html" % i), "wb") as f:
            f.write(archive.page({"title": title, "published": day, "outlet": outlet, "text": text}))
    archive.write_warc(at("third.warc.gz"), rows[cut[3] : -1])
    offset = os.path.getsize(at("third.warc.gz"))
    with open(at("third.warc.gz"), "ab") as f:
        f.write(archive.member(rows[-1])[:-40])
    paths = [at(name) for name in ("first.warc.gz", "second.wacz", "folder", "third.warc.gz")] + [os.path.join(ROOT, "examples")]
    return paths, offset


def submit(out, paths, *options):
    """Begins the job; a process."""
    environment = dict(os.environ, PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    environment.pop("SPARK_HOME", None)
    script = os.path.join(os.path.dirname(sofar.__file__), "spark.py")
    with open(at(out + ".log"), "ab") as log:
        return subprocess.Popen([*SUBMIT, *options[1:], script, "--out", at(out), "--part-bytes", "40000", "--json-lines", *options[0], *paths],
                                cwd=WORK, env=environment, stdout=log, stderr=log)  # fmt: skip


def finish(process, out):
    status = process.wait(PATIENCE)
    assert status == 1, "exit status %d\n%s" % (status, said(out)[-3000:])  # 1: some records were bad


def said(out):
    with open(at(out + ".log"), encoding="utf-8", errors="replace") as f:
        return f.read()


def dossiers(out):
    found = {}
    for path in glob.glob(at(out + "/dossiers.jsonl/*.txt")):
        with open(path, encoding="utf-8") as f:
            for line in f:
                name = json.loads(line)["subject"]["name"]
                assert name not in found, name
                found[name] = line.rstrip("\n")
    return found


def rows_of(out, table, columns):
    paths = glob.glob(at(out + "/read/part=*/table=%s/**/*.parquet" % table), recursive=True)
    return pyarrow.dataset.dataset(paths, format="parquet").to_table(columns=columns).to_pylist()


class Single:
    """What one process says. It runs beside the first cluster."""

    SCRIPT = """
import json, sys
import sofar
with sofar.Store(sys.argv[1]) as store:
    bad = []
    store.add(sys.argv[2:], on_error=lambda error: bad.append(str(error)))
    answers = {name: store._native.ask("on", "json", name.encode(), None, None, None, None).decode() for name, _, _ in store.subjects()}
    print(json.dumps({"bad": bad, "dossiers": answers}))
"""

    def __init__(self, paths):
        self.process = subprocess.Popen([sys.executable, "-c", self.SCRIPT, at("single.db"), *paths], stdout=subprocess.PIPE)
        self.answer = None

    def get(self):
        if self.answer is None:
            self.answer = json.loads(self.process.communicate(timeout=PATIENCE)[0])
        return self.answer


def children(pid):
    out = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], check=True, stdout=subprocess.PIPE).stdout.decode()
    parents = {int(line.split()[0]): int(line.split()[1]) for line in out.splitlines()}
    return [child for child in parents if child != pid and pid in lineage(child, parents)]


def lineage(pid, parents):
    while pid in parents:
        pid = parents[pid]
        yield pid


def executors(pid):
    found = []
    for child in children(pid):
        try:
            with open("/proc/%d/cmdline" % child, "rb") as f:
                if b"CoarseGrainedExecutorBackend" in f.read():
                    found.append(child)
        except OSError:
            pass
    return found


def wait_for(what, process, out):
    end = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, "the job ended: " + said(out)[-3000:]
        assert time.monotonic() < end, "too late"
        time.sleep(0.05)


def test_dossiers_are_those_of_one_process(state):
    finish(submit("plain", state["paths"], []), "plain")
    single = state["single"].get()["dossiers"]
    found = dossiers("plain")
    different = [name for name in single if found.get(name) != single[name].rstrip("\n")]
    assert set(found) == set(single) and not different, (set(found) ^ set(single), different)
    print("# %d dossiers, %d kB" % (len(found), sum(map(len, found.values())) >> 10))
    facts = [fact for line in found.values() for fact in json.loads(line)["facts"]]
    assert {fact["state"] for fact in facts} >= {"current", "superseded", "withdrawn"} or PAGES < 2000
    assert any(len(fact["receipts"]) > fact["sources"] > 1 for fact in facts)  # copies


def test_a_new_name_takes_another_round(state):
    assert glob.glob(at("plain/dossiers/part=*/table=again/*.parquet"))
    fact = [f for f in json.loads(dossiers("plain")["Ana Ruiz"])["facts"] if f["type"] == "plays" and len(f["receipts"]) == 2]
    assert fact and fact[0]["sources"] == 2, fact  # Amber Road and Silver Quay are one film, says a page that does not name her


def test_a_truncated_member_is_a_row_of_the_side_table(state):
    bad = rows_of("plain", "bad", ["file", "offset", "status", "reason"])
    assert len(bad) == len(state["single"].get()["bad"]) == 1, bad
    assert bad[0]["file"] == at("third.warc.gz") and bad[0]["offset"] == state["offset"], (bad, state["offset"])
    assert "cut" in bad[0]["reason"] and bad[0]["status"] == "format", bad


def test_every_page_is_read_once(state):
    files = [row["file"] for row in rows_of("plain", "readings", ["file"])]
    assert len(files) == len(set(files)), len(files) - len(set(files))
    assert sorted(files) == sorted(page.file for path in state["paths"] for page in sofar.default_reader().pages(path, on_error=lambda _: None))


def test_killed_workers_and_a_killed_job(state):
    options = ["--wave", "8", "--heavy", "12", "--buckets", "2", "--parts", "2"], "--conf", "spark.speculation=true"
    process = submit("killed", state["paths"], *options)
    wait_for(lambda: os.path.exists(at("killed/read/part=00000/_temporary")) and len(executors(process.pid)) == 2, process, "killed")
    os.kill(executors(process.pid)[0], signal.SIGKILL)
    wait_for(lambda: os.path.exists(at("killed/manifest/read-00000.json")), process, "killed")
    assert "Lost executor" in said("killed"), said("killed")[-3000:]
    mine = children(process.pid)
    process.kill()
    process.wait()
    for pid in mine:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    before = {path: os.stat(path).st_mtime_ns for path in glob.glob(at("killed/read/part=00000/**/*.parquet"), recursive=True)}
    assert before
    finish(submit("killed", state["paths"], *options), "killed")
    assert all(os.stat(path).st_mtime_ns == changed for path, changed in before.items())  # what was done is not done again
    assert dossiers("killed") == dossiers("plain")
    files = [sorted(row["file"] for row in rows_of(out, "readings", ["file"])) for out in ("plain", "killed")]
    assert files[0] == files[1] and len(rows_of("killed", "bad", ["file"])) == 1


def test_what_is_read_into_the_same_out_again(_state):
    from pyspark.sql import SparkSession

    from sofar import spark as cluster

    folder, out = at("growing"), at("again")
    page = os.path.join(ROOT, "examples", "01-announced.html")
    os.mkdir(folder)
    for name in (b"b.html", b"c.html", b"odd-\xff.html"):
        shutil.copy(page, os.path.join(os.fsencode(folder), name))
    os.symlink(at("nowhere"), os.path.join(os.fsencode(folder), b"lost-\xfe.html"))
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.extraJavaOptions": JAVA}
    builder = SparkSession.builder.master("local[1]")
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()

    def days(frame):
        return sorted((os.path.basename(row["file"]), row["published_from"] == "given" and row["published"]) for row in frame.collect())

    def parts():
        return len(glob.glob(out + "/manifest/read-*.json"))

    try:
        b, c, odd = [(name, False) for name in ("b.html", "c.html", "odd-\ufffd.html")]
        assert days(cluster.read(spark, folder, out)) == [b, c, odd]
        lost = [row["file"] for row in cluster.bad(spark, out).collect()]
        assert [os.path.basename(name) for name in lost] == ["lost-\ufffd.html"], lost
        # A file more, before the others: it alone is read.
        shutil.copy(os.path.join(ROOT, "examples", "02-casting.html"), os.path.join(folder, "a.html"))
        cluster.read(spark, folder, out)
        files = [os.path.basename(row["file"]) for row in rows_of("again", "readings", ["file"])]
        assert parts() == 2 and sorted(files) == ["a.html", "b.html", "c.html", "odd-\ufffd.html"], files
        cluster.read(spark, folder, out)
        assert parts() == 2
        # Another date, and back: what was read last counts, and once.
        dated = days(cluster.read(spark, folder, out, date="2021-10-15"))
        assert parts() == 3 and dated == [(name, "2021-10-15") for name in ("a.html", "b.html", "c.html", "odd-\ufffd.html")], dated
        assert cluster.bad(spark, out).count() == 1
        assert days(cluster.read(spark, folder, out)) == [("a.html", False), b, c, odd] and parts() == 4
        # Tables are known by their names.
        with open(page, "rb") as f:
            table = spark.createDataFrame([(f.read(), "row")], "data binary, file string")
        try:
            cluster.read(spark, table, out)
            raise AssertionError("a table without a name was read")
        except ValueError as error:
            assert "name" in str(error)
        for name, count in (("one", 5), ("two", 6), ("one", 6)):
            assert cluster.read(spark, table, out, name=name).count() == count, (name, count)
        # Another reader: nothing of the former is left.
        assert days(cluster.read(spark, folder, out, reader={"only": ["page"]})) == [("a.html", False), b, c, odd] and parts() == 1
        assert cluster.bad(spark, out).count() == 1
        # Each bucket is a task, whether or not others are empty.
        count = 7
        asked = cluster._slots(spark, count).where("bucket in (1, 4, 6)").selectExpr("slot", "string(slot) name", "array('') keys")
        held = cluster._rows(cluster.readings(spark, out), asked, count).rdd.glom().collect()
        assert sorted(len({row["slot"] for row in rows}) for rows in held) == [0] * 4 + [1] * 3, held
    finally:
        spark.stop()


def main():
    tests = [(name, call) for name, call in globals().items() if name.startswith("test_")]
    print("1..%d" % len(tests))
    failed = 0
    paths, offset = make_corpus(sys.argv[1])
    state = {"paths": paths, "offset": offset, "single": Single(paths)}
    for number, (name, call) in enumerate(tests, 1):
        begin = time.monotonic()
        try:
            call(state)
            print("ok %d - %s" % (number, name[5:].replace("_", " ")))
        except Exception:
            failed = 1
            print("not ok %d - %s" % (number, name[5:].replace("_", " ")))
            print("# " + re.sub(r"\n", "\n# ", traceback.format_exc()))
        print("# %.0f s" % (time.monotonic() - begin), flush=True)
    state["single"].process.kill()
    shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(failed)


main()
