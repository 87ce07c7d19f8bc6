"""What a bracketed text comes to: for one Party, or for what all have agreed.

A Party's view keeps a bracket that it proposes or supports, or that others oppose and it does not; it drops what it opposes, what it would
delete, and what stands beside an alternative of its own. Where it takes no side it gets the words in force, flagged
*position reserved*: those of a bracket of which somebody proposes the deletion, nothing else. A bracket of which nobody says
whose it is stays as it is, in its brackets, flagged. The agreed view is what stands outside brackets. Notes are in no view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .brackets import Bracket, Node, Note, Verb, Words

RESERVED = "position reserved"
UNSTATED = "origin not stated"
OPEN = "not agreed"


@dataclass(frozen=True, slots=True)
class Flag:
    """What must be said at characters `start:end` of a view; the two are one where words were left out."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class View:
    """A text without attributions, and what must be said of places in it."""

    text: str
    flags: tuple[Flag, ...] = ()


class _Maker:
    def __init__(self, party: str) -> None:
        self.party = party
        self.parts: list[str] = []
        self.flags: list[Flag] = []
        self.at = 0

    def put(self, words: str) -> None:
        self.parts.append(words)
        self.at += len(words)

    def run(self, nodes: Sequence[Node]) -> None:
        for n, node in enumerate(nodes):
            match node:
                case Words(text):
                    self.put(text)
                case Bracket():
                    self.bracket(node, n, nodes)
                case Note():
                    pass

    def bracket(self, node: Bracket, n: int, nodes: Sequence[Node]) -> None:
        start = self.at
        if not self.party:
            self.flags.append(Flag(start, start, OPEN))
            return
        keep, why = self.decide(node, n, nodes)
        if why == UNSTATED:
            self.put("[")
        if keep:
            self.run(node.content)
        if why == UNSTATED:
            self.put("]")
        if why:
            self.flags.append(Flag(start, self.at, why))

    def decide(self, node: Bracket, n: int, nodes: Sequence[Node]) -> tuple[bool, str]:
        """Whether the Party's view keeps a bracket, and what must be said of that."""
        verb = node.verb(self.party)
        if verb in (Verb.PROPOSE, Verb.SUPPORT):
            return True, ""
        if verb in (Verb.OPPOSE, Verb.DELETE):
            return False, ""
        if any(other.verb(self.party) in (Verb.PROPOSE, Verb.SUPPORT) for other in alternatives(n, nodes)):
            return False, ""
        if not node.sides:
            return True, UNSTATED
        if verb is None and all(side.verb is Verb.OPPOSE for side in node.sides):
            return True, ""
        return node.in_force, RESERVED


def alternatives(n: int, nodes: Sequence[Node]) -> list[Bracket]:
    """The brackets beside the one at a place: with nothing but blanks between them."""
    out: list[Bracket] = []
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(nodes):
            node = nodes[at]
            if isinstance(node, Bracket):
                out.append(node)
            elif isinstance(node, Words) and node.text.strip(" "):
                break
            at += step
    return out


def view(nodes: Sequence[Node], party: str) -> View:
    """The text as a Party (ISO 3166-1 alpha-3) has it."""
    return _made(nodes, party)


def agreed(nodes: Sequence[Node]) -> View:
    """What stands outside brackets; each place where something is open is flagged."""
    return _made(nodes, "")


def _made(nodes: Sequence[Node], party: str) -> View:
    maker = _Maker(party)
    maker.run(nodes)
    return View("".join(maker.parts), tuple(maker.flags))
