"""The same comparison read the other way round."""

from __future__ import annotations

from dataclasses import replace

from .comparison import Article, ArticleKind, Comparison, Op, Row, RowKind, Segment

_OP = {Op.EQUAL: Op.EQUAL, Op.QUIET: Op.QUIET, Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT}
_ROW = {RowKind.INSERTED: RowKind.DELETED, RowKind.DELETED: RowKind.INSERTED}
_KIND = {ArticleKind.NO_COUNTERPART: ArticleKind.GONE, ArticleKind.GONE: ArticleKind.NO_COUNTERPART}


def _segments(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    out: list[Segment] = []
    for segment in segments:
        turned = Segment(_OP[segment.op], segment.subject, segment.base)
        if turned.op is Op.DELETE and out and out[-1].op is Op.INSERT:
            out.insert(len(out) - 1, turned)  # a group's deletions come first
        else:
            out.append(turned)
    return tuple(out)


def _row(row: Row) -> Row:
    return Row(_ROW.get(row.kind, row.kind), row.subject, row.base, _segments(row.segments))


def _rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    out: list[Row] = []
    lone: list[Row] = []
    for row in map(_row, rows):
        if row.kind is RowKind.INSERTED:
            lone.append(row)
            continue
        if row.kind is not RowKind.DELETED:
            out += lone
            lone = []
        out.append(row)
    return (*out, *lone)


def _article(article: Article) -> Article:
    return replace(
        article,
        kind=_KIND.get(article.kind, article.kind),
        subject=article.base,
        base=article.subject,
        rows=_rows(article.rows),
        nearest=(),
        base_sha256=article.subject_sha256,
        subject_sha256=article.base_sha256,
    )


def mirror(comparison: Comparison) -> Comparison:
    """Base and subject exchanged: what was inserted is deleted, what had no counterpart is gone.

    The pairs stay as they are. Articles of which only the heading is held stay listed on the
    side that they were on.
    """
    turned = [_article(a) for a in (*comparison.articles, *comparison.gone)]
    articles = [a for a in turned if a.kind is not ArticleKind.GONE]
    gone = [a for a in turned if a.kind is ArticleKind.GONE]
    s = comparison.summary
    summary = replace(
        s,
        articles=s.articles - s.no_counterpart + s.gone,
        no_counterpart=s.gone,
        gone=s.no_counterpart,
        words_inserted=s.words_deleted,
        words_deleted=s.words_inserted,
    )
    return Comparison(
        base=comparison.subject,
        subject=comparison.base,
        articles=tuple(articles),
        gone=tuple(gone),
        summary=summary,
        not_compared=comparison.not_compared,
        decisions=comparison.decisions,
    )
