"""Readings as Arrow tables and pandas frames. Needs pyarrow (and pandas): pip install sofar[tables]

One table a kind; `page` is the number of the reading in what was given, `id` of a subject is its place on its page. Spans are in code
points of the text, as everywhere in Python.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, List

from ._reading import Reading

if TYPE_CHECKING:
    import pandas
    import pyarrow

KINDS = ("pages", "subjects", "names", "times", "quotes", "facts", "roles")


def _schemas() -> Dict[str, "pyarrow.Schema"]:
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    span = [("begin", number), ("end", number)]
    columns: Dict[str, List[Any]] = {
        "pages": [("page", number), ("file", text), ("url", text), ("outlet", text), ("title", text), ("byline", pa.list_(text)),
                  ("published", text), ("published_from", text), ("updated", text), ("lang", text), ("sha256", text), ("text", text)],
        "subjects": [("page", number), ("id", text), ("name", text), ("type", text), ("aliases", pa.list_(text))],
        "names": [("page", number), *span, ("text", text), ("subject", text), ("form", text)],
        "times": [("page", number), *span, ("text", text), ("type", text), ("value", text)],
        "quotes": [("page", number), *span, ("text", text), ("kind", text), ("speaker", text), ("speaker_name", text),
                   ("speaker_text", text), ("cue", text), ("via", text), ("to", text), ("when", text)],
        "facts": [("page", number), ("fact", number), ("type", text), ("when", text), ("status", text), ("by", text), ("by_name", text),
                  *span, ("text", text)],
        "roles": [("page", number), ("fact", number), ("role", text), ("subject", text), ("value", text)],
    }  # fmt: skip
    return {kind: pa.schema(columns[kind]) for kind in KINDS}


def _key(subject: Any) -> Any:
    return subject.id if subject else None


def _name(subject: Any) -> Any:
    return subject.name if subject else None


def _rows(number: int, reading: Reading) -> Dict[str, List[Dict[str, Any]]]:
    rows: Dict[str, List[Dict[str, Any]]] = {kind: [] for kind in KINDS}
    page = {key: value for key, value in reading.page.items() if key != "notes"}
    rows["pages"].append({"page": number, "text": reading.text, **page})
    for subject in reading.subjects:
        rows["subjects"].append({"page": number, "id": subject.id, "name": subject.name, "type": subject.type, "aliases": subject.aliases})
    for name in reading.names:
        rows["names"].append({"page": number, "begin": name.span.begin, "end": name.span.end, "text": name.text,
                              "subject": name.record["subject"], "form": name.form})  # fmt: skip
    for time in reading.times:
        rows["times"].append({"page": number, "begin": time.span.begin, "end": time.span.end, "text": time.text, "type": time.type,
                              "value": time.value})  # fmt: skip
    for quote in reading.quotes:
        rows["quotes"].append({"page": number, "begin": quote.span.begin, "end": quote.span.end, "text": quote.text, "kind": quote.kind,
                               "speaker": _key(quote.speaker), "speaker_name": _name(quote.speaker), "speaker_text": quote.speaker_text,
                               "cue": quote.cue, "via": quote.via, "to": _key(quote.to), "when": quote.when})  # fmt: skip
    for i, fact in enumerate(reading.facts):
        spans = fact.spans
        rows["facts"].append({"page": number, "fact": i, "type": fact.type, "when": fact.when, "status": fact.status, "by": _key(fact.by),
                              "by_name": _name(fact.by), "begin": spans[0].begin if spans else None,
                              "end": spans[-1].end if spans else None, "text": fact.text})  # fmt: skip
        for role, value in fact.roles.items():
            plain = isinstance(value, str)
            rows["roles"].append({"page": number, "fact": i, "role": role, "subject": None if plain else value.id,
                                  "value": value if plain else value.name})  # fmt: skip
    return rows


def to_arrow(readings: Iterable[Reading]) -> Dict[str, "pyarrow.Table"]:
    """Tables by kind: pages, subjects, names, times, quotes, facts, roles. Empty readings give empty tables with their columns."""
    import pyarrow as pa

    schemas = _schemas()
    rows: Dict[str, List[Dict[str, Any]]] = {kind: [] for kind in KINDS}
    for number, reading in enumerate([readings] if isinstance(readings, Reading) else readings):
        for kind, more in _rows(number, reading).items():
            rows[kind].extend(more)
    return {kind: pa.Table.from_pylist(rows[kind], schema=schemas[kind]) for kind in KINDS}


def to_pandas(readings: Iterable[Reading]) -> Dict[str, "pandas.DataFrame"]:
    """The tables of to_arrow() as frames."""
    return {kind: table.to_pandas() for kind, table in to_arrow(readings).items()}


def to_parquet(readings: Iterable[Reading], folder: Any) -> Dict[str, str]:
    """Writes folder/KIND.parquet for each kind; returns their paths. Memory is that of a batch of 1,000 pages."""
    import os

    import pyarrow as pa
    import pyarrow.parquet as pq

    os.makedirs(folder, exist_ok=True)
    schemas = _schemas()
    paths = {kind: os.path.join(folder, kind + ".parquet") for kind in KINDS}
    writers = {kind: pq.ParquetWriter(paths[kind] + ".part", schemas[kind]) for kind in KINDS}
    rows: Dict[str, List[Dict[str, Any]]] = {kind: [] for kind in KINDS}

    def flush() -> None:
        for kind in KINDS:
            writers[kind].write_table(pa.Table.from_pylist(rows[kind], schema=schemas[kind]))
            rows[kind].clear()

    try:
        for number, reading in enumerate([readings] if isinstance(readings, Reading) else readings):
            for kind, more in _rows(number, reading).items():
                rows[kind].extend(more)
            if number % 1000 == 999:
                flush()
        flush()
    finally:
        for writer in writers.values():
            writer.close()
    for path in paths.values():  # an old export stays whole until the new one is
        os.replace(path + ".part", path)
    return paths
