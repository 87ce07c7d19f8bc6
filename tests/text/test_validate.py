from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from treaty_diff.text.akn import write_treaty
from treaty_diff.text.model import Kind, Provision, Reference, Treaty
from treaty_diff.text.validate import Finding, schema_errors, validate, validate_files

from .strategies import labelled_treaties
from .trees import (
    FERRIES,
    annex,
    article,
    chapter,
    definition,
    flush,
    heading,
    item,
    note,
    one_article,
    para,
    provision,
    section,
    sub,
    text,
    treaty,
)


def brief(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.citation) for f in findings]


def numbered(*labels: str) -> Treaty:
    """One paragraph with a list so labelled; `|` is a flush line."""
    entries = [flush("and") if label == "|" else sub(label, "x") for label in labels]
    return one_article(para("1.", "If:", *entries))


LETTERS = [f"({chr(c)})" for c in range(ord("a"), ord("z") + 1)]
IN_ORDER = [
    ["(a)", "(b)", "(c)"],
    ["a)", "b)", "c)"],
    ["(i)", "(ii)", "(iii)", "(iv)"],
    LETTERS[:10],  # (i) after (h) is a letter
    ["(A)", "(B)", "(C)"],
    ["(AA)", "(BB)", "(CC)"],
    ["(1)", "(2)", "(3)"],
    ["(I)", "(II)", "(III)"],
    ["(a)", "(b)", "|", "(a)", "(b)"],  # a new list after closing words
    ["(a)", "(b)", "|", "(c)", "(d)"],  # letters that go on after them
    ["(a)", "(b)", "|", "(i)", "(ii)"],  # a list of another kind, opened by them
    ["(a)", "(a bis)", "(b)", "(b bis)", "(b ter)", "(c)"],
    ["(1)", "(1A)", "(1B)", "(2)"],
    [*LETTERS[:14], "(ñ)", "(o)"],
    [*LETTERS, "(aa)", "(bb)"],
    [*LETTERS, "(aa)", "(ab)"],
]


@pytest.mark.parametrize("labels", IN_ORDER)
def test_rows_without_gap_or_repeat(labels: list[str]) -> None:
    assert validate(numbered(*labels)) == []


@pytest.mark.parametrize(
    ("labels", "code", "at", "says"),
    [
        ("(a) (c)", "number-omitted", "(c)", "(c) follows (a): a number is omitted."),
        ("(a) (b) (f)", "number-omitted", "(f)", "(f) follows (b): 3 numbers are omitted."),
        ("(b) (c)", "number-omitted", "(b)", "The numbering starts at (b)."),
        ("(i) (iii)", "number-omitted", "(iii)", "(iii) follows (i): a number is omitted."),
        ("(A) (B) (D)", "number-omitted", "(D)", "(D) follows (B): a number is omitted."),
        ("(1) (3)", "number-omitted", "(3)", "(3) follows (1): a number is omitted."),
        ("(a) (b) (b)", "number-repeated", "(b)", "(b) stands here a second time."),
        ("(a) (b) (a)", "number-repeated", "(a)", "(a) stands here a second time."),
        ("(a) (c) (b)", "number-out-of-order", "(b)", "(b) follows (c)."),
        ("(a) (b) (1) (c)", "number-out-of-order", "(1)", "(1) is not numbered as its siblings are."),
        ("(a) (b) | (d)", "number-omitted", "(d)", "(d) follows (b): a number is omitted."),
    ],
)
def test_a_gap_or_repeat_is_a_warning_at_its_place(labels: str, code: str, at: str, says: str) -> None:
    assert Finding("warning", code, f"Article 101(1){at}", says) in validate(numbered(*labels.split()))


def test_paragraphs_are_counted_and_may_start_anew_below_a_heading() -> None:
    assert brief(validate(one_article(para("1.", "x"), para("3.", "y")))) == [("warning", "number-omitted", "Article 101(3)")]
    assert validate(one_article(para("1.", "x"), para("2.", "y"), heading("Then"), para("1.", "z"))) == []


def test_letters_may_go_on_through_plain_paragraphs() -> None:
    first, second = para("", "If:", sub("(a)", "x"), sub("(b)", "y")), para("", "Also:", sub("(c)", "z"))
    assert validate(one_article(first, second)) == []
    assert brief(validate(one_article(first, para("", "Also:", sub("(d)", "z"))))) == [
        ("warning", "number-omitted", "Article 101(d)")
    ]


def test_each_definition_and_each_entry_counts_for_itself() -> None:
    made = one_article(
        para(
            "",
            "Here:",
            definition("ferry means", sub("(a)", "x"), sub("(b)", "y", item("(i)", "z"), item("(ii)", "z"))),
            definition("toll means", sub("(a)", "x"), sub("(c)", "y")),
        )
    )
    assert brief(validate(made)) == [("warning", "number-omitted", "Article 101 (“toll”)(c)")]


def numbers(*articles: str, of: str = "Chapter 3") -> Treaty:
    return treaty(
        chapter("Chapter 1", "A"), chapter("Chapter 2", "B"), chapter(of, "C", *(article(f"Article {n}", "x") for n in articles))
    )


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (("300", "301", "302"), []),
        (("311", "313"), [("warning", "number-omitted", "Article 313")]),
        (("3.1", "3.2", "3.4"), [("warning", "number-omitted", "Article 3.4")]),
        (("C-10", "C-12"), [("warning", "number-omitted", "Article C-12")]),
        (("301", "301"), [("warning", "number-repeated", "Article 301")]),
        (("302", "301"), [("warning", "number-out-of-order", "Article 301")]),
        (("5", "5 bis", "6"), []),
        (("399", "401"), []),  # the next hundred is the next chapter's
    ],
)
def test_articles_are_counted_through_the_treaty(articles: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    assert brief(validate(numbers(*articles))) == expected


def test_chapters_are_counted_through_the_parts_and_sections_in_their_chapter() -> None:
    made = treaty(
        provision(Kind.PART, "Part One", "", chapter("Chapter One", "A"), chapter("Chapter Two", "B")),
        provision(Kind.PART, "Part Two", "", chapter("Chapter Three", "C", section("Section A", "x"), section("Section C", "y"))),
        provision(Kind.PART, "Part Four", "", chapter("Chapter Five", "D")),
        annex("Annex 3", "E"),
        annex("Annex 3", "F"),
    )
    assert brief(validate(made)) == [
        ("warning", "number-omitted", "Part 4"),
        ("warning", "number-omitted", "Chapter 5"),
        ("warning", "number-repeated", "Annex 3"),
        ("warning", "number-omitted", "Chapter 3, Section C"),
    ]


# -- references ------------------------------------------------------------------------------------


def citing(href: str, up_to: str = "") -> Treaty:
    return treaty(
        chapter("Chapter 1", "A", article("Article 101", "B", para("1.", text("See that.", Reference(4, 8, href, up_to))))),
        chapter("Chapter 2", "C", article("Article 201", "D")),
    )


WORK = "/akn/un/act/treaty/1994-01-01/demo"


@pytest.mark.parametrize("href", ["#chp_1__art_101", f"{WORK}/~chp_2__art_201", "/akn/un/act/treaty/1947-10-30/gatt/~art_3"])
def test_references_that_resolve_or_lead_to_another_treaty(href: str) -> None:
    assert validate(citing(href)) == []


@pytest.mark.parametrize(
    ("href", "severity", "code"),
    [
        (f"{WORK}/~annex_401", "warning", "dangling-reference"),
        ("#chp_1__art_199", "warning", "dangling-reference"),
        ("#chp_2__art_201", "error", "reference-wrong-file"),
        ("see below", "error", "reference-malformed"),
        ("", "error", "reference-malformed"),
    ],
)
def test_references_that_do_not_resolve_name_the_citing_provision_and_words(href: str, severity: str, code: str) -> None:
    (found,) = validate(citing(href))
    assert (found.severity, found.code, found.citation) == (severity, code, "Article 101(1)")
    assert "“that”" in found.message


def test_both_ends_of_a_range_are_looked_up() -> None:
    (found,) = validate(citing("#chp_1__art_101", f"{WORK}/~chp_2__art_299"))
    assert (found.code, "chp_2__art_299" in found.message) == ("dangling-reference", True)


def test_a_reference_in_a_footnote_is_cited_by_the_footnote() -> None:
    body = text("See that.", Reference(4, 8, "#nowhere"))
    (found,) = validate(one_article(para("1.", text("Words.", notes=(note("7", 5, body),)))))
    assert found.citation == "Article 101(1), footnote 7"


# -- identifiers -----------------------------------------------------------------------------------


def with_ids(eid: str, wid: str) -> Treaty:
    """FERRIES, its Article 1101(2) named so."""

    def renamed(p: Provision) -> Provision:
        if p.words == "Some sink.":
            return replace(p, eid=eid, wid=wid)
        return replace(p, children=tuple(map(renamed, p.children)))

    return FERRIES.with_root(renamed(FERRIES.root))


ROWS = [
    ("", "x", ["eid-missing"]),
    ("para 2", "x", ["eid-malformed"]),
    ("chp_11__art_1101__para_1", "x", ["eid-repeated"]),
    ("chp_11__art_1101__para_2", "chp_11__art_1101__para_1", ["wid-repeated"]),
    ("chp_11__art_1101__para_2", "", ["wid-missing"]),
    ("", "", ["eid-missing", "wid-missing"]),
    ("chp_11__art_1101__para_2", "chp_3__art_7", []),
]


@pytest.mark.parametrize(("eid", "wid", "codes"), ROWS)
def test_identifiers_must_be_there_once_and_well_formed(eid: str, wid: str, codes: list[str]) -> None:
    found = [f for f in validate(with_ids(eid, wid)) if not f.code.startswith("number")]
    assert brief(found) == [("error", code, "Article 1101(2)") for code in codes]


def test_a_text_without_any_identifier_is_still_cited() -> None:
    bare = treaty(chapter("Chapter 1", "A", article("Article 101", "B", para("1.", "x"))))

    def stripped(p: Provision) -> Provision:
        return replace(p, eid="", wid="", children=tuple(map(stripped, p.children)))

    found = [f for f in validate(bare.with_root(stripped(bare.root))) if f.code == "eid-missing"]
    assert [f.citation for f in found] == ["Chapter 1", "Article 101", "Article 101(1)"]


# -- files -----------------------------------------------------------------------------------------


def test_sound_files_have_the_findings_of_their_text_and_no_others() -> None:
    assert validate_files(write_treaty(FERRIES)) == validate(FERRIES)
    assert {f.severity for f in validate(FERRIES)} == {"warning"}


def test_each_fault_of_a_file_is_found_where_it_is() -> None:
    files = write_treaty(FERRIES)
    chapter_file = files["chp_19.xml"]
    twice = chapter_file.replace(b"art_1902__para_1", b"art_1902__para_2")
    assert ("error", "schema") in {(f.severity, f.code) for f in schema_errors("chp_19.xml", twice)}
    assert all(f.citation.startswith("chp_19.xml:") for f in schema_errors("chp_19.xml", twice))
    assert brief(schema_errors("a.xml", b"<a")) == [("error", "unreadable", "a.xml")]
    assert brief(schema_errors("a.xml", b"<a/>")) == [("error", "unreadable", "a.xml")]
    assert schema_errors("chp_19.xml", chapter_file) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"chp_19.xml": b"<a/>"}, ("error", "unreadable", "chp_19.xml")),
        ({"main.xml": None}, ("error", "unreadable", "main.xml")),
        ({"chp_19.xml": None}, ("error", "unreadable", "main.xml")),
        ({"chp_99.xml": "chp_19.xml"}, ("error", "unattached-file", "chp_99.xml")),
    ],
)
def test_a_file_missing_broken_or_left_over_is_an_error(
    change: dict[str, bytes | str | None], expected: tuple[str, str, str]
) -> None:
    files = write_treaty(FERRIES)
    for name, data in change.items():
        if data is None:
            del files[name]
        else:
            files[name] = files[data] if isinstance(data, str) else data
    assert expected in brief(validate_files(files))


def test_files_that_are_no_xml_are_left_alone() -> None:
    files = write_treaty(FERRIES)
    assert validate_files(files | {"treaty.toml": b"id = 'demo'"}) == validate_files(files)


def test_a_finding_is_plain_data() -> None:
    assert Finding("error", "schema", "a.xml:1", "No.").to_dict() == {
        "severity": "error",
        "code": "schema",
        "citation": "a.xml:1",
        "message": "No.",
    }


@given(labelled_treaties())
def test_a_treaty_numbered_in_order_has_no_findings(made: Treaty) -> None:
    assert validate(made) == []
