"""What the rules know beside the article that they read: the comparison, the texts, the config, all lines by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import ceil

from ..citation import label
from ..redline.comparison import Article, Comparison, Row, RowKind
from ..redline.config import BOILERPLATE, FUNCTION
from ..text.model import Kind as Provided
from ..text.model import Treaty
from .citing import Citations
from .config import COUNTRIES, AnnotateConfig
from .rows import lowered

_WORD = re.compile(r"[a-z]{4,}")
_CUT = 5
_ROUND = 160
"""Characters on either side of a key within which the words are that it is part of."""
_FEW = 4
"""Content words below which a share of them says little."""
_SILENT = frozenset(word[:_CUT] for word in FUNCTION | BOILERPLATE)


def content(low: str) -> frozenset[str]:
    """The words of a text in small letters that say what it is about, cut to their first letters: grammar is no difference.

    >>> sorted(content("the panels shall publish their publications"))
    ['panel', 'publi']
    """
    return frozenset([w[:_CUT] for w in _WORD.findall(low)]) - _SILENT


class World:
    """A comparison with its two texts."""

    def __init__(self, comparison: Comparison, subject: Treaty, base: Treaty, config: AnnotateConfig) -> None:
        self.comparison, self.subject, self.base, self.config = comparison, subject, base, config

    def sure(self, article: Article, row: Row) -> bool:
        """Whether a row's pair of articles is one that the rules speak of."""
        if row.base is None or row.kind in (RowKind.MOVED, RowKind.MOVED_CHANGED, RowKind.MOVED_AWAY):
            return self.paired(article)
        eid = row.base.eid
        for answer in article.answers:
            if eid == answer.head.eid or eid.startswith(answer.head.eid + "__"):
                return answer.score >= self.config.sure or answer.decision is not None
        return self.paired(article)

    def paired(self, article: Article) -> bool:
        """Whether any base article surely answers an article."""
        return any(a.score >= self.config.sure or a.decision is not None for a in article.answers)

    @cached_property
    def definitions(self) -> frozenset[str]:
        """The terms that the subject defines anywhere, in small letters."""
        return _terms(self.subject)

    @cached_property
    def base_definitions(self) -> frozenset[str]:
        """The terms that the base defines anywhere, in small letters."""
        return _terms(self.base)

    @cached_property
    def citations(self) -> Citations:
        """Who cites what in the base."""
        return Citations(self.base)

    @cached_property
    def _found(self) -> dict[tuple[int, str], bool]:
        return {}

    def has(self, pattern: str) -> bool:
        """Whether the subject's text has words anywhere."""
        key = -1, pattern
        if key not in self._found:
            seek = re.compile(pattern)
            self._found[key] = any(seek.search(t.content) for p in self.subject.walk() for t in p.texts())
        return self._found[key]

    def anywhere(self, side: int, pattern: re.Pattern[str], keys: Sequence[str]) -> bool:
        """Whether a side has words in small letters anywhere in what is compared; `keys` are parts of them, one at least."""
        key = side, pattern.pattern
        if key not in self._found:
            self._found[key] = _near(self._lines[side].joined, pattern, keys)
        return self._found[key]

    @cached_property
    def _forms(self) -> tuple[tuple[bool, frozenset[str]], tuple[bool, frozenset[str]]]:
        """Of base and subject: whether articles are numbered within chapters (`28.9`), and the chapters' numbers."""
        return _form(self.base), _form(self.subject)

    def strange(self, what: str, number: str) -> bool:
        """Whether an `Article` or `Chapter` is cited as only the base numbers its own."""
        (dotted, chapters), (here, ours) = self._forms
        if what == "Chapter":
            return number in chapters and number not in ours
        return dotted and not here and "." in number

    @staticmethod
    def party(low: str) -> str:
        """The one country that a text in small letters names; empty where it names none or several."""
        named = {name for name, code in COUNTRIES if re.search(rf"\b{name}\b", low)}
        return named.pop().title() if len(named) == 1 else ""

    @cached_property
    def _lines(self) -> tuple[_Lines, _Lines]:
        """All lines compared, the base's and the subject's."""
        texts: tuple[list[str], list[str]] = ([], [])
        for article in (*self.comparison.articles, *self.comparison.gone):
            for row in article.rows:
                if row.kind is not RowKind.INSERTED and row.kind not in (RowKind.MOVED, RowKind.MOVED_CHANGED):
                    texts[0].append(lowered(row.base_text))
                if row.kind not in (RowKind.DELETED, RowKind.MOVED_AWAY):
                    texts[1].append(lowered(row.subject_text))
        return _Lines(texts[0]), _Lines(texts[1])

    def said(self, side: int, low: str, modal: str = "") -> bool:
        """Whether some line of a side says most of what a text says; of a few words, where it has the `modal` too."""
        return self._lines[side].say(low, self.config.elsewhere, modal)


_MEANS = re.compile(r"[\"“]?(?P<term>[^:;]{2,80}?)[\"”]?,? (?:means|includes|shall mean|has the (?:same )?meaning)\b")


def _form(treaty: Treaty) -> tuple[bool, frozenset[str]]:
    numbers = [label(a.label) for a in treaty.articles() if a.label]
    return sum("." in n for n in numbers) > len(numbers) / 2, frozenset(label(c.label) for c in treaty.chapters())


def _terms(treaty: Treaty) -> frozenset[str]:
    found = (_MEANS.match(p.words) for p in treaty.walk() if p.kind is Provided.DEFINITION)
    return frozenset(m["term"].strip().lower() for m in found if m is not None)


def _near(text: str, pattern: re.Pattern[str], keys: Sequence[str]) -> bool:
    """Whether a pattern is found round one of its keys: a search of the whole text would take a hundred times as long."""
    for key in keys:
        at = text.find(key)
        while at >= 0:
            if pattern.search(text, max(0, at - _ROUND), at + len(key) + _ROUND) is not None:
                return True
            at = text.find(key, at + len(key))
    return False


class _Lines:
    """Lines of one side by their words: of each word a number with a bit for each line that has it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._of: dict[str, int] = {}
        of = self._of
        for n, text in enumerate(self._texts):
            bit = 1 << n
            for word in content(text):
                of[word] = of.get(word, 0) | bit

    @cached_property
    def joined(self) -> str:
        """All lines as one text."""
        return "\n".join(self._texts)

    def say(self, low: str, share: float, modal: str) -> bool:
        words = content(low)
        if not words:
            return True
        if len(words) >= _FEW:
            return bool(_having([self._of.get(w, 0) for w in words], ceil(share * len(words))))
        said = " ".join(low.split()).strip(" .;:,")
        found = _having([self._of.get(w, 0) for w in words], max(1, len(words) - (len(words) > 2)))
        while found:
            last = found & -found
            text = self._texts[last.bit_length() - 1]
            if modal in text if len(words) > 1 else said in " ".join(text.split()):
                return True
            found ^= last
        return False


def _having(masks: Sequence[int], need: int) -> int:
    """The lines that at least `need` of the masks have: the masks are added up bit by bit, all lines at once.

    >>> bin(_having([0b0111, 0b0110, 0b1100], 2))
    '0b110'
    """
    planes: list[int] = []
    for mask in masks:
        carry = mask
        for n, plane in enumerate(planes):
            planes[n], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    # the count reaches `need` where it is larger at the highest plane in which the two differ, or the same in all
    if need >> len(planes):
        return 0
    more, same = 0, -1
    for n in range(len(planes) - 1, -1, -1):
        if need >> n & 1:
            same &= planes[n]
        else:
            more |= same & planes[n]
            same &= ~planes[n]
    return more | same if need else -1
