"""Runs of a paragraph as WordprocessingML, each with the mark of its change.

ISO/IEC 29500-1, 17.13.5: `w:ins`, `w:del`, `w:moveFrom` and `w:moveTo` hold whole runs, and the words of a deleted
run stand in `w:delText`. Marks are never nested: LibreOffice keeps as plain text what is deleted within an insertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import escape
from itertools import groupby

from .notes import Mark
from .spans import Change, Span, flat

MARKER = "NoteMarker"
"""The style of footnotes' markers."""

_SIGN = "\u2009"
"""What Word takes for the sign of a footnote's reference: a blank, beside which the treaty's own marker stands in words.

A marker as the sign could not be marked as changed, and LibreOffice shows a sign twice, or none of several characters.
"""

_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot say."""

_SIGNS = re.compile("([\t\n\r\u00ad\u2011])")
_ELEMENTS = {
    "\t": "<w:tab/>",
    "\n": "<w:br/>",
    "\r": "<w:cr/>",
    "\u00ad": "<w:softHyphen/>",
    "\u2011": "<w:noBreakHyphen/>",
}
"""Characters that are elements of their own in a run."""


class Author(StrEnum):
    """Who is named as the author of a mark, so that a reviewer can show the one without the other."""

    CHANGES = "treaty-diff"
    QUIET = "treaty-diff, quiet"


def said(text: str) -> str:
    """Characters as XML; what XML cannot say is the replacement character."""
    return escape(_UNHEARD.sub("\N{REPLACEMENT CHARACTER}", text))


class Marker:
    """Makes runs and marks; each mark has a number of its own in the document, above `first`.

    `lang` is the base's language where it is another than the subject's. `date` (ISO 8601) is every mark's: one of the
    texts', so that the same texts give the same bytes on any day.
    """

    def __init__(self, date: str, lang: str = "", first: int = 0) -> None:
        self.date = date
        self.lang = lang
        self.apart = False
        """Whether the next mark is made some minutes later than the others."""
        self._last = first

    def number(self) -> int:
        """The next number."""
        self._last += 1
        return self._last

    def attributes(self, author: Author) -> str:
        """Number, author and date of a mark."""
        minutes, self.apart = 5 * self.apart, False
        return f'w:id="{self.number()}" w:author="{author}" w:date="{self.date}T00:{minutes:02}:00Z"'

    def mark(self, change: Change, author: Author) -> str:
        """The mark of a paragraph's or a row's end, empty where it stands in both texts."""
        return f"<w:{change} {self.attributes(author)}/>" if change else ""

    def wrapped(self, change: Change, author: Author, runs: str) -> str:
        """Runs in the mark of their change."""
        return f"<w:{change} {self.attributes(author)}>{runs}</w:{change}>" if change and runs else runs

    def runs(self, row: Sequence[Span], style: str = "") -> str:
        """The runs of some spans in the character style given."""
        out = []
        spans = flat(row)
        at = 0
        while at < len(spans):
            change, quiet = spans[at].change, spans[at].quiet
            end = at + 1
            while end < len(spans) and spans[end].change is change and spans[end].quiet == quiet:
                end += 1
            author = Author.QUIET if quiet else Author.CHANGES
            out.append(self.wrapped(change, author, "".join(self._some(spans[at:end], change, style))))
            at = end
        return "".join(out)

    def tab(self, row: Sequence[Span], style: str) -> str:
        """The blank behind a number as a tab."""
        out = []
        for span in flat(row):
            if span.note is not None:
                out.append(self.runs([span]))
                continue
            run = f"<w:r>{self.properties(style, span.change)}<w:tab/></w:r>"
            out.append(self.wrapped(span.change, Author.QUIET if span.quiet else Author.CHANGES, run))
        return "".join(out)

    def _some(self, group: Iterable[Span], change: Change, style: str) -> Iterable[str]:
        for held, some in groupby(group, key=lambda s: s.note):
            if held is not None:
                yield self._reference(held, change)
            else:
                yield f"<w:r>{self.properties(style, change)}{content(''.join(s.text for s in some), change)}</w:r>"

    def properties(self, style: str, change: Change) -> str:
        """The properties of a run."""
        named = f'<w:rStyle w:val="{style}"/>' if style else ""
        lang = f'<w:lang w:val="{self.lang}"/>' if self.lang and change in (Change.DELETE, Change.FROM) else ""
        return f"<w:rPr>{named}{lang}</w:rPr>" if named or lang else ""

    def sign(self, inside: str = "", change: Change = Change.NONE) -> str:
        """The sign of a footnote: with its reference `inside`, or where the note opens."""
        return f"<w:r>{self.properties('FootnoteReference', change)}{inside}{content(_SIGN, change)}</w:r>"

    def _reference(self, mark: Mark, change: Change) -> str:
        sign = self.sign(f'<w:footnoteReference w:customMarkFollows="1" w:id="{mark.ident}"/>', change)
        if change is Change.NONE:
            return sign + self.runs([Span(change, mark.old, mark.new, True)], MARKER)
        marker = mark.old if change is Change.DELETE else mark.new
        return sign + (f"<w:r>{self.properties(MARKER, change)}{content(marker, change)}</w:r>" if marker else "")


def content(text: str, change: Change = Change.NONE) -> str:
    """The inside of a run."""
    name = "delText" if change is Change.DELETE else "t"
    return "".join(
        _ELEMENTS.get(part) or f'<w:{name} xml:space="preserve">{said(part)}</w:{name}>' for part in _SIGNS.split(text) if part
    )
