"""Footnotes: bodies out of the running text, markers found, numbers that are no footnotes left alone."""

from __future__ import annotations

import pytest

from treaty_diff.ingest.footnotes import lift
from treaty_diff.ingest.lines import SENTINEL
from treaty_diff.ingest.report import Report


def lifted(*units: str, first: int = 1) -> tuple[list[str], list[tuple[str, str, bool]], Report]:
    """Units with `{3}` for the sign of footnote 3 and white space folded; the notes; the report."""
    report = Report()
    result = lift(units, language="eng", place="Chapter 1", report=report, first=first)
    texts = []
    for unit in result.units:
        for n, note in enumerate(result.notes):
            unit = unit.replace(chr(SENTINEL + n), f"{{{note.marker}}}")
        texts.append(" ".join(unit.replace("\x1f", " ").split()))
    return texts, [(note.marker, note.body.content, note.placed) for note in result.notes], report


@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        ("Wardens pay.1 \n\n1 Helpers pay too.", "Wardens pay.{1}", ["Helpers pay too."]),
        ("A person1 pays. \n1 A child too.", "A person{1} pays.", ["A child too."]),
        ("Mills;1, 2 and boats. \n1 One. \n2 Two.", "Mills;{1}{2} and boats.", ["One.", "Two."]),
        ("the hall 1 of a Guild.2 \n1 The old one. \n2 Any.", "the hall{1} of a Guild.{2}", ["The old one.", "Any."]),
        # a body inside a sentence
        ("They met at Rye,1 on \n1 A town. \n\nMay 4.", "They met at Rye,{1} on May 4.", ["A town."]),
        # a marker alone on a line belongs to the line before
        ("for all mills \n1 \nin the land. \n\n1 Old ones too.", "for all mills{1} in the land.", ["Old ones too."]),
        # a number alone above the body
        ("Wardens pay.1 \n\n1 \n\nHelpers pay too.", "Wardens pay.{1}", ["Helpers pay too."]),
        # two bodies on one line
        ("Mills1 and boats2 pay. \n1 Old ones. 2 New ones.", "Mills{1} and boats{2} pay.", ["Old ones.", "New ones."]),
        # two markers side by side
        ("Wardens pay.12 \n\n1 Helpers too. \n\n2 Clerks too.", "Wardens pay.{1}{2}", ["Helpers too.", "Clerks too."]),
        # a body with a list and closing words
        (
            "a letter;1 and \n1 A letter is: \n\n(a) a note, or \n\n(b) a bill, \nbut no book. \n\n(c) a ware.",
            "a letter;{1} and (c) a ware.",
            ["A letter is:\n(a) a note, or\n(b) a bill,\nbut no book."],
        ),
        # a body broken in two lines, inside a list
        ("(a) meal;1 or \n1 Ground by \n\nmillers. \n\n(b) grain.", "(a) meal;{1} or (b) grain.", ["Ground by millers."]),
        # a body that has lost its number
        (
            "fish from waters \n1 \nof none; and the Guild that has \n"
            "Nothing here touches the old rule of the sea. \n\nthe right to fish.",
            "fish from waters{1} of none; and the Guild that has the right to fish.",
            ["Nothing here touches the old rule of the sea."],
        ),
    ],
)
def test_footnote_is_joined_with_its_marker(body: str, text: str, notes: list[str]) -> None:
    texts, found, _ = lifted("Rule", body)
    assert texts == ["Rule", text]
    assert [content for _, content, _ in found] == notes
    assert all(placed for _, _, placed in found)


@pytest.mark.parametrize(
    "body",
    [
        "The share is in Annex \n302 The Mills, and so on.",
        "as from May \n1994 The Guilds met.",
        "1. The Guilds meet. \n\n2. The Guilds part.",
        "07.01 \tplums \n\n08.02 \tpears",
        "within 30 days of the letter, or 5 \nmills",
        "under paragraph1, wardens pay.",
    ],
)
def test_number_that_is_no_footnote_stays(body: str) -> None:
    texts, found, _ = lifted("Rule", body)
    assert found == []
    assert texts[1] == " ".join(body.split())


def test_marker_glued_to_a_heading_finds_its_body_in_the_article() -> None:
    texts, found, _ = lifted("Fair Trade1", "Wardens pay. \n\n1 The old rule.")
    assert texts == ["Fair Trade{1}", "Wardens pay."]
    assert found == [("1", "The old rule.", True)]


def test_body_printed_below_the_next_article() -> None:
    texts, _, _ = lifted("Rule", "Wardens pay.1", "Next", "The mill is \n1 Helpers too. \n\nopen.")
    assert texts == ["Rule", "Wardens pay.{1}", "Next", "The mill is open."]


def test_body_without_a_marker_hangs_where_it_stood_and_is_reported() -> None:
    texts, found, report = lifted("Rule", "Mills1 pay. \n1 Old ones. \n\nBoats pay. \n2 New ones. \n\nCarts3 pay. \n3 Big ones.")
    assert texts[1] == "Mills{1} pay. Boats pay.{2} Carts{3} pay."
    assert [placed for _, _, placed in found] == [True, False, True]
    assert [note.what for note in report.unclear] == ["footnote whose marker was not found"]


def test_marker_whose_body_is_lost_is_no_part_of_the_words() -> None:
    texts, found, report = lifted("Mills And Boats1", "(a) sets dues2; \n\n(b) sells wares3;")
    assert texts == ["Mills And Boats{1}", "(a) sets dues{2}; (b) sells wares{3};"]
    assert found == [("1", "", True), ("2", "", True), ("3", "", True)]
    assert [note.what for note in report.unclear] == ["footnote whose text is not in the source"] * 3


def test_citing_word_with_an_indefinite_article_before_it_cites_nothing() -> None:
    texts, _, _ = lifted("Rule", "The Guild of which it is a part1.\n\nMills2 pay as under part3.")
    assert texts[1] == "The Guild of which it is a part{1}. Mills{2} pay as under part3."


def test_list_of_markers_whose_bodies_are_lost_is_no_part_of_the_words() -> None:
    texts, found, _ = lifted("Rule", "Mills1 pay.\n1 Old.\n\n2. Boats pay.2,3\n\n3. Carts4 pay.\n4 New.")
    assert texts[1] == "Mills{1} pay. 2. Boats pay.{2}{3} 3. Carts{4} pay."
    assert [body for _, body, _ in found] == ["Old.", "New.", "", ""]


def test_footnotes_go_on_counting_from_the_chapter_before() -> None:
    _, found, _ = lifted("Rule", "Wardens17 pay. \n17 Helpers too.", first=17)
    assert found == [("17", "Helpers too.", True)]


@pytest.mark.parametrize("page", ["94", "9-12", "- 7 -", "1 1"])
def test_page_number_alone_on_a_line_is_dropped_and_reported(page: str) -> None:
    texts, _, report = lifted("Rule", f"The wardens \n{page} \n\npay.")
    assert texts[1] == "The wardens pay."
    assert [note.words for note in report.dropped] == [page]


def test_page_number_between_a_citation_and_its_number_is_dropped() -> None:
    texts, _, report = lifted("Rule", "as set out in Annex \n94 \n\n401.6. \n\n2. Wardens pay.")
    assert texts[1] == "as set out in Annex 401.6. 2. Wardens pay."
    assert [note.words for note in report.dropped] == ["94"]


@pytest.mark.parametrize(
    ("units", "texts"),
    [
        # raised above the line it stands in: an empty line follows, a blank ends the line before
        (("Rule", "open to any \n1 \n\nmill. \n1 Old ones too."), ["Rule", "open to any mill.{1}"]),
        (("Rule", "open to any \n1, 2 \n\nmill; or \n1 Old ones. \n2 New ones."), ["Rule", "open to any mill;{1}{2} or"]),
        # the blank that went with it shows where it stood
        (("Rule", "open on \n1 \n\nmarket days,but no others. \n1 In May."), ["Rule", "open on market days,{1} but no others."]),
        # a list of them, each on a line, behind an entry that the source put in front of another
        (
            ("Rule", "(c) open mills;\n3\n,\n4\n and\n(a) old boats;1, 2 and\n1 Old.\n2 New.\n3 All.\n4 None."),
            ["Rule", "(c) open mills;{3}{4} and (a) old boats;{1}{2} and"],
        ),
        # raised above the next article's heading
        (
            ("Rule", "Wardens pay. \n1 ", "Dues", "Mills pay. \n1 This Article has no end."),
            ["Rule", "Wardens pay.", "Dues{1}", "Mills pay."],
        ),
        # behind a paragraph's number, behind a year
        (("Rule", "Mills1 pay.\n1 Old. \n4.2 \n\n2 New. \n\nBoats pay."), ["Rule", "Mills{1} pay. 4.{2} Boats pay."]),
        (("Rule", "the dues of 20131 stand. \n1 Old ones."), ["Rule", "the dues of 2013{1} stand."]),
        # behind a citation and the stop of its sentence
        (
            ("Rule", "Mills1 pay as under 3.10.13.2 Boats row.\n1 Old. \n2 In coin."),
            ["Rule", "Mills{1} pay as under 3.10.13.{2} Boats row."],
        ),
        (
            ("Rule", "(a) Mills1 pay as under 3.8.2 \n\n(b) Boats row.\n1 Old. \n2 In coin."),
            ["Rule", "(a) Mills{1} pay as under 3.8.{2} (b) Boats row."],
        ),
        # behind another marker, with no comma between
        (("Rule", "Mills pay;1 2 \n\nBoats row.\n1 Old. \n2 In coin."), ["Rule", "Mills pay;{1}{2} Boats row."]),
        # behind a blank at the end of a line
        (
            ("Rule", "Mills1 pay by rule (e). 2 \n\nBoats row.\n1 Old. \n2 In coin."),
            ["Rule", "Mills{1} pay by rule (e).{2} Boats row."],
        ),
        # before a joining word, where a number is mostly an amount
        (("Rule", "Mills1 pay 2 or lend.\n1 Old. \n2 In coin."), ["Rule", "Mills{1} pay{2} or lend."]),
    ],
)
def test_displaced_marker_goes_back_to_its_word(units: tuple[str, ...], texts: list[str]) -> None:
    found, notes, report = lifted(*units)
    assert found == texts
    assert all(placed for _, _, placed in notes)
    assert not report.unclear


@pytest.mark.parametrize(
    ("units", "texts"),
    [
        (
            ("Dues", "Mills1 pay.", "Tolls", "Boats pay.\n1 Old.\n2 This Article has an end."),
            ["Dues", "Mills{1} pay.", "Tolls{2}", "Boats pay."],
        ),
        (
            ("Dues", "Mills1 pay.\n1 Old.", "Tolls", "Boats pay.\n2 “Boats” means barges."),
            ["Dues", "Mills{1} pay.", "Tolls", "Boats{2} pay."],
        ),
        # `fairsin`: the blank went with the number
        (
            (
                "Dues",
                "Mills1 pay.\n1 Old.\nThe fairs open; fairs close; " + "in " * 20 + "May.\nOther fairsin the hills pay.\n2 All.",
            ),
            ["Dues", "Mills{1} pay. The fairs open; fairs close; " + "in " * 20 + "May. Other fairsin{2} the hills pay."],
        ),
    ],
)
def test_dropped_marker_is_placed_by_what_the_body_says(units: tuple[str, ...], texts: list[str]) -> None:
    found, notes, report = lifted(*units)
    assert found == texts
    assert [placed for _, _, placed in notes] == [True, True]
    assert [note.what for note in report.mended if "placed" in note.what] == ["footnote placed by what it says"]


def test_number_of_a_cited_paragraph_is_no_marker() -> None:
    texts, found, _ = lifted(
        "Tolls", "Mills1 pay. Dues under paragraphs 1 and 2 stand.\n1 Old.", "Dues", "Boats pay.\n2 Article 1.2 has an end."
    )
    assert texts == ["Tolls", "Mills{1} pay. Dues under paragraphs 1 and 2 stand.", "Dues{2}", "Boats pay."]
    assert [placed for _, _, placed in found] == [True, True]


def test_footnote_of_a_term_in_a_heading_hangs_on_the_heading() -> None:
    texts, _, _ = lifted(
        "Dues", "Mills1 pay.\n1 Old.", "Making And Keeping Of Open Tolls", "Tolls stand.\n2 For certainty, “tolls” includes fees."
    )
    assert texts == ["Dues", "Mills{1} pay.", "Making And Keeping Of Open Tolls{2}", "Tolls stand."]


@pytest.mark.parametrize(
    ("units", "texts", "notes"),
    [
        # inside a sentence, its marker printed
        (
            ("Rule", "Mills1 and boats2 pay. Carts with\n1 Old.\nFor purposes of this rule, boats are barges.\n\noxen pay."),
            ["Rule", "Mills{1} and boats{2} pay. Carts with oxen pay."],
            ["Old.", "For purposes of this rule, boats are barges."],
        ),
        # inside a list, in two lines
        (
            (
                "Rule",
                "Mills1 pay:\n\nThe wardens say what is a mill\n\nin each of the Guilds.\n\n(a) in coin; or\n\n(b) in corn.",
            ),
            ["Rule", "Mills{1} pay: (a) in coin; or (b) in corn."],
            ["The wardens say what is a mill in each of the Guilds."],
        ),
        # behind the words that carry its marker
        (
            ("Rule", "(a) Mills pay.1\nFor greater certainty, boats pay too.\n\n(b) Carts pay."),
            ["Rule", "(a) Mills pay.{1} (b) Carts pay."],
            ["For greater certainty, boats pay too."],
        ),
        # no marker either: it closes the gap in the series and says where it belongs
        (
            (
                "Rule",
                "Mills1 pay.\n1 Old.",
                "Dues",
                "They are paid:\n\nNothing in this Article touches tolls.\n\n7-3\n\n(a) in coin3; or\n(b) in corn.\n3 Good coin.",
            ),
            ["Rule", "Mills{1} pay.", "Dues{2}", "They are paid: (a) in coin{3}; or (b) in corn."],
            ["Old.", "Nothing in this Article touches tolls.", "Good coin."],
        ),
    ],
)
def test_body_that_has_lost_its_number_is_known_by_where_it_stands(
    units: tuple[str, ...], texts: list[str], notes: list[str]
) -> None:
    found, bodies, report = lifted(*units)
    assert found == texts
    assert [body for _, body, _ in bodies] == notes
    assert not report.unclear


def test_series_goes_on_behind_a_body_that_has_lost_its_number() -> None:
    texts, found, _ = lifted(
        "Dues",
        "Mills1 and boats2 pay. Carts with\n1 Old.\nFor purposes of this rule, boats are barges.\n\noxen pay.",
        "Tolls",
        "All pay in their\n3 This Article has an end.\n\nown coin.",
    )
    assert texts == ["Dues", "Mills{1} and boats{2} pay. Carts with oxen pay.", "Tolls{3}", "All pay in their own coin."]
    assert [marker for marker, _, _ in found] == ["1", "2", "3"]


def test_sentence_in_a_list_stays_where_no_footnote_is_missing() -> None:
    body = "Mills pay:\n\nFor greater certainty, boats pay too.\n\n(a) in coin; or\n\n(b) in corn."
    texts, found, _ = lifted("Rule", body)
    assert texts[1] == " ".join(body.split())
    assert found == []


def test_body_behind_a_citing_word_is_one_where_its_marker_stands_alone() -> None:
    texts, found, _ = lifted("Rule", "Mills pay.\n1\n\n2. Boats pay as in Articles \n1 Old ones too. \n\n3.7 and 3.8.")
    assert texts[1] == "Mills pay.{1} 2. Boats pay as in Articles 3.7 and 3.8."
    assert found == [("1", "Old ones too.", True)]


def test_definition_between_a_bodys_lines_stays_in_the_text() -> None:
    texts, notes, _ = lifted(
        "Terms",
        "mill means a house that grinds,1 but no shop; and\n1 The mills of the\n\nwarden means a person who keeps a hall.\n\nGuild are mills.",
    )
    assert texts[1] == "mill means a house that grinds,{1} but no shop; and warden means a person who keeps a hall."
    assert [body for _, body, _ in notes] == ["The mills of the Guild are mills."]


def test_treaty_lines_between_a_bodys_lines_stay_in_the_text() -> None:
    texts, notes, _ = lifted(
        "Rule", "Mills1 pay.\n1 They pay: \n(a) in coin; \n(a) By boat2 or \n(b) in corn.\n2 A barge.\n(b) by cart."
    )
    assert texts == ["Rule", "Mills{1} pay. (a) By boat{2} or (b) by cart."]
    assert [body for _, body, _ in notes] == ["They pay:\n(a) in coin;\n(b) in corn.", "A barge."]
