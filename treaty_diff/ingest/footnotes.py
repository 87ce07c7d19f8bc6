"""Footnotes of texts that lost their pages: bodies out of the running text, markers found.

A chapter's footnotes run 1, 2, 3 … in the order of their markers and of their bodies. Both
series are read as chains (`footnote_bodies`, `footnote_marks`); what fits none stays in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.model import Footnote
from . import footnote_bodies, footnote_marks
from .footnote_marks import UNIT, Body, SourceLine
from .footnote_places import Chapter, Place
from .lines import SENTINEL, SOFT, fold, last_word, to_text
from .numbering import CITING
from .report import Report

_LINE = re.compile(rf"[^\n{UNIT} \t](?:[^\n{UNIT}]*[^\n{UNIT} \t])?")
_PAGE = re.compile(r"(?:\d{1,3}|\d{1,2}[ \t]*-[ \t]*\d{1,3}|-[ \t]*\d{1,3}[ \t]*-|\d[ \t]\d)")
_CITED_NUMBER = re.compile(r"\d+(?:\.\d+)+\b")
_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Lifted:
    """A chapter without its footnotes: private characters in `units` stand for `notes`.

    `last` is the number of the last footnote.
    """

    units: list[str]
    notes: list[Footnote]
    last: int


def lift(
    units: Sequence[str],
    *,
    language: str,
    place: str,
    report: Report,
    first: int = 1,
    known: Sequence[Body] | None = None,
) -> Lifted:
    """Take the footnotes out of a chapter.

    `units` are its headings and bodies in order, line breaks kept; `first` the number that
    follows the chapter before, for treaties that count on. Page numbers that stand alone on
    a line are dropped and reported. `known` are the bodies where the source's pages show them.
    """
    text = UNIT.join(units)
    lines = [SourceLine(m.start(), m.end(), m[0]) for m in _LINE.finditer(text)]
    numeric = [line for line in lines if line.words[0] in "0123456789,"]
    glued = footnote_marks.glued(text)
    if known is not None:
        bodies = list(known)
    else:
        bodies = footnote_bodies.find(text, lines, numeric, glued, first)
    lone = footnote_marks.lone(numeric, bodies) if bodies else {}
    marks = footnote_marks.out_of_order(bodies, footnote_marks.place(bodies, glued, lone), lone)
    chapter = Chapter(text, lines, units, bodies)
    places = chapter.places(marks)
    notes: list[Footnote] = []
    edits: list[_Edit] = []
    for n, body in enumerate(bodies):
        words = "\n".join(fold(part) for part in body.words.split("\n"))
        sign = chr(SENTINEL + len(notes))
        found = places.get(n)
        notes.append(Footnote(str(body.number), 0, to_text(words, language), placed=found is not None))
        edits += [(start, end, SOFT) for start, end in body.parts]
        if not body.numbered:
            report.mend("footnote that had lost its number", place, f"{body.number} {body.words}")
        if found is None:
            at = chapter.end_of_words(body.start)
            edits.append((at, at, sign))
            report.unsure("footnote whose marker was not found", place, f"{body.number} {body.words}")
            continue
        edits += _edits(found, sign)
        if found.why:
            report.mend("footnote placed by what it says", place, f"{body.number}, at {found.why}: {body.words}")
    blanks = {found.at for found in places.values() if found.blank}
    edits += [(at, at, " ") for at in sorted(blanks)]
    for at in sorted(blanks):
        report.mend("blank lost with a footnote's marker", place, text[max(0, at - 40) : at + 20])
    placed = [(body.number, mark) for body, mark in zip(bodies, marks, strict=True) if mark is not None]
    lost = footnote_marks.orphans(text, glued, lone, bodies, placed, first)
    for number, mark in lost:
        edits += _edits(chapter.home(mark), chr(SENTINEL + len(notes)))
        notes.append(Footnote(str(number), 0, to_text("", language)))
        report.unsure("footnote whose text is not in the source", place, f"{text[max(0, mark.start - 60) : mark.end]}")
    used = [mark.start for mark in marks if mark is not None] + [mark.start for _, mark in lost]
    edits += _pages(lines, bodies, used, place, report)
    out = []
    at = 0
    for start, end, new in sorted(edits, key=lambda e: (e[0], e[1])):
        out.append(text[at:start])
        out.append(new)
        at = max(at, end)
    out.append(text[at:])
    last = bodies[-1].number if bodies else first - 1
    return Lifted("".join(out).split(UNIT), notes, last)


def _edits(place: Place, sign: str) -> list[_Edit]:
    """Edits that put a footnote's sign where it belongs and take its marker away."""
    if place.at == place.start:
        return [(place.start, place.end, sign)]
    return [(place.start, place.end, SOFT), (place.at, place.at, sign)]


def _pages(lines: Sequence[SourceLine], bodies: Sequence[Body], used: Sequence[int], place: str, report: Report) -> list[_Edit]:
    """Edits that drop the numbers alone on a line which are no footnote's and end no citation."""
    out = []
    taken, marked = footnote_marks.taken_by(bodies), sorted(used)
    for n, line in enumerate(lines):
        if line.words[0] not in "0123456789-" or not _PAGE.fullmatch(line.words):
            continue
        if taken(line.start) or bisect_left(marked, line.start) < bisect_left(marked, line.end):
            continue
        if n and "-" not in line.words and last_word(lines[n - 1].words).lower() in CITING:
            following = lines[n + 1].words if n + 1 < len(lines) else ""
            if not _CITED_NUMBER.match(following):
                continue  # the number that is cited, unless that one follows
        report.drop("number alone on a line (a page, or the marker of a footnote that is not in the text)", place, line.words)
        out.append((line.start, line.end, SOFT))
    return out
