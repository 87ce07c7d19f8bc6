"""Which article answers which: between treaties and between expressions of one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.align import Concordance, Link, LinkKind, align, carry_wids, paragraph_links, shared_passages
from treaty_diff.align.features import Vocabulary, held
from treaty_diff.align.passages import LEAST
from treaty_diff.citation import label
from treaty_diff.errors import SelectorError
from treaty_diff.ingest import tota
from treaty_diff.store import Store
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition, Provision, Treaty

FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count of fish shall be published in a gazette."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
BRIDGES = "A Party shall build each bridge over a shared river out of stone and keep it open at night."
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."


def pairs(concordance: Concordance, subject: Treaty, base: Treaty) -> list[tuple[str, str]]:
    mine, theirs = Index(subject), Index(base)
    return [(mine.selector(mine.by_eid[k.subject]), theirs.selector(theirs.by_eid[k.base])) for k in concordance.links]


# -- between treaties ---------------------------------------------------------------------------


def test_numbers_and_order_say_nothing_between_treaties() -> None:
    ours = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY), treaty="ours")
    theirs = small_treaty(("ARTICLE 1.1", "Sweets", HONEY), ("ARTICLE 1.2", "Waters", FISH), treaty="theirs")
    assert pairs(align(ours, theirs), ours, theirs) == [("101", "1.2"), ("102", "1.1")]


def test_an_article_that_nothing_answers_has_its_nearest_and_no_link() -> None:
    ours = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Boats", BOATS), treaty="ours")
    theirs = small_treaty(("ARTICLE 1", "Fish", FISH), ("ARTICLE 2", "Bridges", BRIDGES), treaty="theirs")
    found = align(ours, theirs)
    boats = Index(ours).find("102")[0].eid
    assert found.of(boats) == ()
    assert {n.base for n in found.nearest[boats]} == {a.eid for a in theirs.articles()}
    assert found.unanswered == (theirs.articles()[1].eid,)


def test_swapping_subject_and_base_mirrors_the_links() -> None:
    ours = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Boats", BOATS), treaty="ours")
    theirs = small_treaty(("ARTICLE 1", "Fish", FISH), ("ARTICLE 2", "Boats", BOATS.replace("lamp", "torch")), treaty="theirs")
    there, back = align(ours, theirs), align(theirs, ours)
    assert there.links
    assert {(k.subject, k.base, k.kind, k.score) for k in there.links} == {
        (k.base, k.subject, k.kind, k.score) for k in back.links
    }


def test_a_link_says_why() -> None:
    ours = small_treaty(("ARTICLE 101", "Fish", FISH), treaty="ours")
    theirs = small_treaty(("ARTICLE 1", "Fish", FISH), treaty="theirs")
    link = align(ours, theirs).links[0]
    assert link.score >= 0.5
    assert {"words", "heading"} <= dict(link.evidence).keys()


def test_spelling_plurals_party_names_and_citations_are_no_difference() -> None:
    vocabulary = Vocabulary("eng")
    same = [("favourable", "favorable"), ("duties", "duty"), ("sixty", "60"), ("1904(2)", "28.9.2")]
    assert [vocabulary[a] == vocabulary[b] for a, b in same] == [True] * len(same)
    assert all(vocabulary.idle[vocabulary[word]] for word in ("Canada", "Party", "another", "1904(2)"))
    assert not vocabulary.idle[vocabulary["60"]]


def test_spanish_words_lose_their_plural_and_keep_their_accents() -> None:
    vocabulary = Vocabulary("spa")
    assert vocabulary["mercancías"] == vocabulary["mercancía"]
    assert vocabulary["aranceles"] == vocabulary["arancel"]
    assert vocabulary["publico"] != vocabulary["público"]
    assert vocabulary.idle[vocabulary["las"]]


# -- paragraphs ---------------------------------------------------------------------------------


def test_a_paragraph_that_went_to_another_article_is_found_there() -> None:
    ours = small_treaty(("ARTICLE 101", "Fish", f"{FISH}\n\n3. {HONEY}"), ("ARTICLE 102", "Bridges", BRIDGES), treaty="ours")
    theirs = small_treaty(("ARTICLE 1", "Fish", FISH), ("ARTICLE 2", "Sweets", f"1. {HONEY}\n\n2. {BOATS}"), treaty="theirs")
    mine, other = Index(ours), Index(theirs)
    links = list(paragraph_links(ours, theirs, align(ours, theirs)))
    said = {(mine.citation(mine.by_eid[k.subject]), other.citation(other.by_eid[k.base]), k.kind) for k in links}
    assert ("Article 101(1)", "Article 1(1)", LinkKind.COUNTERPART) in said
    assert ("Article 101(3)", "Article 2(1)", LinkKind.MOVED) in said


def test_definitions_go_by_their_terms() -> None:
    start = "For purposes of this Chapter:\n\n"
    ours = small_treaty(
        ("ARTICLE 101", "Definitions", f"{start}lake means water with land around it;\n\npike means a long fish of the river;"),
        treaty="ours",
    )
    theirs = small_treaty(
        ("ARTICLE 1", "Definitions", f"{start}jar means a glass with a lid;\n\npike means a grey animal with teeth;"),
        treaty="theirs",
    )
    one, other = ours.articles()[0].eid, theirs.articles()[0].eid
    known = Concordance((Link(one, other, LinkKind.COUNTERPART, 1.0),), {one: ()})
    links = list(paragraph_links(ours, theirs, known))
    assert [(k.subject.rpartition("_")[2], k.base.rpartition("_")[2]) for k in links if "point" in k.subject] == [
        ("pike", "pike")
    ]


def test_shared_passages_are_quoted_in_the_subjects_words() -> None:
    ours = small_treaty(("ARTICLE 1", "Fish", "Each Party shall count its sixty favourite fish in the great lakes."))
    theirs = small_treaty(("ARTICLE 1", "Fish", "The Party shall count its 60 favorite fish in the small lakes."))
    assert shared_passages(ours.articles()[0], theirs.articles()[0]) == ("Party shall count its sixty favourite fish in the",)
    assert LEAST <= 9


# -- between expressions ------------------------------------------------------------------------


def test_an_inserted_article_does_not_shift_the_pairs_after_it() -> None:
    old = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY), ("ARTICLE 103", "Bridges", BRIDGES))
    new = small_treaty(
        ("ARTICLE 101", "Fish", FISH),
        ("ARTICLE 102", "Boats", BOATS),
        ("ARTICLE 103", "Honey", HONEY),
        ("ARTICLE 104", "Bridges", BRIDGES.replace("stone", "timber")),
    )
    assert pairs(align(new, old), new, old) == [("101", "101"), ("103", "102"), ("104", "103")]


def test_a_label_leads_where_the_text_allows_it() -> None:
    old = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Fish Again", FISH.replace("lakes", "ponds")))
    new = small_treaty(
        ("ARTICLE 101", "Fish", FISH.replace("year", "month")), ("ARTICLE 102", "Fish", FISH.replace("rivers", "seas"))
    )
    assert pairs(align(new, old), new, old) == [("101", "101"), ("102", "102")]


def test_two_languages_of_one_text_go_by_label_alone() -> None:
    english = small_treaty(("ARTICLE 101", "Honey", HONEY), ("ARTICLE 102", "Boats", BOATS))
    spanish = small_treaty(("ARTICLE 101", "Miel", "La miel no paga."), ("ARTICLE 102", "Barcos", "Los barcos llevan luz."))
    spanish = replace(spanish, meta=replace(spanish.meta, language="spa"))
    assert pairs(align(spanish, english), spanish, english) == [("101", "101"), ("102", "102")]


def test_a_translation_goes_by_the_first_places_of_renumbered_articles() -> None:
    old = small_treaty(("ARTICLE 101", "Honey", HONEY), ("ARTICLE 102", "Boats", BOATS))
    english = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY), ("ARTICLE 103", "Boats", BOATS))
    english = carry_wids(replace(english, meta=replace(english.meta, date="2003-04-05")), old)
    spanish = small_treaty(
        ("ARTÍCULO 101", "Pesca", "Los lagos."), ("ARTÍCULO 102", "Miel", "La miel."), ("ARTÍCULO 103", "Barcos", "Luz.")
    )
    spanish = carry_wids(replace(spanish, meta=replace(spanish.meta, language="spa", date="2003-04-05")), english)
    assert pairs(align(spanish, old), spanish, old) == [("102", "101"), ("103", "102")]


def test_two_treaties_in_two_languages_are_refused() -> None:
    english = small_treaty(("ARTICLE 101", "Honey", HONEY), treaty="ours")
    spanish = small_treaty(("ARTÍCULO 1", "Miel", "La miel no paga."), treaty="theirs")
    spanish = replace(spanish, meta=replace(spanish.meta, language="spa"))
    with pytest.raises(SelectorError, match="ours is selected in English, theirs in Spanish"):
        align(english, spanish)


words = st.sampled_from("fish lake boat lamp honey jar bridge stone river count border duty night bell".split())
bodies = st.lists(st.lists(words, min_size=3, max_size=12).map(" ".join), min_size=1, max_size=5)


def _made(texts: list[str], treaty: str) -> Treaty:
    return small_treaty(
        *((f"ARTICLE {101 + n}", f"Matter {n}", f"{t.capitalize()}.") for n, t in enumerate(texts)), treaty=treaty
    )


@settings(max_examples=25)
@given(bodies, bodies)
def test_links_mirror_and_every_article_is_listed(left: list[str], right: list[str]) -> None:
    ours, theirs = _made(left, "ours"), _made(right, "theirs")
    there, back = align(ours, theirs), align(theirs, ours)
    assert {(k.subject, k.base, k.score) for k in there.links} == {(k.base, k.subject, k.score) for k in back.links}
    assert list(there.nearest) == [p.eid for p, _ in held(ours)]
    assert all(0.0 <= k.score <= 1.0 for k in there.links)


# -- the real texts -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nafta_tpp(corpus: Path) -> tuple[Treaty, Treaty]:
    return (
        tota.read((corpus / "tota-112-nafta-en.xml").read_bytes(), "nafta1994")[0],
        tota.read((corpus / "tota-449-tpp-en.xml").read_bytes(), "tpp")[0],
    )


@pytest.mark.corpus
def test_most_read_articles_find_their_counterpart(nafta_tpp: tuple[Treaty, Treaty]) -> None:
    nafta, tpp = nafta_tpp
    number = {p.eid: label(p.label) for text in nafta_tpp for p in text.articles()}
    found = align(nafta, tpp)
    top = {number[eid]: number.get(k[0].base) for eid in number if (k := found.of(eid))}
    rows = [json.loads(line) for line in (Path(__file__).parent / "readings.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = {row["nafta"]: {x["tpp"] for x in row["links"] if x["kind"] == "counterpart"} for row in rows}
    asked = {subject: bases for subject, bases in asked.items() if bases}
    assert sum(top.get(subject) in bases for subject, bases in asked.items()) >= 0.88 * len(asked)


@pytest.mark.corpus
def test_every_restated_article_pairs_with_the_treatys_own(pulled: Store) -> None:
    at = pulled.at()
    for treaty in ("nafta1994", "tpp"):
        text, restated = at.load(treaty), at.load(treaty, edition=Edition.RESTATEMENT)
        found = align(restated, text)
        articles = [p.eid for p in restated.articles() if p.held]
        assert [found.of(eid)[0].base for eid in articles] == articles


@pytest.mark.corpus
def test_chapter_nineteen_has_counterparts_for_its_second_article_at_most(nafta_tpp: tuple[Treaty, Treaty]) -> None:
    nafta, tpp = nafta_tpp
    scope: tuple[Provision, ...] = Index(nafta).find("chapter19")
    found = align(nafta, tpp, scope=scope)
    assert {k.subject[-4:] for k in found.links} <= {"1901", "1902"}


@pytest.mark.corpus
def test_near_clones_pair_article_by_article(corpus: Path) -> None:
    peru = tota.read((corpus / "tota-156-us-peru-en.xml").read_bytes(), "us-peru")[0]
    colombia = tota.read((corpus / "tota-342-us-colombia-en.xml").read_bytes(), "us-colombia")[0]
    found = align(peru, colombia)
    top = [found.of(a.eid)[0].base == a.eid for a in peru.articles() if found.of(a.eid)]
    assert len(top) >= 0.99 * len(peru.articles())
    assert sum(top) >= 0.99 * len(top)
