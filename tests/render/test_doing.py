"""What the changes of a page do, as a list."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.conftest import small_treaty
from treaty_diff.align import align
from treaty_diff.annotate import Annotations, annotate
from treaty_diff.redline import Comparison, build
from treaty_diff.render import html
from treaty_diff.render.doing import doing
from treaty_diff.render.laying import Ids, lay

BEFORE = small_treaty(
    (
        "Article 101",
        "Composition of Panels",
        "1. Each Party shall name five members of the panel within 30 days of the request.\n"
        "2. Each Party shall publish the names of the members.\n3. The members sit in the capital of the host and hear both Parties.",
    ),
    treaty="before",
)
AFTER = small_treaty(
    (
        "Article 101",
        "Composition of Panels",
        "1. Each Party should name five members of the panel within 60 days of the request.\n"
        "2. The members sit in the capital of the host and hear both Parties.",
    ),
    treaty="after",
)


def compared() -> tuple[Comparison, Annotations]:
    found = build(AFTER, BEFORE, align(AFTER, BEFORE), scope=(AFTER.root,), base_scope=(BEFORE.root,))
    return found, annotate(found, AFTER, BEFORE)


def test_every_finding_is_listed_once_under_its_kind_with_its_place() -> None:
    comparison, found = compared()
    page = html.page(comparison, annotations=found)
    listed = re.search(r'<details class="does" id="does">(.*?)\n<details class="legend"', page, re.S)
    assert listed
    places = re.findall(r'<li><a href="#([^"]+)">', listed[1])
    assert len(places) == len(found) > 1
    assert all(f'id="{place}"' in page for place in places)
    assert re.findall(r'<section id="does-([a-z-]+)"', listed[1]) == [str(kind).replace(" ", "-") for kind in found.counts]


def test_findings_that_begin_alike_stand_together_without_saying_it_again() -> None:
    comparison, found = compared()
    twice = [replace(note, severity=severity) for note in found for severity in (2, 4)]
    laid = lay(comparison.articles[0], comparison, Ids(), {(n.gone, n.article, n.row): twice for n in found}, {})
    for kind in doing([laid]):
        for group in kind.groups:
            assert all(not one.said.startswith(group.lead) for one in group.found)
            assert {str(one.note.kind) for one in group.found} == {kind.kind}
