"""Whether it can be enforced: recourse to dispute settlement opened, excluded, deferred, conditioned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .annotation import Annotation, Kind
from .config import RECOURSE, RECOURSE_VERBS, RECOURSE_WORDS
from .line import Line
from .pairs import matched
from .rows import Sheet
from .sentences import quoted_at
from .words import bit
from .world import World

OPEN, CONDITIONED, CONFINED, DEFERRED, EXCLUDED = "open", "conditioned", "confined", "deferred", "excluded"

_RECOURSE = "|".join(RECOURSE)
_SPOKEN = bit(RECOURSE_WORDS)
_SUBJECT = re.compile(rf"\b(?:{_RECOURSE})\b")
_KEYS = ("recourse", "resort", "apply", "applies", "subject to", "request", "refer", "submi", "invoke")
"""Of which each of the verbs has one."""
_VERB = re.compile("|".join(RECOURSE_VERBS))
_SENTENCE = re.compile(r"[^;\n]+?(?:\.(?=\s[A-Z“]|\s*$)|;|\n|$)")
_NOT = re.compile(
    r"\b(?:no party|neither party|no measure|no matter|no claim|no dispute|none of|no person|no investor)\b[^.;]{0,80}\b(?:shall|may|is|are)\b"
    r"|\b(?:shall|may|does|do|is|are|will)\s+not\b|\bshall have no recourse\b|\bno recourse\b|\bneither\b[^.;]{0,60}\bnor\b"
)
_WHEN = re.compile(
    r"\buntil\b|\bfor (?:a period of )?\S+ (?:months?|years?) (?:after|from|following)\b|\bbefore the (?:expiry|end) of\b"
    r"|\b(?:earlier than|prior to the date)\b"
)
_ASIDE = re.compile(
    r"\b(?:(?:that|which|who)|(?:if|where|when|as)\s+(?:[\w’'-]+\s+){0,6}?(?!that\b)[\w’'-]+)"
    r"\s+(?:is|are|was|were|do|does|did|has|have|had)\s+not\b(?:(?! to the dispute)[^,;.])*"
)
"""A condition or a relative clause: what is not there says nothing of recourse."""
_CONFINED = re.compile(r"\b(?:solely|exclusively|only) (?:under|in accordance with|pursuant to)\b")
_IF = re.compile(
    r"\bonly (?:if|where|when|after|in)\b|\bmay only\b[^.;]*\bif\b|\bwithout (?:first|having)\b|\bunless\b|\bprovided that\b|\bexcept\b|\bother than\b|\bafter\b[^.;,]{0,80}\b(?:talks|consultations?|negotiations?)\b"
)


@dataclass(frozen=True, slots=True)
class Recourse:
    """A sentence at `start:end` that speaks of recourse to dispute settlement, and how it stands there."""

    start: int
    end: int
    state: str
    closed: bool
    """Whether it says that recourse is not to be had, as far as it says it."""
    at: int
    """Where the words stand by which recourse is spoken of."""


def recourse(line: Line) -> tuple[Recourse, ...]:
    """The sentences of a line that open or close recourse."""
    text, low = line.text, line.low
    if not line.signs & _SPOKEN or _SUBJECT.search(low) is None:
        return ()
    out = []
    for sentence in _SENTENCE.finditer(text):
        words = low[sentence.start() : sentence.end()]
        verb = _VERB.search(words) if any(key in words for key in _KEYS) else None
        if verb is None:
            continue
        closed = _NOT.search(_ASIDE.sub(lambda m: " " * len(m[0]), words)) is not None
        state = OPEN
        if closed:
            state = DEFERRED if _WHEN.search(words) else CONDITIONED if _IF.search(words) else EXCLUDED
        elif _WHEN.search(words):
            state = DEFERRED
        elif _CONFINED.search(words):
            state = CONFINED
        elif _IF.search(words):
            state = CONDITIONED
        lead = len(sentence[0]) - len(sentence[0].lstrip())
        out.append(Recourse(sentence.start() + lead, sentence.end(), state, closed, sentence.start() + verb.start()))
    return tuple(out)


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What the changes of an article do to recourse."""
    for n, pair in enumerate(sheet.pairs):
        if sheet.compared(n):
            left, right = (recourse(line) for line in pair.lines)
            for old, new in matched(pair, left, right, lambda a, b: 0.5):
                if old is not None and new is not None:
                    if old.state != new.state:
                        yield _changed(sheet, n, old, new, world)
                elif old is not None and pair.changed(0, old.start, old.end):
                    yield alone(sheet, n, 0, old, world)
                elif new is not None and pair.changed(1, new.start, new.end):
                    yield alone(sheet, n, 1, new, world)
            continue
        for side in (0, 1):
            if sheet.lone(n, side):
                for found in recourse(pair.lines[side]):
                    if not world.said(1 - side, pair.lower[side][found.start : found.end]):
                        yield alone(sheet, n, side, found, world)


def read_alone(world: World) -> Iterator[Annotation]:
    """Recourse that is opened or closed in the articles that stand on one side only."""
    for article, _, lines in world.alone:
        if any(recourse(line) for line in lines):
            yield from read(world.sheet(article), world)


_RULES = {
    OPEN: ("recourse-opened", "Recourse to dispute settlement is opened"),
    EXCLUDED: ("recourse-excluded", "Recourse to dispute settlement is excluded"),
    DEFERRED: ("recourse-deferred", "Recourse to dispute settlement is deferred"),
    CONDITIONED: ("recourse-conditioned", "Recourse to dispute settlement is made conditional"),
    CONFINED: ("recourse-confined", "Recourse to dispute settlement is confined to one forum"),
}
SAID = {
    "recourse-opened": "opened",
    "recourse-dropped": "dropped",
    "recourse-excluded": "excluded",
    "recourse-exclusion-dropped": "no longer excluded or limited",
    "recourse-deferred": "deferred",
    "recourse-conditioned": "made conditional",
    "recourse-confined": "confined to one forum",
    "recourse-condition-dropped": "freed of its condition",
}
"""What each rule says of recourse, in short."""
_WAS = {CONDITIONED: "conditional", CONFINED: "confined to one forum"}
_SEVERITY = {OPEN: 5, EXCLUDED: 5, DEFERRED: 4, CONDITIONED: 4, CONFINED: 4}


def _changed(sheet: Sheet, n: int, old: Recourse, new: Recourse, world: World) -> Annotation:
    pair = sheet.pairs[n]
    rule, said = _RULES[new.state]
    if new.state == OPEN and old.state == CONDITIONED:
        rule, said = "recourse-condition-dropped", "Recourse to dispute settlement no longer has its condition"
    words = _quoted(pair.texts[1], new, world)
    return sheet.made(
        rule, Kind.ENFORCEMENT, _SEVERITY[new.state], f"{said}: {words}.", n, (old.start, old.end), (new.start, new.end)
    )


def _quoted(text: str, found: Recourse, world: World) -> str:
    return quoted_at(text[found.start : found.end], found.at - found.start, 2 * world.config.quoted)


def alone(sheet: Sheet, n: int, side: int, found: Recourse, world: World) -> Annotation:
    """A sentence on recourse that nothing answers."""
    rule, said = _RULES[found.state]
    severity = _SEVERITY[found.state]
    if side == 0:
        if found.state == OPEN or (found.state == CONDITIONED and not found.closed):
            rule, said = "recourse-dropped", "Recourse to dispute settlement is dropped"
        else:
            rule, said = (
                "recourse-exclusion-dropped",
                f"Recourse to dispute settlement is no longer {_WAS.get(found.state, found.state)}",
            )
    span = (found.start, found.end)
    words = _quoted(sheet.pairs[n].texts[side], found, world)
    return sheet.made(
        rule, Kind.ENFORCEMENT, severity, f"{said}: {words}.", n, span if side == 0 else None, span if side else None
    )
