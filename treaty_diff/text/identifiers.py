"""eIds: where a provision stands, by the Akoma Ntoso naming convention.

Two choices of ours, so that an address lives as long as it can: an article hangs on its
chapter and not on its section (articles are numbered through the chapter, and many
sources drop the section headings), and a definition is named by its term, not by its
place in the alphabet.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ..citation import label, slug
from .model import COMPONENTS, POINTS, Kind, Provision, Term

_ABBREVIATION = {
    Kind.PREAMBLE: "preamble",
    Kind.CONCLUSION: "conclusions",
    Kind.RECITAL: "rec",
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.HEADING: "crossHeading",
    Kind.TABLE: "table",
    Kind.ANNEX: "annex",
    Kind.APPENDIX: "app",
}

_STEP = r"[A-Za-z]+(?:_[^\W_](?:[^\W_]|-)*(?:_[0-9]+)*)?"
EID = re.compile(rf"{_STEP}(?:__{_STEP})*")
"""What a well-formed eId looks like."""


@lru_cache(maxsize=1 << 14)
def number(printed: str) -> str:
    """A printed number as eIds write it: `Article 14.1` → `14-1`.

    >>> number("Article 14.1"), number("(d)"), number("CHAPTER NINETEEN")
    ('14-1', 'd', '19')
    """
    return "-".join(re.findall(r"[^\W_]+", label(printed)))


def term_of(provision: Provision) -> str:
    """Slug of the term that a definition defines, empty for other provisions."""
    if provision.kind is Kind.DEFINITION and provision.text:
        for span in provision.text.spans:
            if isinstance(span, Term):
                return span.slug
        return slug(" ".join(provision.words.split()[:4]))
    return ""


class _Namer:
    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def unique(self, eid: str) -> str:
        again = self.taken[eid] = self.taken.get(eid, 0) + 1
        return eid if again == 1 else self.unique(f"{eid}_{again}")

    def name(self, provision: Provision, eid: str, inside: str) -> Provision:
        """The provision named `eid`, and all below it; articles and annexes hang on `inside`."""
        if not provision.children:
            p = provision
            return Provision(p.kind, eid, p.wid or eid, p.num, p.heading, p.text, (), p.table, p.element)
        unnumbered: Counter[Kind] = Counter()
        numbered = {c.kind for c in provision.children if c.num}
        lists = 1
        children = []
        for child in provision.children:
            kind = child.kind
            if kind is Kind.FLUSH:
                own = f"{eid}__list_{lists}__wrapUp"
                lists += 1
            else:
                part = number(child.label) if child.num else ""
                if not part:
                    part = term_of(child)
                if not part and kind not in (Kind.PREAMBLE, Kind.CONCLUSION):
                    unnumbered[kind] += 1
                    part = f"nn{unnumbered[kind]}" if kind in numbered else str(unnumbered[kind])
                if kind in POINTS:
                    own = f"{eid}__list_{lists}__point_{part}"
                else:
                    own = _ABBREVIATION[kind] + (f"_{part}" if part else "")
                    if kind is Kind.ARTICLE:
                        own = f"{inside}__{own}" if inside else own
                    elif eid and kind not in (Kind.CHAPTER, Kind.ANNEX, Kind.PART):
                        own = f"{eid}__{own}"
            own = self.unique(own)
            holder = own if kind in COMPONENTS else inside
            children.append(self.name(child, own, holder))
        p = provision
        return Provision(p.kind, eid, p.wid or eid, p.num, p.heading, p.text, tuple(children), p.table, p.element)


def assign(root: Provision) -> Provision:
    """The tree with an eId on every provision; a wId that is there already is kept."""
    return _Namer().name(root, "", "")
