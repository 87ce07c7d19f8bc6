"""Bracketed text, as negotiators write it, in a source: taken out of the lines before they are read, put back as marks on the words.

Only a text in which somebody is said to propose or oppose something, or negotiators left a note, is bracketed: a treaty's own
square brackets stay words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import SourceError
from ..negotiation import signs
from ..negotiation.brackets import Closing, Opening, Piece, Plain, Problem, scan
from . import printed
from .numbering import match_marker
from .report import Report

if TYPE_CHECKING:
    from .rooms import OutlineLine

_NOTES = ("negotiators", "placeholder")


def lift(lines: list[OutlineLine], report: Report) -> tuple[list[OutlineLine], signs.Signs | None]:
    """The lines with private characters in the place of brackets; as they were, and None, where the text is not bracketed.

    What is wrong is told to `report` with its place, and its characters stay. Raises SourceError for more brackets than a text may have.
    """
    if not any("[" in line.words for line in lines):
        return lines, None
    text = "\n".join(line.words for line in lines)
    pieces, problems = scan(text)
    if not _is_bracketed(pieces, problems, text):
        return lines, None
    if signs.SIGN.search(text):
        raise SourceError("The text has too many footnotes.", cause="it has brackets, too", fix="import it in parts")
    for problem in problems:
        line = lines[problem.line - 1]
        report.unsure(
            "bracket", f"{line.place}, character {problem.column}", f"{problem.message}: {_around(line.words, problem.column)}"
        )
    found = signs.Signs()
    words = _signed(text, pieces, found).split("\n")
    out = []
    waiting = ""
    for line, signed in zip(lines, signs.whole_lines(signs.at_lines("\n".join(words))), strict=True):
        opened, rest = signs.opens(waiting + signed)
        waiting = ""
        if not rest and opened and not line.table:
            waiting = opened  # `[US:` alone on a line opens what stands below it
        elif opened or rest or line.table:
            out.append(replace(line, words=numbered(opened, rest, line.level)))
    if waiting and out:
        out[-1].words += waiting
    return out, found


def _is_bracketed(pieces: Sequence[Piece], problems: Sequence[Problem], text: str) -> bool:
    openings = [piece for piece in pieces if isinstance(piece, Opening)]
    said = any(piece.sides or (piece.is_note and text[piece.end :].lower().startswith(_NOTES)) for piece in openings)
    return said or any("code" in problem.message for problem in problems)


def _around(words: str, column: int) -> str:
    return f"“{words[max(0, column - 1) : column + 39]}”"


def _signed(text: str, pieces: Sequence[Piece], found: signs.Signs) -> str:
    """The text with signs for its brackets; what is not closed stays a literal."""
    out: list[str] = []
    opened: list[tuple[int, int, Opening]] = []
    for piece in pieces:
        match piece:
            case Opening():
                head = signs.Head(piece.sides, piece.label, piece.is_note, text[piece.start + 1 : piece.end])
                opened.append((len(out), found.open(head), piece))
                out.append(signs.opening(opened[-1][1]))
            case Closing():
                at, number, opening = opened.pop()
                if piece.start == piece.end:
                    out[at] = text[opening.start : opening.end]
                else:
                    out.append(signs.closing(number))
            case Plain():
                out.append(piece.words)
    return "".join(out)


def numbered(opened: str, words: str, level: int) -> str:
    """A line, its number or the number of its heading before the brackets that open it, so that it can be seen."""
    at = 0
    plain = signs.without(words)
    while (m := match_marker(plain, at)) is not None:
        at = m.end()
        while plain[at : at + 1] in (" ", "\u00a0"):
            at += 1
    number = plain[:at]
    if number and words.startswith(number.rstrip()):
        rest = words[len(number.rstrip()) :].lstrip(" \u00a0")
        return signs.behind_number(number.rstrip(), opened, rest)
    head = printed.read(words, level=level) if opened else None
    if head is not None and head.num and head.heading and words.endswith(head.heading):
        start = len(words) - len(head.heading)
        if signs.SIGN.search(words[:start]):
            return opened + words  # a bracket that parts the number: its signs stay in order
        return signs.behind_number(words[:start].rstrip(), opened, words[start:])
    return opened + words
