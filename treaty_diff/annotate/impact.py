"""What a deletion leaves behind in its treaty: citations, terms and bodies without a home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..text.akn.names import work_iri
from ..text.index import indexed
from ..text.model import Kind, Provision, Treaty
from .citing import Cite, citations

IMPACT = "treaty-diff/impact/1"

_MEANS = re.compile(r"[\"“]?(?P<term>[^:;]{2,80}?)[\"”]?,? (?:means|includes|shall mean|has the (?:same )?meaning)\b")
_BODY = (
    r"(?P<body>(?:[A-Z][\w’'-]+ ){0,3}(?:Committee|Commission|Council|Board|Secretariat|Working Group|Subcommittee|Forum)"
    r"(?: on [A-Z][\w’'-]+(?:(?:,? and|,| of| in| the) [A-Z][\w’'-]+| [A-Z][\w’'-]+){0,6})?)"
)
_FOUNDS = re.compile(rf"\b(?:establish(?:es)?|hereby establish(?:es)?|create|set up)\b[^.;]{{0,30}}?\b(?:an?|the|its) {_BODY}")
_ABROAD = re.compile(r"(?<![\w-])(?:GATT|WTO|United Nations)\b")


@dataclass(frozen=True, slots=True)
class Left:
    """A provision that is left with words about what goes: its eId and citation, its chapter, the words."""

    eid: str
    citation: str
    chapter: str
    words: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A term or a body whose home goes: its name, its home, and the provisions that are left with it."""

    name: str
    home: str
    used: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What deleting `asked` leaves behind in the rest of a treaty, in reading order."""

    treaty: str
    asked: tuple[str, ...]
    citations: tuple[Left, ...]
    terms: tuple[Orphan, ...]
    bodies: tuple[Orphan, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, schema `treaty-diff/impact/1`."""
        return {
            "schema": IMPACT,
            "treaty": self.treaty,
            "asked": list(self.asked),
            "citations": [_left(c) for c in self.citations],
            "terms": [_orphan(o) for o in self.terms],
            "bodies": [_orphan(o) for o in self.bodies],
        }


def _left(left: Left) -> dict[str, str]:
    return {"eId": left.eid, "citation": left.citation, "chapter": left.chapter, "words": left.words}


def _orphan(orphan: Orphan) -> dict[str, Any]:
    return {"name": orphan.name, "home": orphan.home, "used": [_left(u) for u in orphan.used]}


def impact(treaty: Treaty, gone: Sequence[Provision]) -> Impact:
    """What else in the treaty cites provisions that would go, and what terms and bodies they leave without a home."""
    asked = _Asked(treaty, gone)
    return Impact(
        work_iri(treaty.meta), tuple(asked.index.citation(p) for p in gone), asked.citations(), asked.terms(), asked.bodies()
    )


class _Asked:
    def __init__(self, treaty: Treaty, gone: Sequence[Provision]) -> None:
        self.treaty, self.gone = treaty, gone
        self.index = indexed(treaty)
        self.inside = frozenset(p.eid for top in gone for p in top.walk())

    @cached_property
    def rest(self) -> list[Provision]:
        """The provisions that stay."""
        return [p for p in self.treaty.walk() if p.eid not in self.inside]

    def left(self, p: Provision, words: str) -> Left:
        chapter = self.index.enclosing(p, Kind.CHAPTER)
        return Left(p.eid, self.index.citation(p), self.index.citation(chapter) if chapter is not None else "", words)

    def citations(self) -> tuple[Left, ...]:
        """Every citation from without, once a provision."""
        found: dict[str, Cite] = {}
        cited = citations(self.treaty)
        for top in self.gone:
            for p in top.walk() if top.kind is Kind.CHAPTER or top.kind is Kind.SECTION else (top,):
                for cite in cited.of(p.eid):
                    if cite.by not in self.inside:
                        found.setdefault(cite.by, cite)
        order = {p.eid: n for n, p in enumerate(self.treaty.walk())}
        out = []
        for by, cite in sorted(found.items(), key=lambda f: order[f[0]]):
            p = self.index.by_eid[by]
            out.append(self.left(p, p.words[cite.at[0] : cite.at[1]] if cite.at is not None else ""))
        return tuple(out)

    def terms(self) -> tuple[Orphan, ...]:
        """Terms that only what goes defines, and that the rest uses though they were its own words for it."""
        stay = {m["term"].lower() for p in self.rest if p.kind is Kind.DEFINITION and (m := _MEANS.match(p.words)) is not None}
        out = []
        for top in self.gone:
            for p in top.walk():
                m = _MEANS.match(p.words) if p.kind is Kind.DEFINITION else None
                if m is None or m["term"].lower() in stay or not self._everywhere(p):
                    continue
                used = self._using(m["term"], whole=False)
                if used:
                    out.append(Orphan(m["term"], self.index.citation(p), used))
        return tuple(out)

    def _everywhere(self, p: Provision) -> bool:
        """Whether a definition holds beyond what goes: it is said to be for the Agreement, or its term has more than one word."""
        up = self.index.parent(p)
        said = up.words if up is not None else ""
        return "this Agreement" in said or " " in p.words.partition(" means")[0]

    def bodies(self) -> tuple[Orphan, ...]:
        """Bodies that what goes establishes, and where the rest names them."""
        out: dict[str, Orphan] = {}
        for top in self.gone:
            for p in top.walk():
                for m in _FOUNDS.finditer(p.words):
                    name = m["body"].strip()
                    used = self._using(name, whole=True)
                    if used and name not in out and not _ABROAD.search(name):
                        out[name] = Orphan(name, self.index.citation(p), used)
        return tuple(out.values())

    def _using(self, name: str, *, whole: bool) -> tuple[Left, ...]:
        seek = re.compile(rf"(?<![\w-]){re.escape(name)}{'' if whole else '(?:s|es)?'}(?![\w-])", 0 if whole else re.I)
        return tuple(self.left(p, m[0]) for p in self.rest if (m := seek.search(p.words)) is not None)
