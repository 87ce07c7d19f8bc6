"""Expressions of one treaty: labels lead, and a label whose text says no yields.

In turn: exact text, the same label above a floor of shared words, the same heading in its chapter, text in the gaps
between what is paired, and last what moved. What is paired stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.folding import words as folded
from ..text.identifiers import term_of
from ..text.model import Kind, Provision, Treaty
from . import features, signals
from .concordance import Found, Link, LinkKind, Near
from .config import AlignConfig

if TYPE_CHECKING:
    from .features import Matrix

_YIELDS = 0.3
"""A label yields where another text shares this much more of the words."""


@dataclass(frozen=True, slots=True)
class Item:
    """A provision by what pairs it: its label, its heading with its holder, and all its words."""

    label: str
    heading: tuple[str, ...]
    words: tuple[str, ...]
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two provisions by their places in the rows, and what made them a pair."""

    left: int
    right: int
    how: str


class _Pairing:
    """The pairs found so far of two rows of items."""

    def __init__(self, left: Sequence[Item], right: Sequence[Item], likeness: Matrix, config: AlignConfig) -> None:
        self.left, self.right, self.likeness, self.config = left, right, likeness, config
        self.to: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self.how: dict[int, str] = {}

    def take(self, i: int, j: int, how: str) -> None:
        self.to[i], self.back[j], self.how[i] = j, i, how

    def free(self) -> tuple[list[int], list[int]]:
        return (
            [i for i in range(len(self.left)) if i not in self.to],
            [j for j in range(len(self.right)) if j not in self.back],
        )

    def same(self, key: Callable[[Item], object], how: str, floor: float) -> None:
        """Pair what has the same key once on each side, where the words allow it."""
        rows, columns = self.free()
        there: dict[object, list[int]] = {}
        here: dict[object, list[int]] = {}
        for places, items, out in ((rows, self.left, here), (columns, self.right, there)):
            for n in places:
                if (found := key(items[n])) is not None:
                    out.setdefault(found, []).append(n)
        for found, mine in here.items():
            theirs = there.get(found, ())
            if len(mine) == len(theirs) == 1 and self.allowed(mine[0], theirs[0], floor):
                self.take(mine[0], theirs[0], how)

    def allowed(self, i: int, j: int, floor: float) -> bool:
        """Whether two texts share enough, and no free third text shares much more with either."""
        here = float(self.likeness[i, j])
        mine, theirs = self.left[i].terms, self.right[j].terms
        if here < floor or (mine and theirs and not mine & theirs):
            return False
        rows, columns = self.free()
        rival = max((float(self.likeness[i, k]) for k in columns), default=0.0)
        rival = max(rival, max((float(self.likeness[k, j]) for k in rows), default=0.0))
        return rival - here < _YIELDS

    def by_text(self, how: str, *, gaps: bool) -> None:
        """Pair the most alike first; in the gaps only what stands between the same pairs on both sides."""
        rows, columns = self.free()
        floor = self.config.same_text
        found = sorted((-float(self.likeness[i, j]), i, j) for i in rows for j in columns if self.likeness[i, j] >= floor)
        for _, i, j in found:
            if i not in self.to and j not in self.back and (not gaps or self._between(i, j)):
                self.take(i, j, how)

    def _between(self, i: int, j: int) -> bool:
        before = next((self.to[k] for k in range(i - 1, -1, -1) if k in self.to), -1)
        after = next((self.to[k] for k in range(i + 1, len(self.left)) if k in self.to), len(self.right))
        return before < j < after

    def run(self) -> list[Pair]:
        self.same(lambda x: (x.label, x.words) if x.words else None, "text", 0.0)
        self.same(lambda x: (x.heading, x.words) if x.words else None, "text", 0.0)
        self.same(lambda x: x.words or None, "text", 0.0)
        self.same(lambda x: x.label or None, "label", self.config.same_label)
        self.same(lambda x: x.heading or None, "heading", self.config.same_heading)
        self.by_text("gap", gaps=True)
        self.by_text("move", gaps=False)
        return [Pair(i, self.to[i], self.how[i]) for i in sorted(self.to)]


def _likeness(left: Sequence[Item], right: Sequence[Item]) -> Matrix:
    """Of the words and pairs of words that two texts have, the share that both have."""
    from itertools import pairwise

    sets = [frozenset([*x.words, *(f"{a} {b}" for a, b in pairwise(x.words))]) for x in (*left, *right)]
    return signals.jaccard(sets, len(left))


def item(provision: Provision, holder: str, *, by_wid: bool = False) -> Item:
    """A provision by what pairs it; `holder` parts headings that stand in several chapters."""
    said = tuple(w for line in features.passages_of(provision) for w in folded(line))
    heading = (holder, *folded(provision.title)) if provision.title else ()
    terms = frozenset(term_of(d) for d in provision.walk() if d.kind is Kind.DEFINITION)
    label = provision.wid if by_wid and provision.wid else provision.eid
    return Item(label, heading, said, terms)


def pairs(left: Sequence[Item], right: Sequence[Item], config: AlignConfig, *, other_language: bool) -> tuple[list[Pair], Matrix]:
    """Which of two rows of provisions are the same, one to one, and how alike all are; in another language by label alone."""
    import numpy as np

    if other_language:
        there = {x.label: j for j, x in enumerate(right)}
        found = [Pair(i, there[x.label], "label") for i, x in enumerate(left) if x.label in there]
        likeness = np.zeros((len(left), len(right)))
        for pair in found:
            likeness[pair.left, pair.right] = 1.0
        return found, likeness
    likeness = _likeness(left, right)
    return _Pairing(left, right, likeness, config).run(), likeness


def translated(subject: Treaty, base: Treaty) -> bool:
    """Whether the two texts have no words in common to go by."""
    return subject.meta.language != base.meta.language


def between_expressions(subject: Treaty, base: Treaty, config: AlignConfig, *, carried: bool = True) -> Found:
    """All links of two expressions or editions of one treaty, and the nearest base articles of each subject article.

    A score is the share of words and word pairs that both have. Between two languages the label alone counts: the `wId`
    where both texts have theirs (`carried`), which is the same also where one of them was renumbered, else the `eId`.
    """
    import numpy as np

    mine, theirs = features.held(subject), features.held(base)
    by_wid = carried and translated(subject, base)
    left, right = ([item(p, c, by_wid=by_wid) for p, c in side] for side in (mine, theirs))
    if not left or not right:
        return [], {}
    found, likeness = pairs(left, right, config, other_language=translated(subject, base))
    links = [
        Link(
            mine[pair.left][0].eid,
            theirs[pair.right][0].eid,
            LinkKind.COUNTERPART,
            round(float(likeness[pair.left, pair.right]), 3),
            ((pair.how, 1.0),),
        )
        for pair in found
    ]
    linked = {(pair.left, pair.right) for pair in found}
    best = np.argsort(-likeness, axis=1, kind="stable")[:, : config.nearest + 1].tolist()
    nearest = {}
    for i, (p, _) in enumerate(mine):
        free = [j for j in best[i] if (i, j) not in linked][: config.nearest]
        nearest[p.eid] = tuple(Near(theirs[j][0].eid, round(float(likeness[i, j]), 3)) for j in free)
    return links, nearest
