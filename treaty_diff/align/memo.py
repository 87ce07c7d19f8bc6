"""An alignment that was made before, under a key of everything that it follows from.

NAFTA × TPP takes 0.4 s to align and 10 ms to look up. The key is a sum of both trees as the aligner sees them, of the configuration
and of the aligner's own code, so nothing has to be said when one of them changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from ..text.identifiers import term_of
from ..text.model import Kind, Treaty
from ..text.once import once
from .concordance import Found, Link, LinkKind, Near
from .config import AlignConfig

_LARGEST = 1e6
"""Log-odds that no signal adds."""

_CODE = (
    "align/assignment.py",
    "align/calibration.py",
    "align/chapters.py",
    "align/config.py",
    "align/features.py",
    "align/memo.py",
    "align/signals.py",
    "align/versions.py",
    "text/folding.py",
    "text/identifiers.py",
    "citation.py",
    "numerals.py",
)
"""Modules that decide what is found."""


class Keeper(Protocol):
    """Where bytes are kept by key."""

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, None where nothing is."""

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key."""


class Memo:
    """Alignments by what they follow from; `keeper` has their bytes, which are not trusted.

    What was asked for once is at hand from then on: a text must not change meanwhile.
    """

    def __init__(self, keeper: Keeper | None) -> None:
        self._keeper = keeper
        self._made: dict[str, Found] = {}

    @staticmethod
    def key(subject: Treaty, base: Treaty, config: AlignConfig) -> str:
        """What an alignment is kept under: `key_of`."""
        return key_of(subject, base, config)

    def at_hand(self, key: str) -> Found | None:
        """The alignment under a key that was asked for before; None where none was."""
        return self._made.get(key)

    def recall(self, key: str, subjects: Iterable[str], bases: Iterable[str]) -> Found | None:
        """The alignment under a key, None where there is none, or one that speaks of provisions which the texts do not have."""
        if (known := self.at_hand(key)) is not None:
            return known
        data = self._keeper.get(key) if self._keeper is not None and key else None
        if data is None:
            return None
        try:
            found = self._made[key] = _read(json.loads(data), tuple(subjects), frozenset(bases))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return found

    def keep(self, key: str, found: Found) -> None:
        """Keep an alignment under a key."""
        if not key:
            return
        self._made[key] = found
        if self._keeper is None:
            return
        links, nearest = found
        rows = [[k.subject, k.base, str(k.kind), k.score, k.evidence] for k in links]
        near = {eid: [[n.base, n.score] for n in nears] for eid, nears in nearest.items()}
        self._keeper.put(key, json.dumps({"links": rows, "nearest": near}, separators=(",", ":")).encode())


def key_of(subject: Treaty, base: Treaty, config: AlignConfig) -> str:
    """What an alignment follows from, as one sum: 64 hexadecimal digits, empty where the code cannot be read."""
    code = _code()
    return sha256("\x1f".join([code, repr(config), _sum(subject), _sum(base)]).encode()).hexdigest() if code else ""


@once
def _sum(treaty: Treaty) -> str:
    return sha256("\x1f".join(_seen(treaty)).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """A sum of the modules that decide; empty where they are no files."""
    root = Path(__file__).parent.parent
    try:
        return sha256(b"\0".join((root / name).read_bytes() for name in _CODE)).hexdigest()
    except OSError:
        return ""


def _seen(treaty: Treaty) -> list[str]:
    """Everything of a text that the aligner looks at; no word has the character that parts them."""
    meta = treaty.meta
    out = [meta.treaty, str(meta.edition), meta.language, meta.date]
    for p in treaty.walk():
        out += (p.kind, p.eid, p.wid, str(len(p.children)), p.title, p.words)
        if p.kind is Kind.DEFINITION:
            out.append(term_of(p))
        if p.table:
            out += (cell.text.content for row in p.table for cell in row)
        out += (
            note.body.content for text in (p.num, p.heading, p.text) if text is not None and text.notes for note in text.notes
        )
        if p.table:
            out += (note.body.content for row in p.table for cell in row for note in cell.text.notes)
    return out


def _read(value: Any, subjects: tuple[str, ...], bases: frozenset[str]) -> Found:
    """An alignment from JSON; raises ValueError, TypeError or KeyError where it is none of these texts."""
    known = frozenset(subjects)
    links = [
        Link(_one_of(subject, known), _one_of(base, bases), LinkKind(kind), _score(score), tuple(map(_signal, evidence)))
        for subject, base, kind, score, evidence in value["links"]
    ]
    nearest = {
        _one_of(eid, known): tuple([Near(_one_of(base, bases), _score(score)) for base, score in near])
        for eid, near in value["nearest"].items()
    }
    if tuple(nearest) != subjects or len({(k.subject, k.base) for k in links}) != len(links):
        raise ValueError("it is of other texts")
    return links, nearest


def _one_of(value: Any, known: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"no provision {value!r:.80}")
    return value


def _score(value: Any) -> float:
    if not isinstance(value, float) or not 0.0 <= value <= 1.0:
        raise ValueError(f"no score {value!r:.80}")
    return value


def _signal(value: Any) -> tuple[str, float]:
    name, weight = value
    if not (isinstance(name, str) and name.replace(" ", "").isalpha() and isinstance(weight, float) and abs(weight) < _LARGEST):
        raise ValueError(f"no signal {value!r:.80}")
    return name, weight
