"""In which order a publication's files are read, and which of them hold what another one has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..citation import label
from ..text.model import ANNEXES, Kind
from . import contents, printed
from .blocks import Block, Pages
from .printed import Head
from .report import Report
from .rooms import chapter_of
from .sources import SourceFile, natural

_OPENING = 10
"""So many blocks at a file's beginning may be headings whose form alone does not make them sure."""
_LAST = float("inf")


@dataclass(eq=False)
class Piece:
    """A file read: what kind it is, its blocks, its own report, its links; `heads` are the headings its blocks look like."""

    file: SourceFile
    kind: str
    pages: Pages
    report: Report
    links: tuple[str, ...] = ()
    heads: list[Head | None] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = [head(block) for block in self.pages.blocks]

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def opens(self) -> list[Head]:
        """The headings that the file may be known by, in order."""
        return [h for n, h in enumerate(self.heads) if h is not None and (h.sure or n < _OPENING)]

    @property
    def chapter(self) -> float | None:
        """The number of the chapter that the file begins with, or to which its first article or annex belongs."""
        for h in self.opens:
            if h.kind is Kind.CHAPTER:
                return printed.ordinal(label(h.num))
            if h.kind is Kind.ARTICLE or h.kind in ANNEXES:
                return chapter_of(h.key)
        return None

    @property
    def annex(self) -> bool:
        """Whether the file begins with an annex."""
        return next((h.kind in ANNEXES for h in self.opens if h.kind is not Kind.PART), False)

    @property
    def articles(self) -> list[str]:
        """Numbers of its articles that stand in no annex."""
        out = []
        for h in self.opens:
            if h.kind in ANNEXES:
                break
            if h.kind is Kind.ARTICLE:
                out.append(h.key)
        return out

    @property
    def has_article(self) -> bool:
        """Whether an article with words below it is in the file."""
        return contents.first_article([(b.words, h) for b, h in zip(self.pages.blocks, self.heads, strict=True)]) is not None

    @property
    def lists_chapters(self) -> bool:
        """Whether the file has headings of chapters or annexes only, as a table of contents has."""
        keys = {(h.kind, h.key) for h in self.opens if h.kind is Kind.CHAPTER or h.kind in ANNEXES}
        return len(keys) > 1 and not self.has_article


def head(block: Block) -> Head | None:
    """The heading that a block looks like."""
    if block.table:
        return None
    return printed.read(f"{block.number} {block.words}".strip(), level=block.level)


def by_chapters(pieces: Sequence[Piece]) -> tuple[list[Piece], str]:
    """The files in the order of their chapters, and by what they were ordered.

    A file that names no chapter stands behind the one before it by name; what is in front of all chapters stays
    there, the preamble first, and annexes that name no chapter come last. Where no file has a chapter's number,
    the names tell the order.
    """
    named = sorted(pieces, key=lambda piece: natural(piece.name))
    if not any(piece.chapter is not None for piece in named):
        return named, "their names"
    places: dict[Piece, tuple[float, ...]] = {}
    last: tuple[float, ...] = (-1, 0)
    for n, piece in enumerate(named):
        number = piece.chapter
        if any(h.kind is Kind.PREAMBLE for h in piece.opens):
            places[piece] = (-2, 0, n)
            continue
        if number is not None:
            last = (number, piece.annex)
        elif piece.annex:
            last = (_LAST, 1)
        places[piece] = (*last, n)
    return sorted(named, key=places.__getitem__), "the numbers of their chapters"


def without_twins(pieces: Sequence[Piece], report: Report) -> Iterator[Piece]:
    """The files without those that hold what one before them holds; each is told in `report`."""
    kept: list[Piece] = []
    for piece in pieces:
        same = next((k for k in kept if k.file.data == piece.file.data), None)
        again = next((k for k in kept if _again(k, piece)), None)
        if same is not None:
            report.drop("file with the same bytes as another one", piece.name, same.name)
        elif again is not None:
            report.unsure("chapter that another file has too, left out", piece.name, f"read from {again.name}")
        else:
            kept.append(piece)
            yield piece


def _again(first: Piece, piece: Piece) -> bool:
    """Whether a file begins as another does: with the same article of the same chapter, or the same annex."""
    if piece.annex != first.annex:
        return False
    if piece.annex:
        ours, theirs = ([(h.kind, h.key, h.heading) for h in p.opens if h.kind in ANNEXES] for p in (piece, first))
        return ours[0] in theirs and bool(ours[0][1])
    if piece.chapter != first.chapter or not piece.articles:
        return False
    if piece.chapter is not None:
        return piece.articles[0] in first.articles
    titles, known = ({(h.key, h.heading) for h in p.opens if h.kind is Kind.ARTICLE} for p in (piece, first))
    return titles <= known


def tell_disorder(pieces: Sequence[Piece], report: Report) -> None:
    """Tell which files' chapters do not follow the chapters before them."""
    last: float = 0
    for piece in pieces:
        number = piece.chapter
        if number is None or piece.annex:
            continue
        if number < last:
            report.unsure("chapter out of order", piece.name, f"chapter {number:g} after chapter {last:g}")
        last = max(last, number)
