"""What compares the texts of a site: everything that is of a whole text is worked out once, however many pages rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from ...align.assignment import prepare
from ...align.corresponding import correspondence
from ...align.memo import Memo
from ...beside import beside
from ...redline.lineage import Lineage, lineage
from ...redline.lineage.part import part
from .material import Material, Work, alike

if TYPE_CHECKING:
    from ...align import Concordance
    from ...align.document import Row
    from ...text.model import Provision, Treaty
    from .redlines import Asked

_CUT = 2
"""To so many texts a treaty's words are traced as a whole, and a chapter's cut from that."""


class Engine:
    """Compares with what the store has decided; `memo` has what was aligned before, `processes` may work at once."""

    def __init__(self, material: Material, memo: Memo, processes: int) -> None:
        self._material = material
        self._memo = memo
        self._answers: dict[tuple[int, int], Concordance] = {}
        prepare([(a.treaty, b.treaty) for a, b in self._pairs()], memo, processes)
        self._tracing = beside(self._lineage) if processes > 1 else self._lineage

    def _pairs(self) -> list[tuple[Work, Work]]:
        """The texts that are aligned, subject first."""
        m = self._material
        out = [pair for other in m.others for pair in ((m.home, other), (other, m.home))]
        out += [(proposal, base) for proposal in m.proposals for base in (m.home, *m.others)]
        out += [(later, earlier) for works in m.topics().values() for earlier, later in combinations(works, 2)]
        out += [(work, m.earlier[work.id][-1]) for work in m.proposals if m.earlier[work.id]]
        return [pair for pair in out if alike(*pair)]

    def answers(self, subject: Treaty, base: Treaty) -> Concordance:
        """Which base article answers which of the subject, over both texts whole."""
        key = id(subject), id(base)
        if key not in self._answers:
            self._answers[key] = self._between(subject, base, (subject.root,), (base.root,))
        return self._answers[key]

    def rows(self, subject: Treaty, base: Treaty) -> tuple[Row, ...]:
        """The concordance of two treaties: the store's document, else what the engine proposes now."""
        from ...align.review import Side, propose

        held = self._material.decisions.get((subject.meta.treaty, base.meta.treaty))
        return held if held is not None else propose(Side(subject), Side(base), self.answers(subject, base), ())

    def _between(self, subject: Treaty, base: Treaty, scope: Sequence[Provision], base_scope: Sequence[Provision]) -> Concordance:
        rows = self._material.decisions.get((subject.meta.treaty, base.meta.treaty))
        return correspondence(subject, base, scope, base_scope, rows=rows, memo=self._memo)

    def concordances(self, subject: Asked, bases: Sequence[Asked]) -> list[Concordance]:
        """Which article of each base answers which of the subject, of what is compared."""
        return [self._between(subject.text, base.text, subject.scope, base.scope) for base in bases]

    @cached_property
    def _whole(self) -> Lineage:
        return self._tracing()

    def ready(self) -> None:
        """Wait for what is being worked out beside: processes that are forked from now on have it."""
        _ = self._whole

    def _lineage(self) -> Lineage:
        """The lineage of the treaty that is renegotiated, to the others."""
        m = self._material
        others = [other.treaty for other in m.others if alike(other, m.home)]
        return lineage(m.home.treaty, others, concordances=[self.answers(m.home.treaty, other) for other in others])

    def traced(self, subject: Asked, bases: Sequence[Asked], concordances: Sequence[Concordance]) -> Lineage:
        """Which of the subject's words were copied from which base."""
        m = self._material
        others = [other.treaty for other in m.others if alike(other, m.home)]
        texts = [base.text for base in bases]
        whole = all(base.scope == (base.text.root,) for base in bases)
        if subject.text is m.home.treaty and len(texts) <= _CUT and whole and list(map(id, texts)) == list(map(id, others)):
            return part(self._whole, subject.scope)
        return lineage(subject.text, texts, scope=subject.scope, concordances=concordances)
