"""What a worker of a cluster does: iterators of Arrow batches in, iterators of Arrow batches out. Nothing of the cluster's engine is in
here; sofar.spark hands these functions to Spark. Each is a pure function of what it is given, so that a task which is run again, or
twice at a time, gives the same rows."""
from __future__ import annotations

import functools
import json
import os
import re
import shutil
import tempfile
from typing import Any, Dict, Iterable, Iterator, List, Optional, Set, Tuple

import pyarrow as pa

from . import _sofar
from ._errors import Error
from ._read import Page, Reader

# A column of Spark's and its Arrow type. `table` tells the readings from the bad records; the last three are the latter's alone.
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_SUBJECT = pa.struct([("name", _TEXT), ("type", _TEXT), ("facts", pa.int32()), ("renamed", pa.bool_())])
CARRIED = ("file", "url", "outlet", "title", "published", "published_from", "updated", "lang", "sha256", "text", "captured")
READ: Dict[str, Tuple[str, Any]] = {
    "id": ("string", _TEXT),
    **{name: ("string", _TEXT) for name in CARRIED},
    "subjects": ("array<struct<name:string,type:string,facts:int,renamed:boolean>>", pa.list_(_SUBJECT)),
    "record": ("string", _TEXT),
    "gist": ("binary", pa.binary()),
    "keys": ("array<string>", _TEXTS),
    "renamings": ("array<string>", _TEXTS),
    "offset": ("bigint", pa.int64()),
    "status": ("string", _TEXT),
    "reason": ("string", _TEXT),
    "table": ("string", _TEXT),
    "year": ("string", _TEXT),
}
TOLD: Dict[str, Tuple[str, Any]] = {"name": ("string", _TEXT), "type": ("string", _TEXT), "facts": ("bigint", pa.int64()), "key": ("string", _TEXT)}
STORY: Dict[str, Tuple[str, Any]] = {
    "name": ("string", _TEXT),
    "record": ("string", _TEXT),
    "keys": ("array<string>", _TEXTS),
    "reason": ("string", _TEXT),
    "table": ("string", _TEXT),
}
_ROWS, _BYTES = 256, 8 << 20  # of a batch


def schema(columns: Dict[str, Tuple[str, Any]]) -> str:
    """For Spark."""
    return ", ".join("`%s` %s" % (name, kind) for name, (kind, _) in columns.items())


def _batches(rows: Iterable[Dict[str, Any]], columns: Dict[str, Tuple[str, Any]]) -> Iterator[pa.RecordBatch]:
    def make() -> pa.RecordBatch:
        arrays = [pa.array([row.get(name) for row in held], type=kind) for name, (_, kind) in columns.items()]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema([(name, kind) for name, (_, kind) in columns.items()]))

    held: List[Dict[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row.get("record") or "") * 2
        if len(held) == _ROWS or size >= _BYTES:
            yield make()
            held, size = [], 0
    if held:
        yield make()


@functools.lru_cache(maxsize=1)
def _reader(options: str) -> Reader:
    """Of this process: a worker that is used again has it already."""
    return Reader(**json.loads(options))


# ---- which parts of files ----


def cuts(path: str, size: int, max_page: int) -> List[List[Any]]:
    """Where a large file can be cut: rows [name, origin, begin, end] for Source, which together give its pages.

    The file is gone through by the reader of web archives itself, and cut where it begins a record that lies at the beginning of a gzip
    member (or, unpacked, anywhere), `size` bytes of it or more apart. What is no archive is one part, and so is what cannot be opened: the
    task that reads it says why.
    """
    whole = [[None, 0, 0, _END]]
    try:
        native = _sofar.Source(os.fsencode(path), None, max_page)
    except (Error, MemoryError):
        return whole
    begins: Dict[str, List[int]] = {}
    while True:
        try:
            page = native.next()
        except Error:
            continue  # it is met again when the part is read
        if page is None:
            break
        name, _, offset = (page[1] or b"").decode("utf-8", "surrogateescape").rpartition("@")
        if not offset.isdigit() or not (name == path or name.startswith(path + "/archive/")):
            continue
        begin = begins.setdefault(name, [0])
        if int(offset) >= begin[-1] + size:
            begin.append(int(offset))
    native.close()
    archives = {path: (0, _END)} if set(begins) <= {path} else _archives(path)
    if not begins or not set(begins) <= set(archives):
        return whole
    parts = []
    for name, (origin, length) in sorted(archives.items()):
        begin = begins.get(name, [0])
        parts += [[name, origin, a, b] for a, b in zip(begin, [*begin[1:], length])]
    return parts


_END = (1 << 64) - 1


def _archives(path: str) -> Dict[str, Tuple[int, int]]:
    """Where in a WACZ its archives begin, and how long they are, if all of them lie in it unpacked; else nothing."""
    import zipfile

    out = {}
    try:
        with zipfile.ZipFile(path) as archive, open(path, "rb") as raw:
            for entry in archive.infolist():
                if not entry.filename.startswith("archive/") or not entry.filename.endswith((".warc", ".warc.gz")):
                    continue
                raw.seek(entry.header_offset + 26)
                lengths = raw.read(4)
                if entry.compress_type != zipfile.ZIP_STORED or len(lengths) < 4:
                    return {}
                begin = entry.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
                out["%s/%s" % (path, entry.filename)] = (begin, entry.file_size)
    except (zipfile.BadZipFile, OSError, EOFError):
        return {}
    return out


# ---- reading ----


def _utf8(words: str) -> str:
    return words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bad(error: Exception, file: Optional[str]) -> Dict[str, Any]:
    """A row of the side table. A record of an archive is named FILE@OFFSET at the head of the message. A file's name may be no UTF-8."""
    words = _utf8(str(error) or "out of memory")
    file = None if file is None else _utf8(file)
    named = re.match(r"(?s)(.*?)@(\d+)(?:\+\d+)?: ", words)
    if named and (file is None or named.group(1).startswith(file)):
        file, offset = named.group(1), int(named.group(2))
    else:
        offset = getattr(error, "offset", 0)
    return {"table": "bad", "file": file, "offset": offset, "status": getattr(error, "status", "memory"), "reason": words}


def _subjects(record: Dict[str, Any]) -> List[Dict[str, Any]]:
    """The page's subjects, and in how many of its facts each plays a part; those of one name and type are one."""
    subjects = {s["id"]: (s["name"], s["type"]) for s in record.get("subjects", ())}
    facts: Dict[Tuple[str, str], int] = {key: 0 for key in subjects.values()}
    renamed: Set[Tuple[str, str]] = set()
    for fact in record.get("facts", ()):
        for key in {subjects[role] for role in fact["roles"].values() if isinstance(role, str)}:
            facts[key] += 1
            if fact["type"] == "renamed":
                renamed.add(key)
    return [{"name": name, "type": kind, "facts": count, "renamed": (name, kind) in renamed} for (name, kind), count in facts.items()]


def _renamings(record: Dict[str, Any]) -> List[str]:
    """Keys by which a page is found that says that a work was renamed."""
    names = {s["id"]: s["name"] for s in record.get("subjects", ())}
    out = set()
    for fact in record.get("facts", ()):
        if fact["type"] == "renamed" and fact["status"] == "stated":
            for role in fact["roles"].values():
                key = _sofar.key((names[role] if isinstance(role, str) else role["value"]).encode("utf-8"), True)
                out.add(key.decode() if key else "")
    return sorted(out - {""})


def key_of(name: str) -> str:
    """By which pages with that name are found; a name without a letter or digit stands for itself."""
    key = _sofar.key(name.encode("utf-8"), False)
    return key.decode() if key else "=" + name


def _row(native: Any) -> Dict[str, Any]:
    carried = native.carried()
    row: Dict[str, Any] = {name: None if part is None else part.decode("utf-8") for name, part in zip(CARRIED, carried)}
    identity, gist, keys = carried[len(CARRIED) :]
    words = native.record()
    record = json.loads(words)
    subjects = _subjects(record)
    odd = [key for key in {key_of(s["name"]) for s in subjects if s["facts"]} if key.startswith("=")]
    row.update(
        table="readings",
        year=row["published"][:4] if row["published"] else None,
        id=identity.hex(),
        subjects=subjects,
        record=words.decode("utf-8"),
        gist=gist,
        keys=keys.decode().split() + sorted(odd),
        renamings=_renamings(record),
    )
    return row


def _read_source(reader: Reader, file: Optional[str], native: Any, date: Optional[str]) -> Iterator[Dict[str, Any]]:
    try:
        while True:
            page = None
            try:
                page = native.next()
                if page is None:
                    return
                if date:
                    page = page[:5] + (date.encode(),) + page[6:]
                row = _row(reader._native.read(page))
            except (Error, MemoryError) as error:
                yield _bad(error, file if page is None or page[1] is None else page[1].decode("utf-8", "replace"))
                continue
            yield row
    finally:
        native.close()


def _read_parts(reader: Reader, parts: List[List[Any]], date: Optional[str]) -> Iterator[Dict[str, Any]]:
    for path, name, origin, begin, end, in_folder in parts:
        try:
            part = (None if name is None else os.fsencode(name), origin, begin, end, in_folder)
            native = _sofar.Source(os.fsencode(path), None, reader.max_page, part)
        except (Error, MemoryError) as error:
            yield _bad(error, path)
            continue
        yield from _read_source(reader, path, native, date)


def read_splits(options: str, date: Optional[str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows with a column `split`, JSON: a list of parts of files, [path, name, origin, begin, end, in_folder]."""
    reader = _reader(options)
    splits = (json.loads(split) for batch in batches for split in batch.column(0).to_pylist())
    return _batches((row for parts in splits for row in _read_parts(reader, parts, date)), READ)


def read_table(options: str, date: Optional[str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows with a column `data` (bytes) and any others of sofar.Page."""
    reader = _reader(options)

    def rows() -> Iterator[Dict[str, Any]]:
        for batch in batches:
            for given in batch.to_pylist():
                data = given.pop("data")
                if data is None:
                    yield _bad(Error("the row has no bytes", "usage"), given.get("file"))
                    continue
                page = Page(data, **given)
                native = _sofar.Source(None, page._native(), reader.max_page)
                yield from _read_source(reader, page.file, _Said(native, page), date)

    return _batches(rows(), READ)


class _Said:
    """A source over bytes, whose one page is what the table says of it where the bytes are silent."""

    def __init__(self, native: Any, said: Page):
        self.native, self.said, self.close = native, said._native(), native.close

    def next(self) -> Any:
        page = self.native.next()
        if page is None or page[1] != self.said[1]:  # the end, or one of many
            return page
        return tuple(found if found is not None else said for found, said in zip(page, self.said))


# ---- subjects ----


def told(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows name, type, facts, renamed: all whose names end with the same word. Gives the subjects that dossiers are made of."""
    rows = [
        (row["name"].encode("utf-8"), row["type"], row["facts"], row["renamed"])
        for batch in batches
        for row in batch.select(["name", "type", "facts", "renamed"]).to_pylist()
    ]
    subjects = ((name.decode("utf-8"), kind, facts) for name, kind, facts in _sofar.subjects_of(rows))
    return _batches(({"name": name, "type": kind, "facts": facts, "key": key_of(name)} for name, kind, facts in subjects if name.strip()), TOLD)


# ---- dossiers ----

_ADDED = 500  # captures a transaction


class _Bucket:
    """A store of the captures that some subjects need, in a file of this worker's; then the subjects' dossiers out of it.

    The file takes what memory would not: a subject of a million receipts streams into it batch by batch.
    """

    def __init__(self) -> None:
        local = (os.environ.get("SPARK_LOCAL_DIRS") or "").split(",")[0]
        self.folder = tempfile.mkdtemp(prefix="sofar-", dir=local if os.path.isdir(local) else None)
        self.store = _sofar.Store(os.fsencode(os.path.join(self.folder, "bucket.db")), True)
        self.waiting = 0
        self.questions: List[Tuple[str, List[str]]] = []
        self.faults: List[Dict[str, Any]] = []

    def add(self, row: Dict[str, Any]) -> None:
        if not self.waiting:
            self.store.begin()
        keys = [key for key in row["keys"] if not key.startswith("=")]
        bare = len(keys) == len(row["keys"])  # a name without a key is looked for among the rows
        try:
            carried = [None if row[name] is None else row[name].encode("utf-8") for name in CARRIED]
            self.store.add_carried((*carried, bytes.fromhex(row["id"]), row["gist"], " ".join(keys).encode()), bare)
        except (Error, ValueError, MemoryError) as error:
            if getattr(error, "status", "format") != "format":
                raise
            self.faults.append({"table": "bad", "name": row["file"], "reason": str(error) or "out of memory"})
        self.waiting += 1
        if self.waiting == _ADDED:
            self.settle()

    def settle(self) -> None:
        if self.waiting:
            self.store.commit()
            self.waiting = 0

    def answers(self, as_of: Optional[str], renamings: Set[str]) -> Iterator[Dict[str, Any]]:
        self.settle()
        yield from self.faults
        provided = {key for _, keys in self.questions for key in keys}
        self.store.heard()
        for name, keys in self.questions:
            try:
                answer = self.store.ask("on", "json", name.encode("utf-8"), None, None, None, as_of.encode() if as_of else None)
                heard = self.store.heard().decode()
            except (Error, MemoryError) as error:
                self._forget()
                yield {"table": "bad", "name": name, "reason": str(error) or "out of memory"}
                continue
            wants = {heard[i + 1 : i + 9] for i in range(0, len(heard), 9) if heard[i] == "n" or heard[i + 1 : i + 9] in renamings} - provided
            if wants:  # pages of another bucket have a say in it
                yield {"table": "again", "name": name, "keys": sorted(wants.union(keys))}
            elif answer is not None:
                yield {"table": "dossiers", "name": name, "record": answer.decode("utf-8")}

    def _forget(self) -> None:
        """What a question that failed looked for is no want of the next one."""
        try:
            self.store.heard()
        except MemoryError:  # it is forgotten all the same
            pass

    def close(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def story(as_of: Optional[str], renamings: Set[str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows in order of `slot`: first captures (columns CARRIED, id, gist, keys), then questions, which have a `name` and in `keys` those
    whose captures are all there. Gives dossiers, and questions that need more captures (table "again")."""

    def rows() -> Iterator[Dict[str, Any]]:
        bucket, slot = None, None
        try:
            for batch in batches:
                for row in batch.to_pylist():
                    if bucket is None or row["slot"] != slot:
                        if bucket is not None:
                            yield from bucket.answers(as_of, renamings)
                            bucket.close()
                        bucket, slot = _Bucket(), row["slot"]
                    if row["name"] is None:
                        bucket.add(row)
                    else:
                        bucket.questions.append((row["name"], row["keys"]))
            if bucket is not None:
                yield from bucket.answers(as_of, renamings)
        finally:
            if bucket is not None:
                bucket.close()

    return _batches(rows(), STORY)
