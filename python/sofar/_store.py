"""The store: readings in, dossiers out."""
from __future__ import annotations

import datetime
import json
import os
import threading
import time
from typing import Any, BinaryIO, Callable, Dict, Iterable, List, Optional, Tuple, Union

from . import _sofar
from ._errors import Error
from ._read import Page, Path, Reader, _day, _utf8, default_reader
from ._reading import Reading

Day = Union[None, str, datetime.date]
_BATCH = 32  # pages a transaction


class Store:
    """A store of readings: an SQLite file, or a PostgreSQL database ("postgresql://user@host/database").

    Safe from many threads, which take turns. A forked process opens its own: using its parent's is a RuntimeError.

    Args:
        where: path or URL. A store that is not there is made, unless read_only.
        read_only: nothing is written.
        reader: reads what add() is given as paths; the one of sofar.read() if None.

    Raises:
        Error: the store cannot be opened.
    """

    def __init__(self, where: Path, *, read_only: bool = False, reader: Optional[Reader] = None):
        self._native = _sofar.Store(os.fsencode(where), not read_only)
        self._reader = reader
        self._turn = threading.Lock()
        self._process = os.getpid()
        self._as_of: Optional[str] = None

    def _check(self) -> Any:
        if os.getpid() != self._process:
            raise RuntimeError("this store was opened by another process, before a fork; open it again here")
        return self._native

    def add(
        self,
        what: Union[Reading, Page, Path, Iterable[Union[Reading, Page, Path]]],
        *,
        date: Day = None,
        on_error: Optional[Callable[[Error], None]] = None,
    ) -> int:
        """Adds readings, or pages and files that it reads first. All that one call is given is in the store when it returns.

        Args:
            what: one or many of: a Reading (of this process), a Page, the path of a file or folder.
            date: publication day of the pages that are read; beats what they say.
            on_error: called with each page that cannot be read; without it the first is raised, and what came before is kept.

        Returns:
            How many of them the store did not know.
        """
        items = [what] if isinstance(what, (Reading, Page, str, os.PathLike)) else what
        reader, added, pages = self._reader or default_reader(), 0, 0
        with self._turn:
            native = self._check()
            native.begin()
            began = time.monotonic()
            try:
                for item in items:
                    readings = [item] if isinstance(item, Reading) else reader.read_many([item], date=date, on_error=on_error)
                    for reading in readings:
                        if reading._native is None:
                            raise TypeError("a reading that was made from a record, or came from another process, has no page to keep")
                        added += native.add(reading._native)
                        pages += 1
                        if pages == _BATCH or time.monotonic() - began > 1:  # kept short: others may be writing
                            native.commit()
                            native.begin()
                            pages, began = 0, time.monotonic()
            finally:
                native.commit()
        return added

    def _ask(self, kind: str, subject: Optional[str], form: str = "json", since: Day = None, until: Day = None, most: int = 50, **by: Optional[str]) -> Any:
        if not isinstance(subject, str) and (subject is not None or kind not in ("quotes", "audit")):
            raise TypeError("subject must be a str")
        with self._turn:
            answer = self._check().ask(
                kind,
                form,
                _utf8(subject, "subject"),
                _utf8(by.get("speaker"), "speaker"),
                _utf8(by.get("about"), "about"),
                _utf8(_day(since), "since"),
                _utf8(_day(until) or self._as_of, "until"),
                most,
            )
        if answer is None:
            raise KeyError(subject)
        return json.loads(answer) if form == "json" else answer.decode("utf-8")

    def subjects(self) -> List[Tuple[str, str, int]]:
        """Whom and what facts speak of: name, type, and how many claims of pages. In order of their names."""
        with self._turn:
            found = self._check().subjects()
        return [(name.decode("utf-8"), kind, facts) for name, kind, facts in found if name.strip()]

    def on(self, subject: str, *, as_of: Day = None) -> Dict[str, Any]:
        """The dossier, as `sofar on SUBJECT --json` writes it. KeyError: no page names the subject."""
        return self._ask("on", subject, until=as_of)

    def timeline(self, subject: str, *, as_of: Day = None) -> Any:
        """As `sofar timeline SUBJECT --json`."""
        return self._ask("timeline", subject, until=as_of)

    def cast(self, subject: str, *, as_of: Day = None) -> Any:
        """As `sofar cast SUBJECT --json`."""
        return self._ask("cast", subject, until=as_of)

    def sources(self, subject: str, *, as_of: Day = None) -> Any:
        """As `sofar sources SUBJECT --json`."""
        return self._ask("sources", subject, until=as_of)

    def diff(self, subject: str, since: Day, until: Day = None) -> Any:
        """What was learned between two days, as `sofar diff SUBJECT --from --to --json`."""
        return self._ask("diff", subject, since=since, until=until)

    def quotes(
        self, subject: Optional[str] = None, *, speaker: Optional[str] = None, about: Optional[str] = None, since: Day = None, until: Day = None
    ) -> Any:
        """Who said what, as `sofar quotes --json`; all that is given must hold."""
        return self._ask("quotes", subject, since=since, until=until, speaker=speaker, about=about)

    def audit(self, subject: Optional[str] = None, *, since: Day = None, until: Day = None) -> Any:
        """Who is quoted, as `sofar quotes --sources --json`."""
        return self._ask("audit", subject, since=since, until=until)

    def search(self, words: str, *, as_of: Day = None, limit: int = 50) -> Dict[str, Any]:
        """Passages of pages that hold the words, as `sofar search --json`; "in quotation marks" as they follow each other.
        Nothing to look for is an Error."""
        return self._ask("search", words, until=as_of, most=limit)

    def export(
        self, format: str, subject: Optional[str] = None, *, table: str = "", as_of: Day = None, to: Optional[BinaryIO] = None
    ) -> Optional[str]:
        """Dossiers for other programs, as `sofar export FORMAT SUBJECT`, or `--all` without a subject.

        Args:
            format: "jsonl", "csv", "jsonld" and the others of doc/export.md.
            table: of csv, which has several.
            to: a file, opened for bytes, that gets one dossier after the other; None: the whole is returned.

        Raises:
            KeyError: no page names the subject.
            ValueError: there is no such format or table.
        """
        pieces: List[bytes] = []
        names = [name for name, _, _ in self.subjects()] if subject is None else [subject]
        with self._turn:
            told = self._check().export(
                format,
                table,
                (subject or "sofar").encode("utf-8", "replace"),
                [name.encode("utf-8", "replace") for name in names],
                _utf8(_day(as_of) or self._as_of, "as_of"),
                pieces.append if to is None else to.write,
            )
        if subject is not None and not told:
            raise KeyError(subject)
        return b"".join(pieces).decode("utf-8") if to is None else None

    def csv(self, kind: str, subject: Optional[str] = None, *, since: Day = None, until: Day = None) -> str:
        """The CSV twin of timeline, cast, sources, quotes or audit."""
        return self._ask(kind, subject, "csv", since=since, until=until)

    def as_of(self, date: Day) -> "Store":
        """The same store as it was known on a day: the answers of what it returns use no later page."""
        day = _day(date)
        if not isinstance(day, str):
            raise TypeError("as_of() takes a day")
        view = object.__new__(Store)
        view.__dict__.update(self.__dict__, _as_of=day)
        return view

    def close(self) -> None:
        """Closes the store, and with it the views of as_of(); again does nothing."""
        with self._turn:
            if os.getpid() == self._process:
                self._native.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
