"""An article laid out for the page: its rows with their addresses, marks and notes, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..languages import alpha2
from ..redline.comparison import HERE, Article, ArticleKind, Comparison, Nearest, Row, RowKind, Side
from .markup import Line, line
from .remarks import Remark, Remarks, on_row
from .sentences import sureness
from .third import Cell, Third
from .tints import tints

if TYPE_CHECKING:
    from ..annotate import Annotation

_BLANKS = re.compile(r"\s+")
_LONG = 150
_DEEPEST = 8
_OWN_IDS = (
    "top",
    "text",
    "contents",
    "gone",
    "help",
    "legend",
    "views",
    "say",
    "about",
    "outside",
    "does",
    "filter",
    "shown",
    "help-title",
    "terms",
)


@dataclass(frozen=True, slots=True)
class State:
    """How an article stands: class on the page, glyph, word for who does not see it."""

    name: str
    glyph: str
    word: str


SAME = State("same", "=", "the same")
CHANGED = State("changed", "~", "changed")
NEW = State("new", "+", "new")
NONE = State("none", "∅", "no counterpart")
GONE = State("gone", "−", "gone")
NOT_HELD = State("unheld", "⌷", "text not held")

ELSEWHERE = State("none", "↗", "answered outside this comparison")
"""What is shown and counted as without counterpart, since its answer is not part of the comparison, and said to have one."""

STATES = (SAME, CHANGED, NEW, NONE, GONE, NOT_HELD)
"""All that an article can be, in the order in which counts are listed."""


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row as the page shows it; `cites` are the base's and the subject's citations."""

    kind: RowKind
    ident: str
    depth: int
    base_depth: int
    note: bool
    head: bool
    tabular: bool
    line: Line
    cites: tuple[str, str]
    elsewhere: str = ""
    """Address of the other end of a move."""
    notes: tuple[Annotation, ...] = ()
    third: tuple[Cell, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """The kind as a class of the page."""
        return str(self.kind).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class LaidArticle:
    """An article as the page shows it. `sure` says in a word how well the two answer each other."""

    article: Article
    ident: str
    state: State
    sure: str
    rows: tuple[LaidRow, ...]
    changes: int
    ours: bool
    words: int
    nearest: tuple[Nearest, ...]
    notes: tuple[Annotation, ...] = ()
    """What is said of the article as a whole."""
    third: Third | None = None

    @property
    def long(self) -> bool:
        """Whether the text is folded where nothing answers it."""
        return self.words > _LONG


@dataclass(slots=True)
class Ids:
    """Hands out each address once."""

    taken: set[str] = field(default_factory=lambda: set(_OWN_IDS))

    def take(self, wanted: str) -> str:
        """`wanted`, or `wanted--2` and so on where it is taken."""
        name = _BLANKS.sub("_", wanted) or "provision"
        found, count = name, 1
        while found in self.taken:
            count += 1
            found = f"{name}--{count}"
        self.taken |= {found, f"{found}-name"}
        return found


def lay(
    article: Article,
    comparison: Comparison,
    ids: Ids,
    notes: Mapping[tuple[bool, str, int], Sequence[Annotation]],
    beside: Mapping[str, Third],
    remarks: tuple[Remarks, Remarks] = ({}, {}),
) -> LaidArticle:
    """An article of a comparison as the page shows it.

    `notes` are by whether the article is gone, its eId and the row's number (-1: all of it); `beside` has the third column by the
    subject's eId, `remarks` the reviewers' notes on the base and on the subject.
    """
    stands = state(article, comparison)
    head = article.head
    third = beside.get(head.eid)
    ident = ids.take(head.eid if article.subject else f"before-{head.eid}")
    named = {head.eid: head.heading for head in (article.base, *(answer.head for answer in article.answers)) if head is not None}
    own = {article.subject.eid: article.subject.heading} if article.subject is not None else {}
    plain = stands in (NONE, NEW, ELSEWHERE)
    base_lang = alpha2(comparison.base.language)
    lang = base_lang if comparison.base.language != comparison.subject.language else ""
    counted = article.kind is ArticleKind.COUNTERPART
    rows, words = [], 0
    said: set[tuple[int, str]] = set()
    at_lines: dict[str, int] = {}
    for at, row in enumerate(article.rows):
        side = row.subject or row.base
        assert side is not None
        headings = (
            named.get(row.base.eid, "") if row.base is not None and not row.base.note else "",
            own.get(row.subject.eid, "") if row.subject is not None and not row.subject.note else "",
        )
        head_row = at == 0 or (row.subject is None and bool(headings[0]))
        words += sum([len((s.base or s.subject).split()) for s in row.segments])
        found = tints(row, at_lines, comparison.lineage) if comparison.lineage is not None else ()
        shown = line(row, headings if head_row else ("", ""), stops=counted, plain=plain, lang=lang, tints=found)
        rows.append(
            LaidRow(
                row.kind,
                "" if at == 0 else ids.take(row_address(row)),
                min(side.depth, _DEEPEST),
                min((row.base or side).depth, _DEEPEST),
                side.note,
                head_row,
                side.kind == "table" and not side.note,
                shown,
                (row.base.citation if row.base else "", row.subject.citation if row.subject else ""),
                _elsewhere(row),
                tuple(notes.get((article.subject is None, head.eid, at), ())),
                third.cells[at] if third is not None else (),
                tuple(on_row(row, remarks, said)),
            )
        )
    ours = any(
        text.edition != "verbatim"
        for text, head_there in ((comparison.base, article.base), (comparison.subject, article.subject))
        if head_there
    )
    changes = article.changes if counted else 0
    whole = tuple(notes.get((article.subject is None, head.eid, -1), ()))
    return LaidArticle(article, ident, stands, _sure(article), tuple(rows), changes, ours, words, article.nearest, whole, third)


def row_address(row: Row) -> str:
    """The permanent address of a provision: the subject's eId, else the base's with a prefix; a footnote's under it."""
    side = row.subject or row.base
    assert isinstance(side, Side)
    own = f"before-{row.base.eid}" if row.base and (not row.subject or row.kind is RowKind.MOVED_AWAY) else side.eid
    return f"{own}__fn_{side.num}" if side.note else own


def _elsewhere(row: Row) -> str:
    if row.base is None or row.subject is None:
        return ""
    if row.kind is RowKind.MOVED_AWAY:
        return row_address(replace(row, kind=RowKind.MOVED))
    return row_address(replace(row, kind=RowKind.MOVED_AWAY)) if row.kind in HERE else ""


def state(article: Article, comparison: Comparison) -> State:
    """How an article stands in a comparison."""
    if article.kind is ArticleKind.COUNTERPART:
        return CHANGED if article.changes else SAME
    if article.kind is ArticleKind.NO_COUNTERPART:
        # Between two texts of one treaty nobody looks for a counterpart: the article is new.
        return NEW if comparison.within else ELSEWHERE if article.elsewhere else NONE
    return GONE if article.kind is ArticleKind.GONE else NOT_HELD


def _sure(article: Article) -> str:
    if article.kind is not ArticleKind.COUNTERPART:
        return ""
    return sureness(article.score, article.decision)
