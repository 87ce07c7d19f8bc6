"""Agreeing on bracketed words, and the consolidated text before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_negotiating import refused, said
from tests.conftest import Run
from tests.render.word import W, parts
from treaty_diff.citation import parse
from treaty_diff.negotiation import marked
from treaty_diff.store import Store


@pytest.fixture
def root(run: Run) -> Path:
    said(run, "list")
    from treaty_diff.store.layout import user_store

    return user_store()


def bracketed(run: Run, topic: str, citation: str) -> bool:
    text = said(run, "consolidate", topic, "--format", "text")
    start = text.index(citation)
    return "[" in text[max(0, start - 30) : start + 400]


def test_a_consolidated_text_is_stored_with_its_brackets_and_read_like_any_other(run: Run, root: Path) -> None:
    assert "sunset/consolidated: stored as commit" in said(run, "consolidate", "sunset", "--save")
    assert "nothing changed" in said(run, "consolidate", "sunset", "--save")
    with Store(root) as store:
        text = store.load(parse("sunset/consolidated"))
        assert text.meta.expression == "eng@2017-11-17"
        assert text.meta.proposal is not None
        assert text.meta.proposal.merges == ("sunset/MEX@2017-11-17", "sunset/USA@2017-10-11")
        assert marked.is_bracketed(text.root)
    shown = said(run, "show", "sunset/consolidated:2205bis")
    assert "[United States proposes; Mexico opposes: Article 2205 bis" in " ".join(shown.split())
    assert "sunset/consolidated" not in said(run, "rounds")
    assert "sunset/consolidated  Consolidated text on sunset" in said(run, "list")
    assert "consolidate disputes --save" in refused(run, "show", "disputes/consolidated")
    assert said(run, "verify").rstrip().endswith("nothing is wrong.")


def test_agreed_words_take_the_place_of_brackets_in_history(run: Run, root: Path) -> None:
    assert bracketed(run, "sunset", "A Party may")
    words = "Article 2205 Withdrawal\nA Party may withdraw nine months after notice."
    told = said(run, "agree", "sunset", "2205", "--round", "6", "--text", words, "--pending", "Canada")
    assert "Article 2205 on sunset: agreed ad referendum, pending: Canada; stored as commit" in told
    text = said(run, "consolidate", "sunset", "--format", "text")
    assert "\nA Party may withdraw nine months after notice.\n" in text
    assert "[US propose; MX oppose: Article 2205 bis" in text
    assert "nine months" not in said(run, "consolidate", "sunset", "--round", "5", "--format", "text")
    assert "nine months" in said(run, "consolidate", "sunset", "--view", "CA", "--format", "text")
    assert "agreed ad referendum (round 6), pending: Canada" in said(run, "status", "sunset")
    assert "2018-01-23  sunset/consolidated:2205: agreed ad referendum" in said(run, "timeline", "sunset")
    with Store(root) as store:
        (change, *_) = store.log(parse("sunset/consolidated:2205"))
        assert change.commit.subject == "Round 6: Article 2205 on sunset agreed"
        assert change.commit.trailers["Round"] == "6"
        assert change.commit.authored == 1516665600  # 2018-01-23
    assert "nothing is wrong" in said(run, "verify")


def test_a_paragraph_is_agreed_by_itself_in_the_words_of_a_view(run: Run) -> None:
    def text() -> str:
        return said(run, "consolidate", "disputes", "--format", "text")

    before = text()
    own = said(run, "show", "disputes/CAN:2008.1", "--format", "text")
    assert own not in before
    assert own in said(run, "agree", "disputes", "2008.1", "--round", "6", "--view", "CAN")
    assert own in text()
    assert "Article 2008(1) has no brackets" in refused(run, "agree", "disputes", "2008.1", "--round", "6", "--view", "USA")
    theirs = said(run, "show", "disputes/USA:2008", "--format", "text")
    said(run, "agree", "disputes", "2008", "--round", "6", "--date", "2018-01-25", "--view", "USA")
    assert theirs not in text()  # its first paragraph is agreed in other words
    assert theirs.partition("\n2. ")[2].partition("\n")[0] in text()


def test_what_is_common_can_be_agreed(run: Run) -> None:
    told = said(run, "agree", "disputes", "2011.1(a)", "--round", "6", "--view", "agreed")
    assert "(a) Five members shall form the panel." in told
    assert "has no brackets" in refused(run, "agree", "disputes", "2011.1(a)", "--round", "6", "--view", "agreed")
    # an entry would be left without words
    assert "cannot be told" in refused(run, "agree", "disputes", "2008.1", "--round", "6", "--view", "agreed")


def test_a_bracket_that_goes_beyond_what_is_agreed_stays_round_the_rest(run: Run) -> None:
    said(run, "agree", "sunset", "2001bis.2", "--round", "6", "--text", "The Commission shall look at trade and at jobs.")
    said(run, "agree", "sunset", "2001bis.4", "--round", "6", "--text", "")
    text = said(run, "consolidate", "sunset", "--format", "text")
    assert "\n]2. The Commission shall look at trade and at jobs.\n[MX propose; US oppose: 3. To prepare" in text
    assert "\n4. " not in text.partition("Article 2205 Withdrawal")[0]
    theirs = said(run, "consolidate", "sunset", "--view", "US", "--format", "text")
    assert theirs.startswith("2. The Commission shall look at trade and at jobs.\nArticle 2205")
    assert "nothing is wrong" in said(run, "verify")


def test_what_is_agreed_to_go_goes(run: Run) -> None:
    assert "It goes" in said(run, "agree", "sunset", "2205bis", "--round", "6", "--view", "MX")
    assert "2205 bis" not in said(run, "consolidate", "sunset", "--format", "text")


def test_a_later_text_of_a_party_opens_what_was_agreed(run: Run, tmp_path: Path) -> None:
    said(
        run,
        "agree",
        "sunset",
        "2205",
        "--round",
        "6",
        "--text",
        "Article 2205 Withdrawal\nA Party may withdraw nine months after notice.",
    )
    later = tmp_path / "later.txt"
    later.write_text("Article 2205: Withdrawal\n\nA Party may withdraw ten months after notice.\n", encoding="utf-8")
    said(run, "table", str(later), "--topic", "sunset", "--party", "US", "--round", "7", "--distribution", "public")
    result = run("consolidate", "sunset", "--format", "text")
    assert "opened again by the later text of the United States" in result.stderr
    assert "A Party may withdraw [CA/MX: nine][US: ten] months after notice." in result.stdout


def test_what_cannot_be_agreed_is_refused_and_nothing_is_written(run: Run, root: Path) -> None:
    with Store(root) as store:
        before = store.at().commit
    assert "no Article 1904" in refused(run, "agree", "sunset", "1904", "--round", "6", "--text", "x")
    assert "not said what is agreed" in refused(run, "agree", "sunset", "2205", "--round", "6")
    assert "heading of Article 2205 is in brackets, too" in refused(run, "agree", "sunset", "2205", "--round", "6", "--text", "x")
    assert "no text on the topic" in refused(run, "agree", "boats", "1", "--round", "6", "--text", "x")
    assert "no round 9" in refused(run, "agree", "sunset", "2205", "--round", "9", "--view", "MX")
    assert "is not in round 6" in refused(run, "agree", "sunset", "2205", "--round", "6", "--view", "MX", "--date", "2018-04-01")
    assert "is no date" in refused(run, "agree", "sunset", "2205", "--round", "6", "--view", "MX", "--date", "June")
    assert "no single provision" in refused(run, "agree", "sunset", "ch22", "--round", "6", "--view", "MX")
    assert "leave one out" in refused(run, "agree", "sunset", "2205", "--round", "6", "--view", "MX", "--text", "x")
    with Store(root) as store:
        assert store.at().commit == before


def test_the_consolidated_text_is_a_word_file_with_the_parties_names(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "disputes.docx"
    said(run, "consolidate", "disputes", "--format", "docx", "--output", str(path))
    found = parts(path.read_bytes())
    lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in found["word/document.xml"].iter(f"{W}p")]
    assert any("a reconstruction from public reports" in line for line in lines)
    assert any(line.startswith("[United States proposes; Canada, Mexico oppose: 1.") for line in lines)
    assert "public" in "".join(t.text or "" for t in found["word/header1.xml"].iter(f"{W}t"))
    again = tmp_path / "again.docx"
    said(run, "consolidate", "disputes", "--format", "docx", "--output", str(again))
    assert again.read_bytes() == path.read_bytes()
    assert "leave one out" in refused(run, "consolidate", "disputes", "--format", "docx", "--view", "US")


def test_a_comparison_of_a_bracketed_text_says_what_the_codes_stand_for(run: Run) -> None:
    said(run, "consolidate", "sunset", "--save")
    shown = " ".join(said(run, "compare", "sunset/consolidated", "--against", "nafta1994", "--format", "terminal").split())
    assert "In the brackets MX is Mexico, US the United States." in shown


def test_a_stored_bracketed_text_is_resolved_to_a_partys_view(run: Run) -> None:
    said(run, "consolidate", "disputes", "--save")
    own = said(run, "show", "disputes/USA:2008", "--format", "text")
    assert said(run, "view", "disputes/consolidated:2008", "--party", "US") == own
    assert "has no brackets" in refused(run, "view", "disputes/USA:2008", "--party", "US")


def test_brackets_of_a_text_that_all_tabled_together_stay_theirs(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "together.txt"
    path.write_text(
        "Article 2205: Withdrawal\n\n1. A Party [US: shall][CA/MX: may] wait.\n\n[MX propose; CA oppose: 2. It asks.]\n",
        encoding="utf-8",
    )
    said(run, "table", str(path), "--topic", "waiting", "--party", "CA/MX/US", "--round", "6", "--distribution", "public")
    text = said(run, "consolidate", "waiting", "--format", "text")
    # the United States took no side on paragraph 2, and is given none
    assert text == "Article 2205 Withdrawal\n1. A Party [US: shall][CA/MX: may] wait.\n[MX propose; CA oppose: 2. It asks.\n]"
    said(run, "agree", "waiting", "2205.2", "--round", "6", "--view", "CA")
    assert said(run, "consolidate", "waiting", "--format", "text").endswith("[CA/MX: may] wait.\n")
