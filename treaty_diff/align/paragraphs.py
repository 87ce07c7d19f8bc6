"""Inside articles that answer each other: which paragraph, definition and item answers which, and which went elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..text.folding import words
from ..text.identifiers import term_of
from ..text.index import indexed
from ..text.model import ANNEXES, Kind, Provision, Treaty
from . import features
from .concordance import Concordance, Link, LinkKind
from .config import AlignConfig

_SILENT = frozenset({Kind.HEADING, Kind.TABLE})
_CLOSE = 0.75
"""A second paragraph answers where it shares this part of what the best one does."""
_BETTER = 0.15
"""How much more of its words a paragraph must find elsewhere to have moved."""
_LOOKED_AT = 4
"""How many paragraphs elsewhere are compared, those that share most pairs of words."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, definition or item with what it says: words and pairs of words that tell something."""

    provision: Provision
    said: frozenset[str]
    term: str


def _block(provision: Provision, stop: frozenset[str], language: str) -> _Block:
    kept: list[str] = []
    for line in features.passages_of(provision):
        kept += [features.stem(w, language) for w in words(line) if w not in stop]
    return _Block(provision, frozenset([*kept, *(f"{a} {b}" for a, b in pairwise(kept))]), term_of(provision))


def _likeness(a: _Block, b: _Block) -> float:
    """Twice what both say over what they say in all; the same defined term halves what is missing."""
    total = len(a.said) + len(b.said)
    like = 2.0 * len(a.said & b.said) / total if total else 0.0
    return 0.5 * (1.0 + like) if a.term and a.term == b.term else like


def _entries(provision: Provision) -> Iterator[Provision]:
    """The provision, or each definition of a list of them."""
    if provision.kind in ANNEXES | _SILENT:
        return
    if not provision.label and any(c.kind is Kind.DEFINITION for c in provision.children):
        yield from provision.children
    else:
        yield provision


class _Side:
    """The blocks of one text, made when asked for."""

    def __init__(self, treaty: Treaty) -> None:
        self.index = indexed(treaty)
        self.language = treaty.meta.language
        self.stop = features.stop_words(self.language)
        self._blocks: dict[str, tuple[_Block, ...]] = {}

    def below(self, eid: str) -> tuple[_Block, ...]:
        """The paragraphs of an article, the items of a paragraph; the article itself where it has none."""
        if eid not in self._blocks:
            provision = self.index.by_eid[eid]
            inner = [c for child in provision.children for c in _entries(child) if c.text or c.children]
            whole = provision.kind in features.UNITS and not inner
            self._blocks[eid] = tuple(_block(p, self.stop, self.language) for p in ([provision] if whole else inner))
        return self._blocks[eid]


def _kind(best: bool, times: int, back: int) -> LinkKind:
    if times > 1:
        return LinkKind.SPLIT
    if back > 1:
        return LinkKind.MERGED
    return LinkKind.COUNTERPART if best else LinkKind.PARTIAL


def _pairs(mine: Sequence[_Block], theirs: Sequence[_Block], config: AlignConfig) -> list[Link]:
    """Links of some blocks to some others: each to its best, to others nearly as good, and back."""
    score = [[_likeness(a, b) for b in theirs] for a in mine]
    rows = [max(row, default=0.0) for row in score]
    columns = [max((row[j] for row in score), default=0.0) for j in range(len(theirs))]
    chosen = [
        (i, j)
        for i, row in enumerate(score)
        for j, like in enumerate(row)
        if like >= config.paragraph and (like >= _CLOSE * rows[i] or like == columns[j]) and like >= 0.5 * rows[i]
    ]
    times, back = Counter(i for i, _ in chosen), Counter(j for _, j in chosen)
    return [
        Link(
            mine[i].provision.eid,
            theirs[j].provision.eid,
            _kind(score[i][j] == rows[i] == columns[j], times[i], back[j]),
            round(score[i][j], 3),
            (("words", round(score[i][j], 3)),),
        )
        for i, j in chosen
    ]


class _Elsewhere:
    """Finds where in the base a paragraph went, by the pairs of words that few paragraphs have."""

    def __init__(self, base: _Side, articles: Iterable[str]) -> None:
        self.blocks = [(eid, block) for eid in articles for block in base.below(eid)]
        self._with: dict[str, list[int]] = {}
        for n, (_, block) in enumerate(self.blocks):
            for item in block.said:
                if " " in item:
                    self._with.setdefault(item, []).append(n)

    def best(self, block: _Block, outside: frozenset[str]) -> tuple[float, _Block | None]:
        hits: Counter[int] = Counter()
        for item in sorted(block.said):
            found = self._with.get(item, ())
            if len(found) <= 2 * _LOOKED_AT:
                hits.update(found)
        near = sorted(hits, key=lambda n: (-hits[n], n))
        near = [n for n in near if self.blocks[n][0] not in outside][:_LOOKED_AT]
        ranked = sorted(((_likeness(block, self.blocks[n][1]), -n) for n in near), reverse=True)
        return (ranked[0][0], self.blocks[-ranked[0][1]][1]) if ranked else (0.0, None)


def paragraph_links(subject: Treaty, base: Treaty, concordance: Concordance, config: AlignConfig | None = None) -> Iterator[Link]:
    """Links of paragraphs, definitions and items of the articles that a concordance lists, in the subject's order.

    A definition goes by its term. A paragraph that finds much more of its words in an article which does not
    answer its own is `moved` there, whether or not its own article is answered. A score is the
    share of words and word pairs that both have, not a chance.
    """
    config = config or AlignConfig()
    left, right = _Side(subject), _Side(base)
    held = [p.eid for p, _ in features.held(base)]
    elsewhere = _Elsewhere(right, held)
    for eid in concordance.nearest:
        answering = tuple(k.base for k in concordance.of(eid))
        mine = left.below(eid)
        links = _pairs(mine, [b for other in answering for b in right.below(other)], config)
        found: dict[str, float] = {}
        for link in links:
            found[link.subject] = max(found.get(link.subject, 0.0), link.score)
        moved = []
        for block in mine:
            score, there = elsewhere.best(block, frozenset(answering))
            if there is not None and score >= config.moved and score >= found.get(block.provision.eid, 0.0) + _BETTER:
                evidence = (("words", round(score, 3)),)
                moved.append(Link(block.provision.eid, there.provision.eid, LinkKind.MOVED, round(score, 3), evidence))
        place = {block.provision.eid: n for n, block in enumerate(mine)}
        for link in sorted((*links, *moved), key=lambda k: (place[k.subject], -k.score)):
            yield link
            if link.subject != eid and link.base not in answering:
                yield from _pairs(left.below(link.subject), right.below(link.base), config)
