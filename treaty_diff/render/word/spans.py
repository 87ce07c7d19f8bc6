"""A row as a run of characters in both texts at once: where it may be cut, and where a footnote's reference stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ...redline.comparison import HERE, Op, Row, RowKind, Segment

if TYPE_CHECKING:
    from .notes import Mark


class Change(StrEnum):
    """How Word marks a run, by the name of its element; nothing where it stands in both texts."""

    NONE = ""
    DELETE = "del"
    INSERT = "ins"
    FROM = "moveFrom"
    TO = "moveTo"


class Span(NamedTuple):
    """Characters of the base and of the subject, or a footnote's reference, which has none (a tuple, as segments are).

    Where nothing is marked both sides are the same, or the difference is `quiet`; else one side is empty.
    """

    change: Change
    base: str
    subject: str
    quiet: bool = False
    note: Mark | None = None

    @property
    def text(self) -> str:
        """The characters of a span whose sides do not differ."""
        return self.subject or self.base


Spans = list[Span]


def spans(row: Row, other: Row | None) -> Spans:
    """A row's characters; `other` is the row at the other end of a move.

    A moved row's words that came along are marked as moved at both ends, those left behind as deleted where they were,
    those added as inserted where it is.
    """
    if row.kind in HERE and other is not None:
        return _end(row.segments, there=False)
    if row.kind in HERE:
        return [Span(Change.INSERT, "", row.subject_text)]
    if row.kind is RowKind.MOVED_AWAY and other is not None and "".join([s.base for s in other.segments]) == row.base_text:
        return _end(other.segments, there=True)
    return tidied(row.segments)


def one_sided(text: str, change: Change) -> Spans:
    """Characters that are marked as a whole."""
    return [Span(change, text, "") if change is Change.DELETE else Span(change, "", text)]


def flat(row: Sequence[Span]) -> Spans:
    """The spans with each quiet difference as a deletion and an insertion."""
    out: Spans = []
    for span in row:
        if span.change is Change.NONE and span.base != span.subject:
            out += [Span(Change.DELETE, span.base, "", True)] if span.base else []
            out += [Span(Change.INSERT, "", span.subject, True)] if span.subject else []
        elif span.text or span.note is not None:
            out.append(span)
    return out


def lengths(row: Sequence[Span]) -> tuple[int, int]:
    """How many characters of each text."""
    return sum(len(s.base) for s in row), sum(len(s.subject) for s in row)


def cut(row: Spans, base: int, subject: int) -> tuple[Spans, Spans]:
    """What stands before and after the first `base` and `subject` characters of the two texts."""
    head: Spans = []
    tail: Spans = []
    for n, span in enumerate(row):
        if base <= 0 and subject <= 0:
            return head, tail + row[n:]
        a, b = len(span.base), len(span.subject)
        if a <= base and b <= subject:
            head.append(span)
        else:
            head += _part(span, span.base[:base], span.subject[:subject])
            tail += _part(span, span.base[base:], span.subject[subject:])
        base, subject = base - min(a, base), subject - min(b, subject)
    return head, tail


def put(row: Spans, mark: Span, base: int | None, subject: int | None) -> Spans | None:
    """The row with a reference after so many characters of one text or of both; None where these are not one place."""
    a = b = 0
    for n, span in enumerate(row):
        if base in (None, a) and subject in (None, b) and span.note is None:
            return [*row[:n], mark, *row[n:]]
        inside = _inside(span, None if base is None else base - a, None if subject is None else subject - b)
        if inside is not None:
            left = _part(span, span.base[: inside[0]], span.subject[: inside[1]])
            right = _part(span, span.base[inside[0] :], span.subject[inside[1] :])
            return [*row[:n], *left, mark, *right, *row[n + 1 :]]
        a, b = a + len(span.base), b + len(span.subject)
    return [*row, mark] if base in (None, a) and subject in (None, b) else None


def cells(row: Sequence[Span]) -> list[Spans] | None:
    """A table's row cell by cell; None where the two texts have no cells in common."""
    out: list[Spans] = [[]]
    for span in row:
        if span.change is Change.NONE and span.base != span.subject and "\t" in span.base + span.subject:
            return None
        for n, part in enumerate(span.text.split("\t")):
            if n:
                out.append([])
            if part or span.note is not None:
                out[-1].append(_of(span, part))
    return out


def _of(span: Span, text: str) -> Span:
    if span.change is Change.NONE and span.base == span.subject:
        return span._replace(base=text, subject=text)
    if span.change is Change.NONE:
        return span
    return span._replace(base=text) if span.base else span._replace(subject=text)


def _inside(span: Span, base: int | None, subject: int | None) -> tuple[int, int] | None:
    """Where inside a span a place is, as characters of its two sides."""
    a, b = len(span.base), len(span.subject)
    if span.change is Change.NONE and span.base == span.subject:
        at = base if base is not None else subject
        return (at, at) if at is not None and 0 < at < a and subject in (None, at) else None
    if subject is None:
        return (base, b) if base is not None and 0 < base < a else None
    if base is None:
        return (a, subject) if 0 < subject < b else None
    if not b and subject == 0 and 0 < base < a:
        return base, 0
    if not a and base == 0 and 0 < subject < b:
        return 0, subject
    return None


def _part(span: Span, base: str, subject: str) -> Spans:
    if span.change is Change.NONE and span.base == span.subject and base != subject:
        sides = [Span(Change.DELETE, base, "", True), Span(Change.INSERT, "", subject, True)]
        return [side for side in sides if side.text]
    return [Span(span.change, base, subject, span.quiet, span.note)] if base or subject else []


def _end(segments: Sequence[Segment], *, there: bool) -> Spans:
    """One end of a move: `there` in the base, else in the subject."""
    out: Spans = []
    for s in tidied(segments):
        text = s.base if there else s.subject
        if not text:
            continue
        stays = s.change is Change.NONE and s.base == s.subject
        change = (Change.FROM if there else Change.TO) if stays else Change.DELETE if there else Change.INSERT
        out.append(Span(change, text if there else "", "" if there else text, s.quiet and not stays))
    return out


_CHANGES = {Op.EQUAL: Change.NONE, Op.QUIET: Change.NONE, Op.DELETE: Change.DELETE, Op.INSERT: Change.INSERT}


def tidied(segments: Sequence[Segment]) -> Spans:
    """The segments, neighbours of one kind as one; the blank before a replaced word stands in both texts."""
    out: Spans = []
    for s in segments:
        change, base, subject = _CHANGES[s.op], s.base, s.subject
        if s.op is Op.INSERT and out and out[-1].change is Change.DELETE and subject[:1] == " " == out[-1].base[:1]:
            last = out.pop()
            out.append(Span(Change.NONE, " ", " "))
            if last.base != " ":
                out.append(last._replace(base=last.base[1:]))
            subject = subject[1:]
        if change is not Change.NONE and out and out[-1].change is change:
            last = out.pop()
            out.append(Span(change, last.base + base, last.subject + subject))
        elif base or subject:
            out.append(Span(change, base, subject, s.op is Op.QUIET))
    return out
