"""What an article keeps out on purpose."""

from __future__ import annotations

from tests.conftest import small_treaty
from treaty_diff.annotate.exclusions import Exclusions, exclusions
from treaty_diff.text import plain
from treaty_diff.text.index import Index

TEXT = small_treaty(
    (
        "Article 6.8",
        "Dumping and Subsidies",
        "1. Each Party keeps its rights.\n\n2. Nothing in this Agreement shall confer any rights or impose any obligations as to dumping.\n\n"
        "3. No Party shall have recourse to dispute settlement under Chapter 28 for any matter arising under this Article or Annex 6-A.",
    ),
    (
        "Article 7.17",
        "Technical Consultations",
        "1. No Party shall have recourse to dispute settlement under Chapter 28 without first asking for consultations.",
    ),
    ("Article 8.1", "Lamps", "1. Nothing in this Agreement prevents a Party from lighting lamps."),
)
INDEX = Index(TEXT)


def said(heading: str, chapter: str = "", *near: str) -> list[tuple[str, str]]:
    eids = [INDEX.find(one)[0].eid for one in near]
    return [(one.citation, one.does) for one in Exclusions(INDEX).said(heading, chapter, eids)]


OUT = [
    ("Article 6.8.2", "gives no rights here"),
    ("Article 6.8.3", "shuts out dispute settlement"),
    ("Annex 6-A", "is not held"),
]


def test_an_article_whose_heading_is_the_matter_keeps_it_out() -> None:
    assert said("Review of Duties", "Chapter 19, Review in Matters of Dumping and Subsidies") == OUT


def test_of_another_matter_it_says_nothing() -> None:
    assert said("Trade in Lamps", "Chapter 8, Lamps") == []


def test_that_two_headings_are_about_settling_disputes_makes_them_not_one_matter() -> None:
    assert said("Dispute Settlement", "Chapter 19, Definitions and Dispute Settlement", "6.8") == []


def test_a_condition_and_a_freedom_are_no_exclusions() -> None:
    for number in ("7.17", "8.1"):
        assert list(exclusions(plain.lines(INDEX.find(number)[0]))) == []


def test_the_words_are_quoted_with_their_place() -> None:
    (one, *_) = Exclusions(INDEX).said("Dumping and Subsidies", "", [])
    assert one.words.startswith("“Nothing in this Agreement shall confer any rights")
    assert INDEX.by_eid[one.eid].label == "2."
