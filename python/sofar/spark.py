"""sofar on a cluster of Apache Spark: web archives in, readings as Parquet and dossiers out. Needs PySpark: pip install sofar[spark]

    spark-submit .../sofar/spark.py --out OUT [--date DAY] [--as-of DAY] SOURCE...

The engine is Spark; every page is read, every subject joined and every fact merged by the C library, as in one process, and the dossiers
are those of one process, byte for byte. doc/scale.md tells what it costs.

What a job has finished stands in OUT/manifest, a file a part, which is written last. Only what stands there is read, so that what a killed
job left half done counts for nothing, and the same job again does what is missing. One job at a time writes into an OUT.
"""
from __future__ import annotations

import argparse
import functools
import hashlib
import json
import os
import sys
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

if __name__ == "__main__":  # spark-submit puts this folder first, where spacy.py and others are not what their names say
    sys.path[:] = [path for path in sys.path if os.path.realpath(path or ".") != os.path.dirname(os.path.realpath(__file__))]

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from sofar import _cluster, _sofar
from sofar._cluster import CARRIED, READ, STORY, TOLD, schema
from sofar._read import Page

PART_BYTES = 16 << 20  # of files, for a task; packed as they lie
WAVE = 64  # tasks a core, between two lines in the manifest
PAIRS = 20000  # captures a bucket of subjects, about
HEAVY = 10000  # captures that make a subject a bucket of its own
MOST = 100000  # captures of a subject whose dossier is made: each takes up to 90 kB of memory there


# ---- what is done ----


class _Out:
    """The folder of a job, on any file system that Spark writes to."""

    def __init__(self, spark: SparkSession, out: str):
        self.spark, self._path = spark, spark._jvm.org.apache.hadoop.fs.Path
        self._fs = self._path(out).getFileSystem(spark._jsc.hadoopConfiguration())
        self.out = self._fs.makeQualified(self._path(out)).toString()  # the same to all machines

    def at(self, name: str) -> str:
        return "%s/%s" % (self.out, name)

    def drop(self, name: str) -> None:
        self._fs.delete(self._path(self.at(name)), True)

    def note(self, name: str, value: Any) -> None:
        """One line of the manifest, there as a whole or not at all."""
        path, part = self._path(self.at("manifest/%s.json" % name)), self._path(self.at("manifest/.%s.part" % name))
        stream = self._fs.create(part, True)
        stream.write(bytearray(json.dumps(value).encode()))
        stream.close()
        self._fs.delete(path, False)
        if not self._fs.rename(part, path):
            raise OSError("%s cannot be written" % path)

    def notes(self, kind: str) -> Dict[str, Any]:
        """The lines of a kind, by name."""
        if not self._fs.exists(self._path(self.at("manifest"))):
            return {}
        found = self._fs.globStatus(self._path(self.at("manifest/%s-*.json" % kind))) or ()
        return {f.getPath().getName()[: -len(".json")]: self._note(f.getPath()) for f in found}

    def _note(self, path: Any) -> Any:
        stream = self._fs.open(path)
        try:
            return json.loads(self.spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()


def _write(frame: DataFrame, path: str, *by: str) -> None:
    """All or nothing; of a task that runs twice the rows are there once."""
    frame.write.mode("overwrite").partitionBy(*by).option("mapreduce.fileoutputcommitter.algorithm.version", "1").parquet(path)


def _sha(*what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]


# ---- reading ----


def _files(sources: Iterable[str]) -> Iterator[Dict[str, Any]]:
    for source in sources:
        if not os.path.isabs(source):
            raise ValueError("%s: name sources by their whole paths, the same on all machines" % source)
        names, unlisted = _sofar.files(os.fsencode(source))
        if unlisted:
            print("sofar: %s: %d folders in it cannot be listed and are left out" % (source, unlisted), file=sys.stderr)
        for name in names:
            path = os.fsdecode(name)
            try:
                found = os.stat(path)
            except OSError:
                found = None  # the part's task says what is wrong
            size, changed = (found.st_size, int(found.st_mtime)) if found else (0, 0)
            yield {"path": path, "size": size, "id": _sha(path, size, changed), "in_folder": os.path.isdir(source)}


def _cut(spark: SparkSession, out: _Out, files: List[Dict[str, Any]], size: int, max_page: int) -> Dict[str, Any]:
    """Cuts of the large files, by their ids: told by the cluster once and then kept."""
    kept: Dict[str, Any] = {}
    notes = out.notes("cuts")
    for note in notes.values():
        if note["size"] == size:
            kept.update(note["cuts"])
    new = [(f["id"], f["path"]) for f in files if f["size"] > size and f["id"] not in kept]
    if new:
        cut = spark.sparkContext.parallelize(new, len(new)).map(lambda f: (f[0], _cluster.cuts(f[1], size, max_page))).collect()
        kept.update(dict(cut))
        out.note("cuts-%05d" % len(notes), {"size": size, "cuts": dict(cut)})
    return kept


def _pieces(files: List[Dict[str, Any]], cuts: Dict[str, Any]) -> Iterator[Dict[str, Any]]:
    """Parts of files, each known by what it is, whatever else is read beside it."""
    for f in files:
        for name, origin, begin, end in cuts.get(f["id"]) or [[None, 0, 0, (1 << 64) - 1]]:
            part = [f["path"], name, origin, begin, end, f["in_folder"]]
            yield {"id": _sha(f["id"], part[1:]), "part": part, "bytes": max(min(end, f["size"]) - begin, 4096)}


def _splits(pieces: Iterable[Dict[str, Any]], size: int) -> Iterator[List[Dict[str, Any]]]:
    """One for a task: pieces of about `size` bytes."""
    some: List[Dict[str, Any]] = []
    held = 0
    for piece in pieces:
        if some and held + piece["bytes"] > size:
            yield some
            some, held = [], 0
        some.append(piece)
        held += piece["bytes"]
    if some:
        yield some


def _kept(target: _Out, maker: str, options: str) -> List[Dict[str, Any]]:
    """What was read by the same reader, in order. What another one read goes: its readings would stand beside those of this one."""
    kept = []
    for name, note in target.notes("read").items():
        if (note["maker"], note["options"]) == (maker, options):
            kept.append(note)
        else:
            target.drop("manifest/%s.json" % name)
            target.drop("read/part=%05d" % note["part"])
    return sorted(kept, key=lambda note: note["part"])


def _table(frame: DataFrame) -> DataFrame:
    """The columns that a page may have; those of Spark's binaryFile by their names there."""
    names = {"content": "data", "path": "file"}
    known = [F.col(name).alias(names.get(name, name)) for name in frame.columns if names.get(name, name) in Page._fields]
    out = frame.select(*known)
    if "data" not in out.columns:
        raise ValueError("the table has no column of bytes: call it data (or content)")
    return out


def read(
    spark: SparkSession,
    sources: Union[DataFrame, str, Sequence[str]],
    out: str,
    *,
    date: Optional[str] = None,
    part_bytes: int = PART_BYTES,
    wave: Optional[int] = None,
    name: Optional[str] = None,
    reader: Optional[Dict[str, Any]] = None,
) -> DataFrame:
    """Reads pages and keeps their readings in OUT/read; what was read before is not read again. What another version of sofar, model or
    beats, or a reader with other arguments has read into OUT is dropped first.

    Args:
        sources: whole paths of files and folders that all machines see; or a table with a column `data` of bytes and any others of sofar.Page
            (what spark.read.format("binaryFile") gives will do).
        date: publication day of all pages; beats what they say. With another date pages are read again, and of a capture that was read
            with several dates only the readings of the last count.
        part_bytes: how much of files a task reads. Archives are cut where a gzip member begins.
        wave: how many tasks make a part: what a killed job has to do again.
        name: of a table, which is one part and known by it: a table of a name that was read is not read again. Files need none.
        reader: arguments of sofar.Reader, as JSON has them: {"beats": [...], "max_page": ...}; paths that all machines see.

    Returns:
        readings(spark, out)

    Raises:
        ValueError: a table without a name.
    """
    if isinstance(sources, DataFrame) and not name:
        raise ValueError("a table needs a name, by which it is known whether it was read: read(..., name=\"october\")")
    target, options = _Out(spark, out), json.dumps(reader or {}, sort_keys=True)
    local = _cluster._reader(options)
    maker = local._native.maker().decode()
    done = _kept(target, maker, options)
    dated = {piece: note["date"] for note in done for piece in note["pieces"]}
    finished = {piece for piece, day in dated.items() if day == date}
    number = done[-1]["part"] + 1 if done else 0
    turn = done[-1]["turn"] + (done[-1]["date"] != date) if done else 0

    def keep(rows: DataFrame, pieces: List[str]) -> None:
        nonlocal number
        _write(rows, target.at("read/part=%05d" % number), "table", "year")
        note = {"part": number, "turn": turn, "date": date, "maker": maker, "options": options, "pieces": pieces}
        target.note("read-%05d" % number, note)
        number += 1

    if isinstance(sources, DataFrame):
        key = _sha("table", name)
        if key not in finished:
            keep(_table(sources).mapInArrow(functools.partial(_cluster.read_table, options, date), schema(READ)), [key])
        return readings(spark, out)
    files = list(_files([sources] if isinstance(sources, str) else sources))
    cuts = _cut(spark, target, files, part_bytes, local.max_page)
    left = list(_splits((piece for piece in _pieces(files, cuts) if piece["id"] not in finished), part_bytes))
    size = wave or WAVE * spark.sparkContext.defaultParallelism
    for begin in range(0, len(left), size):
        some = left[begin : begin + size]
        rows = spark.sparkContext.parallelize([(json.dumps([piece["part"] for piece in split]),) for split in some], len(some))
        frame = spark.createDataFrame(rows, "split string")
        call = functools.partial(_cluster.read_splits, options, date)
        keep(frame.mapInArrow(call, schema(READ)), [piece["id"] for split in some for piece in split])
    return readings(spark, out)


def _finished(spark: SparkSession, out: str, table: str, *by: str) -> DataFrame:
    """Rows of a table. A turn is what was read with one date, until another came: of rows that have `by` in common, those of the last turn
    that has any."""
    target = _Out(spark, out)
    turns: Dict[int, List[str]] = {}
    for note in target.notes("read").values():
        turns.setdefault(note["turn"], []).append(target.at("read/part=%05d" % note["part"]))
    if not turns:
        return spark.createDataFrame([], schema(READ))
    reader = spark.read.option("basePath", target.at("read")).schema(schema(READ))
    frames = [reader.parquet(*sorted(paths)).where(F.col("table") == table).withColumn("turn", F.lit(turn)) for turn, paths in turns.items()]
    rows = functools.reduce(DataFrame.unionByName, frames)
    if len(turns) > 1:
        last = rows.groupBy(*[F.col(column).alias("last_" + column) for column in by]).agg(F.max("turn").alias("last_turn"))
        same = [F.col(column).eqNullSafe(F.col("last_" + column)) for column in (*by, "turn")]
        rows = rows.join(last, functools.reduce(lambda a, b: a & b, same), "left_semi")
    return rows.drop("turn")


def readings(spark: SparkSession, out: str) -> DataFrame:
    """What was read: id (of the capture), file, url, outlet, title, published, year, subjects, text ..., and `record`, the JSON of
    `sofar read`. A page that came twice is here twice, under one id; a dossier counts it once. Read
    again with another date it is here as it was read last."""
    return _finished(spark, out, "readings", "id").drop("offset", "status", "reason", "table")


def bad(spark: SparkSession, out: str) -> DataFrame:
    """What could not be read: file, offset in it, status, reason."""
    return _finished(spark, out, "bad", "file", "offset").select("file", "offset", "status", "reason")


# ---- dossiers ----


def _subjects(read_: DataFrame) -> DataFrame:
    """The subjects that facts speak of. Of the forms of one capture the one that a store keeps counts: a day given by the user first, then
    the first file, capture, update (src/store/add.c)."""
    known = [F.struct(F.col(c).isNull(), c) for c in ("file", "captured", "updated")]
    form = F.struct(F.col("published_from") != "given", *known)
    rows = read_.groupBy("id").agg(F.min_by("subjects", form).alias("subjects")).select(F.explode("subjects").alias("s"))
    rows = rows.where("s.facts > 0").groupBy("s.name", "s.type").agg(F.sum("s.facts").alias("facts"), F.max("s.renamed").alias("renamed"))
    rows = rows.withColumn("last", F.lower(F.element_at(F.split("name", " "), -1)))
    return rows.repartition("last").mapInArrow(_cluster.told, schema(TOLD))


def _slots(spark: SparkSession, count: int) -> DataFrame:
    """A number for each of `count` buckets, so that Spark's hash of it puts each bucket into a partition of its own."""
    rows = spark.range(64 * count).select("id", F.pmod(F.hash("id"), F.lit(count)).alias("bucket"))
    return rows.groupBy("bucket").agg(F.min("id").alias("slot"))


def _plan(spark: SparkSession, read_: DataFrame, least: int, buckets: Optional[int], heavy: int) -> Tuple[DataFrame, int]:
    """Subjects, each in a bucket: the large ones, of which one task has enough to do, each in its own. Salting does not help them: whether
    two pages say the same, and which copied the other, is told from all pages of the subject together. And how many buckets."""
    told = _subjects(read_).where(F.col("facts") >= least).cache()
    keys = read_.select("id", F.explode("keys").alias("key")).distinct()
    counted = told.join(keys.groupBy("key").agg(F.count("id").alias("pages")), "key", "left").fillna(0, ["pages"]).cache()
    total = counted.agg(F.sum("pages")).first()[0] or 0
    small = buckets or max(2 * spark.sparkContext.defaultParallelism, total // PAIRS)
    large = {row["name"]: small + i for i, row in enumerate(counted.where(F.col("pages") > heavy).orderBy("name").select("name").collect())}
    numbers = spark.createDataFrame(list(large.items()) or [("", -1)], "name string, own long")
    placed = counted.join(F.broadcast(numbers), "name", "left")
    placed = placed.withColumn("bucket", F.coalesce("own", F.pmod(F.xxhash64("name"), F.lit(small))))
    count = small + len(large)
    placed = placed.join(F.broadcast(_slots(spark, count)), "bucket")
    return placed.select("slot", "name", "type", "facts", "pages", F.array("key").alias("keys")), count


def _rows(read_: DataFrame, asked: DataFrame, buckets: int) -> DataFrame:
    """Captures for the buckets that want one of their keys, and behind them the questions; each bucket's together and in order. There are
    as many partitions as the slots were made for, empty ones too: only so has each bucket one of its own."""
    wanted = asked.select("slot", F.explode("keys").alias("key")).distinct()
    keys = read_.select("id", F.explode("keys").alias("key"))
    ids = keys.join(wanted, "key").select("id", "slot").distinct()
    columns = ["id", *CARRIED, "gist", "keys"]
    captures = read_.select(*columns).join(ids, "id").select("slot", F.lit(None).cast("string").alias("name"), *columns)
    questions = asked.select("slot", "name", *[F.col("keys") if c == "keys" else F.lit(None).cast(READ[c][0]).alias(c) for c in columns])
    rows = captures.unionByName(questions).repartition(buckets, "slot")
    return rows.sortWithinPartitions("slot", "name", "id", "file", "captured", "published")


def dossiers(
    spark: SparkSession,
    out: str,
    *,
    as_of: Optional[str] = None,
    least: int = 1,
    buckets: Optional[int] = None,
    heavy: int = HEAVY,
    most: int = MOST,
    parts: int = 1,
) -> DataFrame:
    """Makes the dossiers of all subjects that facts speak of, from what read() kept, into OUT/dossiers.

    Subjects are spread over buckets; a bucket's task is given every capture that can be asked for by their names, puts them into a store
    of its own, and asks it. Where an answer looked for pages by other names too (a film's former name, new names of a person's films), the
    subject goes through another round with those.

    Args:
        as_of: what pages published by then said.
        least: facts that speak of a subject, at least.
        buckets: how many for the subjects of ordinary size; None: by what there is.
        heavy: a subject with more captures has a bucket of its own.
        most: of a subject with more captures no dossier is made, and the side table says so: it would not fit into a worker.
        parts: how many parts the buckets of a round are done in: what a killed job has to do again. Each goes over the readings once.

    Returns:
        A table with name, record (the JSON of `sofar on NAME --json`), and the side table's rows have a reason instead: see columns
        `table` ("dossiers" or "bad").
    """
    target = _Out(spark, out)
    stamp = _sha(sorted(target.notes("read").items()), as_of, least, buckets, heavy, most, parts)
    if [note["stamp"] for note in target.notes("plan").values()] != [stamp]:
        for kind in ("plan", "story"):
            for note in target.notes(kind):
                target.drop("manifest/%s.json" % note)
        target.drop("dossiers")
        read_ = readings(spark, out)
        subjects, count = _plan(spark, read_, least, buckets, heavy)
        _write(subjects, target.at("subjects"))
        # What goes on with this after a kill, with however many cores, has to make the same buckets: their parts are known by numbers.
        target.note("plan-00000", {"stamp": stamp, "buckets": count, "cores": spark.sparkContext.defaultParallelism})
    plan = target.notes("plan")["plan-00000"]
    read_ = readings(spark, out)
    renamings = {row[0] for row in read_.select(F.explode("renamings")).distinct().collect()}
    call = functools.partial(_cluster.story, as_of, renamings)
    done = {note["part"] for note in target.notes("story").values()}
    planned = spark.read.parquet(target.at("subjects"))
    asked, count = planned.where(F.col("pages") <= most).select("slot", "name", "keys"), plan["buckets"]
    part, made = 0, []
    while True:
        slots = sorted(row[0] for row in asked.select("slot").distinct().collect())
        begun = part
        for i in range(min(parts, len(slots))):
            if part not in done:
                some = asked.where(F.col("slot").isin(slots[i::parts]))
                _write(_rows(read_, some, count).mapInArrow(call, schema(STORY)), target.at("dossiers/part=%05d" % part), "table")
                target.note("story-%05d" % part, {"part": part})
            part += 1
        made += [target.at("dossiers/part=%05d" % n) for n in range(begun, part)]
        table = spark.read.option("basePath", target.at("dossiers")).schema(schema(STORY)).parquet(*made[begun - part :]) if part > begun else None
        again = _again(spark, table, plan["cores"]) if table is not None else None
        if again is None:
            break
        asked, count = again
    why = F.format_string("%%d captures may name it, more than %d: raise --most, with memory to match, or ask one store" % most, "pages")
    nothing = F.lit(None).cast("string")
    large = planned.where(F.col("pages") > most).select("name", nothing.alias("record"), why.alias("reason"), F.lit("bad").alias("table"))
    if not made:
        return large
    table = spark.read.option("basePath", target.at("dossiers")).schema(schema(STORY)).parquet(*made)
    return table.where("`table` <> 'again'").select("name", "record", "reason", "table").union(large)


def _again(spark: SparkSession, table: DataFrame, cores: int) -> Optional[Tuple[DataFrame, int]]:
    """The next round's questions and number of buckets; None if all have their answers."""
    again = table.where("`table` = 'again'").select("name", "keys")
    count = again.count()
    if not count:
        return None
    buckets = max(1, min(2 * cores, count))
    placed = again.withColumn("bucket", F.pmod(F.xxhash64("name"), F.lit(buckets)))
    return placed.join(F.broadcast(_slots(spark, buckets)), "bucket").select("slot", "name", "keys"), buckets


# ---- the job ----


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """What spark-submit runs. Exit status: 0; 1 if some records were bad (OUT/read, table=bad)."""
    parser = argparse.ArgumentParser(prog="sofar/spark.py", description="Readings and dossiers of many pages, on a cluster.")
    parser.add_argument("source", nargs="*", help="whole paths of files and folders that all machines see: WARC, WACZ, HTML, feeds")
    parser.add_argument("--out", required=True, help="folder of the job; the same again goes on with it")
    parser.add_argument("--date", help="publication day of all pages")
    parser.add_argument("--as-of", help="dossiers of what was said by this day")
    parser.add_argument("--least", type=int, default=1, help="facts that speak of a subject, at least")
    parser.add_argument("--part-bytes", type=int, default=PART_BYTES, help="of files, a task")
    parser.add_argument("--wave", type=int, help="tasks between two lines in the manifest")
    parser.add_argument("--buckets", type=int, help="of subjects")
    parser.add_argument("--heavy", type=int, default=HEAVY, help="captures that make a subject a bucket of its own")
    parser.add_argument("--most", type=int, default=MOST, help="captures of a subject of which a dossier is made")
    parser.add_argument("--parts", type=int, default=1, help="of a round of dossiers")
    parser.add_argument("--only", choices=["read", "dossiers"], help="half of the job")
    parser.add_argument("--json-lines", action="store_true", help="also the dossiers as JSON lines, in OUT/dossiers.jsonl")
    given = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("sofar").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
    if given.only != "dossiers":
        read(spark, given.source, given.out, date=given.date, part_bytes=given.part_bytes, wave=given.wave)
    faults = bad(spark, given.out).count()
    if given.only != "read":
        table = dossiers(
            spark, given.out, as_of=given.as_of, least=given.least, buckets=given.buckets, heavy=given.heavy, most=given.most, parts=given.parts
        )
        if given.json_lines:
            lines = table.where("`table` = 'dossiers'").select("record")
            lines.write.mode("overwrite").text(given.out.rstrip("/") + "/dossiers.jsonl")
        faults += table.where("`table` = 'bad'").count()
    if faults:
        print("sofar: %d records could not be used; the tables `bad` in %s tell which and why" % (faults, given.out), file=sys.stderr)
    spark.stop()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
