"""Definition entries: where `term means …` begins, also where several stand on one line."""

from __future__ import annotations

import re

from ..citation import slug
from .lines import bare

_VERB = (
    r"(?:means?|includes?|do(?:es)? not (?:include|mean)|refers? to|ha(?:s|ve) the (?:same )?meanings?|is defined|"
    r"significan?|incluyen?|se refiere a|tiene el (?:mismo )?significado|se entiende por|désigne|s’entend)"
)
_NAME = r"[A-Z][\w’'.-]*(?: of| and)?"
_PREFACE = rf"(?:For (?:the )?{_NAME}(?: {_NAME}){{0,4}}, )?"
_TERM = re.compile(
    rf"{_PREFACE}(?P<term>[“\"']?(?!(?:and|or|but|For|This|That|These|Those|Nothing|Each|Para|Such|Where|If|It|Any|No)\b)[^\W_](?:[^;:.?!\n]|(?<=\b[A-Z])\.){{0,110}}?),?"
    rf"\s+{_VERB}(?=[\s:,]|$)"
)
_VERB_FIRST = re.compile(rf"{_VERB}(?=[\s:,]|$)")
_SYMBOL = re.compile(r"(?P<term>[A-Z][A-Za-z]{0,7})\s+(?:is|are|equals|means|es|son|significa)\s")
_FORMULA = re.compile(r"(?:^|[A-Z\d] )(?:[Ww]here|[Dd]onde)[:,]?$")
_WHERE = re.compile(r"(?:where|donde)[:,]?", re.I)
_NOT_TERM = re.compile(
    r"\b(?:shall|may|will|must|is|are|was|were|that|which|does|do|not|if|where|when(?! \w+ed\b)|and that|deberá|podrá|que)\b",
    re.I,
)
_OPEN_END = re.compile(r",? (?:and|or|but)$")
_PURPOSES = re.compile(
    r"(?:for (?:the )?purposes? of|para (?:los )?(?:efectos|propósitos) de|aux fins d|as used in|in this )", re.I
)
_HEADING = re.compile(r"definition|definici", re.I)


def is_definitions_heading(heading: str) -> bool:
    """Whether an article of this heading holds definitions."""
    return bool(_HEADING.search(heading))


def is_chapeau(words: str) -> bool:
    """Whether `words` introduce definitions: `For the purposes of this Chapter:`."""
    return ":" in words[-6:] and bool(_PURPOSES.match(words)) and bare(words).rstrip().endswith(":")


def opens(words: str) -> bool:
    """Whether `words` begin with such an introduction, definitions perhaps behind it on the same line."""
    return ":" in words and bool(_PURPOSES.match(words))


def is_where(words: str) -> bool:
    """Whether `words` alone introduce the symbols of a formula: `where:`."""
    return bool(_WHERE.fullmatch(words))


def opens_symbols(words: str) -> bool:
    """Whether `words` end with such an introduction, a formula perhaps before it."""
    return words[-6:].rstrip(":,")[-4:] in ("here", "onde") and bool(_FORMULA.search(words))


def symbol(words: str) -> re.Match[str] | None:
    """The explained symbol that `words` begin with: `RVC is the …`; its group `term` is the symbol."""
    return _SYMBOL.match(words)


def match(words: str) -> re.Match[str] | None:
    """The definition that `words` begin with; its group `term` is the term."""
    m = _TERM.match(words)
    if m is None:
        return None
    term = m["term"]
    if len(term.split()) > 18 or _OPEN_END.search(term) or _NOT_TERM.search(term.replace("that is", "")):
        return None
    return m


def goes_on(before: str, words: str) -> bool:
    """Whether a line break parted a term, `before`, from its `means` or `includes`, with which `words` begin."""
    return bool(_VERB_FIRST.match(words)) and match(f"{before} {words}") is not None


def term(words: str) -> tuple[int, int, str] | None:
    """Start, end and slug of the term that a definition's words begin with."""
    m = match(words) or symbol(words)
    if m is None:
        return None
    start, end = m.span("term")
    start += len(words[start:end]) - len(words[start:end].lstrip("“\"'"))
    end -= len(words[start:end]) - len(words[start:end].rstrip("”\"' "))
    return start, end, slug(words[start:end])


_BREAK = re.compile(r"(?:(?<=[;:.”])|(?<=[;,] and)|(?<=[;,] or)|(?<=; y)|(?<=; o))\s+(?=[^\W\d_]|[“\"])")

_NEAR = 1_000  # no term and no chapeau of definitions is longer
_OPEN_TERM = re.compile(r", (?:and|or)$")


def split(words: str, *, symbols: bool = False) -> list[str]:
    """The definitions (and explained `symbols`) that run together in one line, the words before the first on their own.

    >>> split("For purposes of this Chapter: cat means a pet;  dog means another;")
    ['For purposes of this Chapter:', 'cat means a pet;', 'dog means another;']
    """
    cuts = [0]
    for m in _BREAK.finditer(words):
        before, rest = _ends_of(words, cuts[-1], m.start()), words[m.end() : m.end() + _NEAR]
        if not is_chapeau(before) and (before.endswith(":") or (_OPEN_TERM.search(before) and not match(before))):
            continue  # behind a colon, or behind the `and` of a term
        if match(rest) or (symbols and symbol(rest)):
            cuts.append(m.end())
    return [words[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]


def _ends_of(words: str, start: int, stop: int) -> str:
    """The words `start:stop`; of many only the ends, which are all that is looked at: whole they would be read again at every break."""
    if stop - start <= 2 * _NEAR:
        return words[start:stop]
    return words[start : start + _NEAR] + words[stop - _NEAR : stop]
