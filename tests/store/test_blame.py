"""Blame: which commit, Party and round brought which words, and which bases have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tests.conftest import small_treaty
from tests.store.test_history import command, dated
from treaty_diff.cli import cli
from treaty_diff.redline.blame import origins
from treaty_diff.store import Store
from treaty_diff.text.model import Edition, Kind, Provision, Text

FISH = "1. Each Party shall count its fish every year and shall tell the other Parties.\n2. No Party may hide a fish."


def lines(*words: str) -> Provision:
    inside = tuple(Provision(Kind.PARAGRAPH, num=Text(f"{n}.", "eng"), text=Text(w, "eng")) for n, w in enumerate(words, 1))
    return Provision(Kind.ARTICLE, num=Text("Article 1", "eng"), children=inside)


def told(*versions: Provision) -> list[list[tuple[str, int]]]:
    from treaty_diff.text import plain

    found = origins(versions)
    texts = [line.text for line in plain.lines(versions[-1])]
    return [[(text[o.start : o.end], o.version) for o in line] for text, line in zip(texts, found, strict=True)][1:]


def test_words_are_those_of_the_version_that_brought_them() -> None:
    one = lines("Each Party shall count its fish.", "Boats are blue.")
    two = lines("Each Party shall count its fish twice.", "Boats are blue.")
    three = lines("Each Party shall count its big fish twice.", "Gulls are white and loud.", "Boats are blue.")
    (first, second, third) = told(one, two, three)
    assert first == [
        ("1. Each Party shall count its", 0), (" big", 2), (" fish", 0), (" twice", 1), (".\n", 0),
    ]  # fmt: skip
    assert second == [("2. Gulls are white and loud.\n", 2)]
    assert third == [("3. ", 2), ("Boats are blue.\n", 0)]


def test_words_that_went_and_came_back_are_those_of_the_later_version() -> None:
    with_, without = lines("Each Party shall count its big fish."), lines("Each Party shall count its fish.")
    assert (" big", 2) in told(with_, without, with_)[0]


def test_a_provision_is_followed_through_its_texts_in_their_legal_order(store: Store) -> None:
    new = FISH.replace("every year", "every month")
    store.put(dated(small_treaty(("ARTICLE 101", "Fish", new)), "2005-01-01"))
    # an older text that is imported later takes its words back
    store.put(dated(small_treaty(("ARTICLE 101", "Fish", FISH)), "2001-02-03"))
    found = command(store, "blame", "example:101.1")
    assert found["selector"] == "example:101.1"
    expressions = {v["commit"]: v["expression"] for v in found["versions"]}
    (line,) = found["lines"]
    assert [(run["words"].strip(), expressions[run["commit"]]) for run in line["runs"]] == [
        ("1. Each Party shall count its fish every", "eng@2001-02-03"),
        ("month", "eng@2005-01-01"),
        ("and shall tell the other Parties.", "eng@2001-02-03"),
    ]
    assert "".join(run["words"] for run in line["runs"]) == new.split("\n", maxsplit=1)[0] + "\n"
    (early,) = command(store, "blame", "example@2001:101.1")["lines"]
    assert len(early["runs"]) == 1


def test_a_word_that_was_mended_later_in_the_same_text_is_the_mending_commits(store: Store) -> None:
    store.put(small_treaty(("ARTICLE 101", "Fish", FISH)))
    store.put(small_treaty(("ARTICLE 101", "Fish", FISH.replace("hide", "lose"))))
    found = command(store, "blame", "example:101")
    (newest,) = [v["commit"] for v in found["versions"] if v["commit"] == store.at().commit]
    assert [run["words"].strip() for line in found["lines"] for run in line["runs"] if run["commit"] == newest] == ["lose"]


def test_words_that_stand_in_another_treaty_are_told_with_their_place(store: Store) -> None:
    copied = (
        "1. Whenever the ferry of a Party is late by more than one hour, the master shall blow the whistle of that ferry twice."
    )
    store.put(replace(small_treaty(("ARTICLE 7", "Ferries", copied), treaty="other")))
    store.put(small_treaty(("ARTICLE 101", "Boats", f"{copied}\n2. Gulls are no boats at all, whatever a Party may say.")))
    found = command(store, "blame", "example:101", "--against", "other")
    stands = {line["citation"]: [s["citation"] for run in line["runs"] for s in run["stands_in"]] for line in found["lines"]}
    assert "Article 7(1)" in stands["Article 101(1)"]
    assert stands["Article 101(2)"] == []


def tabled(store: Store, folder: Path, words: str, *more: str) -> None:
    path = folder / "text.txt"
    path.write_text(f"Article 2205: Withdrawal\n\n{words}\n", encoding="utf-8")
    asked = ["table", str(path), "--topic", "boats", "--distribution", "public", *more, "--store", str(store.root)]
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 0, result.output


def test_a_proposal_tells_round_and_party_of_its_words(store: Store, tmp_path: Path) -> None:
    tabled(store, tmp_path, "A Party may leave after six months.", "--party", "MEX", "--round", "5")
    tabled(store, tmp_path, "A Party may leave after nine months.", "--party", "MEX", "--round", "6")
    found: Any = command(store, "blame", "boats/MEX:2205")
    assert [(v["round"], v["tabled_by"]) for v in found["versions"]] == [(5, ["MEX"]), (6, ["MEX"])]
    came = {v["commit"]: v["round"] for v in found["versions"]}
    runs = [(run["words"].strip(), came[run["commit"]]) for run in found["lines"][-1]["runs"]]
    assert runs == [("A Party may leave after", 5), ("nine", 6), ("months.", 5)]
    result = CliRunner().invoke(cli, ["blame", "boats/MEX:2205", "--store", str(store.root)])
    assert "round 5, Mexico" in result.stdout
    assert all(len(row) <= 80 for row in result.stdout.splitlines())


def test_words_in_our_own_are_not_traced_and_the_reason_is_said(store: Store) -> None:
    found = command(store, "blame", "sunset/USA:2205.1")
    assert found["notice"]
    assert "Lineage is off" in found["said"][0]
    assert found["edition"] == Edition.RECONSTRUCTION
    (line,) = found["lines"]
    assert any(s["citation"] == "Article 2205" for run in line["runs"] for s in run["stands_in"])


def test_what_an_audience_may_not_see_has_no_blame(store: Store, tmp_path: Path) -> None:
    tabled(store, tmp_path, "A Party may leave.", "--party", "MEX", "--round", "5", "--distribution", "restricted")
    result = CliRunner().invoke(cli, ["blame", "boats/MEX", "--audience", "public", "--store", str(store.root)])
    assert result.exit_code == 2
    assert "public audience" in result.stderr
