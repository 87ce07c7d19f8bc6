"""Which provisions of a text come nearest to an article that no article of it answers: pointers for a reader, no links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from ..text import plain
from ..text.model import Provision, Treaty
from ..text.once import once
from .features import Vocabulary, units

if TYPE_CHECKING:
    from .features import Numbers

_HEADING = 0.4
"""What a word of an article's heading counts beside one of the provision itself."""
_ASKED = 0.7
"""The same of the heading of the article that is asked for."""
_SHORT = 4.0
"""Added to a provision's length, so that one of a few words is not near to all that have them."""
_FAVOUR = 1.3
"""By how much a provision gains in an article that is favoured."""
_LEAST = 0.12
"""Likeness below which nothing is near."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A provision of the other text, the article or annex that it is of, and how like the words are (0..1)."""

    unit: Provision
    provision: Provision
    likeness: float


class Field:
    """A text's provisions by their words (cosine of tf-idf weights)."""

    def __init__(self, treaty: Treaty) -> None:
        import numpy as np

        self._vocabulary = Vocabulary(treaty.meta.language)
        self._entries = [entry for unit, _ in units(treaty) if unit.held for entry in _provisions(unit)]
        size = len(self._entries)
        owner, word, count = self._counted([said for _, _, said in self._entries])
        heads = {unit.eid: unit.title for unit, _, _ in self._entries}
        places = {eid: n for n, eid in enumerate(heads)}
        head, head_word, head_count = self._counted(list(heads.values()))
        # each provision has its unit's heading, too
        of = np.array([places[unit.eid] for unit, _, _ in self._entries], dtype=np.int64)
        order = np.argsort(head, kind="stable")
        first, last = (np.searchsorted(head[order], of, side=side) for side in ("left", "right"))
        times = last - first
        at = order[_rows(first, times)]
        owner = np.concatenate([owner, np.repeat(np.arange(size), times)])
        word = np.concatenate([word, head_word[at]])
        share = np.concatenate([1 + np.log(count), _HEADING * head_count[at]])
        words = len(self._vocabulary.idle)
        key, back = np.unique(word * size + owner, return_inverse=True)
        word, owner = (key // size, key % size) if size else (key, key)
        holding = np.bincount(word, minlength=words)
        self._rare = np.where(holding, np.log(1 + size / np.maximum(holding, 1)), 0.0)
        self._owner = owner
        self._share = np.bincount(back, share, minlength=len(key)) * self._rare[word]
        self._lengths = np.sqrt(np.bincount(owner, self._share * self._share, minlength=size)) + _SHORT
        self._first = np.concatenate([[0], np.cumsum(holding)])

    def _counted(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
        """The words of some texts that tell something: which text, which word, how often."""
        import numpy as np

        number = self._vocabulary.__getitem__
        found = [list(map(number, text.split())) for text in texts]
        word = np.fromiter((n for some in found for n in some), np.int64)
        owner = np.repeat(np.arange(len(found)), np.array(list(map(len, found)), dtype=np.int64))
        words = zip(self._vocabulary.words, self._vocabulary.idle, strict=True)
        kept = np.array([not idle and len(key) > 2 and key[0].isalpha() for key, idle in words])[word]
        size = len(self._vocabulary.idle)
        key, count = np.unique(owner[kept] * size + word[kept], return_counts=True)
        return key // size, key % size, count

    def near(self, article: Provision, favoured: Collection[str] = (), most: int = 3) -> tuple[Nearby, ...]:
        """The provisions nearest to an article, one of each article of this text, the nearest first.

        `favoured` are the eIds of articles that are looked into first, since something else says that they have to do with it.
        """
        import numpy as np

        said = " ".join(line.words for line in plain.lines(plain.alone(article)) if line.note is None)
        own, heading = (Counter(map(self._vocabulary.__getitem__, text.split())) for text in (said, article.title))
        asked = sorted(n for n in {**own, **heading} if n < len(self._rare))  # the rest are words that this text has not
        words = np.array(asked, dtype=np.int64)
        shares = [(1 + log(own[n]) if own[n] else 0.0) + _ASKED * heading[n] for n in asked]
        weight = np.array(shares) * self._rare[words]
        length = float(np.sqrt(weight @ weight)) or 1.0
        first, times = self._first[words], self._first[words + 1] - self._first[words]
        at = _rows(first, times)
        product = np.bincount(self._owner[at], np.repeat(weight, times) * self._share[at], minlength=len(self._entries))
        # a favoured article's provisions gain, so the least is less before that
        found = np.flatnonzero(product >= _LEAST / _FAVOUR * length * self._lengths)
        best: dict[str, Nearby] = {}
        for n, likeness in zip(found.tolist(), (product[found] / self._lengths[found] / length).tolist(), strict=True):
            unit, provision, _ = self._entries[n]
            if unit.eid in favoured:
                likeness *= _FAVOUR
            if likeness >= _LEAST and (unit.eid not in best or likeness > best[unit.eid].likeness):
                best[unit.eid] = Nearby(unit, provision, min(likeness, 1.0))
        return tuple(sorted(best.values(), key=lambda one: (-round(one.likeness, 9), one.provision.eid))[:most])


def _rows(first: Numbers, times: Numbers) -> Numbers:
    """The places of some runs one after another: so many of each from its first on."""
    import numpy as np

    rows: Numbers = np.repeat(first - (np.cumsum(times) - times), times) + np.arange(int(times.sum()))
    return rows


@once
def field(treaty: Treaty) -> Field:
    """The field of a text."""
    return Field(treaty)


def _provisions(unit: Provision) -> Iterator[tuple[Provision, Provision, str]]:
    """The provisions of an article that have words of their own, each with these words."""
    said: dict[str, tuple[Provision, list[str]]] = {}
    for line in plain.lines(plain.alone(unit)):
        if line.note is None and line.provision.words:
            said.setdefault(line.provision.eid, (line.provision, []))[1].append(line.words)
    for provision, words in said.values():
        yield unit, provision, " ".join(words)
