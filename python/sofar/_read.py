"""Pages in, readings out."""
from __future__ import annotations

import datetime
import functools
import os
import threading
from typing import Any, Callable, Iterable, Iterator, List, NamedTuple, Optional, Tuple, Union

from . import _sofar
from ._errors import Error
from ._reading import Reading

_STAGES = {"page": 1, "time": 2, "who": 4, "quote": 8, "fact": 16, "model": 32}
Path = Union[str, "os.PathLike[str]"]


class Page(NamedTuple):
    """A document to read, with what is known of it. Only `data` is needed."""

    data: bytes
    file: Optional[str] = None  # its name, for messages
    url: Optional[str] = None  # where it was captured
    content_type: Optional[str] = None  # as HTTP gave it
    captured: Optional[str] = None  # when, ISO 8601
    date: Optional[str] = None  # publication day; beats what the page says
    # What a container (feed, archive) says of the page: used where the page itself is silent.
    title: Optional[str] = None
    byline: Optional[str] = None
    outlet: Optional[str] = None
    published: Optional[str] = None
    updated: Optional[str] = None

    def _native(self) -> Tuple[Optional[bytes], ...]:
        return tuple(_utf8(part, name) for name, part in zip(self._fields, self))

    @classmethod
    def _of(cls, native: Tuple[Optional[bytes], ...]) -> "Page":
        return cls(native[0] or b"", *(None if part is None else part.decode("utf-8", "replace") for part in native[1:]))


def _utf8(value: Any, what: str) -> Optional[bytes]:
    if what == "data":
        if not isinstance(value, (bytes, bytearray, memoryview)):
            raise TypeError("data must be bytes, not %s" % type(value).__name__)
        return bytes(value)
    if value is None or isinstance(value, str):
        return None if value is None else value.encode("utf-8", "replace")
    raise TypeError("%s must be str or None, not %s" % (what, type(value).__name__))


def _day(date: Union[None, str, datetime.date]) -> Optional[str]:
    return date.isoformat()[:10] if isinstance(date, datetime.date) else date


def _model() -> Optional[bytes]:
    """The model that came with the package; None (the library looks for it) in a tree that was not installed."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sofar.model")
    return os.fsencode(os.environ.get("SOFAR_MODEL") or (path if os.path.exists(path) else "")) or None


def _cache() -> Optional[bytes]:
    """Where the command keeps what the model said of the beats' examples."""
    own = os.environ.get("SOFAR_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    path = own if own is not None else os.path.join(base, "sofar")
    return os.fsencode(path) if os.path.isabs(path) or own else None


class Reader:
    """Reads pages. Made once (the model is opened, the beats are compiled), then shared by any number of threads.

    Args:
        model: file of the language model; the one of the package if None.
        beats: beat files (*.beat) to read besides the standard ones.
        only: stages to stop after, of "page", "time", "who", "quote", "fact"; all if None.
        max_page: refuse longer pages; bytes.
        cache: folder that keeps the compiled beats; "" keeps nothing; None: as the command does.

    Raises:
        Error: the model or a beat cannot be used.
    """

    def __init__(
        self,
        *,
        model: Optional[Path] = None,
        beats: Iterable[Path] = (),
        only: Optional[Iterable[str]] = None,
        max_page: int = 16 << 20,
        cache: Optional[Path] = None,
    ):
        stages = 0
        for name in [only] if isinstance(only, str) else only or ():
            if name not in _STAGES:
                raise ValueError("only: %r is no stage; the stages are %s" % (name, ", ".join(_STAGES)))
            stages |= _STAGES[name]
        if not 0 < max_page < 4 << 30:
            raise ValueError("max_page must be above 0 and below 4 GB")
        files = []
        for path in beats:
            with open(path, "rb") as f:
                files.append((os.fsencode(os.path.basename(path)), f.read()))
        self.max_page = max_page
        self._native = _sofar.Reader(
            _model() if model is None else os.fsencode(model),
            stages,
            max_page,
            _cache() if cache is None else os.fsencode(cache) or None,
            files,
        )

    def read_page(self, page: Page) -> Reading:
        """Reads one document, HTML or plain text. Raises Error (status "limit" for too long a page)."""
        native = self._native.read(page._native())
        return Reading(native.record(), native)

    def read(
        self,
        source: Union[bytes, bytearray, memoryview, Path, None] = None,
        *,
        url: Optional[str] = None,
        date: Union[None, str, datetime.date] = None,
        file: Optional[str] = None,
        content_type: Optional[str] = None,
    ) -> Reading:
        """Reads one page.

        Args:
            source: the page's bytes, or the path of its file. None: it is fetched from `url`.
            url: where it was captured.
            date: its publication day; beats what the page says.
            file: its name, for messages; the path if source is one.
            content_type: as HTTP gave it.

        Raises:
            Error: the file cannot be read, the page cannot be had, or is too long.
            ValueError: the file holds no page, or several (use read_many).
            TypeError: source is neither bytes nor a path.
        """
        pages = self._pages(source, url, file, content_type, iterate_errors=False)
        first = next(pages, None)
        if first is None:
            raise ValueError("%s holds no page" % (source if isinstance(source, (str, os.PathLike)) else "source"))
        if next(pages, None) is not None:
            raise ValueError("the source holds several pages; read_many() reads them all")
        return self.read_page(first._replace(date=_day(date)) if date else first)

    def read_many(
        self,
        sources: Union[Path, Iterable[Union[Path, Page]]],
        *,
        date: Union[None, str, datetime.date] = None,
        on_error: Optional[Callable[[Error], None]] = None,
    ) -> Iterator[Reading]:
        """Reads the pages of files, one after the other: HTML, plain text, WARC, WACZ, MHTML, feeds, folders.

        on_error is called with each page or record that cannot be read, and reading goes on behind it; without it the first is raised.
        """
        for source in [sources] if isinstance(sources, (str, os.PathLike)) else sources:
            pages = iter([source]) if isinstance(source, Page) else self.pages(source, on_error=on_error)
            for page in pages:
                try:
                    yield self.read_page(page._replace(date=_day(date)) if date else page)
                except Error as error:
                    if on_error is None:
                        raise
                    on_error(error)

    def pages(self, source: Union[bytes, Path], *, on_error: Optional[Callable[[Error], None]] = None) -> Iterator[Page]:
        """The pages of a file, or of the bytes of one, unread."""
        for page in self._pages(source, None, None, None, iterate_errors=on_error is not None):
            if isinstance(page, Error):
                on_error(page)  # type: ignore[misc]
            else:
                yield page

    def _pages(self, source: Any, url: Any, file: Any, content_type: Any, iterate_errors: bool) -> Iterator[Any]:
        if source is None and url is None:
            raise TypeError("read() takes bytes, a path, or url=")
        if isinstance(source, (str, os.PathLike)):
            native = _sofar.Source(os.fsencode(source), None, self.max_page)
        elif source is not None:
            native = _sofar.Source(None, Page(source, file, url, content_type)._native(), self.max_page)
        else:
            fetched = Page._of(_sofar.fetch(_utf8(url, "url")))
            captured = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            native = _sofar.Source(None, fetched._replace(captured=captured)._native(), self.max_page)
        try:
            while True:
                try:
                    page = native.next()
                except Error as error:
                    if not iterate_errors:
                        raise
                    yield error
                    continue
                if page is None:
                    return
                page = Page._of(page)
                yield page._replace(url=url) if url and not page.url else page
        finally:
            native.close()


_making = threading.Lock()


@functools.lru_cache(maxsize=1)
def _default() -> Reader:
    return Reader()


def default_reader() -> Reader:
    """The reader that sofar.read() uses, made when it is first needed."""
    with _making:
        return _default()


def read(
    source: Union[bytes, bytearray, memoryview, Path, None] = None,
    *,
    url: Optional[str] = None,
    date: Union[None, str, datetime.date] = None,
    file: Optional[str] = None,
    content_type: Optional[str] = None,
) -> Reading:
    """Reads one page with the standard beats: see Reader.read()."""
    return default_reader().read(source, url=url, date=date, file=file, content_type=content_type)


def read_many(
    sources: Union[Path, Iterable[Union[Path, Page]]],
    *,
    date: Union[None, str, datetime.date] = None,
    on_error: Optional[Callable[[Error], None]] = None,
) -> Iterator[Reading]:
    """Reads all pages of files with the standard beats: see Reader.read_many()."""
    return default_reader().read_many(sources, date=date, on_error=on_error)
