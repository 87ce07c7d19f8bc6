"""Brackets as marks on a treaty's words: set, found, and read back to nodes.

The words of a text keep each bracket as it is written, `[US propose: …]`. A `span` over it says in our namespace who does what
(`propose`, `delete`, `support`, `oppose`, `reserve`, `considering`: codes ISO 3166-1 alpha-3), its `label`, and its `class`
whether it is a `bracket` or a `note`, which is no text; a `span` of class `attribution` inside holds the words before its content.
A bracket that runs over the end of a line is a span on each, numbered (`run`), whose `part` is `first`, `inner` or `last`.
`from="number"`: the provision's number stands in it, too; `to="line"`: so does the end of its line.

While a text is taken apart, private characters stand for brackets (`Signs`), as others do for footnotes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..text.model import HEADS, Markup, Provision, Text
from . import signs
from .marked import ATTRIBUTION, BRACKET, NOTE, VERBS, td
from .signs import Head, Signs


class Marker:
    """Puts marks on the words of a tree in the place of its signs; the tree must be given in reading order."""

    def __init__(self, found: Signs) -> None:
        self._heads = found.heads
        # The brackets that are open, outermost first, and whether a line before has a mark of each.
        self._open: dict[int, bool] = {}
        self._runs: dict[int, int] = {}

    def provision(self, p: Provision) -> Provision:
        """A provision and all below it."""
        num, heading, text = p.num, p.heading, p.text
        if num is not None and (held := signs.SIGN.findall(num.content)):
            # a bracket is written behind a number, whose characters are what people cite
            early = "".join(
                signs.turned(sign, signs.OPEN_BEFORE_NUMBER) if signs.is_(sign, signs.OPEN) else sign for sign in held
            )
            num = replace(num, content=signs.without(num.content).strip())
            if heading is not None or p.kind in HEADS:
                heading = _prefixed(heading, early, num.language)
            else:
                text = _prefixed(text, early, num.language)
        heading = self.text(heading) if heading is not None else None
        text = self.text(text) if text is not None else None
        table = tuple(tuple(replace(cell, text=self.text(cell.text)) for cell in row) for row in p.table)
        children = tuple(map(self.provision, p.children))
        return replace(p, num=num, heading=heading, text=text, table=table, children=children)

    def text(self, text: Text) -> Text:
        """Running text; what is open at its end goes on in the next one."""
        if not self._open and signs.SIGN.search(text.content) is None:
            return text
        out = _Marked()
        for n, line in enumerate(text.content.split("\n")):
            if n:
                out.put("\n")
            self._line(out, line)
        notes = tuple(replace(note, offset=out.place(note.offset)) for note in text.notes)
        return Text("".join(out.content), text.language, text.spans, notes, tuple(out.markup))

    def _line(self, out: _Marked, line: str) -> None:
        if not line:
            return
        for number in self._open:
            out.begin(number)
        for piece in signs.SIGNED.split(line):
            if not signs.SIGN.fullmatch(piece):
                out.put(piece)
                continue
            kind, number = signs.read(piece)
            if kind in (signs.OPEN, signs.OPEN_BEFORE_NUMBER):
                self._open[number] = False
                out.begin(number)
                out.put("[", signs=1)
                out.style(self._heads[number].written, ATTRIBUTION)
                out.flag(number, "from", "number" if kind == signs.OPEN_BEFORE_NUMBER else "")
            else:
                out.put("]", signs=1)
                out.flag(number, "to", "line" if kind == signs.CLOSE_AFTER_LINE else "")
                self._end(out, number, is_last=True)
                del self._open[number]
        for number in reversed(self._open):
            self._end(out, number, is_last=False)
        self._open = dict.fromkeys(self._open, True)

    def _end(self, out: _Marked, number: int, *, is_last: bool) -> None:
        is_first = not self._open[number]
        run = part = ""
        if not (is_first and is_last):
            run = str(self._runs.setdefault(number, len(self._runs) + 1))
            part = "first" if is_first else "last" if is_last else "inner"
        out.end(number, _attributes(self._heads[number], run, part))


def _prefixed(text: Text | None, early: str, language: str) -> Text:
    return replace(text, content=early + text.content) if text is not None else Text(early, language)


class _Marked:
    """Words that are collected with the marks on them."""

    def __init__(self) -> None:
        self.content: list[str] = []
        self.markup: list[Markup] = []
        self._length = 0
        self._before = 0
        self._places: list[tuple[int, int]] = [(0, 0)]
        self._levels: list[tuple[int, int, list[Markup]]] = []
        self._flags: dict[int, dict[str, str]] = {}

    def put(self, words: str, *, signs: int = 0) -> None:
        """More words; `signs`: in the place of so many characters of the words before."""
        self.content.append(words)
        self._length += len(words)
        self._before += signs or len(words)
        self._places.append((self._before, self._length))

    def style(self, words: str, style: str) -> None:
        """More words, that were not there before, in an element of a class."""
        if words:
            start = self._length
            self.content.append(words)
            self._length += len(words)
            self._places[-1] = (self._before, self._length)
            self._inside().append(Markup(start, self._length, "span", (("class", style),)))

    def place(self, at: int) -> int:
        """Where the character `at` of the words before stands now."""
        before, now = self._places[bisect_right(self._places, (at, self._length)) - 1]
        return now + at - before

    def begin(self, number: int) -> None:
        self._levels.append((number, self._length, []))

    def flag(self, number: int, name: str, value: str) -> None:
        if value:
            self._flags.setdefault(number, {})[td(name)] = value

    def end(self, number: int, attributes: Sequence[tuple[str, str]]) -> None:
        own, start, parts = self._levels.pop()
        assert own == number
        flags = self._flags.pop(number, {}).items()
        self._inside().append(Markup(start, self._length, "span", (*attributes, *flags), tuple(parts)))

    def _inside(self) -> list[Markup]:
        return self._levels[-1][2] if self._levels else self.markup


def _attributes(head: Head, run: str, part: str) -> tuple[tuple[str, str], ...]:
    pairs = [("class", NOTE if head.is_note else BRACKET)]
    pairs += [(td(name), value) for name, value in (("label", head.label), ("run", run), ("part", part)) if value]
    return (*pairs, *((td(VERBS[side.verb]), " ".join(side.parties)) for side in head.sides))
