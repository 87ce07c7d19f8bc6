"""Private characters that stand for brackets while a text is taken apart, as others do for footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..errors import SourceError
from .brackets import Bracket, Node, Note, Side, Words, attribution

FIRST = 0x10_8000
"""First of the private characters that stand for brackets."""

_EACH = 0x2000
MOST = _EACH
"""How many brackets one text may have."""

OPEN, OPEN_BEFORE_NUMBER, CLOSE, CLOSE_AFTER_LINE = range(4)
"""Kinds of signs."""

SIGN = re.compile(f"[{chr(FIRST)}-{chr(FIRST + 4 * _EACH - 1)}]")
SIGNED = re.compile(f"({SIGN.pattern})")


@dataclass(frozen=True, slots=True)
class Head:
    """What a bracket is: its sides, its label, whether it is a note, and what is written before its content."""

    sides: tuple[Side, ...] = ()
    label: str = ""
    is_note: bool = False
    written: str = ""


@dataclass(slots=True)
class Signs:
    """The brackets that private characters stand for, by number."""

    heads: list[Head] = field(default_factory=list)

    def open(self, head: Head) -> int:
        """A number for one more bracket; raises SourceError for more than a text may have."""
        if len(self.heads) == MOST:
            raise SourceError("The text has too many brackets.", cause=f"more than {MOST:,}", fix="import it in parts")
        self.heads.append(head)
        return len(self.heads) - 1

    def of(self, nodes: Iterable[Node]) -> str:
        """Nodes as words with signs in them."""
        return "".join(map(self._of, nodes))

    def _of(self, node: Node) -> str:
        match node:
            case Words(text):
                return text
            case Note(text):
                number = self.open(Head(is_note=True))
                return f"{opening(number)}{text}{closing(number)}"
            case Bracket(sides, content, label):
                head = f"{label} " if label else ""
                number = self.open(Head(sides, label, written=f"{head}{attribution(sides)}"))
                return f"{opening(number)}{self.of(content)}{closing(number)}"


def opening(number: int) -> str:
    """The sign of a bracket's beginning."""
    return chr(FIRST + OPEN * _EACH + number)


def closing(number: int) -> str:
    """The sign of a bracket's end."""
    return chr(FIRST + CLOSE * _EACH + number)


def read(sign: str) -> tuple[int, int]:
    """Kind and number of a sign."""
    return divmod(ord(sign) - FIRST, _EACH)


def number_of(sign: str) -> int:
    """The number of its bracket."""
    return read(sign)[1]


def turned(sign: str, kind: int) -> str:
    """The sign of another kind for the same bracket."""
    return chr(FIRST + kind * _EACH + number_of(sign))


# -- signs where lines and numbers end ------------------------------------------------------------------


def at_lines(raw: str) -> list[str]:
    """The lines of words with signs, what closes at the beginning of a line put at the end of the one before."""
    lines = raw.split("\n")
    for n in range(1, len(lines)):
        at = 0
        while at < len(lines[n]) and is_(lines[n][at], CLOSE):
            at += 1
        lines[n - 1] += "".join(turned(sign, CLOSE_AFTER_LINE) for sign in lines[n][:at])
        lines[n] = lines[n][at:]
    return lines


def whole_lines(lines: Sequence[str]) -> list[str]:
    """Lines as people write them: a bracket that begins with a line and ends with one holds the end of that line."""
    starting: set[int] = set()
    out = []
    for line in lines:
        at = 0
        while at < len(line) and is_(line[at], OPEN):
            starting.add(number_of(line[at]))
            at += 1
        end = len(line)
        while end and is_(line[end - 1], CLOSE) and number_of(line[end - 1]) in starting:
            end -= 1
        out.append(line[:end] + "".join(turned(sign, CLOSE_AFTER_LINE) for sign in line[end:]))
    return out


def opens(line: str) -> tuple[str, str]:
    """The signs of brackets that open at the beginning of a line, and the rest of it."""
    at = 0
    while at < len(line) and is_(line[at], OPEN):
        at += 1
    return line[:at], line[at:]


def behind_number(number: str, signs: str, words: str) -> str:
    """A line whose number is to be seen first: the brackets that open before it say that they do."""
    return f"{number} {before_number(signs)}{words}"


def before_number(signs: str) -> str:
    """Signs of brackets that open at the beginning of a line, behind its number: they say that they open before it."""
    return "".join(turned(sign, OPEN_BEFORE_NUMBER) for sign in signs)


def without(line: str) -> str:
    """Words without signs."""
    return SIGN.sub("", line)


def is_(character: str, kind: int) -> bool:
    """Whether a character is a sign of a kind."""
    start = FIRST + kind * _EACH
    return start <= ord(character) < start + _EACH
