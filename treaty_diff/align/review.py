"""What persons decided, laid over what the engine finds.

A row is anchored in a text by the `wId` of its provisions, and by the sha256 of their words: where those have changed since
a person read them, the decision still counts and is called stale; where a provision is not held, it counts for nothing, and is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from ..text import plain
from ..text.index import indexed
from ..text.model import Provision, Treaty
from .concordance import Concordance, Decision, Link, LinkKind, Near, in_order
from .document import Anchor, Origin, Row, ordered
from .features import units

_NEAREST = 3


class Side:
    """One text as rows are anchored in it: its articles and annexes by `wId` and by eId, in order."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self.index = indexed(treaty)
        self.meta = treaty.meta
        self.units = tuple(p for p, _ in units(treaty))
        self.held = {_wid(p): p for p in self.units if p.held}

    @property
    def expression(self) -> str:
        """Edition, language and legal date, as the store's folders have them."""
        return f"{self.meta.edition}/{self.meta.expression}"

    def anchor(self, provision: Provision) -> Anchor:
        """Where a row about a provision is anchored."""
        return Anchor(_wid(provision), self.index.citation(provision), _digest(provision), self.expression)

    def change(self, anchor: Anchor) -> str:
        """What has become of the text that a person read, in words; empty where it is the same."""
        provision = self.held.get(anchor.wid)
        if provision is None:
            return f"{anchor.citation} is not held in {self.expression}"
        if _digest(provision) == anchor.sha256:
            return ""
        if anchor.expression == self.expression:
            return f"the text of {anchor.citation} has changed since"
        return f"{anchor.citation} was read in {anchor.expression}, and {self.expression} reads differently"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's row as it stands against two texts: eIds (None where a side is none), what changed; `lost` counts for nothing."""

    row: Row
    subject: str | None
    base: str | None
    change: str
    lost: bool

    @property
    def decision(self) -> Decision:
        """Who decided, when and why, and whether the text is still the one that was read."""
        return Decision(str(self.row.origin), self.row.who, self.row.when, self.row.note, self.change)

    def sentence(self) -> str:
        """What a reader must know of the row; empty where it stands as it was decided."""
        if not self.change:
            return ""
        row = self.row
        if row.subject is None or row.base is None:
            what = f"That nothing answers {row.anchors[0].citation} (confirmed by {row.who})"
        else:
            what = f"The link of {row.subject.citation} with {row.base.citation} ({row.origin} by {row.who})"
        return f"{what} {'does not count' if self.lost else 'is stale'}: {self.change}."


def _wid(provision: Provision) -> str:
    return provision.wid or provision.eid


def _digest(provision: Provision) -> str:
    return sha256(plain.text(plain.alone(provision)).encode()).hexdigest()


def propose(subject: Side, base: Side, concordance: Concordance, held: Iterable[Row]) -> tuple[Row, ...]:
    """The document anew: what the engine finds now, and each row of a person as it was."""
    found = [
        Row(
            subject.anchor(subject.index.by_eid[link.subject]),
            base.anchor(base.index.by_eid[link.base]),
            Origin.PROPOSED,
            str(link.kind),
            link.score,
        )
        for link in concordance.links
    ]
    return ordered([*found, *(row for row in held if row.decided)])


def standings(subject: Side, base: Side, rows: Iterable[Row]) -> Iterator[Standing]:
    """How the rows of persons stand against two texts, in the document's order."""
    for row in rows:
        if not row.decided:
            continue
        here = subject.held.get(row.subject.wid) if row.subject else None
        there = base.held.get(row.base.wid) if row.base else None
        lost = (row.subject is not None and here is None) or (row.base is not None and there is None)
        changes = [side.change(a) for side, a in ((subject, row.subject), (base, row.base)) if a is not None]
        yield Standing(
            row,
            here.eid if here is not None else None,
            there.eid if there is not None else None,
            "; ".join(filter(None, changes)),
            lost,
        )


def open_proposals(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The engine's rows that no person has answered: neither the pair, nor that one of its provisions stands alone."""
    answered = {row.pair for row in rows if row.decided}
    return tuple(
        row
        for row in rows
        if not row.decided
        and row.pair not in answered
        and (row.pair[0], "") not in answered
        and ("", row.pair[1]) not in answered
    )


def recorded(subject: Side, base: Side, rows: Iterable[Row]) -> Concordance:
    """The correspondence that the document itself proposes, without running the engine again; `nearest` is not known."""
    links = []
    for row in rows:
        here = subject.held.get(row.pair[0])
        there = base.held.get(row.pair[1])
        if not row.decided and here is not None and there is not None:
            links.append(Link(here.eid, there.eid, LinkKind(row.kind), row.score or 0.0))
    answered = {k.base for k in links}
    return Concordance(
        links=tuple(in_order(links, [p.eid for p in subject.units], [p.eid for p in base.units])),
        nearest={p.eid: () for p in subject.units if p.held},
        unanswered=tuple(p.eid for p in base.units if p.held and p.eid not in answered),
        not_held_subject=tuple(p.eid for p in subject.units if not p.held),
        not_held_base=tuple(p.eid for p in base.units if not p.held),
    )


def apply(subject: Side, base: Side, concordance: Concordance, rows: Iterable[Row]) -> Concordance:
    """A correspondence with what persons decided in the place of what the engine found, inside the same scope.

    Confirmed links carry the decision, rejected ones are gone and stand among the nearest, added ones are in;
    a provision that a person says nothing answers has no link.
    """
    offered = {k.base for k in concordance.links} | set(concordance.unanswered)
    links = {(k.subject, k.base): k for k in concordance.links}
    nearest = dict(concordance.nearest)
    alone: dict[str, Decision] = {}
    alone_base: dict[str, Decision] = {}
    said = []
    for standing in standings(subject, base, rows):
        row, a, b = standing.row, standing.subject, standing.base
        if standing.lost:
            # What is outside the scope is no business of this comparison, and what is nowhere has no scope.
            if (a is None or a in nearest) and (b is None or b in offered):
                said.append(standing.sentence())
            continue
        if (a is not None and a not in nearest) or (b is not None and b not in offered):
            continue
        if standing.change:
            said.append(standing.sentence())
        if b is None:
            assert a is not None
            alone[a] = standing.decision
        elif a is None:
            alone_base[b] = standing.decision
        elif row.origin is Origin.REJECTED:
            if (gone := links.pop((a, b), None)) is not None:
                nearest[a] = _nearer(nearest[a], gone, standing.decision)
        else:
            known = links.get((a, b))
            links[a, b] = Link(
                a,
                b,
                LinkKind(row.kind),
                known.score if known is not None else 1.0,
                known.evidence if known is not None else (),
                standing.decision,
            )
            nearest[a] = tuple(n for n in nearest[a] if n.base != b)
    kept = []
    for link in links.values():
        if link.decision is None and (link.subject in alone or link.base in alone_base):
            nearest[link.subject] = _nearer(nearest[link.subject], link, None)
        else:
            kept.append(link)
    answered = {k.base for k in kept}
    in_base = [p.eid for p in base.units]
    return replace(
        concordance,
        links=tuple(in_order(kept, [p.eid for p in subject.units], in_base)),
        nearest=nearest,
        unanswered=tuple(eid for eid in in_base if eid in offered and eid not in answered),
        alone=alone,
        alone_base=alone_base,
        said=tuple(said),
    )


def _nearer(near: Sequence[Near], gone: Link, rejection: Decision | None) -> tuple[Near, ...]:
    """The nearest with a link among them that does not count any more, for a person decided so."""
    return tuple(sorted([Near(gone.base, gone.score, rejection), *near], key=lambda n: -n.score)[:_NEAREST])
