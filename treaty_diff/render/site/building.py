"""From a store to the files of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ...align.memo import Memo
from ...redline import together
from ...redline.config import RedlineConfig
from ...redline.lexing import Lexer
from ...workers import spread
from ..templating import OURS, Templates
from . import topics
from .articles import Articles, Place
from .chart import chart
from .comparisons import Comparisons
from .correlations import correlations
from .engine import Engine
from .front import front
from .glossary import Glossary
from .inputs import Inputs, makers
from .keeping import Kept, Made
from .layout import File, layout
from .material import Material, Work, alike
from .nearest import Unanswered
from .redlines import Job, Redline, make, plan
from .relations import Relations
from .searching import notes, search
from .texts import texts

if TYPE_CHECKING:
    from .making import Progress
    from .printing import Printer


def build(
    material: Material,
    memo: Memo,
    progress: Progress | None = None,
    templates: Templates = OURS,
    processes: int = 1,
    kept: Kept | None = None,
    printer: Printer | None = None,
) -> dict[str, bytes]:
    """All files of a site by address, sorted.

    `memo` has what was aligned before. `progress` hears what is made, how much of it is done and how much there is. `templates` may be
    those of a user's folder. `kept` has pages that were made before. Neither that nor how many `processes` work at once makes a
    difference to a file. With a `printer` each redline in its direction of reading is printed, too.
    """
    tell = progress or _silent
    work = _Work(material, memo, templates, processes, kept, printer is not None)
    pieces = work.pieces()
    work.ready()
    redlines: list[Redline] = []
    made: list[File] = []
    for n, (lines, files) in enumerate(spread(lambda piece: piece(), pieces, processes)):
        redlines += lines
        made += files
        tell("pages", n + 1, len(pieces))
    made += work.after(redlines, processes)
    if printer is not None:
        made += printer(dict(made), sorted(work.printed), material.head.committed, tell)
    return dict(sorted(made))


class _Work:
    """What there is to do for a site, in pieces of which none needs another."""

    def __init__(
        self, material: Material, memo: Memo, templates: Templates, processes: int, kept: Kept | None, printed: bool
    ) -> None:
        self._material = material
        self._templates = templates
        self._kept = kept
        self._layout = layout(material, templates)
        self._engine = Engine(material, memo, processes)
        self._jobs = list(plan(material, self._engine))
        self._relations = Relations(material, self._engine, self._jobs)
        self._unanswered = Unanswered(self._relations)
        self.printed = frozenset(path for job in self._jobs for _, (path, _) in job.bases if printed)
        self._comparisons = Comparisons(self._layout, self._relations, self.printed)
        self._articles = Articles(self._layout, self._relations, Glossary(self._relations), self._unanswered)
        self._lexer = Lexer(material.home.treaty.meta.language, RedlineConfig())
        self._inputs = Inputs(makers(templates), material.remarks)

    def pieces(self) -> list[Callable[[], Made]]:
        """The longest come first, so that no process is left with one when the others are done."""
        return [
            *(partial(self._text, work) for work in self._material.works),
            lambda: ([], list(search(self._layout, self._relations))),
            lambda: ([], list(self._tables())),
            *(partial(self._redline, job) for job in self._jobs),
        ]

    def ready(self) -> None:
        """Work out what several pieces need, before the processes part."""
        self._relations.ready()
        self._inputs.ready(self._material.works)
        self._engine.ready()

    def _once(self, key: str, make: Callable[[], Made]) -> Made:
        return self._kept.once(key, make) if self._kept is not None else make()

    def _text(self, work: Work) -> Made:
        files = [self._articles.contents(work)]
        for places in self._articles.chapters(work):
            key = self._inputs.articles(work, places, self._articles.follows)
            files += self._once(key, partial(self._pages, work, places))[1]
        return [], files

    def _pages(self, work: Work, places: Sequence[Place]) -> Made:
        return [], [self._articles.page(work, place) for place in places]

    def _tables(self) -> Iterator[File]:
        m, engine = self._material, self._engine
        others = [other for other in m.others if alike(other, m.home)]
        yield texts(self._layout, m)
        yield from correlations(self._layout, m, {o.id: engine.rows(m.home.treaty, o.treaty) for o in others})
        if m.others:
            yield chart(self._layout, m, self._relations)

    def _redline(self, job: Job) -> Made:
        bases = [base for base, _ in job.bases]
        concordances = self._engine.concordances(job.subject, bases)
        traced = self._engine.traced(job.subject, bases, concordances)
        key = self._inputs.job(job, concordances, traced, self._comparisons.follows(job))

        def made() -> Made:
            compared = together.compare(job.subject, bases, concordances, turned=True, lexer=self._lexer)
            return make(job, compared, traced, self._comparisons)

        return self._once(key, made)

    def after(self, redlines: Sequence[Redline], processes: int) -> Iterator[File]:
        """The files that need all redlines, and those that need nothing."""
        yield from (*self._templates.assets(), *self._templates.assets("site/assets"))
        yield "assets/correlation.css", self._templates.render("correlation.css").encode()
        yield front(self._layout, self._relations, redlines)
        yield from notes(redlines, self._relations)
        yield from self._topics(redlines, processes)

    def _topics(self, redlines: Sequence[Redline], processes: int) -> Iterator[File]:
        m = self._material
        said = {name: topics.said(m, name, redlines, self._unanswered) for name in topics.listed(m)}
        keys = {name: self._inputs.topic(name, one, m.tables.get(name), self._layout.follows) for name, one in said.items()}
        found = {name: self._kept.recall(key) if self._kept is not None else None for name, key in keys.items()}
        missing = [name for name, made in found.items() if made is None]
        pages = spread(lambda name: topics.page(self._layout, m, name, said[name]), missing, processes)
        for name, page in zip(missing, pages, strict=True):
            found[name] = [], [page]
            if self._kept is not None:
                self._kept.keep(keys[name], ([], [page]))
        for made in filter(None, found.values()):
            yield from made[1]


def _silent(what: str, done: int, total: int) -> None:
    pass
