"""From a correspondence to a comparison: article by article, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..align import Concordance
from ..align.features import UNITS, members
from ..align.scope import gone as gone_of
from ..languages import name as language_name
from ..text import plain
from ..text.index import Index
from ..text.model import CONTAINERS, Kind, Provision, Treaty
from .comparison import (
    Article,
    ArticleKind,
    Comparison,
    Head,
    Nearest,
    Op,
    Row,
    RowKind,
    Segment,
    Side,
    Summary,
    TextRef,
    opening,
)
from .rows import pair
from .tokens import counts, diff

_WHOLE = "the whole text"


class _Text:
    """One side: its index, its scope, and how it is named."""

    def __init__(self, treaty: Treaty, scope: Sequence[Provision], selector: str, revision: str) -> None:
        self.treaty = treaty
        self.index = Index(treaty)
        self.scope = scope
        self.selector = selector
        self.revision = revision

    def head(self, eid: str) -> Head:
        provision = self.index.by_eid[eid]
        chapter = self.index.enclosing(provision, Kind.CHAPTER)
        return Head(
            eid,
            self.index.citation(provision),
            self.index.selector(provision),
            provision.title,
            f"{self.index.citation(chapter)}, {chapter.title}" if chapter is not None else "",
        )

    def lines(self, eid: str) -> list[plain.Line]:
        return list(plain.lines(plain.alone(self.index.by_eid[eid])))

    def side(self, line: plain.Line) -> Side:
        p = line.provision
        return Side(p.eid, self.index.citation(p), str(p.kind), line.depth, line.num, line.note is not None)

    def described(self) -> str:
        if len(self.scope) == 1:
            p = self.scope[0]
            return _WHOLE if p.kind is Kind.TREATY else self.index.citation(p)
        return f"{self.index.citation(self.scope[0])} to {self.index.citation(self.scope[-1])}"

    def ref(self) -> TextRef:
        meta = self.treaty.meta
        text = "".join(plain.text(p) for p in self.scope)
        return TextRef(
            treaty=meta.treaty,
            name=meta.name,
            title=meta.title,
            expression=meta.expression,
            language=meta.language,
            edition=str(meta.edition),
            selector=self.selector,
            scope=self.described(),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=meta.source.name,
            licence=meta.source.licence,
            attribution=meta.source.attribution,
            status=meta.status,
            revision=self.revision,
        )


def _told_apart(base: TextRef, subject: TextRef) -> tuple[TextRef, TextRef]:
    """Two texts of one treaty named by what differs: language, legal date, edition, revision."""
    if base.name != subject.name:
        return base, subject

    def named(ref: TextRef, other: TextRef) -> TextRef:
        differs = [
            language_name(ref.language) if ref.language != other.language else "",
            f"of {ref.expression[4:]}" if ref.expression[4:] != other.expression[4:] else "",
            ref.edition if ref.edition != other.edition else "",
            f"at {ref.revision or 'HEAD'}" if ref.revision != other.revision else "",
            ref.scope if ref.scope != other.scope else "",
        ]
        said = ", ".join(filter(None, differs))
        return replace(ref, name=f"{ref.name} ({said})") if said else ref

    return named(base, subject), named(subject, base)


def whole(index: Index, provisions: Sequence[Provision]) -> tuple[tuple[Provision, ...], tuple[str, ...]]:
    """The provisions with each that is less than an article replaced by the article it stands in, and that said."""
    out: list[Provision] = []
    remarks = []
    for p in provisions:
        holder = p if p.kind in CONTAINERS else index.enclosing(p, *UNITS)
        if holder is not None and holder.eid != p.eid:
            remarks.append(f"{index.citation(p)} is compared with the whole of {index.citation(holder)}.")
        out.append(holder or p)
    return tuple(dict.fromkeys(out)), tuple(remarks)


def _row(base: plain.Line | None, subject: plain.Line | None, left: _Text, right: _Text) -> Row:
    if base is None:
        assert subject is not None
        return Row(RowKind.INSERTED, None, right.side(subject), (Segment(Op.INSERT, "", subject.text),))
    if subject is None:
        return Row(RowKind.DELETED, left.side(base), None, (Segment(Op.DELETE, base.text, ""),))
    a, b = left.side(base), right.side(subject)
    if base.text == subject.text:
        return Row(RowKind.EQUAL, a, b, (Segment(Op.EQUAL, base.text, subject.text),))
    cut_base, cut_subject = len(base.text) - len(base.words) - 1, len(subject.text) - len(subject.words) - 1
    number = (base.text[:cut_base], subject.text[:cut_subject])
    segments: list[Segment] = []
    if any(number):
        segments.append(Segment(Op.EQUAL if number[0] == number[1] else Op.QUIET, *number))
    segments += diff(base.text[cut_base:], subject.text[cut_subject:])
    changed = any(s.op in (Op.INSERT, Op.DELETE) for s in segments)
    kind = RowKind.CHANGED if changed else RowKind.RENUMBERED if base.num != subject.num else RowKind.EQUAL
    return Row(kind, a, b, tuple(segments))


def _sum(lines: list[plain.Line]) -> str:
    return hashlib.sha256("".join(line.text for line in lines).encode()).hexdigest() if lines else ""


def _rows(base: list[plain.Line], subject: list[plain.Line], left: _Text, right: _Text) -> tuple[Row, ...]:
    """The head of both articles on one row, then the lines below as they go together."""
    if not base or not subject:
        pairs: Iterable[tuple[int | None, int | None]] = [(i, None) for i in range(len(base))] or [
            (None, j) for j in range(len(subject))
        ]
    else:
        below = pair(base[1:], subject[1:])
        pairs = [(0, 0), *((i if i is None else i + 1, j if j is None else j + 1) for i, j in below)]
    return tuple(_row(None if i is None else base[i], None if j is None else subject[j], left, right) for i, j in pairs)


def _summary(articles: Sequence[Article], gone: Sequence[Article]) -> Summary:
    inserted = deleted = equal = changes = 0
    for article in articles:
        if article.kind is not ArticleKind.COUNTERPART:
            continue
        for row in article.rows:
            a, b, c = counts(row.segments)
            inserted, deleted, equal = inserted + a, deleted + b, equal + c
        changes += article.changes
    kinds = [a.kind for a in articles]
    same = sum(a.equal for a in articles)
    return Summary(
        articles=len(articles),
        equal=same,
        changed=kinds.count(ArticleKind.COUNTERPART) - same,
        no_counterpart=kinds.count(ArticleKind.NO_COUNTERPART),
        gone=len(gone),
        not_held=kinds.count(ArticleKind.NOT_HELD),
        words_inserted=inserted,
        words_deleted=deleted,
        words_equal=equal,
        changes=changes,
    )


def build(
    subject: Treaty,
    base: Treaty,
    concordance: Concordance,
    *,
    scope: Sequence[Provision],
    base_scope: Sequence[Provision],
    selectors: tuple[str, str] = ("", ""),
    revisions: tuple[str, str] = ("", ""),
    remarks: tuple[str, ...] = (),
) -> Comparison:
    """The comparison of two texts under a correspondence; pairs are (subject, base).

    `remarks` join what is said of what was not compared.
    """
    right = _Text(subject, scope, selectors[0], revisions[0])
    left = _Text(base, base_scope, selectors[1], revisions[1])
    articles = []
    for eid in (p.eid for p, _ in members(right.scope)):
        if eid in concordance.not_held_subject:
            articles.append(Article(ArticleKind.NOT_HELD, right.head(eid), None, 0.0, ()))
            continue
        links = concordance.of(eid)
        near = tuple(Nearest(left.head(n.base), n.score, n.decision) for n in concordance.nearest.get(eid, ()))
        lines = right.lines(eid)
        if links:
            link = links[0]
            answer = left.lines(link.base)
            articles.append(
                Article(
                    ArticleKind.COUNTERPART,
                    right.head(eid),
                    left.head(link.base),
                    link.score,
                    _rows(answer, lines, left, right),
                    near,
                    link.evidence,
                    str(link.kind),
                    _sum(answer),
                    _sum(lines),
                    link.decision,
                )
            )
        else:
            rows = _rows([], lines, left, right)
            articles.append(
                Article(
                    ArticleKind.NO_COUNTERPART,
                    right.head(eid),
                    None,
                    0.0,
                    rows,
                    near,
                    subject_sha256=_sum(lines),
                    decision=concordance.alone.get(eid),
                )
            )
    gone = []
    for eid in gone_of(scope, base, base_scope, concordance):
        lines = left.lines(eid)
        gone.append(
            Article(
                ArticleKind.GONE,
                None,
                left.head(eid),
                0.0,
                _rows(lines, [], left, right),
                base_sha256=_sum(lines),
                decision=concordance.alone_base.get(eid),
            )
        )
    before, after = _told_apart(left.ref(), right.ref())
    return Comparison(
        before,
        after,
        tuple(articles),
        tuple(gone),
        _summary(articles, gone),
        (*remarks, *_not_compared(left, right, concordance, len(gone))),
        concordance.said,
    )


def _not_compared(left: _Text, right: _Text, concordance: Concordance, gone: int) -> tuple[str, ...]:
    out = []
    for side, missing in ((right, concordance.not_held_subject), (left, concordance.not_held_base)):
        if missing:
            count = f"{len(missing)} articles are" if len(missing) > 1 else "1 article is"
            out.append(
                f"{opening(side.treaty.meta.name)}: {count} held as a heading only and not compared; "
                "`treaty-diff pull` gets the text."
            )
    rest = len(concordance.unanswered) - gone
    if rest:
        out.append(f"{opening(left.treaty.meta.name)}: {rest} held articles lie outside this comparison.")
    return tuple(out)
