"""A consolidated text for a page and for Word: its articles line by line, in pieces that say what each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..negotiation.marked import Shown, is_bracketed, shown
from ..text import plain
from ..text.index import indexed
from ..text.model import CONTAINERS, HEADS, Kind, Provision, Treaty

DEEPEST = 4
"""Brackets that stand deeper look like those of this depth."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and what they are: `words`, `edge` (a bracket), `head` (who does what, by name), `note`; how many brackets they stand in."""

    words: str
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its level below the article, what opens before its number, the number, the words."""

    depth: int
    kind: Kind
    before: tuple[Piece, ...]
    num: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article or annex of the consolidated text; `chapter` where another one begins with it. `is_open` where it has brackets."""

    citation: str
    chapter: str
    is_open: bool
    lines: tuple[Line, ...]


def articles(text: Treaty) -> Iterator[Article]:
    """The articles of a consolidated text in order."""
    index = indexed(text)
    chapter = ""
    for p in _heads(text.root):
        above = index.enclosing(p, Kind.CHAPTER)
        named = f"{above.label}  {above.title}".strip() if above is not None else ""
        lines = tuple(made for line in plain.lines(plain.alone(p)) for made in _lines(line))
        yield Article(index.citation(p), named if named != chapter else "", is_bracketed(p), lines)
        chapter = named


def _heads(provision: Provision) -> Iterator[Provision]:
    for child in provision.children:
        if child.kind in HEADS:
            yield child
        if child.kind in CONTAINERS or child.kind in HEADS:
            yield from _heads(child)


def _lines(line: plain.Line) -> Iterator[Line]:
    """A line, its paragraphs apart."""
    before, words = shown(line)
    num = f"[{line.num}]" if line.note is not None else line.num
    found: list[list[Piece]] = [[]]
    for piece in map(_piece, words):
        first, *rest = piece.words.split("\n")
        found[-1] += [replace(piece, words=first)] if first else []
        found += [[replace(piece, words=part)] if part else [] for part in rest]
    opening, *others = found
    yield Line(line.depth, line.provision.kind, tuple(map(_piece, before)), num, tuple(opening))
    for pieces in others:
        yield Line(line.depth, line.provision.kind, (), "", tuple(pieces))


def _piece(one: Shown) -> Piece:
    kind = "note" if one.is_note else "head" if one.is_head else "edge" if one.is_edge else "words"
    return Piece(one.words, kind, min(one.depth, DEEPEST))
