"""Words by which a line is asked for, before it is read by patterns."""

from __future__ import annotations

import re

import pytest

from tests.annotate.pairs_read import cases
from treaty_diff.annotate.clauses import clauses
from treaty_diff.annotate.config import BINDING, RECOURSE, RECOURSE_WORDS
from treaty_diff.annotate.line import Line, Reader
from treaty_diff.annotate.wordlists import MACHINERY, REACH
from treaty_diff.annotate.words import bit, codes, stems
from treaty_diff.store import Store

FORMS = [(form, re.compile(form.pattern)) for topic in (*REACH, *MACHINERY) for form in topic.forms]
OWN = [line for case in cases() for text in (case.base, case.subject) for line in text.split("\n")]


def left_out(line: Line) -> list[str]:
    """What patterns find in a line whose words do not ask for it."""
    out = [form.name for form, pattern in FORMS if pattern.search(line.low) and not line.signs & bit(form.keys)]
    if clauses(line.text, line.low) and not line.signs & bit(BINDING):
        out.append("binding")
    if re.search(rf"\b(?:{'|'.join(RECOURSE)})\b", line.low) and not line.signs & bit(RECOURSE_WORDS):
        out.append("recourse")
    return out


def test_no_pattern_finds_anything_in_a_line_whose_words_do_not_ask_for_it() -> None:
    assert [(found, text) for text in OWN if (found := left_out(Line(text)))] == []


@pytest.mark.corpus
def test_no_pattern_finds_anything_in_the_treaties_lines_that_their_words_do_not_ask_for(pulled: Store) -> None:
    from treaty_diff.citation import parse

    texts = {t.content for name in ("nafta1994", "tpp") for p in pulled.load(parse(name)).walk() for t in p.texts()}
    assert {found for text in texts for found in left_out(Line(text))} == set()


def test_words_of_one_stem_say_the_same_and_grammar_says_nothing() -> None:
    assert stems(codes("publish the publication, fees/costs")) == {"publi", "costs", "fees"}
    assert codes("The SHIP sails.".lower()) == codes("the ship (sails)")


def test_a_text_is_read_once_however_often_it_stands_somewhere() -> None:
    reader = Reader()
    assert reader["Each Party shall mend its nets."] is reader["Each Party shall mend its nets."]
