"""Lines that stand elsewhere in the other text: what looks deleted here and inserted there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .config import RedlineConfig
from .rows import Item

_LOOKED_AT = 4
"""How many lines are compared with one, those that share most runs of words."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lines(Generic[Key]):
    """Lines that may have moved, by where they stand; `held` is how alike the partner is that a line has already."""

    items: Mapping[Key, Item]
    held: Mapping[Key, float]


def likeness(a: Sequence[int], b: Sequence[int]) -> float:
    """Twice the content words that two lines have in common, over all they have."""
    total = len(a) + len(b)
    return 2.0 * (Counter(a) & Counter(b)).total() / total if total else 0.0


def moves(base: Lines[Key], subject: Lines[Key], config: RedlineConfig) -> dict[Key, Key]:
    """Where lines of the subject came from, by their places.

    Both must be long enough to be known again, each the other's best, and clearly better than the runner-up and than
    the partners that they have.
    """
    grams: dict[tuple[int, ...], list[Key]] = {}
    for key, item in base.items.items():
        if _mobile(item, config):
            for gram in _grams(item.content):
                grams.setdefault(gram, []).append(key)
    mine: dict[Key, list[tuple[float, Key]]] = {}
    theirs: dict[Key, list[tuple[float, Key]]] = {}
    for key, item in subject.items.items():
        if not _mobile(item, config):
            continue
        hits: dict[Key, int] = {}
        for gram in _grams(item.content):
            for other in grams.get(gram, ()):
                hits[other] = hits.get(other, 0) + 1
        for other in sorted(hits, key=lambda k: -hits[k])[:_LOOKED_AT]:
            there = base.items[other]
            if (there.line.note is None) == (item.line.note is None) and there.term == item.term:
                score = likeness(there.content, item.content)
                mine.setdefault(key, []).append((score, other))
                theirs.setdefault(other, []).append((score, key))
    out: dict[Key, Key] = {}
    for key, found in mine.items():
        score, other = max(found, key=lambda f: f[0])
        best, back = max(theirs[other], key=lambda f: f[0])
        if back != key or best != score or score < config.moved:
            continue
        rivals = [s for s, k in found if k != other] + [s for s, k in theirs[other] if k != key]
        rivals += [subject.held.get(key, 0.0), base.held.get(other, 0.0)]
        if score - max(rivals) >= config.moved_margin:
            out[key] = other
    return out


def _mobile(item: Item, config: RedlineConfig) -> bool:
    return len(item.content) >= config.moved_words and not item.head and item.line.row is None


def _grams(content: Sequence[int]) -> dict[tuple[int, ...], None]:
    return dict.fromkeys(zip(content, content[1:], content[2:], strict=False))
