"""sofar in a spaCy pipeline: doc.ents, doc.spans["quotes"] and doc._.facts. Needs spaCy: pip install sofar[spacy]

>>> nlp = spacy.blank("en")
>>> nlp.add_pipe("sofar", config={"date": "2021-10-15"})
>>> doc = nlp("...")
"""
from __future__ import annotations

from typing import Any, List, Optional

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from ._read import Page, default_reader
from ._reading import Reading

# spaCy's labels for the contract's types of subjects
LABELS = {"person": "PERSON", "organization": "ORG", "place": "GPE", "work": "WORK_OF_ART", "event": "EVENT", "product": "PRODUCT",
          "outlet": "ORG", "character": "CHARACTER"}  # fmt: skip


def _places(text: str, reading: Reading) -> List[int]:
    """For each code point of the reading's text its place in the document's. They differ in white space alone."""
    places, at = [], 0
    for char in reading.text:
        if not char.isspace():
            while at < len(text) and text[at] != char:
                at += 1
        places.append(min(at, len(text)))
        if not char.isspace():
            at += 1
    places.append(min(at, len(text)))
    return places


class Component:
    """Reads the document as a plain text page and fills ents, spans["quotes"] (label: the kind) and the extensions
    doc._.sofar (the Reading), doc._.facts (its facts) and span._.speaker (name of a quote's speaker)."""

    def __init__(self, date: Optional[str] = None):
        self.date = date
        if not Doc.has_extension("sofar"):
            Doc.set_extension("sofar", default=None)
            Doc.set_extension("facts", default=())
            Span.set_extension("speaker", default=None)

    def __call__(self, doc: Doc) -> Doc:
        reading = default_reader().read_page(Page(doc.text.encode("utf-8"), content_type="text/plain", date=self.date))
        places = _places(doc.text, reading)

        def span(place: Any, label: str) -> Optional[Span]:
            return doc.char_span(places[place.begin], places[place.end - 1] + 1, label=label, alignment_mode="expand")

        names = [
            span(name.span, LABELS[name.subject.type])
            for name in reading.names
            if name.form == "name" and name.subject and name.subject.type in LABELS and name.span.end > name.span.begin
        ]
        doc.ents = filter_spans([name for name in names if name is not None])
        quotes: List[Span] = []
        for quote in reading.quotes:
            for place in quote.spans:
                piece = span(place, quote.kind) if place.end > place.begin else None
                if piece is not None:
                    piece._.speaker = quote.speaker.name if quote.speaker else quote.speaker_text
                    quotes.append(piece)
        doc.spans["quotes"] = quotes
        doc._.sofar = reading
        doc._.facts = reading.facts
        return doc


@Language.factory("sofar", default_config={"date": None})
def make(nlp: Language, name: str, date: Optional[str]) -> Component:
    """The component's factory; date is the publication day of the documents, "2021-10-15"."""
    return Component(date)

