"""What articles are compared by: their words, their headings, their chapters."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ..text import folding, plain
from ..text.identifiers import term_of
from ..text.model import ANNEXES, Kind, Provision, Treaty

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_STOP = frozenset(
    "a an and any as at be by for from in is it its of on or shall such that the this to with which party parties article "
    "paragraph el la los las de del y o en que se una un por para con su a al lo artículo párrafo parte partes".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An article or annex that takes part in the alignment."""

    provision: Provision
    chapter: str
    words: tuple[str, ...]
    heading: tuple[str, ...]
    terms: frozenset[str] = frozenset()

    @property
    def eid(self) -> str:
        """The provision's eId."""
        return self.provision.eid


_PLURAL = re.compile(r"(?:(?<=[a-z]{3})ies|(?<=[a-z]{2}(?:ss|sh|ch))es|(?<=[a-z]{3}[xz])es|(?<=[a-z]{3})s(?<!ss)(?<!us)(?<!is))$")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its plural ending: the only stemming that helped here.

    >>> stem("duties"), stem("statutes"), stem("processes"), stem("process")
    ('duty', 'statute', 'process', 'process')
    """
    return _PLURAL.sub(lambda m: "y" if m[0] == "ies" else "", word)


UNITS = ANNEXES | {Kind.ARTICLE, Kind.PREAMBLE, Kind.CONCLUSION}
"""What is aligned and compared as one text."""


def members(scope: Iterable[Provision], chapter: str = "") -> Iterator[tuple[Provision, str]]:
    """The articles, annexes, preamble and concluding words below some provisions, each with its chapter's eId."""
    for p in scope:
        here = p.eid if p.kind is Kind.CHAPTER else chapter
        if p.kind in UNITS:
            yield p, here
            yield from members((c for c in p.children if c.kind in ANNEXES), here)
        else:
            yield from members(p.children, here)


def units(treaty: Treaty) -> list[Unit]:
    """The articles and annexes of a treaty of which the words are held, in order."""
    out = []
    for p, chapter in members((treaty.root,)):
        if p.held:
            body = p.words + "\n" + "".join(line.text for child in p.children for line in plain.lines(child))
            terms = frozenset(" ".join(map(stem, folding.words(term_of(d)))) for d in p.walk() if d.kind is Kind.DEFINITION)
            said, heading = tuple(map(stem, folding.words(body))), tuple(map(stem, folding.words(p.title or str(p.kind))))
            out.append(Unit(p, chapter, said, heading, terms))
    return out


def _terms(unit: Unit) -> Counter[str]:
    kept = [w for w in unit.words if w not in _STOP]
    return Counter(kept) + Counter(f"{a} {b}" for a, b in pairwise(kept))


def tfidf(subject: list[Unit], base: list[Unit], pair_weight: float) -> Matrix:
    """Cosine similarities of the units' words, one row a subject unit; a pair of words counts `pair_weight`."""
    import numpy as np

    bags = [_terms(u) for u in (*subject, *base)]
    ids: dict[str, int] = {}
    for bag in bags:
        for term in bag:
            ids.setdefault(term, len(ids))
    rows = [np.fromiter(map(ids.__getitem__, bag), dtype=np.int64, count=len(bag)) for bag in bags]
    frequency = np.zeros(len(ids))
    sides = np.zeros((2, len(ids)), dtype=bool)
    for n, row in enumerate(rows):
        frequency[row] += 1
        sides[int(n >= len(subject)), row] = True
    rarity = np.maximum(np.log(len(bags) / np.maximum(frequency, 1) + 0.1), 0.0)
    rarity *= np.fromiter((pair_weight if " " in term else 1.0 for term in ids), dtype=np.float64, count=len(ids))
    shared = np.logical_and(sides[0], sides[1])
    column = np.cumsum(shared) - 1
    matrix = np.zeros((len(bags), max(1, int(shared.sum()))), dtype=np.float32)
    for n, (bag, row) in enumerate(zip(bags, rows, strict=True)):
        weight = (1.0 + np.log(np.fromiter(bag.values(), dtype=np.float64, count=len(bag)))) * rarity[row]
        norm = float(np.sqrt((weight * weight).sum())) or 1.0
        both = shared[row]
        matrix[n, column[row[both]]] = weight[both] / norm
    return matrix[: len(subject)] @ matrix[len(subject) :].T


def headings(subject: list[Unit], base: list[Unit], titles: Iterable[str]) -> Matrix:
    """Similarities of headings: shared words over all words, rare words counting more.

    Two definitions articles share a heading that says nothing; for them the share of the terms that both
    define stands in its place. `titles` are the headings of all articles of both texts, held or
    not: how rare a heading word is shows best there.
    """
    import numpy as np

    everything = [frozenset(map(stem, folding.words(title))) for title in titles]
    frequency = Counter(w for title in everything for w in title)
    weight = {w: math.log((len(everything) + 1) / n) for w, n in frequency.items()}
    most = math.log(len(everything) + 1)
    out = np.zeros((len(subject), len(base)), dtype=np.float32)
    sets = [set(u.heading) - _STOP for u in base]
    for i, u in enumerate(subject):
        mine = set(u.heading) - _STOP
        for j, other in enumerate(sets):
            both = mine & other
            if u.terms and base[j].terms and "definition" in both:
                out[i, j] = len(u.terms & base[j].terms) / min(len(u.terms), len(base[j].terms))
            elif both:
                out[i, j] = math.fsum(weight.get(w, most) for w in both) / math.fsum(weight.get(w, most) for w in mine | other)
    return out


def chapters(subject: list[Unit], base: list[Unit], similarity: Matrix) -> Matrix:
    """How well each pair's chapters answer each other: the mean of the subject chapter's best matches there."""
    import numpy as np

    rows = {c: [i for i, u in enumerate(subject) if u.chapter == c] for c in dict.fromkeys(u.chapter for u in subject)}
    columns = {c: [j for j, u in enumerate(base) if u.chapter == c] for c in dict.fromkeys(u.chapter for u in base)}
    out = np.zeros_like(similarity)
    for mine in rows.values():
        scores = {c: float(similarity[np.ix_(mine, there)].max(axis=1).mean()) for c, there in columns.items()}
        best = max(scores.values(), default=0.0) or 1.0
        for c, there in columns.items():
            out[np.ix_(mine, there)] = scores[c] / best
    return out
