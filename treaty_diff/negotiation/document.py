"""The consolidated text as a treaty text: articles whose brackets are marks, as `marking` says.

An article gets its paragraphs and lists where these read back to the same bracketed text; where a bracket cuts across them its words are one
paragraph, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..text import plain
from ..text.identifiers import assign
from ..text.model import Kind, Provision, Text
from . import signs
from .brackets import Node, Words, cut, flat, joined
from .marked import read_lines
from .marking import Marker
from .topic import Consolidated, Place

_APART = Kind.TREATY
"""A provision that has no line of its own, to hold others."""


def article(one: Consolidated, language: str) -> Provision:
    """The article or annex of a place, named as the treaty would name it."""
    place = one.place
    if place.parts:
        made = _in_parts(place, one.nodes, language)
        if made is not None and words(made, place) == one.nodes:
            return made
        return _renamed(_flat(place, one.nodes, language, headed=True), place.eid)
    made = _renamed(_structured(place.head, one.nodes, language), place.eid)
    return made if words(made, place) == one.nodes else _renamed(_flat(place, one.nodes, language), place.eid)


def words(made: Provision, place: Place) -> tuple[Node, ...]:
    """The bracketed text of a place, read from its article."""
    return read_lines(plain.lines(_at_stake(made, place)))


def _at_stake(made: Provision, place: Place) -> Provision:
    """What of an article the bracketed text of its place is of: the whole, or parts of it."""
    if not place.parts:
        return made
    held = {p.eid: p for p in made.walk()}
    parts = [held[chain[-1].eid] for chain in place.parts if chain[-1].eid in held]
    return Provision(_APART, children=tuple(parts) if len(parts) == len(place.parts) else made.children)


def tree(articles: Sequence[tuple[Place, Provision]]) -> Provision:
    """The articles in their chapters, in the order in which they come."""
    chapters: dict[str, tuple[Provision | None, list[Provision]]] = {}
    for place, made in articles:
        key = place.chapter.eid if place.chapter is not None else ""
        chapters.setdefault(key, (place.chapter, []))[1].append(made)
    children: list[Provision] = []
    for chapter, inside in chapters.values():
        inside.sort(key=lambda p: p.kind is not Kind.ARTICLE)
        children += [replace(chapter, children=tuple(inside))] if chapter is not None else inside
    return Provision(_APART, children=tuple(sorted(children, key=lambda p: p.kind is not Kind.CHAPTER)))


def replaced(made: Provision, place: Place, agreed: Sequence[tuple[Provision, str]]) -> tuple[Node, ...]:
    """The bracketed text of a place with other words for some provisions of its article, as `plain.text` prints them.

    A bracket that goes beyond such a provision stays round what is left of it.
    """
    lines = plain.lines(_at_stake(made, place))
    spans: list[tuple[int, int, str]] = []
    for target, said in agreed:
        inside = {id(p) for p in target.walk()}
        numbers = [n for n, line in enumerate(lines) if id(line.provision) in inside]
        before, own = (len(flat(read_lines(some))) for some in (lines[: numbers[0]], lines[numbers[0] : numbers[-1] + 1]))
        spans.append((before, before + own, said))
    found = words(made, place)
    for start, end, said in sorted(spans, reverse=True):
        left, rest = cut(found, start)
        _, right = cut(rest, end - start)
        found = joined([*left, Words(said), *right])
    return found


def _in_parts(place: Place, found: Sequence[Node], language: str) -> Provision | None:
    """The article with those of its parts that are at stake, below the numbers that they stand below; None where they are not found."""
    read = _structured(replace(place.head, num=None, heading=None), found, language)
    children: list[Provision] = []
    for chain in place.parts:
        wanted = chain[-1]
        made = next((p for p in read.walk() if p.label and p.label == wanted.label), None)
        if made is None:
            return None
        made = _renamed(made, wanted.eid)
        for above in reversed(chain[:-1]):
            made = Provision(above.kind, above.eid, above.eid, above.num, children=(made,))
        if children and children[-1].eid == made.eid:
            made = replace(made, children=children.pop().children + made.children)
        children.append(made)
    return Provision(place.head.kind, place.eid, place.eid, place.head.num, place.head.heading, children=tuple(children))


def _structured(head: Provision, found: Sequence[Node], language: str) -> Provision:
    made = signs.Signs()
    return Marker(made).provision(_room(head, _lines(made, found), language))


def _lines(made: signs.Signs, found: Sequence[Node]) -> list[str]:
    """The lines of a bracketed text with signs in them."""
    *lines, last = signs.at_lines(made.of(found))
    return [*lines, last] if last else lines


def _room(head: Provision, lines: Sequence[str], language: str, *, headed: bool = True) -> Provision:
    """An article of lines with signs in them; the first is its heading where that is the number of `head`, and it is `headed`."""
    from ..ingest.bracketed import numbered
    from ..ingest.report import Report
    from ..ingest.rooms import Maker, OutlineLine, Room

    number, heading, body = "", "", list(lines)
    if headed and head.num is not None and lines:
        opened, first = signs.opens(lines[0])
        number = head.label
        if signs.without(first) == number or first.startswith(f"{number} "):
            rest = first.removeprefix(number).removeprefix(" ")
            heading, body = signs.before_number(opened) + rest, body[1:]
    room = Room(head.kind if head.kind is not Kind.CHAPTER and headed else Kind.ARTICLE, number, heading)
    room.body = [OutlineLine(numbered(*signs.opens(line), 0), "") for line in body]
    return assign(Provision(_APART, children=(Maker(language, (), Report()).provision(room),))).children[0]


def _flat(place: Place, found: Sequence[Node], language: str, *, headed: bool = False) -> Provision:
    """The article with its words as one paragraph; `headed`: they are those of parts, below its heading."""
    made = signs.Signs()
    lines = _lines(made, found)
    head = place.head
    num, heading = head.num, head.heading if headed else None
    if not headed and lines:
        opened, first = signs.opens(lines[0])
        if num is not None and first.startswith(f"{num.content} "):
            heading, lines = Text(signs.before_number(opened) + first.removeprefix(f"{num.content} "), language), lines[1:]
        else:
            num = None
    body = Provision(Kind.PARAGRAPH, f"{place.eid}__para_1", f"{place.eid}__para_1", text=Text("\n".join(lines), language))
    inner = (body,) if lines else ()
    return Marker(made).provision(Provision(head.kind, place.eid, place.eid, num, heading, children=inner))


def _renamed(p: Provision, eid: str) -> Provision:
    """A provision at another address, with all below it."""
    old = p.eid

    def renamed(one: Provision) -> Provision:
        own = eid + one.eid.removeprefix(old)
        return replace(one, eid=own, wid=own, children=tuple(map(renamed, one.children)))

    return renamed(p)
