"""Footnotes of texts that lost their pages: bodies out of the running text, markers found.

A chapter's footnotes run 1, 2, 3 … in the order of their markers and of their bodies. Both
series are read as chains (`footnote_bodies`, `footnote_marks`); what fits none stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.model import Footnote
from . import footnote_bodies, footnote_marks
from .footnote_marks import UNIT, Body, Mark, SourceLine
from .lines import SENTINEL, SOFT, ends, fold, last_word, to_text
from .numbering import CITING
from .report import Report

_TO_LINE_BEFORE = "\x1c"
_TO_NEXT_HEADING = "\x1e"

_LINE = re.compile(rf"[^\n{UNIT} \t](?:[^\n{UNIT}]*[^\n{UNIT} \t])?")
_PAGE = re.compile(r"(?:\d{1,3}|\d{1,2}[ \t]*-[ \t]*\d{1,3}|-[ \t]*\d{1,3}[ \t]*-|\d[ \t]\d)")
_CITED_NUMBER = re.compile(r"\d+(?:\.\d+)+\b")
_SIGN = f"[{chr(SENTINEL)}-{chr(SENTINEL + 0xFFFF)}]"
_BACK = re.compile(rf"[ \t\n]*{_TO_LINE_BEFORE}({_SIGN})")
_FORWARD = re.compile(rf"{_TO_NEXT_HEADING}({_SIGN})")

_ADJACENT = re.compile(rf"(?<={_SIGN})[ \t]+(?={_SIGN})")

_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Lifted:
    """A chapter without its footnotes: private characters in `units` stand for `notes`.

    `last` is the number of the last footnote.
    """

    units: list[str]
    notes: list[Footnote]
    last: int


def lift(units: Sequence[str], *, language: str, place: str, report: Report, first: int = 1) -> Lifted:
    """Take the footnotes out of a chapter.

    `units` are its headings and bodies in order, line breaks kept; `first` the number that
    follows the chapter before, for treaties that count on. Page numbers that stand alone on
    a line are dropped and reported.
    """
    text = UNIT.join(units)
    lines = [SourceLine(m.start(), m.end(), m[0]) for m in _LINE.finditer(text)]
    numeric = [line for line in lines if line.words[0] in "0123456789,"]
    glued = footnote_marks.glued(text)
    bodies = footnote_bodies.find(text, lines, numeric, glued, first) if numeric else []
    marks = footnote_marks.place(bodies, glued, footnote_marks.lone(numeric, bodies)) if bodies else []
    notes: list[Footnote] = []
    edits: list[_Edit] = []
    for body, mark in zip(bodies, marks, strict=True):
        words = "\n".join(fold(part) for part in body.words.split("\n"))
        sign = chr(SENTINEL + len(notes))
        notes.append(Footnote(str(body.number), 0, to_text(words, language), placed=mark is not None))
        edits.append((body.start, body.end, SOFT))
        if mark is not None:
            edits.append(_marker_edit(text, mark, sign))
        else:
            at = _words_before(text, body, bodies)
            edits.append((at, at, sign))
            report.unsure("footnote whose marker was not found", place, f"{body.number} {body.words}")
    placed = [(body.number, mark) for body, mark in zip(bodies, marks, strict=True) if mark is not None]
    for number, mark in footnote_marks.orphans(text, glued, bodies, placed, first):
        edits.append((mark.start, mark.end, chr(SENTINEL + len(notes))))
        notes.append(Footnote(str(number), 0, to_text("", language)))
        report.unsure("footnote whose text is not in the source", place, f"{text[max(0, mark.start - 60) : mark.end]}")
    edits += _pages(lines, bodies, [mark.start for mark in marks if mark is not None], place, report)
    out = []
    at = 0
    for start, end, new in sorted(edits, key=lambda e: (e[0], e[1])):
        out.append(text[at:start])
        out.append(new)
        at = max(at, end)
    out.append(text[at:])
    last = bodies[-1].number if bodies else first - 1
    return Lifted(_settle("".join(out).split(UNIT)), notes, last)


def _words_before(text: str, body: Body, bodies: Sequence[Body]) -> int:
    """Where the words before a body end, other bodies passed over."""
    ends_at = {other.end: other.start for other in bodies}
    at = len(text[: body.start].rstrip("\n \t"))
    while at in ends_at:
        at = len(text[: ends_at[at]].rstrip("\n \t"))
    return at


def _pages(lines: Sequence[SourceLine], bodies: Sequence[Body], used: Sequence[int], place: str, report: Report) -> list[_Edit]:
    """Edits that drop the numbers alone on a line which are no footnote's and end no citation."""
    out = []
    for n, line in enumerate(lines):
        if line.words[0] not in "0123456789-" or not _PAGE.fullmatch(line.words):
            continue
        if any(body.start <= line.start < body.end for body in bodies) or any(line.start <= at < line.end for at in used):
            continue
        if n and "-" not in line.words and last_word(lines[n - 1].words).lower() in CITING:
            following = lines[n + 1].words if n + 1 < len(lines) else ""
            if not _CITED_NUMBER.match(following):
                continue  # the number that is cited, unless that one follows
        report.drop("number alone on a line (a page, or the marker of a footnote that is not in the text)", place, line.words)
        out.append((line.start, line.end, SOFT))
    return out


def _settle(units: list[str]) -> list[str]:
    """Markers that stood alone, moved to the line before or to the heading that follows."""
    carried = ""
    out = []
    for unit in units:
        unit += carried
        carried = ""
        if _TO_NEXT_HEADING in unit:
            carried = "".join(_FORWARD.findall(unit))
            unit = _FORWARD.sub("", unit)
        if _TO_LINE_BEFORE in unit:
            unit = _ADJACENT.sub("", _BACK.sub(lambda m: m[1] + SOFT, unit))
        out.append(unit)
    if carried:
        out[-1] = out[-1].rstrip() + carried
    return out


def _marker_edit(text: str, mark: Mark, sign: str) -> _Edit:
    """The edit that puts a footnote's sign where its marker belongs.

    A marker alone on a line belongs to the end of the line before; where that is the end of
    an article whose words are complete, it was printed in the heading that follows.
    """
    line_start = max(text.rfind("\n", 0, mark.start), text.rfind(UNIT, 0, mark.start)) + 1
    if mark.cost == 0.0 or mark.spaced or text[line_start : mark.start].strip(" \t,0123456789"):
        return (mark.start, mark.end, sign)
    before = text[:line_start].rstrip("\n \t")
    rest = re.match(r"[\d\s,]*", text[mark.end :])
    assert rest is not None
    tail = text[mark.end + rest.end() : mark.end + rest.end() + 1]
    if tail == UNIT and ends(before, "."):
        # the next unit is the heading that the marker was printed in: move it there
        return (mark.start, mark.end, _TO_NEXT_HEADING + sign)
    return (mark.start, mark.end, _TO_LINE_BEFORE + sign)
