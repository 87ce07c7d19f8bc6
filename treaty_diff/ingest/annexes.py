"""Annexes of one source added to the chapters of a text from another.

Many sources of a treaty's articles leave its annexes out. A second source, which may hold the articles too, gives
them: each goes to the chapter that it hangs on in its own source, and the article that its number names is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..citation import label
from ..errors import SourceError
from ..text import plain
from ..text.identifiers import assign
from ..text.model import ANNEXES, COMPONENTS, Kind, MultiReference, Provision, Reference, Source, Text, Treaty
from . import printed
from .linking import linked
from .report import Report
from .rooms import article_of

_KNOWN = 0.5
"""So many of a source's annexes must hang on something that the text has, or they are another treaty's."""

_WORD = r"(?:Annex(?:es)?|ANNEX(?:ES)?|Anexos?|ANEXOS?|Annexes?|Appendix|Appendices|Apéndices?)"
_LABEL = r"[0-9A-Z][\w-]*(?:\.[\w-]*\w)*"
_CITED = re.compile(rf"{_WORD}[ \u00a0](?P<numbers>{_LABEL}(?:(?:,|,? (?:and|or|y|o|et|ou|through|a))[ \u00a0]{_LABEL})*)")
_NUMBER = re.compile(_LABEL)


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with all below it, the number of the chapter that it hangs on (None: the treaty), and its source."""

    provision: Provision
    chapter: int | None
    source: Source


def of(treaty: Treaty, *, only_from_elsewhere: bool = False) -> tuple[Annex, ...]:
    """A treaty's annexes in order; `only_from_elsewhere` those alone that another file than the treaty's gave."""
    elsewhere = dict(treaty.sources)
    out = []
    for chapter, annex in _hanging(treaty.root, None):
        if not only_from_elsewhere or annex.eid in elsewhere:
            out.append(Annex(annex, chapter, elsewhere.get(annex.eid, treaty.meta.source)))
    return tuple(out)


def add(text: Treaty, annexes: Sequence[Annex], report: Report, *, replacing: bool = False) -> Treaty:
    """The text with annexes attached to its chapters; its own words stay as they are.

    An annex of the same number that the text has already stays, or makes place for the new one where `replacing`.
    Each is listed in `report`. Raises SourceError where most of the annexes hang on chapters and articles that the text
    does not have: they are another treaty's.
    """
    chapters = {printed.ordinal(label(c.label)): c for c in text.chapters() if c.label}
    expected = _expected(text)
    if annexes and sum(expected(annex) for annex in annexes) < _KNOWN * len(annexes):
        raise SourceError(
            f"The annexes of the file are not those of {text.meta.name}.",
            cause=f"most hang on articles that it does not have, or are not cited in it, first {annexes[0].provision.label or annexes[0].provision.title}",
            fix="name the file of the same treaty, or another --treaty",
        )
    held = {_name(p): p for _, p in _hanging(text.root, None)}
    additions: dict[str, list[Provision]] = {}
    gone: set[str] = set()
    for offered in annexes:
        new = offered.provision
        old = held.get(_name(new))
        place = new.label or new.title
        if old is not None and plain.text(old) == plain.text(new):
            report.unsure("annex held already, in the same words", place)
            continue
        if old is not None and not replacing:
            words = f"held with {_length(old)} words, the file has {_length(new)} (--replace takes the file's)"
            report.unsure("annex held already, in other words", place, words)
            continue
        if old is not None:
            gone.add(old.eid)
            report.drop("annex for which the file's stands now", place, f"{_length(old)} words")
        if not expected(offered):
            report.unsure("annex whose article the text does not have, or that no article cites", place, new.title)
        home = chapters.get(offered.chapter)
        additions.setdefault(home.eid if home is not None else "", []).append(_bare(new))
        report.mend("annex added", place, new.title)
    if not additions:
        return text
    root = assign(_with(text.root, additions, gone))
    sources = dict(text.sources)
    added = {_name(new.provision): new.source for new in annexes}
    before = {p.eid for p in text.root.walk()}
    for _, annex in _hanging(root, None):
        if annex.eid not in before - gone:
            sources |= {part.eid: added[_name(annex)] for part in annex.walk() if part.kind in COMPONENTS}
    there = {p.eid for p in root.walk()}
    kept = tuple(sorted((eid, source) for eid, source in sources.items() if eid in there))
    return linked(replace(text, root=root, sources=kept))


def _hanging(holder: Provision, chapter: int | None) -> Iterator[tuple[int | None, Provision]]:
    """The annexes that hang on nothing but a chapter, an article or the treaty, each with its chapter's number."""
    for child in holder.children:
        if child.kind in ANNEXES:
            yield chapter, child
        elif child.kind in (Kind.PART, Kind.CHAPTER):
            yield from _hanging(child, printed.ordinal(label(child.label)) if child.kind is Kind.CHAPTER else None)


def _name(annex: Provision) -> tuple[Kind, str]:
    return annex.kind, label(annex.label).casefold() or annex.title.casefold()


def _expected(text: Treaty) -> Callable[[Annex], bool]:
    """Whether an annex may be the text's: by the article that its number names, else by being cited."""
    articles = {label(article.label) for article in text.articles()}
    texts = [own for p in text.walk() for own in (*p.texts(), *(note.body for note in p.footnotes))]
    cited = {_folded(number) for own in texts for m in _CITED.finditer(own.content) for number in _NUMBER.findall(m["numbers"])}

    def expected(annex: Annex) -> bool:
        key = label(annex.provision.label)
        return article_of(key) in articles or _folded(key) in cited

    return expected


def _folded(key: str) -> str:
    """A number without hyphens and stops, which extractions lose: `Annex 1A` for Annex 1-A."""
    return re.sub(r"\W", "", key).casefold()


def _length(provision: Provision) -> int:
    return len(plain.text(provision).split())


def _bare(p: Provision) -> Provision:
    """The provision without the names and citations that it has in its own source."""
    return replace(
        p,
        eid="",
        wid="",
        num=_uncited(p.num),
        heading=_uncited(p.heading),
        text=_uncited(p.text),
        children=tuple(map(_bare, p.children)),
        table=tuple(tuple(replace(cell, text=_uncited(cell.text) or cell.text) for cell in row) for row in p.table),
    )


def _uncited(text: Text | None) -> Text | None:
    if text is None or not (text.spans or text.notes):
        return text
    spans = tuple(span for span in text.spans if not isinstance(span, Reference | MultiReference))
    notes = tuple(replace(note, body=_uncited(note.body) or note.body) for note in text.notes)
    return replace(text, spans=spans, notes=notes)


def _with(p: Provision, additions: dict[str, list[Provision]], gone: set[str]) -> Provision:
    """The tree with annexes added behind the annexes of their holders, in the order of their numbers where all have one."""
    if p.kind is not Kind.TREATY and p.kind not in (Kind.PART, *COMPONENTS):
        return p
    children = [_with(child, additions, gone) for child in p.children if child.eid not in gone]
    new = additions.get(p.eid, [])
    if new:
        annexes = sorted((c for c in [*children, *new] if c.kind in ANNEXES), key=_place)
        children = [c for c in children if c.kind not in ANNEXES] + annexes
    return replace(p, children=tuple(children))


def _place(annex: Provision) -> tuple[tuple[int, str], ...]:
    """Where an annex stands among its chapter's: by the numbers and letters of its label."""
    steps = label(annex.label).replace(".", "-").split("-")
    return tuple((int(step), "") if step.isdigit() else (0, step) for step in steps)
