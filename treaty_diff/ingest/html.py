"""A web page: its paragraphs, headings, lists, tables and footnotes.

What is known of a site's pages stands in a profile (`profiles`); where none fits, the general
one. Nothing is fetched: pages are files. Pages beside one another are a `publication`'s.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..errors import SourceError
from . import profiles
from .blocks import Block, Pages
from .html_notes import Links, read_links, words_of
from .html_source import parse, sniff_html
from .html_walk import Raw, Walk
from .profiles import Profile
from .report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Page", "read_html", "sniff_html"]

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
    return Page(data, name, profile, report).settled()


class Page:
    """One page walked: `raws` are its blocks not yet settled; its links, language and title."""

    def __init__(self, data: bytes, name: str, profile: str | Path | Profile, report: Report) -> None:
        root = parse(data, name, report)
        self.name = name
        self.report = report
        self.profile = _fitting(root, profile)
        chosen = _first(root, self.profile.content)
        levels: dict[_Element, int] = {}
        for selector, level in self.profile.headings:
            levels.update((element, level) for element in _select(root, selector))
        self.links = read_links(root, posixpath.basename(name))
        walk = Walk(
            self.profile,
            self.links,
            report,
            frozenset(e for selector in self.profile.drop for e in _select(root, selector)),
            levels,
            frozenset(e for selector in self.profile.notes for e in _select(root, selector)),
            {e: style for selector, style in self.profile.lists for e in _select(root, selector)},
        )
        self.raws = walk.run(chosen)
        self.language = _language(root)
        title = root.find(".//title")
        self.title = " ".join(words_of(title).split()) if title is not None else ""
        self.frames = tuple(frame.get("src", "") for frame in root.iter("frame", "iframe"))

    @property
    def hrefs(self) -> tuple[str, ...]:
        """Where the links among its words lead."""
        return tuple(href for raw in self.raws for _, href in raw.links)

    def settled(self) -> Pages:
        """Its blocks and footnotes. Raises SourceError where it has no words."""
        pages = self.settle([raw for raw in self.raws if not self.is_way(raw)])
        return _checked(pages, self.name, self.report)

    def settle(self, raws: Sequence[Raw]) -> Pages:
        """Some of its blocks and their footnotes."""
        pages = Pages(language=self.language, title=self.title)
        _settle(raws, self.links, pages, self.report)
        return pages

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
            pages.blocks.append(Block(words, raw.place, raw.number, raw.level, marks, raw.table))
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
