"""Places in a text, found without a pattern that looks at each of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FULL_STOP = re.compile(r"\.[”\"]?(?=\s[A-Z“(\"]|\s*$)")


def every(text: str, word: str) -> Iterator[int]:
    """Where a word stands, in order.

    >>> list(every("may a dismayed Party may", "may"))
    [0, 9, 21]
    """
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def ends(text: str, marks: str) -> list[int]:
    """The characters after each of the marks, and after each full stop that ends a sentence, in order.

    >>> ends("Art. 5 is short; it says so. The end.", ";:")
    [16, 28, 37]
    """
    out = [at + 1 for mark in marks for at in every(text, mark)]
    out += [m.end() for at in every(text, ".") if (m := _FULL_STOP.match(text, at)) is not None]
    return sorted(out)
