"""Where words stand among the characters of their line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ...text import folding
from .words import Part, Vocabulary

_MARKS = " .,;:"
_CHUNK = re.compile(r"\S+")


class Places:
    """Finds words in their line by their number in it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._inside: dict[str, tuple[tuple[int, int], ...]] = {}

    def of(self, part: Part, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The characters of the line's text from the first word of each span to the last, both given by number from 0."""
        words = part.words
        chunks = words.split()
        ends = list(accumulate(map(len, map(self._vocabulary.__getitem__, chunks))))
        lengths = list(accumulate(map(len, chunks), initial=0))
        if len(words) == lengths[-1] + len(chunks) - 1:  # one blank between any two
            begins: Sequence[int] = range(len(chunks))
        else:
            begins = [m.start() - length for m, length in zip(_CHUNK.finditer(words), lengths, strict=False)]
        out = []
        for first, last in spans:
            a, b = bisect_right(ends, first), bisect_right(ends, last)
            begin = begins[a] + lengths[a] + self._within(chunks[a])[first - (ends[a - 1] if a else 0)][0]
            end = begins[b] + lengths[b] + self._within(chunks[b])[last - (ends[b - 1] if b else 0)][1]
            out.append((part.before + begin, part.before + end))
        return out

    def whole(self, part: Part, count: int) -> tuple[int, int]:
        """The characters of the line's text from the first to the last of all its words, of which there are `count`."""
        words = part.words
        said = words.rstrip(_MARKS)
        if said[0].isalpha() and said[-1].isalpha():
            return part.before, part.before + len(said)
        return self.of(part, [(0, count - 1)])[0]

    def _within(self, chunk: str) -> tuple[tuple[int, int], ...]:
        """Where the words of a chunk are in it."""
        found = self._inside.get(chunk)
        if found is None:
            if chunk.isalpha():
                found = ((0, len(chunk)),)
            else:
                places = []
                at = 0
                for token in folding.tokens(chunk):
                    at += len(token.raw)
                    if token.word[0].isalnum():
                        places.append((at - len(token.word), at))
                found = tuple(places)
            self._inside[chunk] = found
        return found
