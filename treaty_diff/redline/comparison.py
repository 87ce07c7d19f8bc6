"""What changed between two texts: the one result that every presenter shows.

The base is *before*, the subject *after*. A comparison is a list of articles; an article is
a list of rows, one a line of `treaty_diff.text.plain`; a row is a list of segments. The
segments of an article, in order, give both stored texts back byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..align.concordance import Decision
from ..text.model import notice


def opening(name: str) -> str:
    """A text's name as a sentence begins with it: `the TPP` → `The TPP`."""
    return name[:1].upper() + name[1:]


class Op(StrEnum):
    """What a segment is."""

    EQUAL = "equal"
    QUIET = "quiet"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters: the base's words and the subject's.

    `equal`: the same on both sides; `quiet`: different characters that are no change
    (spelling, quotes, hyphens); `delete` and `insert` have one side empty.
    """

    op: Op
    base: str
    subject: str


class RowKind(StrEnum):
    """What happened to a provision."""

    EQUAL = "equal"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Side:
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
    """A line of an article: on both sides, or on one."""

    kind: RowKind
    base: Side | None
    subject: Side | None
    segments: tuple[Segment, ...]


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
class Article:
    """An article of the subject with what answers it, or a base article that is gone.

    `subject` is None where `kind` is `gone`, `base` None where there is no counterpart. `rows`
    is empty where the text is not held. `score` is that of the link, 0 where there is none.
    `decision` is that of the person who confirmed the pair, or that nothing answers the article.
    The two sums are those of the stored plain texts: the segments' sides, joined, must have them.
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

    @property
    def head(self) -> Head:
        """The article by the name under which it is listed: the subject's, else the base's."""
        found = self.subject or self.base
        assert found is not None
        return found

    @property
    def changes(self) -> int:
        """How many changes a reader meets: runs of changed segments, a one-sided row counted once."""
        count = 0
        for row in self.rows:
            if row.kind in (RowKind.INSERTED, RowKind.DELETED):
                count += 1
            else:
                run = False
                for segment in row.segments:
                    changed = segment.op in (Op.INSERT, Op.DELETE)
                    count += changed and not run
                    run = changed
        return count

    @property
    def equal(self) -> bool:
        """Whether the two sides say the same, quiet differences aside."""
        return self.kind is ArticleKind.COUNTERPART and not self.changes


@dataclass(frozen=True, slots=True)
class TextRef:
    """One side of a comparison: which text, in which edition, from which source.

    `scope` is the part compared as people say it (`Chapter 19`, `the whole text`);
    `sha256` is that of the compared plain text.
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


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts that a reader sees first. Words are those of inserted and deleted segments."""

    articles: int = 0
    equal: int = 0
    changed: int = 0
    no_counterpart: int = 0
    gone: int = 0
    not_held: int = 0
    words_inserted: int = 0
    words_deleted: int = 0
    words_equal: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared. `gone` are base articles inside the scope that nobody answers.

    `not_compared` says in sentences what was left out and why, `decisions` which decisions of persons are stale or do not count.
    """

    base: TextRef
    subject: TextRef
    articles: tuple[Article, ...]
    gone: tuple[Article, ...]
    summary: Summary
    not_compared: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def reading(self) -> str:
        """The direction of reading in one sentence."""
        return (
            f"Read from {self.base.name} (before) to {self.subject.name} (after): struck words stand only in "
            f"{self.base.name}, underlined words only in {self.subject.name}."
        )

    @property
    def notice(self) -> str:
        """What must be said of the editions, empty where both sides are verbatim."""
        said = (notice(side.name, side.edition) for side in (self.subject, self.base))
        return " ".join(dict.fromkeys(filter(None, said)))
