"""Template residue: words lifted from the base that mean nothing in the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .annotation import Annotation, Kind
from .config import CITED, COUNTRIES, LIFTED, PEOPLES, RESIDUE
from .pairs import Pair
from .rows import Sheet
from .words import NAMED, bit
from .world import World

_CITED = re.compile(
    r"\b(?P<what>Articles?|Chapters?) (?P<num>[A-Z]?\d+(?:[.-]\d+)?)(?P<rest>(?:\.\d+|\(\w+\))*)(?P<of>\s+(?:of|to) the (?!Agreement\b|Chapter\b)[A-Z])?"
)

_LIFTED, _NAMES, _CITES = bit(LIFTED), bit(NAMED), bit(CITED)
_ANY = _LIFTED | _NAMES | _CITES


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What of an article was lifted and means nothing where it stands now."""
    for n, pair in enumerate(sheet.pairs):
        signs = pair.lines[1].signs
        if not signs & _ANY or not sheet.sure[n] or not pair.whole or sheet.heading(n):
            continue
        if signs & _LIFTED:
            yield from _words(sheet, n, pair, world)
        if signs & _NAMES and world.subject.meta.parties:
            yield from _strangers(sheet, n, pair, world)
        if signs & _CITES:
            yield from _citations(sheet, n, pair, world)


def _words(sheet: Sheet, n: int, pair: Pair, world: World) -> Iterator[Annotation]:
    """Names of the base's machinery."""
    for name, pattern, home in RESIDUE:
        for m in re.finditer(pattern, pair.texts[1]):
            if not _lifted(pair, m.span()) or world.has(home):
                continue
            said = f"“{m[0]}” comes from {world.comparison.base.name}; {world.comparison.subject.name} has no {name}."
            yield _made(sheet, n, "lifted-word", 3, said, m.span())
            break


def _strangers(sheet: Sheet, n: int, pair: Pair, world: World) -> Iterator[Annotation]:
    """States that are no Parties to the subject."""
    low = pair.lower[1]
    strangers = [
        m
        for name, code in (*COUNTRIES, *PEOPLES)
        if code not in world.subject.meta.parties and name in low
        for m in [re.search(rf"(?<!\w){name}(?!\w)", low)]
        if m is not None and _lifted(pair, m.span())
    ]
    if strangers:
        names = ", ".join(dict.fromkeys(pair.texts[1][m.start() : m.end()] for m in sorted(strangers, key=lambda m: m.start())))
        verb = "is no Party" if "," not in names else "are no Parties"
        said = f"{names} comes from {world.comparison.base.name} and {verb} to {world.comparison.subject.name}."
        yield _made(sheet, n, "lifted-word", 3, said, min(m.span() for m in strangers))


def _citations(sheet: Sheet, n: int, pair: Pair, world: World) -> Iterator[Annotation]:
    """Citations in the base's form that the subject does not have."""
    for m in _CITED.finditer(pair.texts[1]):
        # what is linked on one side only is a change to the redline though the words are the same
        if m["of"] or m[0].strip() not in pair.texts[0] or not world.strange(m["what"].rstrip("s"), m["num"]):
            continue
        said = f"“{m[0].strip()}” is cited as in {world.comparison.base.name}; {world.comparison.subject.name} has none."
        yield _made(sheet, n, "lifted-citation", 3, said, m.span())


def _lifted(pair: Pair, span: tuple[int, int]) -> bool:
    """Whether words of the subject are the base's words."""
    return not pair.changed(1, *span)


def _made(sheet: Sheet, n: int, rule: str, severity: int, said: str, span: tuple[int, int]) -> Annotation:
    return sheet.made(rule, Kind.RESIDUE, severity, said, n, None, span)
