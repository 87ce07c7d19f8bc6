"""Tables for spreadsheets: CSV (RFC 4180) with a header, CRLF, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV; a cell that would be a formula has an apostrophe before it.

    >>> sheet([("what", "how much"), ("-1", 'a "b", c')])
    'what,how much\\r\\n\\'-1,"a ""b"", c"\\r\\n'
    """
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return out.getvalue()
