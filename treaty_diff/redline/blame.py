"""Which version of a provision brought which words: the tokens of each version's lines against the next one's, from the oldest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..text import plain
from ..text.model import Provision
from .comparison import Op, Segment
from .config import RedlineConfig
from .lexing import Lexer
from .rows import Item, items, pair
from .tokens import Differ


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters `start:end` of a line's text, and the number of the version that brought them, the oldest being 0."""

    start: int
    end: int
    version: int


def origins(
    versions: Sequence[Provision], *, language: str = "eng", config: RedlineConfig | None = None
) -> list[tuple[Origin, ...]]:
    """Where the words of the last of some versions came in, line by line as `plain.lines` has them.

    Every character is in one run, neighbours of one version are together. Words that were taken out and came back are those of the
    version in which they came back; a respelled word stays the older version's. Lines that moved within the provision are new.
    """
    config = config or RedlineConfig()
    lexer = Lexer(language, config)
    differ = Differ(lexer, config)
    held: list[list[int]] = []
    before: list[plain.Line] = []
    for number, version in enumerate(versions):
        lines = plain.lines(version)
        if number == 0:
            held = [[0] * len(line.text) for line in lines]
        elif [line.text for line in lines] != [line.text for line in before]:
            held = _step(items(before, "", lexer), items(lines, "", lexer), held, number, differ, config)
        before = lines
    return [tuple(_runs(line)) for line in held]


def _step(
    base: Sequence[Item], subject: Sequence[Item], held: Sequence[list[int]], number: int, differ: Differ, config: RedlineConfig
) -> list[list[int]]:
    """The version of each character of the newer lines."""
    out = [[number] * len(item.line.text) for item in subject]
    for mine, theirs in pair(base, subject, config, (0, 0) if base and subject else None):
        if len(mine) == len(theirs) == 1:
            out[theirs[0]] = _line(base[mine[0]], subject[theirs[0]], held[mine[0]], number, differ)
        elif mine and theirs:
            old = "".join(base[i].line.text for i in mine)
            new = "".join(subject[j].line.text for j in theirs)
            segments = differ.segments(differ.lexer.text(old), differ.lexer.text(new))
            carried = _carried(segments, [version for i in mine for version in held[i]], number)
            at = 0
            for j in theirs:
                end = at + len(out[j])
                out[j], at = carried[at:end], end
    return out


def _line(base: Item, subject: Item, held: list[int], number: int, differ: Differ) -> list[int]:
    """One line that became another: its number is a version's where it changed."""
    cuts = [len(item.line.text) - 1 - len(item.line.words) for item in (base, subject)]
    same = base.line.text[: cuts[0]] == subject.line.text[: cuts[1]]
    numbers = held[: cuts[0]] if same else [number] * cuts[1]
    words = _carried(differ.segments(base.words, subject.words), held[cuts[0] : -1], number)
    return [*numbers, *words, held[-1]]


def _carried(segments: Sequence[Segment], held: Sequence[int], number: int) -> list[int]:
    """The version of each character of the newer text."""
    out: list[int] = []
    at = 0
    for segment in segments:
        old, new = len(segment.base), len(segment.subject)
        if segment.op is Op.EQUAL and old == new:
            out += held[at : at + old]
        elif new:
            out += [held[at] if old else number] * new
        at += old
    return out


def _runs(held: Sequence[int]) -> list[Origin]:
    out = []
    at = 0
    for version, run in groupby(held):
        end = at + len(list(run))
        out.append(Origin(at, end, version))
        at = end
    return out
