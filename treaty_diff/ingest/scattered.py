"""Numbers that lost their words: an extraction that read a page by columns printed `2. 3.` and then both paragraphs.

Numbers are moved to their words where these fall into as many sentences (or entries) as there are numbers.
A page whose numbers were printed twice over shows them in pairs (`3. 4.` before paragraph 3, `5. 6.` before 4):
the paragraphs between sure numbers are then counted. What is dropped or renumbered is listed; all else stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import last_word
from .numbering import CITING, interpretations
from .report import Report

_NUMBERS = re.compile(
    r"(?:(?<=[.;:”\"’)])\s+|\A\s*)(?P<printed>\d{1,2}\.(?:\s+\d{1,2}\.)*)(?=\s|$)|(?<=[\w)])\s+(?P<headed>\d{1,2}\.)(?=\s+[A-Z“])"
)
_LETTERS = re.compile(r"(?<!\S)\(?[a-z]{1,4}\)(?:\s+\(?[a-z]{1,4}\))+(?=\s)")
_NEXT = re.compile(r"(?<=[.;:”])\s+(?:and\s+|or\s+)?\(?[a-z]\)\s+\S|(?<=[\w.;:”)])\s+\d{1,2}\.\s+[A-Z“]")
_LAST = re.compile(r"(?<=[.;])\s+(?P<marker>\(?[a-z]{1,4}\))\s*$")
_SENTENCE = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z“])")
_ENTRY = re.compile(r"(?<=;)\s+(?!and\s|or\s)|(?<=;\sand)\s+|(?<=;\sor)\s+")
_LEAD = re.compile(r"[a-z][^;:.]*:\s+")
_LIST = re.compile(r":\s+\(?a\)\s")
_PREPOSITIONS = frozenset("through to under of in".split())

_SPLIT = 1.5  # what it costs to take two paragraphs, and not one, below two numbers
_LISTED = 0.5
_JUMP = 2.0  # to pass over a number
_WORDLESS = 0.5  # to drop a number that has no words
_SURE = 4.0  # dearer readings are left alone


COUNTED = "number by the paragraphs counted, for another one printed"
"""What the report says of a number that stands in no source: the note's words are the number."""


def mend(text: str, report: Report, place: str) -> str:
    """The words between two headings with such numbers moved to their words, or dropped where printed twice."""
    return _letters(_numbers(text, report, place), report, place)


# -- paragraphs -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Segment:
    """Numbers as printed, the words behind them, and the text's characters that they take."""

    printed: tuple[int, ...]
    start: int
    words: str
    end: int

    @property
    def sentences(self) -> list[str]:
        """The words cut for the numbers: one piece each where there are as many sentences, else one piece."""
        pieces = _SENTENCE.split(self.words) if len(self.printed) > 1 else []
        return pieces if len(pieces) == len(self.printed) else [self.words]

    @property
    def apart(self) -> float:
        """What it costs to take the sentences for paragraphs: less where each has a list of its own."""
        return _LISTED if all(_LIST.search(piece) for piece in self.sentences) else _SPLIT


def _numbers(text: str, report: Report, place: str) -> str:
    segments = _segments(text)
    if not any(len(segment.printed) > 1 for segment in segments):
        return text
    read = _read(segments)
    if read is None:
        for segment in segments:
            if len(segment.printed) > 1:
                report.unsure("numbers whose words cannot be told apart", place, text[segment.start : segment.end])
        return text
    out = [text[: segments[0].start]]
    for segment, numbers in zip(segments, read, strict=True):
        printed = text[segment.start : segment.end].removesuffix(segment.words).strip()
        words = segment.words[:60]
        for number in segment.printed:
            if number not in numbers:
                report.drop("number printed twice" if segment.words else "number without words", place, f"{number}.")
        for number in numbers:
            if number not in segment.printed:
                report.mend(COUNTED, place, f"{number}.")
        if len(numbers) > 1:
            report.mend("numbers moved to their words", place, f"{printed} {words}")
        elif len(segment.sentences) > 1:
            report.unsure("one paragraph or two below two numbers", place, f"{printed} {words}")
        pieces = segment.sentences if len(numbers) > 1 else [segment.words] if numbers else []
        out += [f"{number}. {piece}" for number, piece in zip(numbers, pieces, strict=True)]
    return " ".join(filter(None, (piece.strip() for piece in out)))


def _segments(text: str) -> list[_Segment]:
    found = [m for m in _NUMBERS.finditer(text) if not _cited(text, m.start("printed") if m["printed"] else m.start("headed"))]
    ends = [*(m.start() for m in found), len(text)][1:]
    return [
        _Segment(
            tuple(int(number.rstrip(".")) for number in (m["printed"] or m["headed"]).split()),
            m.start(),
            text[m.end() : end].strip(),
            end,
        )
        for m, end in zip(found, ends, strict=False)
    ]


def _cited(text: str, at: int) -> bool:
    return last_word(text[max(0, at - 40) : at].rstrip()).lower() in CITING


def _read(segments: Sequence[_Segment]) -> list[tuple[int, ...]] | None:
    """The numbers that each segment's paragraphs have, counted through; None where no reading is likely."""
    states: dict[int, tuple[float, list[tuple[int, ...]]]] = {segments[0].printed[0] - 1: (0.0, [])}
    for segment in segments:
        printed = set(segment.printed)
        steps = []
        for last, (cost, trail) in states.items():
            firsts = {last + 1, *(number for number in printed if number > last)} if segment.words else ()
            for first in firsts:
                jump = _JUMP * (first != last + 1)
                for count in {1, len(segment.sentences)}:
                    numbers = tuple(range(first, first + count))
                    apart = len(printed.symmetric_difference(numbers)) + (segment.apart if count > 1 else 0)
                    steps.append((cost + jump + apart, numbers[-1], [*trail, numbers]))
            if not segment.words:
                steps.append((cost + _WORDLESS * len(printed), last, [*trail, ()]))
        states = {last: (cost, trail) for cost, last, trail in sorted(steps, reverse=True)}  # the cheapest comes last
    cost, read = min(states.values(), key=lambda state: state[0])
    clusters = sum(len(segment.printed) > 1 for segment in segments)
    return read if cost <= _SURE * clusters else None


# -- entries of lists -----------------------------------------------------------------------------


def _letters(text: str, report: Report, place: str) -> str:
    out: list[str] = []
    at = 0
    for m in _LETTERS.finditer(text):
        if m.start() < at:
            continue
        printed = m[0].split()
        before = last_word(text[max(0, m.start() - 40) : m.start()]).lower()
        citing = before in CITING and not (len(printed) > 2 and before in _PREPOSITIONS)
        if citing or not _rising(printed):
            continue
        following = _NEXT.search(text, m.end())
        end = following.start() if following is not None else len(text)
        words = text[m.end() : end].strip()
        last = _LAST.search(words)
        if last is not None and _rising([*printed, last["marker"]]):
            printed, words = [*printed, last["marker"]], words[: last.start()]
        lead = _LEAD.match(words)
        start = lead.end() if lead is not None else 0
        pieces = _ENTRY.split(words[start:])
        if _again(text, m.end(), printed):
            for letter in printed[1:]:
                report.drop("number printed twice", place, letter)
            out += [text[at : m.start()], printed[0]]
            at = m.end()
        elif len(pieces) == len(printed):
            report.mend("numbers moved to their words", place, m[0])
            moved = " ".join(f"{letter} {piece}" for letter, piece in zip(printed, pieces, strict=True))
            out += [text[at : m.start()], words[:start], moved]
            at = end
        else:
            report.unsure("numbers whose words cannot be told apart", place, f"{m[0]} {words}")
    out.append(text[at:])
    return "".join(out)


def _rising(printed: Sequence[str]) -> bool:
    """Whether markers count through in one style of numbering."""
    ways = [dict(interpretations(marker)) for marker in printed]
    return any(
        all(style in way for way in ways) and all(b[style] == a[style] + 1 for a, b in pairwise(ways)) for style in ways[0]
    )


def _again(text: str, at: int, printed: Sequence[str]) -> bool:
    """Whether the letters behind the first come again in order, each in front of an entry."""
    for letter in printed[1:]:
        m = re.compile(rf"(?<=[.;:”])\s+(?:and\s+|or\s+)?{re.escape(letter)}\s").search(text, at)
        if m is None:
            return False
        at = m.end()
    return True
