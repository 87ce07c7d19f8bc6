"""A person's decision on a concordance: what may be decided, and what becomes of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import StoreError
from .concordance import LinkKind
from .document import NONE, Origin, Row, ordered


def decide(rows: Sequence[Row], row: Row) -> tuple[Row, ...]:
    """The rows with a person's; an earlier decision on the same pair gives way to it.

    A confirmed row takes the proposal's kind where its own is empty. Raises StoreError where a pair is confirmed or rejected that
    nothing links, one is added that the engine proposes, or the row contradicts a decision that stands.
    """
    proposed = next((r for r in rows if not r.decided and r.pair == row.pair), None)
    before = decision_on(rows, row.pair)
    name = described(row)
    if row.kind != NONE:
        linked = before is not None and before.origin is not Origin.REJECTED
        if row.origin is Origin.CONFIRMED and proposed is None:
            raise StoreError(
                f"{name} is not proposed, so it cannot be confirmed.",
                cause="the engine does not link the two in the concordance held",
                fix="a link of your own is made with `treaty-diff concordance add`",
            )
        if row.origin is Origin.ADDED and proposed is not None:
            raise StoreError(
                f"{name} is proposed already.",
                cause="the engine links the two",
                fix="`treaty-diff concordance confirm` confirms it",
            )
        if row.origin is Origin.REJECTED and proposed is None and not linked:
            raise StoreError(
                f"There is no link of {name} to reject.",
                cause="neither the engine nor a person links the two",
                fix="see `treaty-diff concordance export` for what is linked",
            )
        row = replace(row, kind=row.kind or (proposed or before or row).kind or str(LinkKind.COUNTERPART))
    for other in _contradicting(rows, row):
        raise StoreError(
            f"{name} contradicts a decision.",
            cause=f"{other.who} decided on {other.when[:10]}: {described(other)}",
            fix="take that decision back first: `treaty-diff concordance withdraw`",
        )
    if before is not None and before == replace(row, when=before.when):
        return tuple(rows)
    return ordered([*(r for r in rows if r is not before), row])


def withdraw(rows: Sequence[Row], pair: tuple[str, str], name: str) -> tuple[Row, ...]:
    """The rows without the decision on a pair (one wId empty: that nothing answers the other); raises StoreError where there is none."""
    before = decision_on(rows, pair)
    if before is None:
        raise StoreError(
            f"There is no decision to take back: {name}.",
            cause="no person has decided on it",
            fix="see `treaty-diff concordance export` for what is decided",
        )
    return tuple(row for row in rows if row is not before)


def decision_on(rows: Sequence[Row], pair: tuple[str, str]) -> Row | None:
    """What a person decided on a pair, None where nothing."""
    return next((row for row in rows if row.decided and row.pair == pair), None)


def described(row: Row) -> str:
    """A row's provisions in words: `Article 1904 ⇄ Article 28.9`, `no counterpart of Article 1904`."""
    if row.subject is None or row.base is None:
        return f"no counterpart of {row.anchors[0].citation}"
    return f"{row.subject.citation} ⇄ {row.base.citation}"


def _contradicting(rows: Sequence[Row], row: Row) -> list[Row]:
    """Decisions that cannot stand beside this one: a link of a provision that nothing answers."""
    if row.origin is Origin.REJECTED:
        return []
    standing = [r for r in rows if r.decided and r.origin is not Origin.REJECTED and r.pair != row.pair]
    if row.kind == NONE:
        at = 0 if row.subject is not None else 1
        return [r for r in standing if r.kind != NONE and r.pair[at] == row.pair[at]]
    return [r for r in standing if r.kind == NONE and (row.pair[0] in r.pair or row.pair[1] in r.pair)]
