"""A treaty whose whole text stands on one line: headings and paragraphs found by their printed forms.

A heading's title ends where a sentence begins, which only its words tell: treaties print the small
words of a title small, so that `The` or `Each` opens the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ..numerals import WORDS
from . import headings, printed, scattered
from .blocks import Block
from .bounds import check_pieces
from .lines import ends, ends_with_connective, fold, last_word
from .numbering import CITING, CONNECTIVES, Style, interpretations
from .report import Report

_FOLDED = 20_000
_SPELT = "|".join(sorted({word.upper() for word in WORDS if word.isalpha()} | {"[IVX]+", r"\d+"}))
_CHAPTER = rf"(?:CHAPTER|CAPÍTULO)\s(?:{_SPELT})(?:[- ](?:{_SPELT}))?\b\s?[:.–—-]|(?:PART|PARTE)\s(?:{_SPELT})\b\s?[:.–—-]?"
_ARTICLE = r"(?:ARTICLE|Article|ARTÍCULO|Artículo)\s\d+(?:\.\d+)?\s?[:–—](?=\s)"
_SECTION = r"(?:Section|SECTION|Sección)\s(?:[A-Z]|\d{1,2})\s?[:–—-](?=\s)"
_ANNEX = r"(?:ANNEX|Annex|APPENDIX|Appendix|ANEXO|Anexo|Apéndice)\s[A-Z0-9](?:[\w.\-]*\w)?(?:\.?\s?:(?=\s)|(?=\s[A-Z]))"
_SCHEDULE = r"(?:Schedule|SCHEDULE)\sof\s(?:the\s)?[A-Z]\w+(?:\sStates)?(?=\s(?:[A-Z]|\d+\.\s))"
_HEAD = re.compile(rf"(?<![\w(])(?:(?P<chapter>{_CHAPTER})|(?P<article>{_ARTICLE})|(?P<section>{_SECTION})|(?P<annex>{_ANNEX})"
                   rf"|(?P<schedule>{_SCHEDULE})|(?P<preamble>PREAMBLE|PREÁMBULO)\b|(?P<conclusion>IN WITNESS WHEREOF|EN FE DE LO CUAL)\b)")  # fmt: skip
_TO_CITE = CITING | CONNECTIVES | frozenset("the with by see per its this that as is see each such Party's".split())
_STARTERS = frozenset(
    "The A An Each No Nothing Any All Except For In On Where When If This These That Such Subject Notwithstanding Neither Upon "
    "Further With As It To At Without Unless Within Whenever By From Under Between Only Not There Every Either Both "
    "El La Los Las Cada Ninguna Ningún Nada Para En Cuando Si Este Esta Un Una Salvo Sin Con".split()
)
_WORD = re.compile(r"\S+")
_MARKER = re.compile(r"(?:\d{1,3}\.|\(?[a-z]{1,4}\)|\([A-Z]\))(?=\s|$)")
_LETTERED = re.compile(r"\(?[a-z]{1,4}\)\s")
_REFERENCE = re.compile(r"\(?\d[\w.\-]*(?:\(\w+\))*[,)]?|[A-Z]\d+[,)]?|-|–")
_FIRST = re.compile(r"(?<=\S)\s+1\.(?=\s+[A-Z“])")
_MOST_WORDS = 40
_BREAK = re.compile(
    r"(?:(?<=[.;:”\"’'])|(?<=\.\))|(?<=[;,]\sand)|(?<=[;,]\sor)|(?<=[;,]\sand/or))\s+"
    r"(?=\d{1,3}\.\s+(?:[A-Z“\"(]|\d{1,3}\.\s)|\(?[a-z]{1,4}\)\s+\S|\([A-Z]\)\s+\S|[•●]\s)"
    # behind a comma any entry, inside a phrase the first one of a list
    r"|(?<=,)(?<!\([a-z]\),)(?<!\([ivx]{2}\),)\s+(?=\(?(?:[a-z]|[ivx]{1,5})\)\s+[a-z])"
    r"|(?P<inside>(?<=[a-z])\s+(?=\((?:a|i|A)\)\s+[a-z]|a\)\s+[a-z]))"
    r"|(?P<headed>(?<=[\w)])\s+(?=\d{1,2}\.\s+[A-Z“]))"
)
_ANY = re.compile(r"(?<!\S)(?P<marker>\d{1,2}\.|\(?[a-z]{1,4}\))(?=\s+\S)")
_CITING_LIST = re.compile(r"\((?:[a-z]{1,4}|\d{1,2})\),?$")
_SECOND = {"(a)": r"[,;](?: and| or)? \(b\) ", "a)": r"[,;](?: and| or)? b\) ", "(i)": r"[,;](?: and| or)? \(ii\) "}
_NEAR = 1500  # characters in which a list's second entry begins
_SYMBOLS = re.compile(r"(?<=[A-Z\d])\s+where\s+(?=[A-Z]{2,}\s+is\s)")
_CITED = CONNECTIVES | frozenset(
    "to through article articles paragraph paragraphs subparagraph subparagraphs clause clauses section sections item items annex".split()
)
_TO_LIST = re.compile(r"[a-z] to$")  # and not `(a) to (c)`
_SENTENCE_END = re.compile(r"(?<=[a-z)”]\.)\s+(?=[A-Z])")
_LAST_STOP = re.compile(r"[.;:”\"]\s+(?=[^.;:”\"]*$)")
_CITATION = re.compile(r"(?:Articles?|Annex(?:es)?|Chapters?|Sections?|Paragraphs?)\s\d")
_AFTER_TITLE = re.compile(r"(?:Notes?|Notas?):|(?:Section|Sección) [A-Z]\s")
_TITLE_SMALL = headings.small_words() | frozenset(
    "after before during against among regarding concerning respecting including other than not its their de la los para y".split()
)
_CUT = re.compile(r"(?<=[a-z])- (?=[A-Za-z])(?!- (?:and|or|to|y|o)\b)")
_INNER = re.compile(r"(?<=[.;:”\"])\s+(?=[A-Z][^.;:]{2,100}$)")
_PAGE = re.compile(r"\s?\bPage\s(?P<page>\d{1,4})\b")
_RULE = re.compile(r"_{3,}")


def is_folded(lines: Sequence[str]) -> bool:
    """Whether nearly all of a text stands on one line."""
    longest = max(map(len, lines), default=0)
    return longest > _FOLDED and longest * 2 > sum(map(len, lines))


def blocks(lines: Sequence[str], report: Report) -> list[Block]:
    """The blocks of such a text: headings (level 1) and paragraphs, in order."""
    out: list[Block] = []
    for number, line in enumerate(lines, 1):
        text = _without_furniture(fold(line), report, f"line {number}")
        check_pieces(sum(1 for _ in _ANY.finditer(text)))
        heads = _heads(text)
        at = 0
        for n, m in enumerate(heads):
            out += _paragraphs(scattered.mend(text[at : m.start()], report, _place(number, at)), number, at)
            end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
            at = m.start() if m["conclusion"] else m.end() + _title(text[m.end() : end], capitals=bool(m["chapter"]))
            if m["preamble"] or m["schedule"]:
                at = m.end()
            if not m["conclusion"]:
                out.append(Block(text[m.start() : at].strip(), _place(number, m.start()), level=1))
        out += _paragraphs(scattered.mend(text[at:], report, _place(number, at)), number, at)
    return out


def _place(number: int, at: int) -> str:
    return f"line {number}, character {at + 1}"


def _without_furniture(text: str, report: Report, place: str) -> str:
    """The text without rules and page numbers, which are dropped and listed."""
    for m in _RULE.finditer(text):
        report.drop("rule", place, m[0])
    text = _RULE.sub(" ", text)
    for m in _CUT.finditer(text):
        report.mend("blank behind a hyphen where a line ended", place, text[max(0, m.start() - 30) : m.end() + 20])
    text = _CUT.sub("-", text)
    found = list(_PAGE.finditer(text))
    pages = [int(m["page"]) for m in found]
    if len(pages) < 2 or pages != sorted(set(pages)):
        return fold(text)
    for m in found:
        report.drop("page number", place, m[0].strip())
    return fold(_PAGE.sub("", text))


def _heads(text: str) -> list[re.Match[str]]:
    """The headings' beginnings: behind complete words or another heading, or in a form that is never cited."""
    out: list[re.Match[str]] = []
    for m in _HEAD.finditer(text):
        before = text[max(0, m.start() - 80) : m.start()].rstrip()
        complete = not before or ends(before, '.;:”"') or before[-1] in "_*"
        form = m[0].rstrip()
        if m["chapter"] or m["preamble"]:
            good = True
        elif form.endswith(":"):
            good = complete or last_word(before).lower() not in _TO_CITE
        elif m["annex"]:
            good = complete and not _MARKER.search(before[-5:]) and _is_title(text[m.end() : m.end() + 60])
        else:
            near = out and m.start() - out[-1].end() < 160 and headings.looks_like(text[out[-1].end() : m.start()].strip())
            good = complete or bool(near) or bool(m["section"] and last_word(before).lower() not in _TO_CITE)
        if good:
            out.append(m)
    return out


def _is_title(ahead: str) -> bool:
    """Whether the words ahead begin a title: two with capitals, no verb of a sentence."""
    return headings.looks_like(" ".join(ahead.split()[:3]))


def _title(ahead: str, *, capitals: bool) -> int:
    """How many characters of `ahead` are a title; in `capitals` where it is printed so."""
    words = list(islice(_WORD.finditer(ahead), _MOST_WORDS))
    first = _FIRST.search(ahead, 0, words[-1].end() if words else 0)
    if first is not None and not capitals:
        before = ahead[: first.start()].replace(": ", " ")
        if headings.looks_like(before) or printed.titled(before):
            return first.start()
    small = _TITLE_SMALL
    for n, m in enumerate(words):
        word = m[0]
        if capitals:
            if word.upper() != word and n:
                return words[n - 1].end()
            continue
        if _MARKER.match(word) or word.strip("\"“”'") in ("•", "●"):
            return words[n - 1].end() if n else 0
        if n and _AFTER_TITLE.match(ahead, m.start()):
            return words[n - 1].end()
        bare = word.strip(",;:()\"“”'’")
        if n and _CITATION.match(ahead, m.start()) and words[n - 1][0].lower() not in small:
            return words[n - 1].end()
        if n and bare in _STARTERS and not ends(words[n - 1][0], ",") and words[n - 1][0].lower() not in small:
            return words[n - 1].end()
        if n and ends(words[n - 1][0], ".;:") and len(words[n - 1][0]) > 4:
            return words[n - 1].end()
        if bare and bare[0].islower() and bare not in small:
            back = n - 1
            while back > 0 and (_REFERENCE.fullmatch(words[back][0]) or words[back][0].lower() in small):
                back -= 1
            return words[back - 1].end() if back > 0 else 0
    return words[-1].end() if words and len(words) < _MOST_WORDS else 0


def _paragraphs(text: str, number: int, at: int) -> Iterator[Block]:
    """Running words cut before markers and at headings between them."""
    pieces = _cut(text)
    for n, piece in enumerate(pieces):
        words = piece.strip()
        if not words:
            continue
        if n and _LETTERED.match(words) and ends_with_connective(pieces[n - 1].rstrip()):
            # a list's last entry ends with its sentence; what follows closes the list
            entry, *closing = _SENTENCE_END.split(words, maxsplit=1)
            if closing and n + 1 < len(pieces) and not _LETTERED.match(pieces[n + 1]):
                yield Block(entry, _place(number, at))
                words = closing[0]
        inner = _INNER.search(words)
        following = n + 1 == len(pieces) or _MARKER.match(pieces[n + 1])
        if inner is not None and following and headings.looks_like(words[inner.end() :]):
            yield Block(words[: inner.start()], _place(number, at))
            yield Block(words[inner.end() :], _place(number, at))
        else:
            yield Block(words, _place(number, at))


def _cut(text: str) -> list[str]:
    """The words cut before every marker that is none of a citation, and around headings before one."""
    cuts = _by_form(text)
    cuts |= _by_order(text, cuts)
    return [text[a:b] for a, b in pairwise(sorted({0, *cuts, len(text)}))]


def _by_form(text: str) -> set[int]:
    """Where the words around a marker alone say that it opens something."""
    cuts = {m.end() for m in _SYMBOLS.finditer(text)}
    for m in _BREAK.finditer(text):
        before = text[max(0, m.start() - 160) : m.start()]
        if m["headed"] is not None:
            stop = _LAST_STOP.search(before)
            if stop is not None and " " in before[stop.end() :] and headings.looks_like(before[stop.end() :]):
                cuts |= {m.start() - len(before) + stop.end(), m.end()}
        elif m["inside"] is not None:
            if last_word(before).lower() not in _CITED or _TO_LIST.search(before):
                cuts.add(m.end())
        elif last_word(before).lower() not in CITING:
            cuts.add(m.end())
    return cuts


def _by_order(text: str, cuts: set[int]) -> set[int]:
    """Where a marker is the next of its row, whatever stands around it, or the first of one that goes on.

    `cuts` are the places where markers are known to open something.
    """
    found: set[int] = set()
    last: dict[Style, int] = {}
    for m in _ANY.finditer(text):
        at = m.start("marker")
        ways = dict(interpretations(m["marker"]))
        goes_on = [style for style, number in ways.items() if last.get(style, 0) + 1 == number and style in last]
        before = text[max(0, at - 60) : at].rstrip()
        if before and at not in cuts:
            if last_word(before).lower() in _CITED or _CITING_LIST.search(before):
                continue
            numbered = Style.NUMBER in goes_on
            first = 1 in ways.values() and Style.NUMBER not in ways and _goes_on_later(text, m)
            if not (numbered or first or (goes_on and before[-1:] in ",;:")):
                continue
            found.add(at)
        opened = [style for style, number in ways.items() if number == 1]
        for style in (goes_on or opened or [*ways])[:1]:
            last = {other: number for other, number in last.items() if other < style}
            last[style] = ways[style]
    return found


def _goes_on_later(text: str, m: re.Match[str]) -> bool:
    """Whether the row that a marker would open goes on: its next marker stands behind a comma or semicolon."""
    following = _SECOND.get(m["marker"])
    return following is not None and re.compile(following).search(text, m.end(), m.end() + _NEAR) is not None
