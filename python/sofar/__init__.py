"""sofar: everything we know so far, and who said it when.

>>> import sofar
>>> reading = sofar.read("02.html")
>>> for quote in reading.quotes:
...     print(quote.speaker.name if quote.speaker else quote.speaker_text, quote.text)
>>> for fact in reading.facts:
...     print(fact.type, fact.roles, fact.when, fact.status, fact.receipts)
"""
from ._errors import Error
from ._read import Page, Reader, default_reader, read, read_many
from ._reading import Block, Fact, Name, Quote, Reading, Span, Subject, Time
from ._store import Store
from ._sofar import version as __version__

__all__ = [
    "Block", "Error", "Fact", "Name", "Page", "Quote", "Reader", "Reading", "Span", "Store", "Subject", "Time",
    "default_reader", "read", "read_many",
]  # fmt: skip
