"""Effects elsewhere: what in the base still cites what is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from ..redline.comparison import Article, RowKind
from ..wording import number
from .annotation import Annotation, Kind, Place
from .citing import Cite, among
from .rows import Sheet
from .sentences import listed
from .world import World


def read(sheets: Sequence[Sheet], world: World) -> Iterator[Annotation]:
    """One annotation an article that is gone and still cited, one a provision struck in an article that stays, one a chapter."""
    comparison = world.comparison
    gone = {a.head.eid for a in comparison.gone}
    left = _Left(world, sheets, gone | {eid for sheet in sheets for _, eid in _tops(sheet)})
    chapters: dict[str, list[tuple[Article, tuple[str, ...]]]] = {}
    for article in comparison.gone:
        cited = left.citing(article.head.eid)
        if not cited:
            continue
        chapters.setdefault(article.head.chapter, []).append((article, cited))
        said = f"{article.head.citation} is gone and still cited in {comparison.base.name}: {listed(cited, world.config.listed)}."
        yield _of_article("citations-left", 3, said, article)
    for chapter, found in chapters.items():
        if len(found) > 1:
            places = dict.fromkeys(place for _, cited in found for place in cited)
            said = (
                f"{len(found)} articles of {chapter or 'this text'} are gone and still cited by {number(len(places), 'provision')} "
                f"of {comparison.base.name}."
            )
            yield _of_article("chapter-citations-left", 4, said, found[0][0])
    for sheet in sheets:
        for n, eid in sorted((n, eid) for (n, eid) in _tops(sheet)):
            cited = left.citing(eid)
            if cited:
                place = sheet.place(n, 0)
                said = f"{place.citation if place else 'This'} is gone and still cited in {comparison.base.name}: {listed(cited, world.config.listed)}."
                pair = sheet.pairs[n]
                yield sheet.made("citations-left", Kind.EFFECTS, 3, said, n, (0, len(pair.texts[0].rstrip())), None)


def _of_article(rule: str, severity: int, said: str, article: Article) -> Annotation:
    head = article.head
    return Annotation(rule, Kind.EFFECTS, severity, said, head.eid, -1, Place(head.eid, head.eid, head.citation), None, gone=True)


def _tops(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Struck provisions of an article that stays, the outermost of each."""
    for n, pair in enumerate(sheet.pairs):
        mine = pair.sides[0]
        if pair.kind is not RowKind.DELETED or not sheet.sure[n] or mine is None or mine.note or sheet.heading(n):
            continue
        up = sheet.ups[0][n]
        if up < 0 or sheet.pairs[up].kind is not RowKind.DELETED or sheet.heading(up):
            yield n, mine.eid


class _Left:
    """Who still cites what is gone: neither what is gone itself, nor a provision whose counterpart cites it no more."""

    def __init__(self, world: World, sheets: Sequence[Sheet], inside: AbstractSet[str]) -> None:
        self.world, self.inside = world, inside
        self.pairs = {
            side.eid: pair
            for sheet in sheets
            for n, pair in enumerate(sheet.pairs)
            if (side := pair.sides[0]) is not None and pair.whole and not side.note and not sheet.weak(n)
        }

    def citing(self, eid: str) -> tuple[str, ...]:
        """How the provisions are cited that still cite one."""
        citations = self.world.citations
        names = []
        for cite in citations.of(eid):
            if not among(cite.by, self.inside) and not self._mended(cite):
                names.append(citations.index.citation(citations.index.by_eid[cite.by]))
        return tuple(dict.fromkeys(names))

    def _mended(self, cite: Cite) -> bool:
        pair = self.pairs.get(cite.by)
        if pair is None or cite.at is None:
            return False
        provision = self.world.citations.index.by_eid[cite.by]
        shift = pair.number(0) + (len(provision.title) + 1 if provision.title else 0)
        return pair.changed(0, cite.at[0] + shift, cite.at[1] + shift)
