"""The correspondence between two texts: plain data, by eId."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from math import floor
from typing import Any


class LinkKind(StrEnum):
    """How two provisions answer each other.

    `counterpart`: each is the other's row-mate; `partial`: one carries a part of the other's function. Of
    paragraphs also `split` (one answered by several), `merged` (several answered by one) and
    `moved` (answered in an article that does not answer the paragraph's own).
    """

    COUNTERPART = "counterpart"
    PARTIAL = "partial"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: `confirmed`, `added` or `rejected`, who, when (ISO 8601, UTC) and why.

    `stale` says what has changed since in the text that was read; empty where nothing has.
    """

    verdict: str
    who: str
    when: str
    note: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A subject provision and a base provision that answers it.

    `score` is the calibrated chance, 0..1, that they do, 1 where only a person says so; `evidence` names the signals and
    what each adds to the log-odds, the weightiest first. `decision` is that of the person who confirmed or added it.
    """

    subject: str
    base: str
    kind: LinkKind
    score: float
    evidence: tuple[tuple[str, float], ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A base provision that comes close to a subject provision without answering it; `decision` where a person rejected the link."""

    base: str
    score: float
    decision: Decision | None = None


def twentieths(score: float) -> float:
    """A chance as a comparison prints it: no finer than some hundred read pairs bear out, and never more than it is.

    >>> twentieths(0.9347), twentieths(0.74), twentieths(0.75), twentieths(0.996), twentieths(1.0)
    (0.9, 0.7, 0.75, 0.99, 1.0)
    """
    return 1.0 if score >= _CERTAIN else 0.99 if score >= _NEARLY else floor(score * 20 + _ROUNDING) / 20


def whole(evidence: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """What speaks for a link as a comparison prints it: log-odds in whole numbers, those that come to nothing left out."""
    return tuple((name, float(value)) for name, added in evidence if (value := round(added)))


def hundredths(score: float) -> float:
    """A chance as the concordance of two texts prints it; 1 is said only of what is certain.

    >>> hundredths(0.9347), hundredths(0.996), hundredths(1.0)
    (0.93, 0.99, 1.0)
    """
    return round(score, 2) if score >= _CERTAIN else min(round(score, 2), 0.99)


_CERTAIN, _NEARLY = 0.9995, 0.99
_ROUNDING = 1e-6
"""So that 0.15 has three twentieths."""

Found = tuple[list[Link], dict[str, tuple[Near, ...]]]
"""What an alignment of two whole texts finds: all links, and the nearest base provisions of each subject provision."""


@dataclass(frozen=True)
class Concordance:
    """Which base articles answer which subject articles.

    `links` are in the subject's order, best first; `nearest` holds of each subject article the three nearest
    base articles that do not answer it; `unanswered` the base articles inside the scope that nobody answers;
    `not_held_subject` and `not_held_base` the articles of which only the heading is there. `alone` are the decisions of persons
    that nothing answers a provision, by eId, the base's in `alone_base`; `said` what a reader must know of decisions, in sentences.
    `outside` are the links of which one end or both lie outside the scope: citations are followed by them.
    """

    links: tuple[Link, ...] = ()
    nearest: dict[str, tuple[Near, ...]] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()
    not_held_subject: tuple[str, ...] = ()
    not_held_base: tuple[str, ...] = ()
    alone: dict[str, Decision] = field(default_factory=dict)
    alone_base: dict[str, Decision] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    outside: tuple[Link, ...] = ()

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[Link, ...]]:
        out: dict[str, list[Link]] = {}
        for link in self.links:
            out.setdefault(link.subject, []).append(link)
        return {subject: tuple(links) for subject, links in out.items()}

    def of(self, subject: str) -> tuple[Link, ...]:
        """The links of a subject provision, best first."""
        return self._by_subject.get(subject, ())

    def mirrored(self) -> Concordance:
        """The same correspondence with subject and base exchanged; the nearest are not known."""
        turned = tuple(replace(k, subject=k.base, base=k.subject) for k in self.links)
        subjects = list(dict.fromkeys(k.subject for k in turned))
        answered = {k.subject for k in self.links}
        return Concordance(
            links=tuple(in_order(turned, subjects, list(dict.fromkeys(k.base for k in turned)))),
            unanswered=tuple(eid for eid in self.nearest if eid not in answered),
            not_held_subject=self.not_held_base,
            not_held_base=self.not_held_subject,
            alone=self.alone_base,
            alone_base=self.alone,
            said=self.said,
            outside=tuple(replace(k, subject=k.base, base=k.subject) for k in self.outside),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "links": [
                {
                    "subject": k.subject,
                    "base": k.base,
                    "kind": str(k.kind),
                    "score": k.score,
                    "evidence": dict(k.evidence),
                    "decision": asdict(k.decision) if k.decision is not None else None,
                }
                for k in self.links
            ],
            "nearest": {s: [{"base": n.base, "score": n.score} for n in near] for s, near in self.nearest.items()},
            "unanswered": list(self.unanswered),
            "not_held": {"subject": list(self.not_held_subject), "base": list(self.not_held_base)},
        }


def in_order(links: Iterable[Link], subjects: Iterable[str], bases: Iterable[str]) -> Iterator[Link]:
    """Links in the subject's order, each provision's confirmed ones and best first, then in the base's order."""
    place = {eid: n for n, eid in enumerate(subjects)}
    there = {eid: n for n, eid in enumerate(bases)}
    yield from sorted(links, key=lambda k: (place[k.subject], k.decision is None, -k.score, there[k.base]))
