"""What the schema has no place for gives up its element, never its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ..errors import AknError
from ..text.akn import write_treaty
from ..text.akn.inline import Inline
from ..text.akn.read import parse
from ..text.index import Index
from ..text.model import Markup, Provision, Text, Treaty
from ..text.validate import schema_errors, schema_faults
from .report import Report

_MOST = 30_000_000
"""Faults times the elements beside one another: to find the lines of so many takes seconds."""
_EID = re.compile(rb'\beId="([^"]*)"')


def storable(treaty: Treaty, report: Report) -> tuple[Treaty, set[str]]:
    """The treaty as its files can be: valid against the schema, whatever elements the source had where.

    Kept elements of a provision whose line breaks the schema are taken off, and reported; the second
    result is the eIds of these. Where there are none, the fault stays for the store to tell.
    """
    bare: set[str] = set()
    for _ in range(3):
        broken = _broken(treaty)
        held = {p.eid for p in treaty.walk() if p.eid in broken and any(True for text in p.texts() for _ in _kept(text))}
        if not held:
            break
        bare |= held
        index = Index(treaty)
        for p in treaty.walk():
            if p.eid in held:
                names = sorted({m.element.rpartition("}")[2] for text in p.texts() for m in _kept(text)})
                report.unsure("elements taken off, their words kept", index.citation(p), ", ".join(f"<{n}>" for n in names))
        treaty = treaty.with_root(_bare(treaty.root, held))
    return treaty, bare


def _broken(treaty: Treaty) -> set[str]:
    """The eIds of the provisions on whose lines the schema finds a fault; of all where it finds too many to look."""
    held = {p.eid for p in treaty.walk() if p.eid}
    try:
        files = write_treaty(treaty)
    except AknError:
        return {p.eid for p in treaty.walk() if not _writable(p)}
    out: set[str] = set()
    for name, data in files.items():
        faults = len(schema_faults(data))
        if not faults:
            continue
        if faults * max(map(len, parse(data).iter(etree.Element))) > _MOST:
            return held
        lines = data.split(b"\n")
        for at in {int(finding.citation.rpartition(":")[2]) - 1 for finding in schema_errors(name, data)}:
            while at and _EID.search(lines[at]) is None:
                at -= 1  # a heading of several lines
            out.update(_provision(m[1].decode(), held) for m in _EID.finditer(lines[at]))
    return out


def _writable(p: Provision) -> bool:
    """Whether elements can hold the provision's marks and footnotes."""
    inline = Inline(p.eid, "und")
    try:
        for text in p.texts():
            inline.blocks(text)
    except AknError:
        return False
    return True


def _provision(eid: str, held: set[str]) -> str:
    """The provision that an eId names, or whose `content`, `intro` or list it does."""
    while eid and eid not in held:
        eid = eid.rpartition("__")[0]
    return eid


def _kept(text: Text) -> Iterator[Markup]:
    """All elements kept in a text and its footnotes."""
    ahead = list(text.markup)
    while ahead:
        mark = ahead.pop()
        yield mark
        ahead += mark.parts
    for note in text.notes:
        yield from _kept(note.body)


def _bare(p: Provision, held: set[str]) -> Provision:
    children = tuple(_bare(child, held) for child in p.children)
    if p.eid not in held:
        return replace(p, children=children)
    table = tuple(tuple(replace(cell, text=_words(cell.text)) for cell in row) for row in p.table)
    num, heading, text = (_words(t) if t is not None else None for t in (p.num, p.heading, p.text))
    return replace(p, num=num, heading=heading, text=text, children=children, table=table)


def _words(text: Text) -> Text:
    notes = tuple(replace(note, body=_words(note.body)) for note in text.notes)
    return replace(text, notes=notes, markup=())
