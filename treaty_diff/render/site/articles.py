"""The texts themselves: a page an article, with what answers it, what is proposed for it and who cites it; a contents page a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...languages import alpha2
from ...redline.citations import cited
from ...text import plain
from ...text.model import Provision, notice
from ..sentences import date, sureness
from .addresses import up
from .layout import File, Layout, parties
from .material import Work
from .relations import Relations
from .texts import EDITIONS, gaps

_VERBS = {
    "replaces": "would replace it",
    "deletes": "would delete it",
    "after": "would stand behind it",
    "retains": "would keep it",
}
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an article: its address on the page, level, number, heading, and its words in pieces, each with where it leads."""

    ident: str
    depth: int
    num: str
    heading: str
    pieces: tuple[tuple[str, str], ...]
    note: bool
    tabular: bool


def articles(layout: Layout, relations: Relations) -> Iterator[File]:
    """The pages of all texts of the site."""
    for work in relations.material.works:
        yield _contents(layout, relations, work)
        units = [unit for unit, _ in work.units]
        for n, (unit, chapter) in enumerate(work.units):
            before, after = units[n - 1] if n else None, units[n + 1] if n + 1 < len(units) else None
            yield _article(layout, relations, work, unit, chapter, before, after)


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
                "entries": [
                    {
                        "citation": work.index.citation(p),
                        "heading": p.title if p.title != work.index.citation(p) else "",
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


def _article(
    layout: Layout,
    relations: Relations,
    work: Work,
    unit: Provision,
    chapter: Provision | None,
    before: Provision | None,
    after: Provision | None,
) -> File:
    pages = relations.pages[work.id]
    path = pages.of(unit)
    root = up(path)
    index = work.index

    def named(p: Provision | None) -> dict[str, str] | None:
        return {"citation": index.citation(p), "heading": p.title, "address": root + pages.of(p)} if p is not None else None

    return layout.page(
        "article",
        path,
        "Texts",
        **_head(work),
        title=f"{index.citation(unit)}, {work.name}",
        citation=index.citation(unit),
        heading=unit.title if unit.title != index.citation(unit) else "",
        copied=f"{work.name}, {index.citation(unit)}",
        contents=root + pages.contents,
        chapter={"said": f"{index.citation(chapter)}, {chapter.title}", "address": f"{root}{pages.contents}#{chapter.eid}"}
        if chapter is not None
        else None,
        held=unit.held,
        lines=list(_lines(relations, work, unit, root)),
        annexes=[named(child) for child in unit.children if child.eid in {p.eid for p, _ in work.units}],
        before=named(before),
        after=named(after),
        **_around(relations, work, unit, root),
    )


def _around(relations: Relations, work: Work, unit: Provision, root: str) -> dict[str, Any]:
    """What is said beside an article's words."""
    answers = [
        {
            "name": a.work.name,
            "citation": a.work.index.citation(a.unit),
            "heading": a.unit.title,
            "address": root + relations.pages[a.work.id].of(a.unit),
            "how": f"{'in part, ' if a.link.kind == 'partial' else ''}{sureness(a.link.score, a.link.decision)}",
            "redline": root + a.redline if a.redline else "",
        }
        for a in relations.answers(work, unit)
    ]
    answered = {a["name"] for a in answers}
    m = relations.material
    looked = m.others if work.id == m.home.id else (m.home,) if work in m.others else (m.home, *m.others)
    history = [
        {"when": f"Round {p.work.expression.round}, {date(p.work.expression.date)}", "who": parties(p.work), "what": _VERBS[p.verb],
         "address": root + (relations.redline(p.work, unit, work).partition("#")[0] or relations.pages[p.work.id].contents)}
        for p in relations.proposed(work, unit)
    ]  # fmt: skip
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
        "unanswered": [w.name for w in looked if unit.held and w.name not in answered],
        "history": history,
        "earlier": list(_earlier(relations, work, unit)),
        "citing": citing,
    }


def _earlier(relations: Relations, work: Work, unit: Provision) -> Iterator[str]:
    """What the texts of a proposal from earlier rounds said, in sentences."""
    now = plain.text(plain.alone(unit))
    for old in relations.material.earlier.get(work.id, ()):
        when = f"In the text of {date(old.expression.date)} (round {old.expression.round})"
        there = old.index.by_eid.get(unit.eid)
        if there is None:
            yield f"{when} it did not stand."
        else:
            yield f"{when} it {'had the same words' if plain.text(plain.alone(there)) == now else 'read differently'}."


def _lines(relations: Relations, work: Work, unit: Provision, root: str) -> Iterator[_Line]:
    seen: set[str] = set()
    for line in plain.lines(plain.alone(unit)):
        p = line.provision
        if p is unit and line.note is None and line.row is None:
            if not p.words:
                continue
            words, num, heading = line.words[len(p.title) :].lstrip() if p.title else line.words, "", ""
        else:
            words, num, heading = line.words, line.num, ""
        ident = f"{p.eid}__fn_{line.num}" if line.note is not None else p.eid
        own = "" if ident in seen or p is unit else ident
        seen.add(ident)
        cut = len(line.words) - len(words)
        yield _Line(
            own,
            min(line.depth, _DEEPEST),
            num,
            heading,
            tuple(_pieces(relations, work, line, words, cut, root)),
            line.note is not None,
            line.row is not None,
        )


def _pieces(relations: Relations, work: Work, line: plain.Line, words: str, cut: int, root: str) -> Iterator[tuple[str, str]]:
    """The words of a line cut at its citations, each with the address of what it cites (empty between)."""
    at = 0
    for citation in cited(line):
        start, end = citation.start - cut, citation.end - cut
        found = relations.target(work, citation)
        if found is None or start < at:
            continue
        if start > at:
            yield words[at:start], ""
        yield words[start:end], root + relations.pages[found[0].id].place(found[1])
        at = end
    if at < len(words):
        yield words[at:], ""
