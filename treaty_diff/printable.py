"""Words from outside as a terminal, a log or a catalogue may have them: no character that steers instead of being read."""

from __future__ import annotations

import re

from .text.bidi import TURNS

_STEERING = re.compile(f"[\x00-\x1f\x7f-\x9f{TURNS}\ud800-\udfff]")


def steers(words: str) -> bool:
    """Whether there is a control character, a change of writing direction or half a character among the words."""
    return _STEERING.search(words) is not None


def printable(words: str, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """The words, with `instead` for each such character.

    >>> printable("a\\x1b[2Jb", "?")
    'a?[2Jb'
    """
    return _STEERING.sub(instead, words)
