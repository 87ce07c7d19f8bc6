"""PDFs as governments publish treaties: a running line, page numbers by chapter, footnotes at the foot with raised markers.

Written by hand in Helvetica (widths of Adobe's AFM), so that every line stands where it is meant to.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import Paragraph

_WIDTHS = dict(
    zip(
        map(chr, range(32, 127)),
        (int(w) for w in (
            "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
            "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
            "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
        ).split()),
        strict=True,
    )
)  # fmt: skip
_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
_WIDE, _HIGH, _SIDE, _TOP, _FOOT = 612, 792, 72, 84, 72
_SIZE, _SMALL, _RAISED = 11.0, 9.0, 7.0
_INDENT = 24.0

Piece = tuple[str, bool]  # words, raised
Token = tuple[Piece, ...]  # what no line break parts


@dataclass(slots=True)
class _Line:
    tokens: list[Token]
    size: float
    indent: float
    notes: list[tuple[str, str]] = field(default_factory=list)


def document(found: Sequence[Paragraph], *, running: str, chapter: str) -> bytes:
    """The pages of a chapter: `running` stands at the top of each, `chapter-1` and so on at its foot."""
    return _file([_page(lines, notes, running, f"{chapter}-{n}") for n, (lines, notes) in enumerate(_pages(found), 1)])


def in_columns(left: Sequence[str], right: Sequence[str], *, running: str, number: str) -> list[str]:
    """A page's operators with two columns of lines beside each other."""
    out = [_show([((running, False),)], _SIZE, 220, _HIGH - 50), _show([((number, False),)], _SIZE, 290, 40)]
    for x, column in ((_SIDE, left), (330, right)):
        out += [_show([((words, False),)], _SIZE, x, _HIGH - _TOP - 14 * n) for n, words in enumerate(column)]
    return out


def wrapped(words: str, width: float) -> list[str]:
    """Words broken into lines of so many points."""
    lines = _broken(_tokens(words, ()), _SIZE, width)
    return [" ".join("".join(piece for piece, _ in token) for token in line) for line in lines]


def width_of(words: str, size: float) -> float:
    """How many points words take."""
    return sum(_WIDTHS.get(c, 556) for c in words) * size / 1000


def _pages(found: Sequence[Paragraph]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Lines and foot of each page; a footnote stands on the page of its marker, what does not fit goes on with it."""
    body: list[_Line] = []
    foot: list[_Line] = []
    used = 0.0
    for p in found:
        lines = list(_set(p))
        for n, line in enumerate(lines):
            notes = [below for marker, words in line.notes for below in _note(marker, words)]
            height = 14 + (8 if n == 0 else 0) + sum(11 for _ in notes)
            keep = 30 if p.level else 0
            if body and used + height + keep > _HIGH - _TOP - _FOOT - (20 if foot or notes else 0):
                yield body, foot
                body, foot, used = [], [], 0.0
            if n == 0 and body:
                body.append(_Line([], _SIZE, 0))
            body.append(line)
            foot += notes
            used += height
    yield body, foot


def _set(p: Paragraph) -> Iterator[_Line]:
    if p.table:
        for row in p.table:
            yield from (_Line(t, _SIZE, 0) for t in _broken(_tokens("   ".join(row), ()), _SIZE, _WIDE - 2 * _SIDE))
        return
    indent = _INDENT * p.depth
    shift = len(p.number) + 1 if p.number else 0
    words = f"{p.number} {p.words}" if p.number else p.words
    notes = {(offset + shift, marker): body for offset, marker, body in p.notes}
    tokens = _tokens(words, sorted(notes, key=lambda key: key[0]))
    waiting = {marker: body for (_, marker), body in notes.items()}
    for line in _broken(tokens, _SIZE, _WIDE - 2 * _SIDE - indent):
        made = _Line(line, _SIZE, indent)
        made.notes = [(piece, waiting[piece]) for token in line for piece, raised in token if raised]
        yield made


def _note(marker: str, words: str) -> Iterator[_Line]:
    for n, part in enumerate(words.split("\n")):
        tokens = _tokens(part, ())
        lines = _broken([((marker, True),), *tokens] if n == 0 else tokens, _SMALL, _WIDE - 2 * _SIDE)
        yield from (_Line(line, _SMALL, 0) for line in lines)


def _tokens(words: str, marks: Sequence[tuple[int, str]]) -> list[Token]:
    """Words with the markers raised in them, parted at blanks."""
    pieces: list[Piece] = []
    at = 0
    for offset, marker in marks:
        pieces += [(words[at:offset], False), (marker, True)]
        at = offset
    pieces.append((words[at:], False))
    out: list[list[Piece]] = [[]]
    for text, raised in pieces:
        if raised:
            out[-1].append((text, True))
            continue
        for n, word in enumerate(text.split(" ")):
            if n:
                out.append([])
            if word:
                out[-1].append((word, False))
    return [tuple(token) for token in out if token]


def _broken(tokens: Sequence[Token], size: float, width: float) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    used = 0.0
    for token in tokens:
        wide = sum(width_of(text, _RAISED if raised else size) for text, raised in token)
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(token)
        used += wide + width_of(" ", size)
    return lines if lines[0] else []


def _page(lines: Sequence[_Line], notes: Sequence[_Line], running: str, number: str) -> list[str]:
    out = [_show([((running, False),)], _SIZE, 220, _HIGH - 50)]
    y = float(_HIGH - _TOP)
    for line in lines:
        if line.tokens:
            out.append(_show(line.tokens, line.size, _SIDE + line.indent, y))
        y -= 14 if line.tokens else 8
    if notes:
        y = _FOOT + 11.0 * len(notes)
        out.append(f"{_SIDE} {y + 4:.1f} m {_SIDE + 144} {y + 4:.1f} l S")
        for line in notes:
            y -= 11
            out.append(_show(line.tokens, line.size, _SIDE, y))
    return [*out, _show([((number, False),)], _SIZE, _WIDE / 2 - 10, 40)]


def _show(tokens: Sequence[Token], size: float, x: float, y: float) -> str:
    """The operators that show a line, raised markers in a smaller size."""
    runs: list[Piece] = []
    for n, token in enumerate(tokens):
        for text, raised in ((" ", False), *token) if n else token:
            if runs and runs[-1][1] == raised:
                runs[-1] = (runs[-1][0] + text, raised)
            else:
                runs.append((text, raised))
    shown = []
    for text, raised in runs:
        shown.append(f"/F1 {_RAISED if raised else size} Tf {4 if raised else 0} Ts ({text.translate(_ESCAPED)}) Tj")
    return f"BT {x:.1f} {y:.1f} Td {' '.join(shown)} ET"


def _file(pages: Sequence[Sequence[str]]) -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for operators in pages:
        content = zlib.compress("\n".join(operators).encode("cp1252", "replace"))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content))
        box = f"[0 0 {_WIDE} {_HIGH}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, inside in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (n, inside)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return bytes(out) + end.encode()


def pages_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF of pages made by hand, each a list of operators."""
    return _file(pages)
