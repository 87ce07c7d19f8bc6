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
from dataclasses import dataclass
from enum import StrEnum

from .. import parties


class Verb(StrEnum):
    """What a side does with the words in a bracket, in the order in which sides are kept."""

    PROPOSE = "propose"
    DELETE = "propose deletion"
    SUPPORT = "support"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    CONSIDER = "considering"


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read, and what was wrong with it."""

    nodes: tuple[Node, ...]
    problems: list[Problem]


_LITERAL = re.compile(r"\\([\[\]\\])")
_NOTE = re.compile(r"(?:Negotiators['’] note|Note|Placeholder|Pending)\b", re.I)
_LABEL = re.compile(r"(?P<label>Alt\.? ?[0-9A-Z]{1,3})(?:[:.]? )")
_CODE = r"[A-Z]{2,3}"
_VERB = r"(?:proposes? deletion|proposes?|opposes?|supports?|reserves?|considering)"
_SIDE = rf"{_CODE}(?: ?[/,] ?{_CODE})*(?: {_VERB})?"
_ATTRIBUTION = re.compile(rf"(?P<sides>{_SIDE}(?: ?; ?{_SIDE})*) ?: ?")
_PIECE = re.compile(r"\\[\[\]\\]|[\[\]]|[^\[\]\\]+|\\")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a bracket opens, characters `start:end` with its attribution, and what it is; `is_note`: its words are no text."""

    start: int
    end: int
    sides: tuple[Side, ...] = ()
    label: str = ""
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """Where a bracket closes: its own character `start:end`, or the end of the text where nothing closes it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plain:
    """Words between, characters `start:end` of the text, their literal brackets without what escapes them."""

    start: int
    end: int
    words: str


Piece = Opening | Closing | Plain


def scan(text: str) -> tuple[list[Piece], list[Problem]]:
    """A bracketed text as its pieces in order, each opening with its closing, and what is wrong, in order of place.

    A bracket that is not closed ends with the text; one that closes nothing is a literal.
    """
    out: list[Piece] = []
    problems: list[Problem] = []
    opened: list[Opening] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        assert piece is not None
        token, start, at = piece[0], at, piece.end()
        if token == "[" and len(opened) <= _DEEPEST:
            if _NOTE.match(text, at):
                end = _end_of_note(text, start)
                closed = text[end - 1] == "]" and end > at
                inside = text[at : end - 1] if closed else text[at:end]
                out += [Opening(start, at, is_note=True), Plain(at, at + len(inside), _LITERAL.sub(r"\1", inside))]
                out.append(Closing(at + len(inside), end))
                if not closed or _depth(text[start:end]):
                    problems.append(_problem(text, start, "the bracket is not closed"))
                at = end
                continue
            label = _LABEL.match(text, at)
            at = label.end() if label is not None else at
            sides, at = _attribution(problems, text, at)
            opened.append(Opening(start, at, sides, label["label"] if label is not None else ""))
            out.append(opened[-1])
        elif token == "]" and opened:
            opened.pop()
            out.append(Closing(start, at))
        else:
            if token in "[]":
                why = "brackets are nested too deep" if token == "[" else "the bracket closes nothing"
                problems.append(_problem(text, start, why))
            out.append(Plain(start, at, token[1] if len(token) == 2 and token[0] == "\\" else token))
    for left in reversed(opened):
        problems.append(_problem(text, left.start, "the bracket is not closed"))
        out.append(Closing(len(text), len(text)))
    return out, sorted(problems, key=lambda p: (p.line, p.column))


def read(text: str) -> Reading:
    """Read a bracketed text; what is wrong is told with its place, and nothing of the text is lost."""
    pieces, problems = scan(text)
    levels: list[tuple[Opening | None, list[Node]]] = [(None, [])]
    for piece in pieces:
        match piece:
            case Opening():
                levels.append((piece, []))
            case Closing():
                opening, content = levels.pop()
                assert opening is not None
                levels[-1][1].append(made(opening.sides, opening.label, content, is_note=opening.is_note))
            case Plain(words=words):
                add_words(levels[-1][1], words)
    return Reading(tuple(levels[0][1]), problems)


def made(sides: tuple[Side, ...], label: str, content: Sequence[Node], *, is_note: bool) -> Node:
    """The node that a bracket with this content is."""
    if is_note:
        return Note("".join(node.text for node in content if isinstance(node, Words)))
    return Bracket(sides, tuple(content), label)


def add_words(nodes: list[Node], words: str) -> None:
    """Words join the words before them, so that a text has one reading."""
    if nodes and isinstance(before := nodes[-1], Words):
        nodes[-1] = Words(before.text + words)
    elif words:
        nodes.append(Words(words))


def joined(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes with words that follow one another as one."""
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Words):
            add_words(out, node.text)
        else:
            out.append(node)
    return tuple(out)


def flat(nodes: Iterable[Node]) -> str:
    """All words, those in brackets and in notes too, without the brackets."""
    return "".join(flat(node.content) if isinstance(node, Bracket) else node.text for node in nodes)


def cut(nodes: Iterable[Node], at: int) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Nodes before and behind character `at` of all their words (`flat`); a bracket that is cut is one on either side."""
    left: list[Node] = []
    right: list[Node] = []
    for node in nodes:
        length = len(flat((node,)))
        if right or (length and at <= 0):
            right.append(node)
        elif length <= at or isinstance(node, Note):
            left.append(node)
        elif isinstance(node, Words):
            left.append(Words(node.text[:at]))
            right.append(Words(node.text[at:]))
        else:
            before, behind = cut(node.content, at)
            left.append(Bracket(node.sides, before, node.label))
            right.append(Bracket(node.sides, behind, node.label))
        at -= length
    return tuple(left), tuple(right)


def _end_of_note(text: str, start: int) -> int:
    depth = 0
    for piece in _PIECE.finditer(text, start):
        depth += {"[": 1, "]": -1}.get(piece[0], 0)
        if not depth:
            return piece.end()
    return len(text)


def _depth(text: str) -> int:
    return sum({"[": 1, "]": -1}.get(piece[0], 0) for piece in _PIECE.finditer(text))


def _attribution(problems: list[Problem], text: str, at: int) -> tuple[tuple[Side, ...], int]:
    """The sides that stand at a place, and where the content begins; none where it is no attribution."""
    found = _ATTRIBUTION.match(text, at)
    if found is None:
        return (), at
    sides: list[tuple[list[str], Verb | None]] = [_side(side.strip()) for side in found["sides"].split(";")]
    names = [name for side, _ in sides for name in side]
    unknown = [name for name in names if not parties.is_code(name)]
    if not unknown:
        return in_order((tuple(map(parties.alpha3, side)), verb or Verb.PROPOSE) for side, verb in sides), found.end()
    if len(unknown) < len(names) or any(verb is not None for _, verb in sides):
        problems.append(_problem(text, at, f"“{unknown[0]}” is the code of no Party, so this is read as no attribution"))
    return (), at


def in_order(sides: Iterable[tuple[Iterable[str], Verb]]) -> tuple[Side, ...]:
    """Sides as they are kept: those who do the same together, by what they do, the Parties of each sorted."""
    who: dict[Verb, set[str]] = {}
    for codes, verb in sides:
        who.setdefault(verb, set()).update(codes)
    return tuple(Side(tuple(sorted(who[verb])), verb) for verb in Verb if verb in who)


def _side(written: str) -> tuple[list[str], Verb | None]:
    m = re.fullmatch(rf"(?P<names>{_CODE}(?: ?[/,] ?{_CODE})*)(?: (?P<verb>{_VERB}))?", written)
    assert m is not None
    verb = m["verb"]
    if verb is not None and verb != Verb.CONSIDER:
        verb = re.sub(r"s(?= deletion$|$)", "", verb)
    return re.split(r" ?[/,] ?", m["names"]), Verb(verb) if verb else None


def _problem(text: str, at: int, message: str) -> Problem:
    line = text.count("\n", 0, at) + 1
    return Problem(line, at - text.rfind("\n", 0, at), message)


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
