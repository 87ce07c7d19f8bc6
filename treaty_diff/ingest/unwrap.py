"""Lines that were broken at a page's width, put together to paragraphs.

A line goes on with the one before where that one is full: the next word would not have fitted
behind it. How wide a full line is depends on how far it was indented, which the extraction lost,
so widths are learned for each style of numbering.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from . import definitions, headings, printed
from .lines import SOFT, bare, ends, ends_with_connective, fold, starts_lower
from .numbering import Style, interpretations, match_marker

_TARIFF = re.compile(r"\d{4}(?:\.\d{2,4})+\b|\d{2}\.\d{2}(?:\.\d{2})?\b")
_WIDEST = 130  # a text with longer lines was not broken at a page's width
_BROAD = 40  # shorter lines may be headings
_FEW = 8  # fewer lines tell nothing
_SLACK = 0.9  # letters differ in width: so much of the widest line is full
_CLOSING = re.compile(r"but (?:does|do|shall) not\b")
_PROVISO = re.compile(r"(?:whichever|but (?:does|do|shall) not)\b")
_SIGN = re.compile(r"[*+†‡§•]+\s")
_SMALL_END = re.compile(r"\b(?:and|or|of|the|for|to|in|with|on|y|o|de|la|el|del|para|en|con)$", re.I)
_COMMA = 0.8  # behind a comma the sentence likely goes on
_OUTER = 1.08  # a line so much wider than an entry's was indented less
_HEADING = 0.8  # headings are printed bold: so much of the widest line is full there
_COMMON = 0.8  # of the lines under a style that are not longer than its width
_WITHOUT = ""  # the style of lines below no marker
_STYLES = (_WITHOUT, "1", *(style.name for style in Style), "i")


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether a text's lines were broken at a page's width: hardly any is long, and many end inside a sentence."""
    filled = [line.strip() for line in lines if line.strip()]
    broad = [line for line in filled if len(line) > _BROAD]
    if len(filled) < _FEW:
        return False
    long = sum(len(line) > _WIDEST for line in filled)
    open_ended = sum(not ends(line, ".;:,") and not ends_with_connective(line) for line in broad)
    return long * 50 < len(filled) and open_ended * 3 > len(broad)


def unwrap(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Paragraphs with the index of the line where each begins; blank lines part them.

    `lines` may hold footnote signs and `lines.SOFT` where a footnote's body was lifted out.
    """
    widths = _widths(lines)
    out: list[tuple[str, int]] = []
    style = _WITHOUT
    before = ""  # the last line as it was printed
    for n, raw in enumerate(lines):
        words = fold(raw.replace(SOFT, " "))
        if not words:
            if SOFT not in raw:
                before = before if out and not _complete(before) else ""
            continue
        own = _style(words)
        here = _Here(before, words, own, style, widths.get(style, 0), indented=raw.lstrip(SOFT)[:1] == " ")
        if (
            out
            and before
            and not here.breaks()
            and not (here.may_flush() and (_PROVISO.match(words) or _outer(lines, n, widths[style])))
        ):
            joint = "" if _hyphenated(before, words) else " "
            out[-1] = (out[-1][0] + joint + words, out[-1][1])
        else:
            out.append((words, n))
            style = own if own is not None else style
            if printed.read(words) is not None:
                style = _WITHOUT
        before = words
    return out


def _outer(lines: Sequence[str], n: int, width: int) -> bool:
    """Whether line `n` or the next one is longer than an entry's lines are: they belong to no entry."""
    for raw in lines[n : n + 2]:
        words = fold(raw.replace(SOFT, " "))
        if _style(words) is not None or printed.read(words) is not None:
            return False
        if len(bare(words)) > width * _OUTER:
            return True
        if _complete(words):
            return False
    return False


def _widths(lines: Sequence[str]) -> dict[str, int]:
    """How wide a full line is under each style of marker, from those that the next line surely goes on with."""
    found: dict[str, list[int]] = defaultdict(list)
    full: list[int] = []
    before, style = "", None
    for raw in lines:
        words = fold(raw.replace(SOFT, " "))
        if not words:
            continue
        own = _style(words)
        if before and own is None and starts_lower(words) and not ends(before, ".;:,"):
            full.append(len(bare(before)))
            if style is not None:
                found[style].append(full[-1])
        before, style = words, own if own is not None else (_WITHOUT if printed.read(before) is not None else None)
    fallback = _quantile(full) if full else 0
    return {style: _quantile(found[style]) if len(found[style]) >= 10 else fallback for style in _STYLES}


def _quantile(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * _COMMON)]


def _style(words: str) -> str | None:
    """The style of the marker that a line begins with: `1`, `a`, `A`, `i`; None without one."""
    m = match_marker(words)
    if m is None:
        return None
    if m["number"]:
        return "1"
    ways = interpretations(m[0])
    return "i" if any(style.name == "ROMAN" for style, _ in ways) and len(m[0]) > 3 else ways[0][0].name


def _complete(words: str) -> bool:
    return ends(words, ".;:")


def _hyphenated(before: str, words: str) -> bool:
    """Whether a line break fell behind a hyphen that belongs to a word."""
    return before.endswith("-") and before[-2:-1].isalpha() and words[:1].isalpha()


@dataclass(frozen=True, slots=True)
class _Here:
    """Two lines, and whether a paragraph ends between them.

    `own` is the style of the marker on the second, `style` that of the last marker before, `width` that of
    its lines; `indented`: a blank begins the second line.
    """

    before: str
    words: str
    own: str | None
    style: str
    width: int
    indented: bool

    def breaks(self) -> bool:
        """Whether the second line begins a paragraph."""
        before, words = self.before, self.words
        last = bare(before)
        if self.indented and last != before.rstrip() and self.own is None:
            return False  # the line went on behind a footnote's marker
        if self.own is not None or _TARIFF.match(words) or _is_heading(words):
            return True
        length = len(last) + 1 + len(words.split(" ", 1)[0])
        if _is_number(before):
            return True  # its title stands on a line of its own
        if _is_heading(before):  # a long heading goes on in the next line, which is no sentence
            open_ended = (starts_lower(words) and not _complete(words)) or _SMALL_END.search(last)
            inner = words.casefold() in last.casefold()  # `Treatment of Tenders` below `Treatment of Tenders and …`
            return not (length > self.width * _HEADING and (open_ended or (headings.looks_like(words) and not inner)))
        full = length > self.width * _SLACK
        if ends(before, ":") or _SIGN.match(words):
            return True
        if ends(before, ";"):
            return not full or self.style in (_WITHOUT, "1") or not starts_lower(words) or bool(definitions.match(words))
        if ends(before, ",") and starts_lower(words):
            return length <= self.width * _COMMA
        if ends(before, ".") and headings.looks_like(words):
            return True
        # a short line is the paragraph's last, unless it breaks off in the middle of nothing
        return not full and not (starts_lower(words) and not _complete(before))

    def may_flush(self) -> bool:
        """Whether the second line may close a list: behind a stop or comma, or with words that do so."""
        return self.style not in (_WITHOUT, "1") and (ends(self.before, ".,;") or bool(_CLOSING.match(self.words)))


def _is_number(words: str) -> bool:
    head = printed.read(words)
    return head is not None and head.sure and bool(head.num) and not head.heading


def _is_heading(words: str) -> bool:
    head = printed.read(words)
    return head is not None and head.sure
