"""Duties, rights and statements: which grew stronger or weaker, which became another kind, which are new or gone.

Two clauses are weighed only inside a kind; from one kind to another is a change of kind. An item without a binding word of
its own has that of the words before its list; a change there is said once and names the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .annotation import Annotation, Kind
from .clauses import EFFORT, SHALL, Bind, Clause, like, same_verb
from .config import SAME_ROLE
from .line import Line
from .pairs import matched
from .rows import Sheet
from .sentences import listed, opened, quoted, within
from .words import codes, stems
from .world import World

_HAS = {Bind.DUTY: "duty", Bind.RIGHT: "right", Bind.STATEMENT: "statement"}
_REPLACED = 0.7
"""The share of a clause's characters behind its binding word that changed, from which another thing is bidden."""
_WORTH = {Bind.DUTY: 2, Bind.RIGHT: 1, Bind.STATEMENT: 0}


def read(sheet: Sheet, world: World) -> Iterator[Annotation]:
    """What the changes of an article do to what binds."""
    speaker = _Duties(sheet, world)
    for n in range(len(sheet.pairs)):
        if sheet.compared(n):
            yield from speaker.changed(n)
        for side in (0, 1):
            if sheet.lone(n, side):
                yield from speaker.alone(n, side)
        if sheet.lone(n, 1) and not sheet.weak(n):
            yield from speaker.chapeau(n)


@dataclass(slots=True)
class _Duties:
    sheet: Sheet
    world: World

    def changed(self, n: int) -> Iterator[Annotation]:
        """The clauses of a line on both sides, as they answer each other."""
        sheet = self.sheet
        pair = sheet.pairs[n]
        left, right = pair.lines[0].clauses, pair.lines[1].clauses
        if not left and not right:
            return
        for old, new in matched(pair, left, right, like):
            if old is not None and new is not None:
                if self.replaced(n, old, new):
                    yield from (self.lone(n, k, c) for k, c in ((0, old), (1, new)) if not self.idle(n, k, c))
                else:
                    yield from self.weighed(n, old, new)
                continue
            side, clause = (0, old) if old is not None else (1, new)
            assert clause is not None
            share = pair.share_changed(side, clause.start, clause.right)
            if clause.kind is Bind.STATEMENT or not pair.changed(side, clause.start, clause.end):
                continue
            held = self.holding(n, 1 - side)
            if held is not None and held.kind is clause.kind and held.negative == clause.negative:
                continue
            if share < 0.5:
                # the words stayed and only the binding word went: they are said, not bidden
                continue
            if self.idle(n, side, clause):
                continue
            yield self.lone(n, side, clause)

    def replaced(self, n: int, old: Clause, new: Clause) -> bool:
        """Whether behind one binding word something else altogether is bidden or allowed."""
        if Bind.STATEMENT in (old.kind, new.kind) or old.kind is not new.kind or same_verb(old, new):
            return False
        pair = self.sheet.pairs[n]
        return min(pair.share_changed(0, old.end, old.right), pair.share_changed(1, new.end, new.right)) >= _REPLACED

    def weighed(self, n: int, old: Clause, new: Clause) -> Iterator[Annotation]:
        """What two clauses that answer each other differ in."""
        pair = self.sheet.pairs[n]
        found = verdict(old, new, pair.changed(0, old.start, old.end) or pair.changed(1, new.start, new.end))
        if found is not None:
            rule, severity, opening = found
            said = f"{opening}: {self.both(old, new, pair.texts[0], pair.texts[1])}.{self.governs(n)}"
            yield self.sheet.made(rule, Kind.DUTY, severity, said, n, (old.start, old.end), (new.start, new.end))
        if found is None or found[0] != "duty-reversed":
            yield from self.other(n, old, new)

    def both(self, old: Clause, new: Clause, before: str, after: str) -> str:
        """Who acts, the new words, the old ones."""
        most = self.world.config.quoted
        if old.forbids != new.forbids:
            return (
                f"{quoted(after[new.opening : new.right], most + 4)}; before, {quoted(before[old.opening : old.right], most + 4)}"
            )
        who = within(new.who or old.who)
        said = f"{quoted(after[new.start : new.right], most)}; before, {quoted(before[old.start : old.right], most)}"
        return f"{who} {said}" if who else said

    def chapeau(self, n: int) -> Iterator[Annotation]:
        """Words before a list that the redline has as gone and new though the list stayed: `Each Party shall:`, `Each Party should:`."""
        sheet = self.sheet
        held = sheet.held[1][n]
        m = next((k for k in range(n - 1, -1, -1) if sheet.lone(k, 0) and not sheet.lone(k, 1)), -1)
        if not held or m < 0 or sheet.held[0][m] != held:
            return
        left, right = (sheet.pairs[k].lines[s].clauses[-1:] for s, k in ((0, m), (1, n)))
        found = verdict(left[0], right[0], True) if left and right else None
        if found is not None:
            rule, severity, opening = found
            old, new = left[0], right[0]
            said = f"{opening}: {self.both(old, new, sheet.pairs[m].texts[0], sheet.pairs[n].texts[1])}.{self.governs(n)}"
            made = sheet.made(rule, Kind.DUTY, severity, said, n, None, (new.start, new.end))
            yield replace(made, base=sheet.place(m, 0))

    def other(self, n: int, old: Clause, new: Clause) -> Iterator[Annotation]:
        """Somebody else who must or may act."""
        pair = self.sheet.pairs[n]
        if not old.actor or not new.actor or old.actor == new.actor or old.passive or new.passive or old.kind is not new.kind:
            return
        if old.kind is Bind.STATEMENT or frozenset({old.actor, new.actor}) in SAME_ROLE:
            return
        if not same_verb(old, new):
            return
        word = "must" if new.kind is Bind.DUTY else "may"
        yield self.sheet.made(
            "actor-changed", Kind.DUTY, 4,
            f"Somebody else {word} act: {within(new.who)} {quoted(pair.texts[1][new.start : new.right], self.world.config.quoted)}; before, {within(old.who)}.{self.governs(n)}",
            n, (old.start, old.end), (new.start, new.end),
        )  # fmt: skip

    def alone(self, n: int, side: int) -> Iterator[Annotation]:
        """A provision that stands on one side only: its weightiest clause, once for it and all that it holds."""
        sheet = self.sheet
        up = sheet.ups[side][n]
        if up >= 0 and sheet.lone(up, side):
            return
        pair = sheet.pairs[n]
        mine = pair.sides[side]
        if mine is not None and (mine.kind == "definition" or mine.note):
            return
        there = pair.lines[1 - side].clauses
        found = [
            c
            for c in pair.lines[side].clauses
            if c.kind is not Bind.STATEMENT
            and not any(c.kind is other.kind and like(c, other) >= 1.0 for other in there)
            and not self.idle(n, side, c)
        ]
        if not found:
            return
        best = max(found, key=lambda c: (not c.relative, _WORTH[c.kind], bool(c.actor), c.strength, -c.start))
        yield self.lone(n, side, best, len(found) - 1)

    def idle(self, n: int, side: int, clause: Clause) -> bool:
        """Whether the other side says what a clause says, or the clause alone says nothing."""
        sheet = self.sheet
        own = sheet.pairs[n].lower[side][clause.end : clause.right]
        if sheet.held[side][n] and clause.relative:
            return True
        if not sheet.held[side][n] and own.rstrip(" ,:;\n").endswith(" that"):
            return True
        modal = "shall" if clause.kind is Bind.DUTY else "may"
        below = [sheet.pairs[k].lines[side] for k in sheet.held[side][n]]
        if below and self.mostly(below, 1 - side):
            return True
        return (not below or len(stems(codes(own))) > 1) and self.world.said(1 - side, own, modal)

    def mostly(self, lines: Sequence[Line], side: int) -> bool:
        """Whether a side has at least half of some lines."""
        there = left = len(lines)
        for line in lines:
            left -= 1
            there -= not self.world.has_line(side, line)
            if 2 * there < len(lines) or 2 * (there - left) >= len(lines):
                break
        return 2 * there >= len(lines)

    def lone(self, n: int, side: int, clause: Clause, more: int = 0) -> Annotation:
        """A clause that nothing answers."""
        sheet, most = self.sheet, self.world.config.quoted
        text = sheet.pairs[n].texts[side]
        words = text[clause.start : clause.right]
        below = sheet.held[side][n]
        if below and len(words.split()) < most and clause.right >= len(text.rstrip()) - 1:
            first = sheet.pairs[below[0]]
            words = f"{words.strip()} {first.texts[side][first.number(side) :].strip()}"
        who = within(clause.who)
        if clause.kind is Bind.DUTY:
            rule, opening = ("duty-dropped", "Duty dropped") if side == 0 else ("duty-created", "New duty")
            severity = 4 if clause.strength == SHALL and clause.actor else 3
        else:
            rule, opening = ("right-lost", "Right lost") if side == 0 else ("right-gained", "New right")
            severity = 4 if clause.actor in _OUTSIDERS or "party" in clause.actor else 3
        said = f"{opening}: {f'{who} ' if who else ''}{quoted(words, most)}"
        names = sheet.names([k for k in below if (item := sheet.pairs[k].sides[side]) is not None and not item.note], side)
        if len(names) > 1:
            said += f", in {listed(names, self.world.config.listed)}"
        if more:
            said += f", and {more} more in this provision" if more > 1 else ", and one more in this provision"
        span = (clause.start, clause.right)
        return sheet.made(rule, Kind.DUTY, severity, f"{opened(said)}.", n, span if side == 0 else None, span if side else None)

    def holding(self, n: int, side: int) -> Clause | None:
        """The clause that an item without a binding word of its own has from the words before its list."""
        up = self.sheet.ups[side][n]
        while up >= 0:
            pair = self.sheet.pairs[up]
            found = pair.lines[side].clauses
            if found:
                return found[-1]
            up = self.sheet.ups[side][up]
        return None

    def governs(self, n: int) -> str:
        """What a changed line's change reaches: the items below it."""
        side = 1 if self.sheet.held[1][n] else 0
        names = self.sheet.names(self.sheet.held[side][n], side)
        return f" It governs {listed(names, self.world.config.listed)}." if len(names) > 1 else ""


_OUTSIDERS = frozenset(
    {"investor", "claimant", "exporter", "importer", "producer", "supplier", "person", "enterprise", "applicant"}
)


def _weight(clause: Clause) -> int:
    """The strength of a right, 1 of what is forbidden on a condition only, 0 of the rest: `no … may … unless` is `may … only if`."""
    return clause.strength if clause.kind is Bind.RIGHT else int(clause.unless)


def verdict(old: Clause, new: Clause, changed: bool) -> tuple[str, int, str] | None:
    """What became of a clause: rule, severity, the words with which it is said; None where nothing did.

    `changed` is whether the binding word itself did.
    """
    if old.kind is not new.kind:
        weights = _weight(old), _weight(new)
        if all(weights):
            if weights[0] == weights[1]:
                return None
            return ("right-widened", 4, "Wider right") if weights[0] < weights[1] else ("right-narrowed", 4, "Narrower right")
        stated = Bind.STATEMENT in (old.kind, new.kind)
        if stated and (not changed or (Bind.DUTY in (old.kind, new.kind) and not (old.actor and new.actor))):
            return None
        return "kind-changed", 4, f"A {_HAS[old.kind]} became a {_HAS[new.kind]}"
    if old.negative != new.negative and old.kind is not Bind.STATEMENT:
        if not same_verb(old, new) or old.passive != new.passive:
            return None
        return "duty-reversed", 5, f"Now {'forbidden' if new.negative else 'required' if new.kind is Bind.DUTY else 'allowed'}"
    if old.strength != new.strength and (changed or old.kind is Bind.RIGHT):
        up = new.strength > old.strength
        if old.kind is Bind.DUTY:
            return ("duty-strengthened", 4, "Stronger duty") if up else ("duty-weakened", 4, "Weaker duty")
        if old.kind is Bind.RIGHT:
            return ("right-widened", 4, "Wider right") if up else ("right-narrowed", 4, "Narrower right")
        return "statement-changed", 2, "Statement of another weight"
    if old.kind is Bind.DUTY and min(old.strength, new.strength) >= EFFORT:
        more, less = sorted(set(new.hedges) - set(old.hedges)), sorted(set(old.hedges) - set(new.hedges))
        if more and not less:
            return "hedge-added", 3, f"A duty is loosened ({listed(more, 3)})"
        if less and not more:
            return "hedge-dropped", 3, f"A duty is no longer loosened ({listed(less, 3)})"
    return None
