"""Where a text's words were copied from: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

NEW = "new"
"""The class of words that stand in no base."""
BOTH = "both"
"""The class of words that stand in both of two bases."""


class Source(NamedTuple):
    """Where a run's first words stand in a base: the base's name, the provision and the article (or annex) that holds it, by eId."""

    base: str
    provision: str
    article: str


class Run(NamedTuple):
    """Characters `start:end` of a line's text that are of one class and stand in a row in each base that has them (a tuple,
    because a treaty has tens of thousands, which are handed from process to process).

    `words` is how many there are; `sources` has one entry for each base that they stand in, in the bases' order, and is empty
    where they are new.
    """

    start: int
    end: int
    words: int
    sources: tuple[Source, ...] = ()

    @property
    def bases(self) -> tuple[str, ...]:
        """The names of the bases that have the words."""
        return tuple([source.base for source in self.sources])


class TracedLine(NamedTuple):
    """A line of `treaty_diff.text.plain` and its runs, which hold every word once, in order; a number or marker is no word.

    `place` is which of the provision's own lines it is: its words, then a line a row of its table, then one a footnote.
    """

    eid: str
    place: int
    runs: tuple[Run, ...]


class Share(NamedTuple):
    """How many words a provision has with all below it, and how many of each class, in the order of `Lineage.classes`.

    An annex counts in its chapter, not in an article that it hangs on.
    """

    words: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Lineage:
    """Which words of a text were copied from which base, run by run.

    `bases` are names, `classes` those of the classes: each base, several together where there are such words (of two bases
    `both`), and `new`. `off` says why nothing was traced (`lines` and `shares` are then empty), `remarks` what was not looked
    through, in sentences. `shares` are by eId, in reading order; `citations` name the sources, by base and eId.
    """

    bases: tuple[str, ...]
    classes: tuple[str, ...] = ()
    off: str = ""
    lines: tuple[TracedLine, ...] = ()
    shares: Mapping[str, Share] = field(default_factory=dict)
    citations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @cached_property
    def _by_address(self) -> dict[tuple[str, int], tuple[Run, ...]]:
        return {(line.eid, line.place): line.runs for line in self.lines}

    def of(self, eid: str, place: int = 0) -> tuple[Run, ...]:
        """The runs of a provision's line; none where it was not asked for."""
        return self._by_address.get((eid, place), ())

    def name(self, run: Run) -> str:
        """The class of a run."""
        return name_of(sum(1 << self.bases.index(base) for base in run.bases), self.bases)

    def share(self, eid: str) -> dict[str, float]:
        """Of a provision's words the share of each class, 0..1; nothing where it has none."""
        found = self.shares.get(eid)
        if found is None or not found.words:
            return {}
        return {name: count / found.words for name, count in zip(self.classes, found.counts, strict=True)}

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many words of all that was asked for are of each class."""
        out = dict.fromkeys(self.classes, 0)
        for line in self.lines:
            for run in line.runs:
                out[self.name(run)] += run.words
        return out

    def to_dict(self) -> dict[str, Any]:
        """Plain data; runs of new words are left out, they are what lies between the others."""
        return {
            "bases": list(self.bases),
            "off": self.off or None,
            "remarks": list(self.remarks),
            "classes": list(self.classes),
            "shares": {
                eid: {"words": s.words, **dict(zip(self.classes, s.counts, strict=True))} for eid, s in self.shares.items()
            },
            "runs": [
                {
                    "eId": line.eid,
                    "line": line.place,
                    "start": run.start,
                    "end": run.end,
                    "words": run.words,
                    "class": self.name(run),
                    "sources": [
                        {
                            "base": source.base,
                            "eId": source.provision,
                            "article": source.article,
                            "citation": self.citations[source.base, source.provision],
                        }
                        for source in run.sources
                    ],
                }
                for line in self.lines
                for run in line.runs
                if run.sources
            ],
        }


def name_of(held: int, bases: tuple[str, ...]) -> str:
    """The class of words that the bases have whose bits are set in `held`.

    >>> [name_of(held, ("NAFTA", "TPP")) for held in range(4)]
    ['new', 'NAFTA', 'TPP', 'both']
    >>> name_of(5, ("NAFTA", "TPP", "KORUS"))
    'NAFTA + KORUS'
    """
    if not held:
        return NEW
    names = [name for n, name in enumerate(bases) if held >> n & 1]
    return BOTH if len(names) == len(bases) == 2 else " + ".join(names)
