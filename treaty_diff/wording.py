"""Counts as sentences say them."""

from __future__ import annotations


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 article`, `1,234 articles`.

    >>> number(1, "article"), number(1234, "article"), number(2, "duty")
    ('1 article', '1,234 articles', '2 duties')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1]}ies" if noun.endswith("ty") else f"{count:,} {noun}s"
