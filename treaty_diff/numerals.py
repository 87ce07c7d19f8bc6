"""Numerals as treaties print them: words (`Twenty-One`), roman (`iv`), letters (`aa`)."""

from __future__ import annotations

_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

WORDS: dict[str, int] = {word: n for n, word in enumerate(_UNITS, 1)}
WORDS |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
WORDS |= {
    f"{ten}{sep}{unit}": 10 * i + n
    for i, ten in enumerate(_TENS, 2)
    for n, unit in enumerate(_UNITS[:9], 1)
    for sep in ("-", " ", "")
}

SPELT = rf"(?:{'|'.join(_TENS)})(?:[- ]?(?:{'|'.join(_UNITS[:9])}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))}"
"""A pattern for the words, the longer before those that they begin with."""

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def from_words(text: str) -> int | None:
    """The number that `text` spells in English, None where it spells none.

    >>> from_words("Twenty One"), from_words("nineteen"), from_words("Annex")
    (21, 19, None)
    """
    return WORDS.get(" ".join(text.lower().split()))


def to_roman(number: int) -> str:
    """Lower-case roman numeral of a number from 1 to 399.

    >>> to_roman(14)
    'xiv'
    """
    out = []
    for value, letters in _ROMAN:
        while number >= value:
            out.append(letters)
            number -= value
    return "".join(out)


_FROM_ROMAN = {to_roman(n): n for n in range(1, 100)}


def from_roman(text: str) -> int | None:
    """The number of a well-formed roman numeral of either case, up to 99.

    >>> from_roman("iv"), from_roman("iiii")
    (4, None)
    """
    return _FROM_ROMAN.get(text.lower())


def from_letters(text: str) -> int | None:
    """Place of a letter label: a = 1 … z = 26, then aa = 27, bb = 28 as treaties go on.

    >>> from_letters("c"), from_letters("bb"), from_letters("ab")
    (3, 28, None)
    """
    low = text.lower()
    if not low.isascii() or not low.isalpha() or len(set(low)) != 1:
        return None
    return ord(low[0]) - 96 + 26 * (len(low) - 1)
