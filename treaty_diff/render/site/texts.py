"""About the texts: edition, source, sum, terms, and what of each is not held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...languages import name as language_name
from ...parties import names
from ...store.catalogue import Expression
from ...text.model import Edition, Kind, Source
from ..sentences import date, number
from .addresses import Pages
from .layout import File, Layout
from .material import Material, Work

EDITIONS = {
    Edition.VERBATIM: "the treaty’s words",
    Edition.RESTATEMENT: "a restatement in our own words",
    Edition.RECONSTRUCTION: "a reconstruction from public reports",
}


def texts(layout: Layout, material: Material) -> File:
    """The page `texts.html`."""
    shown = {work.id for work in material.works}
    return layout.page(
        "texts",
        "texts.html",
        "Texts",
        title="About the texts",
        works=[_work(work) for work in material.works],
        besides=[entry.title for entry in material.entries if entry.treaty not in shown],
    )


def _work(work: Work) -> dict[str, Any]:
    entry = work.entry
    return {
        "title": entry.title,
        "selector": entry.treaty,
        "text": Pages(work).contents,
        "status": entry.status,
        "signed": date(entry.signed) if not entry.topic else "",
        "parties": names(entry.parties) if entry.parties and not entry.topic else "",
        "shown": [_expression(work.expression)],
        "others": [_expression(e) for e in entry.expressions if e != work.expression],
        "gaps": list(gaps(work)),
    }


def _expression(e: Expression) -> dict[str, Any]:
    edition = "the Party’s words" if e.round and e.edition is Edition.VERBATIM else EDITIONS[e.edition]
    return {
        "said": f"{language_name(e.language)}, text as of {date(e.date)}: {edition}",
        "round": e.round,
        "distribution": str(e.distribution) if e.round else "",
        "sources": [_source(source) for source in (e.source, *e.annexes)],
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "name": source.name,
        "url": source.url,
        "sha256": source.sha256,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def gaps(work: Work) -> Iterator[str]:
    """What of a text is not held, in sentences."""
    unheld = [p for p, _ in work.units if not p.held and p.kind is Kind.ARTICLE]
    if unheld:
        listed = ", ".join(work.index.citation(p).removeprefix("Article ") for p in unheld[:_LISTED])
        more = f" and {len(unheld) - _LISTED:,} more" if len(unheld) > _LISTED else ""
        yield f"{number(len(unheld), 'article')} held as a heading only: {listed}{more}."
    if not any(p.kind is Kind.ANNEX for p, _ in work.units) and not work.entry.topic:
        yield "No annex is held: the source has none, or they are files of their own."


_LISTED = 24
