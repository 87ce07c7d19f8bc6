"""Footnote bodies: they stand where the page ended, also inside a sentence or a list.

The numbers of a chapter's bodies must rise, so that a year, a tariff line or the rest of a
sentence that a line break cut does not fit the chain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import footnote_marks as marking
from . import footnote_unnumbered as unnumbered
from .definitions import match as match_definition
from .footnote_marks import UNIT, Body, Marks, SourceLine
from .lines import ends, ends_with_connective, last_word, starts_lower
from .numbering import CITING, match_marker

_LINE = re.compile(r"(?P<number>\d{1,3})(?:[ \t]+(?P<words>\S.*))?")
_OPENS = re.compile(r"[\"“‘(«]*[A-ZÁÉÍÓÚÑ]")
_LABEL = re.compile(r"\([a-z]{1,5}\)")
_CITED_ENTRIES = re.compile(r"\([a-z]{1,5}\)(?:,| and| or| y| o)\s")
_JOINING = frozenset("to through of under in part a".split())
"""Of the words before a cited number those that also end a line above a footnote."""


def starts(words: str) -> re.Match[str] | None:
    """The number that a line begins with, where the line may be a footnote's."""
    return _LINE.fullmatch(words) if words[0].isdigit() else None


class _Candidate(Body):
    __slots__ = ("line", "marked", "weak")

    def __init__(self, number: int, start: int, end: int, words: str, line: int, marked: bool, weak: bool) -> None:
        super().__init__(number, start, end, words)
        self.line, self.marked, self.weak = line, marked, weak


def find(text: str, lines: Sequence[SourceLine], numeric: Sequence[SourceLine], glued: Marks, first: int) -> list[Body]:
    """The footnote bodies of a chapter, in the order of their numbers.

    `numeric` are those of its `lines` that begin with a number, `first` is the number it may begin with.
    """
    candidates = _candidates(text, lines, glued, marking.lone(numeric, ()))
    chain = _fill(_chain([c for c in candidates if c.marked or not c.weak], first), candidates, first)
    heads = {body.start for body in chain}
    for body in chain:
        later: list[int] = []
        if ends(body.words, ":"):
            later = [mark.start for other in chain if other.number > body.number for mark in glued.get(other.number, ())]
        _take_rest(
            text, lines, body.line + (body.end > lines[body.line].end), body, heads, later, main_open=_open(lines, body.line)
        )
    bodies: list[Body] = [*chain]
    bodies += _inline(text, bodies, glued)
    for number, n in unnumbered.find(text, lines, glued, marking.lone(numeric, bodies), bodies):
        found = Body(number, lines[n].start, lines[n].end, lines[n].words, numbered=False)
        _take_rest(text, lines, n, found, heads, (), main_open=_open(lines, n))
        bodies.append(found)
    bodies += _following(lines, candidates, bodies)
    return sorted(bodies, key=lambda body: body.number)


def _following(lines: Sequence[SourceLine], candidates: Sequence[_Candidate], bodies: Sequence[Body]) -> list[Body]:
    """Bodies inside a sentence whose number goes on with the series now that the bodies without numbers are known."""
    starts = {body.number: body.start for body in bodies}
    out: list[Body] = []
    for body in candidates:
        number = body.number
        if (
            body.weak
            or number in starts
            or not starts.get(number - 1, body.start) < body.start < starts.get(number + 1, body.end)
        ):
            continue
        after = body.line + 1
        if ends(body.words, ".") and after < len(lines) and _open(lines, body.line) and starts_lower(lines[after].words):
            out.append(body)
            starts[number] = body.start
    return out


def _open(lines: Sequence[SourceLine], n: int) -> bool:
    """Whether line `n` stands inside a sentence of the treaty, which may go on behind a body that begins there."""
    before = lines[n - 1].words if n else "."
    return not ends(before) and not ends_with_connective(before)


def _candidates(text: str, lines: Sequence[SourceLine], glued: Marks, lone: Marks) -> list[_Candidate]:
    out = []
    for n, line in enumerate(lines):
        m = starts(line.words)
        if m is None:
            continue
        number, words, end = int(m["number"]), m["words"] or "", line.end
        printed = any(k.start < line.start for k in glued.get(number, ()) if not k.cost)
        marked = printed or any(k.start < line.start for k in (*glued.get(number, ()), *lone.get(number, ())) if k.cost < 0.5)
        if not words:
            # a number alone: a body if the next line opens a sentence, a marker or a page otherwise
            if n + 1 == len(lines) or UNIT in text[line.end : lines[n + 1].start]:
                continue
            words, end = lines[n + 1].words, lines[n + 1].end
            if match_marker(words) or not _OPENS.match(words) or starts(words):
                continue
            if n and not printed and not ends(lines[n - 1].words.rstrip("0123456789, "), ".;:"):
                continue
        elif not _OPENS.match(words):
            continue
        cited = last_word(lines[n - 1].words).lower() if n else ""
        if cited in CITING and cited not in _JOINING and not marked:
            continue
        out.append(_Candidate(number, line.start, end, words, n, marked, weak=not m["words"] or cited in CITING))
    return out


def _chain(found: list[_Candidate], first: int) -> list[_Candidate]:
    """The best run of bodies with rising numbers; `first` is the number it should begin with."""
    best: list[float] = []
    back: list[int] = []
    leading = [float("-inf")] * 1000
    leader = [-1] * 1000
    for i, body in enumerate(found):
        worth = 1.0 + (0.5 if body.marked else -0.9)
        start_cost = 0.0 if body.number in (1, first) else 0.35 * min(body.number - 1, abs(body.number - first))
        score, previous = worth - min(start_cost, 3.0), -1
        # of the rows before only the best that ends with each number counts
        before = max(leading[: body.number], default=float("-inf"))
        if before + worth - 0.45 * (body.number - 1) > score:
            score, previous = before + worth - 0.45 * (body.number - 1), leader[leading.index(before)]
        best.append(score)
        back.append(previous)
        if score + 0.45 * body.number > leading[body.number]:
            leading[body.number], leader[body.number] = score + 0.45 * body.number, i
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


def _fill(chain: list[_Candidate], candidates: list[_Candidate], first: int) -> list[_Candidate]:
    """The chain with weak bodies that close a gap in it or begin it, though their markers are nowhere."""
    out: list[_Candidate] = []
    for after in chain:
        start = out[-1].start if out else -1
        missing = after.number - 1
        if missing == out[-1].number + 1 if out else missing in (1, first):
            out += [c for c in candidates if c.weak and c.number == missing and start < c.start < after.start][-1:]
        out.append(after)
    return out


def _take_rest(
    text: str, lines: Sequence[SourceLine], n: int, body: Body, heads: set[int], later: Sequence[int], *, main_open: bool
) -> None:
    """Add the lines after line `n` that still belong to the body: a list it opens, a sentence it began.

    `later` are places of later footnotes' markers; `main_open`: the body stands inside a sentence
    of the treaty, which may go on behind it.
    """
    listing = listed = ends(body.words, ":")
    hole: tuple[int, int] | None = None
    while n + 1 < len(lines):
        following = lines[n + 1]
        if following.start in heads or UNIT in text[lines[n].end : following.start]:
            return
        marker = match_marker(following.words)
        if listing and marker and not marker["number"]:
            if any(following.start < at < following.end for at in later):
                # an entry with the marker of a later footnote is the treaty's
                hole = (hole[0] if hole else following.start, following.end)
                n += 1
                continue
            closing = False
        elif not ends(body.words) and _definition_between(text, lines, n):
            hole = (hole[0] if hole else following.start, following.end)
            n += 1
            continue
        elif hole and match_definition(lines[n].words) is None:
            return
        elif not ends(body.words) and _goes_on(text, lines, n, body, main_open):
            if marking.is_lone(following.words):
                return
            closing = listed and ends(body.words, ",")
            marker = None
        else:
            return
        if hole:
            body.holes.append(hole)
            hole = None
        body.words = f"{body.words}{chr(10) if marker or closing else ' '}{following.words}"
        body.end = following.end
        n += 1
        if ends(body.words, ".") and not _announces(following.words):
            listing = False


def _definition_between(text: str, lines: Sequence[SourceLine], n: int) -> bool:
    """Whether the line after line `n` is a whole definition of the treaty and the next one may go on with the body."""
    if n + 2 >= len(lines) or UNIT in text[lines[n].end : lines[n + 2].start]:
        return False
    definition, after = lines[n + 1].words, lines[n + 2].words
    if not starts_lower(definition) or not ends(definition, ".;") or match_definition(definition) is None:
        return False
    return not starts_lower(after) and not match_marker(after) and starts(after) is None


def _goes_on(text: str, lines: Sequence[SourceLine], n: int, body: Body, main_open: bool) -> bool:
    """Whether the line after line `n` goes on with a body that is no whole sentence."""
    following = lines[n + 1]
    if match_marker(following.words):
        # the end of a line between labels that are cited: `subparagraphs (i),` / `(ii) and (iii)`
        return bool(_LABEL.fullmatch(body.words.rstrip(",").split()[-1]) and _CITED_ENTRIES.match(following.words))
    if not main_open or not starts_lower(following.words):
        return True
    if not ends(following.words, "."):
        return False
    # both sentences may go on here: the body's where no empty line parts them, or where the treaty's follows
    after = lines[n + 2] if n + 2 < len(lines) else None
    follows = after is not None and UNIT not in text[following.end : after.start] and starts_lower(after.words)
    return follows or text.count("\n", lines[n].end, following.start) < 2


def _announces(words: str) -> bool:
    """Whether an entry announces another: it ends with `;`, `and` or `or`."""
    return ends(words, ";,") or last_word(words).lower() in ("and", "or", "y", "o")


def _inline(text: str, chain: list[Body], glued: Marks) -> list[Body]:
    """Bodies missing from the chain that begin inside a line between their neighbours, or inside the one before."""
    out = []
    for before, after in zip([None, *chain], [*chain, None], strict=True):
        low = before.number + 1 if before else 1
        high = after.number if after else (before.number + 2 if before else 0)
        stop = after.start if after else len(text)
        holder = before
        at = before.start if before else 0
        for number in range(low, high):
            pattern = re.compile(rf"(?<=[.;:”)])[ \t]+{number}[ \t]+(?=[A-Z“])(?P<words>[^\n{UNIT}]+)")
            m = pattern.search(text, at, stop)
            if m is None or not any(mark.start < m.start() for mark in glued.get(number, ())):
                continue
            if holder is not None and m.start() < holder.end:
                inside = pattern.search(holder.words)
                if inside is None:
                    continue
                body = Body(number, m.start(), holder.end, holder.words[inside.start("words") :])
                holder.words, holder.end = holder.words[: inside.start()], m.start()
            else:
                body = Body(number, m.start(), m.end(), m["words"].strip())
            out.append(body)
            holder, at = body, body.start + 1
    return out
