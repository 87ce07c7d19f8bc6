"""The texts themselves: a page an article, with what answers it, what is proposed for it and who cites it; a contents page a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...languages import alpha2
from ...negotiation.marked import named_heads
from ...redline.citations import cited
from ...text import plain
from ...text.model import Provision, notice
from ...text.terms import Definition
from ..meanings import ident as ident_of
from ..remarks import Remark, Remarks
from ..sentences import date, sureness
from .addresses import up
from .glossary import Glossary
from .layout import File, Layout
from .material import Work, alike
from .nearest import Finding, Unanswered
from .relations import Relations
from .tabled import tabled
from .texts import EDITIONS, gaps

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of a line: where they lead (empty: nowhere), and whether they are a defined term."""

    words: str
    address: str = ""
    term: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an article: its address on the page, level, number, heading, and its words in pieces."""

    ident: str
    depth: int
    num: str
    heading: str
    pieces: tuple[_Piece, ...]
    note: bool
    tabular: bool
    remarks: Sequence[Remark] = ()
    whole: bool = False
    """Whether these are words of the article itself, not of a part of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """An article: its page's address, what the page says beside the article's words, and where the citations in them lead, in order."""

    unit: Provision
    path: str
    said: dict[str, Any]
    cites: tuple[str, ...]


class Articles:
    """Makes the pages of texts. They show what is asked of the site here, and nothing else: a chapter's pages are kept by it (`inputs`)."""

    def __init__(self, layout: Layout, relations: Relations, glossary: Glossary, unanswered: Unanswered) -> None:
        self._layout = layout
        self._relations = relations
        self._glossary = glossary
        self._unanswered = unanswered

    @property
    def follows(self) -> str:
        """What of the site its pages show, whatever they are of."""
        return repr((self._layout.follows, self._glossary.follows))

    def contents(self, work: Work) -> File:
        """The page that lists a text's chapters and articles."""
        return _contents(self._layout, self._relations, work)

    def chapters(self, work: Work) -> Iterator[list[Place]]:
        """The articles of a text chapter by chapter, each with what its page says beside its words."""
        units = [unit for unit, _ in work.units]
        n = 0
        for _, members in groupby(work.units, key=lambda pair: pair[1]):
            places = []
            for unit, chapter in members:
                before, after = units[n - 1] if n else None, units[n + 1] if n + 1 < len(units) else None
                places.append(self._place(work, unit, chapter, before, after))
                n += 1
            yield places

    def _place(
        self, work: Work, unit: Provision, chapter: Provision | None, before: Provision | None, after: Provision | None
    ) -> Place:
        pages, index = self._relations.pages[work.id], work.index
        path = pages.of(unit)
        root = up(path)

        def named(p: Provision | None) -> dict[str, str] | None:
            return {"citation": index.citation(p), "heading": p.title, "address": root + pages.of(p)} if p is not None else None

        said = {
            **_head(work),
            "title": f"{index.citation(unit)}, {work.name}",
            "citation": index.citation(unit),
            "heading": index.heading(unit),
            "copied": f"{work.name}, {index.citation(unit)}",
            "contents": root + pages.contents,
            "chapter": {"said": f"{index.citation(chapter)}, {chapter.title}", "address": f"{root}{pages.contents}#{chapter.eid}"}
            if chapter is not None
            else None,
            "held": unit.held,
            "annexes": [named(child) for child in unit.children if child.eid in work.eids],
            "before": named(before),
            "after": named(after),
            **_around(self._relations, self._unanswered, work, unit, root),
        }
        return Place(unit, path, said, tuple([root + place for place in self._relations.cites(work, unit)]))

    def page(self, work: Work, place: Place) -> File:
        """The page of an article."""
        unit, root = place.unit, up(place.path)
        used: list[tuple[Definition, Work]] = []
        remarks = self._layout.remarks.get(work.id, {})
        lines = list(_lines(self._relations, self._glossary, work, unit, root, used, remarks))
        return self._layout.page(
            "article",
            place.path,
            "Texts",
            **place.said,
            lines=lines,
            remarks=() if any(line.whole for line in lines) else remarks.get(unit.eid, ()),
            terms=self._glossary.entries(work, unit, used, root),
        )


def _contents(layout: Layout, relations: Relations, work: Work) -> File:
    pages = relations.pages[work.id]
    path = pages.contents
    root = up(path)
    groups = []
    for chapter, members in groupby(work.units, key=lambda pair: pair[1]):
        groups.append(
            {
                "eid": chapter.eid if chapter is not None else "",
                "citation": work.index.citation(chapter) if chapter is not None else "",
                "heading": chapter.title if chapter is not None else "",
                "redlines": [(other.name, root + at) for other, at in relations.chapter(work, chapter)]
                if chapter is not None
                else [],
                "entries": [
                    {
                        "citation": work.index.citation(p),
                        "heading": work.index.heading(p),
                        "address": root + pages.of(p),
                        "held": p.held,
                    }
                    for p, _ in members
                ],
            }
        )
    return layout.page("contents", path, "Texts", **_head(work), title=work.entry.title, groups=groups, gaps=list(gaps(work)))


def _head(work: Work) -> dict[str, Any]:
    meta = work.treaty.meta
    edition = EDITIONS[meta.edition] if not (work.entry.topic and meta.edition == "verbatim") else "the Party’s words"
    standing = ", ".join(filter(None, (meta.status, f"text of {date(meta.date)}", edition)))
    return {
        "work_title": work.entry.title,
        "standing": standing[:1].upper() + standing[1:] + ".",
        "notice": notice(meta.name, meta.edition),
        "lang": alpha2(meta.language),
        "topic": work.entry.topic,
    }


def _around(relations: Relations, unanswered: Unanswered, work: Work, unit: Provision, root: str) -> dict[str, Any]:
    """What is said beside an article's words."""
    answers = [
        {
            "name": a.work.name,
            "citation": a.work.index.citation(a.unit),
            "heading": a.work.index.heading(a.unit),
            "address": root + relations.pages[a.work.id].of(a.unit),
            "how": f"{'in part, ' if a.link.kind == 'partial' else ''}{sureness(a.link.score, a.link.decision)}",
            "redline": root + a.redline if a.redline else "",
        }
        for a in relations.answers(work, unit)
    ]
    answered = {a["name"] for a in answers}
    m = relations.material
    looked = m.others if work.id == m.home.id else (m.home,) if work in m.others else (m.home, *m.others)
    citing = [
        {
            "name": w.name,
            "citation": w.index.citation(p),
            "address": root + relations.pages[w.id].place(p),
            "own": w.id == work.id,
        }
        for w, p in relations.citing(work, unit)
    ]
    return {
        "answers": answers,
        "unanswered": [
            unanswered.of(work, unit, w, root) if alike(w, work) else Finding(w.name, (), ())
            for w in looked
            if unit.held and w.name not in answered
        ],
        "history": tabled(relations, work, unit),
        "earlier": list(_earlier(relations, work, unit)),
        "citing": citing,
    }


def _earlier(relations: Relations, work: Work, unit: Provision) -> Iterator[str]:
    """What the earlier texts of a work said, in sentences."""
    older = relations.material.earlier.get(work.id, ())
    now = _words(unit) if older else []
    for old in older:
        round_ = f" (round {old.expression.round})" if old.expression.round else ""
        when = f"In the text of {date(old.expression.date)}{round_}"
        there = old.by_wid.get(unit.wid or unit.eid)
        if there is None:
            yield f"{when} it did not stand."
            continue
        cited = old.index.citation(there)
        named = f"{when} it was {cited} and" if cited != work.index.citation(unit) else f"{when} it"
        yield f"{named} {'had the same words' if _words(there) == now else 'read differently'}."


def _words(unit: Provision) -> list[str]:
    """An article's words, its own number left out."""
    return [line.words for line in plain.lines(plain.alone(unit))]


def _lines(
    relations: Relations,
    glossary: Glossary,
    work: Work,
    unit: Provision,
    root: str,
    used: list[tuple[Definition, Work]],
    remarks: Remarks,
) -> Iterator[_Line]:
    """The lines of an article; the terms that they use are added to `used`."""
    seen: set[str] = set()
    for line in plain.units(work.treaty)[unit.eid]:
        p = line.provision
        if p is unit and line.note is None and line.row is None:
            if not p.words:
                continue
            words, num, heading = line.words[len(p.title) :].lstrip() if p.title else line.words, "", ""
        else:
            words, num, heading = line.words, line.num, ""
        ident = f"{p.eid}__fn_{line.num}" if line.note is not None else p.eid
        first = ident not in seen and line.note is None
        own = "" if ident in seen or p is unit else ident
        seen.add(ident)
        cut = len(line.words) - len(words)
        links = list(_citations(relations, work, line, cut, root))
        links += [(start - cut, end - cut, _Piece(named)) for start, end, named in named_heads(line) if start >= cut]
        for use, source in glossary.uses(work, line, words):
            if not any(start < use.end and use.start < end for start, end, _ in links):
                links.append((use.start, use.end, _Piece(words[use.start : use.end], f"#{ident_of(use.definition)}", True)))
                used.append((use.definition, source))
        yield _Line(
            own,
            min(line.depth, _DEEPEST),
            num,
            heading,
            tuple(_pieces(words, sorted(links, key=lambda link: link[0]))),
            line.note is not None,
            line.row is not None,
            remarks.get(p.eid, ()) if first else (),
            p is unit and line.note is None,
        )


_Link = tuple[int, int, _Piece]


def _citations(relations: Relations, work: Work, line: plain.Line, cut: int, root: str) -> Iterator[_Link]:
    """The citations in a line's words, the first `cut` characters left out, that lead to a page of the site."""
    at = 0
    for citation in cited(line):
        start, end = citation.start - cut, citation.end - cut
        found = relations.target(work, citation)
        if found is not None and start >= at:
            words = line.words[citation.start : citation.end]
            yield start, end, _Piece(words, root + relations.pages[found[0].id].place(found[1]))
            at = end


def _pieces(words: str, links: Iterable[_Link]) -> Iterator[_Piece]:
    """Words cut where they lead somewhere."""
    at = 0
    for start, end, piece in links:
        if start > at:
            yield _Piece(words[at:start])
        yield piece
        at = end
    if at < len(words):
        yield _Piece(words[at:])
