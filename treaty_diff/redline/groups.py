"""Which articles are compared together: each text's article in one place only, so that no word is counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..align import Concordance, Link


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of both texts whose lines are compared together, by eId; the first of each side answer each other best.

    Several subjects where they share their best answer, several bases where the further ones answer nothing better.
    """

    bases: tuple[str, ...]
    subjects: tuple[str, ...]


def groups(concordance: Concordance, subject: Sequence[str], base: Sequence[str]) -> list[Group]:
    """The linked articles in groups, in the order of the subject's; `subject` and `base` are all eIds in their order."""
    place = {eid: n for n, eid in enumerate(base)}
    best: dict[str, Link] = {}
    for link in concordance.links:
        best.setdefault(link.subject, link)
    of: dict[str, list[str]] = {}
    for eid in subject:
        if eid in best:
            of.setdefault(best[eid].base, []).append(eid)
    home: dict[str, Link] = {}
    for link in concordance.links:
        if link.base not in of and (link.base not in home or link.score > home[link.base].score):
            home[link.base] = link
    further: dict[str, list[str]] = {}
    for other, link in home.items():
        further.setdefault(best[link.subject].base, []).append(other)
    out = []
    for first, subjects in of.items():
        main = max(subjects, key=lambda eid: best[eid].score)
        rest = sorted(further.get(first, ()), key=lambda eid: place.get(eid, -1))
        out.append(Group((first, *rest), (main, *(eid for eid in subjects if eid != main))))
    return out
