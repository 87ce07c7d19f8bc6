"""Where a treaty's own words begin: title pages and tables of contents in front of them."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.model import ANNEXES, Kind
from .headings import looks_like
from .lines import bare, ends
from .printed import Head

_OUTER = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.PREAMBLE})
_SHORT = 80


def beginning(lines: Sequence[tuple[str, Head | None]], *, annexes_only: bool = False) -> int:
    """Index of the first line that belongs to the treaty, title and table of contents passed over.

    `lines` are the source's lines, each with the heading that it looks like. The treaty begins with
    its preamble, which has a heading or stands between the contents and the first article's headings;
    `annexes_only`: it may begin with an annex, where no chapter stands before the first article.
    """
    article = first_article(lines) or 0
    if annexes_only:
        kinds = [head.kind for _, head in lines[: article + 1] if head is not None]
        if Kind.CHAPTER not in kinds and (ANNEXES & set(kinds) or Kind.ARTICLE not in kinds):
            return next((n for n, (_, head) in enumerate(lines) if head is not None and head.kind in ANNEXES), 0)
    before = [n for n in range(article) if (head := lines[n][1]) is not None and head.kind is Kind.PREAMBLE]
    if before:
        return before[-1]
    start = article
    while start and ((head := lines[start - 1][1]) is not None or looks_like(lines[start - 1][0])):
        if head is not None and head.kind not in _OUTER:
            break
        start -= 1
    first = start
    while first and lines[first - 1][1] is None:
        first -= 1
    preamble = next((n for n in range(first, start) if _sentence(lines[n][0])), None)
    if preamble is not None:
        return preamble
    # a title above the heading of a Part or chapter is printed on the page, not in the treaty
    return next((n for n in range(start, article) if lines[n][1] is not None), start)


def first_article(lines: Sequence[tuple[str, Head | None]]) -> int | None:
    """Index of the first article's heading that has words below it, None where there is none."""
    for n, (_, head) in enumerate(lines):
        if head is None or head.kind is not Kind.ARTICLE:
            continue
        below = n + 1
        while below < len(lines) and below < n + 4 and lines[below][1] is None:
            if _sentence(lines[below][0]):
                return n
            below += 1
    return None


def _sentence(words: str) -> bool:
    text = bare(words)
    return len(text) > _SHORT or ends(text, ".;:,")
