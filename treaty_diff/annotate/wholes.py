"""Articles that are gone or new as wholes, and what the head of a chapter says: one annotation an article, rolled up a chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..redline.comparison import Article, Comparison
from ..wording import number
from .annotation import Annotation, Kind, Place
from .clauses import Bind, Clause
from .config import BINDING
from .enforce import SAID
from .line import Line
from .sentences import listed
from .words import bit
from .world import World

_BINDS = bit(BINDING)
_NAMED = 3
"""Who acts, by name, in one sentence."""


def read(world: World) -> Iterator[Annotation]:
    """What binds in the articles that stand on one side only: one annotation an article, one a chapter that has several."""
    chapters: dict[tuple[int, str], list[tuple[Article, list[Clause]]]] = {}
    for article, side, lines in world.alone:
        found = _binding(lines)
        if found:
            chapters.setdefault((side, article.head.chapter), []).append((article, found))
            severity = 3 if any(c.actor for c in found) else 2
            what = "New article that binds" if side else "Article gone that bound"
            yield _of(
                article, side, f"article-{'created' if side else 'dropped'}", Kind.DUTY, severity, f"{what}: {_told(found)}."
            )
    for (side, chapter), several in chapters.items():
        if len(several) > 1:
            found = [c for _, clauses in several for c in clauses]
            what = f"{'New articles that bind' if side else 'Articles gone that bound'}: {len(several)}"
            rule = f"chapter-{'created' if side else 'dropped'}"
            yield _of(several[0][0], side, rule, Kind.DUTY, 4, f"{what}, with {_told(found)}.", chapter)


def heads(found: Sequence[Annotation], comparison: Comparison) -> Iterator[Annotation]:
    """What becomes of recourse to dispute settlement in each chapter, at its first article; nothing where one article is compared."""
    articles = [(a, 1) for a in comparison.articles] + [(a, 0) for a in comparison.gone]
    if len(articles) < 2:
        return
    home = homes(comparison)
    chapters: dict[str, list[Annotation]] = {}
    for a in found:
        if a.kind is Kind.ENFORCEMENT:
            chapters.setdefault(home[a.gone, a.article], []).append(a)
    for chapter, mine in chapters.items():
        article, side = next((a, side) for a, side in articles if home[not side, a.head.eid] == chapter)
        states: dict[str, list[str]] = {}
        for a in sorted(mine, key=lambda a: -a.severity):
            states.setdefault(SAID[a.rule], []).append(a.citation)
        parts = [f"{state} ({listed(list(dict.fromkeys(places)), 4)})" for state, places in states.items()]
        said = f"Recourse to dispute settlement here: {'; '.join(parts)}."
        yield _of(article, side, "chapter-recourse", Kind.ENFORCEMENT, max(a.severity for a in mine), said, chapter)


def homes(comparison: Comparison) -> dict[tuple[bool, str], str]:
    """The chapter with which each article is read: of one that is gone the subject's that answers its own, by whether gone and eId."""
    answering: dict[str, str] = {}
    out: dict[tuple[bool, str], str] = {}
    for article in comparison.articles:
        out[False, article.head.eid] = article.head.chapter
        if article.base is not None:
            answering.setdefault(article.base.chapter, article.head.chapter)
    for article in comparison.gone:
        out[True, article.head.eid] = answering.get(article.head.chapter, article.head.chapter)
    return out


def _binding(lines: Sequence[Line]) -> list[Clause]:
    return [c for line in lines if line.signs & _BINDS for c in line.clauses if c.kind is not Bind.STATEMENT and not c.relative]


def _told(found: Sequence[Clause]) -> str:
    """How many duties and rights, and of whom."""
    kinds = Counter(c.kind for c in found)
    parts = [number(kinds[kind], word) for kind, word in ((Bind.DUTY, "duty"), (Bind.RIGHT, "right")) if kinds[kind]]
    names = {c.actor: c.name for c in reversed(found)}
    who = [_many(names[actor]) for actor, _ in Counter(c.actor for c in found if c.actor).most_common(_NAMED)]
    return listed(parts, 2) + (f", of {listed(list(dict.fromkeys(who)), _NAMED)}" if who else "")


def _many(name: str) -> str:
    """Who acts, as all who are so called; with a capital there is one, but for the Parties."""
    head = name.rpartition(" ")[2]
    if head[:1].isupper() and not head.startswith("Part"):
        return f"the {name}"
    return name if name.endswith("s") else f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _of(article: Article, side: int, rule: str, kind: Kind, severity: int, said: str, chapter: str = "") -> Annotation:
    head = article.head
    place = Place(head.eid, head.eid, chapter.partition(",")[0] or head.citation)
    base, subject = (None, place) if side else (place, None)
    return Annotation(rule, kind, severity, said, head.eid, -1, base, subject, gone=not side)
