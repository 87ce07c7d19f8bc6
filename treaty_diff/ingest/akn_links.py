"""Citations that a source has marked: those of its own provisions pointed to where they now are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from ..text.akn.names import portion_iri
from ..text.model import COMPONENTS, Footnote, Markup, MultiReference, Provision, Reference, Span, Text, Treaty

_POINTING = frozenset({"href", "from", "upTo", "for", "src", "source", "destination", "startQuote"})


def follow(treaty: Treaty, work: str, sources: Mapping[str, etree._Element], root: etree._Element) -> Treaty:
    """The treaty with `#eId` and `work/~eId` of the source as our own addresses; others' are left alone.

    `sources` are the elements that the provisions were read from, by our eIds. What points inside a
    provision, to its `intro` for one, points to the provision.
    """
    named = {element: eid for eid, element in sources.items()}
    elements = {eid: element for element in root.iter(etree.Element) if (eid := element.get("eId"))}
    homes: dict[str, str] = {}

    def settle(p: Provision, home: str) -> None:
        home = p.eid if p.kind in COMPONENTS else home
        homes[p.eid] = home
        for child in p.children:
            settle(child, home)

    settle(treaty.root, "")

    def ours(href: str) -> str:
        """Our eId for an address of the source; empty where it is not one, or names no provision."""
        if href.startswith("#"):
            key = href[1:]
        elif work and href.startswith(work) and href[len(work) : len(work) + 1] in ("/", "#"):
            rest = href[len(work) :]
            key = rest.rpartition("#")[2] if "#" in rest else rest.rpartition("~")[2] if "~" in rest else ""
        else:
            return ""
        at = elements.get(key)
        while at is not None and at not in named:
            at = at.getparent()
        return named[at] if at is not None else ""

    def point(home: str) -> Callable[[str], str]:
        def pointed(href: str) -> str:
            eid = ours(href)
            if not eid:
                return href
            return f"#{eid}" if homes[eid] == home else portion_iri(treaty.meta, eid)

        return pointed

    return treaty.with_root(_provision(treaty.root, lambda p: point(homes[p.eid])))


def _provision(p: Provision, way: Callable[[Provision], Callable[[str], str]]) -> Provision:
    """The provision and all below it, every address changed as `way` of its provision says."""
    to = way(p)
    return replace(
        p,
        num=_text(p.num, to),
        heading=_text(p.heading, to),
        text=_text(p.text, to),
        children=tuple(_provision(child, way) for child in p.children),
        table=tuple(tuple(replace(cell, text=_pointed(cell.text, to)) for cell in row) for row in p.table),
    )


def _text(text: Text | None, to: Callable[[str], str]) -> Text | None:
    return _pointed(text, to) if text is not None else None


def _pointed(text: Text, to: Callable[[str], str]) -> Text:
    if not text.spans and not text.notes and not text.markup:
        return text
    spans = tuple(_span(span, to) for span in text.spans)
    notes = tuple(replace(note, body=_pointed(note.body, to)) for note in text.notes)
    return replace(text, spans=spans, notes=notes, markup=tuple(_kept(m, to) for m in text.markup))


def _reference(ref: Reference, to: Callable[[str], str]) -> Reference:
    return replace(ref, href=to(ref.href), up_to=to(ref.up_to) if ref.up_to else "")


def _span(span: Span, to: Callable[[str], str]) -> Span:
    if isinstance(span, MultiReference):
        return replace(span, parts=tuple(_reference(part, to) for part in span.parts))
    return _reference(span, to) if isinstance(span, Reference) else span


def _kept(mark: Markup, to: Callable[[str], str]) -> Markup:
    pairs = tuple((key, to(value) if key in _POINTING else value) for key, value in mark.attributes)
    return replace(mark, attributes=pairs, parts=tuple(_kept(part, to) for part in mark.parts))


def shifted(text: Text, by: int) -> Text:
    """The marks of a text as they stand where its words come `by` characters later."""

    def reference(ref: Reference) -> Reference:
        return replace(ref, start=ref.start + by, end=ref.end + by)

    def span(one: Span) -> Span:
        if isinstance(one, MultiReference):
            return MultiReference(one.start + by, one.end + by, tuple(map(reference, one.parts)))
        return replace(one, start=one.start + by, end=one.end + by)

    def kept(mark: Markup) -> Markup:
        return replace(mark, start=mark.start + by, end=mark.end + by, parts=tuple(map(kept, mark.parts)))

    def note(one: Footnote) -> Footnote:
        return replace(one, offset=one.offset + by)

    return replace(
        text, spans=tuple(map(span, text.spans)), notes=tuple(map(note, text.notes)), markup=tuple(map(kept, text.markup))
    )


def moved(treaty: Treaty, before: str, after: str) -> Treaty:
    """The treaty with citations of the work `before` as citations of the work `after`."""

    def to(href: str) -> str:
        return after + href[len(before) :] if href.startswith(f"{before}/") else href

    return treaty.with_root(_provision(treaty.root, lambda _: to))
