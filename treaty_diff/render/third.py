"""The third column of a comparison: what another text has where the subject's provisions stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..redline.comparison import HERE, Article, Comparison, Nearest, Op, Row, RowKind, Segment
from .markup import Line, line

_DEEPEST = 8

Key = tuple[str, bool, str, int]
"""A subject's line: eId, whether a footnote, its number, which of the provision's lines."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of the other text: its level, whether a footnote, its citation, its words; what the subject does not have is struck."""

    depth: int
    note: bool
    citation: str
    line: Line


@dataclass(frozen=True, slots=True)
class Third:
    """What another text has beside an article: the citations of what answers it, the cells of each row, what comes near where nothing does."""

    citations: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    nearest: tuple[Nearest, ...]


def thirds(comparison: Comparison, other: Comparison) -> dict[str, Third]:
    """The third column of each article of `comparison` by the subject's eId; `other` has the same subject and another base."""
    theirs = {a.subject.eid: a for a in other.articles if a.subject is not None}
    return {
        eid: _third(article, theirs[eid])
        for article in comparison.articles
        if article.subject is not None and (eid := article.subject.eid) in theirs
    }


def _third(article: Article, theirs: Article) -> Third:
    found: dict[Key, list[Row]] = {}
    at: Key | None = None
    early: list[Row] = []
    for key, row in _keyed(theirs.rows):
        at = key or at
        if row.base is None or row.kind is RowKind.MOVED_AWAY:
            continue
        (found.setdefault(at, []) if at is not None else early).append(row)
    cells = []
    for key, _ in _keyed(article.rows):
        rows = found.pop(key, []) if key is not None else []
        if key is not None and early:
            rows, early = [*early, *rows], []
        cells.append(tuple(_cells(rows, theirs)))
    return Third(tuple(answer.head.citation for answer in theirs.answers), tuple(cells), theirs.nearest)


def _keyed(rows: Iterable[Row]) -> Iterator[tuple[Key | None, Row]]:
    """Rows with the subject's line that they show; None for those that show none."""
    seen: dict[tuple[str, bool, str], int] = {}
    for row in rows:
        side = row.subject
        if side is None or row.kind is RowKind.MOVED_AWAY:
            yield None, row
            continue
        own = (side.eid, side.note, side.num)
        yield (*own, seen.get(own, 0)), row
        if row.subject_text.endswith("\n"):
            seen[own] = seen.get(own, 0) + 1


def _cells(rows: Iterable[Row], article: Article) -> Iterator[Cell]:
    named = {answer.head.eid: answer.head.heading for answer in article.answers}
    for row in rows:
        assert row.base is not None
        heading = named.pop(row.base.eid, "") if not row.base.note else ""
        shown = line(_before(row), (heading, heading), stops=False)
        yield Cell(min(row.base.depth, _DEEPEST), row.base.note, row.base.citation, shown)


def _before(row: Row) -> Row:
    """A row's base alone: its words as they stand there, those that the subject does not have still struck."""
    segments = tuple(
        s._replace(subject="") if s.op is Op.DELETE else Segment(Op.EQUAL, s.base, s.base) for s in row.segments if s.base
    )
    kind = RowKind.CHANGED if row.kind in HERE else row.kind
    return Row(kind, row.base, row.base, segments)
