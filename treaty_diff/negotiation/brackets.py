"""Bracketed text, as negotiators write it: read, written.

Grammar::

    bracket  = "[" [ "Alt" n ] [ attr ":" ] content "]"
    attr     = side { ";" side }            side  = party { ("/" | ",") party } [ verb ]
    verb     = ("propose" | "oppose" | "support" | "reserve") ["s"] | "considering" | "propose" ["s"] "deletion"
    content  = { text | bracket | note }
    note     = "[" ("Negotiators' note" | "Note" | "Placeholder" | "Pending") … "]"

Parties are ISO 3166-1 codes, written in two letters. One blank after the colon is not content. `\\[`, `\\]` and `\\\\` are literal.
An attribution is one only if every name before the colon is known; without a verb it proposes. A side whose verb is
`propose deletion` says that the words are those in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .. import parties


class Verb(StrEnum):
    """What a side does with the words in a bracket."""

    PROPOSE = "propose"
    OPPOSE = "oppose"
    SUPPORT = "support"
    RESERVE = "reserve"
    CONSIDER = "considering"
    DELETE = "propose deletion"


@dataclass(frozen=True, slots=True)
class Side:
    """Parties (ISO 3166-1 alpha-3) and what they do."""

    parties: tuple[str, ...]
    verb: Verb = Verb.PROPOSE


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand outside brackets at their level."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in brackets that is no text: `[Placeholder: …]`."""

    text: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """Words in brackets: no sides where their origin is not stated. `label` is `Alt 1`."""

    sides: tuple[Side, ...]
    content: tuple[Node, ...]
    label: str = ""

    def verb(self, party: str) -> Verb | None:
        """What a Party does with the words, None where it is on no side."""
        return next((side.verb for side in self.sides if party in side.parties), None)

    @property
    def in_force(self) -> bool:
        """Whether the words are those of the treaty in force: somebody proposes their deletion."""
        return any(side.verb is Verb.DELETE for side in self.sides)


Node = Words | Note | Bracket


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a character of a bracketed text (`line` and `column` from 1)."""

    line: int
    column: int
    message: str


@dataclass(slots=True)
class Reading:
    """A text as read, and what was wrong with it."""

    nodes: tuple[Node, ...] = ()
    problems: list[Problem] = field(default_factory=list)


_LITERAL = re.compile(r"\\([\[\]\\])")
_NOTE = re.compile(r"(?:Negotiators['’] note|Note|Placeholder|Pending)\b", re.I)
_LABEL = re.compile(r"(?P<label>Alt\.? ?[0-9A-Z]{1,3})(?:[:.]? )")
_CODE = r"[A-Z]{2,3}"
_VERB = r"(?:proposes? deletion|proposes?|opposes?|supports?|reserves?|considering)"
_SIDE = rf"{_CODE}(?: ?[/,] ?{_CODE})*(?: {_VERB})?"
_ATTRIBUTION = re.compile(rf"(?P<sides>{_SIDE}(?: ?; ?{_SIDE})*) ?: ?")
_PIECE = re.compile(r"\\[\[\]\\]|[\[\]]|[^\[\]\\]+|\\")
_DEEPEST = 100


def read(text: str) -> Reading:
    """Read a bracketed text; what is wrong is told with its place, and nothing of the text is lost.

    A bracket that is not closed ends with the text; one that closes nothing is a literal.
    """
    reading = Reading()
    # Each open bracket: where it opens, where its content begins, what it is, and what it holds so far.
    open_: list[tuple[int, str, tuple[Side, ...], str, list[Node]]] = [(0, "", (), "", [])]
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        assert piece is not None
        token, start, at = piece[0], at, piece.end()
        if token == "[" and len(open_) <= _DEEPEST:
            if _NOTE.match(text, at):
                end = _end_of_note(text, start)
                if end == len(text) and not text.endswith("]"):
                    _tell(reading, text, start, "the bracket is not closed")
                _add(open_[-1][4], Note(_LITERAL.sub(r"\1", text[at : end - 1] if text[end - 1] == "]" else text[at:end])))
                at = end
                continue
            label = _LABEL.match(text, at)
            at = label.end() if label is not None else at
            sides, at = _attribution(reading, text, at)
            open_.append((start, label["label"] if label is not None else "", sides, token, []))
        elif token == "]" and len(open_) > 1:
            _close(open_)
        else:
            if token in "[]":
                why = "brackets are nested too deep" if token == "[" else "the bracket closes nothing"
                _tell(reading, text, start, why)
            _add(open_[-1][4], Words(token[1] if len(token) == 2 and token[0] == "\\" else token))
    while len(open_) > 1:
        _tell(reading, text, open_[-1][0], "the bracket is not closed")
        _close(open_)
    reading.nodes = tuple(open_[0][4])
    reading.problems.sort(key=lambda p: (p.line, p.column))
    return reading


def _close(open_: list[tuple[int, str, tuple[Side, ...], str, list[Node]]]) -> None:
    _, label, sides, _, content = open_.pop()
    open_[-1][4].append(Bracket(sides, tuple(content), label))


def _add(nodes: list[Node], node: Words | Note) -> None:
    """Words join the words before them, so that a text has one reading."""
    if isinstance(node, Words) and nodes and isinstance(before := nodes[-1], Words):
        nodes[-1] = Words(before.text + node.text)
    elif not isinstance(node, Words) or node.text:
        nodes.append(node)


def _end_of_note(text: str, start: int) -> int:
    depth = 0
    for piece in _PIECE.finditer(text, start):
        depth += {"[": 1, "]": -1}.get(piece[0], 0)
        if not depth:
            return piece.end()
    return len(text)


def _attribution(reading: Reading, text: str, at: int) -> tuple[tuple[Side, ...], int]:
    """The sides that stand at a place, and where the content begins; none where it is no attribution."""
    found = _ATTRIBUTION.match(text, at)
    if found is None:
        return (), at
    sides = []
    unknown: list[str] = []
    known = False
    for side in found["sides"].split(";"):
        names, verb = _side(side.strip())
        unknown += [name for name in names if not parties.is_code(name)]
        known = known or verb is not None or len(unknown) < len(names)
        if not unknown:
            sides.append(Side(tuple(sorted(set(map(parties.alpha3, names)))), verb or Verb.PROPOSE))
    if not unknown:
        return tuple(sides), found.end()
    if known:
        _tell(reading, text, at, f"“{unknown[0]}” is the code of no Party, so this is read as no attribution")
    return (), at


def _side(written: str) -> tuple[list[str], Verb | None]:
    m = re.fullmatch(rf"(?P<names>{_CODE}(?: ?[/,] ?{_CODE})*)(?: (?P<verb>{_VERB}))?", written)
    assert m is not None
    verb = m["verb"]
    if verb is not None and verb != Verb.CONSIDER:
        verb = re.sub(r"s(?= deletion$|$)", "", verb)
    return re.split(r" ?[/,] ?", m["names"]), Verb(verb) if verb else None


def _tell(reading: Reading, text: str, at: int, message: str) -> None:
    line = text.count("\n", 0, at) + 1
    reading.problems.append(Problem(line, at - text.rfind("\n", 0, at), message))


# -- writing ----------------------------------------------------------------------------------------------


def write(nodes: Iterable[Node]) -> str:
    """The text that reads as these nodes."""
    return "".join(map(_written, nodes))


def _written(node: Node) -> str:
    match node:
        case Words(text):
            return literal(text)
        case Note(text):
            return f"[{literal(text)}]"
        case Bracket(sides, content, label):
            head = f"{label} " if label else ""
            return f"[{head}{attribution(sides)}{write(content)}]"


def literal(words: str) -> str:
    """Words with their own brackets escaped."""
    return re.sub(r"[\[\]\\]", r"\\\g<0>", words)


def attribution(sides: Sequence[Side], named: bool = False) -> str:
    """What stands before the words: `US propose; CA/MX oppose: `, or with the Parties' names; empty without sides."""
    if not sides:
        return ""

    def who(side: Side) -> str:
        return ", ".join(map(parties.name, side.parties)) if named else "/".join(map(parties.alpha2, side.parties))

    def does(side: Side) -> str:
        single = named and len(side.parties) == 1 and side.verb is not Verb.CONSIDER
        return re.sub(r"^\w+", r"\g<0>s", side.verb) if single else side.verb

    alone = len(sides) == 1 and sides[0].verb is Verb.PROPOSE and not named
    return "; ".join(who(side) if alone else f"{who(side)} {does(side)}" for side in sides) + ": "
