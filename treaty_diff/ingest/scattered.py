"""Numbers that lost their words: an extraction that read a page by columns printed `2. 3.` and then both paragraphs.

A number is moved to its words only where these fall into as many sentences (or entries) as there are
numbers; a number that comes again at its place was printed twice and is dropped. All else stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import last_word
from .numbering import CITING, interpretations
from .report import Report

_RUN = re.compile(r"(?<!\S)(?:\d{1,2}\.(?:\s+\d{1,2}\.)+|\(?[a-z]\)(?:\s+\(?[a-z]\))+)(?=\s)")
_NEXT = re.compile(r"(?<=[.;:”])\s+(?:and\s+|or\s+)?(?:\d{1,2}\.\s+[A-Z]|\(?[a-z]\)\s)")
_SENTENCE = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z“])")
_ENTRY = re.compile(r"(?<=;)\s+(?!and\s|or\s)|(?<=;\sand)\s+|(?<=;\sor)\s+")
_LEAD = re.compile(r"[a-z][^;:.]*:\s+")


def mend(text: str, report: Report, place: str) -> str:
    """The words between two headings with such numbers moved to their words, or dropped where printed twice."""
    out: list[str] = []
    at = 0
    for m in _RUN.finditer(text):
        if m.start() < at:
            continue
        printed = m[0].split()
        if last_word(text[max(0, m.start() - 40) : m.start()]).lower() in CITING or not _rising(printed):
            continue
        end = _end(text, m.end(), printed)
        words = text[m.end() : end].strip()
        again = _again(text, m.end(), printed)
        if again:
            for number in printed[1:]:
                report.drop("number printed twice", place, number)
            out += [text[at : m.start()], printed[0]]
            at = m.end()
            continue
        lead, pieces = _pieces(words, printed)
        if len(pieces) == len(printed):
            report.mend("numbers moved to their words", place, m[0])
            moved = " ".join(f"{number} {piece}" for number, piece in zip(printed, pieces, strict=True))
            out += [text[at : m.start()], lead, moved]
            at = m.end() + len(text[m.end() : end].rstrip())
        else:
            report.unsure("numbers whose words cannot be told apart", place, f"{m[0]} {words}")
    out.append(text[at:])
    return "".join(out)


def _rising(printed: Sequence[str]) -> bool:
    ordinals = [interpretations(number)[0][1] for number in printed]
    return ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals)))


def _end(text: str, at: int, printed: Sequence[str]) -> int:
    """Where the words end that the numbers may belong to: at the next number, or the end."""
    number = printed[0][0].isdigit()
    for m in _NEXT.finditer(text, at):
        if number and "." not in m[0].split()[-2:][0]:
            continue
        return m.start()
    return len(text)


def _again(text: str, at: int, printed: Sequence[str]) -> bool:
    """Whether the numbers behind the first come again in order, each in front of a sentence."""
    for number in printed[1:]:
        m = re.compile(rf"(?<=[.;:”])\s+(?:and\s+|or\s+)?{re.escape(number)}\s").search(text, at)
        if m is None:
            return False
        at = m.end()
    return True


def _pieces(words: str, printed: Sequence[str]) -> tuple[str, list[str]]:
    """The words for each number, and those in front that lead to a list."""
    if printed[0][0].isdigit():
        return "", _SENTENCE.split(words)
    lead = _LEAD.match(words)
    start = lead.end() if lead is not None else 0
    return words[:start], _ENTRY.split(words[start:])
