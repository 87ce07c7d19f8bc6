"""A treaty printed as publications are: what is set, before a format is chosen.

`paragraphs` gives a component (chapter or annex) as the paragraphs that a printer sets; `web`, `word` and `paper`
print them as a web page, a Word file and a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treaty_diff.text.model import ANNEXES, Kind, Provision, Text

_HEADED = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, *ANNEXES})
_LEVELS = {Kind.PART: 1, Kind.CHAPTER: 2, Kind.SECTION: 3, Kind.SUBSECTION: 4, Kind.ARTICLE: 5}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is set as one paragraph: number and words, footnotes as (offset in the words, marker, body).

    `level` is above 0 for headings, `depth` tells how far a provision is indented.
    """

    number: str
    words: str
    notes: tuple[tuple[int, str, str], ...] = ()
    level: int = 0
    depth: int = 0
    table: tuple[tuple[str, ...], ...] = ()


def paragraphs(provision: Provision, depth: int = 0, before: str = "") -> Iterator[Paragraph]:
    """A provision and all below it, annexes left out, in reading order.

    `before` is the number of the provision above, where that has no words of its own: `3. (a) …` is one line.
    """
    headed = provision.kind in _HEADED
    if headed:
        joint = ": " if provision.label and provision.title else ""
        words = f"{provision.label}{joint}{provision.title}"
        if words:
            yield Paragraph(
                "", words, _notes(provision.heading, len(provision.label) + len(joint)), _LEVELS.get(provision.kind, 2)
            )
        depth = 0
    elif provision.title:
        yield Paragraph("", provision.title, _notes(provision.heading), 6)
    number = "" if headed else f"{before} {provision.label}".strip()
    carried = ""
    if provision.text is not None and (provision.words or provision.text.notes):
        at = 0
        notes = _notes(provision.text)
        for line in provision.words.split("\n"):
            here = tuple((offset - at, marker, body) for offset, marker, body in notes if at <= offset <= at + len(line))
            yield Paragraph(number, line, here, depth=depth)
            number = ""
            at += len(line) + 1
    elif number:
        carried = number
    if provision.table:
        yield Paragraph("", "", table=tuple(tuple(cell.text.content for cell in row) for row in provision.table))
    for child in provision.children:
        if child.kind not in ANNEXES:
            inner = not headed and child.kind is not Kind.FLUSH
            yield from paragraphs(child, depth + inner, carried)
            carried = ""
    if carried:
        yield Paragraph(carried, "", depth=depth)


def annexes(provision: Provision) -> Iterator[Provision]:
    """The annexes that hang on a chapter, its appendices behind each."""
    for child in provision.children:
        if child.kind in ANNEXES:
            yield child
            yield from annexes(child)
        elif child.kind not in (Kind.CHAPTER,):
            yield from annexes(child)


def whole(chapter: Provision) -> list[Paragraph]:
    """A chapter with its annexes behind its articles."""
    return [*paragraphs(chapter), *(p for annex in annexes(chapter) for p in paragraphs(annex))]


def renumbered(found: list[Paragraph]) -> list[Paragraph]:
    """The same with footnotes counted through from 1, as a file counts them."""
    out = []
    count = 0
    for p in found:
        notes = []
        for offset, _, body in sorted(p.notes, key=lambda note: note[0]):
            count += 1
            notes.append((offset, str(count), body))
        out.append(Paragraph(p.number, p.words, tuple(notes), p.level, p.depth, p.table))
    return out


def _notes(text: Text | None, shift: int = 0) -> tuple[tuple[int, str, str], ...]:
    notes = text.notes if text is not None else ()
    return tuple((shift + note.offset, note.marker, note.body.content) for note in notes)
