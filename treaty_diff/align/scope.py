"""What a comparison is of: whole articles, and of the base what counts as gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..text.index import Index
from ..text.model import CONTAINERS, Kind, Provision, Treaty
from .concordance import Concordance
from .features import UNITS, units


def gone(
    subject: Treaty, scope: Sequence[Provision], base: Treaty, base_scope: Sequence[Provision], concordance: Concordance
) -> tuple[str, ...]:
    """The eIds of the base articles that are gone: all unanswered ones for a whole text, else those in the matched chapters.

    A base chapter is matched where at least half of its held articles answer, or at least half of the
    subject's held articles are answered there. Where the base itself is a part of a text, all of
    that part counts; where the subject is less than a section, nothing does. A proposal is a part of a treaty to another
    than the one that it amends.
    """
    if not any(p.kind in CONTAINERS for p in scope):
        return ()
    narrowed = not any(p.kind is Kind.TREATY for p in base_scope)
    proposal = subject.meta.proposal
    part = proposal is not None and base.meta.proposal is None and proposal.scope.amends != base.meta.treaty
    if narrowed or (not part and all(p.kind in (Kind.TREATY, Kind.PART) for p in scope)):
        return concordance.unanswered
    chapter = {p.eid: chapter for p, chapter in units(base)}
    first = {link.subject: link.base for link in reversed(concordance.links)}
    hits = Counter(chapter[eid] for eid in first.values())
    answering = Counter(chapter[eid] for eid in {link.base for link in concordance.links})
    free = Counter(chapter[eid] for eid in concordance.unanswered)
    subjects = len(concordance.nearest)
    inside = {c for c in hits if 2 * answering[c] >= answering[c] + free[c] or 2 * hits[c] >= subjects}
    return tuple(eid for eid in concordance.unanswered if chapter[eid] in inside)


def whole(index: Index, provisions: Sequence[Provision]) -> tuple[tuple[Provision, ...], tuple[str, ...]]:
    """The provisions with each that is less than an article replaced by the article it stands in, and that said."""
    out: list[Provision] = []
    remarks = []
    for p in provisions:
        holder = p if p.kind in CONTAINERS else index.enclosing(p, *UNITS)
        if holder is not None and holder.eid != p.eid:
            remarks.append(f"{index.citation(p)} is compared with the whole of {index.citation(holder)}.")
        out.append(holder or p)
    return tuple(dict.fromkeys(out)), tuple(remarks)
