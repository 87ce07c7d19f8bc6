"""Which article answers which, with all that has a say: the aligner, what proposals declare, what persons decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..text.index import indexed
from ..text.model import Provision, Treaty
from ..text.scope import gone_within
from . import declared
from .assignment import align
from .concordance import Concordance
from .review import Side, apply

if TYPE_CHECKING:
    from .document import Row
    from .memo import Memo


def correspondence(
    subject: Treaty,
    base: Treaty,
    scope: Sequence[Provision],
    base_scope: Sequence[Provision],
    *,
    rows: Iterable[Row] | None = None,
    memo: Memo | None = None,
) -> Concordance:
    """Which base articles answer which subject articles; of the treaty that a proposal amends only what the proposal replaces or
    deletes is left unanswered.

    `rows` are what persons decided, the subject first (None where there is no such document); `memo` has what was aligned before.
    Raises SelectorError for two treaties in two languages.
    """
    found = align(subject, base, scope=scope, base_scope=base_scope, memo=memo)
    found = declared.apply(subject, base, found)
    if rows is not None:
        found = apply(Side(subject), Side(base), found, rows)
    proposal = subject.meta.proposal
    if proposal is None:
        return found
    inside = gone_within(proposal, indexed(base), base_scope)
    return found if inside is None else replace(found, unanswered=tuple(eid for eid in found.unanswered if eid in inside))
