"""Numbering without gaps or repeats: numbers, letters, roman numerals and capitals in a row.

Lists may start anew, or go on, after a line that no list holds (a flush line, a heading,
a definition), and `bis`, `ter` and `14A` follow their number.
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
class _Entry:
    """A numbered provision among its siblings; `fresh` where something unnumbered stands before it."""

    provision: Provision
    fresh: bool


def _row_faults(entries: Sequence[_Entry], ordinals: Sequence[_Ordinal | None], last: int) -> Iterator[Fault]:
    """Faults of one row of siblings read one way; `last` is where a list before it ended."""
    seen: set[_Ordinal] = set()
    before = ""
    at = _Ordinal(0)
    for n, (entry, ordinal) in enumerate(zip(entries, ordinals, strict=True)):
        p = entry.provision
        printed = p.label
        if ordinal is None:
            yield "number-out-of-order", p, f"{printed} is not numbered as its siblings are."
            before = printed
            continue
        follows = ordinal.place == at.place + 1 and not ordinal.inserted
        inserted = ordinal.place == at.place and ordinal.inserted > at.inserted
        starts = ordinal in (_Ordinal(1), _Ordinal(27)) and (n == 0 or entry.fresh)
        goes_on = n == 0 and ordinal.place == last + 1
        if starts:
            seen.clear()
        elif ordinal in seen:
            yield "number-repeated", p, f"{printed} stands here a second time."
        elif follows or inserted or goes_on:
            pass
        elif ordinal.place > at.place:
            gap = ordinal.place - at.place - 1
            missing = "a number is" if gap == 1 else f"{gap} numbers are"
            message = f"{printed} follows {before}: {missing} omitted." if before else f"The numbering starts at {printed}."
            yield "number-omitted", p, message
        else:
            yield "number-out-of-order", p, f"{printed} follows {before}."
        seen.add(ordinal)
        at, before = ordinal, printed


def _best(entries: Sequence[_Entry], last: int) -> tuple[list[Fault], int]:
    """The faults of a row read the way that finds the fewest, and where the row ended."""
    labels = [label(entry.provision.label) for entry in entries]
    best: tuple[list[Fault], int] | None = None
    for row in _ROWS:
        ordinals = _ordinals(labels, row)
        places = [o.place for o in ordinals if o is not None]
        if 2 * len(places) < len(labels) or not places:
            continue
        faults = list(_row_faults(entries, ordinals, last))
        if best is None or len(faults) < len(best[0]):
            best = faults, places[-1]
    return best if best is not None else ([], 0)


def _siblings(parent: Provision, last: int) -> tuple[list[Fault], int]:
    """Faults among the children of one provision and below, and where its own list ended."""
    out: list[Fault] = []
    ended = last
    rows: dict[str, list[_Entry]] = {}
    fresh: set[str] = set()
    for child in parent.children:
        row = "point" if child.kind in _POINTS else str(child.kind)
        if child.label and (child.kind in _POINTS or child.kind is Kind.PARAGRAPH):
            rows.setdefault(row, []).append(_Entry(child, row in fresh))
            fresh.discard(row)
        else:
            fresh |= set(rows)
    for row, entries in rows.items():
        faults, end = _best(entries, last if row == "point" else 0)
        out += faults
        ended = end if row == "point" else ended
    carried = 0
    for child in parent.children:
        # Letters may go on through plain paragraphs: each carries on from where the one before ended.
        plain = child.kind is Kind.PARAGRAPH and not child.label
        faults, end = _siblings(child, carried if plain else 0)
        out += faults
        carried = end if plain else 0
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
        entries = [_Entry(p, False) for p in _chapters_through_parts(parent, kind) if p.label]
        yield from _best(entries, 0)[0]
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
    return out + _siblings(treaty.root, 0)[0]
