"""What becomes of a provision: split, merged, moved, renumbered; citations that follow; differences that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.align import Concordance, Link, LinkKind, align
from treaty_diff.redline import Comparison, both, build, diff, faults
from treaty_diff.redline.comparison import HERE, Article, Op, Row, RowKind, Why
from treaty_diff.text.model import Treaty

HERONS = "Each keeper shall count the herons of the eastern lagoon at dawn and write the count into the book of the harbour."
BOATS = "No boat may enter the inner basin between sunset and sunrise unless its lamp has been inspected by the pilot."
TOLLS = "The toll for a barge laden with salt shall not exceed four silver marks for each voyage through the upper lock."
NETS = "Nets with meshes narrower than two thumbs shall be burned before the assembly of the fishing villages in autumn."
BELLS = "A bell foundry that casts bells for ships shall stamp every bell with the year and with the founder's own sign."


def numbered(*paragraphs: str) -> str:
    return "\n\n".join(f"{n}. {words}" for n, words in enumerate(paragraphs, 1))


def compare(subject: Treaty, base: Treaty) -> Comparison:
    made = build(subject, base, align(subject, base), scope=(subject.root,), base_scope=(base.root,))
    assert list(faults(made)) == []
    return made


def articles(before: Sequence[tuple[str, str, str]], after: Sequence[tuple[str, str, str]]) -> list[Article]:
    return list(compare(small_treaty(*after), small_treaty(*before)).articles)


def one(before: str, after: str) -> list[Row]:
    """The rows below the headings of one article before and after."""
    found = articles([("ARTICLE 101", "Keepers", before)], [("ARTICLE 101", "Keepers", after)])
    return list(found[0].rows[1:])


def cited(row: Row) -> tuple[str, str]:
    return (row.base.citation if row.base else "", row.subject.citation if row.subject else "")


def test_a_paragraph_that_was_split_is_said_to_be_split_and_has_no_change_of_words() -> None:
    rows = one(numbered(f"{HERONS} {BOATS}", TOLLS), numbered(HERONS, BOATS, TOLLS))
    assert [row.kind for row in rows] == [RowKind.SPLIT, RowKind.SPLIT, RowKind.RENUMBERED]
    assert [cited(row) for row in rows[:2]] == [("Article 101(1)", "Article 101(1)"), ("Article 101(1)", "Article 101(2)")]
    assert not any(s.changed for row in rows for s in row.segments)
    assert rows[0].base_text + rows[1].base_text == f"1. {HERONS} {BOATS}\n"


def test_two_paragraphs_that_became_one_are_merged() -> None:
    rows = one(numbered(HERONS, BOATS, TOLLS), numbered(f"{HERONS} {BOATS}", TOLLS))
    assert [row.kind for row in rows] == [RowKind.MERGED, RowKind.MERGED, RowKind.RENUMBERED]
    assert not any(s.changed for row in rows for s in row.segments)
    assert rows[0].subject_text + rows[1].subject_text == f"1. {HERONS} {BOATS}\n"


def test_a_split_paragraph_with_another_word_shows_that_word_alone() -> None:
    rows = one(numbered(f"{HERONS} {BOATS}"), numbered(HERONS, BOATS.replace("sunset", "midnight")))
    assert [row.kind for row in rows] == [RowKind.SPLIT, RowKind.SPLIT]
    assert [(s.base.strip(), s.subject.strip()) for row in rows for s in row.segments if s.changed] == [
        ("sunset", ""),
        ("", "midnight"),
    ]


def test_a_paragraph_that_changed_places_is_moved_with_both_ends_named() -> None:
    rows = one(numbered(HERONS, BOATS, TOLLS, NETS), numbered(BOATS, TOLLS, NETS, HERONS))
    kinds = [row.kind for row in rows]
    assert kinds.count(RowKind.MOVED) == kinds.count(RowKind.MOVED_AWAY) == 1
    here = next(row for row in rows if row.kind is RowKind.MOVED)
    away = next(row for row in rows if row.kind is RowKind.MOVED_AWAY)
    assert cited(here) == cited(away) == ("Article 101(1)", "Article 101(4)")


def test_a_paragraph_that_went_to_another_article_is_moved_and_its_new_word_is_shown() -> None:
    before = [("ARTICLE 101", "Keepers", numbered(HERONS, BOATS)), ("ARTICLE 102", "Tolls", numbered(TOLLS, NETS))]
    after = [
        ("ARTICLE 101", "Keepers", numbered(HERONS)),
        ("ARTICLE 102", "Tolls", numbered(TOLLS, NETS, BOATS.replace("pilot", "warden"))),
    ]
    first, second = articles(before, after)
    assert [row.kind for row in first.rows][-1] is RowKind.MOVED_AWAY
    moved = second.rows[-1]
    assert moved.kind is RowKind.MOVED_CHANGED
    assert [(s.base.strip(), s.subject.strip()) for s in moved.segments if s.changed] == [("pilot", ""), ("", "warden")]


def test_short_lines_are_not_called_moved() -> None:
    rows = one(numbered("Boats are free.", HERONS, BELLS), numbered(HERONS, BELLS, "Boats are free."))
    assert not {RowKind.MOVED, RowKind.MOVED_AWAY, RowKind.MOVED_CHANGED} & {row.kind for row in rows}


def test_what_stands_twice_elsewhere_is_not_said_to_have_come_from_either() -> None:
    before = [("ARTICLE 101", "Keepers", numbered(HERONS, BELLS)), ("ARTICLE 102", "Tolls", numbered(TOLLS, BELLS))]
    after = [
        ("ARTICLE 101", "Keepers", numbered(HERONS)),
        ("ARTICLE 102", "Tolls", numbered(TOLLS)),
        ("ARTICLE 103", "Foundries", numbered(BELLS, NETS)),
    ]
    found = articles(before, after)
    assert RowKind.MOVED not in {row.kind for article in found for row in article.rows}


def test_an_article_that_answers_two_has_its_words_in_one_place_only() -> None:
    before = [("ARTICLE 101", "Keepers and Boats", numbered(HERONS, BOATS, TOLLS, NETS))]
    after = [("ARTICLE 201", "Keepers", numbered(HERONS, BOATS)), ("ARTICLE 202", "Tolls", numbered(TOLLS, NETS))]
    subject, base = small_treaty(*after, chapter="CHAPTER TWO"), small_treaty(*before)
    (whole,), parts = base.articles(), subject.articles()
    links = tuple(Link(part.eid, whole.eid, LinkKind.COUNTERPART, 0.9) for part in parts)
    concordance = Concordance(links=links, nearest={part.eid: () for part in parts})
    comparison = build(subject, base, concordance, scope=(subject.root,), base_scope=(base.root,))
    assert list(faults(comparison)) == []
    assert [[h.citation for h in a.with_] for a in comparison.articles] == [["Article 202"], ["Article 201"]]
    assert [(p.base, p.subject) for p in comparison.proofs] == [((whole.eid,), tuple(part.eid for part in parts))]
    struck = [s.base for a in comparison.articles for row in a.rows for s in row.segments if s.op is Op.DELETE]
    assert not any("herons" in words or "toll" in words for words in struck)


CITING = "Article 102 applies to each keeper who counts herons in the lagoon, and so does paragraph 1."


def citing(old: str, new: str, second: str = "ARTICLE 102", again: str = "ARTICLE 202") -> Row:
    """The row of a citing paragraph; article 102 answers to 202."""
    before = [("ARTICLE 101", "Keepers", numbered(HERONS, old)), (second, "Tolls", numbered(TOLLS, NETS))]
    after = [("ARTICLE 201", "Keepers", numbered(HERONS, new)), (again, "Tolls", numbered(TOLLS, NETS))]
    comparison = compare(small_treaty(*after, chapter="CHAPTER TWO"), small_treaty(*before))
    return comparison.articles[0].rows[2]


def whys(row: Row) -> list[tuple[str, str, str]]:
    return [(str(s.why), s.base.strip(), s.subject.strip()) for s in row.segments if s.why not in ("", Why.NUMBER)]


def test_a_citation_that_goes_where_its_target_went_is_quiet() -> None:
    row = citing("Article 102 binds each keeper of herons.", "Article 202 binds each keeper of herons.")
    assert row.kind is RowKind.EQUAL
    assert whys(row) == [("followed", "102", "202")]


def test_a_citation_that_does_not_follow_is_a_change() -> None:
    row = citing("Article 102 binds each keeper of herons.", "Article 201 binds each keeper of herons.")
    assert row.kind is RowKind.CHANGED
    assert [s.subject.strip() for s in row.segments if s.op is Op.INSERT] == ["201"]


def test_the_same_words_that_cite_another_provision_are_pointed_out() -> None:
    before = [("ARTICLE 101", "Keepers", numbered(HERONS, BOATS, "Paragraph 2 binds each keeper of herons in the lagoon."))]
    after = [("ARTICLE 101", "Keepers", numbered(HERONS, BELLS, BOATS, "Paragraph 2 binds each keeper of herons in the lagoon."))]
    row = articles(before, after)[0].rows[-1]
    assert row.kind is RowKind.RENUMBERED
    assert whys(row) == [("astray", "2", "2")]


def test_a_citation_of_what_is_not_there_is_dangling() -> None:
    row = citing("Article 102 binds each keeper of herons.", "Article 209 binds each keeper of herons.")
    assert ("dangling", "", "209") in whys(row)


def test_ranges_and_lists_of_citations_are_followed_one_by_one() -> None:
    before = [(f"ARTICLE 10{n}", f"Matter {n}", numbered(words)) for n, words in enumerate((HERONS, BOATS, TOLLS), 1)]
    after = [(f"ARTICLE 20{n}", f"Matter {n}", numbered(words)) for n, words in enumerate((HERONS, BOATS, TOLLS), 1)]
    listed = "Articles 101, 102 and 103 bind every keeper of the lagoon who has a lamp."
    ranged = "Articles 101 through 103 bind every keeper of the harbour who has a boat."
    before.append(("ARTICLE 104", "Reach", numbered(listed, ranged)))
    after.append(("ARTICLE 204", "Reach", numbered(listed.replace("10", "20"), ranged.replace("10", "20"))))
    comparison = compare(small_treaty(*after, chapter="CHAPTER TWO"), small_treaty(*before))
    rows = comparison.articles[-1].rows[1:]
    assert [row.kind for row in rows] == [RowKind.EQUAL, RowKind.EQUAL]
    assert [len(whys(row)) for row in rows] == [3, 1]
    assert comparison.summary.followed == 4


def test_articles_of_other_instruments_are_never_followed() -> None:
    row = citing("Article 102 of the Harbour Convention binds keepers.", "Article 202 of the Harbour Convention binds keepers.")
    assert row.kind is RowKind.CHANGED
    assert whys(row) == []


def test_a_heading_quoted_wrongly_is_a_change_though_the_number_follows() -> None:
    row = citing("Article 102 (Tolls) binds each keeper of herons.", "Article 202 (Tolls) binds each keeper of herons.")
    assert row.kind is RowKind.EQUAL
    row = citing("Article 102 (Tolls) binds each keeper of herons.", "Article 202 (Trolls) binds each keeper of herons.")
    assert row.kind is RowKind.CHANGED


QUIET = [
    ("No Party may burn nets", "No Party shall burn nets"),
    ("A Party shall not burn nets", "A Party may not burn nets"),
    ("in accordance with the rules", "pursuant to the rules"),
    ("not later than ten days", "no later than 10 days"),
    ("fees with respect to boats", "fees with regard to boats"),
    ("a favourable labour programme", "a favorable labor program"),
    ("a program-carrying signal", "a programme-carrying signal"),
]


@pytest.mark.parametrize(("old", "new"), QUIET)
def test_phrases_that_say_the_same_are_quiet(old: str, new: str) -> None:
    segments = diff(old, new)
    assert not any(s.changed for s in segments)
    assert any(s.op is Op.QUIET for s in segments)


LOUD = [
    ("No Party may burn nets", "A Party may burn nets"),
    ("a Party may ask", "a Party shall ask"),
    ("the Party", "the party"),
    ("within 10 days", "within 10 months"),
]


@pytest.mark.parametrize(("old", "new"), LOUD)
def test_what_binds_otherwise_is_a_change(old: str, new: str) -> None:
    assert any(s.changed for s in diff(old, new))


def test_a_tables_row_is_compared_cell_by_cell() -> None:
    from treaty_diff.redline.config import RedlineConfig
    from treaty_diff.redline.lexing import Lexer
    from treaty_diff.redline.lines import Rows, bundle, moved
    from treaty_diff.redline.sides import Text
    from treaty_diff.redline.tokens import Differ
    from treaty_diff.text.identifiers import assign
    from treaty_diff.text.model import Cell, Kind, Metadata, Provision, Treaty
    from treaty_diff.text.model import Text as Words

    def treaty(*cells: str) -> Treaty:
        row = tuple(Cell(Words(cell, "eng")) for cell in cells)
        table = Provision(Kind.TABLE, table=(row,))
        article = Provision(
            Kind.ARTICLE, num=Words("Article 1", "eng"), heading=Words("Tariff of the lock", "eng"), children=(table,)
        )
        return Treaty(
            Metadata("lock", "Lock", "2001-01-01", "2001-01-01", "eng"), assign(Provision(Kind.TREATY, children=(article,)))
        )

    config = RedlineConfig()
    left, right = (Text(t, (t.root,), "", "") for t in (treaty("salt", "4 marks", "barge"), treaty("salt", "5 marks", "barge")))
    lexer = Lexer("eng", config)
    eid = next(p.eid for p in left.treaty.walk() if p.kind is Kind.ARTICLE)
    made = bundle((eid,), (eid,), left, right, lexer, config)
    row = [row for _, row in Rows([made], moved([made], config), left, right, Differ(lexer, config)).of(0)][-1]
    assert [(s.base, s.subject) for s in row.segments if s.changed] == [("4", ""), ("", "5")]
    assert row.base_text == "salt\t4 marks\tbarge\n"


SENTENCES = (
    HERONS,
    BOATS,
    TOLLS,
    NETS,
    BELLS,
    "Boats are free.",
    "",
    "The lagoon\u202e is \u00ad open – naïvely “so” – in winter.",
)
paragraphs = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5)
pacts = st.lists(paragraphs, min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(pacts, pacts)
def test_whatever_is_inserted_deleted_moved_split_or_joined_both_texts_come_back(
    before: list[list[str]], after: list[list[str]]
) -> None:
    def pact(articles: list[list[str]], century: int) -> Treaty:
        made = [(f"ARTICLE {century}0{n}", f"Matter {n}", numbered(*words)) for n, words in enumerate(articles, 1)]
        return small_treaty(*made, chapter=f"CHAPTER {century}")

    base, subject = pact(before, 1), pact(after, 2)
    straight, turned = both(subject, base, align(subject, base), scope=(subject.root,), base_scope=(base.root,))
    assert list(faults(straight)) == []
    assert list(faults(turned)) == []
    moved = [row for a in (*straight.articles, *straight.gone) for row in a.rows if row.kind in HERE]
    away = [row for a in (*straight.articles, *straight.gone) for row in a.rows if row.kind is RowKind.MOVED_AWAY]
    assert sorted(cited(row) for row in moved) == sorted(cited(row) for row in away)
