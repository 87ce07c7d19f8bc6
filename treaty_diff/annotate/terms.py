"""Terms: definitions that changed in substance, that are new or gone; where such a term is used; terms left without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..redline.config import FUNCTION
from ..text.folding import fold_word
from .annotation import Annotation, Kind
from .pairs import Pair
from .rows import Sheet
from .sentences import listed, quoted
from .world import World

_MEANS = re.compile(
    r"^[\"“]?(?P<term>[^:;]{2,80}?)[\"”]?,? (?:means|includes|shall mean|has the (?:same )?meaning|have the (?:same )?meaning|mean)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_LIGHT = FUNCTION | {"another", "same"}


@dataclass(frozen=True, slots=True)
class _Defined:
    sheet: Sheet
    row: int
    term: str


def read(sheets: Sequence[Sheet], world: World) -> Iterator[Annotation]:
    """What the changes of all articles do to the terms."""
    changed: list[_Defined] = []
    gone: list[_Defined] = []
    new: dict[str, _Defined] = {}
    for sheet in sheets:
        for n, pair in enumerate(sheet.pairs):
            if not sheet.defines(n):
                continue
            if sheet.compared(n) or (sheet.weak(n) and sheet.lone(n, 0)):
                old, now = _term(pair, 0), _term(pair, 1)
                if old and old == now and _other(pair):
                    changed.append(_Defined(sheet, n, now))
            elif sheet.lone(n, 0) and (term := _term(pair, 0)):
                gone.append(_Defined(sheet, n, term))
            elif sheet.lone(n, 1) and (term := _term(pair, 1)):
                new[term] = _Defined(sheet, n, term)
    for found in changed:
        yield _changed(found, world)
        yield from _used(found, sheets, world)
    for found in gone:
        if found.term not in new:
            yield from _dropped(found, sheets, world)
    before = {found.term for found in gone}
    for term, found in new.items():
        if term not in before and term not in world.base_definitions:
            pair = found.sheet.pairs[found.row]
            span = (pair.number(1), len(pair.texts[1].rstrip()))
            said = f"A term is newly defined: {quoted(pair.texts[1][span[0] :], world.config.quoted)}."
            yield found.sheet.made("definition-added", Kind.TERMS, 2, said, found.row, None, span)


def _changed(found: _Defined, world: World) -> Annotation:
    pair = found.sheet.pairs[found.row]
    spans = [(pair.number(k), len(pair.texts[k].rstrip())) for k in (0, 1)]
    said = f"“{found.term}” is defined otherwise"
    more = [_fresh(pair, k) for k in (0, 1)]
    if more[1]:
        said += f", now with {quoted(more[1], world.config.quoted)}"
    if more[0]:
        said += f"{' and' if more[1] else ','} without {quoted(more[0], world.config.quoted)}"
    return found.sheet.made("definition-changed", Kind.TERMS, 3, f"{said}.", found.row, *spans)


def _used(found: _Defined, sheets: Sequence[Sheet], world: World) -> Iterator[Annotation]:
    """Where a term of another meaning is used: once an article."""
    place = found.sheet.place(found.row, 1)
    use = _uses(found.term, world)
    for sheet in _reached(found, sheets, 1):
        for n, pair in enumerate(sheet.pairs):
            if sheet.heading(n) or not sheet.stands(n, 1) or (sheet is found.sheet and n == found.row):
                continue
            hit = use(pair.lower[1]) if found.term in pair.lower[1] else None
            if hit is not None and place is not None:
                said = f"“{found.term}” is defined otherwise than in {world.comparison.base.name}: see {place.citation}."
                back = use(pair.lower[0])
                yield sheet.made("term-used", Kind.TERMS, 1, said, n, back, hit)
                break


def _dropped(found: _Defined, sheets: Sequence[Sheet], world: World) -> Iterator[Annotation]:
    pair = found.sheet.pairs[found.row]
    span = (pair.number(0), len(pair.texts[0].rstrip()))
    if found.term in world.definitions:
        return
    said = f"A definition is gone: {quoted(pair.texts[0][span[0] :], world.config.quoted)}."
    yield found.sheet.made("definition-dropped", Kind.TERMS, 2, said, found.row, span, None)
    use = _uses(found.term, world)
    where: list[tuple[Sheet, int, tuple[int, int]]] = []
    for sheet in _reached(found, sheets, 0):
        for n, other in enumerate(sheet.pairs):
            there = sheet.stands(n, 1) and not sheet.heading(n) and found.term in other.lower[1]
            hit = use(other.lower[1]) if there else None
            if hit is not None:
                where.append((sheet, n, hit))
                break
    if where:
        places = [p.citation for sheet, n, _ in where if (p := sheet.place(n, 1)) is not None]
        said = f"“{found.term}” is used and no longer defined, in {listed(places, world.config.listed)}."
        sheet, n, hit_span = where[0]
        yield sheet.made("term-undefined", Kind.TERMS, 3, said, n, None, hit_span)


def _reached(found: _Defined, sheets: Sequence[Sheet], side: int) -> Iterator[Sheet]:
    """The articles for which a definition holds and that have its words: those of its chapter, or all if it says so."""
    up = found.sheet.ups[side][found.row]
    everywhere = "this agreement" in found.sheet.pairs[up].lower[side] if up >= 0 else False
    chapter = found.sheet.article.head.chapter
    for sheet in sheets:
        if (everywhere or sheet.article.head.chapter == chapter) and found.term in sheet.after:
            yield sheet


def _term(pair: Pair, side: int) -> str:
    found = _MEANS.match(pair.texts[side][pair.number(side) :])
    return found["term"].strip().lower() if found is not None else ""


def _uses(term: str, world: World) -> Callable[[str], tuple[int, int] | None]:
    """Finds a term in small letters where it is used by itself, and not as a part of a longer one that the subject defines.

    Read by hand: a pattern of all longer terms takes longer to make than the few lines that have the term.
    """
    longer = [(t, t.index(term)) for t in world.longer(term)]

    def find(low: str) -> tuple[int, int] | None:
        free, at = 0, low.find(term)
        while at >= 0:
            held = [(at - o, n, len(t)) for n, (t, o) in enumerate(longer) if at - o >= free and low.startswith(t, at - o)]
            first = min([h for h in held if _parts(low, h[0] - 1)], default=None) if held else None
            if first is None:
                end = at + len(term)
                end = next((e for e in (end + 1, end + 2, end) if low[end:e] in ("s", "es", "") and _parts(low, e)), 0)
                if end and _parts(low, at - 1):
                    return at, end
                at = low.find(term, at + 1)
            else:
                free = first[0] + first[2]
                at = low.find(term, free)
        return None

    return find


def _parts(low: str, where: int) -> bool:
    """Whether a character is none of a word, or there is none."""
    return not 0 <= where < len(low) or not (low[where].isalnum() or low[where] in "_-")


def _fresh(pair: Pair, side: int) -> str:
    """The first run of changed words of a side."""
    start = end = -1
    for m in _WORD.finditer(pair.texts[side]):
        if pair.share_changed(side, *m.span()) > 0.5 and (start >= 0 or fold_word(m[0]) not in _LIGHT):
            start, end = (m.start() if start < 0 else start), m.end()
        elif start >= 0:
            break
    return pair.texts[side][start:end] if start >= 0 else ""


def _other(pair: Pair) -> bool:
    """Whether a definition changed in substance: in other words than articles, `which` and `that`, and the like."""
    for side in (0, 1):
        for m in _WORD.finditer(pair.texts[side], pair.number(side)):
            word = fold_word(m[0])
            if (word not in _LIGHT or word in ("or", "not", "no")) and pair.share_changed(side, *m.span()) > 0.5:
                return True
    return False
