"""Footnotes: on which line and before which character each hangs, on both sides.

The lines of a footnote follow those of its provision. In Word a footnote hangs on a place in the text, and there is one
reference to each: a footnote of both texts is shared where its place is the same in both, else it is deleted at the one
place and inserted at the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...redline.comparison import HERE, Article, Comparison, Row, RowKind, Side
from ...text.model import Provision, Text, Treaty
from ...text.once import once

Anchors = Mapping[str, tuple[tuple[int, int], ...]]
"""Of a provision, by eId, the place of each footnote: which of its lines, and the character before which it stands."""

Place = tuple[int, int]
"""A row of the comparison: the number of its article (those gone last), its own number there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference in the text: the footnote's number in the file, and its marker in the base and in the subject."""

    ident: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Hook:
    """A footnote's row on the row that it hangs on, before which character of each text; None where not in that text."""

    place: Place
    row: Row
    base: int | None
    subject: int | None


@dataclass(frozen=True, slots=True)
class Hooks:
    """All footnotes by the rows they hang on, and the rows of those that hang on nothing."""

    on: Mapping[Place, tuple[Hook, ...]]
    loose: frozenset[Place]


@once
def anchors(treaty: Treaty) -> Anchors:
    """Where the footnotes of a text stand in the lines of their provisions (`treaty_diff.text.plain`)."""
    found = (
        (p.eid, tuple(_anchors(p))) for p in treaty.walk() if p.table or _noted(p.num) or _noted(p.heading) or _noted(p.text)
    )
    return {eid: places for eid, places in found if places}


def _noted(text: Text | None) -> bool:
    return text is not None and bool(text.notes)


def _anchors(p: Provision) -> Iterator[tuple[int, int]]:
    label, title = len(p.label), len(p.title)
    own = bool(p.label or p.title or p.words)
    start = label + (label > 0)
    offsets = ((p.num, 0), (p.heading, start), (p.text, start + title + (title > 0)))
    for text, before in offsets:
        for note in text.notes if text is not None else ():
            yield 0, before + note.offset
    for n, row in enumerate(p.table):
        before = 0
        for cell in row:
            for note in cell.text.notes:
                yield n + own, before + note.offset
            before += len(cell.text.content) + 1


@dataclass(slots=True)
class _Side:
    """The rows of one text: of each provision its lines, and which footnote comes next."""

    anchors: Anchors
    lines: dict[str, list[list[tuple[Place, int]]]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, eid: str, place: Place, text: str, going_on: bool) -> None:
        """A row of a provision; `going_on` where the line of the row before has not ended."""
        lines = self.lines.setdefault(eid, [])
        part = place, len(text.removesuffix("\n"))
        if going_on and lines:
            lines[-1].append(part)
        else:
            lines.append([part])

    def next(self, eid: str) -> tuple[Place, int] | None:
        """The place of a provision's next footnote; at the end of its last line where it is not known."""
        nth = self.seen.get(eid, 0)
        self.seen[eid] = nth + 1
        lines = self.lines.get(eid)
        if not lines:
            return None
        known = self.anchors.get(eid, ())
        line, offset = known[nth] if nth < len(known) else (-1, -1)
        if not -1 <= line < len(lines):
            line, offset = -1, -1
        parts = lines[line]
        for place, length in parts[:-1]:
            if 0 <= offset <= length:
                return place, offset
            offset = offset - length if offset >= 0 else offset
        place, length = parts[-1]
        return place, offset if 0 <= offset <= length else length


def standing(row: Row) -> tuple[Side | None, Side | None]:
    """The base's and the subject's line of a row, each where its words stand in this place."""
    return None if row.kind in HERE else row.base, None if row.kind is RowKind.MOVED_AWAY else row.subject


def goes_on(before: Row | None, row: Row, kind: RowKind) -> bool:
    """Whether a row goes on with the line that another began: one that was split, or several that were merged."""
    if before is None or not before.kind is row.kind is kind:
        return False
    return before.base == row.base if kind is RowKind.SPLIT else before.subject == row.subject


def hooks(comparison: Comparison, base_anchors: Anchors, subject_anchors: Anchors) -> Hooks:
    """Where each footnote of a comparison hangs."""
    left, right = _Side(base_anchors), _Side(subject_anchors)
    rows = list(_rows(comparison))
    before: Row | None = None
    for place, row in rows:
        if not _note(row):
            base, subject = standing(row)
            split, merged = (goes_on(before, row, kind) for kind in (RowKind.SPLIT, RowKind.MERGED))
            if base is not None:
                left.add(base.eid, place, row.base_text, split)
            if subject is not None:
                right.add(subject.eid, place, row.subject_text, merged)
        before = row
    on: dict[Place, list[Hook]] = {}
    loose: list[Place] = []
    for place, row in rows:
        if not _note(row):
            continue
        base, subject = standing(row)
        old = left.next(base.eid) if base is not None else None
        new = right.next(subject.eid) if subject is not None else None
        if (base is None) != (old is None) or (subject is None) != (new is None):
            loose.append(place)
        elif old is not None and new is not None and old[0] == new[0]:
            on.setdefault(old[0], []).append(Hook(place, row, old[1], new[1]))
        else:
            if old is not None:
                on.setdefault(old[0], []).append(Hook(place, row, old[1], None))
            if new is not None:
                on.setdefault(new[0], []).append(Hook(place, row, None, new[1]))
    return Hooks({place: tuple(found) for place, found in on.items()}, frozenset(loose))


def _note(row: Row) -> bool:
    side = row.subject or row.base
    return side is not None and side.note


def _rows(comparison: Comparison) -> Iterator[tuple[Place, Row]]:
    """All rows, those of articles compared together in the order in which they give the base back."""
    articles = (*comparison.articles, *comparison.gone)
    subjects = {a.subject.eid: n for n, a in enumerate(articles) if a.subject is not None}
    bases = {a.base.eid: n for n, a in enumerate(articles) if a.base is not None and a.subject is None}
    for proof in comparison.proofs:
        order: Iterable[int] = [subjects[eid] for eid in proof.subject] or [bases[eid] for eid in proof.base]
        for n in order:
            article: Article = articles[n]
            for k, row in enumerate(article.rows):
                yield (n, k), row
