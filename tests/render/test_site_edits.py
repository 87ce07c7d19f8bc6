"""Whatever is edited in a store: a site that is built again has the files of one that is built anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from tests.render.test_site_again import Shelf
from treaty_diff.align.memo import Memo
from treaty_diff.cli import cli
from treaty_diff.render.site.building import build
from treaty_diff.render.site.keeping import Kept
from treaty_diff.render.site.material import gather
from treaty_diff.store import Store
from treaty_diff.text.model import Treaty
from treaty_diff.text.proposal import Distribution

Article = tuple[str, str, str]
Chapters = dict[str, list[Article]]

OURS: Chapters = {
    "CHAPTER ONE": [
        ("Article 101", "Panels", "1. A Party may ask for a panel.\n2. A panel has five members, as Article 201 says."),
        (
            "Article 102",
            "Definitions",
            "For purposes of this Chapter:\n\npanel means five persons;\n\ngazette means a printed list;",
        ),
        ("Article 103", "Reports", "1. A panel shall report within 90 days.\n2. The report stands in a gazette."),
    ],
    "CHAPTER TWO": [
        (
            "Article 201",
            "Costs",
            "1. Each Party bears its costs as Article 101(2) says.\n2. A gazette lists the costs of the year.",
        ),
        (
            "Article 202",
            "Herrings",
            "1. Herrings are counted every year.\n\n(a) by the weigher; and\n\n(b) by the keeper of the harbour.",
        ),
    ],
}
THEIRS: Chapters = {
    "CHAPTER TWENTY-EIGHT": [
        ("Article 28.1", "Panels", "1. A Party may ask for a panel.\n2. A panel has three members."),
        ("Article 28.2", "Definitions", "For purposes of this Chapter:\n\npanel means three persons;"),
        ("Article 28.3", "Initial Report", "1. A panel shall report within 60 days, and Article 28.1 holds."),
    ],
    "CHAPTER SIX": [
        (
            "Article 6.8",
            "Costs of Herrings",
            "1. Chapter Twenty-Eight does not apply to the costs of this Chapter.\n2. Herrings are weighed.",
        ),
        ("Article 6.9", "Lamps", "1. Lamps are trimmed at dusk."),
    ],
}


def treaty(chapters: Chapters, name: str) -> Treaty:
    parts = [small_treaty(*articles, treaty=name, chapter=chapter) for chapter, articles in chapters.items() if articles]
    return parts[0].with_root(replace(parts[0].root, children=tuple(p for part in parts for p in part.root.children)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("edits") / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(treaty(OURS, "nafta1994"))
        made.put(treaty(THEIRS, "tpp"))
    for party, place, words in (
        ("USA", "101", "1. A Party shall ask for a panel."),
        ("MEX", "103", "1. A panel reports when it can."),
    ):
        file = root.parent / f"{party}.txt"
        heading = "Panels" if place == "101" else "Reports"
        file.write_text(f"CHAPTER ONE\n\nBEGINNINGS\n\nArticle {place}: {heading}\n\n{words}\n", encoding="utf-8")
        run("table", str(file), "--topic", "panels", "--party", party, "--round", "4", "--replaces", place, store=root)
    run("note", "202.1", "Who counts them?", "--question", store=root)
    return root


def run(*asked: str, store: Path) -> None:
    result = CliRunner().invoke(cli, [*asked, "--store", str(store)])
    assert result.exit_code == 0, result.output


def made(root: Path, kept: Kept | None) -> dict[str, bytes]:
    with Store(root) as held:
        return build(gather(held, Distribution.RESTRICTED, ("tpp",)), Memo(None), kept=kept)


@pytest.fixture(scope="module")
def shelf(store: Path) -> Shelf:
    """What the first build kept; each test goes on from it."""
    found = Shelf()
    made(store, Kept(found))
    return found


def _words(draw: Random, articles: list[Article]) -> None:
    n = draw.randrange(len(articles))
    label, heading, body = articles[n]
    words = body.split(" ")
    words[draw.randrange(1, len(words))] = draw.choice(["bell", "kettle", "shall", "may", "panel", "gazette", "120"])
    articles[n] = label, heading, " ".join(words)


def _letters(draw: Random, articles: list[Article]) -> None:
    n = draw.randrange(len(articles))
    label, heading, body = articles[n]
    words = body.split(" ")
    at = draw.choice([k for k, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 2])
    words[at] = words[at][::-1]
    articles[n] = label, heading, " ".join(words)


def _heading(draw: Random, articles: list[Article]) -> None:
    n = draw.randrange(len(articles))
    label, heading, body = articles[n]
    articles[n] = label, f"{heading} and {draw.choice(['Lamps', 'Costs', 'Reports'])}", body


def _paragraph(draw: Random, articles: list[Article]) -> None:
    n = draw.randrange(len(articles))
    label, heading, body = articles[n]
    articles[n] = (
        label,
        heading,
        f"{body}\n9. {draw.choice(['Article 101 holds.', 'A gazette is free.', 'No Party shall have recourse to a panel.'])}",
    )


def _gone(draw: Random, articles: list[Article]) -> None:
    if len(articles) > 1:
        del articles[draw.randrange(len(articles))]


def _order(draw: Random, articles: list[Article]) -> None:
    articles.reverse()


EDITS: list[Callable[[Random, list[Article]], None]] = [_letters, _words, _heading, _paragraph, _gone, _order]


@pytest.mark.parametrize("seed", range(20))
def test_a_site_built_again_is_one_built_anew(store: Path, shelf: Shelf, tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    name, chapters = draw.choice([("nafta1994", OURS), ("tpp", THEIRS)])
    edited = {chapter: list(articles) for chapter, articles in chapters.items()}
    for _ in range(draw.randrange(1, 3)):
        EDITS[(seed + draw.randrange(2)) % len(EDITS)](draw, draw.choice(list(edited.values())))
    other = Path(shutil.copytree(store, tmp_path / "store"))
    with Store(other) as held:
        held.put(treaty(edited, name))
    kept = Shelf()
    kept.held |= shelf.held
    again, anew = made(other, Kept(kept)), made(other, None)
    assert [path for path in {*again, *anew} if again.get(path) != anew.get(path)] == []
