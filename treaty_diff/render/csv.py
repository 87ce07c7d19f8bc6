"""The changes of a comparison as CSV, for a spreadsheet or a program: a record a provision that is not the same.

The counts come first, as records of kind `summary`. What differs quietly only is of kind `quiet`; the words of a provision
that moved stand where it is, and the place that it left has a record of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from ..redline.comparison import Article, ArticleKind, Comparison, Row, RowKind
from .annotations import counted
from .findings import Finding, findings, linked
from .sentences import copied, figures, title
from .sheet import sheet

if TYPE_CHECKING:
    from ..annotate import Annotations

HEADER = ("provision", "kind", "before", "after", "provision before", "remark")
SUMMARY = "summary"
QUIET = "quiet"


def changes(comparisons: Sequence[Comparison], annotations: Sequence[Annotations] = ()) -> str:
    """Comparisons as CSV, each with its summary before it, and with what its changes do.

    `before` and `after` are lines as `show --format text` prints them, without their end.
    """
    pairs = zip_longest(comparisons, annotations)
    return sheet([HEADER, *(record for one, found in pairs for record in _records(one, found))])


def _records(comparison: Comparison, annotations: Annotations | None) -> Iterator[tuple[str, ...]]:
    yield (title(comparison), SUMMARY, comparison.base.name, comparison.subject.name, "", comparison.reading)
    for label, count in figures(comparison):
        yield (label, SUMMARY, "", str(count), "", "")
    shares = copied(comparison.lineage) if comparison.lineage is not None else ""
    does = (annotations.off or counted(annotations)) if annotations is not None else ""
    for sentence in (*filter(None, [comparison.notice, shares, does]), *comparison.not_compared, *comparison.decisions):
        yield ("", SUMMARY, "", "", "", sentence)
    for heading in comparison.headings:
        yield from _article(heading, (), comparison)
    articles = (*comparison.articles, *comparison.gone)
    for article, said in zip(articles, findings(comparison, annotations), strict=True):
        yield from _article(article, said, comparison)


def _article(article: Article, said: tuple[Finding, ...], comparison: Comparison) -> Iterator[tuple[str, ...]]:
    if article.kind is ArticleKind.NOT_HELD:
        yield (article.head.citation, str(article.kind), "", "", "", linked(article, comparison))
    for n, row in enumerate(article.rows):
        remarks = [f"{f.kind}: {f.sentence}" if f.kind else f.sentence for f in said if f.row is row]
        before, after = ("".join([getattr(s, side) for s in row.segments]).removesuffix("\n") for side in ("base", "subject"))
        same = row.kind is RowKind.EQUAL and before == after
        if same and len(remarks) <= (n == 0):
            continue
        kind = QUIET if row.kind is RowKind.EQUAL and before != after else str(row.kind)
        yield (_cited(row, after=True), kind, before, after, _cited(row, after=False), " ".join(remarks))


def _cited(row: Row, *, after: bool) -> str:
    """How a row's provision is cited after or before; a gone one by its name before."""
    side = (row.subject or row.base) if after else row.base
    if side is None:
        return ""
    return f"{side.citation}, footnote {side.num}".rstrip() if side.note else side.citation
