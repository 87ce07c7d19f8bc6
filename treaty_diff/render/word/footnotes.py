"""The footnotes of a Word file, each with the changes inside it.

They bear the treaty's own markers, not numbers of Word's: as words, at the reference and where the note opens, so that
another marker is a change like any other.
"""

from __future__ import annotations

from ...redline.comparison import Row, Side
from .inline import MARKER, Marker
from .notes import Mark
from .spans import Change, Span, Spans, cut, one_sided, spans


class Footnotes:
    """Gathers the footnotes as their references are written."""

    def __init__(self, marker: Marker) -> None:
        self.marker = marker
        self.notes: list[str] = []

    def shared(self, row: Row) -> Span:
        """The reference of a footnote that both texts have in one place."""
        return Span(Change.NONE, "", "", note=self._add(row, _body(spans(row, None)), Change.NONE))

    def alone(self, row: Row, change: Change) -> Span:
        """The reference of a footnote that one text has in this place."""
        text = "".join([s.base if change is Change.DELETE else s.subject for s in row.segments])
        return Span(change, "", "", note=self._add(row, _body(one_sided(text, change)), change))

    def withdraw(self) -> None:
        """Take back the footnote made last, whose reference found no place."""
        self.notes.pop()

    def _add(self, row: Row, body: Spans, change: Change) -> Mark:
        nums = _marker(row.base), _marker(row.subject)
        texts = "".join([s.base for s in body]), "".join([s.subject for s in body])
        opens = [len(f"[{num}]") if text.startswith(f"[{num}]") else 0 for num, text in zip(nums, texts, strict=True)]
        gaps = [int(n > 0 and text[n : n + 1] == " ") for n, text in zip(opens, texts, strict=True)]
        number, rest = cut(body, *opens)
        gap, rest = cut(rest, *gaps)
        inside, _ = cut(cut(number, *(int(n > 0) for n in opens))[1], *(max(0, n - 2) for n in opens))
        ident = len(self.notes) + 1
        self.notes.append(
            f'<w:footnote w:id="{ident}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{self.marker.sign()}{self.marker.runs(inside, MARKER)}{self.marker.runs(gap)}{self.marker.runs(rest)}</w:p></w:footnote>"
        )
        return Mark(ident, *nums)

    def part(self) -> str:
        """The inside of the part of footnotes; the first two are the lines that Word draws above them."""
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{ident}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
            for kind, ident, element in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
        )
        return lines + "".join(self.notes)


def _marker(side: Side | None) -> str:
    return side.num if side is not None else ""


def _body(row: Spans) -> Spans:
    """A footnote's line without its end."""
    *rest, last = row
    return [*rest, Span(last.change, last.base.removesuffix("\n"), last.subject.removesuffix("\n"), last.quiet)]
