"""What stands around the articles: preamble, section headings, concluding words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text.model import Footnote, Kind, Provision, Text
from . import headings
from .lines import bare, ends, fold, to_text

_RECITAL = re.compile(r"(?:(?<=[;:,])|(?<=[;:,] and)|(?<=[;:,] y))\s+(?=[A-ZÁÉÍÓÚÑ]{3,}\b)")


def text(words: str, language: str, notes: Sequence[Footnote]) -> Text | None:
    """Running text without blanks at its ends, None where nothing is left."""
    folded = fold(words)
    return to_text(folded, language, notes) if folded else None


def section(words: str, language: str, notes: Sequence[Footnote], *, inside: bool = False) -> Provision:
    """A section, still empty, from its heading; `inside` another one where it has no number."""
    m = headings.section(words)
    if m is None:
        kind = Kind.SUBSECTION if inside else Kind.SECTION
        return Provision(kind, heading=text(words, language, notes))
    kind = Kind.SUBSECTION if headings.is_subsection(m) else Kind.SECTION
    return Provision(
        kind, num=text(m["num"], language, notes), heading=text(m["heading"], language, notes) if m["heading"] else None
    )


def preamble(lines: Sequence[str], language: str, notes: Sequence[Footnote] = ()) -> Provision:
    """The preamble with its recitals from its lines; lines in capitals in front are its heading."""
    lines = [fold(line) for line in lines if fold(line)]
    heading: list[str] = []
    while len(lines) > 1 and lines[0].upper() == lines[0] and len(lines[0]) < 120 and not ends(lines[0], ".;:,"):
        heading.append(lines.pop(0))
    pieces = [p for line in lines for p in _RECITAL.split(line)]
    intro = pieces.pop(0) if pieces and ends(pieces[0], ":") else ""
    children: list[Provision] = []
    for n, piece in enumerate(pieces):
        closing = bool(children) and n == len(pieces) - 1 and not ends(bare(piece), ";")
        children.append(Provision(Kind.FLUSH if closing else Kind.RECITAL, text=to_text(piece, language, notes)))
    return Provision(
        Kind.PREAMBLE,
        heading=to_text("\n".join(heading), language, notes) if heading else None,
        text=text(intro, language, notes),
        children=tuple(children),
    )


def conclusion(lines: Sequence[str], language: str, notes: Sequence[Footnote] = ()) -> Provision:
    """The concluding words from their lines."""
    return Provision(Kind.CONCLUSION, text=to_text("\n".join(fold(line) for line in lines if fold(line)), language, notes))
