"""What the rules know beside the article that they read: the comparison, the texts, the config, all lines by their words."""

from __future__ import annotations

import re
from functools import cached_property

from ..citation import label
from ..redline.comparison import HERE, Article, ArticleKind, Comparison, Row, RowKind
from ..text.model import Kind as Provided
from ..text.model import Treaty
from ..text.once import once
from .citing import Citations, citations
from .config import COUNTRIES, AnnotateConfig
from .line import Line, Lines, Reader
from .pairs import Pair
from .rows import Sheet
from .words import NAMED, bit, codes

_NAMES = bit(NAMED)


class World:
    """A comparison with its two texts."""

    def __init__(self, comparison: Comparison, subject: Treaty, base: Treaty, config: AnnotateConfig) -> None:
        self.comparison, self.subject, self.base, self.config = comparison, subject, base, config
        self._reader = Reader()
        self.sheets = [
            self.sheet(article)
            for article in comparison.articles
            if article.kind is ArticleKind.COUNTERPART and self.paired(article)
        ]

    @cached_property
    def alone(self) -> list[tuple[Article, int, list[Line]]]:
        """The articles that are gone or new: with the side that has their words, and their lines."""
        found = [(a, 1) for a in self.comparison.articles if a.kind is ArticleKind.NO_COUNTERPART]
        found += [(a, 0) for a in self.comparison.gone]
        return [
            (article, side, [self._reader[row.subject_text if side else row.base_text] for row in article.rows])
            for article, side in found
        ]

    def sheet(self, article: Article) -> Sheet:
        """An article as the rules read it."""
        pairs = [Pair(row, self._reader) for row in article.rows]
        sure = [self._sure(article, row) for row in article.rows]
        return Sheet(article, pairs, sure, article.kind is ArticleKind.GONE, self.config.alike)

    def _sure(self, article: Article, row: Row) -> bool:
        """Whether a row's pair of articles is one that the rules speak of."""
        if article.kind is not ArticleKind.COUNTERPART:
            return True
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

    @property
    def definitions(self) -> frozenset[str]:
        """The terms that the subject defines anywhere, in small letters."""
        return _terms(self.subject)

    @cached_property
    def _defined(self) -> str:
        return "\n".join(self.definitions)

    def longer(self, term: str) -> list[str]:
        """The terms that the subject defines and that hold another one, the longest first."""
        if self._defined.count(term) == (term in self.definitions):
            return []
        return sorted([t for t in self.definitions if term in t and t != term], key=lambda t: (-len(t), t))

    @property
    def base_definitions(self) -> frozenset[str]:
        """The terms that the base defines anywhere, in small letters."""
        return _terms(self.base)

    @property
    def citations(self) -> Citations:
        """Who cites what in the base."""
        return citations(self.base)

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

    def anywhere(self, side: int, pattern: re.Pattern[str], sign: int) -> bool:
        """Whether a line of a side has a pattern in small letters; `sign` is that of the words of which it must have one."""
        key = side, pattern.pattern
        if key not in self._found:
            self._found[key] = self._lines[side].any(pattern, sign)
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
    def party(line: Line) -> str:
        """The one country that a line names; empty where it names none or several."""
        if not line.signs & _NAMES:
            return ""
        low = line.low
        named = {name for name, code in COUNTRIES if re.search(rf"\b{name}\b", low)}
        return named.pop().title() if len(named) == 1 else ""

    @cached_property
    def _lines(self) -> tuple[Lines, Lines]:
        """All lines compared, the base's and the subject's, each where it stands."""
        before: list[Line] = []
        after: list[Line] = []
        seen = {id(sheet.article) for sheet in self.sheets}
        for sheet in self.sheets:
            for pair in sheet.pairs:
                if pair.kind is not RowKind.INSERTED and pair.kind not in HERE:
                    before.append(pair.lines[0])
                if pair.kind is not RowKind.DELETED and pair.kind is not RowKind.MOVED_AWAY:
                    after.append(pair.lines[1])
        for article in (*self.comparison.articles, *self.comparison.gone):
            if id(article) not in seen:
                for row in article.rows:
                    before.append(self._reader[row.base_text])
                    after.append(self._reader[row.subject_text])
        # of an article that stands on one side the other has no words
        return Lines([line for line in before if line.codes]), Lines([line for line in after if line.codes])

    def said(self, side: int, low: str, modal: str = "") -> bool:
        """Whether some line of a side says most of what a text says; of a few words, where it has the `modal` too."""
        return self._lines[side].say(low, codes(low), self.config.elsewhere, modal)

    def has_line(self, side: int, line: Line, after: int = 0) -> bool:
        """Whether some line of a side says most of what a line says, its first characters left out where they are a number."""
        return self._lines[side].say(line.low[after:], line.codes, self.config.elsewhere, "")


_MEANS = re.compile(r"[\"“]?(?P<term>[^:;]{2,80}?)[\"”]?,? (?:means|includes|shall mean|has the (?:same )?meaning)\b")


@once
def _form(treaty: Treaty) -> tuple[bool, frozenset[str]]:
    numbers = [label(a.label) for a in treaty.articles() if a.label]
    return sum("." in n for n in numbers) > len(numbers) / 2, frozenset(label(c.label) for c in treaty.chapters())


@once
def _terms(treaty: Treaty) -> frozenset[str]:
    found = (_MEANS.match(p.words) for p in treaty.walk() if p.kind is Provided.DEFINITION)
    return frozenset(m["term"].strip().lower() for m in found if m is not None)
