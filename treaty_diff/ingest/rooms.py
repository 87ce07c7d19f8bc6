"""Rooms of an outline, a heading each and what stands below it, and the provisions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..text.model import ANNEXES, Cell, Footnote, Kind, Provision, Text
from . import definitions, frame, headings, printed
from .lines import bare, clean, fold, to_text
from .printed import Head
from .report import Report
from .structure import build

_Table = tuple[tuple[str, ...], ...]
_OF_CHAPTER = re.compile(r"(?P<chapter>\d{1,2})(?:-[A-Z]|\.\d)|(?P<article>\d{3,4})(?!\d)")


@dataclass(slots=True)
class OutlineLine:
    """A block's words with its footnotes' signs in them, and the heading they look like."""

    words: str
    place: str
    table: _Table = ()
    level: int = 0
    head: Head | None = None


@dataclass(slots=True, eq=False)
class Room:
    """A heading and what stands below it: words first, then what has a heading of its own."""

    kind: Kind
    num: str = ""
    heading: str = ""
    key: str = ""
    place: str = ""
    body: list[OutlineLine] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)

    def walk(self) -> Iterator[Room]:
        """This room and all below it."""
        yield self
        for room in self.rooms:
            yield from room.walk()

    def open(self, kind: Kind, head: Head | None, place: str) -> Room:
        """A new room below this one."""
        room = Room(kind, head.num if head else "", head.heading if head else "", head.key if head else "", place)
        self.rooms.append(room)
        return room


def chapters(room: Room) -> Iterator[Room]:
    """The chapters of a treaty's room, in Parts or not."""
    for inside in room.rooms:
        if inside.kind is Kind.CHAPTER:
            yield inside
        elif inside.kind is Kind.PART:
            yield from chapters(inside)


def article_of(key: str) -> str:
    """The article that an annex's number names, empty where it names a chapter or nothing: 1904.13 → 1904."""
    m = _OF_CHAPTER.match(key)
    return m["article"] or "" if m is not None else ""


def chapter_of(key: str) -> int | None:
    """The chapter that an article's or annex's number names, where it names one: 1904 → 19, 6-A → 6."""
    m = _OF_CHAPTER.match(key)
    if m is None:
        return None
    return int(m["chapter"]) if m["chapter"] else int(m["article"]) // 100


class Maker:
    """Makes provisions of rooms; `notes` are those that private characters in the words stand for."""

    def __init__(self, language: str, notes: Sequence[Footnote], report: Report) -> None:
        self.language = language
        self.notes = notes
        self.report = report

    def treaty(self, root: Room) -> Provision:
        """The whole tree, annexes attached to the chapters that they belong to."""
        self._attach(root)
        return Provision(Kind.TREATY, children=tuple(self.provision(room) for room in root.rooms))

    def _attach(self, root: Room) -> None:
        """Move annexes to the chapter that their number names, when printed in another or in none."""
        of_treaty = list(chapters(root))
        by_number = {number: c for c in of_treaty if (number := printed.ordinal(c.key)) is not None}
        for holder in (root, *of_treaty):
            for annex in [room for room in holder.rooms if room.kind in ANNEXES]:
                number = chapter_of(annex.key)
                home = by_number.get(number) if number is not None else None
                if home is None and number is None and of_treaty and holder is of_treaty[-1]:
                    home = root  # annexes printed behind the last chapter, named by no chapter
                if home is not None and home is not holder:
                    holder.rooms.remove(annex)
                    home.rooms.append(annex)
                    self.report.mend("annex moved to the chapter that its number names", annex.num, annex.heading)

    def text(self, words: str) -> Text | None:
        """Running text, None where there is none."""
        return frame.text(words, self.language, self.notes)

    def provision(self, room: Room) -> Provision:
        """A room and all below it."""
        words = [line.words for line in room.body]
        if room.kind is Kind.PREAMBLE:
            return frame.preamble([room.heading, *words], self.language, self.notes)
        if room.kind is Kind.CONCLUSION:
            return frame.conclusion(words, self.language, self.notes)
        number = headings.numeral(room.num)
        place = number or room.heading or str(room.kind)
        children = [*self._body(room, place)]
        if children and room.kind in (Kind.PART, Kind.CHAPTER):
            self.report.unsure("words between headings", place, words[0] if words else "")
        inside = [self.provision(below) for below in room.rooms]
        last = [p for p in inside if p.kind in ANNEXES] if room.kind is not Kind.ANNEX else []
        return Provision(
            room.kind,
            num=self.text(number),
            heading=self.text(room.heading),
            children=(*children, *[p for p in inside if p not in last], *last),
        )

    def _body(self, room: Room, place: str) -> Iterator[Provision]:
        """The provisions of a room's own words, its tables between them."""
        defining = definitions.is_definitions_heading(bare(room.heading))
        words: list[str] = []
        for line in [*room.body, None]:
            if line is not None and not line.table:
                words.append(line.words)
                continue
            if words:
                yield from build(
                    "\n".join(words),
                    language=self.language,
                    place=place,
                    report=self.report,
                    notes=self.notes,
                    defining=defining,
                )
                words = []
            if line is not None:
                yield self._table(line)

    def _table(self, line: OutlineLine) -> Provision:
        rows = tuple(tuple(Cell(to_text(fold(clean(cell)[0]), self.language)) for cell in row) for row in line.table)
        return Provision(Kind.TABLE, text=self.text(line.words), table=rows)
