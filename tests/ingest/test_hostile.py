"""Broken and hostile sources through the real command line: a clear error and nothing written, or a text and a warning."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import Run, tota_source
from tests.ingest.hostile import HEAVY, LIGHT, Case
from treaty_diff.cli import cli
from treaty_diff.ingest import read
from treaty_diff.render import markup
from treaty_diff.store import Store
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.validate import validate_files

CPU_SECONDS = 60
"""Far above what is wanted (`benchmarks/hostile.py` measures that), so that a slow machine fails nothing."""
MEMORY = 1_500_000_000
"""Address space, of which Python and its libraries map far more than they use."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.create(tmp_path_factory.mktemp("hostile") / "store")
    yield made
    made.close()


def state(store: Store) -> tuple[str | None, list[tuple[str, int]]]:
    """The store's last commit, and all files outside git's own folder."""
    files = [p for p in store.root.rglob("*") if p.is_file() and ".git" not in p.relative_to(store.root).parts]
    return store.repository.head(), sorted((str(p), p.stat().st_size) for p in files)


def arguments(case: Case, store: Store, folder: Path) -> list[str]:
    path = folder / case.file
    path.write_bytes(case.make())
    date = () if case.name == "no day" else ("--date", "2001-02-03")
    # a treaty that another case stored has a date of signature, by which the catalogue would put the file's right
    treaty = "undated" if case.name == "no day" else "hostile"
    return ["import", str(path), "--treaty", treaty, *date, "--store", str(store.root), "--format", "json"]


def is_our_error(stderr: str) -> bool:
    """Whether an error says what, why and what mends it."""
    what, *rest = stderr.strip().splitlines()
    return what.startswith("treaty-diff: ") and [line.split(":")[0] for line in rest] == ["cause", "to fix"]


@pytest.mark.parametrize("case", [case for case in LIGHT if case.refused], ids=lambda case: case.name)
def test_what_cannot_be_read_is_refused_and_nothing_written(case: Case, store: Store, tmp_path: Path) -> None:
    before = state(store)
    result = CliRunner().invoke(cli, arguments(case, store, tmp_path))
    assert result.exit_code == 2, result.output
    assert is_our_error(result.stderr), result.stderr
    assert re.search(case.refused, result.stderr), result.stderr
    assert state(store) == before


@pytest.mark.parametrize("case", [case for case in LIGHT if not case.refused], ids=lambda case: case.name)
def test_what_is_only_odd_is_imported_with_a_warning(case: Case, store: Store, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, arguments(case, store, tmp_path))
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    told = [note["what"] + " " + note["words"] for note in (*report["notes"], *report["dropped"], *report["unclear"])]
    assert re.search(case.noted, "\n".join(told)), told
    assert report["commit"]
    files = store.at().files("hostile", store.at().catalogue("hostile").choose())
    assert [finding for finding in validate_files(files) if finding.severity == "error"] == []


def test_numbers_in_words_are_articles(store: Store, tmp_path: Path) -> None:
    case = next(case for case in LIGHT if case.name == "article numbers in words")
    assert CliRunner().invoke(cli, arguments(case, store, tmp_path)).exit_code == 0
    articles = store.at().load("hostile").articles()
    assert [(a.label, a.title) for a in articles] == [("Article One", "Aims"), ("Article Two", "Rafts")]


def test_no_file_beside_the_source_is_read(store: Store, tmp_path: Path) -> None:
    """An entity that names a file leaves no word of it, neither in the text nor in the error."""
    secret = tmp_path / "secret"
    secret.write_text("a secret word")
    source = tmp_path / "t.xml"
    source.write_text(
        f"<!DOCTYPE treaty [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><treaty><meta><date_signed>2001-02-03</date_signed></meta>"
        "<body><chapter number='1'><article number='1'>&x;</article></chapter></body></treaty>"
    )
    result = CliRunner().invoke(cli, ["import", str(source), "--treaty", "hostile", "--store", str(store.root)])
    assert result.exit_code == 2
    assert "secret word" not in result.output


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of resources")
@pytest.mark.parametrize("case", HEAVY, ids=lambda case: case.name)
def test_what_is_heavy_ends_by_itself(case: Case, store: Store, tmp_path: Path) -> None:
    """Under limits of time and memory it ends with an error of ours or with a text, not by a signal."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    before = state(store)
    command = [sys.executable, "-m", "treaty_diff", *arguments(case, store, tmp_path)]
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, preexec_fn=limit, check=False)
    if done.returncode == 0:
        assert case.either, done.stdout[:400]
        return
    assert done.returncode == 2, done.stderr[-2000:]
    assert is_our_error(done.stderr), done.stderr[-2000:]
    assert re.search(case.refused or "too large|too much|more than", done.stderr), done.stderr
    assert state(store) == before


FOUND = {
    "a name of a Party that is one long run of letters": tota_source(("ARTICLE 1", "Definitions", f"For {'A' * 200} x")),
    "characters of our own in an article's number": tota_source(("ARTICLE 1\U00100000", "Aims\U00100001", "Boats.")),
    "a footnote numbered nought": b"CHAPTER 1\nAIMS\nArticle 1.1: Aims\nBoats go.\n0 Rafts go.\n",
    "words that close a list which the numbering goes on with": (
        b"CHAPTER 1\nAIMS\nArticle 1.1: Aims\n1. Each keeper shall tell:\nFor the purposes of this Chapter:\n(a) a punt; and\n(b) a skiff.\n"
    ),
}
"""What fuzzing found (`benchmarks/fuzz.py`), made small."""


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found_is_read_and_can_be_stored(name: str) -> None:
    treaty, _ = read(FOUND[name], "hostile", settle=lambda meta: replace(meta, date="2001-02-03"))
    files = write_treaty(treaty)
    assert read_treaty(files).root == treaty.root
    assert [finding for finding in validate_files(files) if finding.severity == "error"] == []


def shown(run: Run, *arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_turned_directions_are_seen_in_a_terminal_and_kept_in_the_text(run: Run) -> None:
    Path("turned.txt").write_text("CHAPTER 1\nAIMS\nArticle 1.1: Aims\nNo keeper \u202ellahs\u202c go.\n", encoding="utf-8")
    report = shown(run, "import", "turned.txt", "--treaty", "turned", "--date", "2001-02-03")
    assert "to look at: Article 1.1: characters that turn the direction of writing: No keeper ⟨U+202E⟩llahs⟨U+202C⟩ go." in report
    assert "No keeper ⟨U+202E⟩llahs⟨U+202C⟩ go." in shown(run, "show", "turned:1.1")
    assert "No keeper \u202ellahs\u202c go." in shown(run, "show", "turned:1.1", "--format", "text")


def test_turned_directions_reach_no_further_than_their_piece_on_a_page() -> None:
    assert markup._escape("a \u2067b") == "<bdi>a \u2067b</bdi>"
    assert markup._escape("a b") == "a b"
