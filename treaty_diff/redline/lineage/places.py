"""Where words stand among the characters of their line."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from ...text import folding
from .words import Stream

if TYPE_CHECKING:
    from .words import Numbers

_CHUNK = re.compile(r"\S+")
_MARKS = '.,;:()"“”'


class Places:
    """Finds a text's words in the text of their line."""

    def __init__(self, text: Stream) -> None:
        import numpy as np

        self._text = text
        self._inside: dict[str, tuple[tuple[int, int], ...]] = {}
        size = np.fromiter(map(len, text.chunks), dtype=np.int64, count=len(text.chunks)) + 1  # and a blank after it
        size[text.silent] = 0
        before = np.cumsum(size) - size
        first = np.concatenate([np.zeros(1, dtype=np.int64), text.ends[:-1] + 1])[: len(text.ends)]
        line = np.repeat(np.arange(len(first)), text.ends - first + 1)
        head = np.array([part.before for part in text.lines], dtype=np.int64)
        self._begin = before - (before[first] - head)[line]
        blanks = np.array([len(part.words) for part in text.lines], dtype=np.int64) - (before[text.ends] - before[first] - 1)
        heard = np.ones(len(size), dtype=bool)
        heard[text.silent] = False
        for n in np.flatnonzero(blanks != 0).tolist():  # more than a blank between two chunks, or before the first
            here = np.arange(first[n], text.ends[n])
            self._begin[here[heard[here]]] = [head[n] + m.start() for m in _CHUNK.finditer(text.lines[n].words)]

    def begins(self, keys: Numbers) -> list[int]:
        """Of each of the keys the character of its line at which its first word begins."""
        return self._edge(*self._text.first, keys, 0)

    def ends(self, keys: Numbers) -> list[int]:
        """Of each of the keys the character of its line at which its last word has ended."""
        return self._edge(*self._text.last, keys, 1)

    def _edge(self, chunk: Numbers, inner: Numbers, keys: Numbers, side: int) -> list[int]:
        where = chunk[keys]
        chunks, within = self._text.chunks, self._within
        return [
            begin + within(chunks[n])[k][side]
            for n, k, begin in zip(where.tolist(), inner[keys].tolist(), self._begin[where].tolist(), strict=True)
        ]

    def _within(self, chunk: str) -> tuple[tuple[int, int], ...]:
        """Where the words of a chunk are in it."""
        found = self._inside.get(chunk)
        if found is None:
            word = chunk.strip(_MARKS)
            if word.isalpha():
                begin = chunk.index(word)
                found = ((begin, begin + len(word)),)
            else:
                said = folding.tokens(chunk)
                ends = accumulate([len(token.raw) for token in said])
                found = tuple([(end - len(t.word), end) for t, end in zip(said, ends, strict=True) if t.word[0].isalnum()])
            self._inside[chunk] = found
        return found
