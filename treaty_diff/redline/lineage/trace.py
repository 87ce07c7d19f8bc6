"""From a text and some bases to its lineage: streams, copied runs, lines, shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...align.concordance import Concordance
from ...languages import name as language_name
from ...text.index import indexed
from ...text.model import ANNEXES, CONTAINERS, Edition, Provision, Treaty
from .config import LineageConfig
from .copying import copied, telling
from .places import Places
from .result import Lineage, Run, Share, Source, TracedLine, name_of
from .words import Part, Stream, Vocabulary, stream

if TYPE_CHECKING:
    from .words import Flags, Numbers

_ARTICLE = re.compile(r"^[Tt]he ")


def names_of(bases: Sequence[Treaty]) -> tuple[str, ...]:
    """A name for each base, by which its class is called; texts of one treaty are told apart by their expression."""
    short = [_ARTICLE.sub("", base.meta.name) for base in bases]
    told = [f"{name} {base.meta.expression}" if short.count(name) > 1 else name for name, base in zip(short, bases, strict=True)]
    return tuple(f"{name} ({n + 1})" if told.count(name) > 1 else name for n, name in enumerate(told))


def _off(subject: Treaty, bases: Sequence[Treaty]) -> str:
    """Why nothing can be traced, empty where it can."""
    if not bases:
        return "Lineage is off: no text to trace the words to was named."
    for treaty in (subject, *bases):
        about = treaty.meta.name[:1].upper() + treaty.meta.name[1:]
        if treaty.meta.edition == Edition.RESTATEMENT:
            return f"Lineage is off: {about} is a restatement in our own words, so its wording shows nothing of who copied what."
        if treaty.meta.edition == Edition.RECONSTRUCTION:
            return f"Lineage is off: {about} is a reconstruction from public reports, so its wording is not the authors'."
        if treaty.meta.language != subject.meta.language:
            return (
                f"Lineage is off: {about} is in {language_name(treaty.meta.language)} and "
                f"{subject.meta.name} in {language_name(subject.meta.language)}."
            )
    return ""


def _remarks(bases: Sequence[Treaty], names: Sequence[str]) -> tuple[str, ...]:
    """What of the bases could not be looked through."""
    out = []
    for base, name in zip(bases, names, strict=True):
        missing = sum(not article.held for article in base.articles())
        if missing:
            what = f"{missing} articles are" if missing > 1 else "1 article is"
            out.append(f"{name}: {what} held as a heading only; words copied from there are called new.")
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Cut:
    """The runs of the lines that are asked for: parallel arrays; `key` is a run's first key, `last` its last."""

    key: Numbers
    last: Numbers
    line: Numbers
    words: Numbers
    held: Numbers


def _cut(subject: Stream, asked: Flags, places: Sequence[Numbers]) -> _Cut:
    """Cut the words into runs: at lines' ends, and where a base begins or ceases to have them, or has them in another place."""
    import numpy as np

    keys = np.flatnonzero(asked & (subject.words > 0))
    line = subject.line[keys]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = line[1:] != line[:-1]
    held = np.zeros(len(keys), dtype=np.int64)
    for n, place in enumerate(places):
        at = place[keys]
        goes_on = (at[1:] >= 0) & (at[1:] - at[:-1] == keys[1:] - keys[:-1]) & (at[:-1] >= 0)
        fresh[1:] |= ~goes_on & ((at[1:] >= 0) | (at[:-1] >= 0))
        held |= (at >= 0).astype(np.int64) << n
    first = np.flatnonzero(fresh)
    words = np.add.reduceat(subject.words[keys], first) if len(first) else np.zeros(0, dtype=np.int64)
    return _Cut(keys[first], keys[np.append(first[1:], len(keys)) - 1] if len(first) else first, line[first], words, held[first])


def _shares(scope: Sequence[Provision], own: dict[str, list[int]], classes: int) -> dict[str, Share]:
    """The words of each provision with all below it, by class."""
    out: dict[str, Share] = {}

    def add(p: Provision) -> list[int]:
        out[p.eid] = Share(0, ())  # in reading order
        alone = list(own.get(p.eid, [0] * classes))
        total = alone
        for child in p.children:
            below = add(child)
            total = list(map(int.__add__, total, below))
            if child.kind not in ANNEXES or p.kind in CONTAINERS or p.kind in ANNEXES:
                alone = list(map(int.__add__, alone, below))
        out[p.eid] = Share(sum(alone), tuple(alone))
        return total

    for p in scope:
        add(p)
    return out


def _sources(cut: _Cut, place: Numbers, base: Stream, name: str) -> list[Source | None]:
    """Where each run stands in a base."""
    import numpy as np

    out: list[Source | None] = [None] * len(cut.key)
    at = place[cut.key]
    which = np.flatnonzero(at >= 0)
    known: dict[tuple[int, int], Source] = {}
    for n, line, unit in zip(which.tolist(), base.line[at[which]].tolist(), base.unit[at[which]].tolist(), strict=True):
        source = known.get((line, unit))
        if source is None:
            known[line, unit] = source = Source(name, base.lines[line].provision.eid, base.units[unit])
        out[n] = source
    return out


def _held(found: Numbers, bases: int) -> dict[int, int]:
    """The classes in order, by the bits of the bases that have the words: each base, several together, none."""
    import numpy as np

    seen = set(np.unique(found).tolist()) | {1 << n for n in range(bases)} | ({3} if bases == 2 else set())
    return {held: n for n, held in enumerate([*sorted(seen - {0}, key=lambda held: (held.bit_count(), held)), 0])}


def _lines(cut: _Cut, sources: Sequence[Sequence[Source | None]], subject: Stream) -> tuple[TracedLine, ...]:
    """The lines with their runs."""
    places = Places(subject)
    runs = [
        Run(begin, end, words, tuple([source for source in some if source is not None]))
        for begin, end, words, *some in zip(
            places.begins(cut.key), places.ends(cut.last), cut.words.tolist(), *sources, strict=True
        )
    ]
    lines = cut.line.tolist()
    fresh = [n for n, line in enumerate(lines) if not n or lines[n - 1] != line]
    out = []
    for first, end in pairwise([*fresh, len(runs)]):
        part = subject.lines[lines[first]]
        out.append(TracedLine(part.provision.eid, part.place, tuple(runs[first:end])))
    return tuple(out)


def _own(cut: _Cut, classes: dict[int, int], lines: Sequence[Part]) -> dict[str, list[int]]:
    """The words of each provision's own lines, by class."""
    out: dict[str, list[int]] = {}
    for line, words, held in zip(cut.line.tolist(), cut.words.tolist(), cut.held.tolist(), strict=True):
        out.setdefault(lines[line].provision.eid, [0] * len(classes))[classes[held]] += words
    return out


def _citations(bases: Sequence[Treaty], sources: Sequence[Sequence[Source | None]]) -> dict[tuple[str, str], str]:
    """How each source is cited, the article that it is in, too."""
    out = {}
    for base, row in zip(bases, sources, strict=True):
        found = dict.fromkeys(source for source in row if source is not None)
        index = indexed(base) if found else None
        for source in found:
            assert index is not None
            for eid in (source.provision, source.article):
                if (source.base, eid) not in out:
                    out[source.base, eid] = index.citation(index.by_eid[eid])
    return out


def _answers(concordance: Concordance | None) -> set[tuple[str, str]]:
    """Which article answers which: eIds of the subject and the base."""
    if concordance is None:
        return set()
    return {(link.subject, link.base) for link in (*concordance.links, *concordance.outside)}


def lineage(
    subject: Treaty,
    bases: Sequence[Treaty],
    *,
    names: Sequence[str] = (),
    scope: Sequence[Provision] = (),
    concordances: Sequence[Concordance | None] = (),
    config: LineageConfig | None = None,
) -> Lineage:
    """Which words of `subject` were copied from which of `bases`.

    `names` call the bases (else their own names do); `scope` are the provisions asked for (else all), whose marks are those they
    have in the whole; `concordances` say, base by base, which article answers which (subject to base), so that of several
    articles with the same words the answering one is cited. What is marked for one base does not depend on the others. The result
    says why it is empty where a text is not the treaty's own words or is in another language. Raises ValueError where names or
    concordances are not one a base, or two names are alike.
    """
    import numpy as np

    config = config or LineageConfig()
    called = tuple(names) or names_of(bases)
    if len(set(called)) != len(bases) or len(called) != len(bases) or len(concordances) not in (0, len(bases)):
        raise ValueError("every base has a name of its own and a concordance, or none has")
    off = _off(subject, bases)
    if off:
        return Lineage(called, off=off)
    vocabulary = Vocabulary()
    mine = stream(subject.root, vocabulary)
    streams = [stream(base.root, vocabulary) for base in bases]
    content = telling(vocabulary, subject.meta.language)
    wanted = tuple(scope) or (subject.root,)
    asked_lines = np.ones(len(mine.lines), dtype=bool)
    if scope:
        inside = {p.eid for top in scope for p in top.walk()}
        asked_lines = np.array([part.provision.eid in inside for part in mine.lines], dtype=bool)
    units = np.zeros(len(mine.units), dtype=bool)
    units[mine.unit[asked_lines[mine.line]]] = True
    answers = [_answers(c) for c in concordances] or [set()] * len(bases)
    places = [
        copied(mine, base, content, units[mine.unit], answer, config) for base, answer in zip(streams, answers, strict=True)
    ]
    cut = _cut(mine, asked_lines[mine.line], places)
    classes = _held(cut.held, len(bases))
    sources = [_sources(cut, *found) for found in zip(places, streams, called, strict=True)]
    return Lineage(
        bases=called,
        classes=tuple(name_of(held, called) for held in classes),
        lines=_lines(cut, sources, mine),
        shares=_shares(wanted, _own(cut, classes, mine.lines), len(classes)),
        citations=_citations(bases, sources),
        remarks=_remarks(bases, called),
    )
