"""The rows of an article as the rules read them: what stands where, what holds what, what is weighed against what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ..redline.comparison import HERE, Article, RowKind
from .annotation import Annotation, Kind, Place
from .pairs import Pair


def _stands(pair: Pair, side: int) -> bool:
    if pair.sides[side] is None or (side == 0 and pair.kind in HERE):
        return False
    return pair.whole or (side == 0 and pair.kind in (RowKind.DELETED, RowKind.MOVED_AWAY)) or pair.kind is RowKind.INSERTED


def _is_definition(pair: Pair) -> bool:
    side = pair.sides[0] or pair.sides[1]
    return side is not None and side.kind == "definition" and not side.note


def _is_heading(pair: Pair) -> bool:
    side = pair.sides[0] or pair.sides[1]
    return side is not None and side.kind in ("article", "annex", "appendix", "heading", "chapter")


class Sheet:
    """The rows of an article with what holds what on each side."""

    def __init__(self, article: Article, pairs: Sequence[Pair], sure: Sequence[bool], gone: bool, alike: float) -> None:
        self.article, self.pairs, self.sure, self.gone = article, pairs, sure, gone
        mixed = (RowKind.CHANGED, RowKind.MOVED_CHANGED)
        weak = self._weak = [pair.kind in mixed and pair.alike < alike for pair in pairs]
        heading = self._heading = [_is_heading(pair) for pair in pairs]
        self._defines = [_is_definition(pair) for pair in pairs]
        said = [s and not h for s, h in zip(sure, heading, strict=True)]
        self._compared = [p.differs and p.whole and s and not w for p, s, w in zip(pairs, said, weak, strict=True)]
        self._lone = [
            [(p.kind is kind or w) and s for p, s, w in zip(pairs, said, weak, strict=True)]
            for kind in (RowKind.DELETED, RowKind.INSERTED)
        ]
        self._stands = [[_stands(pair, side) for pair in pairs] for side in (0, 1)]
        ups: list[list[int]] = [[], []]
        for side in (0, 1):
            above: list[tuple[str, int]] = []
            for n, pair in enumerate(self.pairs):
                mine = pair.sides[side] if self.stands(n, side) else None
                if mine is None:
                    ups[side].append(-1)
                    continue
                # by eId, not by depth: the items of an unnumbered paragraph are printed at its own level
                while above and not (mine.eid.startswith(above[-1][0] + "__") or (mine.note and mine.eid == above[-1][0])):
                    above.pop()
                ups[side].append(above[-1][1] if above else -1)
                if not mine.note:
                    above.append((mine.eid, n))
        self.ups = ups
        held: list[list[list[int]]] = [[[] for _ in self.pairs] for _ in (0, 1)]
        for side in (0, 1):
            for n, up in enumerate(ups[side]):
                if up >= 0:
                    held[side][up].append(n)
        self.held = held

    def stands(self, n: int, side: int) -> bool:
        """Whether a row has words of a side in this place."""
        return self._stands[side][n]

    @cached_property
    def after(self) -> str:
        """All of the subject's lines in small letters."""
        return "\n".join([pair.lower[1] for n, pair in enumerate(self.pairs) if self.stands(n, 1)])

    def defines(self, n: int) -> bool:
        """Whether a row is a definition."""
        return self._defines[n]

    def compared(self, n: int) -> bool:
        """Whether a row's two texts are weighed against each other: they differ, and enough stayed."""
        return self._compared[n]

    def weak(self, n: int) -> bool:
        """Whether so little stayed of a line that it counts as gone and new."""
        return self._weak[n]

    def touched(self, n: int) -> bool:
        """Whether anything of a row changed."""
        return self.pairs[n].differs or not self.pairs[n].whole

    def lone(self, n: int, side: int) -> bool:
        """Whether a row stands on this side only."""
        return self._lone[side][n]

    def names(self, rows: Sequence[int], side: int) -> list[str]:
        """How rows are named among their siblings, each name once."""
        return list(dict.fromkeys(name for n in rows if (name := self.pairs[n].label(side))))

    def made(
        self,
        rule: str,
        kind: Kind,
        severity: int,
        sentence: str,
        n: int,
        base: tuple[int, int] | None = None,
        subject: tuple[int, int] | None = None,
    ) -> Annotation:
        """An annotation of a row; `base` and `subject` are the characters concerned."""
        pair = self.pairs[n]
        return Annotation(
            rule,
            kind,
            severity,
            sentence,
            self.article.head.eid,
            n,
            self.place(n, 0),
            self.place(n, 1),
            (pair.words(0, *base),) if base is not None else (),
            (pair.words(1, *subject),) if subject is not None else (),
            self.gone,
        )

    def heading(self, n: int) -> bool:
        """Whether a row is the article's own line."""
        return self._heading[n]

    def place(self, n: int, side: int) -> Place | None:
        """Where a row stands on a side."""
        found = self.pairs[n].sides[side]
        if found is None:
            return None
        article = self.article
        heads = [a.head for a in article.answers] if side == 0 else []
        for head in (*heads, article.subject if side else article.base):
            if head is not None and (found.eid == head.eid or found.eid.startswith(head.eid + "__")):
                return Place(head.eid, found.eid, found.citation)
        return Place(found.eid, found.eid, found.citation)
