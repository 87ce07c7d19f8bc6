"""A row's segments as escaped HTML: number, heading and words apart, each change marked once.

The visible text of a line, its `del` left out, is the subject's line as
`treaty_diff.text.plain` prints it; its `ins` left out, the base's. Only line ends are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ..redline.comparison import Op, Row, RowKind, Side, Why
from ..text.bidi import TURNING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Tint:
    """Characters `start:end` of a row's subject that come from somewhere: number of the class on the page, its label, the sources in words."""

    start: int
    end: int
    number: int
    label: str
    title: str


class Piece(NamedTuple):
    """A segment or what a cut has left of it (a tuple, as segments are).

    `stop` marks the first piece of a change, where *next change* comes to rest; `turn` the first
    inserted piece of a change that began with deleted words, its rest where those are hidden.
    """

    op: Op
    base: str
    subject: str
    stop: bool = False
    turn: bool = False
    why: str = ""
    tint: Tint | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready for the page: its three parts as markup."""

    num: Markup
    heading: Markup
    words: Markup


def line(
    row: Row,
    headings: tuple[str, str] = ("", ""),
    *,
    stops: bool = True,
    plain: bool = False,
    lang: str = "",
    tints: Sequence[Tint] = (),
) -> Line:
    """The markup of a row.

    `headings` are the base's and the subject's headings where the row begins an article. Without
    `stops` the row's changes are no places to come to rest. `plain` leaves words that stand on one
    side unmarked, for an article that is there as a whole. `lang` is the base's language (for
    HTML's `lang`) where it is not the subject's. `tints` say where the subject's words come from.
    """
    from markupsafe import Markup

    if len(row.segments) == 1 and row.segments[0].changed and not tints:
        return Line(*map(Markup, _alone(row, headings, stops and row.kind is not RowKind.MOVED_AWAY, plain, lang)))
    pieces = _tinted(_pieces(row, stops), tints)
    base, subject = _sides(pieces)
    numbers = _number(row.base, base), _number(row.subject, subject)
    starts = _heading(base, numbers[0], headings[0]), _heading(subject, numbers[1], headings[1])
    num, rest = _cut(pieces, *numbers)
    heading, rest = _cut(rest, starts[0] - numbers[0], starts[1] - numbers[1])
    words, _ = _cut(rest, len(base.removesuffix("\n")) - starts[0], len(subject.removesuffix("\n")) - starts[1])
    return Line(Markup(_renumbered(num, plain, lang)), Markup(_marked(heading, plain, lang)), Markup(_marked(words, plain, lang)))


def _alone(row: Row, headings: tuple[str, str], stop: bool, plain: bool, lang: str) -> Iterator[str]:
    """Number, heading and words of a row that stands on one side only, as most rows of a site do."""
    (segment,) = row.segments
    deleted = segment.op is Op.DELETE
    text, side = (segment.base, row.base) if deleted else (segment.subject, row.subject)
    number = _number(side, text)
    start = _heading(text, number, headings[0 if deleted else 1])
    cite = segment.why if segment.why in _CITING else ""
    for part, said in ((text[:number], ""), (text[number:start], cite), (text[start:].removesuffix("\n"), cite)):
        if not part:
            yield ""
        elif not plain:
            name, language = ("del", lang) if deleted else ("ins", "")
            yield _element(name, part, stop, False, language, said, _CITING.get(said, ""))
            stop = False
        else:
            yield _element("span", part, False, False, "", said, _CITING[said]) if said else _escape(part)


def _sides(pieces: Sequence[Piece]) -> tuple[str, str]:
    """The characters of the base and of the subject."""
    return "".join([piece.base for piece in pieces]), "".join([piece.subject for piece in pieces])


def _pieces(row: Row, stops: bool) -> list[Piece]:
    """The row's segments with the places where its changes begin, as `Article.changes` counts them."""
    one_sided = row.kind in (RowKind.INSERTED, RowKind.DELETED)
    stops = stops and row.kind is not RowKind.MOVED_AWAY
    out: list[Piece] = []
    run = turned = counted = False
    for segment in row.segments:
        op = segment.op
        changed = op is Op.INSERT or op is Op.DELETE
        stop = stops and changed and not run and not (one_sided and counted)
        turn = stops and op is Op.INSERT and run and not turned and not one_sided
        counted = counted or stop
        turned = changed and (turned or op is Op.INSERT)
        run = changed
        base, subject = segment.base, segment.subject
        if op is Op.INSERT and out and out[-1].op is Op.DELETE and subject[:1] == " " == out[-1].base[:1]:
            # The blank before a replaced word stands on both sides and is neither struck nor underlined.
            last = out.pop()
            out.append(Piece(Op.EQUAL, " ", " "))
            if len(last.base) > 1:
                out.append(Piece(Op.DELETE, last.base[1:], "", last.stop))
            else:
                stop, turn = last.stop, False
            subject = subject[1:]
        if base or subject:
            out.append(Piece(op, base, subject, stop, turn, segment.why))
    if stops and row.changes and not counted:
        first = next(n for n, piece in enumerate(out) if piece.subject.strip())
        out[first] = out[first]._replace(stop=True)
    return out


def _tinted(pieces: list[Piece], tints: Sequence[Tint]) -> list[Piece]:
    """The pieces cut where words begin to come from elsewhere."""
    out: list[Piece] = []
    rest, at = pieces, 0
    for tint in tints:
        for end, found in ((tint.start, None), (tint.end, tint)):
            out_now: list[Piece] = []
            while rest and at < end:
                piece = rest[0]
                length = len(piece.subject)
                if at + length <= end or (piece.op is Op.QUIET and at >= tint.start):
                    out_now.append(piece)
                    rest, at = rest[1:], at + length
                    continue
                both = piece.op is Op.EQUAL
                cut = end - at
                if piece.op is Op.QUIET:
                    break
                out_now.append(piece._replace(base=piece.base[:cut] if both else piece.base, subject=piece.subject[:cut]))
                left = piece._replace(base=piece.base[cut:] if both else "", subject=piece.subject[cut:], stop=False, turn=False)
                rest, at = [left, *rest[1:]], end
            out += [piece._replace(tint=found) if found is not None and piece.subject else piece for piece in out_now]
    return out + rest


def _number(side: Side | None, text: str) -> int:
    """How many characters the number takes at the beginning of a side's text, with the blank after it."""
    if side is None or not side.num:
        return 0
    num = f"[{side.num}]" if side.note else side.num
    return _past(text, 0, num)


def _heading(text: str, start: int, heading: str) -> int:
    return _past(text, start, heading) if heading else start


def _past(text: str, start: int, part: str) -> int:
    if not text.startswith(part, start):
        return start
    end = start + len(part)
    return end + (text[end : end + 1] == " ")


def _cut(pieces: list[Piece], base: int, subject: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and after the `base`-th character of the base and the `subject`-th of the subject."""
    head: list[Piece] = []
    tail: list[Piece] = []
    for at, piece in enumerate(pieces):
        if base <= 0 and subject <= 0:
            return head, tail + pieces[at:]
        a, b = len(piece.base), len(piece.subject)
        if a <= base and b <= subject:
            head.append(piece)
        else:
            before = _parts(piece, piece.base[:base], piece.subject[:subject])
            if before and (piece.stop or piece.turn):
                piece = piece._replace(stop=False, turn=False)
            head += before
            tail += _parts(piece, piece.base[base:], piece.subject[subject:])
        base, subject = base - min(a, base), subject - min(b, subject)
    return head, tail


def _parts(piece: Piece, base: str, subject: str) -> list[Piece]:
    """What a cut leaves of a piece; where the two sides of equal words were cut apart, each side by itself."""
    if piece.op is Op.EQUAL and base != subject:
        sides = [Piece(Op.DELETE, base, ""), Piece(Op.INSERT, "", subject)]
        return [side for side in sides if side.base or side.subject]
    return [Piece(piece.op, base, subject, *piece[3:])] if base or subject else []


def _escape(text: str) -> str:
    # A parser turns a bare carriage return into a line feed; the reference keeps it.
    escaped = escape(text, quote=False).replace("\r", "&#13;")
    # nothing that turns the direction of writing reaches beyond its own piece
    return f"<bdi>{escaped}</bdi>" if TURNING.search(text) else escaped


_CITING: dict[str, str] = {
    Why.FOLLOWED: "",
    Why.DANGLING: "There is no such provision in this text.",
    Why.ASTRAY: "The same words, but another provision than the one that answers.",
}
"""Classes of citations, and what is said of each."""


def _element(name: str, text: str, stop: bool, turn: bool, lang: str, other: str = "", title: str = "") -> str:
    names = " ".join([part for part in ("stop" if stop else "", "turn" if turn else "", other) if part])
    attributes = f' class="{names}"' if names else ""
    if lang:
        attributes += f' lang="{escape(lang)}"'
    if title:
        attributes += f' title="{escape(title)}"'
    return f"<{name}{attributes}>{_escape(text)}</{name}>"


def _marked(pieces: Iterable[Piece], plain: bool, lang: str) -> str:
    out: list[str] = []
    shown: Tint | None = None
    for piece in pieces:
        op = piece.op
        cite = piece.why if piece.why in _CITING else ""
        if piece.tint is not None:
            first = piece.tint is not shown
            shown = piece.tint
            label = f' data-from="{escape(piece.tint.label)}"' if first else ""
            out.append(f'<span class="from from-{piece.tint.number}"{label} title="{escape(piece.tint.title)}">')
        if op is Op.EQUAL:
            if cite or piece.stop:
                out.append(_element("span", piece.subject, piece.stop, False, "", cite, _CITING.get(cite, "")))
            else:
                out.append(_escape(piece.subject))
        elif op is Op.QUIET:
            before = f'<span class="was" hidden>{_escape(piece.base)}</span>' if piece.base else ""
            title = f' title="{escape(piece.base.strip())} answers to {escape(piece.subject.strip())}"' if cite else ""
            kind = f"quiet {cite}".strip() + (" stop" if piece.stop else "")
            out.append(f'<span class="{kind}"{title}>{before}<span class="is">{_escape(piece.subject)}</span></span>')
        elif plain:
            words = piece.base + piece.subject
            out.append(_element("span", words, False, False, "", cite, _CITING[cite]) if cite else _escape(words))
        elif op is Op.DELETE:
            out.append(_element("del", piece.base, piece.stop, piece.turn, lang, cite, _CITING.get(cite, "")))
        else:
            out.append(_element("ins", piece.subject, piece.stop, piece.turn, "", cite, _CITING.get(cite, "")))
        if piece.tint is not None:
            out.append("</span>")
    return "".join(out)


def _renumbered(pieces: list[Piece], plain: bool, lang: str) -> str:
    """The number: as it is, or the whole old one struck before the whole new one."""
    base, subject = _sides(pieces)
    if base == subject or plain:
        return _escape(subject or base)
    gap = " " if base.endswith(" ") and subject.endswith(" ") else ""
    if gap:
        base, subject = base[:-1], subject[:-1]
    stop = any(piece.stop for piece in pieces)
    both = base and subject
    old = _element("del", base, stop, False, lang, "old" if both else "") if base else ""
    new = _element("ins", subject, stop and not base, stop and bool(base), "", "new" if both else "") if subject else ""
    return old + new + gap
