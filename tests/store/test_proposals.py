"""Proposals in the store: what a new store has of them, how they are named, how one is tabled."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import small_treaty
from treaty_diff.citation import parse
from treaty_diff.errors import SelectorError, SourceError, StoreError, TreatyNotFound
from treaty_diff.ingest import single
from treaty_diff.store import Store, embedded, layout
from treaty_diff.store.embedded import calendar, proposals, texts
from treaty_diff.store.manifest import manifest
from treaty_diff.store.table import Tabled, table
from treaty_diff.store.verify import verify
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition
from treaty_diff.text.proposal import Certainty, Choice, Dating, Distribution, Proposal, Report, Scope
from treaty_diff.text.scope import base_scope
from treaty_diff.text.validate import schema_errors, validate

WORKS = [entry.treaty for entry in proposals()]

COUNTER = """CHAPTER TWENTY-TWO
Final Provisions

Article 2205: Withdrawal

1. A Party may withdraw on one year's notice under this Article or Article 2203.

2. Paragraph 1 does not apply while a review under Chapter Twenty is pending.
"""


def git(store: Store, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(store.root), *arguments], check=True, capture_output=True, text=True).stdout


def tabled(topic: str = "sunset", party: str = "CAN", number: int = 5, date: str = "", **more: object) -> Tabled:
    return Tabled(Proposal(topic, (party,), number, **more), date)  # type: ignore[arg-type]


def put(store: Store, said: Tabled, words: str = COUNTER) -> str | None:
    return table(store, single("counter.txt", words.encode()), said).commit


# -- the embedded proposals -------------------------------------------------------------------------


def test_the_topics_of_the_table_are_held_with_the_parties_that_had_a_text() -> None:
    assert sorted(WORKS) == [
        "anti-corruption/USA",
        "autos/USA",
        "binational-panels/CAN",
        "binational-panels/USA",
        "customs/USA",
        "digital-trade/USA",
        "disputes/CAN-MEX",
        "disputes/USA",
        "investor-state/USA",
        "procurement/MEX",
        "procurement/USA",
        "regulatory-practices/USA",
        "sps/USA",
        "sunset/MEX",
        "sunset/USA",
        "telecommunications/USA",
    ]


@pytest.mark.parametrize("work", WORKS)
def test_an_embedded_proposal_is_a_valid_bill_marked_a_reconstruction_with_its_source_note(work: str, embedded: Store) -> None:
    (files,) = texts(work).values()
    for name, data in files.items():
        assert schema_errors(name, data) == []
        assert b'edition="reconstruction"' in data
        assert b"-reconstruction/" in data
    text = embedded.load(parse(work))
    assert write_treaty(text) == files
    proposal = text.meta.proposal
    assert proposal is not None
    assert proposal.selector == work
    assert proposal.reports
    assert proposal.choices
    assert proposal.certainty is not None
    assert text.meta.edition is Edition.RECONSTRUCTION
    assert "(reconstruction)" in text.meta.title


@pytest.mark.parametrize("work", WORKS)
def test_what_an_embedded_proposal_cites_and_amends_is_in_the_treaty(work: str, embedded: Store) -> None:
    base = embedded.load(parse("nafta1994"))
    found = validate(embedded.load(parse(work)), base)
    assert [f for f in found if f.code != "number-omitted"] == []


@pytest.mark.corpus
@pytest.mark.parametrize("work", WORKS)
def test_what_an_embedded_proposal_amends_is_in_the_real_text(work: str, pulled: Store) -> None:
    base = pulled.load(parse("nafta1994"))
    assert base.meta.edition is Edition.VERBATIM
    found = validate(pulled.load(parse(work)), base)
    # the pulled text has a few of the annexes only
    told = [f.message for f in found if f.code in ("scope-not-held", "dangling-reference") and "annex" not in f.message]
    assert told == []


def test_they_are_long_enough_to_be_compared(embedded: Store) -> None:
    count = {work: len(embedded.load(parse(work)).articles()) for work in WORKS}
    assert count["digital-trade/USA"] >= 15
    assert min(count["disputes/USA"], count["disputes/CAN-MEX"]) >= 10


def test_retention_is_declared_and_not_said_again(embedded: Store) -> None:
    text = embedded.load(parse("binational-panels/CAN"))
    base = Index(embedded.load(parse("nafta1994")))
    assert text.meta.proposal is not None
    assert "ch19" in text.meta.proposal.scope.retains
    assert base_scope(text.meta.proposal, base) == ()
    assert len(text.articles()) == 1


def test_dates_lie_in_the_rounds() -> None:
    known = calendar()
    for entry in proposals():
        for e in entry.expressions:
            at = known.round(e.round)
            assert at.opens <= e.date <= at.closes


def test_the_calendar_has_seven_rounds_and_the_history_five(embedded: Store) -> None:
    assert [at.number for at in calendar().rounds] == [1, 2, 3, 4, 5, 6, 7]
    assert embedded.repository.tags() == [f"round-{n}" for n in range(1, 6)]


def test_each_proposal_is_a_commit_of_its_day_with_its_round_and_party(store: Store) -> None:
    rows = git(store, "log", "--format=%ad|%cd|%(trailers:key=Round,valueonly,separator=)|%(trailers:key=Tabled-By,valueonly,separator=)", "--date=short")  # fmt: skip
    found = [row.split("|") for row in rows.splitlines() if row.split("|")[3]]
    assert len(found) == 16
    assert ["2017-10-13", "2017-10-13", "4", "USA"] in found
    assert ["2017-11-17", "2017-11-17", "5", "CAN MEX"] in found
    days = [row[0] for row in found]
    assert days == sorted(days, reverse=True)


def test_a_rounds_tag_has_what_was_tabled_until_then(store: Store) -> None:
    assert store.at("round-3").proposals("sunset") == []
    assert store.at("round-4").proposals("sunset") == ["sunset/USA"]
    assert store.at("round-5").commit == store.at().commit
    git(store, "fsck", "--strict")
    assert "Round 4, Arlington, 11–17 October 2017" in git(store, "cat-file", "tag", "round-4")


def test_a_new_store_with_proposals_is_whole(store: Store) -> None:
    report = verify(store, "HEAD", (), signed=False, allowed_signers=None, progress=lambda *_: None)
    assert report.findings == ()
    assert report.texts == 18


# -- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "work"),
    [
        ("sunset/USA", "sunset/USA"),
        ("sunset/us", "sunset/USA"),
        ("sunset/mex", "sunset/MEX"),
        ("sunset/MX@round-5", "sunset/MEX"),
        ("sunset/MEX@2017-11", "sunset/MEX"),
        ("sunset/MEX/en", "sunset/MEX"),
        ("sunset@round-4", "sunset/USA"),
        ("disputes/CAN", "disputes/CAN-MEX"),
        ("disputes/MX-CA:2018", "disputes/CAN-MEX"),
        ("digital-trade", "digital-trade/USA"),
        ("digital-trade:2317.2", "digital-trade/USA"),
        ("binational-panels", "binational-panels/USA"),
    ],
)
def test_a_topic_party_and_round_name_a_text(selector: str, work: str, embedded: Store) -> None:
    assert embedded.load(parse(selector)).meta.treaty == work


def test_languages_and_treaties_are_named_as_before(embedded: Store) -> None:
    assert (parse("tpp/es").language, parse("tpp/es").party) == ("spa", "")
    assert (parse("tpp/ES").language, parse("tpp/ES").party) == ("spa", "")
    assert embedded.load(parse("tpp/en")).meta.treaty == "tpp"
    assert embedded.load(parse("nafta1994@round-3")).meta.treaty == "nafta1994"


def test_a_topic_without_a_party_is_the_text_tabled_first_and_the_others_are_told(store: Store) -> None:
    assert store.load(parse("sunset")).meta.treaty == "sunset/USA"
    assert store.load(parse("sunset:2205")).meta.treaty == "sunset/USA"
    assert store.repository.notices == [
        "sunset is taken as sunset/USA (round 4), the first text tabled; there is also sunset/MEX (round 5)."
    ]


@pytest.mark.parametrize(
    ("selector", "error", "words"),
    [
        ("sunset/CAN", TreatyNotFound, "Canada tabled no text on sunset"),
        ("tpp/USA", SelectorError, "no proposals on “tpp”"),
        ("sunrise", TreatyNotFound, "sunset/USA"),
        ("sunset/MEX@round-4", TreatyNotFound, "not after round 4"),
        ("sunset/MEX@round-0", TreatyNotFound, "no revision"),
    ],
)
def test_what_is_not_held_is_said_with_what_is(selector: str, error: type[Exception], words: str, embedded: Store) -> None:
    if selector.endswith("round-0"):
        with pytest.raises(StoreError, match=words):
            embedded.load(parse(selector))
        return
    with pytest.raises(error) as caught:
        embedded.load(parse(selector))
    assert words in str(caught.value)


def test_a_store_without_proposals_is_read_as_before(store: Store) -> None:
    git(store, "rm", "-rq", "proposals", "negotiation")
    git(store, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "-qm", "As an older version made it")
    assert store.load(parse("tpp")).meta.treaty == "tpp"
    assert store.at().proposals() == []
    with pytest.raises(TreatyNotFound):
        store.load(parse("sunset"))
    with pytest.raises(StoreError, match="no round 5"):
        put(store, tabled())


def test_a_topics_log_has_the_commits_of_all_its_texts(store: Store) -> None:
    subjects = [change.commit.trailers["Treaty"] for change in store.log(parse("sunset"))]
    assert subjects == ["sunset/MEX", "sunset/USA"]
    assert [change.commit.trailers["Treaty"] for change in store.log(parse("sunset@round-4"))] == ["sunset/USA"]


# -- tabling --------------------------------------------------------------------------------------------


def test_a_text_is_tabled_in_one_commit_with_its_round(store: Store) -> None:
    commit = put(store, tabled(date="2017-11-19"))
    assert commit == store.at().commit
    text = store.load(parse("sunset/CAN"))
    assert text.meta.edition is Edition.VERBATIM
    assert text.meta.date == "2017-11-19"
    assert text.meta.parties == ("CAN", "MEX", "USA")
    assert text.meta.proposal is not None
    assert text.meta.proposal.scope == Scope(replaces=("2205",))  # the article of that number
    message = git(store, "log", "-1", "--format=%B")
    assert "Round: 5\n" in message
    assert "Tabled-By: CAN\n" in message
    report = verify(store, "HEAD", (), signed=False, allowed_signers=None, progress=lambda *_: None)
    assert report.errors == 0
    assert git(store, "status", "--porcelain") == ""


def test_a_text_tabled_again_unchanged_commits_nothing(store: Store) -> None:
    assert put(store, tabled()) is not None
    assert put(store, tabled()) is None


def test_a_revised_text_is_an_expression_of_the_same_work(store: Store) -> None:
    put(store, tabled())
    put(store, tabled(number=6), COUNTER.replace("one year's", "six months'"))
    old, new = store.load(parse("sunset/CAN@round-5")), store.load(parse("sunset/CAN"))
    assert (old.meta.expression, new.meta.expression) == ("eng@2017-11-17", "eng@2018-01-23")
    assert old.meta.signed == new.meta.signed == "2017-11-17"
    assert "six months'" in Index(new).find("2205.1")[0].words


def test_the_partys_own_text_comes_before_a_reconstruction_of_it(store: Store) -> None:
    put(store, tabled(party="USA", number=4))
    assert store.load(parse("sunset/USA")).meta.edition is Edition.VERBATIM


def test_what_is_said_of_a_text_is_kept(store: Store) -> None:
    said = tabled(
        dating=Dating.INFERRED,
        certainty=Certainty.LOW,
        distribution=Distribution.DELEGATION,
        scope=Scope(replaces=("2205",), after=("2203",)),
        reports=(Report("2017-11-20", "a newspaper", "One year."),),
        choices=(Choice("The rest."),),
    )
    put(store, replace(said, edition=Edition.RECONSTRUCTION))
    assert store.load(parse("sunset/CAN")).meta.proposal == said.proposal


def test_a_file_of_our_own_keeps_its_scope_and_source_note(store: Store) -> None:
    (files,) = texts("sunset/MEX").values()
    folder = store.root.parent / "given"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    from treaty_diff.ingest import gather

    table(store, gather([folder]), replace(tabled(party="MEX", number=6), edition=Edition.RECONSTRUCTION))
    text = store.load(parse("sunset/MEX@round-6"))
    assert text.meta.date == "2018-01-23"
    before, after = read_treaty(files).meta.proposal, text.meta.proposal
    assert before is not None
    assert after is not None
    assert after == replace(before, round=6, dating=Dating.DAY, certainty=None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (tabled(number=9), "no round 9"),
        (tabled(date="2017-10-01"), "is not in round 5"),
        (tabled(date="2018-01-23"), "is not in round 5"),
        (tabled(date="November"), "is no date"),
        (tabled(topic="tpp"), "cannot be a topic"),
        (tabled(topic="Sun set"), "cannot name a proposal"),
        (tabled(topic="chapter19"), "cannot name a proposal"),
        (tabled(scope=Scope("gatt")), "does not hold gatt"),
    ],
)
def test_what_cannot_be_tabled_is_refused_and_nothing_is_written(said: Tabled, words: str, store: Store) -> None:
    before = store.at().commit
    with pytest.raises((StoreError, SourceError)) as caught:
        put(store, said)
    assert words in str(caught.value)
    assert store.at().commit == before
    assert git(store, "status", "--porcelain") == ""


def test_a_text_may_be_tabled_between_rounds(store: Store) -> None:
    assert put(store, tabled(date="2017-12-12")) is not None


def test_a_treaty_may_not_have_a_topics_id(store: Store) -> None:
    with pytest.raises(StoreError, match="proposals on a topic"):
        store.put(small_treaty(("Article 1", "Sun", "1. It sets."), treaty="sunset"))
    assert layout.may_name_treaty("sunset")  # another store may have it
    assert not layout.may_name_proposal("sunset")
    assert not layout.may_name_proposal("sunset/usa")
    assert not layout.may_name_proposal("sunset/USA/x")
    assert layout.may_name_proposal("sunset/CAN-MEX")
    assert layout.is_store_path("proposals/sunset/USA/reconstruction/eng@2017-10-11/main.xml")
    assert not layout.is_store_path("proposals/sunset/../eng@2017-10-11/main.xml")


# -- audience ---------------------------------------------------------------------------------------------


def test_a_public_manifest_does_not_know_of_restricted_texts(store: Store) -> None:
    put(store, tabled(distribution=Distribution.RESTRICTED))
    whole = manifest(store, "HEAD", lambda *_: None)
    public = manifest(store, "HEAD", lambda *_: None, Distribution.PUBLIC)
    assert "sunset/CAN" in str(whole)
    assert "sunset/CAN" not in str(public)
    assert len(whole["texts"]) == len(public["texts"]) + 1


def test_an_entry_shows_an_audience_the_expressions_that_it_may_see(store: Store) -> None:
    put(store, tabled())
    put(store, tabled(number=6, distribution=Distribution.DELEGATION))
    entry = store.at().catalogue("sunset/CAN")
    seen = entry.open_to(Distribution.PUBLIC)
    assert seen is not None
    assert [e.round for e in seen.expressions] == [5]
    assert [e.round for e in entry.expressions] == [5, 6]


def test_embedded_knows_only_treaties_as_sources() -> None:
    assert embedded.entry("sunset/USA") is None
    assert embedded.entry("tpp") is not None


def test_verify_tells_a_catalogue_that_says_otherwise_than_the_files(store: Store) -> None:
    path = store.root / "proposals" / "sunset" / "USA" / "proposal.toml"
    path.write_text(
        path.read_text().replace('distribution = "public"', 'distribution = "delegation"').replace("round = 4", "round = 3")
    )
    git(store, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "-qam", "By hand")
    report = verify(store, "HEAD", ("sunset/USA",), signed=False, allowed_signers=None, progress=lambda *_: None)
    assert {f.message.partition(" ")[0] for f in report.findings if f.severity == "error"} == {"round", "distribution"}


def test_verify_tells_what_is_no_proposal(store: Store) -> None:
    for place in ("proposals/sunset/usa/x", "proposals/Sun/USA/x", "negotiation/notes.txt"):
        (store.root / place).parent.mkdir(parents=True, exist_ok=True)
        (store.root / place).write_text("x")
    git(store, "add", "-A")
    git(store, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "-qm", "By hand")
    report = verify(store, "HEAD", ("tpp",), signed=False, allowed_signers=None, progress=lambda *_: None)
    places = {f.place for f in report.findings if f.code == "name"}
    assert {"proposals/sunset/usa", "proposals/Sun", "negotiation/notes.txt"} <= places


def test_a_proposals_folder_is_found_from_its_id(tmp_path: Path) -> None:
    assert layout.treaty_folder("sunset/USA") == "proposals/sunset/USA"
    assert layout.catalogue_path("sunset/USA") == "proposals/sunset/USA/proposal.toml"
