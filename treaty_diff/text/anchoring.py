"""Where a note is in a text: by its wId, then by its quote, then nowhere (and kept)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from . import plain
from .akn.names import expression_iri
from .index import Index
from .model import Metadata, Provision, Treaty
from .notes import Target

_ROUND = 32
"""Characters of context kept before and after a quote."""
_WHOLE = 300
"""Characters of a provision that are kept as the quote of a note on all of it."""
_LIKE = 80.0
"""How alike, of 100, words must be to be the words that a note quotes."""
_BITS = 32
"""Characters of a quote that diff-match-patch's match looks for at once."""


class How(StrEnum):
    """How a note was found again."""

    THERE = "there"
    CARRIED = "carried"
    QUOTED = "by its words"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a note is: how it was found, the provision (None where it is orphaned), the characters of its words quoted."""

    how: How
    provision: Provision | None
    start: int = 0
    end: int = 0


def target(meta: Metadata, provision: Provision, quote: str = "") -> Target | None:
    """What a note on a provision, or on a quote from it, is on; None where the provision does not have these words."""
    words = _words(provision)
    start = words.find(quote) if quote else 0
    if start < 0:
        return None
    exact = quote or words[:_WHOLE]
    end = start + len(exact)
    return Target(
        expression_iri(meta),
        provision.eid,
        provision.wid or provision.eid,
        exact,
        words[max(0, start - _ROUND) : start],
        words[end : end + _ROUND],
    )


def anchor(index: Index, found: Target) -> Anchor:
    """Where a note's target is in a text of its work.

    In its own expression by eId; in another by wId, with the quote looked for in that provision, first as it is, then by
    diff-match-patch's fuzzy match; else by the quote anywhere, where one provision has it.
    """
    same = expression_iri(index.treaty.meta) == found.source
    place = index.by_eid.get(found.eid) if same else None
    if place is None:
        place = next((p for p in index.treaty.walk() if (p.wid or p.eid) == found.wid), None)
    if place is not None:
        span = _find(_words(place), found, near=True)
        if span is not None:
            return Anchor(How.THERE if same and place.eid == found.eid else How.CARRIED, place, *span)
    elsewhere = list(_anywhere(index.treaty, found))
    if len(elsewhere) == 1:
        return elsewhere[0]
    return Anchor(How.ORPHANED, None)


def _anywhere(treaty: Treaty, found: Target) -> Iterator[Anchor]:
    """The provisions that have a quote, as it is; where none has, those that have it nearly."""
    if len(found.exact) < _BITS // 2:
        return
    held = [p for p in treaty.walk() if p.words]
    exact = [(p, at) for p in held if (at := _words(p).find(found.exact)) >= 0]
    if exact:
        yield from (Anchor(How.QUOTED, p, at, at + len(found.exact)) for p, at in exact)
        return
    wanted = _content(found.exact)
    for p in held:
        words = _words(p)
        if wanted and len(wanted & _content(words)) * 2 >= len(wanted) and (span := _find(words, found, near=False)) is not None:
            yield Anchor(How.QUOTED, p, *span)


def _content(text: str) -> frozenset[str]:
    return frozenset(w for w in text.lower().split() if len(w) > 4)


def _find(words: str, found: Target, *, near: bool) -> tuple[int, int] | None:
    """The characters that are a quote, or nearly so; all of a provision for a note on it all that is still like it."""
    if not found.exact:
        return 0, len(words)
    at = words.find(f"{found.prefix}{found.exact}")
    if at >= 0:
        return at + len(found.prefix), at + len(found.prefix) + len(found.exact)
    at = words.find(found.exact)
    if at >= 0:
        return at, at + len(found.exact)
    from diff_match_patch import diff_match_patch
    from rapidfuzz import fuzz

    match = diff_match_patch()
    match.Match_Distance = 10_000
    head = match.match_main(words, found.exact[:_BITS], len(found.prefix) if near else 0)
    if head < 0:
        return None
    tail = found.exact[-_BITS:]
    last = match.match_main(words, tail, min(len(words), head + len(found.exact) - len(tail)))
    end = last + len(tail) if last >= head else head + len(found.exact)
    start, end = head, min(end, len(words))
    return (start, end) if fuzz.ratio(words[start:end], found.exact) >= _LIKE else None


def _words(p: Provision) -> str:
    """A provision's own words, or all of them where it has none of its own."""
    return p.words or plain.text(p)
