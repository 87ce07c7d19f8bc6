"""Lineage: which words were copied from which base, and what is no more than a stock phrase."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.text.strategies import treaties
from tests.text.trees import META, annex, article, chapter, note, para, sub, table, treaty
from tests.text.trees import text as words
from treaty_diff.align.concordance import Concordance, Link, LinkKind
from treaty_diff.ingest import read
from treaty_diff.redline.lineage import Lineage, Run, lineage, runs, shared6
from treaty_diff.redline.lineage.trace import names_of
from treaty_diff.redline.lineage.words import CITATION, Vocabulary, parts, stream
from treaty_diff.text import plain
from treaty_diff.text.folding import tokens
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition, Kind, Provision, Reference, Treaty

HONEY = "A keeper of bees whose hive is robbed by bears may claim two jars of clover honey from the honey guild"
EELS = "Smoked eels sold at a harbour market are weighed on a brass scale that the harbour master has sealed"
STOCK = "Each Party shall ensure that, in accordance with its law, the measures referred to in this Article are applied"


def made(name: str, *bodies: str | Provision, first: int = 101, **meta: object) -> Treaty:
    """A treaty of one chapter with an article for each body, numbered from `first`."""
    articles = [
        article(f"Article {first + n}", f"Matter {n}", body if isinstance(body, Provision) else para("1.", body))
        for n, body in enumerate(bodies)
    ]
    return treaty(chapter("Chapter One", "Things", *articles), meta=replace(META, treaty=name, short=name, **meta))


def quoted(subject: Treaty, found: Lineage) -> list[tuple[str, str]]:
    """The runs as class and words, those of new words left out."""
    lines = {(eid, place): text for eid, place, text in addressed(subject)}
    return [
        (found.name(run), lines[line.eid, line.place][run.start : run.end])
        for line in found.lines
        for run in line.runs
        if run.sources
    ]


def addressed(subject: Treaty) -> Iterator[tuple[str, int, str]]:
    """The text's lines with their addresses, counted from the plain lines themselves."""
    seen: dict[str, int] = {}
    for line in plain.lines(subject.root):
        eid = line.provision.eid
        yield eid, seen.get(eid, 0), line.text
        seen[eid] = seen.get(eid, 0) + 1


# -- what is copied ------------------------------------------------------------------------------


def test_a_copied_sentence_is_marked_with_the_provision_that_it_stands_in() -> None:
    base, subject = made("Old", STOCK, HONEY), made("New", f"Whatever else they keep: {HONEY}. It is sweet.")
    found = lineage(subject, [base])
    assert quoted(subject, found) == [("Old", HONEY)]
    (run,) = [run for line in found.lines for run in line.runs if run.sources]
    assert run.words == len(HONEY.split())
    assert run.sources[0].article == "chp_1__art_102"
    assert found.citations["Old", run.sources[0].provision] == "Article 102(1)"


def test_words_of_two_bases_are_both() -> None:
    subject = made("New", f"{HONEY}.", f"{EELS}.", "Nobody ever wrote down such words as stand here in any pact before")
    found = lineage(subject, [made("Old", HONEY), made("Other", HONEY, EELS)])
    assert found.classes == ("Old", "Other", "both", "new")
    assert quoted(subject, found) == [("both", HONEY), ("Other", EELS)]
    whole = found.shares[subject.root.eid]
    assert dict(zip(found.classes, whole.counts, strict=True))["both"] == len(HONEY.split())
    assert sum(found.share(subject.root.eid).values()) == pytest.approx(1)


def test_three_bases_are_named_together() -> None:
    subject = made("New", HONEY)
    found = lineage(subject, [made("A", HONEY), made("B", EELS), made("C", HONEY)])
    assert quoted(subject, found) == [("A + C", HONEY)]
    assert found.classes == ("A", "B", "C", "A + C", "new")


def test_a_stock_phrase_is_no_copying() -> None:
    base = made("Old", *[f"{STOCK}, item {n}." for n in range(40)], HONEY)
    subject = made("New", *[f"{STOCK}, thing {n}." for n in range(40)], f"{HONEY}.")
    assert quoted(subject, lineage(subject, [base])) == [("Old", HONEY)]


def test_words_that_say_nothing_are_no_copying_however_rare() -> None:
    phrase = "such as it is and which it may be for all that there is in it"
    assert quoted(made("New", phrase), lineage(made("New", phrase), [made("Old", phrase)])) == []


def test_three_words_in_common_are_no_copying() -> None:
    assert lineage(made("New", "clover honey guild"), [made("Old", "clover honey guild")]).share("chp_1__art_101")["new"] == 1


# -- what is no difference -----------------------------------------------------------------------


def test_spelling_hyphens_and_numbers_are_no_difference() -> None:
    base = made("Old", "The harbor master shall organize sixty anti-dumping buoys along the colored pier at dusk")
    subject = made("New", "The harbour master shall organise 60 antidumping buoys along the coloured pier at dusk")
    assert [share for _, share in quoted(subject, lineage(subject, [base]))] == [
        "The harbour master shall organise 60 antidumping buoys along the coloured pier at dusk"
    ]


def test_a_changed_word_parts_no_run_and_is_not_marked() -> None:
    subject = made("New", HONEY.replace("robbed", "plundered"))
    assert quoted(subject, lineage(subject, [made("Old", HONEY)])) == [
        ("Old", "A keeper of bees whose hive is"),
        ("Old", "by bears may claim two jars of clover honey from the honey guild"),
    ]


def cited(number: str, href: str) -> Provision:
    before, after = "Honey that bears stole under ", " is paid back in jars of clover honey before winter"
    content = f"{before}Article {number}{after}"
    return para("1.", words(content, Reference(len(before), len(content) - len(after), href)))


def test_citations_of_ones_own_articles_are_one_word_that_is_no_difference() -> None:
    base, subject = made("Old", cited("102(3)", "#a")), made("New", cited("1.17 (Bears)", "#b"))
    ((label, quote),) = quoted(subject, lineage(subject, [base]))
    assert (label, quote[:34], quote[-13:]) == ("Old", "Honey that bears stole under Artic", "before winter")
    keys = stream(subject.root, Vocabulary())
    assert keys.words[keys.keys == CITATION].tolist() == [3]


def test_a_run_goes_on_from_a_paragraph_to_its_list() -> None:
    base = made("Old", para("1.", "The guild of beekeepers pays:", sub("(a)", "jars of honey;"), sub("(b)", "stolen combs.")))
    subject = made("New", para("2.", "The guild of beekeepers pays:", sub("(c)", "jars of honey;"), sub("(d)", "stolen combs.")))
    assert [quote for _, quote in quoted(subject, lineage(subject, [base]))] == [
        "The guild of beekeepers pays",
        "jars of honey",
        "stolen combs",
    ]


# -- which article is cited ----------------------------------------------------------------------


def test_of_several_articles_the_one_that_answers_is_cited() -> None:
    base, subject = made("Old", HONEY, EELS, HONEY), made("New", HONEY)

    def source(*links: Link) -> str:
        found = lineage(subject, [base], concordances=[Concordance(links=links)])
        return found.lines[-1].runs[0].sources[0].article

    assert source() == "chp_1__art_101"
    assert source(Link("chp_1__art_101", "chp_1__art_103", LinkKind.COUNTERPART, 0.9)) == "chp_1__art_103"


def test_else_the_article_that_has_most_of_the_words_around_is_cited() -> None:
    found = lineage(made("New", f"{HONEY}. {EELS}."), [made("Old", HONEY, f"{HONEY}; {EELS}.")])
    (run,) = found.of("chp_1__art_101__para_1")
    assert (run.sources[0].article, run.words) == ("chp_1__art_102", len(HONEY.split()) + len(EELS.split()))


def test_a_run_is_cut_where_the_article_changes() -> None:
    found = lineage(made("New", f"{HONEY}. {EELS}."), [made("Old", HONEY, EELS)])
    assert [run.sources[0].article[-3:] for run in found.of("chp_1__art_101__para_1")] == ["101", "102"]


# -- scope, shares, what is off ------------------------------------------------------------------


def test_a_part_has_the_marks_that_it_has_in_the_whole() -> None:
    subject = made("New", *[STOCK] * 10, f"{HONEY}.", EELS)
    base = made("Old", *[STOCK] * 10, HONEY, EELS)
    whole = lineage(subject, [base])
    asked = Index(subject).find("110")
    part = lineage(subject, [base], scope=asked)
    assert part.lines == tuple(line for line in whole.lines if "art_110" in line.eid)
    assert part.shares["chp_1__art_110"] == whole.shares["chp_1__art_110"]
    assert list(part.shares) == [p.eid for p in asked[0].walk()]


def test_an_annex_counts_in_its_chapter_and_not_in_the_article_that_it_hangs_on() -> None:
    hung = article("Article 101", "Bees", para("1.", HONEY), annex("Annex 101", "More", para("1.", EELS)))
    subject = treaty(chapter("Chapter One", "Things", hung), meta=META)
    found = lineage(subject, [made("Old", HONEY)])
    by_kind = {p.kind: found.shares[p.eid].words for p in subject.walk()}
    assert by_kind[Kind.ARTICLE] == len(HONEY.split()) + 1
    assert by_kind[Kind.CHAPTER] == len(HONEY.split()) + len(EELS.split()) + 3


def test_footnotes_and_tables_have_lines_of_their_own() -> None:
    noted = para("1.", words("Bees hum.", notes=(note("1", 9, HONEY),)))
    subject = treaty(chapter("Chapter One", "T", article("Article 101", "B", noted, table(("Fish", "Scale"), (EELS, "x")))))
    found = lineage(subject, [made("Old", HONEY, EELS)])
    assert [(line.place, run.words) for line in found.lines for run in line.runs if run.sources] == [
        (1, len(HONEY.split())),
        (1, len(EELS.split())),
    ]
    assert quoted(subject, found) == [("Old", HONEY), ("Old", EELS)]


@pytest.mark.parametrize("edition", [Edition.RESTATEMENT, Edition.RECONSTRUCTION])
def test_it_is_off_where_a_text_is_not_the_treatys_own_words(edition: Edition) -> None:
    own, other = made("New", HONEY), made("Old", HONEY, edition=edition)
    for subject, bases in ((own, [own, other]), (other, [own])):
        found = lineage(subject, bases)
        assert found.off.startswith(f"Lineage is off: Old is a {edition} ")
        assert (found.lines, dict(found.shares)) == ((), {})
        assert found.to_dict()["off"] == found.off


def test_it_is_off_between_languages_and_without_a_base() -> None:
    assert lineage(made("New", HONEY), [made("Old", HONEY, language="spa")]).off == (
        "Lineage is off: Old is in Spanish and New in English."
    )
    assert "no text" in lineage(made("New", HONEY), []).off


def test_articles_held_as_a_heading_only_are_said() -> None:
    base = treaty(
        chapter("Chapter One", "Things", article("Article 101", "Bees"), article("Article 102", "Eels", para("1.", EELS)))
    )
    assert lineage(made("New", EELS), [base]).remarks == (
        "Ferry Agreement: 1 article is held as a heading only; words copied from there are called new.",
    )


def test_texts_of_one_treaty_are_told_apart_by_name() -> None:
    old, later = made("the TPP", HONEY), made("the TPP", HONEY, date="2016-02-04")
    assert names_of([old, later, made("NAFTA", EELS)]) == ("TPP eng@1995-06-30", "TPP eng@2016-02-04", "NAFTA")
    with pytest.raises(ValueError, match="name of its own"):
        lineage(old, [old, later], names=["TPP", "TPP"])


def test_plain_data_of_a_lineage() -> None:
    subject = made("New", f"So: {HONEY}")
    found = lineage(subject, [made("Old", HONEY)]).to_dict()
    assert found["bases"] == ["Old"]
    assert found["runs"] == [
        {
            "eId": "chp_1__art_101__para_1",
            "line": 0,
            "start": 7,
            "end": 7 + len(HONEY),
            "words": len(HONEY.split()),
            "class": "Old",
            "sources": [
                {
                    "base": "Old",
                    "eId": "chp_1__art_101__para_1",
                    "article": "chp_1__art_101",
                    "citation": "Article 101(1)",
                }
            ],
        }
    ]
    assert found["shares"]["chp_1__art_101__para_1"] == {"words": 22, "Old": 21, "new": 1}


# -- what always holds ---------------------------------------------------------------------------

PHRASES = [*HONEY.split(), *EELS.split(), *STOCK.split()]
bodies = st.lists(
    st.lists(
        st.integers(0, len(PHRASES) - 8).flatmap(lambda n: st.integers(2, 14).map(lambda m: " ".join(PHRASES[n : n + m]))),
        min_size=1,
        max_size=4,
    ).map("; ".join),
    min_size=1,
    max_size=4,
)
SURE = settings(max_examples=40)


def covered(subject: Treaty, found: Lineage) -> None:
    """Runs hold every word once, in order, cut nothing in two, and their counts are right."""
    for eid, place, text in addressed(subject):
        runs = found.of(eid, place)
        ends = [0, *(run.end for run in runs)]
        assert all(before <= run.start < run.end for before, run in zip(ends, runs, strict=False))
        said = [t for run in runs for t in tokens(text[run.start : run.end]) if t.word[0].isalnum()]
        assert len(said) == sum(run.words for run in runs)


@SURE
@given(treaties(), treaties())
def test_classes_hold_every_word_once_on_any_tree(subject: Treaty, base: Treaty) -> None:
    found = lineage(subject, [base], names=["B"])
    covered(subject, found)
    assert [(p.provision.eid, p.place, p.words) for p in parts(subject.root)] == [
        (eid, place, line.words) for (eid, place, _), line in zip(addressed(subject), plain.lines(subject.root), strict=True)
    ]
    own = sum(sum(t.word[0].isalnum() for t in tokens(line.words)) for line in plain.lines(subject.root))
    assert found.shares[subject.root.eid].words == own
    for share in found.shares.values():
        assert sum(share.counts) == share.words


@SURE
@given(bodies, bodies, bodies)
def test_the_order_of_bases_changes_no_mark(subject: list[str], one: list[str], other: list[str]) -> None:
    new, a, b = made("New", *subject), made("A", *one), made("B", *other)
    there, back, alone = lineage(new, [a, b]), lineage(new, [b, a]), lineage(new, [a])

    def marks(found: Lineage) -> list[tuple[str, int, list[tuple[int, int, int, list[tuple[str, str, str]]]]]]:
        return [
            (line.eid, line.place, [(r.start, r.end, r.words, sorted((s.base, s.provision, s.article) for s in r.sources)) for r in line.runs])
            for line in found.lines
        ]  # fmt: skip

    assert marks(there) == marks(back)

    def of_a(found: Lineage) -> int:
        return sum(run.words for line in found.lines for run in line.runs if "A" in run.bases)

    assert of_a(there) == of_a(alone)
    covered(new, there)


@SURE
@given(bodies, bodies)
def test_marked_words_stand_in_the_article_that_is_cited(subject: list[str], one: list[str]) -> None:
    new, base = made("New", *subject), made("A", *one)
    index = Index(base)
    for label, quote, run in (
        (found.name(run), text[run.start : run.end], run)
        for found in [lineage(new, [base])]
        for eid, place, text in addressed(new)
        for run in found.of(eid, place)
        if run.sources
    ):
        there = " ".join(re.findall(r"\w+", plain.text(index.by_eid[run.sources[0].article])))
        assert " ".join(re.findall(r"\w+", quote)) in there
        assert label == "A"


@SURE
@given(bodies)
def test_a_text_is_copied_from_itself_as_far_as_it_says_anything(subject: list[str]) -> None:
    body = f"{HONEY}. {subject[0]}."
    found = lineage(made("New", body), [made("Old", body)])
    assert found.share("chp_1__art_101__para_1") == {"Old": 1.0, "new": 0.0}


def test_runs_are_the_same_under_any_hash_seed() -> None:
    script = (
        "from tests.redline.test_lineage import *\n"
        "found = lineage(made('New', HONEY + ' ' + STOCK, EELS), [made('A', STOCK, HONEY), made('B', EELS, HONEY)])\n"
        "print(hashlib.sha256(json.dumps(found.to_dict()).encode()).hexdigest())"
    )
    outcomes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outcomes) == 1
    assert len(outcomes.pop()) == 65


# -- the field's own measure ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other", "words_there", "in_common"),
    [
        ("one two three four five six", "ONE, two; three: four (five) six!", 6, 6),
        ("one two three four five", "one two three four five", 5, 0),
        ("one two three four five six seven", "zero one two three four five six", 7, 6),
        ("a b c d e f x a b c d e f", "a b c d e f", 13, 12),
        ("a b c d e f g", "g f e d c b a", 7, 0),
        ("", "a b c d e f", 0, 0),
        ("a b c d e f", "", 6, 0),
        ("Party's 60 days end now for ever", "party's 60 days end now for", 7, 6),
    ],
)
def test_words_in_common_sequences_of_six(text: str, other: str, words_there: int, in_common: int) -> None:
    found = shared6(text, other)
    assert (found.words, found.shared) == (words_there, in_common)


@given(st.lists(st.sampled_from("abc"), max_size=40), st.lists(st.sampled_from("abc"), max_size=40))
def test_common_sequences_are_counted_as_by_hand(text: list[str], other: list[str]) -> None:
    there = {tuple(other[n : n + 6]) for n in range(len(other) - 5)}
    held: set[int] = set()
    for n in range(len(text) - 5):
        if tuple(text[n : n + 6]) in there:
            held |= set(range(n, n + 6))
    assert shared6(" ".join(text), " ".join(other)).shared == len(held)


def raw(path: Path) -> str:
    """A ToTA file's bodies, one after another."""
    return "\n".join("".join(map(str, a.itertext())) for a in etree.parse(str(path)).getroot().iter("article"))


@pytest.mark.corpus
def test_later_agreements_are_nearer_to_the_tpp_than_nafta_is(corpus: Path) -> None:
    tpp = raw(corpus / "tota-449-tpp-en.xml")
    near = {
        name: shared6(raw(corpus / name), tpp).share
        for name in (
            "tota-156-us-peru-en.xml", "tota-342-us-colombia-en.xml", "tota-159-korus-en.xml",
            "tota-101-canada-chile-en.xml", "tota-112-nafta-en.xml", "tota-186-cusfta-en.xml",
        )
    }  # fmt: skip
    assert near["tota-112-nafta-en.xml"] == pytest.approx(0.301, abs=0.005)
    later, earlier = list(near.values())[:3], list(near.values())[3:]
    assert min(later) > max(earlier)


# -- the real texts ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tpp(corpus: Path) -> Treaty:
    return read((corpus / "tota-449-tpp-en.xml").read_bytes(), "tpp", name="tpp")[0]


@pytest.fixture(scope="module")
def nafta(corpus: Path) -> Treaty:
    return read((corpus / "tota-112-nafta-en.xml").read_bytes(), "nafta1994", name="nafta")[0]


@pytest.fixture(scope="module")
def real(tpp: Treaty, nafta: Treaty) -> Lineage:
    return lineage(tpp, [nafta], names=["NAFTA"])


@pytest.mark.corpus
def test_every_word_of_the_tpp_has_a_class(tpp: Treaty, real: Lineage) -> None:
    assert [(p.provision.eid, p.place, p.num, p.words) for p in parts(tpp.root)] == [
        (eid, place, f"[{line.num}]" if line.note is not None else line.num, line.words)
        for (eid, place, _), line in zip(addressed(tpp), plain.lines(tpp.root), strict=True)
    ]
    for eid, place, text in addressed(tpp):
        runs = real.of(eid, place)
        said = sum(t.word[0].isalnum() for run in runs for t in tokens(text[run.start : run.end]))
        assert said == sum(run.words for run in runs)
    assert real.share(tpp.root.eid)["NAFTA"] == pytest.approx(0.125, abs=0.02)


@pytest.mark.corpus
def test_the_rule_agrees_with_a_reader(tpp: Treaty, real: Lineage) -> None:
    rows = [json.loads(line) for line in (Path(__file__).parent / "lineage-judged.jsonl").read_text("utf-8").splitlines()]
    texts = {(eid, place): text for eid, place, text in addressed(tpp)}
    right = marked = copied = 0
    for row in rows:
        spans = [(tuple(span[:2]), span[2], span[3]) for span in row["spans"]]
        quote = "\n".join(texts[at][a:b] for at, a, b in spans)
        assert hashlib.sha256(quote.encode()).hexdigest() == row["sha256"], f"the text of {row['spans']} has changed"
        held = sum(overlap(run, a, b) for at, a, b in spans for run in real.of(*at) if run.sources)
        said = 2 * held >= sum(b - a for _, a, b in spans)
        marked += said
        copied += row["verdict"] == "copied"
        right += said and row["verdict"] == "copied"
    assert len(rows) == 180
    assert right / marked >= 0.9
    assert right / copied >= 0.9


def overlap(run: Run, start: int, end: int) -> int:
    """Characters that a run and a span have in common."""
    return max(0, min(run.end, end) - max(run.start, start))


@pytest.mark.corpus
def test_the_shares_of_the_investment_chapter_are_those_of_its_articles(tpp: Treaty, real: Lineage) -> None:
    (investment,) = Index(tpp).find("ch9")
    below = [real.shares[p.eid].words for p in investment.children]
    heading = len(real.of(investment.eid)) and sum(run.words for run in real.of(investment.eid))
    assert real.shares[investment.eid].words == sum(below) + heading
    assert real.share(investment.eid)["NAFTA"] > real.share(Index(tpp).find("ch14")[0].eid)["NAFTA"]


@given(st.lists(st.integers(-1, 6), max_size=40), st.lists(st.integers(-1, 6), max_size=40), st.sampled_from([1, 4, 1 << 21]))
def test_a_window_that_one_text_alone_has_is_none_they_share(left: list[int], right: list[int], sieve: int) -> None:
    # a sieve of one place lets every window through
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_SIEVE", sieve)
        found = runs.common(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), 3)

    def windows(keys: list[int]) -> dict[int, tuple[int, ...]]:
        whole = {n: tuple(keys[n : n + 3]) for n in range(len(keys) - 2)}
        return {n: window for n, window in whole.items() if min(window) >= 0}

    here, there = windows(left), windows(right)
    assert found.left.tolist() == [n for n, window in here.items() if window in there.values()]
    assert found.right.tolist() == [n for n, window in there.items() if window in here.values()]
