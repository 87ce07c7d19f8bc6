"""Tables of a source: rows made even, tables told from lists and pages set in tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .numbering import match_marker

MAX_COLUMNS = 60
MAX_SPAN = 1_000


class Span(NamedTuple):
    """A cell as the source has it: its words, and how many columns and rows it covers."""

    words: str
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[Sequence[Span]]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length: a cell that covers several stands in the first, the others are empty."""
    out: list[list[str]] = []
    covered: dict[int, int] = {}
    for cells in rows:
        row: list[str] = []
        waiting = list(reversed(cells))
        while (waiting or any(c >= len(row) for c in covered)) and len(row) < MAX_COLUMNS:
            column = len(row)
            if column in covered:
                row.append("")
                covered[column] -= 1
                if not covered[column]:
                    del covered[column]
            elif waiting:
                cell = waiting.pop()
                for n in range(min(max(cell.columns, 1), MAX_COLUMNS - column)):
                    if cell.rows > 1:
                        covered[column + n] = min(cell.rows, MAX_SPAN) - 1
                    row.append("" if n else cell.words)
            else:
                row.append("")
        if waiting:
            row[-1] = " ".join([row[-1], *(c.words for c in reversed(waiting))]).strip()
        out.append(row)
    width = max(map(len, out), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in out if any(row))


def is_numbered_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is a list set in columns: numbers first, `(a)` or `1.`, words in one column after them."""
    numbered = 0
    for row in rows:
        words = [cell for cell in row if cell]
        if not words:
            continue
        if len(words) > 2:
            return False
        number = len(words) == 2 and is_number(words[0])
        if not number and (len(words) == 2 or row[0]):
            return False
        numbered += number
    return numbered > 0


def is_number(words: str) -> bool:
    """Whether a cell holds a list number alone."""
    m = match_marker(words)
    return m is not None and m.end() == len(words)
