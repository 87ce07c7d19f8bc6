"""Characters and lines of a source: what is folded on the way in, and what ends a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..text.model import Footnote, Text

SENTINEL = 0x10_0000
"""First of the private characters that stand for footnotes while a text is taken apart; brackets have those from `signs.FIRST` on."""

SOFT = "\x1f"
"""Stands where a footnote's body was lifted out: the lines around it may be one sentence."""

_SENTINELS = re.compile(f"[{chr(SENTINEL)}-{chr(SENTINEL + 0xFFFF)}]")
_CLOSING = "\"'”’»)]"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]|[\U00100000-\U0010ffff]")
_STOPS = frozenset(".,;:)")
_NO_CONNECTIVE = frozenset(".,;:)ancghilmpsAN")  # what most lines end with, and no joining word
_CONNECTIVE = re.compile(r"(?:^|[\s;,])(?:and|or|and/or|y|o|e|u|et|ou)$", re.I)


class Line(NamedTuple):
    """One line of a source, white space folded; `soft` where a footnote stood before it."""

    words: str
    number: int
    soft: bool = False


def clean(text: str) -> tuple[str, int]:
    """The source's characters without those that no text has; how many were left out.

    Line ends become LF. Quotes, dashes, soft hyphens and non-breaking spaces stay as they are.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.subn("", text)


def fold(text: str) -> str:
    """One space for every run of blanks, none at the ends."""
    for blank in "\t\n\f\v":
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def split(text: str) -> list[Line]:
    """The lines of a text that have words, with their numbers from 1."""
    out = []
    soft = False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw:
            continue
        soft = soft or SOFT in raw
        words = fold(raw.replace(SOFT, " "))
        if words:
            out.append(Line(words, number, soft))
            soft = False
    return out


def bare(text: str) -> str:
    """`text` without the characters that stand for footnotes."""
    return text if text.isascii() else _SENTINELS.sub("", text)


def to_text(raw: str, language: str, notes: Sequence[Footnote] = ()) -> Text:
    """Running text from a raw string in which private characters stand for `notes`."""
    if raw.isascii():
        return Text(raw, language)
    found = []
    content = []
    at = length = 0
    for m in _SENTINELS.finditer(raw):
        if ord(m[0]) - SENTINEL >= len(notes):
            continue  # a bracket's
        piece = raw[at : m.start()]
        content.append(piece)
        length += len(piece)
        note = notes[ord(m[0]) - SENTINEL]
        found.append(Footnote(note.marker, length, note.body, note.placed))
        at = m.end()
    content.append(raw[at:])
    return Text("".join(content), language, (), tuple(found))


def ends(text: str, stops: str = ".;:") -> bool:
    """Whether `text` ends with one of `stops`, closing quotes and brackets and footnotes aside."""
    last = text[-1:]
    if last in stops:
        return bool(last)
    if last.isalnum():
        return False
    tail = bare(text[-24:]).rstrip(" \u00a0" + _CLOSING)
    return tail[-1:] in stops and bool(tail)


def ends_with_connective(text: str) -> bool:
    """Whether `text` ends with `and`, `or` and the like."""
    if text[-1:] in _NO_CONNECTIVE:
        return False
    return bool(_CONNECTIVE.search(bare(text[-24:]).rstrip()))


def last_word(text: str) -> str:
    """The last word of `text`, empty where a stop or comma follows it, or parts it from a joining word."""
    if text[-1:] in _STOPS:
        return ""
    tail = bare(text[-60:]).rstrip()
    at = len(tail)
    while at and tail[at - 1].isalpha():
        at -= 1
    before = tail[:at].rstrip()
    if before and len(before) < at and before[-1] in ";,:." and ends_with_connective(text):
        return ""
    return tail[at:]


def starts_lower(text: str) -> bool:
    """Whether `text` starts with a small letter."""
    stripped = bare(text[:40]).lstrip("\"'“‘«([ ")
    return bool(stripped) and stripped[0].islower()
