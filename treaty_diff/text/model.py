"""What a treaty text is: a tree of provisions, each with its own words.

Everything is frozen plain data. A provision's words are a string with marks beside it
(references, defined terms, footnotes), so that comparing works on strings and nothing
about markup leaks further down the house.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .proposal import Proposal


class Kind(StrEnum):
    """What a provision is. The names are those of treaty drafting."""

    TREATY = "treaty"
    PREAMBLE = "preamble"
    RECITAL = "recital"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    ITEM = "item"
    SUBITEM = "subitem"
    SUBSUBITEM = "subsubitem"
    DEFINITION = "definition"
    FLUSH = "flush"
    HEADING = "heading"
    TABLE = "table"
    ANNEX = "annex"
    APPENDIX = "appendix"
    CONCLUSION = "conclusion"


CONTAINERS = frozenset({Kind.TREATY, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION})
"""Provisions that hold articles and have no words of their own but a heading."""

ANNEXES = frozenset({Kind.ANNEX, Kind.APPENDIX})
"""Provisions that hang on a chapter, an article or the treaty."""

HEADS = ANNEXES | {Kind.ARTICLE}
"""Provisions that citations begin with: what is below them is cited by its place there."""

COMPONENTS = ANNEXES | {Kind.CHAPTER}
"""Provisions that are stored in a file of their own."""

LIST_LEVELS = (Kind.SUBPARAGRAPH, Kind.ITEM, Kind.SUBITEM, Kind.SUBSUBITEM)
"""The levels of a list below a paragraph or a definition, outermost first; deeper ones keep the last name."""

POINTS = frozenset({*LIST_LEVELS, Kind.DEFINITION})
"""Entries of lists."""


def list_kind(depth: int) -> Kind:
    """Kind of a list entry `depth` levels (from 0) below its paragraph or definition."""
    return LIST_LEVELS[min(depth, len(LIST_LEVELS) - 1)]


class Edition(StrEnum):
    """Whose words a text has."""

    VERBATIM = "verbatim"
    RESTATEMENT = "restatement"
    RECONSTRUCTION = "reconstruction"


def notice(name: str, edition: str) -> str:
    """What must be said wherever a text is shown that is not the treaty's own words; empty for one that is."""
    about = name[:1].upper() + name[1:]
    if edition == Edition.RESTATEMENT:
        return f"{about}: a restatement in our own words, not the treaty's words; `treaty-diff pull` gets the text."
    if edition == Edition.RECONSTRUCTION:
        return f"{about}: a reconstruction from public reports, not a Party's words."
    return ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words `start:end` that cite `href` (an IRI, or `#eId` in the same file); `up_to` closes a range."""

    start: int
    end: int
    href: str
    up_to: str = ""


@dataclass(frozen=True, slots=True)
class MultiReference:
    """Words `start:end` that cite several provisions at once, each by its own `Reference` within."""

    start: int
    end: int
    parts: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Words `start:end` that are the term which the provision defines."""

    start: int
    end: int
    slug: str


Span = Reference | MultiReference | Term


@dataclass(frozen=True, slots=True)
class Markup:
    """Words `start:end` inside an element that is kept as the source has it: italics, a formula, a quoted section.

    `element` is Akoma Ntoso's name for it, or `{namespace}name`; `attributes` are pairs in the
    source's order. `parts` are the elements inside it, in order.
    """

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    parts: tuple[Markup, ...] = ()
    opaque: bool = field(init=False, repr=False, compare=False)
    """Whether no mark and no footnote can stand inside it: formulas, drawings, what has no words."""

    def __post_init__(self) -> None:
        only = self.parts[0] if len(self.parts) == 1 else None
        empty = self.start == self.end or self.element == "foreign" or self.element.startswith("{")
        # What holds nothing but a formula is one.
        holds = only is not None and (only.start, only.end) == (self.start, self.end) and only.opaque
        object.__setattr__(self, "opaque", empty or holds)


_PHRASES = frozenset({"b", "i", "u", "sub", "sup", "span", "inline", "abbr", "br", "eol", "eop"})
"""Elements that a mark may hold, whatever it marks."""

_QUOTED = frozenset({"mod", "mmod", "rmod", "quotedText", "quotedStructure", "embeddedText", "embeddedStructure"})
"""Elements whose words are those of another text: what they cite is not this text's to resolve."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words in one language.

    `content` has no line break inside a sentence; `\\n` parts two paragraphs of one
    provision. `language` is an ISO 639-2 code. `spans` are in order and do not overlap, and so
    is `markup`; a span and an element may hold one another, but none cuts the other.
    """

    content: str
    language: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Footnote, ...] = ()
    markup: tuple[Markup, ...] = ()

    def markable(self, start: int, end: int) -> bool:
        """Whether a mark over `start:end` would hold whole phrases only, and none of another text's words."""
        return _markable(self.markup, start, end)

    def __bool__(self) -> bool:
        return bool(self.content or self.notes)


def _end(markup: Markup) -> int:
    return markup.end


def _markable(markup: tuple[Markup, ...], start: int, end: int) -> bool:
    for n in range(bisect_right(markup, start, key=_end), len(markup)):
        m = markup[n]
        if m.start >= end:
            break
        if m.start <= start and end <= m.end and (m.start, m.end) != (start, end):
            return not m.opaque and m.element not in _QUOTED and _markable(m.parts, start, end)
        if not (start <= m.start and m.end <= end and m.element in _PHRASES and _markable(m.parts, start, end)):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote whose marker stands before character `offset` of the words it hangs on.

    `placed` is False while only the body is known: the footnote then hangs on the end of the
    provision in which its body stood, and a marker printed elsewhere is still in the words.
    """

    marker: str
    offset: int
    body: Text
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `columns` and `rows` are how many of them it spans."""

    text: Text
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the treaty's tree.

    `text` is the provision's own words: all of them where it has no children, its
    chapeau where it has. Words after a list are a child of kind `flush`. `num` is printed
    as it stands in the source, `1.` or `(a)` or `Article 1904`. `element` is the name that an Akoma
    Ntoso source has for it where ours is another: `clause`, `hcontainer schedule`.
    """

    kind: Kind
    eid: str = ""
    wid: str = ""
    num: Text | None = None
    heading: Text | None = None
    text: Text | None = None
    children: tuple[Provision, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()
    element: str = ""

    @property
    def label(self) -> str:
        """The number as printed, empty where there is none."""
        return self.num.content if self.num is not None else ""

    @property
    def title(self) -> str:
        """The heading's words, empty where there is none."""
        return self.heading.content if self.heading is not None else ""

    @property
    def words(self) -> str:
        """The provision's own words, without its children's."""
        return self.text.content if self.text is not None else ""

    @property
    def held(self) -> bool:
        """Whether there are words here, and not a heading only."""
        return bool(self.text or self.table) or any(child.held for child in self.children)

    def walk(self) -> Iterator[Provision]:
        """This provision and all below it, in reading order."""
        ahead = [self]
        while ahead:
            provision = ahead.pop()
            yield provision
            ahead.extend(reversed(provision.children))

    def texts(self) -> Iterator[Text]:
        """The provision's own texts: number, heading, words, cells."""
        yield from (t for t in (self.num, self.heading, self.text) if t is not None)
        yield from (cell.text for row in self.table for cell in row)

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The provision's own footnotes, in the order of their markers."""
        return tuple(note for text in self.texts() for note in text.notes)

    def articles(self) -> Iterator[Provision]:
        """The articles below (or the article itself), annexes left out."""
        if self.kind is Kind.ARTICLE:
            yield self
        elif self.kind in CONTAINERS:
            for child in self.children:
                yield from child.articles()

    def to_dict(self) -> dict[str, Any]:
        """Plain data of the whole subtree, without marks."""
        return {
            "kind": str(self.kind),
            "eId": self.eid,
            "num": self.label,
            "heading": self.title,
            "text": self.words,
            "children": [child.to_dict() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from and on what terms."""

    name: str = ""
    url: str = ""
    sha256: str = ""
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of one expression of a treaty.

    `signed` is the work's date, `date` the legal date of this expression (ISO 8601);
    `language` an ISO 639-2 code; `parties` ISO 3166-1 alpha-3 codes. `proposal` says of a text on the
    table who tabled it and where it would stand; None for a treaty.
    """

    treaty: str
    title: str
    signed: str
    date: str
    language: str
    edition: Edition = Edition.VERBATIM
    parties: tuple[str, ...] = ()
    short: str = ""
    status: str = ""
    source: Source = field(default_factory=Source)
    proposal: Proposal | None = None

    @property
    def expression(self) -> str:
        """Language and legal date: `eng@2016-02-04`."""
        return f"{self.language}@{self.date}"

    @property
    def name(self) -> str:
        """How the treaty is called in running text."""
        return self.short or self.title


@dataclass(frozen=True, slots=True)
class Treaty:
    """One expression of a treaty: its metadata and its tree, whose root has kind `treaty`.

    `sources` are the annexes that came from another file than the rest: eId and source, by eId.
    """

    meta: Metadata
    root: Provision
    sources: tuple[tuple[str, Source], ...] = ()
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of the text, by what worked it out (`text.once`)."""

    def walk(self) -> Iterator[Provision]:
        """All provisions in reading order, the root first."""
        return self.root.walk()

    def articles(self) -> tuple[Provision, ...]:
        """All articles in order, those of annexes left out."""
        return tuple(self.root.articles())

    def chapters(self) -> tuple[Provision, ...]:
        """All chapters in order, whether in Parts or not."""
        return tuple(p for p in _outer(self.root) if p.kind is Kind.CHAPTER)

    def components(self) -> tuple[Provision, ...]:
        """Chapters and annexes, each stored in a file of its own, in reading order."""
        return tuple(p for p in self.root.walk() if p.kind in COMPONENTS)

    def with_root(self, root: Provision) -> Treaty:
        """The same expression with another tree."""
        return replace(self, root=root)


def _outer(provision: Provision) -> Iterator[Provision]:
    """What stands in no chapter: the children, and those of Parts."""
    for child in provision.children:
        yield child
        if child.kind is Kind.PART:
            yield from _outer(child)
