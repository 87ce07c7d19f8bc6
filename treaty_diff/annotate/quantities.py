"""Quantities of a line: time limits with what they run from, shares, money, numbers of things.

Numbers that name something are none: those of citations, dates, instruments and provisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numerals import SPELT, WORDS
from .config import CURRENCIES, EVENTS, NUMBERS
from .line import Line
from .words import bit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `start:end`.

    `sort` is `time`, `share`, `money` or `number`; `value` its number, `unit` what is counted (`day`, `business day`, `%`, `usd`,
    the noun after the number). Of a time limit `sense` is how it bounds (`within`, `at least`, `before`, `every`, `for`), `event` what it
    runs from, at `event_at`. `weak` is a `one` that counts only where another number stands for it.
    """

    start: int
    end: int
    sort: str
    value: float
    unit: str
    sense: str = ""
    event: str = ""
    event_at: tuple[int, int] = (0, 0)
    weak: bool = False


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?P<n>{_DIGITS}|(?:{SPELT}|a hundred|one hundred(?: and (?:{SPELT}))?))\b(?:\s*\(\d+\))?"
_BOUND = (
    r"(?P<bound>(?:no|not) (?:later|more|longer) than|not (?:less|fewer) than|no (?:less|fewer) than|not exceeding"
    r"|within(?: a period of)?|in no case more than|at least|a minimum of|a maximum of"
    r"|for(?: a (?:further )?(?:period|term) of(?: at least)?| terms? of)?|up to|every|once(?: in)? every|over"
    r"|after(?: a period of)?|before|until|during|at the latest)"
)
_UNIT = r"(?P<unit>(?:(?P<which>working|business|calendar|juridical) )?(?P<span>hour|day|week|month|year)s?\b(?:[’']s?)?)"
_TIME = re.compile(rf"{_UNIT}(?! of experience)")
_BEFORE_UNIT = re.compile(rf"(?:\b{_BOUND} )?(?:the )?(?:first |last |next )?(?<![\w.$-])(?:a )?{_NUMBER}[ \-\u00a0]?$")
_LONGEST = 60
"""Characters before a unit within which its number and what bounds it stand."""
_FROM = re.compile(
    r",?\s*(?:period\s*)?(?P<rel>after|from|of|following|before|prior to|since|preceding|in advance of|thereafter|thereof|later"
    r"|beginning on|subsequent to|as from|counted from|starting from)\b\s*(?P<rest>[^;:.\n]{0,120})"
)
_SHARE = re.compile(rf"(?<![\w.$-]){_NUMBER}\s?(?:per\s?cent|%|percentage points?)")
_AMOUNT = rf"\d[\d,.]*\d|\d|{SPELT}"
_SCALE = r"\s?(?:million|billion|thousand)"
_MONEY = re.compile(
    rf"(?P<pre>{'|'.join(map(re.escape, CURRENCIES))})\s?(?P<a>\d[\d,.]*\d|\d)(?P<scale>{_SCALE})?"
    rf"|(?<![\w.$-])(?P<b>{_AMOUNT})(?P<scale2>{_SCALE})?"
    r"\s(?P<post>(?:u\.s\. |us |canadian |mexican )?dollars?|pesos?|euros?|special drawing rights|sdrs?)\b"
)
_PLAIN = re.compile(
    rf"(?P<n>{_DIGITS}|two[- ]thirds|three[- ]fourths|{SPELT}|half)(?![\w.-]*[\d(])(?P<ord>(?:st|nd|rd|th)\b)?"
    r"(?P<after>[-\s]+(?P<noun>[a-z’'-]+))?"
)
_NAMES = re.compile(
    r"\b(?:articles?|chapters?|annex(?:es)?|sections?|paragraphs?|subparagraphs?|items?|parts?|appendix|gatt|page|footnote|number"
    r"|no\.|nos\.|resolution|schedule|headings?|subheadings?|class|iso|numeral|tariff item|title|public law|law|act|protocol|step"
    r"|phase|category|mode|rules?|points?|table|stage|volume|option|variant"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?:\s+(?:\d[\w.()-]*|[ivx]+)(?:,| and| or| to| through|, and)?)*\s+$"
)
"""Words after which a number names something."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b")
_STARTS = re.compile(rf"(?<![\w.$/(-])(?:\d|(?:{SPELT}|hundred|half|thirds|fourths)\b)")
_DIGIT = re.compile(r"\d")
_SPEAKS = bit(NUMBERS)
_SIGNS = ("$", "€", "dollar", "peso", "euro", "special drawing", "sdr", "usd")
_LONE = frozenset({"one"})


def value(text: str) -> float:
    """The number that digits or words give.

    >>> value("1,500"), value("sixty"), value("one hundred and eighty"), value("two-thirds")
    (1500.0, 60.0, 180.0, 0.6666666666666666)
    """
    low = text.lower().replace("\u00a0", " ").strip()
    if low in ("two-thirds", "two thirds"):
        return 2 / 3
    if low in ("three-fourths", "three fourths"):
        return 3 / 4
    if low == "half":
        return 0.5
    if low in WORDS:
        return float(WORDS[low])
    hundred, _, rest = low.partition(" hundred")
    if hundred in ("a", "one") and low != hundred:
        return 100.0 + WORDS.get(rest.replace(" and ", "").strip(), 0)
    return float(low.replace(",", ""))


def quantities(line: Line, number: int) -> tuple[Quantity, ...]:
    """The quantities of a line, in order, those of its own number (its first `number` characters) left out."""
    low = line.low
    out: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return start >= number and not any(a < end and start < b for a, b in taken)

    if not (line.signs & _SPEAKS or _DIGIT.search(low, number)):
        return ()
    for unit in _TIME.finditer(low):
        m = _BEFORE_UNIT.search(low, max(0, unit.start() - _LONGEST), unit.start())
        if m is None or m.start("n") < number:
            continue
        start = m.start("n")
        which = {"working": "business ", "business": "business "}.get(unit["which"] or "", "")
        event, at = _event(low, unit.end())
        out.append(Quantity(start, unit.end(), "time", value(m["n"]), which + unit["span"], _sense(m["bound"] or ""), event, at))
        taken.append((start, unit.end()))
    for m in _SHARE.finditer(low) if "cent" in low or "%" in low else ():
        if free(m.start(), m.end()):
            out.append(Quantity(m.start(), m.end(), "share", value(m["n"]), "%"))
            taken.append((m.start(), m.end()))
    for m in _MONEY.finditer(low) if any(sign in low for sign in _SIGNS) else ():
        if free(m.start(), m.end()):
            figure = value((m["a"] or m["b"]).rstrip(",.")) * _scale(m["scale"] or m["scale2"])
            out.append(Quantity(m.start(), m.end(), "money", figure, _currency(m["pre"] or m["post"])))
            taken.append((m.start(), m.end()))
    for begin in _STARTS.finditer(low, number):
        m = _PLAIN.match(low, begin.start())
        if m is None or m["ord"] or not free(m.start("n"), m.end("n")) or _NAMES.search(low, max(0, m.start() - 90), m.start()):
            continue
        noun = m["noun"] or ""
        if noun == "majority" or (noun == "or" and low.startswith("or more", m.start("noun"))):
            continue
        if _DATE.match(noun) or _YEAR.fullmatch(m["n"]):
            continue
        thing = noun.removesuffix("s")
        out.append(Quantity(m.start("n"), m.end("n"), "number", value(m["n"]), thing, weak=m["n"] in _LONE))
        taken.append((m.start("n"), m.end("n")))
    return tuple(sorted(out, key=lambda q: q.start))


def _sense(bound: str) -> str:
    if not bound:
        return ""
    for word, sense in (
        ("not less", "at least"), ("not fewer", "at least"), ("no less", "at least"), ("no fewer", "at least"), ("minimum", "at least"), ("at least", "at least"),
        ("later", "within"), ("within", "within"), ("not more", "within"), ("no more", "within"), ("longer", "within"), ("exceed", "within"), ("maximum", "within"), ("up to", "within"),
        ("every", "every"), ("latest", "within"),
    ):  # fmt: skip
        if word in bound:
            return sense
    return bound.split(" ")[0]


def _event(low: str, at: int) -> tuple[str, tuple[int, int]]:
    """What a time limit runs from: whether before or after, and the event that the words after it name first."""
    m = _FROM.match(low, at)
    if m is None:
        return "", (at, at)
    before = m["rel"] in ("before", "prior to", "preceding", "in advance of")
    rest = m["rest"].partition(",")[0]
    first = min(
        ((found.start(), name, found.end()) for pattern, name in _EVENTS if (found := pattern.search(rest))), default=None
    )
    if first is None:
        return "", (at, at)
    shift = m.start("rest")
    return f"{'before' if before else 'after'} {first[1]}", (shift + first[0], shift + first[2])


_EVENTS = tuple((re.compile(rf"\b(?:{pattern})\b"), name) for pattern, name in EVENTS)


def _scale(word: str | None) -> float:
    return {"thousand": 1e3, "million": 1e6, "billion": 1e9}.get((word or "").strip(), 1.0)


def _currency(word: str) -> str:
    low = word.strip().rstrip("s")
    return {
        "$": "dollar",
        "us$": "usd",
        "u.s. dollar": "usd",
        "us dollar": "usd",
        "can$": "cad",
        "canadian dollar": "cad",
        "special drawing right": "sdr",
        "mexican peso": "peso",
    }.get(low, low)
