"""What changed between two texts: the one result that every presenter shows.

The base is *before*, the subject *after*. A comparison is a list of articles; an article is
a list of rows, one a line of `treaty_diff.text.plain`; a row is a list of segments. The
segments of an article, in order, give both stored texts back byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ..align.concordance import Decision
from ..text.model import notice

if TYPE_CHECKING:
    from .lineage import Lineage


def opening(name: str) -> str:
    """A text's name as a sentence begins with it: `the TPP` → `The TPP`."""
    return name[:1].upper() + name[1:]


class Op(StrEnum):
    """What a segment is."""

    EQUAL = "equal"
    QUIET = "quiet"
    DELETE = "delete"
    INSERT = "insert"


class Why(StrEnum):
    """What more is to be said of a segment.

    Of quiet ones, why the difference is no change: `spelling` (hyphens, quotes and numerals too), `wording` (one phrase for
    another that says the same), `space`, `number` (a provision's own number), `break` (a paragraph was split or two merged),
    `followed` (a citation that goes where the concordance sends its target). Of others: `dangling` (a citation of what its
    text does not have), `astray` (the same words, and the provision that they cite is not the one that answers).
    """

    NONE = ""
    SPELLING = "spelling"
    WORDING = "wording"
    SPACE = "space"
    NUMBER = "number"
    BREAK = "break"
    FOLLOWED = "followed"
    DANGLING = "dangling"
    ASTRAY = "astray"


class Segment(NamedTuple):
    """A run of characters: the base's words and the subject's (a tuple, because a treaty has tens of thousands).

    `equal`: the same on both sides; `quiet`: different characters that are no change; `delete` and
    `insert` have one side empty.
    """

    op: Op
    base: str
    subject: str
    why: str = ""

    @property
    def changed(self) -> bool:
        """Whether the words stand on one side only."""
        return self.op is Op.DELETE or self.op is Op.INSERT


class RowKind(StrEnum):
    """What happened to a provision.

    A `split` one is answered by several, of `merged` ones several by one: a row each. `moved` and `moved and changed` stand
    where the provision is in the subject, `moved away` where it was in the base.
    """

    EQUAL = "equal"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    INSERTED = "inserted"
    DELETED = "deleted"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    MOVED_CHANGED = "moved and changed"
    MOVED_AWAY = "moved away"


HERE = frozenset({RowKind.MOVED, RowKind.MOVED_CHANGED})
"""Rows whose base words belong to another place, where they stand as `moved away`."""


class Side(NamedTuple):
    """A provision's line on one side: eId, how it is cited, what kind it is, its level, its number.

    `note` is True for the line of a footnote; `num` is then its marker.
    """

    eid: str
    citation: str
    kind: str
    depth: int
    num: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an article: on both sides, or on one.

    Of a provision that moved `base` is where it was and `subject` where it is, at both ends.
    """

    kind: RowKind
    base: Side | None
    subject: Side | None
    segments: tuple[Segment, ...]

    @property
    def base_text(self) -> str:
        """The base's characters that stand in this place."""
        return "" if self.kind in HERE else "".join([s.base for s in self.segments])

    @property
    def subject_text(self) -> str:
        """The subject's characters that stand in this place."""
        return "" if self.kind is RowKind.MOVED_AWAY else "".join([s.subject for s in self.segments])

    @property
    def changes(self) -> int:
        """How many changes a reader meets here: runs of changed segments, a one-sided row counted once, a departure not at all."""
        if self.kind is RowKind.MOVED_AWAY:
            return 0
        if self.kind in (RowKind.INSERTED, RowKind.DELETED):
            return 1
        count, before = 0, False
        for segment in self.segments:
            count += segment.changed and not before
            before = segment.changed
        return count or int(self.kind in (RowKind.MOVED, RowKind.SPLIT, RowKind.MERGED))


class ArticleKind(StrEnum):
    """How an article stands in the comparison."""

    COUNTERPART = "counterpart"
    NO_COUNTERPART = "no counterpart"
    GONE = "gone"
    NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class Head:
    """An article by name: eId, citation (`Article 1904`), selector (`1904`), heading, and its chapter's citation."""

    eid: str
    citation: str
    selector: str
    heading: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A base article that comes close without answering; `decision` where a person rejected the link."""

    head: Head
    score: float
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A base article that answers one of the subject: the link's kind, chance, evidence and decision, as the concordance has them."""

    head: Head
    link: str
    score: float
    evidence: tuple[tuple[str, float], ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the subject with what answers it, or a base article that is gone.

    `subject` is None where `kind` is `gone`, `base` (the best of `answers`) None where there is no counterpart. `rows`
    is empty where the text is not held. `score`, `link`, `evidence` and `decision` are those of the best link; `decision` may
    also be that nothing answers the article. `with_` are the other articles whose rows share the base's words with these:
    each base article's words stand in one place. `elsewhere` are base articles outside the comparison that answer it. The sums are those of the stored lines that the rows must give back.
    """

    kind: ArticleKind
    subject: Head | None
    base: Head | None
    score: float
    rows: tuple[Row, ...]
    nearest: tuple[Nearest, ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()
    link: str = ""
    base_sha256: str = ""
    subject_sha256: str = ""
    decision: Decision | None = None
    answers: tuple[Answer, ...] = ()
    with_: tuple[Head, ...] = ()
    elsewhere: tuple[Answer, ...] = ()
    changes: int = field(init=False, repr=False, compare=False)
    """How many changes a reader meets."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "changes", sum([row.changes for row in self.rows]))

    @property
    def head(self) -> Head:
        """The article by the name under which it is listed: the subject's, else the base's."""
        found = self.subject or self.base
        assert found is not None
        return found

    @property
    def differs(self) -> bool:
        """Whether something answers it, and says something else."""
        return self.kind is ArticleKind.COUNTERPART and bool(self.changes)

    @property
    def equal(self) -> bool:
        """Whether the two sides say the same, quiet differences aside."""
        return self.kind is ArticleKind.COUNTERPART and not self.changes


@dataclass(frozen=True, slots=True)
class TextRef:
    """One side of a comparison: which text, in which edition, from which source.

    `scope` is the part compared as people say it (`Chapter 19`, `the whole text`);
    `sha256` is that of the lines of the articles and annexes compared, in the text's order. `amends` is the treaty that a proposal amends.
    """

    treaty: str
    name: str
    title: str
    expression: str
    language: str
    edition: str
    selector: str
    scope: str
    sha256: str
    source: str = ""
    licence: str = ""
    attribution: str = ""
    status: str = ""
    revision: str = ""
    amends: str = ""


@dataclass(frozen=True, slots=True)
class Provisions:
    """How many lines (paragraphs, items, definitions, headings; footnotes too) are what; a split or merged one counts each row."""

    equal: int = 0
    changed: int = 0
    renumbered: int = 0
    split: int = 0
    merged: int = 0
    moved: int = 0
    new: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts that a reader sees first.

    Words are those of inserted, deleted and equal segments where both texts speak, and of `quiet` ones among the equal:
    how many differ quietly. `headings` are those of parts, chapters and sections that differ from what answers them: these are in no other count. `followed`, `astray` and `dangling` count citations.
    """

    articles: int = 0
    headings: int = 0
    equal: int = 0
    changed: int = 0
    no_counterpart: int = 0
    gone: int = 0
    not_held: int = 0
    words_inserted: int = 0
    words_deleted: int = 0
    words_equal: int = 0
    changes: int = 0
    quiet: int = 0
    followed: int = 0
    astray: int = 0
    dangling: int = 0
    provisions: Provisions = Provisions()


@dataclass(frozen=True, slots=True)
class Proof:
    """Articles compared together, by eId in the order of their lines, and the sha256 of both sides' stored lines."""

    base: tuple[str, ...]
    subject: tuple[str, ...]
    base_sha256: str
    subject_sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared. `gone` are base articles inside the scope that nobody answers. `headings` are the parts, chapters and sections
    of the scope, listed like articles with what answers them and no rows but those of their headings.

    `not_compared` says in sentences what was left out and why, `decisions` which decisions of persons are stale or do not count.
    `proofs` are checked by `treaty_diff.redline.proof`. `lineage` says which of the subject's words were copied from which text, the
    base and others; None where nobody asked.
    """

    base: TextRef
    subject: TextRef
    articles: tuple[Article, ...]
    gone: tuple[Article, ...]
    summary: Summary
    not_compared: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    headings: tuple[Article, ...] = ()
    proofs: tuple[Proof, ...] = ()
    lineage: Lineage | None = None

    @property
    def differing(self) -> tuple[Article, ...]:
        """The parts, chapters and sections whose headings differ from those of what answers them."""
        return tuple(h for h in self.headings if h.differs)

    @property
    def reading(self) -> str:
        """The direction of reading in one sentence."""
        return (
            f"Read from {self.base.name} (before) to {self.subject.name} (after): struck words stand only in "
            f"{self.base.name}, underlined words only in {self.subject.name}."
        )

    @property
    def within(self) -> bool:
        """Whether the base is the subject's own treaty or the one that it amends: what has no counterpart there is new."""
        return self.base.treaty in (self.subject.treaty, self.subject.amends)

    @property
    def notice(self) -> str:
        """What must be said of the editions, empty where both sides are verbatim."""
        said = (notice(side.name, side.edition) for side in (self.subject, self.base))
        return " ".join(dict.fromkeys(filter(None, said)))
