"""Which part, chapter or section of one text answers which of the other: their headings are compared, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..align import Concordance
from ..align.features import members
from ..text.index import Index
from ..text.model import CONTAINERS, Kind, Provision, Treaty
from ..text.once import once

Pair = tuple[tuple[str, ...], tuple[str, ...]]
"""eIds that go together: of the base, of the subject; each holds one, or one is empty."""

_KINDS = sorted(CONTAINERS - {Kind.TREATY})


def containers(
    subject: Index, scope: Sequence[Provision], base: Index, concordance: Concordance, gone: Sequence[str]
) -> tuple[Pair, ...]:
    """The parts, chapters and sections of the scope with what answers them, then those of the base that are gone.

    Two of one kind answer each other where each has more articles that answer the other's than any third has. One of the base is
    gone where all its articles are.
    """
    asked = [p for top in scope for p in top.walk() if p.kind in _KINDS and _named(p)]
    if not asked:
        return ()
    there: dict[str, Counter[str]] = {}
    here: dict[str, Counter[str]] = {}
    for link in {link.subject: link for link in reversed(concordance.links)}.values():
        for mine, theirs in _around(subject, link.subject, base, link.base):
            there.setdefault(mine, Counter())[theirs] += 1
            here.setdefault(theirs, Counter())[mine] += 1
    out: list[Pair] = []
    answering: set[str] = set()
    for p in asked:
        best = _most(there.get(p.eid))
        mutual = best if best and _most(here[best]) == p.eid else ""
        answering.add(mutual)
        out.append(((mutual,) if mutual else (), (p.eid,)))
    lost = set(gone)
    out += [((eid,), ()) for eid, inside in _inside(base.treaty) if eid not in answering and lost.issuperset(inside)]
    return tuple(out)


@once
def _inside(treaty: Treaty) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts, chapters and sections that hold articles or annexes, with these: eIds, in reading order."""
    found = ((p.eid, tuple(m.eid for m, _ in members((p,)))) for p in treaty.walk() if p.kind in _KINDS and _named(p))
    return tuple((eid, inside) for eid, inside in found if inside)


def _named(p: Provision) -> bool:
    return bool(p.label or p.title)


def _around(right: Index, subject: str, left: Index, base: str) -> Iterator[tuple[str, str]]:
    """What holds two articles that answer each other, kind by kind."""
    for kind in _KINDS:
        mine = right.enclosing(right.by_eid[subject], kind)
        theirs = left.enclosing(left.by_eid[base], kind)
        if mine is not None and theirs is not None:
            yield mine.eid, theirs.eid


def _most(votes: Counter[str] | None) -> str:
    return votes.most_common(1)[0][0] if votes else ""
