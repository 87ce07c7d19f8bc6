"""Words of a topic in a line, and what became of them from one side to the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import NamedTuple

from .annotation import Annotation, Kind
from .clauses import Bind
from .line import Line
from .pairs import Pair, matched
from .rows import Sheet
from .scanning import ends
from .sentences import listed, quoted
from .wordlists import Topic
from .words import bit, codes, stems
from .world import World

_SENTENCE_END = re.compile(r"[;\n]|\.[”\"]?(?=\s[A-Z“(\"]|\s*$)")
_CLAUSE_END = re.compile(
    r"[;:\n]|\.(?=\s|$)|, (?=(?:and|or|but|the|each|a|an|no|any|shall|may|it|that|if|unless|where|which|who)\b)"
)
_LEAD = 48
"""Characters of a sentence within which a word that makes it what it is stands."""
_NEW = 0.75
"""The share of a sentence's characters that changed, from which it is another sentence."""
_HEADING = re.compile(r"((?:Article|Chapter|Annex|Section)s? [\w.()-]+ )(\([A-Z][^()]*\))")
_SAME = 0.7
"""The share of the words of two rules that both have, below which they are two rules."""


class Marker(NamedTuple):
    """Words `start:end` that are a form of a topic; `right` is where their clause ends, `left` where their sentence begins."""

    start: int
    end: int
    left: int
    right: int
    topic: int
    form: str
    about: frozenset[str]
    rule: frozenset[str]


class Finder:
    """Finds the forms of topics in lines."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = topics
        self._forms = [
            (bit(form.keys), n, form.name, re.compile(form.pattern)) for n, topic in enumerate(topics) for form in topic.forms
        ]
        self._any = reduce(or_, [sign for sign, *_ in self._forms], 0)
        wide = frozenset(n for n, topic in enumerate(topics) if topic.leads or topic.alone)
        self._lone = [found for found in self._forms if found[1] in wide]
        self._swaps = [
            tuple(bit(form.keys) for form in topic.forms)
            for topic in topics
            if not (topic.added or topic.dropped) and len(topic.forms) == 2
        ]
        self._any_lone = reduce(or_, [sign for sign, *_ in self._lone], 0)

    def form(self, marker: Marker) -> tuple[re.Pattern[str], int]:
        """The pattern of a marker's form, and the sign of the words of which it has one."""
        return next((pattern, sign) for sign, n, name, pattern in self._forms if (n, name) == (marker.topic, marker.form))

    def idle(self, left: Line, right: Line) -> int:
        """The signs of topics of which a change of form alone is worth a word, where no other form is on the other side."""
        out = 0
        for first, second in self._swaps:
            if not (left.signs & first and right.signs & second) and not (left.signs & second and right.signs & first):
                out |= first | second
        return out

    def find(self, line: Line, lone: bool, idle: int = 0) -> tuple[Marker, ...]:
        """The forms in a line, but those that are idle; in one that stands on one side only, those that are worth a word there."""
        here = line.signs & (self._any_lone if lone else self._any) & ~idle
        if not here:
            return ()
        asked = [found for found in (self._lone if lone else self._forms) if here & found[0]]
        text, low = line.text, line.low
        # a cited article's heading says nothing of the rule that cites it
        low = _HEADING.sub(lambda m: m[1] + " " * len(m[2]), text).lower() if " (" in text and len(text) == len(low) else low
        out: list[Marker] = []
        begins: list[int] = []
        for _, n, form, pattern in asked:
            topic = self.topics[n]
            for m in pattern.finditer(low):
                begins = begins or [0, *ends(text, ";\n")]
                left = begins[bisect_right(begins, m.start()) - 1]
                stop = (_SENTENCE_END if topic.phrase or topic.leads else _CLAUSE_END).search(text, m.end())
                right = stop.start() if stop is not None else len(text.rstrip())
                # what nothing is weighed against, or what is only ever weighed where it stands, needs no words to be known again by
                about = stems(codes(low[m.end() : right])) if topic.added and not lone else frozenset()
                rule = self._rule(n, low[m.start() : right]) if not lone else frozenset()
                out.append(Marker(m.start(), m.end(), left, right, n, form, about, rule))
        apart: list[Marker] = []
        for marker in sorted(out, key=lambda k: (k.start, -k.end)):
            if not apart or marker.start >= apart[-1].end:
                apart.append(marker)
        return tuple(apart)

    def _rule(self, n: int, low: str) -> frozenset[str]:
        phrase = self.topics[n].phrase
        found = re.search(phrase, low) if phrase else None
        return frozenset(re.findall(r"\w+", found[1])) if found else frozenset()


class Topics:
    """Tells of a family of topics what became of their words."""

    def __init__(self, topics: Sequence[Topic], kind: Kind) -> None:
        self.finder = Finder(topics)
        self.topics, self.kind = topics, kind

    def read(self, sheet: Sheet, world: World) -> Iterator[Annotation]:
        """What the changes of an article do to the words of the topics."""
        nothing: tuple[Marker, ...] = ()
        found = []
        for n, pair in enumerate(sheet.pairs):
            if not sheet.touched(n):
                found.append((nothing, nothing))
                continue
            lone = not sheet.compared(n) and not sheet.weak(n)
            idle = 0 if lone else self.finder.idle(*pair.lines)
            left, right = (
                self.finder.find(pair.lines[side], lone, idle) if sheet.stands(n, side) else nothing for side in (0, 1)
            )
            found.append((left, right))
        count = tuple(Counter((k.topic, k.form) for row in found for k in row[side]) for side in (0, 1))
        alone: list[tuple[int, int, Marker]] = []
        for n, pair in enumerate(sheet.pairs):
            left, right = found[n]
            if not left and not right:
                continue
            if sheet.compared(n) or (sheet.weak(n) and sheet.lone(n, 0)):
                for old, new in matched(pair, left, right, _like):
                    if old is not None and new is not None:
                        if self._differ(old, new):
                            yield self._swapped(sheet, n, old, n, new, world)
                    else:
                        side, marker = (0, old) if old is not None else (1, new)
                        assert marker is not None
                        if self._new(sheet, n, side, marker, world):
                            alone.append((n, side, marker))
                continue
            for side in (0, 1):
                if sheet.lone(n, side):
                    alone += [(n, side, marker) for marker in found[n][side] if self._new(sheet, n, side, marker, world)]
        kept = []
        for n, side, marker in alone:
            mine, other = (count[k][marker.topic, marker.form] for k in (side, 1 - side))
            wide = self.topics[marker.topic].alone
            if (
                mine > other
                and (other == 0 or (sheet.compared(n) and not wide))
                and not (wide and self._elsewhere(side, marker, world))
            ):
                kept.append((n, side, marker))
        yield from self._lone(sheet, kept, world)

    def _differ(self, old: Marker, new: Marker) -> bool:
        """Whether two markers that answer each other say another thing."""
        topic = self.topics[new.topic]
        if not topic.swapped or old.form != new.form:
            return bool(topic.swapped)
        return bool(topic.phrase) and len(old.rule & new.rule) < _SAME * len(old.rule | new.rule)

    def _new(self, sheet: Sheet, n: int, side: int, marker: Marker, world: World) -> bool:
        """Whether a marker that nothing answers is worth a word: put into a sentence that stayed, or what makes a new one what it is."""
        topic, pair = self.topics[marker.topic], sheet.pairs[n]
        if not pair.lower[side][marker.end : marker.right].strip(" ,:;\n") and marker.form == "unless":
            return False
        if marker.form == "unless" and _turned(pair, side):
            return False
        if not (topic.added if side else topic.dropped) or (self.kind is Kind.REACH and sheet.defines(n)):
            return False
        if sheet.compared(n) and not pair.changed(side, marker.start, marker.end):
            return False
        end = _SENTENCE_END.search(pair.texts[side], marker.end)
        stop = end.start() if end is not None else len(pair.texts[side])
        fresh = not sheet.compared(n) or pair.share_changed(side, marker.left, stop) >= _NEW
        if not fresh or topic.alone:
            return True
        number = pair.number(side) if marker.left == 0 else 0
        leads = topic.leads and marker.start - marker.left - number < _LEAD
        return leads and not world.said(1 - side, pair.lower[side][marker.left : marker.right])

    def _elsewhere(self, side: int, marker: Marker, world: World) -> bool:
        """Whether the other side has a form anywhere in what is compared."""
        return world.anywhere(1 - side, *self.finder.form(marker))

    def _lone(self, sheet: Sheet, lone: Sequence[tuple[int, int, Marker]], world: World) -> Iterator[Annotation]:
        """What is said of markers that nothing answers: one of each topic and form a row, one gone and one new together as one."""
        before = [(n, marker) for n, side, marker in lone if side == 0]
        after = [(n, marker) for n, side, marker in lone if side == 1]
        for n, new in list(after):
            topic = self.topics[new.topic]
            old = next(
                ((m, x) for m, x in before if topic.swapped and topic.alone and x.topic == new.topic and x.form != new.form), None
            )
            if old is not None:
                before.remove(old)
                after.remove((n, new))
                yield self._swapped(sheet, old[0], old[1], n, new, world)
        once: dict[tuple[int, int, str, int], list[tuple[int, Marker]]] = {}
        for side, markers in ((0, before), (1, after)):
            for n, marker in markers:
                apart = -1 if self.topics[marker.topic].alone else n
                once.setdefault((side, marker.topic, marker.form, apart), []).append((n, marker))
        for (side, *_), places in once.items():
            yield self._alone(sheet, side, places, world)

    def _swapped(self, sheet: Sheet, m: int, old: Marker, n: int, new: Marker, world: World) -> Annotation:
        topic = self.topics[new.topic]
        said = f"{topic.swapped}: {self._words(sheet, n, 1, new, world)}; before, {self._words(sheet, m, 0, old, world)}."
        rule = self._name(topic, "changed")
        if m != n:
            return replace(
                sheet.made(rule, self.kind, topic.severity, said, n, None, (new.start, new.right)), base=sheet.place(m, 0)
            )
        return sheet.made(rule, self.kind, topic.severity, said, n, (old.start, old.right), (new.start, new.right))

    def _alone(self, sheet: Sheet, side: int, places: Sequence[tuple[int, Marker]], world: World) -> Annotation:
        n, marker = places[0]
        topic = self.topics[marker.topic]
        said = topic.added if side else topic.dropped
        if topic.alone:
            said += f" ({marker.form})"
        said += f": {self._words(sheet, n, side, marker, world)}"
        others = list(
            dict.fromkeys(place.citation for m, _ in places[1:] if m != n and (place := sheet.place(m, side)) is not None)
        )
        if others:
            said += f"; also {listed(others, 3)}"
        span = (marker.start, marker.right)
        rule = self._name(topic, "added" if side else "dropped")
        return sheet.made(rule, self.kind, topic.severity, f"{said}.", n, None if side else span, span if side else None)

    def _words(self, sheet: Sheet, n: int, side: int, marker: Marker, world: World) -> str:
        pair = sheet.pairs[n]
        start = marker.start
        if self.topics[marker.topic].leads or self.topics[marker.topic].alone:
            start = max(marker.left, pair.number(side) if marker.left == 0 else 0)
            words = pair.texts[side][start : marker.start].split()
            if len(words) > world.config.quoted - 4:
                start = marker.start - len(" ".join(words[-4:])) - 1
        return quoted(pair.texts[side][start : marker.right], world.config.quoted)

    def _name(self, topic: Topic, how: str) -> str:
        if self.kind is Kind.MACHINERY:
            return topic.name
        return "incorporation-changed" if topic.name == "incorporation-as" else f"{topic.name}-{how}"


def _turned(pair: Pair, side: int) -> bool:
    """Whether a side forbids with `unless` where the other does not forbid: what is said of the right says it."""
    return any(c.unless for c in pair.lines[side].clauses) and not any(
        c.kind is Bind.DUTY and c.negative for c in pair.lines[1 - side].clauses
    )


def _like(old: Marker, new: Marker) -> float:
    if old.topic != new.topic:
        return 0.0
    out = 0.3
    if old.form == new.form:
        out += 0.6
    both = len(old.about) + len(new.about)
    if both:
        out += 0.6 * 2 * len(old.about & new.about) / both
    return out
