"""Citations in a line, and whether one that differs goes where the concordance sends its target."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..text.akn.names import parse_portion, work_iri
from ..text.folding import words
from ..text.index import Index, indexed
from ..text.model import ANNEXES, Edition, MultiReference, Reference, Span, Treaty
from ..text.once import once
from ..text.plain import Line


@dataclass(frozen=True, slots=True)
class Cited:
    """Characters `start:end` of a line's words that cite a provision, its trigger word (`Article`) left out.

    `target` is an eId, `up_to` that of the end of a range; `work` the IRI of the text that has them, empty for the text's own
    provisions; `quoted` the heading that the citation gives after the number.
    """

    start: int
    end: int
    target: str
    up_to: str = ""
    quoted: str = ""
    work: str = ""


_QUOTED = re.compile(r"[ \u00a0]\((?P<heading>[^()]{2,160})\)$")


def _eid(href: str) -> tuple[str, str]:
    """The work that an IRI names, and the eId there."""
    portion = parse_portion(href) if href else None
    return (portion.work, portion.eid) if portion is not None else ("", "")


def cited(line: Line) -> list[Cited]:
    """The citations of the treaty's own provisions in a line's words, in order."""
    p = line.provision
    if line.note is not None:
        return list(_citations(line.note.body.content, line.note.body.spans, 0))
    out: list[Cited] = []
    if line.row is not None:
        at = 0
        for cell in line.row:
            out += _citations(cell.text.content, cell.text.spans, at)
            at += len(cell.text.content) + 1
    elif p.text is not None and p.text.spans and p.words:
        out += _citations(p.words, p.text.spans, len(p.title) + 1 if p.title else 0)
    return out


def _citations(content: str, spans: Iterable[Span], at: int) -> Iterator[Cited]:
    for span in spans:
        parts = span.parts if isinstance(span, MultiReference) else (span,)
        for ref in parts:
            if not isinstance(ref, Reference):
                continue
            work, target = _eid(ref.href)
            if target and ref.start < ref.end:
                start = ref.start
                if not content[start].isdigit() and content[start] != "(":
                    blank = min((n for n in (content.find(b, start, ref.end) for b in " \u00a0") if n > 0), default=-1)
                    start = blank + 1 if blank > 0 else start
                heading = _QUOTED.search(content, start, ref.end)
                quoted = heading["heading"] if heading is not None else ""
                yield Cited(start + at, ref.end + at, target, _eid(ref.up_to)[1], quoted, work)


class Targets:
    """The provisions of one text that citations may name."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.work = work_iri(index.treaty.meta)
        self.treaty = index.treaty.meta.treaty
        self._articles: dict[str, str] = {}

    @cached_property
    def _annexed(self) -> frozenset[str]:
        """The chapters of which annexes are held."""
        return frozenset(_series(p.label) for p in self.index.by_eid.values() if p.kind in ANNEXES)

    def article(self, eid: str) -> str:
        """The eId of the article or annex that a target is in, itself where it is above one; empty where nothing is there."""
        found = self._articles.get(eid)
        if found is None:
            found = self._articles[eid] = self._article(eid)
        return found

    def _article(self, eid: str) -> str:
        at = eid
        while at not in self.index.by_eid:
            at, cut, _ = at.rpartition("__")
            if not cut:
                return ""
        head, _, _ = self.index.steps(self.index.by_eid[at])
        return head.eid if head is not None else at

    def own(self, cite: Cited) -> bool:
        """Whether a citation in this text is of its own provisions."""
        return cite.work in ("", self.work)

    def named(self, cite: Cited) -> bool:
        """Whether a citation in another text is of a provision of this one, in whatever edition."""
        step = cite.work.rpartition("/")[2]
        return step in {self.treaty, *(f"{self.treaty}-{edition}" for edition in Edition)}

    def headed(self, cite: Cited) -> bool:
        """Whether the heading that a citation gives is that of its target."""
        target = self.index.by_eid.get(self.article(cite.up_to or cite.target))
        return not cite.quoted or (target is not None and words(cite.quoted) == words(target.title))

    def dangling(self, eid: str) -> bool:
        """Whether a citation names what the text does not have, though it has the text where it would stand."""
        if eid in self.index.by_eid:
            return False
        if eid.startswith("annex_"):
            return _series(eid[6:]) in self._annexed
        head = self.article(eid)
        return not head or self.index.by_eid[head].held


@once
def targets(treaty: Treaty) -> Targets:
    """The provisions of a text that citations may name."""
    return Targets(indexed(treaty))


def _series(number: str) -> str:
    """The chapter whose annexes have numbers like this; empty for those that have none (`Annex II`).

    >>> _series("1904.13"), _series("15-A"), _series("Annex 300-A"), _series("IV")
    ('19', '15', '3', '')
    """
    found = re.search(r"[0-9]+", number)
    return str(int(found[0]) // 100 or int(found[0])) if found is not None else ""


class Follower:
    """Whether a citation of the base and one of the subject name provisions that answer each other.

    `links` are the eIds of the subject by that of the base provision which they answer: chapters, articles and what is below
    them; `compared` the base provisions below articles of which it is known what answers them.
    """

    def __init__(
        self, base: Targets, subject: Targets, links: Mapping[str, Collection[str]], compared: Collection[str] = ()
    ) -> None:
        self.base, self.subject, self.links, self.compared = base, subject, links, compared

    def followed(self, old: Cited, new: Cited) -> bool:
        """Whether both ends of a citation go where the concordance sends them, and headings that it gives are the targets'."""
        if bool(old.up_to) != bool(new.up_to) or not self._as_headed(old, new):
            return False
        if not (self.base.own(old) and self.subject.own(new)):
            # A proposal cites the treaty that it amends: both name the same provision there.
            together = (self.base.own(old) and self.base.named(new)) or (self.subject.own(new) and self.subject.named(old))
            return (together or old.work == new.work) and (old.target, old.up_to) == (new.target, new.up_to)
        return self._answers(old.target, new.target) and (not old.up_to or self._answers(old.up_to, new.up_to))

    def _as_headed(self, old: Cited, new: Cited) -> bool:
        if words(old.quoted) == words(new.quoted):
            return True
        return self.base.own(old) and self.subject.own(new) and self.base.headed(old) and self.subject.headed(new)

    def astray(self, old: Cited, new: Cited) -> bool:
        """Whether the old target is answered, and by something else than the new one."""
        known = self.links.get(old.target) if self.base.own(old) and self.subject.own(new) else None
        return bool(known) and not self.followed(old, new)

    def dangling(self, cite: Cited, *, of_base: bool) -> bool:
        """Whether a citation in one of the two texts names what the text that it cites does not have."""
        here, there = (self.base, self.subject) if of_base else (self.subject, self.base)
        cited = here if here.own(cite) else there if there.named(cite) else None
        return cited is not None and (cited.dangling(cite.target) or (bool(cite.up_to) and cited.dangling(cite.up_to)))

    def _answers(self, old: str, new: str) -> bool:
        known = self.links.get(old)
        if known or old in self.compared:
            return new in (known or ())
        above, below = self.base.article(old), self.subject.article(new)
        if not above or not below or old == above or new == below:
            return False
        return below in self.links.get(above, ()) and old.removeprefix(above) == new.removeprefix(below)
