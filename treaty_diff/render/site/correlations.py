"""Correlation tables: which article of one treaty answers which of another, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...redline.comparison import opening
from .. import correlation
from ..correlation import Entry, Table
from . import addresses
from .addresses import Pages, up
from .layout import File, Layout
from .material import Material, Work, alike

if TYPE_CHECKING:
    from ...align.document import Row


def correlations(layout: Layout, material: Material, rows: dict[str, tuple[Row, ...]]) -> Iterator[File]:
    """The tables of the treaty that is renegotiated with each other one; `rows` are by the other's id, that treaty first."""
    from ...align.review import Side

    home = material.home
    for other in material.others:
        if not alike(home, other):
            continue
        sides = Side(home.treaty), Side(other.treaty)
        for turned in (False, True):
            subject, base = (other, home) if turned else (home, other)
            found = tuple(row.mirrored() for row in rows[other.id]) if turned else rows[other.id]
            table = correlation.build(*(sides[::-1] if turned else sides), found)
            path = addresses.correlation(subject, base)
            yield _page(layout, path, table, subject, base)
            yield path.replace(".html", ".csv"), correlation.csv(table).encode()


def _page(layout: Layout, path: str, table: Table, subject: Work, base: Work) -> File:
    root = up(path)
    found = [{work.index.selector(p): pages.of(p) for p, _ in work.units} for work in (subject, base) for pages in (Pages(work),)]

    def address(side: int, entry: Entry) -> str:
        return root + found[side][entry.selector]

    return layout.page(
        "correlation",
        path,
        "Correlation table",
        title=f"{opening(table.names[0])} and {table.names[1]}: correlation table",
        t=table,
        heads=[opening(name) for name in table.names],
        address=address,
        other=root + addresses.correlation(base, subject),
        csv=root + path.replace(".html", ".csv"),
    )
