"""Proposals: what their files say of them, what they cite of the treaty that they amend, what of it does not stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treaty_diff.errors import AknError
from treaty_diff.text import references
from treaty_diff.text.akn import expression_iri, read_treaty, work_iri, write_treaty
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition, MultiReference, Reference, Treaty
from treaty_diff.text.proposal import Certainty, Choice, Dating, Distribution, Proposal, Report, Scope
from treaty_diff.text.scope import base_scope, gone_within, unresolved
from treaty_diff.text.validate import ERROR, schema_errors, validate, validate_files

from .trees import META, annex, article, chapter, definition, para, sub, treaty

PROPOSAL = Proposal("ferries", ("MEX", "USA"), 4, Dating.DAY, Certainty.HIGH)

words = st.text(st.sampled_from("ab &<>\"'é–\u00a0\n\t"), max_size=12)
tokens = st.lists(st.sampled_from(("2205", "1902.2(d)(i)", "ch19", "annex1901.2", "318#customs-duty")), max_size=3).map(tuple)
marks = st.sampled_from(Distribution)
proposals = st.builds(
    Proposal,
    st.sampled_from(("ferries", "digital-trade")),
    st.sampled_from((("CAN",), ("CAN", "MEX"))),
    st.integers(1, 99),
    st.sampled_from(Dating),
    st.none() | st.sampled_from(Certainty),
    marks,
    st.builds(Scope, st.sampled_from(("demo", "")), tokens, tokens, tokens, tokens),
    st.lists(st.builds(Report, st.sampled_from(("2017", "2017-11-21")), words, words, marks), max_size=3).map(tuple),
    st.lists(st.builds(Choice, words, marks), max_size=3).map(tuple),
)


def proposed(*provisions: object, scope: Scope | None = None, edition: Edition = Edition.RECONSTRUCTION) -> Treaty:
    made = treaty(*provisions)  # type: ignore[arg-type]
    proposal = replace(PROPOSAL, scope=scope or Scope("demo"))
    meta = replace(META, treaty="ferries/MEX-USA", signed="2017-10-11", date="2017-10-11", edition=edition, proposal=proposal)
    return replace(made, meta=meta)


BASE = treaty(
    chapter("Chapter One", "Ferries", article("Article 101", "Fares", para("1.", "Fares.", sub("(a)", "Low.")), para("2.", "Dues.")),
            article("Article 102", "Hours", para("1.", "Hours."))),
    chapter("Chapter Two", "Boats", article("Article 201", "Hulls", para("1.", "Hulls."))),
)  # fmt: skip


def hrefs(text: Treaty) -> list[str]:
    spans = [span for p in text.walk() for t in p.texts() for span in t.spans]
    refs = [ref for span in spans for ref in (span.parts if isinstance(span, MultiReference) else (span,))]
    return [ref.href for ref in refs if isinstance(ref, Reference)]


@given(proposals)
def test_a_files_proposal_is_read_as_it_was_written(proposal: Proposal) -> None:
    made = proposed(chapter("Chapter One", "Ferries", article("Article 101", "Fares", para("1.", "Free."))))
    made = replace(made, meta=replace(made.meta, proposal=proposal))
    files = write_treaty(made)
    assert [f for name, data in files.items() for f in schema_errors(name, data)] == []
    assert read_treaty(files) == made
    assert write_treaty(read_treaty(files)) == files


def test_a_proposal_is_a_bill_whose_iri_names_who_tabled_it_and_when() -> None:
    ours = proposed(chapter("Chapter One", "Ferries"))
    theirs = proposed(chapter("Chapter One", "Ferries"), edition=Edition.VERBATIM)
    assert work_iri(theirs.meta) == "/akn/un/bill/treaty/mx-us/2017-10-11/ferries"
    assert expression_iri(ours.meta) == "/akn/un/bill/treaty/mx-us/2017-10-11/ferries-reconstruction/eng@2017-10-11"
    for made in (ours, theirs):
        assert b'<bill name="treaty" ' in write_treaty(made)["main.xml"]


def test_every_file_says_whose_proposal_it_is_and_only_the_master_what_was_reported() -> None:
    made = proposed(chapter("Chapter One", "Ferries", article("Article 101", "Fares", para("1.", "Free."))))
    report = Report("2017-11-21", "a newspaper", "Fares are to go.", Distribution.RESTRICTED)
    made = replace(made, meta=replace(made.meta, proposal=replace(PROPOSAL, reports=(report,))))
    files = write_treaty(made)
    assert all(b'distribution="public"' in data and b'tabledBy="MEX USA"' in data for data in files.values())
    assert [name for name, data in files.items() if b"Fares are to go." in data] == ["main.xml"]


@pytest.mark.parametrize(
    ("before", "after"), [('round="4"', 'round="four"'), ('dating="day"', 'dating="dawn"'), ('ion="public"', 'ion="all"')]
)
def test_words_that_we_do_not_write_are_refused(before: str, after: str) -> None:
    files = write_treaty(proposed(chapter("Chapter One", "Ferries")))
    data = files["main.xml"].decode()
    assert before in data
    with pytest.raises(AknError):
        read_treaty({**files, "main.xml": data.replace(before, after).encode()})


def test_what_is_not_marked_is_for_the_fewest() -> None:
    files = write_treaty(proposed(chapter("Chapter One", "Ferries")))
    data = files["main.xml"].replace(b' distribution="public"', b"")
    proposal = read_treaty({**files, "main.xml": data}).meta.proposal
    assert proposal is not None
    assert proposal.distribution is Distribution.RESTRICTED


@given(proposals, marks)
def test_an_audience_sees_nothing_that_is_marked_above_it(proposal: Proposal, audience: Distribution) -> None:
    seen = proposal.open_to(audience)
    if seen is None:
        assert not proposal.distribution.open_to(audience)
        return
    notes = [note.distribution for note in (*seen.reports, *seen.choices)]
    kept = [note.distribution for note in (*proposal.reports, *proposal.choices) if note.distribution.open_to(audience)]
    assert notes == kept
    assert proposal.open_to(Distribution.RESTRICTED) == proposal


# -- citations ------------------------------------------------------------------------------------


def test_a_proposal_cites_its_own_articles_first_and_then_those_of_the_treaty_that_it_amends() -> None:
    said = "Article 101(1)(a), Article 102(2), Article 102 bis and Chapter Two apply."
    text = proposed(
        chapter("Chapter One", "Ferries", article("Article 102", "Hours", para("1.", said), para("2.", "Dues.")),
                article("Article 102 bis", "Nights", para("1.", "Nights."))),
    )  # fmt: skip
    assert hrefs(references.link(text, BASE)) == [
        "/akn/un/act/treaty/1994-01-01/demo/~chp_1__art_101__para_1__list_1__point_a",
        "#chp_1__art_102__para_2",
        "#chp_1__art_102bis",
        "/akn/un/act/treaty/1994-01-01/demo/~chp_2",
    ]


def test_the_amended_treaty_is_cited_as_such_and_not_as_a_restatement_of_it() -> None:
    text = proposed(chapter("Chapter One", "Ferries", article("Article 103", "Fines", para("1.", "Under Article 101."))))
    restated = replace(BASE, meta=replace(BASE.meta, edition=Edition.RESTATEMENT))
    assert hrefs(references.link(text, restated)) == ["/akn/un/act/treaty/1994-01-01/demo/~chp_1__art_101"]


def test_links_can_be_taken_off_and_made_anew() -> None:
    text = proposed(
        chapter(
            "Chapter One", "Ferries", article("Article 103", "Fines", para("1.", "Under Article 101, Articles 101 and 201."))
        ),
    )
    once = references.link(text, BASE)
    assert references.unlink(once) == text
    assert references.link(references.unlink(once), BASE) == once


def test_a_citation_of_what_the_amended_treaty_lacks_dangles() -> None:
    text = proposed(
        chapter("Chapter One", "Ferries", article("Article 103", "Fines", para("1.", "Under Article 101(3) and Article 999.")))
    )
    found = [f for f in validate(references.link(text, BASE), BASE) if f.code == "dangling-reference"]
    assert len(found) == 2
    assert validate(references.link(text, BASE)) == []  # without the treaty nobody can tell


# -- scope ----------------------------------------------------------------------------------------


def eids(scope: Scope, base: Treaty = BASE) -> list[str]:
    return [p.eid for p in base_scope(replace(PROPOSAL, scope=scope), Index(base))]


def test_what_is_replaced_or_deleted_does_not_stay_and_what_it_stands_after_does() -> None:
    scope = Scope("demo", replaces=("101.1(a)",), deletes=("ch2",), after=("102",), retains=("101.2",))
    assert eids(scope) == ["chp_1__art_101__para_1__list_1__point_a", "chp_2"]
    assert eids(Scope("demo", after=("102",))) == []


def test_a_range_of_articles_may_be_replaced() -> None:
    assert eids(Scope("demo", replaces=("101-201",))) == ["chp_1__art_101", "chp_1__art_102", "chp_2__art_201"]


def test_of_a_heading_only_the_article_is_in_scope() -> None:
    empty = treaty(
        chapter("Chapter One", "Ferries", article("Article 101", "Fares"), article("Article 102", "Hours", para("1.", "H.")))
    )
    assert eids(Scope("demo", replaces=("101.5(d)", "102.5(d)")), empty) == ["chp_1__art_101"]


def test_only_what_a_proposal_takes_away_can_be_gone() -> None:
    scope = Scope("demo", replaces=("101.1(a)", "102"), deletes=("ch2",))
    proposal = replace(PROPOSAL, scope=scope)
    index = Index(BASE)
    # an article of which a part is replaced stays
    assert gone_within(proposal, index, (BASE.root,)) == {"chp_1__art_102", "chp_2__art_201"}
    assert gone_within(None, index, (BASE.root,)) is None
    assert gone_within(proposal, index, index.find("ch1")) is None
    assert gone_within(replace(proposal, scope=replace(scope, amends="other")), index, (BASE.root,)) is None


def test_a_scope_that_names_nothing_of_the_treaty_is_a_finding() -> None:
    scope = Scope("demo", replaces=("109",), deletes=("ch2", "ch9"), after=("102.7",), retains=("annex101.1", "what?"))
    assert list(unresolved(scope, Index(BASE))) == [
        ("replaces", "109"),
        ("deletes", "ch9"),
        ("after", "102.7"),
        ("retains", "what?"),  # an annex is not looked for in a text that holds none
    ]
    text = proposed(chapter("Chapter One", "Ferries", article("Article 109", "Fines", para("1.", "None."))), scope=scope)
    found = validate_files(write_treaty(text), BASE)
    assert [f.code for f in found] == ["scope-not-held"] * 4
    annexed = treaty(*BASE.root.children, annex("Annex 102.1", "Tides"))
    assert ("retains", "annex101.1") in list(unresolved(scope, Index(annexed)))


def test_the_gaps_in_a_proposals_articles_are_no_faults_and_gaps_below_them_are() -> None:
    text = proposed(
        chapter("Chapter Nine", "Ferries", article("Article 903", "Fines", para("1.", "One."), para("3.", "Three.")),
                article("Article 907", "Fees", para("1.", "One."))),
    )  # fmt: skip
    found = validate(text, BASE)
    assert [(f.code, f.citation) for f in found] == [("number-omitted", "Article 903(3)")]
    assert all(f.severity != ERROR for f in found)


def test_a_definition_may_be_replaced() -> None:
    base = treaty(
        chapter(
            "Chapter One",
            "Ferries",
            article("Article 101", "Definitions", para("", "Here:", definition("toll means a fare;"))),
        )
    )
    assert eids(Scope("demo", replaces=("101#toll",)), base) == ["chp_1__art_101__para_1__list_1__point_toll"]
