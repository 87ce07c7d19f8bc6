"""One text of a comparison: its scope, its lines, and how its provisions are named."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..align.features import units
from ..languages import name as language_name
from ..text import plain
from ..text.index import indexed
from ..text.model import CONTAINERS, Kind, Provision, Treaty
from ..text.scope import at_stake, base_scope
from .citations import targets
from .comparison import Head, Side, TextRef

_WHOLE = "the whole text"


class Text:
    """One side: its index, its scope, and how it is named."""

    def __init__(
        self, treaty: Treaty, scope: Sequence[Provision], selector: str, revision: str, other: Treaty | None = None
    ) -> None:
        """`other` is the other side: where that is a proposal that replaces parts of an article, only these are compared."""
        self.treaty = treaty
        self.index = indexed(treaty)
        self.targets = targets(treaty)
        self._other = other
        self.parts = at_stake(other, self.index) if other is not None else {}
        self.scope = scope
        self.selector = selector
        self.revision = revision
        self._cited: dict[str, str] = {}

    def head(self, eid: str) -> Head:
        """An article by name."""
        provision = self.index.by_eid[eid]
        chapter = self.chapter(eid)
        return Head(
            eid,
            self.index.citation(provision),
            self.index.selector(provision),
            provision.title,
            f"{self.index.citation(chapter)}, {chapter.title}" if chapter is not None else "",
        )

    def chapter(self, eid: str) -> Provision | None:
        """The chapter that an article or annex is in."""
        return self.index.enclosing(self.index.by_eid[eid], Kind.CHAPTER)

    def lines(self, eid: str) -> Sequence[plain.Line]:
        """The lines of an article without its annexes, or of the parts of it that are at stake; of a part, chapter or section those of its heading."""
        if eid in self.parts:
            return plain.lines(plain.alone(self.parts[eid]))
        p = self.index.by_eid[eid]
        return plain.lines(replace(p, children=())) if p.kind in CONTAINERS else plain.units(self.treaty)[eid]

    def replaced(self, eid: str) -> list[str]:
        """How the parts of an article are cited that are at stake."""
        proposal = self._other.meta.proposal if self._other is not None else None
        if proposal is None:
            return []
        inside = {p.eid for p in self.parts[eid].walk()} - {eid}
        return [self.index.citation(p) for p in base_scope(proposal, self.index) if p.eid in inside]

    def side(self, line: plain.Line) -> Side:
        """How a line is named."""
        p = line.provision
        cited = self._cited.get(p.eid)
        if cited is None:
            cited = self._cited[p.eid] = self.index.citation(p)
        return Side(p.eid, cited, str(p.kind), line.depth, line.num, line.note is not None)

    def described(self) -> str:
        """The part compared, as people say it."""
        if not self.scope:
            return "nothing"
        if len(self.scope) == 1:
            p = self.scope[0]
            return _WHOLE if p.kind is Kind.TREATY else self.index.citation(p)
        return f"{self.index.citation(self.scope[0])} to {self.index.citation(self.scope[-1])}"

    def ref(self, compared: Collection[str]) -> TextRef:
        """Which text it is; `compared` are the eIds of the articles and annexes of which the words are compared."""
        meta = self.treaty.meta
        found = [p for p, _ in units(self.treaty) if p.eid in compared]
        text = "".join([line.text for p in found for line in self.lines(p.eid)])
        return TextRef(
            treaty=meta.treaty,
            name=meta.name,
            title=meta.title,
            expression=meta.expression,
            language=meta.language,
            edition=str(meta.edition),
            selector=self.selector,
            scope=self.described(),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=meta.source.name,
            licence=meta.source.licence,
            attribution=meta.source.attribution,
            status=meta.status,
            revision=self.revision,
            amends=meta.proposal.scope.amends if meta.proposal is not None else "",
        )


def told_apart(base: TextRef, subject: TextRef) -> tuple[TextRef, TextRef]:
    """Two texts of one treaty named by what differs: language, legal date, edition, revision."""
    if base.name != subject.name:
        return base, subject

    def named(ref: TextRef, other: TextRef) -> TextRef:
        differs = [
            language_name(ref.language) if ref.language != other.language else "",
            f"of {ref.expression[4:]}" if ref.expression[4:] != other.expression[4:] else "",
            ref.edition if ref.edition != other.edition else "",
            f"at {ref.revision or 'HEAD'}" if ref.revision != other.revision else "",
            ref.scope if ref.scope != other.scope else "",
        ]
        said = ", ".join(filter(None, differs))
        return replace(ref, name=f"{ref.name} ({said})") if said else ref

    return named(base, subject), named(subject, base)
