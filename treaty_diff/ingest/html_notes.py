"""Footnotes of a web page: which links lead to a body, which elements are bodies, which lead back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_BODIES = frozenset("aside dd div li p section td tr".split())
_SIGN = re.compile(
    r"(?:(?:foot|end)?note|nota|renvoi|note de bas de page)?\s*[\[(]?\s*(\d{1,4}|[a-z]|[ivx]{1,6}|[*†‡§¶]{1,4})\s*[\])]?\.?", re.I
)
_OPENING = re.compile(r"[\[(]?(\w{1,4}|[*†‡§¶]{1,4})[\])]?(?![\w])")
_NAMED = re.compile(r"(?:^|[^a-z])(?:_?ftn|fn|f|note?s?|nota|nbp|pie|footnotes?|endnotes?|edn|_edn)(?:[^a-z]|$)", re.I)
_BACK = re.compile(r"\W*(?:(?:return|back|retour|volver|regresar)\b.{0,60}|[↩↑⏎^⇑▲\ufe0e\s]+)\W*", re.I | re.S)


def sign(text: str) -> str:
    """The sign of a footnote, `3` of `[3]` or `Footnote 3`; empty where `text` is none."""
    m = _SIGN.fullmatch(text.strip())
    return m[1] if m else ""


def words_of(element: _Element) -> str:
    """All words in an element."""
    return "".join(map(str, element.itertext()))


@dataclass
class Links:
    """What the links inside a page mean.

    `marks` gives the key of the footnote that a link marks; `bodies` the key of the footnote that a
    block element holds; `starts` that of one which starts at an element inside a block and goes
    on to the end of the block, or, where in `runs_on`, to the start of the next; `back` are links back to a
    mark; `ahead` those to a later place of the page that is no footnote.
    """

    marks: dict[_Element, str] = field(default_factory=dict)
    bodies: dict[_Element, str] = field(default_factory=dict)
    starts: dict[_Element, str] = field(default_factory=dict)
    runs_on: set[str] = field(default_factory=set)
    signs: dict[str, str] = field(default_factory=dict)
    back: set[_Element] = field(default_factory=set)
    ahead: set[_Element] = field(default_factory=set)


def read_links(root: _Element, page: str) -> Links:
    """The links of a page to places in itself; `page` is its own file name."""
    targets: dict[str, tuple[int, _Element]] = {}
    anchors: list[tuple[int, _Element, str]] = []
    for at, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for attribute in ("id", "name") if element.tag == "a" else ("id",):
            name = element.get(attribute)
            if name:
                targets.setdefault(name, (at, element))
        href = element.get("href", "") if element.tag == "a" else ""
        before, hash_, fragment = href.partition("#")
        if hash_ and fragment and (not before or (page and before.rpartition("/")[2] == page)):
            anchors.append((at, element, fragment))
    links = Links()
    led_back = {fragment for at, _, fragment in anchors if fragment in targets and targets[fragment][0] <= at}
    first_mark: dict[str, int] = {}
    place: dict[str, int] = {}
    for at, element, fragment in anchors:
        if fragment not in targets:
            continue
        there, target = targets[fragment]
        printed = sign(words_of(element)) if len(element) < 8 else ""
        if there <= at:
            _lead_back(links, element, target, printed)
        elif printed and (_NAMED.search(fragment) or _names(element) & led_back or _answers(element, target, printed)):
            links.marks[element] = fragment
            links.signs.setdefault(fragment, printed)
            first_mark.setdefault(fragment, at)
            if fragment not in place:
                place[fragment] = there
                _hold(links, target, fragment)
        else:
            links.ahead.add(element)
    _run_on(links, first_mark, place)
    return links


def _lead_back(links: Links, element: _Element, target: _Element, printed: str) -> None:
    marked = target in links.marks or any(child in links.marks for child in target.iter("a"))
    if (marked or target.tag == "sup") and (printed or _BACK.fullmatch(words_of(element)) or not words_of(element).strip()):
        links.back.add(element)


def _answers(element: _Element, target: _Element, printed: str) -> bool:
    """Whether a raised or bracketed sign leads to a paragraph that opens with the same sign."""
    parent = element.getparent()
    raised = element.find("sup") is not None or (parent is not None and parent.tag == "sup")
    block = _block(target)
    if not (raised or words_of(element).strip()[0] in "[(") or block.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    m = _OPENING.match(" ".join(words_of(block)[:60].split()))
    # a page whose lines are parted by breaks is one block
    return (m is not None and m[1] == printed) or (
        m is None and target.tag == "a" and sign((target.tail or "")[:8].split(" ")[0]) == printed
    )


def _names(element: _Element) -> set[str]:
    parents = [element, *(p for p in (element.getparent(),) if p is not None and p.tag in ("sup", "span", "a"))]
    return {name for e in parents for name in (e.get("id"), e.get("name")) if name}


def _hold(links: Links, target: _Element, key: str) -> None:
    if target.tag in _BODIES:
        links.bodies[target] = key
        return
    block = _block(target)
    around = block.getparent()
    if around is not None and around.tag in ("div", "li", "aside", "section") and _NAMED.search(around.get("id", "")):
        # Word: <div id="ftn1"><p><a name="_ftn1">…
        links.bodies.setdefault(around, key)
    else:
        links.starts[target] = key


def _block(element: _Element) -> _Element:
    while element.tag not in BLOCKS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _run_on(links: Links, first_mark: dict[str, int], place: dict[str, int]) -> None:
    """A body of several paragraphs goes on to the next body where no mark stands between them."""
    order = sorted(links.starts.items(), key=lambda item: place[item[1]])
    for (target, key), (after, following) in pairwise(order):
        one, other = _block(target), _block(after)
        together = one is other or one.getparent() is other.getparent()
        if together and first_mark[following] < place[key]:
            links.runs_on.add(key)
