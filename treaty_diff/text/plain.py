"""A provision as plain lines: the one linear form that is shown, compared and proven.

Every provision gives a line `number words`, its footnotes a line each below it. Whatever
compares texts works on these lines and must give them back byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .model import ANNEXES, Footnote, Kind, Provision


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a provision: its number, its words, where it stands.

    `depth` counts levels below the provision that was asked for. A footnote's line has its
    marker as `num`. `text` is the line as printed, with its line end.
    """

    provision: Provision
    num: str
    words: str
    depth: int
    note: Footnote | None = None

    @property
    def text(self) -> str:
        """The line as `show --format text` prints it."""
        num = f"[{self.num}]" if self.note is not None else self.num
        return f"{num} {self.words}\n" if num and self.words else f"{num}{self.words}\n"


def lines(provision: Provision, depth: int = 0) -> Iterator[Line]:
    """The lines of a provision and all below it, in reading order."""
    words = " ".join(part for part in (provision.title, provision.words) if part)
    if provision.label or words:
        yield Line(provision, provision.label, words, depth)
    for row in provision.table:
        yield Line(provision, "", "\t".join(cell.text.content for cell in row), depth)
    for note in provision.footnotes:
        yield Line(provision, note.marker, note.body.content, depth, note)
    for child in provision.children:
        silent = provision.kind is Kind.PARAGRAPH and not provision.label
        yield from lines(child, depth if silent else depth + 1)


def alone(provision: Provision) -> Provision:
    """The provision without the annexes that hang on it, which are aligned and compared on their own."""
    inner = tuple(c for c in provision.children if c.kind not in ANNEXES)
    return provision if len(inner) == len(provision.children) else replace(provision, children=inner)


def text(provision: Provision) -> str:
    """The whole provision as plain text."""
    return "".join(line.text for line in lines(provision))
