"""What one page says, as Python objects. They are made out of the record of `sofar read` when they are first asked for."""
from __future__ import annotations

import bisect
import json
from functools import cached_property
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union


class Span(NamedTuple):
    """A half-open stretch of a text: text[begin:end]."""

    begin: int
    end: int


class _Offsets:
    """Bytes of a text's UTF-8 to code points. A text of ASCII alone needs no table."""

    def __init__(self, text: str):
        self.starts: Optional[List[int]] = None
        if not text.isascii():
            self.starts, at = [], 0
            for char in text:
                self.starts.append(at)
                code = ord(char)
                at += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
            self.starts.append(at)

    def span(self, of_bytes: List[int]) -> Span:
        if self.starts is None:
            return Span(*of_bytes)
        return Span(*(bisect.bisect_left(self.starts, at) for at in of_bytes))


class _Part:
    """Something that a page says; .record is its JSON object as in the contract, with spans in bytes."""

    __slots__ = ("_reading", "record")

    def __init__(self, reading: "Reading", record: Dict[str, Any]):
        self._reading = reading
        self.record = record

    def _subject(self, key: Optional[str]) -> Optional["Subject"]:
        return None if key is None else self._reading.subject(key)

    def _words(self, of_bytes: Optional[List[int]]) -> Optional[str]:
        return None if of_bytes is None else self._reading._slice(of_bytes)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._reading is other._reading and self.record is other.record

    def __hash__(self) -> int:
        return hash((id(self._reading), id(self.record)))

    def __repr__(self) -> str:
        return "<%s %r>" % (type(self).__name__, getattr(self, "text", None) or self.record)


class _Spanned(_Part):
    __slots__ = ()

    @property
    def bytes(self) -> Span:
        """Place in the UTF-8 of the reading's text."""
        return Span(*self.record["span"])

    @property
    def span(self) -> Span:
        """Place in the reading's text, in code points: reading.text[begin:end] == self.text."""
        return self._reading._offsets.span(self.record["span"])

    @property
    def text(self) -> str:
        """The words, to the letter."""
        return self._reading._slice(self.record["span"])


class Block(_Spanned):
    """A paragraph, heading, item, caption or quote of the page."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        return self.record["kind"]


class Subject(_Part):
    """Whom or what the page speaks about."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return self.record["id"]

    @property
    def name(self) -> str:
        """The fullest form on the page."""
        return self.record["name"]

    @property
    def type(self) -> str:
        """person, organization, place, work, character, event, product, outlet or other."""
        return self.record["type"]

    @property
    def aliases(self) -> List[str]:
        return list(self.record["aliases"])

    @property
    def mentions(self) -> List["Name"]:
        return [name for name in self._reading.names if name.record["subject"] == self.record["id"]]

    def __repr__(self) -> str:
        return "<Subject %s %r>" % (self.type, self.name)


class Name(_Spanned):
    """A mention of a subject: a name, a handle, a description or a pronoun."""

    __slots__ = ()

    @property
    def subject(self) -> Optional[Subject]:
        return self._subject(self.record["subject"])

    @property
    def form(self) -> str:
        return self.record["form"]


class Time(_Spanned):
    """A time expression; .value is its TIMEX3 value, None where the page leaves it open."""

    __slots__ = ()

    @property
    def type(self) -> str:
        return self.record["type"]

    @property
    def value(self) -> Optional[str]:
        return self.record["value"]


class Quote(_Part):
    """A quotation; its pieces leave the quotation marks out."""

    __slots__ = ()

    @property
    def bytes(self) -> List[Span]:
        return [Span(*span) for span in self.record["spans"]]

    @property
    def spans(self) -> List[Span]:
        """Places of the pieces in the reading's text, in code points."""
        return [self._reading._offsets.span(span) for span in self.record["spans"]]

    @property
    def span(self) -> Span:
        """From the first piece to the last, in code points."""
        spans = self.spans
        return Span(spans[0].begin, spans[-1].end)

    @property
    def pieces(self) -> List[str]:
        return [self._reading._slice(span) for span in self.record["spans"]]

    @property
    def text(self) -> str:
        """The pieces, joined by " ... "."""
        return " ... ".join(self.pieces)

    @property
    def kind(self) -> str:
        """direct, mixed or indirect."""
        return self.record["kind"]

    @property
    def speaker(self) -> Optional[Subject]:
        return self._subject(self.record["speaker"])

    @property
    def speaker_text(self) -> Optional[str]:
        """The words that name the speaker."""
        return self._words(self.record["speaker_span"])

    @property
    def cue(self) -> Optional[str]:
        return self._words(self.record["cue"])

    @property
    def via(self) -> Optional[str]:
        return self.record["via"]

    @property
    def to(self) -> Optional[Subject]:
        return self._subject(self.record["to"])

    @property
    def when(self) -> Optional[str]:
        return self.record["when"]


class Fact(_Part):
    """A typed event or credit, with the words that say it."""

    __slots__ = ()

    @property
    def type(self) -> str:
        return self.record["type"]

    @property
    def roles(self) -> Dict[str, Union[Subject, str]]:
        """By name: a subject of the page, or a plain value as str."""
        return {
            name: value["value"] if isinstance(value, dict) else self._reading.subject(value)
            for name, value in self.record["roles"].items()
        }

    @property
    def when(self) -> Optional[str]:
        """ISO 8601 at the page's precision."""
        return self.record["when"]

    @property
    def status(self) -> str:
        """stated, planned, rumoured or denied."""
        return self.record["status"]

    @property
    def by(self) -> Optional[Subject]:
        """Who says so, where the page attributes it."""
        return self._subject(self.record["by"])

    @property
    def bytes(self) -> List[Span]:
        return [Span(*span) for span in self.record["receipts"]]

    @property
    def spans(self) -> List[Span]:
        """Places of the receipts in the reading's text, in code points."""
        return [self._reading._offsets.span(span) for span in self.record["receipts"]]

    @property
    def receipts(self) -> List[str]:
        """The words that say it, to the letter."""
        return [self._reading._slice(span) for span in self.record["receipts"]]

    @property
    def text(self) -> str:
        return " ... ".join(self.receipts)

    def __repr__(self) -> str:
        roles = ", ".join("%s=%s" % (name, value if isinstance(value, str) else value.name) for name, value in self.roles.items())
        return "<Fact %s(%s) %s %s>" % (self.type, roles, self.when, self.status)


class Reading:
    """What one page says. Made by sofar.read(); never changes.

    All lists are in the order of the page. Places are given in code points of .text (.span) and in bytes of its UTF-8 (.bytes).
    """

    def __init__(self, record: Union[bytes, str, Dict[str, Any]], native: Any = None):
        """record: of `sofar read`, as JSON or as a dict. native: the library's reading, for Store.add()."""
        self._json = record
        self._native = native

    @cached_property
    def _record(self) -> Dict[str, Any]:
        return self._json if isinstance(self._json, dict) else json.loads(self._json)

    def to_dict(self) -> Dict[str, Any]:
        """The record of the contract: lists, dicts, str, int and None; spans in bytes. A fresh one each time."""
        return json.loads(self.to_json())

    def to_json(self) -> str:
        """The line that `sofar read` writes, without its line end."""
        if isinstance(self._json, bytes):
            return self._json.decode("utf-8")
        return self._json if isinstance(self._json, str) else json.dumps(self._json, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def _utf8(self) -> bytes:
        return self.text.encode("utf-8")

    @cached_property
    def _offsets(self) -> _Offsets:
        return _Offsets(self.text)

    def _slice(self, span: List[int]) -> str:
        return self._utf8[span[0] : span[1]].decode("utf-8")

    @property
    def page(self) -> Dict[str, Any]:
        """file, url, outlet, title, byline, published, published_from, updated, lang, sha256."""
        return self._record["page"]

    @property
    def title(self) -> Optional[str]:
        return self.page["title"]

    @property
    def outlet(self) -> Optional[str]:
        return self.page["outlet"]

    @property
    def url(self) -> Optional[str]:
        return self.page["url"]

    @property
    def published(self) -> Optional[str]:
        """ISO 8601 day at the page's precision; None if undated."""
        return self.page["published"]

    @property
    def text(self) -> str:
        """Canonical text: without the title; blocks are separated by one blank line."""
        return self._record["text"]

    @property
    def source_map(self) -> List[Tuple[int, int, int, int]]:
        """Rows (text begin, text end, source begin, source end), in bytes of the text and of the original."""
        return [tuple(row) for row in self._record["source_map"]]

    @cached_property
    def blocks(self) -> List[Block]:
        return [Block(self, record) for record in self._record["blocks"]]

    @cached_property
    def subjects(self) -> List[Subject]:
        return [Subject(self, record) for record in self._record.get("subjects", ())]

    @cached_property
    def _subjects(self) -> Dict[str, Subject]:
        return {subject.id: subject for subject in self.subjects}

    def subject(self, key: str) -> Subject:
        """The subject of that id ("s1"). KeyError if there is none."""
        return self._subjects[key]

    @cached_property
    def names(self) -> List[Name]:
        return [Name(self, record) for record in self._record.get("names", ())]

    @cached_property
    def times(self) -> List[Time]:
        return [Time(self, record) for record in self._record.get("times", ())]

    @cached_property
    def quotes(self) -> List[Quote]:
        return [Quote(self, record) for record in self._record.get("quotes", ())]

    @cached_property
    def facts(self) -> List[Fact]:
        return [Fact(self, record) for record in self._record.get("facts", ())]

    def _repr_html_(self) -> str:
        from ._html import marked

        return marked(self)

    def timeline(self) -> str:
        """The dated facts as an SVG drawing; notebooks show it."""
        from ._html import timeline

        return timeline(self)

    def __repr__(self) -> str:
        return "<Reading %r %s: %d subjects, %d quotes, %d facts>" % (
            self.title or self.page["file"],
            self.published,
            len(self.subjects),
            len(self.quotes),
            len(self.facts),
        )

    def __getstate__(self) -> Dict[str, Any]:  # readings travel between processes as their record
        return {"_json": self._json, "_native": None}
