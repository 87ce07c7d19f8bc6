"""The articles of a comparison as paragraphs and tables: a line is a paragraph, a table's row a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...redline.comparison import HERE, Article, ArticleKind, Comparison, Row, RowKind, Side
from .comments import Comments
from .footnotes import Footnotes
from .inline import Author, Marker, said
from .notes import Hooks, Place, goes_on, standing
from .spans import Change, Span, Spans, cells, cut, flat, one_sided, put, spans

_DEEPEST = 7
_WIDTH = 9070
"""Width of the text on the page in twentieths of a point."""

_WHOLE = {
    RowKind.INSERTED: Change.INSERT,
    RowKind.DELETED: Change.DELETE,
    RowKind.MOVED: Change.TO,
    RowKind.MOVED_CHANGED: Change.TO,
    RowKind.MOVED_AWAY: Change.FROM,
}
"""How a line that stands as a whole in one text only is marked."""

_ALONE = {Change.FROM: Change.DELETE, Change.TO: Change.INSERT}
"""How what cannot be moved is marked instead: a row of a table, a footnote, a comment's sign."""


def bookmark(n: int) -> str:
    """The address of an article in the file by its number in the comparison, those gone last."""
    return f"_article_{n}"


@dataclass(slots=True)
class Body:
    """Writes the articles of a comparison."""

    comparison: Comparison
    marker: Marker
    hooks: Hooks
    notes: Footnotes
    comments: Comments
    _moves: Mapping[tuple[str, str], Row] = field(init=False)
    _aways: Mapping[tuple[str, str], Row] = field(init=False)
    _names: Mapping[tuple[str, str], str] = field(init=False)
    _headings: tuple[Mapping[str, str], Mapping[str, str]] = field(init=False)
    _before: Change = Change.NONE

    def __post_init__(self) -> None:
        articles = (*self.comparison.articles, *self.comparison.gone)
        rows = [row for a in articles for row in a.rows]
        self._moves = {_ends(row): row for row in rows if row.kind in HERE and _movable(row)}
        self._aways = {_ends(row): row for row in rows if row.kind is RowKind.MOVED_AWAY and _movable(row)}
        self._headings = (
            {h.eid: h.heading for a in articles for h in (a.base, *(answer.head for answer in a.answers)) if h is not None},
            {a.subject.eid: a.subject.heading for a in articles if a.subject is not None},
        )
        self._names = {ends: f"move{n}" for n, ends in enumerate(self._moves, 1)}

    def article(self, n: int, article: Article) -> Iterator[str]:
        """An article's paragraphs and tables."""
        ident = self.marker.number()
        yield f'<w:bookmarkStart w:id="{ident}" w:name="{bookmark(n)}"/>'
        if article.kind is ArticleKind.NOT_HELD:
            yield ours(f"{article.head.citation} {article.head.heading}".strip() + ": text not held.", "NotHeld")
        rows = [(k, row) for k, row in enumerate(article.rows) if not _note(row) or (n, k) in self.hooks.loose]
        at = 0
        while at < len(rows):
            end = at
            while end < len(rows) and _tabular(rows[end][1]) and (end == at or _one_table(rows[at:end], rows[end][1])):
                end += 1
            if end > at:
                yield from self._table([((n, k), row) for k, row in rows[at:end]])
                at = end
                continue
            k, row = rows[at]
            after = rows[at + 1][1] if at + 1 < len(rows) else None
            yield self._paragraph((n, k), row, after)
            at += 1
        yield f'<w:bookmarkEnd w:id="{ident}"/>'

    # -- paragraphs -----------------------------------------------------------------------

    def _paragraph(self, place: Place, row: Row, after: Row | None) -> str:
        other = (self._aways if row.kind in HERE else self._moves).get(_ends(row)) if _movable(row) else None
        whole = _WHOLE.get(row.kind, Change.NONE)
        if other is None and whole in (Change.FROM, Change.TO):
            whole = _ALONE[whole]
        mark = whole
        if after is not None and goes_on(row, after, RowKind.SPLIT):
            mark = Change.INSERT
        elif after is not None and goes_on(row, after, RowKind.MERGED):
            mark = Change.DELETE
        base, subject = standing(row)
        found = self._hooked(place, _ended(spans(row, other), mark))
        self._set_apart(found, mark)
        runs = self._line(found, base, subject)
        runs = self.comments.around(place, runs, _ALONE.get(whole, whole))
        style = _style(subject or base)
        was = _style(base) if base is not None else style
        if mark is Change.DELETE and base is not None:
            style = was
        text = f"<w:p>{self._properties(style, was, mark)}{runs}</w:p>"
        if whole not in (Change.FROM, Change.TO):
            return text
        ident, name = self.marker.number(), self._names[_ends(row)]
        start = f'<w:{whole}RangeStart w:id="{ident}" w:author="{Author.CHANGES}" w:date="{self.marker.date}T00:00:00Z" w:name="{name}"/>'
        return f'{start}{text}<w:{whole}RangeEnd w:id="{ident}"/>'

    def _set_apart(self, row: Spans, mark: Change) -> None:
        """Make the first mark later than the last where a change ends one paragraph and another begins the next.

        LibreOffice takes two such for one, and the paragraph's end between them with it, unless their times differ.
        """
        found = [_ALONE.get(s.change, s.change) for s in flat(row)]
        self.marker.apart = bool(found) and found[0] is self._before is not Change.NONE
        self._before = found[-1] if found and mark is Change.NONE else Change.NONE

    def _properties(self, style: str, was: str, mark: Change) -> str:
        marked = self.marker.mark(mark, Author.CHANGES)
        ended = f"<w:rPr>{marked}</w:rPr>" if marked else ""
        old = ""
        if was != style:
            old = f'<w:pPrChange {self.marker.attributes(Author.QUIET)}><w:pPr><w:pStyle w:val="{was}"/></w:pPr></w:pPrChange>'
        return f'<w:pPr><w:pStyle w:val="{style}"/>{ended}{old}</w:pPr>'

    def _hooked(self, place: Place, row: Spans, only: Change = Change.NONE) -> Spans:
        """The row with the references of the footnotes that hang on it; `only` where it is one text's."""
        for hook in self.hooks.on.get(place, ()):
            if not only and hook.base is not None and hook.subject is not None:
                if (found := put(row, self.notes.shared(hook.row), hook.base, hook.subject)) is not None:
                    row = found
                    continue
                self.notes.withdraw()
            for change, at in ((Change.DELETE, hook.base), (Change.INSERT, hook.subject)):
                if at is not None and only in (Change.NONE, change):
                    mark = self.notes.alone(hook.row, change)
                    row = put(row, mark, *((at, None) if change is Change.DELETE else (None, at))) or [*row, mark]
        return row

    def _line(self, row: Spans, base: Side | None, subject: Side | None) -> str:
        """Number, tab and words."""
        texts = "".join([s.base for s in row]), "".join([s.subject for s in row])
        nums = [_num(side, text) for side, text in zip((base, subject), texts, strict=True)]
        number, rest = cut(row, len(nums[0]), len(nums[1]))
        gaps = [int(bool(num) and text[len(num) : len(num) + 1] == " ") for num, text in zip(nums, texts, strict=True)]
        gap, rest = cut(rest, *gaps)
        out = self.marker.runs(number, "ProvisionNumber") + self.marker.tab(gap, "NumberGap")
        if all(side is None or side.depth or side.note for side in (base, subject)):
            return out + self.marker.runs(rest)
        # An article's own words stand behind its heading in one line, and are not set as a heading.
        headings = [self._headings[n].get(side.eid, "") if side is not None else "" for n, side in enumerate((base, subject))]
        starts = [
            len(h) if text[len(num) + g :].startswith(h) else 0
            for h, text, num, g in zip(headings, texts, nums, gaps, strict=True)
        ]
        heading, rest = cut(rest, *starts)
        return out + self.marker.runs(heading) + self.marker.runs(rest, "ArticleWords")

    # -- tables ---------------------------------------------------------------------------

    def _table(self, rows: Sequence[tuple[Place, Row]]) -> Iterator[str]:
        made: list[tuple[Place, Change, list[Spans]]] = []
        for place, row in rows:
            whole = _WHOLE.get(row.kind, Change.NONE)
            whole = _ALONE.get(whole, whole)
            found = _ended(spans(row, None), whole)
            if cells(found) is not None and (whole or all("\t" not in s.text or not s.change for s in found)):
                made.append((place, whole, cells(self._hooked(place, found)) or []))
                continue
            # The cells of the two rows do not answer each other: the one goes, the other comes.
            for change in (Change.DELETE, Change.INSERT):
                alone = self._hooked(place, _only(found, change), change)
                made.append((place, change, cells(alone) or []))
        columns = max(len(split) for *_, split in made)
        width = _WIDTH // columns
        yield (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TreatyTable"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
            f'<w:tblGrid>{f"""<w:gridCol w:w="{width}"/>""" * columns}</w:tblGrid>'
        )
        for place, whole, split in made:
            mark = self.marker.mark(whole, Author.CHANGES)
            yield f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>"
            for n, cell in enumerate(split):
                spanned = columns - len(split) + 1 if n == len(split) - 1 else 1
                grid = f'<w:gridSpan w:val="{spanned}"/>' if spanned > 1 else ""
                runs = self.marker.runs(cell)
                if n == 0:
                    runs = self.comments.around(place, runs, whole)
                yield (
                    f'<w:tc><w:tcPr><w:tcW w:w="{width * spanned}" w:type="dxa"/>{grid}</w:tcPr>'
                    f'<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>{runs}</w:p></w:tc>'
                )
            yield "</w:tr>"
        yield "</w:tbl>"
        # Word joins two tables between which nothing stands.
        yield '<w:p><w:pPr><w:pStyle w:val="BehindTable"/></w:pPr></w:p>'


def ours(text: str, style: str) -> str:
    """A paragraph of our own words."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{said(text)}</w:t></w:r></w:p>'


def _only(row: Spans, change: Change) -> Spans:
    """A row as it stands in one text, marked as a whole."""
    return one_sided("".join([s.base if change is Change.DELETE else s.subject for s in row]), change)


def _ended(row: Spans, mark: Change) -> Spans:
    """The line without the character that ends it, which is the paragraph's mark."""
    out = list(row)
    for side in ("base", "subject"):
        if (side == "base" and mark in (Change.INSERT, Change.TO)) or (
            side == "subject" and mark in (Change.DELETE, Change.FROM)
        ):
            continue
        for n in range(len(out) - 1, -1, -1):
            text = out[n].base if side == "base" else out[n].subject
            if text:
                assert text.endswith("\n")
                base = text[:-1] if side == "base" else out[n].base
                subject = text[:-1] if side == "subject" else out[n].subject
                out[n] = Span(out[n].change, base, subject, out[n].quiet)
                break
    return [s for s in out if s.base or s.subject]


def _style(side: Side | None) -> str:
    if side is None or side.note:
        return "FootnoteText"
    if side.depth == 0:
        return "ArticleHeading"
    if side.kind == "heading":
        return "SubHeading"
    level = min(max(side.depth - 1, 0), _DEEPEST)
    if side.kind == "definition" and not side.num:
        return f"Definition{level}"
    return f"Numbered{level}" if side.num else f"Words{level}"


def _num(side: Side | None, text: str) -> str:
    """The number with which a line opens; a footnote's that hangs on nothing stays among its words."""
    return side.num if side is not None and not side.note and text.startswith(side.num) else ""


def _note(row: Row) -> bool:
    side = row.subject or row.base
    return side is not None and side.note


def _tabular(row: Row) -> bool:
    """Whether a row is one of a table."""
    sides = [side for side in (row.base, row.subject) if side is not None]
    return row.kind not in (RowKind.SPLIT, RowKind.MERGED) and all(s.kind == "table" and not s.note and not s.num for s in sides)


def _one_table(rows: Sequence[tuple[int, Row]], row: Row) -> bool:
    """Whether a row goes on with a table: of neither text it is another one's."""
    new = standing(row)
    for n in (0, 1):
        old = {side.eid for _, r in rows if (side := standing(r)[n]) is not None}
        side = new[n]
        if side is not None and old and side.eid not in old:
            return False
    return True


def _movable(row: Row) -> bool:
    """Whether a row can be marked as moved: a paragraph, at both ends."""
    sides = (row.base, row.subject)
    return (row.kind in HERE or row.kind is RowKind.MOVED_AWAY) and all(
        s is not None and not s.note and s.kind != "table" for s in sides
    )


def _ends(row: Row) -> tuple[str, str]:
    return (row.base.eid if row.base else "", row.subject.eid if row.subject else "")
