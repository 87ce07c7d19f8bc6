"""Brackets in Akoma Ntoso: stored as marks with the attribution in attributes, read back to the same nodes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_brackets import nodes
from treaty_diff.errors import SourceError
from treaty_diff.ingest import read as read_source
from treaty_diff.ingest.report import Report
from treaty_diff.negotiation import document, marked, signs
from treaty_diff.negotiation.brackets import Bracket, Node, Note, Words, read, write
from treaty_diff.negotiation.consolidation import consolidate
from treaty_diff.negotiation.marking import Marker
from treaty_diff.negotiation.topic import Consolidated, Place
from treaty_diff.negotiation.views import agreed, view
from treaty_diff.text import plain
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.model import Kind, Metadata, Provision, Text, Treaty
from treaty_diff.text.validate import schema_errors

META = Metadata("pact", "Pact", "2018-01-23", "2018-01-23", "eng")


def stored(made: tuple[Node, ...]) -> Treaty:
    """A text of one article, whose words are bracketed, as its files give it back."""
    found = signs.Signs()
    lines = signs.at_lines(found.of(made))
    words = Marker(found).text(Text("\n".join(lines), "eng"))
    article = Provision(Kind.ARTICLE, "art_1", "art_1", num=Text("Article 1", "eng"), text=words)
    chapter = Provision(Kind.CHAPTER, "chp_1", "chp_1", num=Text("Chapter 1", "eng"), children=(article,))
    files = write_treaty(Treaty(META, Provision(Kind.TREATY, children=(chapter,))))
    for name, data in files.items():
        assert list(schema_errors(name, data)) == []
    return read_treaty(files)


def words_of(text: Treaty) -> tuple[Node, ...]:
    """The nodes of the one article, its number and the end of its last line left out."""
    (article,) = text.articles()
    first, *rest = marked.nodes(Provision(Kind.PARAGRAPH, text=article.text))
    *front, last = (first, *rest)
    assert isinstance(last, Words)
    ending = last.text.removesuffix("\n")
    return (*front, Words(ending)) if ending else tuple(front)


@settings(max_examples=400, deadline=None)
@given(nodes().filter(lambda made: write(made).strip() != ""))
def test_brackets_are_valid_akoma_ntoso_and_read_back_to_the_same_nodes(made: tuple[Node, ...]) -> None:
    assert words_of(stored(made)) == made


def test_who_does_what_stands_in_attributes() -> None:
    made = read("It binds[MX propose; CA oppose:  unless all object].\n[US propose deletion: 2. It ends.\n]3. Rest.").nodes
    xml = write_treaty(stored(made))["chp_1.xml"].decode()
    assert 'class="bracket" td:propose="MEX" td:oppose="CAN">[<span class="attribution">MX propose; CA oppose: </span>' in xml
    assert 'td:delete="USA" td:to="line"' in xml


def taken_in(text: str) -> tuple[Treaty, Report]:
    return read_source(text.encode(), "pact", name="pact.txt", settle=lambda meta: META)


BRACKETED = """CHAPTER ONE
FERRIES

[MX propose; CA considering: Article 101: Review

1. The Commission shall every [five] years look at how the ferries run.

2. A Party may:

(a) speak of it; or

(b) [CA/MX: ask for][US: be given] a hearing.]

Article 102: Reports

1. A panel shall report within [US: 120][CA/MX: 90] days[US propose: , as advice only].

[CA/MX propose: 2. The report binds [MX propose; CA oppose: unless all object].]

[Negotiators' note: the sum follows.]

3. Each Party pays \\[half\\].
"""


def test_brackets_that_people_wrote_are_kept_and_the_numbers_around_them_are_seen() -> None:
    text, report = taken_in(BRACKETED)
    assert [note.what for note in report.unclear] == []
    assert [p.label for p in text.walk() if p.kind in (Kind.ARTICLE, Kind.PARAGRAPH, Kind.SUBPARAGRAPH)] == [
        "Article 101", "1.", "2.", "(a)", "(b)", "Article 102", "1.", "2.", "3.",
    ]  # fmt: skip
    _, second = text.articles()
    made = marked.nodes(text.root)
    (review,) = [node for node in made if isinstance(node, Bracket) and any("Review" in str(part) for part in node.content)]
    assert [side.parties for side in review.sides] == [("MEX",), ("CAN",)]
    assert (
        plain.text(second.children[0])
        == "1. A panel shall report within [US: 120][CA/MX: 90] days[US propose: , as advice only].\n"
    )
    assert view(marked.nodes(second), "MEX").text == (
        "Article 102 Reports\n1. A panel shall report within 90 days.\n2. The report binds unless all object.\n3. Each Party pays [half].\n"
    )
    assert agreed(marked.nodes(second)).text == (
        "Article 102 Reports\n1. A panel shall report within  days.\n3. Each Party pays [half].\n"
    )
    assert view(marked.nodes(text.root), "USA").text.startswith("Chapter One FERRIES\nArticle 102 Reports\n1. A panel")
    assert any(isinstance(node, Note) for node in marked.nodes(second))
    assert read_treaty(write_treaty(text)).root == text.root


def test_unbalanced_brackets_and_unknown_codes_are_told_with_their_place() -> None:
    text, report = taken_in("Article 1: Fares\n\n1. Fares [US: rise.\n\n2. They [CA/ZZ: fall][MX: stay].\n")
    told = [(note.place, note.what) for note in report.unclear]
    assert told == [("line 3, character 10", "bracket"), ("line 5, character 10", "bracket")]
    assert "not closed" in report.unclear[0].words
    assert "“ZZ”" in report.unclear[1].words
    assert plain.text(text.articles()[0]) == "Article 1 Fares\n1. Fares [US: rise.\n2. They [CA/ZZ: fall][MX: stay].\n"


def test_a_treatys_own_square_brackets_stay_words() -> None:
    text, _ = taken_in("Article 1: Fares\n\n1. Fares are [twenty] francs [see list].\n")
    assert not marked.is_bracketed(text.root)


def test_an_article_inside_a_bracket_that_goes_over_several_is_read_by_itself() -> None:
    text, _ = taken_in(
        "[US: Article 1: Fares\n\n1. Fares rise.\n\nArticle 2: Boats\n\n1. Boats sail.\n\n2. They [CA: rest.]\n\nArticle 3: Ends\n\nIt ends.]\n"
    )
    assert write(marked.nodes(text.articles()[1])) == "[US: Article 2 Boats\n1. Boats sail.\n2. They [CA: rest.]\n]"
    assert write(marked.nodes(text.articles()[2])) == "[US: Article 3 Ends\nIt ends.\n]"
    assert write(marked.nodes(text.articles()[0].children[0])) == "[US: 1. Fares rise.\n]"


def test_a_bracket_that_parts_a_headings_number_stays_in_order() -> None:
    text, _ = taken_in("Article 1: Fares\n\n1. Fares rise.\n\n[CA/MX: Article 2][US: Party]: Boats\n\n1. Boats sail.\n")
    assert "Party" in write(marked.nodes(text.root))
    assert write(marked.nodes(text.root)).count("[") == 2


def test_who_does_what_is_found_in_a_lines_words_with_the_parties_names() -> None:
    text, _ = taken_in("Article 1: [US: Fares]\n\n1. Fares [CA/MX propose; US oppose: rise [MX: soon]].\n")
    first, second = plain.lines(text.articles()[0])
    assert [(first.words[a:b], named) for a, b, named in marked.named_heads(first)] == [("US: ", "United States proposes: ")]
    assert [(second.words[a:b], named) for a, b, named in marked.named_heads(second)] == [
        ("CA/MX propose; US oppose: ", "Canada, Mexico propose; United States opposes: "),
        ("MX: ", "Mexico proposes: "),
    ]


def test_more_brackets_than_a_text_may_have_are_refused() -> None:
    with pytest.raises(SourceError, match="too many brackets"):
        taken_in("Article 1: Fares\n\n1. " + "[US: a]" * (signs.MOST + 1) + "\n")


LINES = st.lists(
    st.sampled_from(
        (
            "1. Fares rise by half.",
            "2. Crews may rest, and shall.",
            "(a) boats;",
            "(b) rafts, and",
            "They sail.",
            "Where it rains:",
        )
    ),
    max_size=6,
)


@st.composite
def consolidations(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """An article, and what two Parties make of it: lines put in, left out and with other words."""

    def article(lines: list[str]) -> str:
        return "".join(f"{line}\n" for line in ["Article 7 Fares", *lines])

    base = draw(LINES)
    texts = {}
    for party in ("CAN", "USA"):
        own = list(base)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(own)))
            new = draw(LINES.map(lambda lines: lines[:1]))
            words = [line.replace("rise", draw(st.sampled_from(("fall", "rise", "[stay]")))) for line in new]
            own[at : at + draw(st.integers(0, 1))] = words
        texts[party] = article(own) if draw(st.integers(0, 6)) else ""
    return article(base), texts


@settings(max_examples=300, deadline=None)
@given(consolidations(), st.booleans())
def test_a_consolidated_article_is_valid_akoma_ntoso_and_reads_back_to_the_same_brackets(
    table: tuple[str, dict[str, str]], reserved: bool
) -> None:
    base, texts = table
    made = consolidate(base, texts, reserved)
    head = Provision(Kind.ARTICLE, "chp_1__art_7", "chp_1__art_7", num=Text("Article 7", "eng"))
    place = Place(head.eid, "Article 7", base, texts, head)
    article = document.article(Consolidated(place, made), "eng")
    chapter = Provision(Kind.CHAPTER, "chp_1", "chp_1", num=Text("Chapter 1", "eng"), children=(article,))
    files = write_treaty(Treaty(META, Provision(Kind.TREATY, children=(chapter,))))
    for name, data in files.items():
        assert list(schema_errors(name, data)) == []
    (again,) = read_treaty(files).articles()
    assert document.words(again, place) == made
    for party, text in texts.items():
        assert view(document.words(again, place), party).text == text
