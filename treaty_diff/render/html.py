"""The page on which two texts are compared: one file for each direction, and what they share.

    folder/index.html      the comparison
    folder/swapped.html    the same turned round, where it was made
    folder/assets/         style sheets, script, fonts with their licences

The page is read without a network, from a disk too, and without its script; the script adds
other views of the same elements. Nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RenderError
from ..languages import alpha2
from ..languages import name as language_name
from ..redline.comparison import HERE, Article, ArticleKind, Comparison, Nearest, Row, RowKind, Side, TextRef, opening
from .files import put
from .markup import Line, line
from .sentences import copied, counts, date, decided, listing, number, sureness
from .tints import legend, tints

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment
    from markupsafe import Markup

    from ..annotate import Annotation, Annotations

_TEMPLATES = "treaty_diff.templates"
_LONG = 150
_WHOLE = "the whole text"
"""How a comparison calls a scope that needs no naming in a headline."""
_DEEPEST = 8
_OWN_IDS = ("top", "text", "contents", "gone", "help", "legend", "views", "say", "about")


@dataclass(frozen=True, slots=True)
class State:
    """How an article stands: class on the page, glyph, word for who does not see it."""

    name: str
    glyph: str
    word: str


_SAME = State("same", "=", "the same")
_CHANGED = State("changed", "~", "changed")
_NEW = State("new", "+", "new")
_NONE = State("none", "∅", "no counterpart")
_GONE = State("gone", "−", "gone")
_NOT_HELD = State("unheld", "⌷", "text not held")

STATES = (_SAME, _CHANGED, _NEW, _NONE, _GONE, _NOT_HELD)
"""All that an article can be, in the order in which counts are listed."""


@dataclass(frozen=True, slots=True)
class _Row:
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

    @property
    def name(self) -> str:
        """The kind as a class of the page."""
        return str(self.kind).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as the page shows it. `sure` says in a word how well the two answer each other."""

    article: Article
    ident: str
    state: State
    sure: str
    rows: tuple[_Row, ...]
    changes: int
    ours: bool
    words: int
    nearest: tuple[Nearest, ...]
    notes: tuple[Annotation, ...] = ()
    """What is said of the article as a whole."""

    @property
    def long(self) -> bool:
        """Whether the text is folded where nothing answers it."""
        return self.words > _LONG


@dataclass(frozen=True, slots=True)
class Frame:
    """The site that a page stands in: the way to its root (`../`), what it is called, where its navigation leads (words, address
    from the root), which of these is marked, and what the page is a part of (an address from the root)."""

    root: str
    brand: str
    links: tuple[tuple[str, str], ...]
    here: str = ""
    crumb: str = ""


@dataclass(slots=True)
class _Ids:
    """Hands out each address once."""

    taken: set[str] = field(default_factory=lambda: set(_OWN_IDS))

    def take(self, wanted: str) -> str:
        """`wanted`, or `wanted--2` and so on where it is taken."""
        name = re.sub(r"\s+", "_", wanted) or "provision"
        found, count = name, 1
        while found in self.taken:
            count += 1
            found = f"{name}--{count}"
        self.taken |= {found, f"{found}-name"}
        return found


def write(comparison: Comparison, swapped: Comparison | None, folder: Path) -> Path:
    """Write the page, `swapped` beside it where given, and their assets; returns the page's path.

    Each file is complete before it takes its name, the pages last. Raises RenderError where the
    folder cannot be written.
    """
    out: list[tuple[str, bytes]] = list(assets())
    if swapped is not None:
        out += _files(swapped, "swapped", "index.html")
    out += _files(comparison, "index", "swapped.html" if swapped is not None else "")
    try:
        for name, data in out:
            put(folder / name, data)
    except OSError as error:
        raise RenderError(
            f"The page cannot be written to {folder}.",
            cause=error.strerror or str(error),
            fix="name a folder that can be written, or make room there",
        ) from error
    return folder / "index.html"


def page(
    comparison: Comparison,
    *,
    name: str = "index",
    swap: str = "",
    frame: Frame | None = None,
    annotations: Annotations | None = None,
) -> str:
    """The comparison as one HTML document.

    `name` is that of the file without its ending (its style sheet of the printed head is called
    after it), `swap` the address of the page turned round, empty where there is none. `frame` is the site that the page is part of,
    `annotations` stand beside the words that they are about.
    """
    ids = _Ids()
    notes: dict[tuple[bool, str, int], list[Annotation]] = {}
    for note in annotations or ():
        notes.setdefault((note.gone, note.article, note.row), []).append(note)
    articles = [_article(article, comparison, ids, notes) for article in comparison.articles]
    gone = [_article(article, comparison, ids, notes) for article in comparison.gone]
    template = environment().get_template("comparison.html")
    return template.render(
        c=comparison,
        articles=articles,
        gone=gone,
        counts=counts(comparison),
        differences=_differences(articles, gone),
        copied=copied(comparison.lineage) if comparison.lineage is not None else "",
        lineage=legend(comparison.lineage) if comparison.lineage is not None else [],
        name=name,
        swap=swap,
        whole=_WHOLE,
        notes=annotations,
        site=frame,
        root=frame.root if frame is not None else "",
        lang=alpha2(comparison.subject.language),
        base_lang=alpha2(comparison.base.language),
    )


def _differences(articles: list[_Article], gone: list[_Article]) -> str:
    """What *next change* walks through, in words."""
    changes = sum(one.changes for one in articles)
    whole = sum(one.state in (_NONE, _NEW) for one in articles)
    parts = [number(changes, "change") + " inside articles"]
    if whole:
        parts.append(number(whole, "article") + " without counterpart")
    if gone:
        parts.append(number(len(gone), "article") + " gone")
    return listing(parts)


def _article(
    article: Article, comparison: Comparison, ids: _Ids, notes: Mapping[tuple[bool, str, int], Sequence[Annotation]]
) -> _Article:
    stands = state(article, comparison)
    head = article.head
    ident = ids.take(head.eid if article.subject else f"before-{head.eid}")
    named = {head.eid: head.heading for head in (article.base, *(answer.head for answer in article.answers)) if head is not None}
    own = {article.subject.eid: article.subject.heading} if article.subject is not None else {}
    plain = stands in (_NONE, _NEW)
    base_lang = alpha2(comparison.base.language)
    lang = base_lang if comparison.base.language != comparison.subject.language else ""
    counted = article.kind is ArticleKind.COUNTERPART
    rows, words = [], 0
    at_lines: dict[str, int] = {}
    for at, row in enumerate(article.rows):
        side = row.subject or row.base
        assert side is not None
        headings = (
            named.get(row.base.eid, "") if row.base is not None and not row.base.note else "",
            own.get(row.subject.eid, "") if row.subject is not None and not row.subject.note else "",
        )
        head_row = at == 0 or (row.subject is None and bool(headings[0]))
        words += sum(len((s.base or s.subject).split()) for s in row.segments)
        found = tints(row, at_lines, comparison.lineage) if comparison.lineage is not None else ()
        shown = line(row, headings if head_row else ("", ""), stops=counted, plain=plain, lang=lang, tints=found)
        rows.append(
            _Row(
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
            )
        )
    ours = any(
        text.edition != "verbatim"
        for text, head_there in ((comparison.base, article.base), (comparison.subject, article.subject))
        if head_there
    )
    changes = article.changes if counted else 0
    whole = tuple(notes.get((article.subject is None, head.eid, -1), ()))
    return _Article(article, ident, stands, _sure(article), tuple(rows), changes, ours, words, article.nearest, whole)


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
        return _CHANGED if article.changes else _SAME
    if article.kind is ArticleKind.NO_COUNTERPART:
        # Between two texts of one treaty nobody looks for a counterpart: the article is new.
        return _NEW if comparison.base.treaty == comparison.subject.treaty else _NONE
    return _GONE if article.kind is ArticleKind.GONE else _NOT_HELD


def _sure(article: Article) -> str:
    if article.kind is not ArticleKind.COUNTERPART:
        return ""
    return sureness(article.score, article.decision)


def _date(text: TextRef) -> str:
    """The legal date of an expression as people write it, empty where it bears none.

    >>> _date(TextRef("tpp", "TPP", "", "eng@2016-02-04", "eng", "verbatim", "", "", ""))
    '4 February 2016'
    """
    return date(text.expression.partition("@")[2])


def _commands(text: str) -> Markup:
    """Our own sentences, with the commands in them (between backticks) as code."""
    from markupsafe import Markup

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def _css_string(text: str) -> Markup:
    """A string of CSS; whatever is no letter, digit or blank is written as an escape."""
    from markupsafe import Markup

    return Markup('"' + re.sub(r"[^0-9A-Za-z ]", lambda m: f"\\{ord(m[0]):x} ", text) + '"')


def _template(name: str) -> str | None:
    found = files(_TEMPLATES).joinpath(*name.split("/"))
    return found.read_text("utf-8") if found.is_file() else None


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with the filters that they use; what they print is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    found = Environment(
        loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {
        "commands": _commands,
        "decided": decided,
        "css_string": _css_string,
        "date": _date,
        "day": date,
        "opening": opening,
        "language": language_name,
    }
    return found


def printed_head(comparison: Comparison) -> bytes:
    """The style sheet that prints what is compared at the head of every sheet of paper."""
    return environment().get_template("print-head.css").render(c=comparison).encode()


def _files(comparison: Comparison, name: str, swap: str) -> list[tuple[str, bytes]]:
    return [
        (f"assets/print-{name}.css", printed_head(comparison)),
        (f"{name}.html", page(comparison, name=name, swap=swap).encode()),
    ]


def assets(folder: str = "assets") -> Iterator[tuple[str, bytes]]:
    """What pages share, by the path under which they ask for it; `folder` is one of the templates' folders."""
    yield from _assets(files(_TEMPLATES).joinpath(*folder.split("/")), "assets")


def _assets(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            yield from _assets(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()
