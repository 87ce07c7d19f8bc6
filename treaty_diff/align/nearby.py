"""Which provisions of a text come nearest to an article that no article of it answers: pointers for a reader, no links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import log, sqrt

from ..text import plain
from ..text.folding import tokens
from ..text.model import Provision, Treaty
from ..text.once import once
from .features import members, stem, stop_words

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

        self._language = treaty.meta.language
        self._stop = stop_words(self._language)
        self._known: dict[str, tuple[str, ...]] = {}
        self._entries = [entry for unit, _ in members((treaty.root,)) if unit.held for entry in _provisions(unit)]
        words = [(Counter(self._words(said)), self._words(unit.title)) for unit, _, said in self._entries]
        holding = Counter(word for own, heading in words for word in own.keys() | set(heading))
        self._rare = {word: log(1 + len(words) / count) for word, count in holding.items()}
        having: dict[str, tuple[list[int], list[float]]] = {}
        lengths = []
        for n, (own, heading) in enumerate(words):
            weights = self._weights(own, heading, _HEADING)
            lengths.append(sqrt(sum(w * w for w in weights.values())) + _SHORT)
            for word, weight in weights.items():
                places, shares = having.setdefault(word, ([], []))
                places.append(n)
                shares.append(weight)
        self._having = {word: (np.array(places), np.array(shares)) for word, (places, shares) in having.items()}
        self._lengths = np.array(lengths)

    def _words(self, said: str) -> list[str]:
        out: list[str] = []
        for printed in said.split():
            found = self._known.get(printed)
            if found is None:
                found = self._known[printed] = tuple(self._telling(printed))
            out += found
        return out

    def _telling(self, printed: str) -> Iterator[str]:
        """The words that tell something of what is printed between two blanks."""
        for token in tokens(printed):
            key = token.key.lower()
            if token.word[0].isalpha() and len(key) > 2 and key not in self._stop:
                yield stem(key, self._language)

    def _weights(self, own: Counter[str], heading: list[str], share: float) -> dict[str, float]:
        out = {word: (1 + log(count)) * self._rare.get(word, 0.0) for word, count in own.items()}
        for word in heading:
            out[word] = out.get(word, 0.0) + share * self._rare.get(word, 0.0)
        return out

    def near(self, article: Provision, favoured: Collection[str] = (), most: int = 3) -> tuple[Nearby, ...]:
        """The provisions nearest to an article, one of each article of this text, the nearest first.

        `favoured` are the eIds of articles that are looked into first, since something else says that they have to do with it.
        """
        import numpy as np

        said = " ".join(line.words for line in plain.lines(plain.alone(article)) if line.note is None)
        weights = self._weights(Counter(self._words(said)), self._words(article.title), _ASKED)
        length = sqrt(sum(w * w for w in weights.values()))
        product = np.zeros(len(self._entries))
        for word, weight in weights.items():
            if (having := self._having.get(word)) is not None:
                places, shares = having
                product[places] += weight * shares
        # a favoured article's provisions gain, so the least is less before that
        found = np.flatnonzero(product >= _LEAST / _FAVOUR * length * self._lengths)
        best: dict[str, Nearby] = {}
        for n, likeness in zip(found.tolist(), (product[found] / self._lengths[found] / (length or 1.0)).tolist(), strict=True):
            unit, provision, _ = self._entries[n]
            if unit.eid in favoured:
                likeness *= _FAVOUR
            if likeness >= _LEAST and (unit.eid not in best or likeness > best[unit.eid].likeness):
                best[unit.eid] = Nearby(unit, provision, min(likeness, 1.0))
        return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.provision.eid))[:most])


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
