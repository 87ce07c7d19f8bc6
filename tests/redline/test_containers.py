"""Headings of parts, chapters and sections are compared with those of what answers them."""

from __future__ import annotations

from dataclasses import replace

from tests.text.trees import META, article, chapter, para, treaty
from treaty_diff.align import align
from treaty_diff.redline import both, build
from treaty_diff.redline.comparison import ArticleKind, Comparison, Op
from treaty_diff.redline.proof import faults
from treaty_diff.render.markdown import document
from treaty_diff.text.model import Treaty

FERRIES = "A ferry that carries salt across the strait keeps a book of its crossings for the harbour office"
KILNS = "The owner of a kiln shall have its chimney measured by the guild of brick makers every second spring"
WELLS = "Water from a shared well is drawn by the two villages on alternate days under a roster"


def held(name: str, *chapters: tuple[str, str, str, str]) -> Treaty:
    """A treaty of chapters: number, heading, the number of the only article, its words."""
    made = [chapter(num, heading, article(label, heading, para("1.", words))) for num, heading, label, words in chapters]
    return treaty(*made, meta=replace(META, treaty=name, short=name))


BASE = held(
    "old",
    ("Chapter 1", "Ferries", "Article 1.1", FERRIES),
    ("Chapter 2", "Kilns", "Article 2.1", KILNS),
    ("Chapter 3", "Wells", "Article 3.1", WELLS),
)


def compared(subject: Treaty, base: Treaty = BASE) -> Comparison:
    """The whole texts compared; the proof holds."""
    one, other = both(subject, base, align(subject, base), scope=(subject.root,), base_scope=(base.root,))
    assert not list(faults(one)) + list(faults(other))
    assert {(h.base, h.subject) for h in one.headings} == {(h.subject, h.base) for h in other.headings}
    return one


def test_a_chapter_s_new_heading_is_a_difference_though_no_article_changed() -> None:
    subject = held(
        "new",
        ("Chapter 1", "Ferries and Rafts", "Article 1.1", FERRIES),
        ("Chapter 2", "Kilns", "Article 2.1", KILNS),
        ("Chapter 3", "Wells", "Article 3.1", WELLS),
    )
    found = compared(subject)
    assert found.summary.headings == 1
    (ferries,) = found.differing
    assert [s.subject.strip() for s in ferries.rows[0].segments if s.op is Op.INSERT] == ["and Rafts"]
    assert "Chapter 1 Ferries<ins> and Rafts</ins>" in document(found)


def test_a_chapter_answers_the_one_that_its_articles_answer_whatever_its_number() -> None:
    subject = held("new", ("Chapter 5", "Kilns", "Article 5.1", KILNS), ("Chapter 6", "Ferries", "Article 6.1", FERRIES))
    found = compared(subject)
    assert [(h.subject.citation, h.base.citation) for h in found.headings if h.subject and h.base] == [
        ("Chapter 5", "Chapter 2"),
        ("Chapter 6", "Chapter 1"),
    ]
    assert found.summary.headings == 0, "another number is no difference"
    assert [(h.kind, h.base.citation) for h in found.headings if h.base and not h.subject] == [(ArticleKind.GONE, "Chapter 3")]


def test_an_article_alone_brings_no_chapter_with_it() -> None:
    subject = held("new", ("Chapter 1", "Rafts", "Article 1.1", FERRIES))
    one = subject.root.children[0].children[0]
    found = build(subject, BASE, align(subject, BASE, scope=(one,)), scope=(one,), base_scope=(BASE.root,))
    assert not found.headings
