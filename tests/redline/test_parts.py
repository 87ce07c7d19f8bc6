"""A proposal that replaces a part of an article is compared with that part: what stays is not gone."""

from __future__ import annotations

from dataclasses import replace

from tests.align.test_declared import proposed
from tests.text.trees import META, article, chapter, para, sub, treaty
from treaty_diff.align import align, declared
from treaty_diff.redline import both
from treaty_diff.redline.comparison import Comparison, RowKind
from treaty_diff.redline.proof import faults
from treaty_diff.text.model import Provision, Treaty

BASE = replace(
    treaty(
        chapter("Chapter One", "Ferries",
                article("Article 101", "Fares",
                        para("1.", "A fare is charged:",
                             sub("(a)", "for each passenger, by the mile;"),
                             sub("(b)", "for each barrel, by its weight; and"),
                             sub("(c)", "for each horse, by the day.")),
                        para("2.", "Children under six years pay nothing."),
                        para("3.", "Crews pay half.")),
                article("Article 102", "Hours", para("1.", "Boats leave at noon."))),
    ),
    meta=META,
)  # fmt: skip


def compared(own: Provision, **places: tuple[str, ...]) -> tuple[Comparison, Comparison]:
    subject: Treaty = proposed(own, **places)
    found = declared.apply(subject, BASE, align(subject, BASE))
    made = both(subject, BASE, found, scope=(subject.root,), base_scope=(BASE.root,))
    for one in made:
        assert list(faults(one)) == []
    return made


def lost(comparison: Comparison) -> list[str]:
    return [row.base_text.strip() for a in comparison.articles for row in a.rows if row.kind is RowKind.DELETED]


def test_what_a_proposal_does_not_speak_of_is_not_gone() -> None:
    own = article("Article 101", "Fares", para("1.", "A fare is charged:", sub("(b)", "for each barrel, by its size; and")))
    straight, turned = compared(own, replaces=("101.1(b)",))
    assert lost(straight) == []
    assert straight.summary.words_deleted == 1
    (said,) = [s for s in straight.not_compared if "only what the proposal replaces" in s]
    assert "of Article 101 only what the proposal replaces (Article 101(1)(b)) is compared" in said
    (fares,) = [a for a in turned.articles if a.head.citation == "Article 101"]
    assert not any(row.kind is RowKind.INSERTED for row in fares.rows)


def test_what_a_proposal_repeats_beside_the_part_that_it_replaces_is_no_news() -> None:
    own = article("Article 101", "Fares", para("1.", "A fare is charged:",
                                               sub("(a)", "for each passenger, by the mile; and"),
                                               sub("(b)", "for each horse, by the day.")))  # fmt: skip
    straight, _ = compared(own, replaces=("101.1",))
    assert lost(straight) == ["(b) for each barrel, by its weight; and"]


def test_an_article_that_is_replaced_whole_is_compared_whole() -> None:
    own = article("Article 101", "Fares", para("1.", "A fare is charged for each barrel."))
    straight, _ = compared(own, replaces=("101",))
    assert "2. Children under six years pay nothing." in lost(straight)
    assert not any("only what the proposal replaces" in s for s in straight.not_compared)
