"""The correspondence between two texts: plain data, by eId."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class LinkKind(StrEnum):
    """How two provisions answer each other."""

    COUNTERPART = "counterpart"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Link:
    """A subject provision and a base provision that answers it.

    `score` lies in 0..1; `evidence` names the signals and their values.
    """

    subject: str
    base: str
    kind: LinkKind
    score: float
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A base provision that comes close to a subject provision without answering it."""

    base: str
    score: float


@dataclass(frozen=True, slots=True)
class Concordance:
    """Which base articles answer which subject articles.

    `links` are in the subject's order, best first; `nearest` holds the three nearest base articles of each
    subject article; `unanswered` the base articles inside the scope that nobody answers;
    `not_held_subject` and `not_held_base` the articles of which only the heading is there.
    """

    links: tuple[Link, ...] = ()
    nearest: dict[str, tuple[Near, ...]] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()
    not_held_subject: tuple[str, ...] = ()
    not_held_base: tuple[str, ...] = ()

    def of(self, subject: str) -> tuple[Link, ...]:
        """The links of a subject provision, best first."""
        return tuple(link for link in self.links if link.subject == subject)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "links": [
                {"subject": k.subject, "base": k.base, "kind": str(k.kind), "score": k.score, "evidence": dict(k.evidence)}
                for k in self.links
            ],
            "nearest": {s: [{"base": n.base, "score": n.score} for n in near] for s, near in self.nearest.items()},
            "unanswered": list(self.unanswered),
            "not_held": {"subject": list(self.not_held_subject), "base": list(self.not_held_base)},
        }
