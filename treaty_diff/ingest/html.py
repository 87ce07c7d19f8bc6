"""Web pages: one long page, or a table of contents with a page for each chapter beside it.

What is known of a site's pages stands in a profile (`profiles`); where none fits, the general
one. Nothing is fetched: pages are files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from ..errors import SourceError
from . import profiles
from .blocks import Block, Pages
from .html_notes import Links, read_links, words_of
from .html_source import parse, sniff_html, too_large
from .html_walk import Raw, Walk
from .profiles import Profile
from .report import Report
from .sources import natural

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_html", "read_site", "sniff_html"]

MAX_PAGES = 2_000
MAX_SITE = 64_000_000
MAX_BLOCKS = 200_000
_SUFFIXES = (".html", ".htm", ".xhtml", ".asp", ".aspx", ".php", ".shtml", ".jsp")
_PAGE = re.compile(r"(?!https?:|mailto:|javascript:)[^#]+\.(?:x?html?|aspx?|php|shtml|jsp)(?:#.*)?", re.I)
"""A link to a page of the same site."""

_INDEX = re.compile(r"(?:index|default|toc|contents?|indice|índice|sommaire|inicio|main|home)\b.*", re.I)
_MOVING = re.compile(
    r"\W*(?:(?:go |back |return |volver |ir |retour )?(?:to |al? |au )?(?:the )?(?:next|previous|prev|back|top|up|home|contents|"
    r"table of contents|index|print|siguiente|anterior|arriba|inicio|índice|indice|suivant|précédent|haut|accueil|sommaire)"
    r"(?: (?:of|de|du) (?:the )?(?:page|página|document))?(?: (?:page|chapter|capítulo|chapitre))?\W*)+",
    re.I,
)
_LEADING = re.compile(r"\s*[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?[.:]?\s+")


def read_html(data: bytes, *, name: str = "", profile: str | Path | Profile = "", report: Report | None = None) -> Pages:
    """The blocks and footnotes of one page.

    `profile` is the name of a profile, or the path of one; empty: the first that fits. What is left
    out or odd is told to `report`. Raises SourceError for a page that has no text or is hostile.
    """
    report = report if report is not None else Report()
    page = _Page(data, name, profile, report, "")
    pages = Pages(language=page.language, title=page.title)
    _settle([raw for raw in page.raws if not page.is_way(raw)], page.links, pages, report)
    return _checked(pages, name, report)


def read_site(
    files: Mapping[str, bytes], *, name: str = "", profile: str | Path | Profile = "", report: Report | None = None
) -> Pages:
    """The blocks and footnotes of pages that lie side by side, given by their files' names.

    Each page stands where the table of contents, one of them, links to it; without one they follow in the order
    of their names, `ch2` before `ch10`. Links to other places are not followed. `name` is the publication's, for errors.
    """
    report = report if report is not None else Report()
    if len(files) > MAX_PAGES or sum(map(len, files.values())) > MAX_SITE:
        raise too_large(name, f"more than {MAX_PAGES:,} pages or {MAX_SITE // 1_000_000} MB")
    read = _Site(files, profile, report)
    start = read.contents()
    return _checked(read.from_contents(start) if start else read.in_order(), name, report)


class _Page:
    """One page walked: its blocks not yet settled, its links, language and title."""

    def __init__(self, data: bytes, name: str, profile: str | Path | Profile, report: Report, prefix: str) -> None:
        root = parse(data, name, report)
        self.name = name
        self.report = report
        self.profile = _fitting(root, profile)
        chosen = _first(root, self.profile.content)
        levels: dict[_Element, int] = {}
        for selector, level in self.profile.headings:
            levels.update((element, level) for element in _select(root, selector))
        self.links = read_links(root, name, prefix)
        walk = Walk(
            self.profile,
            self.links,
            name if prefix else "",
            report,
            frozenset(e for selector in self.profile.drop for e in _select(root, selector)),
            levels,
            frozenset(e for selector in self.profile.notes for e in _select(root, selector)),
        )
        self.raws = walk.run(chosen)
        self.language = _language(root)
        title = root.find(".//title")
        self.title = " ".join(words_of(title).split()) if title is not None else ""

    def is_way(self, raw: Raw) -> bool:
        """Whether a block only leads somewhere: an entry of the page's own contents, `Next | Previous`."""
        if not raw.links or raw.unlinked or raw.table or (raw.note and not _MOVING.fullmatch(raw.words)):
            return False
        ahead = all(element in self.links.ahead for element, _ in raw.links)
        elsewhere = not raw.level and not any(href.startswith("#") for _, href in raw.links)
        if not (ahead or elsewhere or _MOVING.fullmatch(raw.words)):
            return False
        self.report.drop("link", raw.place, raw.words)
        return True


class _Site:
    """Pages side by side, each read once."""

    def __init__(self, files: Mapping[str, bytes], profile: str | Path | Profile, report: Report) -> None:
        self.files = files
        self.by_lower = {name.lower(): name for name in sorted(files, reverse=True)}
        self.profile = profile
        self.report = report
        self.pages: dict[str, _Page] = {}
        self.out = Pages()
        self.blocks = 0

    def page(self, name: str) -> _Page:
        """The page in a file."""
        if name not in self.pages:
            prefix = f"{len(self.pages) + 1}:"
            self.pages[name] = _Page(self.files[name], name, self.profile, self.report, prefix)
            self.blocks += len(self.pages[name].raws)
            if self.blocks > MAX_BLOCKS:
                raise too_large(name, f"with the pages beside it it has more than {MAX_BLOCKS:,} paragraphs")
        return self.pages[name]

    def file_of(self, href: str) -> str:
        """The file beside the page that a link leads to, whatever site it names; empty where there is none."""
        last = unquote(re.split(r"[?#]", href)[0]).replace("\\", "/").rpartition("/")[2].lower()
        if not last:
            return ""
        stem = last.rpartition(".")[0] or last
        names = (last, *(f"{base}{suffix}" for base in (last, stem) for suffix in _SUFFIXES))
        return next((self.by_lower[n] for n in names if n in self.by_lower), "")

    def contents(self) -> str:
        """The file that links to most of the others, one called `index` or the like first."""
        best, most = "", max(1, (len(self.files) - 1) // 2)
        for name in sorted(self.files, key=lambda n: (not _INDEX.match(n), natural(n))):
            led = {self.file_of(href) for raw in self.page(name).raws for _, href in raw.links} - {"", name}
            if len(led) > most or (len(led) == most and not best):
                best, most = name, len(led)
        return best

    def from_contents(self, start: str) -> Pages:
        """All pages, each where the table of contents has its link."""
        contents = self.page(start)
        self.out.language, self.out.title = contents.language, contents.title
        done = {start}
        own: list[Raw] = []
        for raw in contents.raws:
            led = [n for n in dict.fromkeys(self.file_of(href) for _, href in raw.links) if n and n != start]
            for _, href in raw.links:
                if _PAGE.fullmatch(href) and not self.file_of(href):
                    self.report.unsure("page that the table of contents links to, not there", raw.place, href)
            if not led or (raw.unlinked and len(raw.words) > 300):
                if not contents.is_way(raw):
                    own.append(raw)
                continue
            self.report.drop("table of contents", raw.place, raw.words)
            for name in led:
                if name in done:
                    continue
                done.add(name)
                page = self.page(name)
                self.add(contents, _unless_repeated(own, page, self.report))
                own = []
                self.add(page, page.raws)
        self.add(contents, own)
        for name in sorted(set(self.files) - done):
            self.report.unsure("page that the table of contents does not link to, left out", name)
        return self.out

    def in_order(self) -> Pages:
        """All pages in the order of their names."""
        for name in sorted(self.files, key=natural):
            page = self.page(name)
            self.out.language = self.out.language or page.language
            self.out.title = self.out.title or page.title
            self.add(page, page.raws)
        return self.out

    def add(self, page: _Page, raws: Sequence[Raw]) -> None:
        """Settle blocks of a page and put them behind those that are there."""
        _settle([raw for raw in raws if not page.is_way(raw)], page.links, self.out, self.report)


def _unless_repeated(own: list[Raw], page: _Page, report: Report) -> list[Raw]:
    """What the table of contents says before a page, without what the page says again at its start."""
    said = {_bare(raw.words) for raw in page.raws[:12]}
    said |= {_bare(f"{a.words} {b.words}") for a, b in zip(page.raws[:12], page.raws[1:13], strict=False)}
    kept = []
    for raw in own:
        if _bare(raw.words) in said:
            report.drop("table of contents", raw.place, raw.words)
        else:
            kept.append(raw)
    return kept


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _settle(raws: Sequence[Raw], links: Links, pages: Pages, report: Report) -> None:
    """Blocks and footnotes from what was walked: raised numbers become marks where a body answers them."""
    raised: dict[tuple[int, int], str] = {}
    waiting: dict[str, list[tuple[int, int]]] = {}
    bodies: dict[int, str] = {}
    for at, raw in enumerate(raws):
        if raw.note:
            continue
        sign = raw.opens_raised
        if not sign and raw.noted and (m := _LEADING.match(raw.words)):
            sign = m[1]
        if sign and waiting.get(sign):
            bodies[at] = f"raised:{len(pages.notes) + len(bodies)}"
            raised[waiting.pop(sign)[-1]] = bodies[at]
            continue
        for n, (key, printed) in enumerate(raw.holes):
            if not key and (n or not raw.opens_raised):
                waiting.setdefault(printed, []).append((at, n))
    for at, raw in enumerate(raws):
        if at in bodies:
            sign = raw.opens_raised or _LEADING.match(raw.words)[1]  # type: ignore[index]
            words = raw.settle(lambda n: "")[0]
            pages.notes[bodies[at]] = (sign, _without_sign(words, sign))
        elif raw.note:
            _note(raw, links, pages)
        else:
            words, marks = raw.settle(lambda n, at=at, raw=raw: raw.holes[n][0] or raised.get((at, n), ""))  # type: ignore[misc]
            for key, printed in raw.holes:
                if key:
                    pages.notes.setdefault(key, (printed, ""))
            pages.blocks.append(Block(words, raw.place, raw.number, raw.level, marks, raw.table, raw.hard))
    for at, n in (place for places in waiting.values() for place in places):
        report.unsure("raised number without a footnote, kept as words", raws[at].place, raws[at].holes[n][1])


def _note(raw: Raw, links: Links, pages: Pages) -> None:
    sign, before = pages.notes.get(raw.note, (links.signs[raw.note], ""))
    words = raw.settle(lambda n: "")[0]
    words = "\n".join(filter(None, [words, *("\t".join(row) for row in raw.table)]))
    if raw.number and raw.number.strip("().") != sign:  # a list of footnotes numbers them itself
        words = f"{raw.number} {words}"
    words = f"{before}\n{words}" if before else _without_sign(words, sign)
    pages.notes[raw.note] = (sign, words)


def _without_sign(words: str, sign: str) -> str:
    m = re.match(rf"\s*[\[(]?{re.escape(sign)}[\])]?(?:[.:](?=\s))?\s*", words)
    return words[m.end() :] if m and m.end() < len(words) else words


def _fitting(root: _Element, profile: str | Path | Profile) -> Profile:
    if isinstance(profile, Profile):
        return profile
    if profile:
        return profiles.named(profile)
    known = profiles.shipped().values()
    return next((p for p in known if any(_select(root, s) for s in p.fits)), profiles.named(profiles.GENERAL))


def _first(root: _Element, selectors: Iterable[str]) -> list[_Element]:
    """The outermost elements of the first selector that finds words; the whole page where none does."""
    for selector in selectors:
        found = [e for e in _select(root, selector) if any(t.strip() for t in e.itertext())]
        inside = {e for e in found if any(a in found for a in e.iterancestors())} if len(found) < 50 else set()
        if found:
            return [e for e in found if e not in inside]
    return [root]


def _select(root: _Element, selector: str) -> list[_Element]:
    return cast("list[_Element]", profiles.compiled(selector)(root))  # a selector of elements finds elements only


def _language(root: _Element) -> str:
    """ISO 639-2 code of the page's declared language, empty where it declares none that is known."""
    from ..errors import SelectorError
    from ..languages import alpha3

    declared = [root.get("lang", ""), root.get("{http://www.w3.org/XML/1998/namespace}lang", "")]
    for meta in root.iter("meta"):
        what = (meta.get("name") or meta.get("http-equiv") or "").lower()
        if what in ("dc.language", "dcterms.language", "content-language", "language"):
            declared.append(meta.get("content", ""))
    for code in filter(None, declared):
        try:
            return alpha3(re.split(r"[-_,; ]", code.strip())[0])
        except SelectorError:
            continue
    return ""


def _checked(pages: Pages, name: str, report: Report) -> Pages:
    for sign, words in pages.notes.values():
        if not words:
            report.unsure("footnote without a body", name, sign)
    if not pages.blocks:
        raise SourceError(
            f"{name or 'The page'} has no text.",
            cause="all that is on it is furniture or is fetched by a script",
            fix="save the page as the browser shows it, or name a profile whose selectors find the text",
        )
    return pages
