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
    made: list[File] = [*templates.assets(), *templates.assets("site/assets"), _correlation_style(templates)]
    frame = layout(material, templates)
    engine = Engine(material, memo, processes)
    jobs = list(plan(material, engine))
    relations = Relations(material, engine, jobs)
    glossary, unanswered = Glossary(relations), Unanswered(relations)
    others = [other for other in material.others if alike(other, material.home)]

    def tables() -> Iterator[File]:
        yield texts(frame, material)
        yield from correlations(frame, material, {o.id: engine.rows(material.home.treaty, o.treaty) for o in others})
        if material.others:
            yield chart(frame, material, relations)

    printed = frozenset(path for job in jobs for _, (path, _) in job.bases) if printer is not None else frozenset()
    page, written = Comparisons(frame, relations, printed), Articles(frame, relations, glossary, unanswered)
    lexer = Lexer(material.home.treaty.meta.language, RedlineConfig())
    inputs = Inputs(makers(templates), material.remarks)

    def once(key: str, make: Callable[[], Made]) -> Made:
        return kept.once(key, make) if kept is not None else make()

    def redline(job: Job) -> Made:
        bases = [base for base, _ in job.bases]
        concordances = engine.concordances(job.subject, bases)
        traced = engine.traced(job.subject, bases, concordances)
        key = inputs.job(job, concordances, traced, page.follows(job))
        return once(
            key, lambda: make(job, together.compare(job.subject, bases, concordances, turned=True, lexer=lexer), traced, page)
        )

    def pages(work: Work, places: Sequence[Place]) -> Made:
        return [], [written.page(work, place) for place in places]

    def text(work: Work) -> Made:
        files = [written.contents(work)]
        for places in written.chapters(work):
            key = inputs.articles(work, places, written.follows)
            files += once(key, partial(pages, work, places))[1]
        return [], files

    # The longest pieces come first, so that no process is left with one when the others are done.
    pieces: list[Callable[[], Made]] = [
        *(lambda work=work: text(work) for work in material.works),
        lambda: ([], list(search(frame, relations))),
        lambda: ([], list(tables())),
        *(lambda job=job: redline(job) for job in jobs),
    ]
    # What several pieces need is worked out before the processes part.
    relations.ready()
    inputs.ready(material.works)
    templates.ready()
    engine.ready()
    redlines: list[Redline] = []
    for n, (lines, files) in enumerate(spread(lambda piece: piece(), pieces, processes)):
        redlines += lines
        made += files
        if progress is not None:
            progress("pages", n + 1, len(pieces))
    made.append(front(frame, relations, redlines))

    def topic(name: str) -> Made:
        said = topics.said(material, name, redlines, unanswered)
        key = inputs.topic(name, said, material.tables.get(name), frame.follows)
        return once(key, lambda: ([], [topics.page(frame, material, name, said)]))

    for name in topics.listed(material):
        made += topic(name)[1]
    made += notes(redlines, relations)
    if printer is not None:
        made += printer(dict(made), sorted(printed), material.head.committed, progress or _silent)
    return dict(sorted(made))


def _silent(what: str, done: int, total: int) -> None:
    pass


def _correlation_style(templates: Templates) -> File:
    return "assets/correlation.css", templates.render("correlation.css").encode()
