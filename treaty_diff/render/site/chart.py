"""The map: chapters of one treaty by chapters of another, how many articles of the one are answered in the other."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...text.model import Provision
from .layout import File, Layout
from .material import Material, Work, alike
from .relations import Relations

_SHADES = 5


def chart(layout: Layout, material: Material, relations: Relations) -> File:
    """The page `map.html`."""
    tables = [_table(material.home, other, relations) for other in material.others if alike(material.home, other)]
    return layout.page("map", "map.html", "Map", title="Map of the chapters", home=material.home.name, tables=tables)


def _table(home: Work, other: Work, relations: Relations) -> dict[str, Any]:
    here = {p.eid: chapter for p, chapter in home.units if p.held and chapter is not None}
    there = {p.eid: chapter for p, chapter in other.units if chapter is not None}
    total = Counter(chapter.eid for chapter in here.values())
    shared: Counter[tuple[str, str]] = Counter()
    answered: Counter[str] = Counter()
    links = relations.concordance(home, other).links
    pairs = {(link.subject, there[link.base].eid) for link in links if link.subject in here and link.base in there}
    for eid, chapter in sorted(pairs):
        shared[here[eid].eid, chapter] += 1
    for eid in sorted({link.subject for link in links if link.subject in here}):
        answered[here[eid].eid] += 1
    columns = [c for c in other.treaty.chapters() if any(shared[row, c.eid] for row in total)]
    rows = [c for c in home.treaty.chapters() if total[c.eid]]

    def cell(row: Provision, column: Provision) -> dict[str, Any]:
        count = shared[row.eid, column.eid]
        return {"count": count, "shade": -(-_SHADES * count // total[row.eid]), "of": total[row.eid]}

    return {
        "name": other.name,
        "columns": [{"label": _number(other, c), "title": c.title} for c in columns],
        "left_out": [_number(other, c) for c in other.treaty.chapters() if c not in columns],
        "rows": [
            {
                "label": _number(home, row),
                "title": row.title,
                "address": relations.redline(home, next(p for p, c in home.units if c is row), other).partition("#")[0],
                "cells": [cell(row, column) for column in columns],
                "none": total[row.eid] - answered[row.eid],
                "of": total[row.eid],
            }
            for row in rows
        ],
    }


def _number(work: Work, chapter: Provision) -> str:
    return work.index.citation(chapter).removeprefix("Chapter ")
