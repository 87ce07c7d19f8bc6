"""An annotation's place, words and order; when none are made; what the numbers of a real chapter become."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from tests.annotate.pairs_read import Case, annotated, cases, compared
from treaty_diff.annotate import Kind, annotate
from treaty_diff.annotate.line import Reader
from treaty_diff.annotate.pairs import Pair
from treaty_diff.annotate.quantities import quantities
from treaty_diff.annotate.words import lowered
from treaty_diff.redline.comparison import HERE, ArticleKind, RowKind
from treaty_diff.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def case(base: str, subject: str) -> Case:
    return Case("", False, base, subject, ())


@pytest.mark.parametrize("n", range(0, 320, 9))
def test_words_of_an_annotation_are_the_rows_words(n: int) -> None:
    found = cases()[n % len(cases())]
    comparison, subject, base = compared(found)
    articles = {(False, a.head.eid): a for a in comparison.articles} | {(True, a.head.eid): a for a in comparison.gone}
    for a in annotate(comparison, subject, base):
        article = articles[a.gone, a.article]
        if a.row < 0:
            assert not a.base_words
            assert not a.subject_words
            continue
        row = article.rows[a.row]
        texts = "".join(s.base for s in row.segments), "".join(s.subject for s in row.segments)
        for words, text in ((a.base_words, texts[0]), (a.subject_words, texts[1])):
            assert all(text[w.start : w.end] == w.text for w in words)
        assert a.base_words or a.subject_words
        assert a.sentence.endswith(".")
        assert a.sentence[0].isupper() or a.sentence[0] == "“"


def test_weightiest_come_first_and_reading_order_is_kept_beside() -> None:
    made = annotated(
        case(
            "1. The keeper shall log ships, including rafts.\n2. No Party may sell ice.\n3. A pilot shall answer within 5 days.",
            "1. The keeper shall log ships.\n2. A Party shall sell ice.\n3. A pilot shall answer within 9 days.",
        )
    )
    assert [a.rule for a in made] == ["duty-reversed", "time-limit-changed", "clarification-dropped"]
    assert [a.rule for a in made.in_reading_order()] == ["clarification-dropped", "duty-reversed", "time-limit-changed"]
    assert made.counts == {Kind.DUTY: 1, Kind.TIME: 1, Kind.REACH: 1}


def test_pairs_that_nobody_is_sure_of_are_not_annotated() -> None:
    comparison, subject, base = compared(case("The keeper shall log ships.", "The keeper may log ships."))
    doubtful = replace(
        comparison,
        articles=tuple(replace(a, answers=tuple(replace(x, score=0.7) for x in a.answers)) for a in comparison.articles),
    )
    assert len(annotate(comparison, subject, base)) == 1
    assert len(annotate(doubtful, subject, base)) == 0


def test_no_annotations_of_other_languages_and_the_output_says_why() -> None:
    comparison, subject, base = compared(case("The keeper shall log ships.", "The keeper may log ships."))
    found = annotate(replace(comparison, base=replace(comparison.base, language="spa")), subject, base)
    assert len(found) == 0
    assert found.off.startswith("No annotations:")


@pytest.mark.parametrize("side", ["base", "subject"])
def test_of_restatements_only_what_their_words_keep_is_annotated_and_the_output_says_so(side: str) -> None:
    comparison, subject, base = compared(
        case(
            "1. The keeper shall log ships within 5 days.\n2. A Party may refer a dispute to a panel.",
            "1. The keeper may log ships within 9 days.\n2. No Party may refer a dispute to a panel.",
        )
    )
    ours = replace(getattr(comparison, side), edition="restatement")
    found = annotate(replace(comparison, **{side: ours}), subject, base)
    assert [a.rule for a in found] == ["recourse-excluded", "time-limit-changed"]
    assert ours.name in found.partly
    assert not found.off
    assert not annotate(comparison, subject, base).partly


def test_reconstructions_are_annotated() -> None:
    comparison, subject, base = compared(case("The keeper shall log ships.", "The keeper may log ships."))
    made = annotate(replace(comparison, subject=replace(comparison.subject, edition="reconstruction")), subject, base)
    assert [a.rule for a in made] == ["kind-changed"]


def test_changed_words_before_a_list_are_said_once_and_name_the_items() -> None:
    (made,) = annotated(
        case(
            "Each Party shall:\n(a) mark its reefs;\n(b) feed its keepers; and\n(c) oil its lamps.",
            "Each Party should:\n(a) mark its reefs;\n(b) feed its keepers; and\n(c) oil its lamps.",
        )
    )
    assert made.rule == "duty-weakened"
    assert "It governs (a), (b) and (c)." in made.sentence


def test_plain_data_is_what_the_schema_says() -> None:
    schema = json.loads((SCHEMAS / "annotations-1.json").read_text(encoding="utf-8"))
    for n in range(0, len(cases()), 12):
        jsonschema.validate(annotated(cases()[n]).to_dict(), schema)


def test_small_letters_keep_places() -> None:
    assert len(lowered("İstanbul Straße")) == len("İstanbul Straße")


LENGTH = re.compile(r"(?<![\w.$-])(\d+|[a-z]+(?:-[a-z]+)?)[ \u00a0-](?:business )?(?:hour|day|week|month|year)s?\b", re.I)


@pytest.mark.corpus
def test_every_number_of_the_dispute_chapters_is_equal_annotated_or_new_or_gone(pulled: Store) -> None:
    from treaty_diff.align import align
    from treaty_diff.cli.compare import asked_for
    from treaty_diff.numerals import WORDS
    from treaty_diff.redline import together
    from treaty_diff.text import plain

    subject, base = asked_for(pulled, "nafta1994:ch20"), asked_for(pulled, "tpp:ch28")
    found = align(subject.text, base.text, scope=subject.scope, base_scope=base.scope)
    ((comparison, _),) = together.compare(subject, [base], [found], turned=False)
    made = annotate(comparison, subject.text, base.text)
    seen = [0, 0]
    times = [0, 0]
    reader = Reader()
    for gone, article in [*((False, a) for a in comparison.articles), *((True, a) for a in comparison.gone)]:
        sure = article.kind is ArticleKind.COUNTERPART and any(a.score >= 0.75 or a.decision for a in article.answers)
        for n, row in enumerate(article.rows):
            pair = Pair(row, reader)
            listed = not sure or row.kind in (RowKind.INSERTED, RowKind.DELETED, RowKind.MOVED_AWAY)
            own = [a for a in made if a.kind is Kind.TIME and (a.gone, a.article, a.row) == (gone, article.head.eid, n)]
            found = [quantities(pair.lines[side], pair.number(side)) for side in (0, 1)]
            for side in (0, 1):
                here = row.kind is not RowKind.MOVED_AWAY if side else row.kind not in HERE
                seen[side] += here * len(found[side])
                times[side] += here * sum(q.sort == "time" for q in found[side])
                spans = [w for a in own for w in (a.base_words, a.subject_words)[side]]
                for q in found[side]:
                    equal = not pair.changed(side, q.start, q.end) or any(
                        (q.value, q.unit) == (o.value, o.unit) for o in found[1 - side]
                    )
                    said = any(w.start <= q.start < w.end for w in spans)
                    # `one` is a figure only where another number stands for it
                    assert listed or equal or said or q.weak, (article.head.citation, pair.texts[side][q.start : q.end])
    assert min(seen) > 30
    for side, asked in ((1, subject), (0, base)):
        # counted in the chapters' own text, so that no time limit is left out because the rules do not see it
        (chapter,) = asked.scope
        words = [m[1].lower() for m in LENGTH.finditer(plain.text(chapter))]
        assert times[side] == sum(w.isdecimal() or w in WORDS for w in words)
