"""A provision as plain lines: the one linear form that is shown, compared and proven.

Every provision gives a line `number words`, its footnotes a line each below it. Whatever
compares texts works on these lines and must give them back byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .index import indexed
from .model import ANNEXES, Cell, Footnote, Kind, Provision, Treaty
from .once import once


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a provision: its number, its words, where it stands.

    `depth` counts levels below the provision that was asked for. A footnote's line has its
    marker as `num`, a table's row its cells as `row`. `text` is the line as printed, with its line end.
    """

    provision: Provision
    num: str
    words: str
    depth: int
    note: Footnote | None = None
    row: tuple[Cell, ...] | None = None

    @property
    def text(self) -> str:
        """The line as `show --format text` prints it."""
        num = f"[{self.num}]" if self.note is not None else self.num
        return f"{num} {self.words}\n" if num and self.words else f"{num}{self.words}\n"


def lines(provision: Provision) -> list[Line]:
    """The lines of a provision and all below it, in reading order."""
    out: list[Line] = []
    _collect(provision, 0, out)
    return out


def _collect(provision: Provision, depth: int, out: list[Line]) -> None:
    num, heading, text = provision.num, provision.heading, provision.text
    label, words = num.content if num is not None else "", text.content if text is not None else ""
    if heading is not None and heading.content:
        words = f"{heading.content} {words}" if words else heading.content
    if label or words:
        out.append(Line(provision, label, words, depth))
    for row in provision.table:
        out.append(Line(provision, "", "\t".join([cell.text.content for cell in row]), depth, None, row))
    noted = (
        (text is not None and text.notes)
        or provision.table
        or (heading is not None and heading.notes)
        or (num is not None and num.notes)
    )
    if noted:
        for note in provision.footnotes:
            out.append(Line(provision, note.marker, note.body.content, depth, note))
    below = depth if provision.kind is Kind.PARAGRAPH and not label else depth + 1
    for child in provision.children:
        _collect(child, below, out)


class _Units(dict[str, list[Line]]):
    """The lines of a text's provisions, each without the annexes that hang on it."""

    def __init__(self, treaty: Treaty) -> None:
        super().__init__()
        self._by_eid = indexed(treaty).by_eid

    def __missing__(self, eid: str) -> list[Line]:
        found = self[eid] = lines(alone(self._by_eid[eid]))
        return found


@once
def units(treaty: Treaty) -> Mapping[str, Sequence[Line]]:
    """The lines of a text's articles and annexes by eId, each without the annexes that hang on it; read when they are asked for."""
    return _Units(treaty)


def alone(provision: Provision) -> Provision:
    """The provision without the annexes that hang on it, which are aligned and compared on their own."""
    inner = tuple(c for c in provision.children if c.kind not in ANNEXES)
    return provision if len(inner) == len(provision.children) else replace(provision, children=inner)


def text(provision: Provision) -> str:
    """The whole provision as plain text."""
    return "".join(line.text for line in lines(provision))
