"""What a restatement has to keep of a provision whatever words it chooses: its figures and the words that bind.

A figure is a number with what belongs to it: a period (`90 days`), a percentage, a sum, a tariff item, the path of a citation
(`1502(3)(a)`, `subparagraph (b)(i)`, `Article IX:6(b)`). Numbers in words and in digits are the same figure, and so are
`90day` and `90-day`. `one` counts only before a unit or in `one or more`: elsewhere it is a pronoun.
"""

from __future__ import annotations

import re
from collections import Counter

from treaty_diff.numerals import WORDS

_UNIT = r"(?:year|month|day|week|hour|percent|per cent|million)"
_BETWEEN = r"(?:[\s-]*(?:more|additional|consecutive|calendar))?[\s-]*"
_SPELT = re.compile(r"\b(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b", re.I)
_PRONOUN = re.compile(rf"\bone\b(?!{_BETWEEN}{_UNIT}| level| or more)", re.I)
_STEPS = r"(?: ?\((?:[A-Za-z]{1,4}|\d)\))*"
_NUMBER = re.compile(
    rf"(?:US\$)?\d+(?:[.,:]\d+)*(?:\.[a-z]{{2}}\b)?(?:[a-z]\b(?:-\d)?)?(?:-[A-Z]\b)?{_STEPS}(?:{_BETWEEN}{_UNIT}\b|{_BETWEEN}{_UNIT}(?=s\b))?"
)
_LOOSE_STEPS = re.compile(r"(?<![\w)])(?:\((?:[a-zA-Z]|[ivx]+)\))+")
_ROMAN = re.compile(r"\b[IVX]+\b(?::\d+(?:\([a-z]\))?)?")
_SECTION = re.compile(r"\bSection [A-Z]\b")
_BINDING = re.compile(r"\b(?:shall|may|should|must)\b")


def _plain(words: str) -> str:
    words = _PRONOUN.sub("", words.replace("–", "-").replace("‑", "-"))
    words = _SPELT.sub(lambda m: str(WORDS[" ".join(m[0].lower().split())]), words)
    return re.sub(r"(\d)-?([A-Z])\b", r"\1-\2", words)


def figures(words: str) -> Counter[str]:
    """Each figure of a text and how often it stands there."""
    words = _plain(words)
    out: Counter[str] = Counter()
    for pattern in (_SECTION, _NUMBER, _LOOSE_STEPS, _ROMAN):
        for m in pattern.finditer(words):
            unit = re.search(_UNIT + "$", m[0])
            number = re.match(r"[\d.,]+", m[0])
            out[f"{number[0]} {unit[0]}" if unit and number else re.sub(r"\s", "", m[0])] += 1
        words = pattern.sub(" ", words)
    return out


def binding(words: str) -> set[str]:
    """Which words that bind a text has."""
    return set(_BINDING.findall(words))
