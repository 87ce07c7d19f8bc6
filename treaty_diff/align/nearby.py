"""Which provisions of a text come nearest to an article that no article of it answers: pointers for a reader, no links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import log, sqrt

from ..text import plain
from ..text.folding import tokens
from ..text.model import Provision, Treaty
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
        self._language = treaty.meta.language
        self._stop = stop_words(self._language)
        self._entries = [entry for unit, _ in members((treaty.root,)) if unit.held for entry in _provisions(unit)]
        words = [(Counter(self._words(said)), self._words(unit.title)) for unit, _, said in self._entries]
        holding = Counter(word for own, heading in words for word in own.keys() | set(heading))
        self._rare = {word: log(1 + len(words) / count) for word, count in holding.items()}
        self._having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._lengths = []
        for n, (own, heading) in enumerate(words):
            weights = self._weights(own, heading, _HEADING)
            self._lengths.append(sqrt(sum(w * w for w in weights.values())) + _SHORT)
            for word, weight in weights.items():
                self._having[word].append((n, weight))

    def _words(self, said: str) -> list[str]:
        keys = (t.key.lower() for t in tokens(said) if t.word[0].isalpha() and len(t.key) > 2)
        return [stem(key, self._language) for key in keys if key not in self._stop]

    def _weights(self, own: Counter[str], heading: list[str], share: float) -> dict[str, float]:
        out = {word: (1 + log(count)) * self._rare.get(word, 0.0) for word, count in own.items()}
        for word in heading:
            out[word] = out.get(word, 0.0) + share * self._rare.get(word, 0.0)
        return out

    def near(self, article: Provision, favoured: Collection[str] = (), most: int = 3) -> tuple[Nearby, ...]:
        """The provisions nearest to an article, one of each article of this text, the nearest first.

        `favoured` are the eIds of articles that are looked into first, since something else says that they have to do with it.
        """
        said = " ".join(line.words for line in plain.lines(plain.alone(article)) if line.note is None)
        weights = self._weights(Counter(self._words(said)), self._words(article.title), _ASKED)
        length = sqrt(sum(w * w for w in weights.values()))
        found: dict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for n, other in self._having.get(word, ()):
                found[n] += weight * other
        best: dict[str, Nearby] = {}
        for n, product in found.items():
            unit, provision, _ = self._entries[n]
            likeness = product / self._lengths[n] / length * (_FAVOUR if unit.eid in favoured else 1.0)
            if likeness >= _LEAST and (unit.eid not in best or likeness > best[unit.eid].likeness):
                best[unit.eid] = Nearby(unit, provision, min(likeness, 1.0))
        return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.provision.eid))[:most])


def _provisions(unit: Provision) -> Iterator[tuple[Provision, Provision, str]]:
    """The provisions of an article that have words of their own, each with these words."""
    said: dict[str, tuple[Provision, list[str]]] = {}
    for line in plain.lines(plain.alone(unit)):
        if line.note is None and line.provision.words:
            said.setdefault(line.provision.eid, (line.provision, []))[1].append(line.words)
    for provision, words in said.values():
        yield unit, provision, " ".join(words)
