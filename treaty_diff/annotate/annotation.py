"""What an annotation is: one thing that a change does, with the words that show it.

An annotation refers to its comparison by article and row and holds no part of it: offsets count the characters of a row's
two texts (`"".join(s.base for s in row.segments)`, and the same of `subject`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

ANNOTATIONS = "treaty-diff/annotations/1"


class Kind(StrEnum):
    """What an annotation is about: the families of rules, by which readers filter."""

    DUTY = "duty"
    ENFORCEMENT = "enforceability"
    TIME = "time limits"
    REACH = "reach"
    MACHINERY = "machinery"
    TERMS = "terms"
    EFFECTS = "effects elsewhere"
    RESIDUE = "template residue"


@dataclass(frozen=True, slots=True)
class Words:
    """Characters `start:end` of a row's text on one side."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A provision on one side: the eId of its article, its own eId, how it is cited."""

    article: str
    eid: str
    citation: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing that a change does.

    `severity` runs from 1 (a clarification) to 5 (look here first). `article` is the eId under which the comparison lists
    the article, `gone` whether among its gone ones; `row` the place among that article's rows, -1 where all of it is meant.
    `base` and `subject` are where the words stand, None where a side has nothing.
    """

    rule: str
    kind: Kind
    severity: int
    sentence: str
    article: str
    row: int
    base: Place | None
    subject: Place | None
    base_words: tuple[Words, ...] = ()
    subject_words: tuple[Words, ...] = ()
    gone: bool = False

    @property
    def citation(self) -> str:
        """The provision by the name under which a reader finds it: the subject's, else the base's."""
        found = self.subject or self.base
        return found.citation if found is not None else ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that the rules made of a comparison, the weightiest first; `off` says in a sentence why none were made.

    `partly` says in a sentence which kinds alone were looked for, and why; empty where all were. `order` is the reading order: places in `made`.
    """

    made: tuple[Annotation, ...] = ()
    order: tuple[int, ...] = ()
    off: str = ""
    partly: str = ""

    def __iter__(self) -> Iterator[Annotation]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind, in the order of the kinds."""
        found = Counter(a.kind for a in self.made)
        return {kind: found[kind] for kind in Kind if found[kind]}

    def in_reading_order(self) -> Iterator[Annotation]:
        """The annotations as a reader meets their words."""
        return (self.made[n] for n in self.order)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, schema `treaty-diff/annotations/1`."""
        return {
            "schema": ANNOTATIONS,
            "off": self.off,
            "partly": self.partly,
            "counts": {str(kind): n for kind, n in self.counts.items()},
            "annotations": [_dict(a) for a in self.made],
        }


def _dict(a: Annotation) -> dict[str, Any]:
    def place(p: Place | None) -> dict[str, str] | None:
        return None if p is None else {"article": p.article, "eId": p.eid, "citation": p.citation}

    return {
        "rule": a.rule,
        "kind": str(a.kind),
        "severity": a.severity,
        "sentence": a.sentence,
        "article": a.article,
        "gone": a.gone,
        "row": a.row,
        "base": place(a.base),
        "subject": place(a.subject),
        "base_words": [asdict(w) for w in a.base_words],
        "subject_words": [asdict(w) for w in a.subject_words],
    }


def _rank(a: Annotation) -> int:
    """Of findings of one severity: recourse first, then what became something else, then machinery, then what is new or gone."""
    if a.kind is Kind.ENFORCEMENT:
        return 0
    if a.base is not None and a.subject is not None and a.base_words and a.subject_words:
        return 1
    return 2 if a.kind in (Kind.MACHINERY, Kind.EFFECTS) else 3


def ordered(found: list[Annotation], articles: list[tuple[bool, str]]) -> Annotations:
    """Annotations weightiest first; `articles` are those of the comparison in order: whether gone, and eId."""
    place = {key: n for n, key in enumerate(articles)}
    kinds = {kind: n for n, kind in enumerate(Kind)}

    def reading(a: Annotation) -> tuple[int, int, int, int, str]:
        first = (a.subject_words or a.base_words or (Words(0, 0, ""),))[0].start
        return place[a.gone, a.article], a.row, first, kinds[a.kind], a.rule

    read = sorted(found, key=reading)
    made = sorted(read, key=lambda a: (-a.severity, _rank(a)))
    at = {id(a): n for n, a in enumerate(made)}
    return Annotations(tuple(made), tuple(at[id(a)] for a in read))
