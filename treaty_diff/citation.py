"""How a provision is named on the command line, in files and by lawyers.

One grammar serves every command::

    [treaty[/language][@date or @git-revision]:]target
    [topic[/PARTY][/language][@date or @round-N]:]target     of a proposal: sunset/MEX@round-5
    [topic/consolidated[@date or @round-N]:]target           of the Parties' texts as one: sunset/consolidated:2205

    target   chapter19  ch19  ch11.secB  ch18.secF.subA
             art1904  1904  1902.2(d)(i)  1902(2)(d)(i)  28.9.2(d)(v)(A)  A-01.2
             14.1#covered-person          a defined term
             201#enterprise(b)            an entry of its definition
             1115-1138                    a range of articles
             annex1901.2  annex6-A  annex1904.13.1(a)  appendix1
             fn3@14.1                     footnote 3 of Article 14.1
             chp_19__art_1904__para_2     an eId, as XML and JSON have it
             preamble  conclusion

This module only reads and writes names; `treaty_diff.text.index` finds them in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from . import languages, parties
from .errors import SelectorError
from .numerals import from_words


class TargetKind(StrEnum):
    """What a selector points at."""

    WHOLE = "whole"
    PREAMBLE = "preamble"
    CONCLUSION = "conclusion"
    CHAPTER = "chapter"
    ARTICLE = "article"
    RANGE = "range"
    ANNEX = "annex"
    APPENDIX = "appendix"
    FOOTNOTE = "footnote"
    EID = "eId"


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a text, by labels: `1902.2(d)` has steps `("1902", "2", "d")`.

    Which of the steps belong to the article's or annex's own number (`28.9`, `1904.13`)
    only the text can tell, so they are kept apart here. `upto` closes a range, `term`
    names a definition entry and `below` the labels inside it, `note` a footnote.
    """

    kind: TargetKind
    steps: tuple[str, ...] = ()
    upto: tuple[str, ...] = ()
    term: str = ""
    below: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A selector: which text, and where in it.

    `treaty` (or the topic of proposals), `party` (who tabled it, ISO 3166-1 alpha-3: `USA`, `CAN-MEX`), `language` (ISO
    639-2), `date` (`2015`, `2015-11` or `2015-11-05`) and `revision` (as git names it) are empty where the selector leaves them
    to the store's defaults. A revision `round-5` is `round` 5 of a proposal, git's tag for a treaty.
    """

    target: Target
    treaty: str = ""
    language: str = ""
    date: str = ""
    revision: str = ""
    written: str = ""
    party: str = ""
    round: int = 0


WHOLE = Target(TargetKind.WHOLE)

_BIS = r"(?:bis|ter|quater|quinquies)"
_BRACKET = r"\([0-9A-Za-z]{1,8}\)"
_STEP = rf"(?:\.[0-9]+(?:[a-z]|{_BIS})?(?![0-9A-Za-z])|\.[A-Za-z]{{1,4}}(?![0-9A-Za-z])|{_BRACKET})"
_TERM = rf"(?:\#(?P<term>[^#@:()]+)(?P<below>(?:{_BRACKET})*))?"
_HEAD = rf"(?:[A-Z]{{1,2}}(?:\s?{_BIS})?-[0-9]+|[0-9]+(?:\s?{_BIS}|[A-Z])?)"
_ARTICLE = re.compile(rf"(?:art(?:icle)?s?\.?\s*)?(?P<head>{_HEAD})(?P<rest>{_STEP}*){_TERM}", re.I)
_ROMAN = re.compile(rf"art(?:icle)?\.?\s*(?P<head>[IVXLC]+)(?P<rest>{_STEP}*){_TERM}", re.I)
_NUMBER = rf"{_HEAD}(?:\.[0-9]+)?"
_RANGE = re.compile(rf"(?:art(?:icle)?s?\.?\s*)?(?P<lo>{_NUMBER})\s*(?:\.\.|-|–|through)\s*(?P<hi>{_NUMBER})", re.I)
_CHAPTER = re.compile(
    r"ch(?:ap(?:ter)?)?[\s.]*(?P<num>(?:[0-9]+|[A-Z])\s?" + _BIS + r"|[0-9]+[A-Z]?|[A-Z]|[A-Za-z]{3,}(?:[ -][A-Za-z]+)?)"
    r"(?:[.\s]*sec(?:tion)?[\s.]*(?P<sec>[A-Za-z0-9]+))?(?:[.\s]*sub(?:section)?[\s.]*(?P<sub>[A-Za-z0-9]+))?",
    re.I,
)
_ANNEX = re.compile(
    rf"(?P<kind>annex|appendix)[\s.]*(?P<num>[0-9A-Za-z][0-9A-Za-z.\-]*)(?P<rest>(?:\.[0-9]+|{_BRACKET})*){_TERM}", re.I
)
_FOOTNOTE = re.compile(r"fn\s*(?P<note>[0-9]+|\*+)@(?P<at>[^@]+)", re.I)
_EID = re.compile(r"(?:preamble|conclusions|(?:part|chp|annex|app|art)_[0-9A-Za-z-]+)(?:_[0-9]+)?(?:__[^\s:@/]+)?")
_CODE = r"[A-Za-z]{2,3}"
_TREATY = rf"(?P<treaty>[a-z][a-z0-9-]*(?:/consolidated)?)(?:/(?P<code>{_CODE}(?:-{_CODE})*))?(?:/(?P<language>{_CODE}))?(?:@(?P<when>[^:\s]+))?"
_PREFIXED = re.compile(rf"{_TREATY}:(?P<target>.*)")
_BARE = re.compile(_TREATY)
_ROUND = re.compile(r"round-([1-9][0-9]?)")
_DATE = re.compile(r"[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?")

_RESERVED = re.compile(r"fn[0-9]+|annex|appendix|art(?:icle)?s?|ch(?:ap(?:ter)?)?|preamble|conclusions?")

TREATY_ID = re.compile(r"[a-z][a-z0-9-]*")
"""What a treaty's id looks like."""


def _number(head: str) -> str:
    """An article's number as labels write it: `a-01` → `A-01`, `9 BIS` → `9bis`."""
    return re.sub(rf"(?<=\w)\s?({_BIS})(?![a-z])", lambda m: m[1].lower(), head.upper(), flags=re.I)


def _steps(rest: str) -> tuple[str, ...]:
    return tuple(m[0] or m[1] for m in re.findall(r"\.([0-9A-Za-z]+)|\(([0-9A-Za-z]+)\)", rest))


def parse_target(written: str) -> Target | None:
    """The place that `written` names inside a text, None where the grammar does not know it.

    >>> parse_target("1902.2(d)(i)").steps
    ('1902', '2', 'd', 'i')
    >>> parse_target("ch11.secB").steps
    ('11', 'B')
    """
    text = written.strip()
    low = text.lower()
    if low in ("preamble", "conclusion", "conclusions"):
        return Target(TargetKind.PREAMBLE if low == "preamble" else TargetKind.CONCLUSION)
    if ("_" in text or text == "conclusions") and _EID.fullmatch(text):
        return Target(TargetKind.EID, (text,))
    if m := _FOOTNOTE.fullmatch(text):
        at = parse_target(m["at"])
        return Target(TargetKind.FOOTNOTE, at.steps, note=m["note"]) if at and at.kind is TargetKind.ARTICLE else None
    if m := _RANGE.fullmatch(text):
        return Target(TargetKind.RANGE, tuple(_number(m["lo"]).split(".")), tuple(_number(m["hi"]).split(".")))
    if m := _ANNEX.fullmatch(text):
        kind = TargetKind.ANNEX if m["kind"].lower() == "annex" else TargetKind.APPENDIX
        steps = (*filter(None, m["num"].split(".")), *_steps(m["rest"]))
        return Target(kind, steps, term=(m["term"] or "").strip(), below=_steps(m["below"] or ""))
    if m := _ARTICLE.fullmatch(text) or _ROMAN.fullmatch(text):
        steps = (_number(m["head"]), *_steps(m["rest"]))
        return Target(TargetKind.ARTICLE, steps, term=(m["term"] or "").strip(), below=_steps(m["below"] or ""))
    if m := _CHAPTER.fullmatch(text):
        number = from_words(m["num"].replace("-", " "))
        chapter = str(number) if number else _number(m["num"])
        if chapter.isalpha() and len(chapter.removesuffix("bis")) > 2:
            return None
        return Target(TargetKind.CHAPTER, (chapter, *(part.upper() for part in (m["sec"], m["sub"]) if part)))
    return None


def is_treaty_id(name: str) -> bool:
    """Whether `name` may name a treaty: the pattern fits and no target is written so."""
    return bool(TREATY_ID.fullmatch(name)) and not _RESERVED.fullmatch(name) and parse_target(name) is None


def parse(written: str) -> Address:
    """Read a selector.

    Raises SelectorError where it fits no form of the grammar.

    >>> a = parse("tpp/es@2015-11:28.9")
    >>> a.treaty, a.language, a.date, a.target.steps
    ('tpp', 'spa', '2015-11', ('28', '9'))
    >>> a = parse("sunset/MX@round-5")
    >>> a.treaty, a.party, a.round
    ('sunset', 'MEX', 5)
    """
    text = written.strip()
    target = parse_target(text)
    if target is not None:
        return Address(target, written=written)
    m = _PREFIXED.fullmatch(text)
    if m:
        target = parse_target(m["target"]) if m["target"].strip() else WHOLE
    else:
        m = _BARE.fullmatch(text)
        target = WHOLE
    if m is None or target is None or _RESERVED.fullmatch(m["treaty"]):
        raise SelectorError(
            f"“{written}” names no provision.",
            cause="it fits no form of the selector grammar",
            fix="write for example chapter19, 1904, 1902.2(d)(i), annex1901.2, fn3@14.1, tpp:28.9, tpp/es@2015-11:28.9, sunset/USA",
        )
    when = m["when"] or ""
    dated = bool(_DATE.fullmatch(when))
    tabled = _ROUND.fullmatch(when)
    party, language = _party_or_language(m["code"] or "", m["language"] or "")
    return Address(
        target,
        treaty=m["treaty"],
        language=languages.alpha3(language) if language else "",
        date=when if dated else "",
        revision="" if dated else when,
        written=written,
        party=parties.joined(party.split("-")) if party else "",
        round=int(tabled[1]) if tabled else 0,
    )


def _party_or_language(code: str, language: str) -> tuple[str, str]:
    """What `/USA`, `/es` and `/MEX/es` name: capitals are a Party where they can be, small letters a language."""
    if language or "-" in code or (code.isupper() and parties.is_code(code)):
        return code, language
    if code and not languages.is_code(code) and parties.is_code(code.upper()):
        return code, ""
    return "", code


_LEAD = re.compile(
    r"(?:chapter|cap[ií]tulo|chapitre|articles?|art[ií]culos?|section|secci[oóò]n|subsection|subsecci[oóò]n|sous-section"
    r"|annex(?:e)?|anexo|appendix|ap[eé]ndice|part|parte|partie"
    r"|art|articolo|artikel|allegato|anhang|book|capo|clause|rule|schedule|sezione|titolo|title|titre|t[ií]tulo)\b\.?\s*",
    re.I,
)


@lru_cache(maxsize=1 << 14)
def label(num: str) -> str:
    """What of a printed number people cite: `2.` → `2`, `(d)` → `d`, `CHAPTER NINETEEN` → `19`.

    >>> label("Article 1904"), label("b)"), label("Section B"), label("Annex 6-A"), label("CHAPTER TWENTY ONE")
    ('1904', 'b', 'B', '6-A', '21')
    """
    text = _LEAD.sub("", num.strip(), count=1) if num else ""
    text = text.strip(" .:)(\t–-—")
    if text.count("(") > text.count(")"):
        text += ")"
    text = re.sub(rf"(?<=\w)[\s\u00a0]+(?={_BIS}\b)", "", text)
    number = from_words(text)
    return str(number) if number is not None else text


def join(steps: tuple[str, ...], number: str, *, annex: bool = False) -> str:
    """How lawyers cite `steps` below an article: after `28.9` with a dot, after `1904` and below an annex in brackets.

    >>> join(("2", "d", "i"), "1902"), join(("2", "d", "v"), "28.9"), join(("1", "a"), "1904.13", annex=True)
    ('1902(2)(d)(i)', '28.9.2(d)(v)', '1904.13(1)(a)')
    """
    out = number
    dotted = "." in number and not annex
    for n, step in enumerate(steps):
        out += f".{step}" if n == 0 and dotted and step.isdigit() else f"({step})"
    return out


def slug(term: str) -> str:
    """A defined term as the selector after `#` writes it: `covered person` → `covered-person`."""
    return "-".join(re.findall(r"[^\W_]+", term.lower())) or "term"
