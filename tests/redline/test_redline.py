"""The redline: what is struck, what is inserted, and that nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import small_treaty
from treaty_diff.align import align
from treaty_diff.ingest import tota
from treaty_diff.redline import Comparison, RedlineConfig, both, diff, faults
from treaty_diff.redline.comparison import ArticleKind, Op, RowKind, Segment
from treaty_diff.redline.lexing import Lexer
from treaty_diff.text import plain
from treaty_diff.text.index import Index
from treaty_diff.text.model import Treaty


def marked(segments: tuple[Segment, ...]) -> str:
    """A redline as text: [-struck-]{+inserted+}(quiet)."""
    form = {Op.EQUAL: "{1}", Op.QUIET: "({0}={1})", Op.DELETE: "[-{0}-]", Op.INSERT: "{{+{1}+}}"}
    return "".join(form[s.op].format(s.base, s.subject) for s in segments)


CASES = [
    ("The panel shall meet.\n", "The panel shall meet.\n", "The panel shall meet.\n"),
    ("within 60 days", "within 90 days", "within[- 60-]{+ 90+} days"),
    ("a favourable programme", "a favorable program", "a (favourable=favorable) (programme=program)"),
    ("anti-dumping duties", "antidumping duties", "(anti-dumping=antidumping) duties"),
    ("within sixty days", "within 60 days", "within (sixty=60) days"),
    ("the “panel”", 'the "panel"', 'the (“=")panel(”=")'),
    ("Parties shall consult", "The Parties shall consult", "{+The+}{+ +}Parties shall consult"),
    ("a Party may ask", "a Party may ask in writing", "a Party may ask{+ in writing+}"),
    ("", "new words", "{+new words+}"),
    ("old words", "", "[-old words-]"),
    # a function word between two changes is no island
    ("red boats of wood sail", "blue ships of steel sail", "[-red boats of wood-]{+blue ships of steel+} sail"),
    # deletions of a group come before its insertions
    ("each Party notifies Canada", "each Party informs Mexico", "each Party[- notifies Canada-]{+ informs Mexico+}"),
]


@pytest.mark.parametrize(("base", "subject", "expected"), CASES)
def test_redline_of_a_line(base: str, subject: str, expected: str) -> None:
    assert re.sub(r"\+\}\{\+", "", marked(diff(base, subject))) == re.sub(r"\+\}\{\+", "", expected)


words = st.lists(
    st.sampled_from(
        "the Party shall not may panel 60 sixty days , . ; favour favor “x” anti-dumping é ü \u00a0 \u00ad \u202e 1904(2)(d) \n".split(
            " "
        )
    ),
    max_size=30,
).map(" ".join)
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.one_of(words, anything), st.one_of(words, anything))
def test_segments_join_back_to_both_sides(base: str, subject: str) -> None:
    segments = diff(base, subject)
    assert "".join(s.base for s in segments) == base
    assert "".join(s.subject for s in segments) == subject


@given(words, words)
def test_each_operation_has_the_sides_it_may_have(base: str, subject: str) -> None:
    for s in diff(base, subject):
        match s.op:
            case Op.EQUAL:
                assert s.base == s.subject != ""
            case Op.QUIET:
                assert s.base != s.subject
                assert s.base
                assert s.subject
            case Op.DELETE:
                assert s.base
                assert not s.subject
            case Op.INSERT:
                assert s.subject
                assert not s.base


def compare(subject: Treaty, base: Treaty, scope: str = "") -> Comparison:
    return compare_both(subject, base, scope)[0]


def compare_both(subject: Treaty, base: Treaty, scope: str = "") -> tuple[Comparison, Comparison]:
    found = Index(subject).find(scope) if scope else (subject.root,)
    concordance = align(subject, base, scope=found)
    return both(subject, base, concordance, scope=found, base_scope=(base.root,))


def assert_proof(comparison: Comparison, subject: Treaty, base: Treaty) -> int:
    """The rows rebuild both stored texts, each article once; the number of articles checked."""
    assert list(faults(comparison)) == []
    after, before = Index(subject), Index(base)
    listed = {a.subject.eid: a for a in comparison.articles if a.subject is not None}
    gone = {a.base.eid: a for a in comparison.gone if a.base is not None}
    for proof in comparison.proofs:
        articles = [listed[eid] for eid in proof.subject] or [gone[eid] for eid in proof.base]
        rows = [row for article in articles for row in article.rows]
        for index, eids, text in (
            (after, proof.subject, "".join(row.subject_text for row in rows)),
            (before, proof.base, "".join(row.base_text for row in rows)),
        ):
            assert text == "".join(line.text for eid in eids for p in parts(index, eid) for line in plain.lines(p))
    bases = [eid for proof in comparison.proofs for eid in proof.base]
    assert len(bases) == len(set(bases))
    assert {a.base.eid for a in (*comparison.articles, *comparison.gone) if a.base is not None} <= set(bases)
    subjects = [eid for proof in comparison.proofs for eid in proof.subject]
    assert sorted(subjects) == sorted(eid for eid, a in listed.items() if a.kind is not ArticleKind.NOT_HELD)
    return len(subjects)


def parts(index: Index, eid: str) -> list:  # type: ignore[type-arg]
    from dataclasses import replace

    from treaty_diff.text.model import Kind

    provision = index.by_eid[eid]
    inner = tuple(c for c in provision.children if c.kind not in (Kind.ANNEX, Kind.APPENDIX))
    return [replace(provision, children=inner)]


FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count shall be published.\n\n3. A Party may fish in its own lakes."
FISH_AFTER = (
    "1. Each Party shall count the fish in its lakes and rivers every two years.\n\n"
    "2. Fishing boats shall carry a lamp after sunset on every lake.\n\n3. The count shall be published.\n\n"
    "4. A Party may fish in its own lakes."
)


@pytest.fixture
def fishes() -> tuple[Comparison, Comparison]:
    base = small_treaty(("ARTICLE 101", "Counting of Fish", FISH), ("ARTICLE 102", "Bridges", "Bridges shall be made of stone."))
    subject = small_treaty(
        ("ARTICLE 201", "Counting of Fish", FISH_AFTER),
        ("ARTICLE 202", "Honey", "Honey is exempt from duties."),
        chapter="CHAPTER TWO",
    )
    return compare_both(subject, base)


@pytest.fixture
def fish(fishes: tuple[Comparison, Comparison]) -> Comparison:
    return fishes[0]


def test_an_inserted_paragraph_leaves_its_siblings_untouched(fish: Comparison) -> None:
    rows = fish.articles[0].rows
    assert [row.kind for row in rows] == [
        RowKind.RENUMBERED,
        RowKind.CHANGED,
        RowKind.INSERTED,
        RowKind.RENUMBERED,
        RowKind.RENUMBERED,
    ]


def test_only_the_changed_words_are_marked(fish: Comparison) -> None:
    assert marked(fish.articles[0].rows[1].segments).endswith("rivers every[- year-]{+ two years+}.\n")


def test_what_nothing_answers_is_said_so_with_the_nearest(fish: Comparison) -> None:
    honey = fish.articles[1]
    assert honey.kind is ArticleKind.NO_COUNTERPART
    assert {n.head.citation for n in honey.nearest} == {"Article 101", "Article 102"}
    assert [a.head.citation for a in fish.gone] == ["Article 102"]


def test_counts_are_those_of_the_articles(fish: Comparison) -> None:
    s = fish.summary
    assert (s.articles, s.changed, s.no_counterpart, s.gone, s.not_held) == (2, 1, 1, 1, 0)
    assert s.changes == sum(a.changes for a in fish.articles if a.kind is ArticleKind.COUNTERPART)


def test_turned_round_it_reads_the_other_way(fishes: tuple[Comparison, Comparison]) -> None:
    fish, turned = fishes
    assert turned.base.sha256 != turned.subject.sha256
    assert [a.head.citation for a in turned.gone] == ["Article 202"]
    assert [a.head.citation for a in turned.articles] == ["Article 101", "Article 102"]
    segments = [s for row in turned.articles[0].rows for s in row.segments]
    original = [s for row in fish.articles[0].rows for s in row.segments]
    assert "".join(s.subject for s in segments) == "".join(s.base for s in original)
    assert "".join(s.base for s in segments) == "".join(s.subject for s in original)


def test_a_lexer_that_read_other_texts_makes_no_difference() -> None:
    boats = small_treaty(
        ("Article 7", "Boats", "1. A Party shall mend its boats.\n\n2. Boats are of wood, as Article 7(1) says.")
    )
    ships = small_treaty(
        ("Article 9", "Ships", "1. A Party shall paint its ships.\n\n2. Ships are of steel, as Article 9(1) says.")
    )
    lexer = Lexer("eng", RedlineConfig())
    for subject, base in ((boats, ships), (ships, boats), (boats, ships)):
        concordance = align(subject, base)
        asked = {"scope": (subject.root,), "base_scope": (base.root,)}
        assert both(subject, base, concordance, **asked, lexer=lexer) == both(subject, base, concordance, **asked)


def test_a_definitions_article_is_not_paired_for_its_heading() -> None:
    ours = (
        "ARTICLE 101",
        "Definitions",
        "For purposes of this Chapter: lake means water with land around it; pike means a fish;",
    )
    theirs = ("ARTICLE 301", "Definitions", "For purposes of this Chapter: bridge means a road over water; toll means a fee;")
    comparison = compare(small_treaty(ours), small_treaty(theirs))
    assert comparison.articles[0].kind is ArticleKind.NO_COUNTERPART


PAIRS = [
    ("tota-112-nafta-en.xml", "tota-449-tpp-en.xml"),
    ("tota-156-us-peru-en.xml", "tota-342-us-colombia-en.xml"),
    ("tota-112-nafta-en.xml", "tota-186-cusfta-en.xml"),
    ("tota-101-canada-chile-en.xml", "tota-112-nafta-en.xml"),
    ("tota-450-tpp-es.xml", "tota-450-tpp-es.xml"),
    ("tota-159-korus-en.xml", "tota-156-us-peru-en.xml"),
]


@pytest.mark.corpus
@pytest.mark.parametrize(("subject", "base"), PAIRS)
def test_segments_rebuild_both_real_texts(subject: str, base: str, corpus: Path) -> None:
    after, _ = tota.read((corpus / subject).read_bytes(), "after")
    before, _ = tota.read((corpus / base).read_bytes(), "before")
    comparison, turned = compare_both(after, before)
    assert assert_proof(comparison, after, before) >= len(after.articles())
    assert_proof(turned, before, after)


@pytest.mark.corpus
def test_a_text_against_itself_has_no_change(corpus: Path) -> None:
    text, _ = tota.read((corpus / "tota-112-nafta-en.xml").read_bytes(), "nafta1994")
    comparison = compare(text, text)
    assert comparison.summary.changes == 0
    assert comparison.gone == ()
    assert all(a.base is not None and a.subject is not None and a.base.eid == a.subject.eid for a in comparison.articles)


@pytest.mark.corpus
def test_a_chapter_gets_the_same_answers_alone_as_in_its_treaty(corpus: Path) -> None:
    nafta, _ = tota.read((corpus / "tota-112-nafta-en.xml").read_bytes(), "nafta1994")
    tpp, _ = tota.read((corpus / "tota-449-tpp-en.xml").read_bytes(), "tpp")
    whole = align(nafta, tpp)
    chapter = Index(nafta).find("chapter20")
    alone = align(nafta, tpp, scope=chapter)
    inside = {p.eid for p in chapter[0].walk()}
    assert [k for k in whole.links if k.subject in inside] == list(alone.links)
