"""The contents page of a publication: which page it is, in which order it leads to the files, what it says between them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from ..text.model import Kind
from . import headings, html, printed
from .html_walk import Raw
from .printed import Head
from .publication_order import Piece
from .report import Report
from .sources import PAGES

_INDEX = re.compile(r"(?:index|default|toc|contents?|indice|índice|sommaire|inicio|main|home)\b.*", re.I)
_DOCUMENTS = (*PAGES, ".pdf", ".docx", ".doc", ".txt", ".rtf")
_TITLED = (Kind.PART, Kind.CHAPTER, Kind.SECTION)
_TOP = 12


@dataclass(slots=True)
class Entry:
    """A file that the contents page leads to, with the words of the link, and what stands above it on the page."""

    name: str
    words: str = ""
    above: list[Raw] = field(default_factory=list)


class Finder:
    """Finds the files that links lead to: among the files there are, whatever else a link may name."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._by_path = {name.casefold(): name for name in reversed(names)}
        self._by_name = {posixpath.basename(name).casefold(): name for name in reversed(names)}

    def __call__(self, href: str, page: str) -> str:
        """The file that a link on a page leads to, empty where there is none.

        The site that a link names is left aside, since pages that were saved keep such links; endings may differ
        (`ch1.asp` saved as `ch1.asp.html`).
        """
        path = _path(href)
        if not path or path.endswith("/"):
            return ""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).casefold()
        last = posixpath.basename(path).casefold()
        for wanted, among in ((beside, self._by_path), (last, self._by_name)):
            stem = wanted.rpartition(".")[0] or wanted
            for name in (wanted, *(f"{base}{suffix}" for base in (wanted, stem) for suffix in PAGES)):
                if name in among:
                    return among[name]
        return ""


def choose(pieces: Sequence[Piece], find: Finder) -> Piece | None:
    """The page that links to most of the other files, more than half of them, and holds no article; `index` before others."""
    best: Piece | None = None
    most = (len(pieces) - 1) / 2
    for piece in sorted(pieces, key=lambda p: not _INDEX.match(posixpath.basename(p.name))):
        led = {find(href, piece.name) for href in piece.links} - {"", piece.name}
        if len(led) > most and led and not piece.has_article:
            best, most = piece, len(led)
    return best


def read(page: html.Page, find: Finder, report: Report) -> tuple[list[Entry], list[Raw]]:
    """The files that a contents page leads to in order, and the words of its own behind the last of them.

    Of its own words only headings of Parts, chapters and the like are the treaty's, and a preamble; the rest is told
    in `report`, and so is a file that is not there.
    """
    entries: list[Entry] = []
    above: list[Raw] = []
    seen: set[str] = set()
    before: Head | None = None
    preamble = False
    for raw in page.raws:
        heading = printed.read(raw.words, level=raw.level) if not raw.table else None
        missing = [href for _, href in raw.links if not find(href, page.name) and _leads_to_file(href, page.name, heading)]
        for href in missing:
            report.unsure("file that the table of contents links to, not there", raw.place, f"{raw.words} ({href})")
        led = [name for _, href in raw.links if (name := find(href, page.name)) and name != page.name]
        if led and not (raw.unlinked and len(raw.words) > 300):
            report.drop("table of contents", raw.place, raw.words)
            for name in dict.fromkeys(led):
                if name not in seen:
                    seen.add(name)
                    entries.append(Entry(name, raw.words, above))
                    above = []
            before = None
            continue
        if heading is not None and heading.kind is Kind.PREAMBLE and not raw.links:
            preamble = True
        title = before is not None and not before.heading and before.kind in _TITLED and headings.looks_like(raw.words)
        if not raw.links and not raw.note and (preamble or heading is not None or title):
            above.append(raw)
        elif not missing and not page.is_way(raw):
            report.drop("contents page", raw.place, raw.words)
        before = heading
    return entries, above


def unless_said(above: Sequence[Raw], piece: Piece, report: Report) -> Iterator[Raw]:
    """What the contents page says above a file, without the headings that the file says again at its start."""
    blocks = piece.pages.blocks[:_TOP]
    said = {_bare(block.words) for block in blocks}
    said |= {_bare(f"{a.words} {b.words}") for a, b in pairwise(blocks)}
    heads = {(h.kind, h.key) for h in piece.opens}
    repeated = False
    for raw in above:
        heading = printed.read(raw.words, level=raw.level)
        if heading is not None:
            repeated = (heading.kind, heading.key) in heads
        if repeated or _bare(raw.words) in said:
            report.drop("table of contents", raw.place, raw.words)
        else:
            yield raw


def title_of(entry: Entry, piece: Piece) -> Head | None:
    """The heading of a chapter that only its link on the contents page says: the file begins with the chapter's articles."""
    heading = printed.read(entry.words, level=1)
    if heading is None or heading.kind is not Kind.CHAPTER or any(h.kind is Kind.CHAPTER for h in piece.opens):
        return None
    return heading if piece.articles else None


def _path(href: str) -> str:
    try:
        return unquote(urlsplit(href.strip()).path).replace("\\", "/")
    except ValueError:  # `//[` names no site
        return ""


def _leads_to_file(href: str, page: str, heading: Head | None) -> bool:
    """Whether a link that finds no file leads to a document beside the page, or says that it is a chapter."""
    path = _path(href)
    if not path or posixpath.basename(path) == posixpath.basename(page):
        return False
    beside = not href.strip().startswith(("/", "\\")) and not re.match(r"\s*\w[\w+.-]*:", href)
    return heading is not None or (beside and path.lower().endswith(_DOCUMENTS))


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())
