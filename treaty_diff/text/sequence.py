"""Numbering without gaps or repeats: numbers, letters, roman numerals and capitals in a row.

Lists may start anew, also numbered another way, or go on after a line that no list holds (a
flush line, a heading, a definition), and `bis`, `ter` and `14A` follow their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..citation import label
from ..numerals import from_letters, from_roman
from .model import LIST_LEVELS, Kind, Provision, Treaty

Fault = tuple[str, Provision, str]
"""A finding's code, the provision it is about, the message."""

_INSERTED = re.compile(r"(?P<base>[0-9]+|[A-Za-z])(?:(?P<bis>bis|ter|quater|quinquies)|(?<=[0-9])(?P<letter>[A-Za-z]))")
_LATIN = {"bis": 2, "ter": 3, "quater": 4, "quinquies": 5}
_POINTS = frozenset(LIST_LEVELS)


@dataclass(frozen=True, slots=True)
class _Ordinal:
    """A label's place in its row: `7bis` is 7 and 2."""

    place: int
    inserted: int = 0


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _lower(text: str) -> int | None:
    return None if text != text.lower() else from_letters(text)


def _upper(text: str) -> int | None:
    return None if text != text.upper() else from_letters(text)


def _pairs(text: str) -> int | None:
    """Letters past z as spreadsheets go on: aa = 27, ab = 28."""
    low = text.lower()
    if len(low) > 2 or not low.isascii() or not low.isalpha():
        return None
    place = 0
    for letter in low:
        place = 26 * place + ord(letter) - 96
    return place


_ROWS: tuple[Callable[[str], int | None], ...] = (_digits, from_roman, _lower, _upper, _pairs)


def _ordinals(labels: Sequence[str], row: Callable[[str], int | None]) -> list[_Ordinal | None]:
    out: list[_Ordinal | None] = []
    for text in labels:
        place = row(text)
        if place is not None:
            out.append(_Ordinal(place))
        elif text == "ñ":
            out.append(_Ordinal(14, 1))  # Spanish lists may put ñ after n
        elif (m := _INSERTED.fullmatch(text)) and (base := row(m["base"])) is not None:
            out.append(_Ordinal(base, _LATIN[m["bis"]] if m["bis"] else ord(m["letter"].lower()) - 95))
        else:
            out.append(None)
    return out


@dataclass(frozen=True, slots=True)
class _End:
    """Where a list ended: the place of its last entry and how that is printed."""

    place: int = 0
    printed: str = ""


def _row_faults(row: Sequence[Provision], ordinals: Sequence[_Ordinal | None], before: _End) -> Iterator[Fault]:
    """Faults of one row read one way; the row starts anew or goes on from `before`."""
    seen: set[_Ordinal] = set()
    at, previous = _Ordinal(before.place), before.printed
    for n, (p, ordinal) in enumerate(zip(row, ordinals, strict=True)):
        printed = p.label.rstrip(".")
        if ordinal is None:
            yield "number-out-of-order", p, f"{printed} is not numbered as its siblings are."
            continue
        follows = ordinal.place == at.place + 1 and not ordinal.inserted
        inserted = ordinal.place == at.place and ordinal.inserted > at.inserted
        starts = n == 0 and ordinal in (_Ordinal(1), _Ordinal(27))
        if ordinal in seen:
            yield "number-repeated", p, f"{printed} stands here a second time."
        elif n == 0 and not starts and (not previous or ordinal.place <= at.place):
            yield "number-omitted", p, f"The numbering starts at {printed}."
        elif not (follows or inserted or starts):
            if ordinal.place > at.place:
                gap = ordinal.place - at.place - 1
                missing = "a number is" if gap == 1 else f"{gap} numbers are"
                yield "number-omitted", p, f"{printed} follows {previous}: {missing} omitted."
            else:
                yield "number-out-of-order", p, f"{printed} follows {previous}."
        seen.add(ordinal)
        at, previous = ordinal, printed


def _best(row: Sequence[Provision], before: _End) -> tuple[list[Fault], _End]:
    """The faults of a row read the way that finds the fewest, and where the row ended."""
    labels = [label(p.label) for p in row]
    best: tuple[list[Fault], _End] | None = None
    for reading in _ROWS:
        ordinals = _ordinals(labels, reading)
        places = [o.place for o in ordinals if o is not None]
        if 2 * len(places) < len(labels) or not places:
            continue
        faults = list(_row_faults(row, ordinals, before))
        if best is None or len(faults) < len(best[0]):
            best = faults, _End(places[-1], row[-1].label.rstrip("."))
    return best if best is not None else ([], _End())


def _siblings(parent: Provision, before: _End) -> tuple[list[Fault], _End]:
    """Faults among the children of one provision and below, and where its own list ended."""
    out: list[Fault] = []
    for kinds in (frozenset({Kind.PARAGRAPH}), _POINTS):
        ended = before if kinds is _POINTS else _End()
        row: list[Provision] = []
        for child in (*parent.children, None):
            if child is not None and child.label and child.kind in kinds:
                row.append(child)
            elif row:
                # A line that no list holds: what follows starts anew or goes on.
                faults, ended = _best(row, ended)
                out += faults
                row = []
    carried = _End()
    for child in parent.children:
        # Letters may go on through plain paragraphs: each carries on from where the one before ended.
        plain = child.kind is Kind.PARAGRAPH and not child.label
        faults, end = _siblings(child, carried if plain else _End())
        out += faults
        carried = end if plain else _End()
    return out, ended


# -- articles and what holds them ---------------------------------------------------------------


def _article_place(number: str) -> tuple[str, int, int] | None:
    """Series, place in it and insertion of an article's number: `28.9` → `28`, 9, 0."""
    m = re.fullmatch(r"(?P<series>.*[.\-])?(?P<n>[0-9]+)(?P<inserted>[A-Za-z]*)", number)
    return (m["series"] or "", int(m["n"]), bool(m["inserted"])) if m else None


def _articles(articles: Sequence[Provision]) -> Iterator[Fault]:
    """Articles of one body of text: each number once, none left out within a chapter."""
    seen: set[str] = set()
    for p in articles:
        number = label(p.label).upper()
        if number and number in seen:
            yield "number-repeated", p, f"{p.label} stands here a second time."
        seen.add(number)
    numbered = [(p, place) for p in articles if p.label and (place := _article_place(label(p.label))) is not None]
    for (before, (series, n, _)), (p, (its_series, its_n, inserted)) in pairwise(numbered):
        if series != its_series or its_n in (n, n + 1):
            continue
        if its_n < n:
            if label(p.label).upper() != label(before.label).upper():
                yield "number-out-of-order", p, f"{p.label} follows {before.label}."
        elif not (its_n // 100 > n // 100 and its_n % 100 in (0, 1)) or inserted:
            missing = "an article is" if its_n == n + 2 else f"{its_n - n - 1} articles are"
            yield "number-omitted", p, f"{p.label} follows {before.label}: {missing} omitted."


def _holders(parent: Provision) -> Iterator[Fault]:
    """Chapters, Parts, sections and annexes: gaps and repeats among siblings, at every level."""
    for kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION):
        if kind is Kind.CHAPTER and parent.kind is Kind.PART:
            continue  # counted through the treaty
        row = [p for p in _chapters_through_parts(parent, kind) if p.label]
        yield from _best(row, _End())[0] if row else ()
    for kind in (Kind.ANNEX, Kind.APPENDIX):
        seen: set[str] = set()
        for p in parent.children:
            if p.kind is kind and p.label:
                if label(p.label) in seen:
                    yield "number-repeated", p, f"{p.label} stands here a second time."
                seen.add(label(p.label))
    for child in parent.children:
        if child.kind not in (Kind.ARTICLE, Kind.PREAMBLE, Kind.CONCLUSION):
            yield from _holders(child)


def _chapters_through_parts(parent: Provision, kind: Kind) -> Iterator[Provision]:
    """Children of a kind; chapters are counted through the Parts of the treaty."""
    for child in parent.children:
        if child.kind is kind:
            yield child
        elif kind is Kind.CHAPTER and child.kind is Kind.PART:
            yield from _chapters_through_parts(child, kind)


def _bodies(treaty: Treaty) -> Iterator[Sequence[Provision]]:
    """Articles of the treaty, then those of each annex."""
    yield treaty.articles()
    for p in treaty.walk():
        if p.kind in (Kind.ANNEX, Kind.APPENDIX):
            yield [a for child in p.children for a in child.articles()]


def check_numbering(treaty: Treaty) -> list[Fault]:
    """Numbers left out, repeated or out of order: chapters and sections, then articles, then paragraphs and lists."""
    out = list(_holders(treaty.root))
    for articles in _bodies(treaty):
        out += _articles(articles)
    return out + _siblings(treaty.root, _End())[0]
