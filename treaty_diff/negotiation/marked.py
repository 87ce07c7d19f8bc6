"""Bracketed words of a text as its marks say them: the nodes that they are, and what people read.

`marking` says how brackets are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..parties import alpha2, names
from ..text import plain
from ..text.akn.names import TD
from ..text.model import Markup, Provision, Text
from .brackets import Node, Verb, add_words, attribution, in_order, made
from .signs import Head

BRACKET = "bracket"
NOTE = "note"
ATTRIBUTION = "attribution"
"""Classes of the elements: a bracket or a part of one, a note, and the words before the content."""

VERBS = {verb: "delete" if verb is Verb.DELETE else str(verb) for verb in Verb}
"""What the attribute is called that says who does it."""


def td(name: str) -> str:
    """The name of an attribute of ours."""
    return f"{{{TD}}}{name}"


def is_bracket(markup: Markup) -> bool:
    """Whether an element is a bracket or a part of one."""
    return markup.element == "span" and dict(markup.attributes).get("class") in (BRACKET, NOTE)


def is_bracketed(provision: Provision) -> bool:
    """Whether a provision, or anything below it, has brackets."""
    return any(is_bracket(m) for p in provision.walk() for text in p.texts() for m in text.markup)


def head(markup: Markup) -> Head:
    """What a bracket is, by its attributes."""
    said = dict(markup.attributes)
    sides = in_order((said[td(name)].split(), verb) for verb, name in VERBS.items() if said.get(td(name)))
    return Head(sides, said.get(td("label"), ""), said["class"] == NOTE)


def legend(provisions: Iterable[Provision]) -> str:
    """What the codes in the brackets of provisions stand for, in a sentence; empty where nobody is named there.

    `CA is Canada, US the United States.`
    """
    found = {code for p in provisions for at in p.walk() for text in at.texts() for m in text.markup for code in _named(m)}
    said = [f"{alpha2(code)} {'is ' if n == 0 else ''}{names([code])}" for n, code in enumerate(sorted(found))]
    return f"In the brackets {', '.join(said)}." if said else ""


def _named(markup: Markup) -> Iterator[str]:
    if is_bracket(markup):
        yield from (code for side in head(markup).sides for code in side.parties)
        for part in markup.parts:
            yield from _named(part)


def nodes(provision: Provision) -> tuple[Node, ...]:
    """The bracketed text of a provision, as `plain.text` prints it, by its marks."""
    return read_lines(plain.lines(provision))


def read_lines(lines: Iterable[plain.Line]) -> tuple[Node, ...]:
    """The bracketed text of some lines of a provision."""
    reader = _Reader()
    for line in lines:
        reader.line(line)
    return reader.done()


class _Reader:
    def __init__(self) -> None:
        self._levels: list[tuple[str, Head, list[Node]]] = [("", Head(), [])]
        self._late = 0  # brackets that close behind the end of the line

    def done(self) -> tuple[Node, ...]:
        while len(self._levels) > 1:
            self._close()
        return tuple(self._levels[0][2])

    def line(self, line: plain.Line) -> None:
        p = line.provision
        if line.note is not None or line.row is not None:
            self._put(line.text)
            return
        texts = [text for text in (p.heading, p.text) if text is not None and text.content]
        early = 0
        if texts and line.num:
            early = self._open_early(texts[0].markup)
        self._put(line.num)
        for n, text in enumerate(texts):
            if (n or line.num) and any(content(text)):
                self._put(" ")
            self._text(text, text.markup, 0, len(text.content), early if n == 0 else 0)
        self._line_end()

    def _line_end(self) -> None:
        self._put("\n")
        for _ in range(self._late):
            self._close()
        self._late = 0

    def _open_early(self, markup: Sequence[Markup]) -> int:
        """Open the brackets that hold the number before these words; how many they are."""
        count = 0
        while markup and is_bracket(markup[0]) and (count or markup[0].start == 0):
            said = dict(markup[0].attributes)
            if said.get(td("from")) != "number" and said.get(td("part"), "first") == "first":
                break
            if said.get(td("from")) == "number":
                self._open(said.get(td("run"), ""), head(markup[0]))
                count += 1
            else:
                self._resume(said.get(td("run"), ""), head(markup[0]))
            markup = [m for m in markup[0].parts if is_bracket(m)]
        return count

    def _text(self, text: Text, markup: Sequence[Markup], start: int, end: int, early: int) -> None:
        at = start
        for m in markup:
            if not is_bracket(m):
                continue
            self._words(text.content[at : m.start])
            self._bracket(text, m, early and m is markup[0])
            at = m.end
        self._words(text.content[at:end])

    def _words(self, words: str) -> None:
        first, *rest = words.split("\n")
        self._put(first)
        for line in rest:
            self._line_end()
            self._put(line)

    def _bracket(self, text: Text, m: Markup, early: int) -> None:
        said = dict(m.attributes)
        part, run = said.get(td("part"), ""), said.get(td("run"), "")
        is_early = said.get(td("from")) == "number"
        start, end = m.start, m.end
        parts: Sequence[Markup] = m.parts
        if part in ("", "first"):
            if not (is_early and early):
                self._open(run, head(m))
            start += 1
            if parts and dict(parts[0].attributes).get("class") == ATTRIBUTION and parts[0].start == start:
                start, parts = parts[0].end, parts[1:]
        else:
            self._resume(run, head(m))
        closes = part in ("", "last")
        self._text(text, parts, start, end - 1 if closes else end, early)
        if closes:
            if said.get(td("to")) == "line":
                self._late += 1
            else:
                self._close()

    def _open(self, run: str, what: Head) -> None:
        self._levels.append((run, what, []))

    def _resume(self, run: str, what: Head) -> None:
        """Open a bracket that began before the provision that is read."""
        if all(run != level[0] for level in self._levels):
            self._open(run, what)

    def _close(self) -> None:
        _, what, content = self._levels.pop()
        self._levels[-1][2].append(made(what.sides, what.label, content, is_note=what.is_note))

    def _put(self, words: str) -> None:
        add_words(self._levels[-1][2], words)


def content(text: Text) -> Iterator[str]:
    """The words of a text without what brackets add to them."""
    at = 0
    for start, end in _added(text.markup):
        yield text.content[at:start]
        at = end
    yield text.content[at:]


def _added(markup: Sequence[Markup]) -> Iterator[tuple[int, int]]:
    """The places of the characters that brackets add: the brackets themselves and what is written before their content."""
    for m in markup:
        if not is_bracket(m):
            continue
        parts: Sequence[Markup] = m.parts
        part = dict(m.attributes).get(td("part"), "")
        if part in ("", "first"):
            has_head = parts and dict(parts[0].attributes).get("class") == ATTRIBUTION
            yield m.start, parts[0].end if has_head else m.start + 1
            parts = parts[1:] if has_head else parts
        yield from _added(parts)
        if part in ("", "last"):
            yield m.end - 1, m.end


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a line in `depth` brackets (0: in none). `is_head`: they say who does what, by the Parties' names; `is_note`: they are
    no text; `is_edge`: the bracket itself."""

    words: str
    depth: int
    is_head: bool = False
    is_note: bool = False
    is_edge: bool = False


def shown(line: plain.Line) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The words of a line as people read them: what opens before its number, then its words without the number."""
    p = line.provision
    if line.note is not None or line.row is not None:
        return (), (Shown(line.words, 0),)
    before: list[Shown] = []
    words: list[Shown] = []
    for text in (text for text in (p.heading, p.text) if text is not None and text.content):
        if words:
            words.append(Shown(" ", 0))
        _show(text, text.markup, 0, len(text.content), 0, before, words)
    return tuple(before), tuple(words)


def named_heads(line: plain.Line) -> Iterator[tuple[int, int, str]]:
    """Where in a line's words it is written who does what, and the same with the Parties' names."""
    p = line.provision
    if line.note is not None or line.row is not None:
        return
    offset = 0
    for text in (text for text in (p.heading, p.text) if text is not None and text.content):
        yield from ((offset + start, offset + end, words) for start, end, words in _named_heads(text.markup))
        offset += len(text.content) + 1


def _named_heads(markup: Sequence[Markup]) -> Iterator[tuple[int, int, str]]:
    for m in markup:
        if not is_bracket(m):
            continue
        what = head(m)
        for part in m.parts:
            if what.sides and dict(part.attributes).get("class") == ATTRIBUTION:
                yield part.start, part.end, " ".join(filter(None, (what.label, attribution(what.sides, named=True))))
        yield from _named_heads(m.parts)


def _show(
    text: Text,
    markup: Sequence[Markup],
    start: int,
    end: int,
    depth: int,
    before: list[Shown],
    out: list[Shown],
    is_note: bool = False,
) -> None:
    at = start

    def add(words: str) -> None:
        if words:
            out.append(Shown(words, depth, is_note=is_note))

    for m in markup:
        if not is_bracket(m):
            continue
        add(text.content[at : m.start])
        said = dict(m.attributes)
        what = head(m)
        inner_start, inner_end = m.start, m.end
        parts: Sequence[Markup] = m.parts
        if said.get(td("part"), "first") == "first":
            place = before if said.get(td("from")) == "number" else out
            place.append(Shown("[", depth + 1, is_edge=True, is_note=what.is_note))
            named = " ".join(filter(None, (what.label, attribution(what.sides, named=True).strip())))
            if named:
                place.append(Shown(f"{named} ", depth + 1, is_head=True))
            inner_start += 1
            if parts and dict(parts[0].attributes).get("class") == ATTRIBUTION:
                inner_start, parts = parts[0].end, parts[1:]
        closes = said.get(td("part"), "last") == "last"
        _show(text, parts, inner_start, inner_end - closes, depth + 1, before, out, what.is_note)
        if closes:
            out.append(Shown("]", depth + 1, is_edge=True, is_note=what.is_note))
        at = m.end
    add(text.content[at:end])
