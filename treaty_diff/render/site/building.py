"""From a store to the files of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...align.memo import Memo
from ...redline import together
from ...workers import spread
from ..templating import OURS, Templates
from .articles import articles
from .chart import chart
from .comparisons import Comparisons
from .correlations import correlations
from .engine import Engine
from .front import front
from .glossary import Glossary
from .inputs import Inputs, makers
from .keeping import Kept, Made
from .layout import File, layout
from .material import Material, alike
from .nearest import Unanswered
from .redlines import Job, Redline, make, plan
from .relations import Relations
from .searching import notes, search
from .texts import texts
from .topics import topics

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
    page = Comparisons(frame, printed)
    inputs = Inputs(makers(templates, page.follows), material.remarks)

    def made_once(job: Job) -> Made:
        bases = [base for base, _ in job.bases]
        concordances = engine.concordances(job.subject, bases)
        traced = engine.traced(job.subject, bases, concordances)
        key = inputs.key(job, concordances, traced)
        found = kept.recall(key) if kept is not None else None
        if found is None:
            found = make(job, together.compare(job.subject, bases, concordances, turned=True), traced, page)
            if kept is not None:
                kept.keep(key, found)
        return found

    # The longest pieces come first, so that no process is left with one when the others are done.
    pieces: list[Callable[[], Made]] = [
        *(lambda work=work: ([], list(articles(frame, relations, glossary, unanswered, work))) for work in material.works),
        lambda: ([], list(search(frame, relations))),
        lambda: ([], list(tables())),
        *(lambda job=job: made_once(job) for job in jobs),
    ]
    redlines: list[Redline] = []
    for n, (lines, files) in enumerate(spread(lambda piece: piece(), pieces, processes)):
        redlines += lines
        made += files
        if progress is not None:
            progress("pages", n + 1, len(pieces))
    made.append(front(frame, relations, redlines))
    made += topics(frame, relations, redlines)
    made += notes(redlines, relations)
    if printer is not None:
        made += printer(dict(made), sorted(printed), material.head.committed, progress or _silent)
    return dict(sorted(made))


def _silent(what: str, done: int, total: int) -> None:
    pass


def _correlation_style(templates: Templates) -> File:
    return "assets/correlation.css", templates.render("correlation.css").encode()
