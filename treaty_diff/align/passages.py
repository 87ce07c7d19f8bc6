"""Passages that two provisions share, to show why they were paired."""

from __future__ import annotations

from ..text.folding import tokens
from ..text.model import Provision
from .features import passages_of

LEAST = 6
"""Words in a row that are worth quoting."""


def shared_passages(subject: Provision, base: Provision, most: int = 3) -> tuple[str, ...]:
    """The longest runs of words that both provisions have, in the subject's words, longest first.

    Runs do not cross lines; spelling, hyphens, quotes and numerals are no difference, marks do not count.
    """
    there: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    lines = [[t.key for t in tokens(line) if t.word[0].isalnum()] for line in passages_of(base)]
    for n, keys in enumerate(lines):
        for at in range(len(keys) - LEAST + 1):
            there.setdefault(tuple(keys[at : at + LEAST]), []).append((n, at))
    runs: list[tuple[int, int, str]] = []
    for line in passages_of(subject):
        words = [t for t in tokens(line) if t.word[0].isalnum()]
        keys = [t.key for t in words]
        at = 0
        while at + LEAST <= len(keys):
            length = 0
            for n, start in there.get(tuple(keys[at : at + LEAST]), ()):
                run = LEAST
                other = lines[n]
                while at + run < len(keys) and start + run < len(other) and keys[at + run] == other[start + run]:
                    run += 1
                length = max(length, run)
            if length:
                runs.append((-length, len(runs), " ".join(t.word for t in words[at : at + length])))
            at += length or 1
    return tuple(dict.fromkeys(said for _, _, said in sorted(runs)))[:most]
