"""Headings by their printed forms: `CHAPTER THREE: …`, `Article 2.1: …`, `Section A`, `ANNEX 6-A`.

A form says only what a block looks like by itself; whether it opens anything where it stands is
for `outline` to judge, which knows what was printed before and what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..citation import label
from ..numerals import from_roman, from_words
from ..text.model import Kind
from . import headings
from .lines import SENTINEL, bare

_SEPARATOR = r"\s*(?P<sep>[:–—]|[.\-](?=\s|$))?\s*"
_UNIT = "one two three four five six seven eight nine".split()
_UNITS = "|".join(form for word in _UNIT for form in (word, word.title(), word.upper()))
_NUMERAL = rf"(?:\d{{1,3}}[A-Z]?|[IVXLC]+|[A-Z]|[A-Za-zÁÉÍÓÚáéíóú]{{3,}}(?:[ -](?:{_UNITS}))?)(?![\w])"
_CHAPTER = re.compile(
    rf"(?P<num>(?:CHAPTER|Chapter|CAPÍTULO|Capítulo|CHAPITRE|Chapitre)\s+(?P<label>{_NUMERAL})){_SEPARATOR}(?P<heading>.*)", re.S
)
_PART = re.compile(rf"(?P<num>(?:PART|Part|PARTE|Parte|PARTIE|Partie)\s+(?P<label>{_NUMERAL})){_SEPARATOR}(?P<heading>.*)", re.S)
_ARTICLE = re.compile(
    r"(?P<num>(?:ARTICLE|Article|ARTÍCULO|Artículo)\s+(?P<label>premier|PREMIER|1er\b|1ER\b|[A-Z]{1,2}-\d+|\d+(?:[.\-]\d+)*(?:\s?(?:bis|ter|quater)\b|[A-Z]\b)?"
    rf"|[IVXLC]+|[A-Z][a-z]+|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)){_SEPARATOR}(?P<heading>.*)",
    re.S,
)
_OF_ANNEX = re.compile(
    r"(?P<num>(?P<word>APPENDIX|Appendix|APÉNDICE|Apéndice|APPENDICE|Appendice|ANNEX|Annex|ANEXO|Anexo|ANNEXE|Annexe)"
    r"(?:\s+(?:TO|to|OF|of|AL|al|DEL|del|À|à)\s+(?:THE\s+|the\s+|L['’]|l['’])?"
    r"(?:ANNEX|Annex|ANEXO|Anexo|ANNEXE|Annexe|CHAPTER|Chapter|CAPÍTULO|Capítulo)\s+(?P<label>[\w.\-]+))?)"
    rf"{_SEPARATOR}(?P<heading>.*)",
    re.S,
)
_SCHEDULE = re.compile(r"(?:Schedule|SCHEDULE) of (?:the )?[A-Z]\w+(?: States)?")
_PREAMBLE = re.compile(r"(?:PREAMBLE|Preamble|PREÁMBULO|Preámbulo|PRÉAMBULE|Préambule)")
_CONCLUSION = re.compile(
    r"(?:IN (?:WITNESS|FAITH) WHEREOF|In (?:witness|faith) whereof|E[Nn] (?:FE DE LO CUAL|fe de lo cual|FOI DE QUOI|foi de quoi))\b"
)
_APPENDIX_WORDS = ("app", "apé", "ape")
_SENTENCE = re.compile(r"\s(?:shall|may|is|are|was|were|has|have|means|applies|apply|does|do|will|must)\s")
_LONGEST = 260


@dataclass(frozen=True, slots=True)
class Head:
    """What a block looks like: its kind, its number and heading as printed (footnote signs in them).

    `sure` where the form can hardly be anything else; `key` is the number as it is cited.
    """

    kind: Kind
    num: str
    heading: str
    key: str
    sure: bool


def ordinal(text: str) -> int | None:
    """The number that a chapter's or article's number spells: digits, words or roman numerals."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text.lower() in ("premier", "1er"):
        return 1  # French treaties begin so, and go on with `Article 2`
    return from_words(text.replace("-", " ")) or from_roman(text)


def read(words: str, *, level: int = 0) -> Head | None:
    """The heading that a block looks like, None for words of the treaty.

    `words` may hold footnote signs (see `lines.SENTINEL`); `level` above 0 where the source marks a heading.
    """
    first = words[:1]
    if not first.isupper() or len(words) > _LONGEST:
        return None
    plain = bare(words)
    if _PREAMBLE.fullmatch(plain):
        return Head(Kind.PREAMBLE, "", words, "", True)
    return (
        _numbered(Kind.ARTICLE, _ARTICLE, words, plain, level)
        or _numbered(Kind.CHAPTER, _CHAPTER, words, plain, level)
        or _numbered(Kind.PART, _PART, words, plain, level)
        or _section(words, plain, level)
        or _annex(words, plain, level)
    )


def is_conclusion(words: str) -> bool:
    """Whether words open a treaty's concluding formula."""
    return bool(_CONCLUSION.match(words))


def _numbered(kind: Kind, form: re.Pattern[str], words: str, plain: str, level: int) -> Head | None:
    m = form.fullmatch(plain)
    if m is None:
        return None
    printed = m["label"]
    if printed.isalpha() and len(printed) > 1 and ordinal(printed) is None:
        return None
    heading, sep = m["heading"], m["sep"]
    if heading:
        capitals = m["num"].split()[0].isupper() and heading.upper() == heading
        if not level and not sep and not capitals and (kind is not Kind.ARTICLE or not headings.looks_like(heading)):
            return None
        if heading[0].islower() or heading[-1:] in ",;" or (heading[-1:] in ".:" and _SENTENCE.search(heading)):
            return None
        if not level and _SENTENCE.search(heading) and not titled(heading):
            return None
    elif sep and sep in ".-" and not level:
        return None  # the end of a sentence: `… under Article 5.`
    num, rest = _cut(words, m.end("num"), m.start("heading"))
    sure = bool(level or (heading and sep) or m["num"].split()[0].isupper())
    return Head(kind, num, rest, label(m["num"]), sure)


def titled(heading: str) -> bool:
    """Whether nearly all long words begin with a capital: `Guidelines for Determining Whether a Term Is …`."""
    long = [word for word in heading.split() if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _section(words: str, plain: str, level: int) -> Head | None:
    if _SCHEDULE.fullmatch(plain):
        return Head(Kind.SECTION, "", words, "", bool(level))
    m = headings.section(plain)
    if m is None:
        return None
    kind = Kind.SUBSECTION if headings.is_subsection(m) else Kind.SECTION
    num, rest = _cut(words, m.end("num"), m.start("heading"))
    return Head(kind, num, rest, m["label"], bool(level or m["sep"]))


def _annex(words: str, plain: str, level: int) -> Head | None:
    m = headings.annex(plain, marked=level > 0)
    if m is None and (level or plain.isupper()):
        m = _OF_ANNEX.fullmatch(plain)
        if m is not None and m["heading"] and not (m["sep"] or level):
            m = None
    if m is None:
        return None
    appendix = m["word"].lower().startswith(_APPENDIX_WORDS)
    num, rest = _cut(words, m.end("num"), m.start("heading"))
    sure = bool(level or (m["sep"] and m["heading"]) or plain.isupper())
    return Head(Kind.APPENDIX if appendix else Kind.ANNEX, num, rest, m["label"] or "", sure)


def _cut(words: str, number: int, heading: int) -> tuple[str, str]:
    """Number and heading of `words` by their places in the bare words; signs between go with the number."""
    at = seen = 0
    end_of_number = None
    while at < len(words):
        if seen == heading > number:
            break
        if ord(words[at]) < SENTINEL:
            if end_of_number is None and seen == number:
                end_of_number = at
            if seen == heading:
                break
            seen += 1
        at += 1
    return words[: end_of_number if end_of_number is not None else at].strip(), words[at:].strip()
