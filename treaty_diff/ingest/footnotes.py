"""Footnotes of texts that lost their pages: bodies out of the running text, markers found.

A chapter's footnotes run 1, 2, 3 … in the order of their markers and of their bodies. Bodies
stand where the page ended, also inside a sentence; markers are glued to a word or a stop
(`person1`, `services.4`, `2, 3`) or stand alone on a line. Both series are read as chains:
the numbers must rise, so that a year, a tariff line or the rest of a sentence does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.model import Footnote
from .lines import SENTINEL, SOFT, ends, fold, last_word, starts_lower, to_text
from .numbering import CITING, match_marker
from .report import Report

UNIT = "\x1d"
"""Parts the headings and bodies of a chapter's articles while its footnotes are read."""

_TO_LINE_BEFORE = "\x1c"
_TO_NEXT_HEADING = "\x1e"

_LINE = re.compile(r"^(?P<number>\d{1,3})(?:[ \t]+(?P<words>\S.*))?$")
_LONE = re.compile(r"^,?[ \t]*\d{1,3}(?:[ \t,]+\d{1,3})*[ \t]*$")
_PAGE = re.compile(r"^(?:\d{1,3}|\d{1,2}[ \t]*-[ \t]*\d{1,3}|-[ \t]*\d{1,3}[ \t]*-|\d[ \t]\d)$")
_OPENS = re.compile(r"[\"“‘(«]*[A-ZÁÉÍÓÚÑ]")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


@dataclass(slots=True)
class _Body:
    """A footnote's body: its number, the characters it takes, its words."""

    number: int
    start: int
    end: int
    words: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    cost: float
    listed: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Lifted:
    """A chapter without its footnotes: private characters in `units` stand for `notes`."""

    units: list[str]
    notes: list[Footnote]
    last: int


def _lines(text: str) -> list[_Line]:
    out = []
    for m in re.finditer(rf"[^\n{UNIT}]+", text):
        words = m[0].strip(" \t")
        if words:
            start = m.start() + m[0].index(words[0])
            out.append(_Line(start, start + len(words), words))
    return out


_NUMBER = re.compile(r"\d+")
_AFTER_GLUED = re.compile(r"(?![.,]\d|[^\W\d_])")
_AFTER_SPACED = re.compile(
    r"[ \t]?[,.;:)”](?!\d)|[ \t]*\n|"
    r"[ \t]+(?!(?:days?|years?|months?|hours?|weeks?|per|percent|and|or|to|of|through|días?|años?|meses|horas?|por|y|o|a)\b)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,;:)”’]?$")
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$")
_STOPS = frozenset(".,;:)]”’\"'%")


def _marks(text: str) -> dict[int, list[_Mark]]:
    """Places where a number is glued to a word or a stop, follows such a number, or stands apart after a word."""
    out: dict[int, list[_Mark]] = {}
    for m in _NUMBER.finditer(text):
        start, end = m.span()
        if end - start > 3 or not start:
            continue
        before = text[start - 1]
        if before.isalpha() or (before in _STOPS and not text[max(start - 2, 0)].isdigit()):
            if _AFTER_GLUED.match(text, end):
                out.setdefault(int(m[0]), []).append(_Mark(start, end, 0.0))
        elif before in " \t," and (comma := text.rfind(",", max(start - 2, 0), start)) > 0 and text[comma - 1].isdigit():
            if _AFTER_GLUED.match(text, end):
                out.setdefault(int(m[0]), []).append(_Mark(comma, end, 0.0, listed=True))
        elif before in " \t" and _AFTER_SPACED.match(text, end):
            word = _WORD_BEFORE.search(text, max(0, start - 24), start - 1)
            if word is not None and word[1].lower() not in CITING and not _MONTH.match(word[1]):
                out.setdefault(int(m[0]), []).append(_Mark(start - 1, end, 0.9, spaced=True))
    return out


def _chain(found: list[_Body], has_mark: Sequence[bool], first: int) -> list[_Body]:
    """The best run of bodies with rising numbers; `first` is the number it should begin with."""
    best: list[float] = []
    back: list[int] = []
    for i, body in enumerate(found):
        worth = 1.0 + (0.5 if has_mark[i] else -0.9)
        start_cost = 0.0 if body.number in (1, first) else 0.35 * min(body.number - 1, abs(body.number - first))
        score, previous = worth - min(start_cost, 3.0), -1
        for j in range(i):
            gap = body.number - found[j].number
            if gap < 1:
                continue
            value = best[j] + worth - 0.45 * (gap - 1)
            if value > score:
                score, previous = value, j
        best.append(score)
        back.append(previous)
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: best[i])
    if best[at] < 1.0:
        return []
    out = []
    while at >= 0:
        out.append(found[at])
        at = back[at]
    return out[::-1]


def _bodies(text: str, lines: list[_Line], glued: dict[int, list[_Mark]], first: int) -> list[_Body]:
    candidates = []
    place = []
    for n, line in enumerate(lines):
        m = _LINE.match(line.words)
        if m is None:
            continue
        number = int(m["number"])
        words = m["words"] or ""
        end = line.end
        if not words:
            # a number alone: a body if the next line opens a sentence, a marker or a page otherwise
            if n + 1 == len(lines) or UNIT in text[line.end : lines[n + 1].start]:
                continue
            words, end = lines[n + 1].words, lines[n + 1].end
            if match_marker(words) or not _OPENS.match(words) or _LINE.match(words):
                continue
            if n and ends(lines[n - 1].words, ".;:") is False:
                continue
        elif not _OPENS.match(words):
            continue
        if n and last_word(lines[n - 1].words).lower() in CITING:
            continue
        candidates.append(_Body(number, line.start, end, words))
        place.append(n)
    alone = _lone_marks(lines, ())
    has_mark = [
        any(m.start < body.start for m in (*glued.get(body.number, ()), *alone.get(body.number, ())) if not m.spaced) for body in candidates
    ]
    for i, body in enumerate(candidates):
        if text[body.start : body.end].count("\n") and not has_mark[i]:
            body.number = -1000  # a number alone whose marker is nowhere is no footnote
    keep = [i for i, body in enumerate(candidates) if body.number > 0]
    chain = _chain([candidates[i] for i in keep], [has_mark[i] for i in keep], first)
    starts = {body.start for body in chain}
    by_start = {line.start: n for n, line in enumerate(lines)}
    for body in chain:
        n = by_start[body.start]
        if body.end > lines[n].end:
            n += 1
        before = lines[by_start[body.start] - 1].words if by_start[body.start] else "."
        _take_rest(text, lines, n, body, starts, main_open=not ends(before))
    return chain


def _take_rest(text: str, lines: list[_Line], n: int, body: _Body, starts: set[int], *, main_open: bool) -> None:
    """Add the lines after line `n` that still belong to the body: a list it opens, a sentence it began."""
    listing = ends(body.words, ":")
    while n + 1 < len(lines):
        following = lines[n + 1]
        if following.start in starts or UNIT in text[lines[n].end : following.start]:
            return
        marker = match_marker(following.words)
        if listing and marker and not marker["number"]:
            pass
        elif not ends(body.words) and not (main_open and starts_lower(following.words)) and not marker and not _LONE.match(following.words):
            pass
        else:
            return
        body.words = f"{body.words}\n{following.words}" if marker else f"{body.words} {following.words}"
        body.end = following.end
        n += 1
        if ends(body.words, ".") and not _announces(following.words):
            listing = False


def _announces(words: str) -> bool:
    """Whether an entry announces another: it ends with `;`, `and` or `or`."""
    return ends(words, ";,") or last_word(words).lower() in ("and", "or", "y", "o")


def _inline_bodies(text: str, chain: list[_Body], glued: dict[int, list[_Mark]]) -> list[_Body]:
    """Bodies missing from the chain that stand inside a line, between their neighbours."""
    out = []
    for before, after in zip([None, *chain], [*chain, None], strict=True):
        low = before.number + 1 if before else 1
        high = after.number if after else (before.number + 2 if before else 0)
        start = before.end if before else 0
        stop = after.start if after else len(text)
        for number in range(low, high):
            m = re.compile(rf"(?<=[.;:”)])[ \t]+{number}[ \t]+(?=[A-Z“])(?P<words>[^\n{UNIT}]+)").search(text, start, stop)
            marks = [mark for mark in glued.get(number, ()) if m and mark.start < m.start()]
            if m is not None and marks:
                out.append(_Body(number, m.start(), m.end(), m["words"].strip(), inline=True))
                start = m.end()
    return out


def _lone_marks(lines: list[_Line], bodies: Sequence[_Body]) -> dict[int, list[_Mark]]:
    """Markers that stand alone on a line, also several of them."""
    inside = [(b.start, b.end) for b in bodies]
    out: dict[int, list[_Mark]] = {}
    for line in lines:
        if not _LONE.match(line.words) or any(a <= line.start < b for a, b in inside):
            continue
        for m in re.finditer(r",?[ \t]*(\d{1,3})", line.words):
            mark = _Mark(line.start + m.start(), line.start + m.end(), 0.3)
            out.setdefault(int(m[1]), []).append(mark)
    return out


def _place(bodies: Sequence[_Body], glued: dict[int, list[_Mark]], lone: dict[int, list[_Mark]]) -> list[_Mark | None]:
    """One marker for each body, in rising order, at the least cost; None where there is none."""
    spans = [(b.start, b.end) for b in bodies]

    def outside(mark: _Mark) -> bool:
        return not any(a <= mark.start < b for a, b in spans)

    # state: index of the last marker placed → (cost, trail)
    states: list[tuple[float, int, int, tuple[_Mark | None, ...]]] = [(0.0, -1, -1, ())]
    for body in bodies:
        options = [m for m in glued.get(body.number, []) + lone.get(body.number, []) if outside(m)]
        new: dict[int, tuple[float, int, int, tuple[_Mark | None, ...]]] = {}
        for cost, at, end, trail in states:
            missing = (cost + 3.0, at, -1, (*trail, None))
            if at not in new or missing[0] < new[at][0]:
                new[at] = missing
            for mark in options:
                if mark.start < at or (mark.listed and mark.start != end):
                    continue
                distance = body.start - mark.start
                step = mark.cost + (distance / 4000 if distance >= 0 else 1.5 - distance / 1500)
                entry = (cost + step, mark.end, mark.end, (*trail, mark))
                if mark.end not in new or entry[0] < new[mark.end][0]:
                    new[mark.end] = entry
        states = sorted(new.values(), key=lambda s: s[0])[:40]
    return list(states[0][3]) if states else []


def lift(units: Sequence[str], *, language: str, place: str, report: Report, first: int = 1) -> Lifted:
    """Take the footnotes out of a chapter.

    `units` are its headings and bodies in order, line breaks kept; `first` the number that
    follows the chapter before, for treaties that count on. Page numbers that stand alone on
    a line are dropped and reported.
    """
    text = UNIT.join(units)
    lines = _lines(text)
    glued = _marks(text) if any(_LINE.match(line.words) for line in lines) else {}
    chain = _bodies(text, lines, glued, first)
    bodies = sorted([*chain, *_inline_bodies(text, chain, glued)], key=lambda b: b.number)
    marks = _place(bodies, glued, _lone_marks(lines, bodies))
    edits: list[tuple[int, int, str]] = []
    notes = []
    used = set()
    for number, (body, mark) in enumerate(zip(bodies, marks, strict=True)):
        words = "\n".join(fold(part) for part in body.words.split("\n"))
        notes.append(Footnote(str(body.number), 0, to_text(words, language), placed=mark is not None))
        sign = chr(SENTINEL + number)
        edits.append((body.start, body.end, SOFT))
        if mark is not None:
            used.add(mark.start)
            edits.append(_marker_edit(text, mark, sign))
        else:
            at = _end_of_line_before(text, body.start)
            edits.append((at, at, sign))
            report.unsure("footnote whose marker was not found", place, f"{body.number} {body.words}")
    taken = [(b.start, b.end) for b in bodies]
    for n, line in enumerate(lines):
        if not _PAGE.match(line.words) or any(a <= line.start < b for a, b in taken) or line.start in used:
            continue
        if any(line.start <= start < line.end for start in used):
            continue
        previous = lines[n - 1].words if n else ""
        if last_word(previous).lower() in CITING and "-" not in line.words:
            continue
        report.drop("number alone on a line (a page, or the marker of a footnote that is not in the text)", place, line.words)
        edits.append((line.start, line.end, SOFT))
    out = []
    at = 0
    for start, end, new in sorted(edits, key=lambda e: (e[0], e[1])):
        out.append(text[at:start])
        out.append(new)
        at = max(at, end)
    out.append(text[at:])
    last = bodies[-1].number if bodies else first - 1
    return Lifted(_settle("".join(out).split(UNIT)), notes, last)


_SIGN = f"[{chr(SENTINEL)}-{chr(SENTINEL + 0xFFFF)}]"
_BACK = re.compile(rf"[ \t\n]*{_TO_LINE_BEFORE}({_SIGN})")
_FORWARD = re.compile(rf"{_TO_NEXT_HEADING}({_SIGN})")


def _settle(units: list[str]) -> list[str]:
    """Markers that stood alone, moved to the line before or to the heading that follows."""
    carried = ""
    out = []
    for unit in units:
        unit += carried
        carried = "".join(_FORWARD.findall(unit))
        unit = _FORWARD.sub("", unit)
        out.append(_BACK.sub(lambda m: m[1] + SOFT, unit))
    if carried:
        out[-1] = out[-1].rstrip() + carried
    return out


def _marker_edit(text: str, mark: _Mark, sign: str) -> tuple[int, int, str]:
    """The edit that puts a footnote's sign where its marker belongs.

    A marker alone on a line belongs to the end of the line before; where that is the end of
    an article whose words are complete, it was printed in the heading that follows.
    """
    line_start = max(text.rfind("\n", 0, mark.start), text.rfind(UNIT, 0, mark.start)) + 1
    if mark.cost == 0.0 or mark.spaced or text[line_start : mark.start].strip(" \t,0123456789"):
        return (mark.start, mark.end, sign)
    before = text[: line_start].rstrip("\n \t")
    rest = re.match(r"[\d\s,]*", text[mark.end :])
    assert rest is not None
    tail = text[mark.end + rest.end() : mark.end + rest.end() + 1]
    if tail == UNIT and ends(before, "."):
        # the next unit is the heading that the marker was printed in: move it there
        return (mark.start, mark.end, _TO_NEXT_HEADING + sign)
    return (mark.start, mark.end, _TO_LINE_BEFORE + sign)


def _end_of_line_before(text: str, at: int) -> int:
    head = text[:at].rstrip("\n \t")
    return len(head)
