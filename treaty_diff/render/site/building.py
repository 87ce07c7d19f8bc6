"""From a store to the files of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..templating import OURS, Templates
from .articles import articles
from .chart import chart
from .comparisons import Comparisons
from .correlations import correlations
from .front import front
from .layout import File, layout
from .material import Material, alike
from .redlines import Engine, Job, Redline, make, plan
from .relations import Relations
from .searching import notes, search
from .texts import texts
from .topics import topics

if TYPE_CHECKING:
    from ...align.document import Row


def build(
    material: Material,
    engine: Engine,
    rows: Callable[[str], tuple[Row, ...]],
    progress: Callable[[str, int, int], None] | None = None,
    templates: Templates = OURS,
) -> dict[str, bytes]:
    """All files of a site by address, sorted.

    `rows` gives the concordance of the treaty that is renegotiated with another, by its id. `progress` hears what is made, how much
    of it is done and how much there is. `templates` may be those of a user's folder.
    """
    made: list[File] = [*templates.assets(), *templates.assets("site/assets"), _correlation_style(templates)]
    frame = layout(material, templates)
    redlines: list[Redline] = []
    jobs = list(plan(material, engine))
    for n, (lines, files) in enumerate(_made(jobs, engine, Comparisons(frame))):
        redlines += lines
        made += files
        if progress is not None:
            progress("redlines", n + 1, len(jobs))
    made.append(front(frame, material, redlines))
    relations = Relations(material, engine, redlines)
    made += topics(frame, relations, redlines)
    made.append(texts(frame, material))
    made += correlations(frame, material, {o.id: rows(o.id) for o in material.others if alike(o, material.home)})
    made += articles(frame, relations)
    made += search(frame, relations)
    made += notes(redlines, relations)
    if material.others:
        made.append(chart(frame, material, relations))
    return dict(sorted(made))


def _made(jobs: Sequence[Job], engine: Engine, page: Comparisons) -> Iterator[tuple[list[Redline], list[File]]]:
    for job in jobs:
        yield make(job, engine, page)


def _correlation_style(templates: Templates) -> File:
    return "assets/correlation.css", templates.render("correlation.css").encode()
