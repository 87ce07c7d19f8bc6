"""Rounds, tabling, statuses and answers on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Run
from treaty_diff.errors import StoreError
from treaty_diff.negotiation import records
from treaty_diff.negotiation.records import Answer, Status
from treaty_diff.negotiation.rounds import Calendar, Round, read
from treaty_diff.text.proposal import Distribution

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

TEXT = """CHAPTER TWENTY-TWO
Final Provisions

Article 2205: Withdrawal

1. A Party may withdraw on one year's notice, subject to Article 2204.
"""


def said(run: Run, *arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def document(run: Run, *arguments: str) -> Any:
    found = json.loads(said(run, *arguments, "--format", "json"))
    schema = json.loads((SCHEMAS / f"{found['schema'].split('/')[1]}-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    return found


def refused(run: Run, *arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 2
    return result.stderr


@pytest.fixture
def counter(tmp_path: Path) -> str:
    path = tmp_path / "counter.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_rounds_are_listed_with_what_was_tabled_in_each(run: Run) -> None:
    found = document(run, "rounds")
    assert [r["number"] for r in found["rounds"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [r["tag"] for r in found["rounds"]] == [*(f"round-{n}" for n in range(1, 6)), "", ""]
    assert found["rounds"][4]["tabled"] == ["disputes/CAN-MEX", "procurement/MEX", "sunset/MEX"]
    assert found["sessions"] == [{"after": 5, "place": "Washington", "when": "2017-12"}]
    assert "Round 4, Arlington, 11–17 October 2017" in said(run, "rounds")


def test_a_text_is_tabled_listed_compared_and_logged(run: Run, counter: str) -> None:
    found = document(run, "table", counter, "--topic", "sunset", "--party", "CA", "--round", "6", "--distribution", "public")
    assert found["proposal"]["tabled_by"] == ["CAN"]
    assert found["proposal"]["scope"]["replaces"] == ["2205"]
    assert found["findings"] == []
    assert "sunset/CAN" in said(run, "list")
    assert "Round 6: Proposal of Canada on sunset" in said(run, "log", "sunset/CAN")
    assert "1 of 1 article has a counterpart" in " ".join(
        said(run, "compare", "sunset/CAN", "--against", "sunset/USA", "--format", "terminal").split()
    )
    assert "one year's notice" in said(run, "show", "sunset/CAN@round-6:2205.1")


def test_a_text_of_two_parties_keeps_what_is_said_of_it(run: Run, counter: str) -> None:
    arguments = ("--topic", "sunset", "--party", "MX/CA", "--round", "7", "--date", "2018-03-01", "--edition", "reconstruction")
    more = (
        "--certainty",
        "low",
        "--dating",
        "inferred",
        "--report",
        "2018-03",
        "a newspaper",
        "One year.",
        "--choice",
        "The rest.",
    )
    found = document(run, "table", counter, *arguments, *more, "--after", "2205")["proposal"]
    assert (found["tabled_by"], found["certainty"], found["dating"]) == (["CAN", "MEX"], "low", "inferred")
    assert found["scope"]["after"] == ["2205"]
    shown = said(run, "show", "sunset/CAN-MEX")
    assert "Tabled by Canada and Mexico in round 7, 2018-03-01; the round is inferred." in shown
    assert "a reconstruction from public reports" in shown
    assert "2018-03, a newspaper: One year." in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--topic", "sunset", "--party", "XX", "--round", "6"), "the code of no Party"),
        (("--topic", "sunset", "--party", "CA", "--round", "8"), "no round 8"),
        (("--topic", "tpp", "--party", "CA", "--round", "6"), "cannot be a topic"),
        (("--topic", "sunset", "--party", "CA", "--round", "6", "--amends", "wto"), "does not hold wto"),
    ],
)
def test_what_cannot_be_tabled_gets_a_message(run: Run, counter: str, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(run, "table", counter, *arguments)


def test_a_restricted_text_is_in_no_public_list(run: Run, counter: str) -> None:
    said(run, "table", counter, "--topic", "sunset", "--party", "CAN", "--round", "6")
    said(run, "status", "sunset/CAN", "--party", "USA", "--set", "non-starter", "--round", "6", "--distribution", "public")
    for command in (("list",), ("rounds",), ("log",), ("log", "sunset"), ("manifest",), ("status",), ("timeline", "sunset")):
        assert "Canada on sunset" in said(run, *command) or "sunset/CAN" in said(run, *command), command
        public = said(run, *command, "--audience", "public")
        assert "Canada on sunset" not in public, command
        if command != ("log",):  # the commit of the answer is public, as its marking says
            assert "sunset/CAN" not in public, command


def test_statuses_of_chapters_topics_and_provisions_are_kept_with_their_history(run: Run) -> None:
    assert "nafta1994:ch15        closed (round 4)" in said(run, "status")
    said(run, "status", "chapter15", "--set", "open", "--round", "6", "--note", "Reopened.")
    said(run, "status", "ch15", "--set", "closed", "--round", "7", "--pending", "chapter20")
    (row,) = document(run, "status", "ch15")["rows"]
    assert (row["status"], row["round"], row["pending"]) == ("closed", 7, "chapter20")
    assert [s["status"] for s in row["history"]] == ["closed", "open", "closed"]
    said(run, "status", "sunset/USA:2205.2", "--set", "agreed ad referendum", "--round", "6", "--pending", "CAN")
    assert [r["what"] for r in document(run, "status", "sunset")["rows"]] == ["sunset", "sunset/USA:2205.2"]


def test_a_status_that_is_so_already_commits_nothing(run: Run) -> None:
    arguments = ("status", "sunset", "--set", "closed", "--round", "6")
    assert "stored as commit" in said(run, *arguments)
    assert "nothing committed" in said(run, *arguments)


def test_an_answer_is_one_partys_to_one_proposal(run: Run) -> None:
    said(run, "status", "sunset/USA", "--party", "MX", "--set", "non-starter", "--round", "5", "--note", "No sudden death.")
    (row,) = document(run, "status", "sunset")["rows"]
    answers = {p["proposal"]: [(a["party"], a["answer"]) for a in p["answers"]] for p in row["proposals"]}
    assert answers == {"sunset/USA": [("MEX", "non-starter")], "sunset/MEX": [("CAN", "open to")]}
    assert row["status"] == "open"


def test_a_timeline_goes_round_by_round(run: Run) -> None:
    events = document(run, "timeline", "sunset")["events"]
    assert [(e["kind"], e["round"], e["what"]) for e in events] == [
        ("tabled", 4, "sunset/USA"),
        ("tabled", 5, "sunset/MEX"),
        ("answer", 5, "sunset/MEX"),
    ]
    assert said(run, "timeline", "smes").splitlines()[0] == "Round 3, Ottawa, 23–27 September 2017"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status", "sunset", "--set", "agreed", "--round", "6"), "not a status of a chapter"),
        (("status", "sunset/USA:2205.2", "--set", "closed", "--round", "6"), "not a status of a provision"),
        (("status", "sunset/USA", "--party", "MX", "--set", "closed", "--round", "6"), "not an answer"),
        (("status", "tpp", "--party", "MX", "--set", "studying", "--round", "6"), "is no proposal"),
        (("status", "sunset", "--set", "closed"), "in which round"),
        (("status", "sunset", "--set", "closed", "--round", "6", "--date", "2017-01-01"), "is not in round 6"),
        (("status", "--set", "closed", "--round", "6"), "what the status is of"),
        (("status", "energy", "--set", "closed", "--round", "6"), "holds no treaty"),
        (("timeline", "energy"), "Nothing is known"),
        (("rounds", "--close", "5"), "cannot be tagged round-5"),
        (("rounds", "--close", "9"), "no round 9"),
    ],
)
def test_what_cannot_be_recorded_gets_a_message(run: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(run, *arguments)


@pytest.mark.parametrize("option", ["--note", "--pending"])
@pytest.mark.parametrize("words", ["Two\nlines.", "Turned \N{RIGHT-TO-LEFT OVERRIDE}round.", "\x1b[2J"])
def test_words_that_could_not_be_read_again_are_not_recorded(run: Run, option: str, words: str) -> None:
    before = said(run, "status")
    result = run("status", "sunset", "--set", "closed", "--round", "6", option, words)
    assert result.exit_code == 2
    assert f"The {option[2:]} of sunset cannot be recorded." in result.stderr
    assert said(run, "status") == before


def test_a_chapter_without_a_text_may_be_put_on_the_table(run: Run) -> None:
    said(run, "status", "energy", "--set", "open", "--round", "6", "--new")
    said(run, "status", "energy", "--set", "closed", "--round", "7")
    assert "energy                closed (round 7)" in said(run, "status")


def test_a_round_is_closed_by_a_tag(run: Run, counter: str) -> None:
    said(run, "table", counter, "--topic", "sunset", "--party", "CAN", "--round", "6")
    assert "Round 6, Montreal, 23–29 January 2018 is closed: round-6 is" in said(run, "rounds", "--close", "6")
    assert document(run, "rounds")["rounds"][5]["tag"] == "round-6"
    assert "nothing is wrong" in said(run, "verify")


# -- files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        '[[round]]\nnumber = 1\nplace = "X"\nopens = "2017-02-30"\ncloses = "2017-03-01"\n',
        '[[round]]\nnumber = 1\nplace = "X"\nopens = "2017-03-02"\ncloses = "2017-03-01"\n',
        '[[round]]\nnumber = 0\nplace = "X"\nopens = "2017-03-01"\ncloses = "2017-03-01"\n',
        '[[round]]\nnumber = 1\nopens = "2017-03-01"\ncloses = "2017-03-01"\n',
        '[[round]]\nnumber = 1\nplace = "\\u001b[2J"\nopens = "2017-03-01"\ncloses = "2017-03-01"\n',
        '[[round]]\nnumber = 2\nplace = "X"\nopens = "2017-03-01"\ncloses = "2017-03-01"\n'
        '[[round]]\nnumber = 1\nplace = "X"\nopens = "2017-04-01"\ncloses = "2017-04-01"\n',
        "round = 1\n",
        "round = [1]\n",
        "= nothing",
    ],
)
def test_a_broken_calendar_is_named(rows: str) -> None:
    with pytest.raises(StoreError, match=r"rounds\.toml cannot be read"):
        read(rows.encode(), "rounds.toml")


def test_a_text_belongs_to_a_round_until_the_next_one_opens() -> None:
    known = Calendar((Round(1, "A", "2017-08-16", "2017-08-20"), Round(2, "B", "2017-09-01", "2017-09-05")))
    fits = [known.fits(1, day) for day in ("2017-08-15", "2017-08-16", "2017-08-31", "2017-09-01")]
    assert fits == [False, True, True, False]
    assert known.fits(2, "2019-01-01")


STATUS = Status("sunset", "closed", 6, "2018-01-23", "ch20", "Why“", "somebody", Distribution.DELEGATION)
ANSWER = Answer("sunset/USA", "MEX", "non-starter", 5, "2017-11-17")


def test_records_are_read_as_they_were_written_and_sorted() -> None:
    later = Status("sunset", "open", 7, "2018-02-25")
    other = Status("autos", "open", 6, "2018-01-24")
    data = records.write([later, STATUS, other, STATUS])
    assert records.read_statuses(data, "x") == (other, STATUS, later)
    assert records.write(records.read_statuses(data, "x")) == data
    assert records.read_answers(records.write([ANSWER]), "x") == (ANSWER,)
    assert records.current([later, STATUS])["sunset"] is later


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"closed"', '"shut"'),
        ('"round": 6', '"round": "6"'),
        ('"note"', '"notes"'),
        ("delegation", "all"),
        ("{", "["),
        ("Why", "\\u001b"),
    ],
)
def test_a_broken_record_is_named_with_its_line(before: str, after: str) -> None:
    data = records.write([STATUS]) + b"\n" + records.write([STATUS]).replace(before.encode(), after.encode(), 1)
    with pytest.raises(StoreError, match="x, line 3"):
        records.read_statuses(data, "x")


# -- bracketed texts ----------------------------------------------------------------------------------------


def test_a_topic_is_consolidated_with_the_parties_names_or_codes(run: Run) -> None:
    shown = " ".join(said(run, "consolidate", "disputes").split())
    assert "Request for an [Canada, Mexico propose: Arbitral][United States proposes: Advisory] Panel" in shown
    assert "[CA/MX: Arbitral][US: Advisory]" in said(run, "consolidate", "disputes", "--format", "text")
    found = document(run, "consolidate", "disputes")
    assert "a reconstruction from public reports, not a Party's words" in found["notice"]
    assert {place["citation"] for place in found["places"]} >= {"Article 2018", "Article 2018bis", "Article 2019"}
    assert all(set(place["texts"]) == {"CAN", "MEX", "USA"} for place in found["places"])


def test_a_view_is_a_partys_own_text(run: Run) -> None:
    for place in document(run, "consolidate", "sunset", "--view", "us")["places"]:
        assert place["text"] == place["texts"]["USA"]
        assert place["flags"] == []
    canada = document(run, "consolidate", "sunset", "--view", "CAN")["places"]
    assert [place["text"] for place in canada] == [place["base"] for place in canada]
    assert {flag["why"] for place in canada for flag in place["flags"]} == {"position reserved"}
    result = run("consolidate", "sunset", "--view", "agreed")
    assert "Article 2205: not agreed at" in result.stderr
    assert "A Party may, six months after giving the other Parties notice" in result.stdout


def test_only_the_texts_of_the_rounds_asked_for_are_consolidated(run: Run) -> None:
    assert {p["citation"] for p in document(run, "consolidate", "sunset", "--round", "4")["places"]} == {
        "Article 2205",
        "Article 2205bis",
    }
    assert "no text on the topic “sunset” until round 3" in refused(run, "consolidate", "sunset", "--round", "3")
    assert "no text on the topic “energy”" in refused(run, "consolidate", "energy")


def test_a_restricted_text_is_in_no_public_consolidation(run: Run, counter: str) -> None:
    said(run, "table", counter, "--topic", "sunset", "--party", "CAN", "--round", "6")
    assert "one year's notice" in said(run, "consolidate", "sunset", "--format", "text")
    assert "one year's notice" not in said(run, "consolidate", "sunset", "--format", "text", "--audience", "public")


def test_a_bracketed_text_that_people_wrote_is_resolved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Reply within [US: 120][CA/MX: 90] days.[Placeholder: more.]\n", encoding="utf-8")
    assert said(run, "view", str(path), "--party", "MX") == "Reply within 90 days.\n"
    path.write_text("Reply\nwithin [XX/US: 120 days.\n", encoding="utf-8")
    result = run("view", str(path), "--party", "US")
    assert result.exit_code == 1
    assert "text.txt, line 2, column 9: “XX” is the code of no Party" in result.stderr
    assert "text.txt, line 2, column 8: the bracket is not closed" in result.stderr
    path.write_bytes(b"\xff\xfe\xff")
    assert "no text in UTF-8" in refused(run, "view", str(path), "--party", "US")
    assert "code of no Party" in refused(run, "view", str(_plain(path)), "--party", "Z")


def _plain(path: Path) -> Path:
    path.write_text("Plain.", encoding="utf-8")
    return path


def test_a_proposal_leaves_the_rest_of_another_treaty_alone(run: Run) -> None:
    """Nothing of the TPP is gone for what a proposal to amend NAFTA does not speak of."""
    document = json.loads(run("compare", "digital-trade/USA", "--against", "tpp", "--format", "json").stdout)
    chapters = {a["base"]["chapter"].partition(",")[0] for a in document["gone"]}
    assert chapters <= {"Chapter 14"}
    assert json.loads(run("compare", "sunset/USA", "--against", "tpp", "--format", "json").stdout)["gone"] == []
