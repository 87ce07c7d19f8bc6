"""Definition entries: where they begin, what the term is, several on one line."""

from __future__ import annotations

import pytest

from treaty_diff.ingest import definitions
from treaty_diff.ingest.report import Report
from treaty_diff.ingest.structure import build


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("ware means a thing that is sold;", "ware"),
        ("“ware” means a thing that is sold;", "ware"),
        ("warden or helper includes a clerk;", "warden or helper"),
        ("book value has the same meaning as in Rule 4;", "book value"),
        ("land means", "land"),
        ("price of ware when shipped to the other Guild means the sum of:", "price of ware when shipped to the other Guild"),
        ("harina significa grano molido;", "harina"),
        ("For the North Guild, law means an act of its hall.", "law"),
        ("RVC is the share of the whole;", "RVC"),
    ],
)
def test_term_of_a_definition(words: str, term: str) -> None:
    found = definitions.term(words)
    assert found is not None
    assert words[found[0] : found[1]] == term


@pytest.mark.parametrize(
    "words",
    [
        "A Guild that sells a ware means to keep the rule.",
        "The wardens shall say what it means.",
        "This Rule means that wardens pay.",
        "in fields where a Guild rules, but does not include the law of the sea.",
        "words alone",
    ],
)
def test_sentence_that_defines_nothing(words: str) -> None:
    assert definitions.match(words) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "For purposes of this Charter: ware means a thing;  warden means a clerk; and mill means a house.",
            ["For purposes of this Charter:", "ware means a thing;", "warden means a clerk; and", "mill means a house."],
        ),
        ("Laws, rules, and all acts of a Guild means its acts.", ["Laws, rules, and all acts of a Guild means its acts."]),
        ("ware means: grain; or meal;", ["ware means: grain; or meal;"]),
    ],
)
def test_definitions_run_together_on_a_line(line: str, parts: list[str]) -> None:
    assert definitions.split(line) == parts


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("For the purposes of this Charter:", True),
        ("Para los efectos de este Libro:", True),
        ("For the purposes of trade, wardens pay.", False),
    ],
)
def test_words_that_introduce_definitions(words: str, expected: bool) -> None:
    assert definitions.is_chapeau(words) is expected


def shape(body: str, *, defining: bool = True) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = build(body, language="eng", place="Article 1", report=Report(), defining=defining)
    assert [str(p.kind) for p in found] == ["paragraph"]
    return [(str(p.kind), p.label, [(str(c.kind), c.words) for c in p.children]) for p in found[0].children]


def test_list_in_a_definition_with_closing_words() -> None:
    body = "For purposes of this Charter:\nware means:\n(a)\tgrain; or\n(b)\tmeal,\nbut not bread;\nmill means a house."
    assert shape(body) == [
        ("definition", "", [("subparagraph", "grain; or"), ("subparagraph", "meal,"), ("flush", "but not bread;")]),
        ("definition", "", []),
    ]


def test_symbols_of_a_formula_are_explained_below_where() -> None:
    body = "1. The share is:\n\nS = A / B\n\nwhere\n\nS is the share;\nA is the part; and B is the whole."
    assert shape(body, defining=False) == [("definition", "", [])] * 3


def test_a_term_is_joined_to_its_verb_across_a_line_break() -> None:
    body = "For the purposes of this Rule:\nact of a warden in the hall\nincludes any use of a seal;\nware means a thing;"
    found = build(body, language="eng", place="Article 1", report=Report(), defining=True)
    assert [(str(c.kind), c.words) for c in found[0].children] == [
        ("definition", "act of a warden in the hall includes any use of a seal;"),
        ("definition", "ware means a thing;"),
    ]


def test_lettered_definitions_are_subparagraphs() -> None:
    body = "1. For the purposes of this Rule:\n(a)\tmeal means ground grain; and\n(b)\tloaf means bread.\nLoaf includes a bun."
    assert [kind for kind, _, _ in shape(body, defining=False)] == ["subparagraph", "subparagraph", "flush"]
