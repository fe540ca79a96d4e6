"""What a notebook shows: the text with its marks, the dated facts as a drawing. Everything of the page is escaped."""
from __future__ import annotations

from html import escape
from typing import List, Optional, Tuple

_STYLE = {
    "quote": "background:#fff3c4;color:#1a1a1a",
    "name": "border-bottom:2px solid #2a78d6",
    "time": "border-bottom:2px dotted #c05a00",
}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


def marked(reading) -> str:
    """The title and the text; quotes, names and times are marked and say on hover what they are."""
    marks: List[Tuple[int, int, str, str]] = []
    for quote in reading.quotes:
        who = quote.speaker.name if quote.speaker else quote.speaker_text or "unknown"
        for begin, end in quote.spans:
            marks.append((begin, end, "quote", "%s, %s" % (who, quote.kind)))
    for name in reading.names:
        if name.form in ("name", "handle") and name.subject:
            marks.append((*name.span, "name", "%s, %s" % (name.subject.name, name.subject.type)))
    for time in reading.times:
        marks.append((*time.span, "time", "%s %s" % (time.type, time.value or "open")))
    text = reading.text
    cuts = sorted({0, len(text)} | {at for mark in marks for at in mark[:2]})
    out, starting, running = [], {}, []
    for mark in marks:
        starting.setdefault(mark[0], []).append(mark)
    for begin, end in zip(cuts, cuts[1:]):
        running = [mark for mark in running if mark[1] > begin] + starting.get(begin, [])
        words = escape(text[begin:end]).replace("\n\n", "</p><p>")
        if running and "</p>" not in words:
            style = ";".join(_STYLE[kind] for kind in sorted({mark[2] for mark in running}))
            hover = escape(" · ".join(mark[3] for mark in running), quote=True)
            words = '<span style="%s" title="%s">%s</span>' % (style, hover, words)
        out.append(words)
    head = " · ".join(escape(part) for part in (reading.outlet, reading.published) if part)
    return "<div><h4>%s</h4><p><small>%s</small></p><p>%s</p></div>" % (escape(reading.title or ""), head, "".join(out))


def _year(when: Optional[str]) -> Optional[Tuple[float, float]]:
    """Begin and end of an ISO 8601 value of the contract, in years; None where it has no place on a line."""
    if not when:
        return None
    if "/" in when:
        ends = [_year(part) for part in when.split("/") if part.strip(".")]
        return (min(e[0] for e in ends if e), max(e[1] for e in ends if e)) if any(ends) else None
    parts = when.split("T")[0].split("-")
    if not parts[0].isdigit() or len(parts[0]) not in (3, 4):
        return None
    if len(parts[0]) == 3:  # a decade
        return int(parts[0]) * 10.0, int(parts[0]) * 10.0 + 10
    year = int(parts[0])
    if len(parts) == 1:
        return float(year), year + 1.0
    if parts[1] in _SEASONS:
        begin = year + (_SEASONS[parts[1]] - 1) / 12
        return begin, begin + 0.25
    if parts[1].startswith("W") and parts[1][1:].isdigit():
        begin = year + (int(parts[1][1:]) - 1) / 52.2
        return begin, begin + 1 / 52.2
    if not parts[1].isdigit():
        return None
    begin = year + (int(parts[1]) - 1) / 12
    if len(parts) == 2 or not parts[2].isdigit():
        return begin, begin + 1 / 12
    begin += (int(parts[2]) - 1) / 365.25
    return begin, begin + 1 / 365.25


def timeline(reading) -> "Drawing":
    """Dated facts from first to last, a bar as long as the doubt about the day."""
    rows = []
    for fact in reading.facts:
        place = _year(fact.when)
        if place:
            who = ", ".join(value if isinstance(value, str) else value.name for value in fact.roles.values())
            rows.append((place, "%s  %s: %s" % (fact.when, fact.type.replace("_", " "), who), fact.status))
    rows.sort(key=lambda row: (row[0], row[1]))
    first, last = (min(r[0][0] for r in rows), max(r[0][1] for r in rows)) if rows else (0.0, 1.0)
    width, line = 300.0, 22
    scale = width / max(last - first, 1 / 12)
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="900" height="%d" font-family="sans-serif" font-size="13">'
        % (line * max(len(rows), 1) + 10),
        "<title>%s</title>" % escape("Dated facts of " + (reading.title or "a page")),
    ]
    for i, ((begin, end), words, status) in enumerate(rows):
        y = i * line + 8
        open_bar = ' fill="none" stroke="currentColor" stroke-dasharray="3 2"' if status != "stated" else ' fill="currentColor"'
        out.append('<rect x="%.1f" y="%d" width="%.1f" height="10" rx="3"%s/>' % (4 + (begin - first) * scale, y, max((end - begin) * scale, 4), open_bar))
        out.append('<text x="%d" y="%d" fill="currentColor">%s</text>' % (width + 24, y + 10, escape(words + ("" if status == "stated" else " (%s)" % status))))
    if not rows:
        out.append('<text x="4" y="16" fill="currentColor">no dated facts</text>')
    return Drawing("".join(out) + "</svg>")


class Drawing(str):
    """SVG as text, which a notebook draws."""

    def _repr_svg_(self) -> str:
        return str(self)
