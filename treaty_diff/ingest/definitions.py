"""Definition entries: where `term means …` begins, also where several stand on one line."""

from __future__ import annotations

import re

from ..citation import slug
from .lines import bare

_VERB = (
    r"(?:means?|includes?|do(?:es)? not (?:include|mean)|refers? to|ha(?:s|ve) the (?:same )?meanings?|is defined|"
    r"significan?|incluyen?|se refiere a|tiene el (?:mismo )?significado|se entiende por|désigne|s’entend)"
)
_TERM = re.compile(
    rf"(?P<term>[“\"']?(?!(?:and|or|but|For|This|That|These|Those|Nothing|Each|Para|Such|Where|If|It|Any|No)\b)[^\W_](?:[^;:.?!\n]|(?<=\b[A-Z])\.){{0,110}}?),?"
    rf"\s+{_VERB}(?=[\s:,])"
)
_NOT_TERM = re.compile(r"\b(?:shall|may|will|must|is|are|was|were|that|which|does|do|not|when|if|where|and that|deberá|podrá|que)\b", re.I)
_PURPOSES = re.compile(r"(?:for (?:the )?purposes? of|para (?:los )?(?:efectos|propósitos) de|aux fins d|as used in|in this )", re.I)
_HEADING = re.compile(r"definition|definici", re.I)


def is_definitions_heading(heading: str) -> bool:
    """Whether an article of this heading holds definitions."""
    return bool(_HEADING.search(heading))


def is_chapeau(words: str) -> bool:
    """Whether `words` introduce definitions: `For the purposes of this Chapter:`."""
    return bool(_PURPOSES.match(words)) and bare(words).rstrip().endswith(":")


def match(words: str) -> re.Match[str] | None:
    """The definition that `words` begin with; its group `term` is the term."""
    m = _TERM.match(words)
    if m is None:
        return None
    term = m["term"]
    if len(term.split()) > 14 or _NOT_TERM.search(term.replace("that is", "")):
        return None
    return m


def term(words: str) -> tuple[int, int, str] | None:
    """Start, end and slug of the term that a definition's words begin with."""
    m = match(words)
    if m is None:
        return None
    start, end = m.span("term")
    start += len(words[start:end]) - len(words[start:end].lstrip("“\"'"))
    end -= len(words[start:end]) - len(words[start:end].rstrip("”\"' "))
    return start, end, slug(words[start:end])


_BREAK = re.compile(r"(?:(?<=[;:.”])|(?<=[;,] and)|(?<=[;,] or)|(?<=; y)|(?<=; o))\s+(?=[^\W\d_]|[“\"])")


def split(words: str) -> list[str]:
    """The definitions that run together in one line, the words before the first on their own.

    >>> split("For purposes of this Chapter: cat means a pet;  dog means another;")
    ['For purposes of this Chapter:', 'cat means a pet;', 'dog means another;']
    """
    cuts = [0]
    for m in _BREAK.finditer(words):
        before, rest = words[cuts[-1] : m.start()], words[m.end() :]
        if before.endswith(":") and not is_chapeau(before):
            continue
        if match(rest):
            cuts.append(m.end())
    return [words[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]
