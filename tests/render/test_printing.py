"""PDFs of the redlines: what is printed, and what is said where nothing can print."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import Run, small_treaty, without_proposals
from treaty_diff.render.site.printing import Printer
from treaty_diff.store import Store
from treaty_diff.store.commits import read_commit

chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed (Debian: apt install chromium)")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("printed") / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(small_treaty(("Article 28.1", "Panels", "1. A Party may ask for a panel of three."), treaty="tpp"))
        made.put(small_treaty(("Article 101", "Panels", "1. A Party may ask for a panel of five."), treaty="nafta1994"))
    return root


def test_without_chromium_nothing_is_written_and_the_way_to_it_is_said(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATY_DIFF_CHROMIUM", "no-such-program")
    result = run("site", "--pdf", "--store", str(store))
    assert result.exit_code == 2
    assert "PDFs are printed by Chromium, and there is none." in result.output
    assert "apt install chromium" in result.output
    assert not Path("site").exists()


def test_what_does_not_run_is_no_chromium(run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("TREATY_DIFF_CHROMIUM", str(broken))
    result = run("site", "--pdf", "--store", str(store))
    assert result.exit_code == 2
    assert f"{broken} does not run." in result.output
    assert not Path("site").exists()


@chromium
@pytest.mark.browser
def test_a_redline_is_printed_with_its_direction_and_both_sides_words(run: Run, store: Path) -> None:
    result = run("site", "--pdf", "--store", str(store))
    assert result.exit_code == 0, result.output
    page = Path("site/compare/nafta1994-ch1--tpp.html").read_text("utf-8")
    assert 'href="nafta1994-ch1--tpp.pdf"' in page
    assert not Path("site/compare/tpp--nafta1994-ch1.pdf").exists()
    data = Path("site/compare/nafta1994-ch1--tpp.pdf").read_bytes()
    with pypdfium2.PdfDocument(data) as pdf:
        words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
    assert "struck words stand only in" in words
    assert re.search(r"a panel of three ?five", words)
    with Store(store) as held:
        committed = read_commit(held.repository.commit_object(held.at().commit)).committed
    assert datetime.fromtimestamp(committed, UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode() in data
    again = run("site", "--pdf", "--store", str(store), "--output", "again")
    assert again.exit_code == 0, again.output
    assert Path("again/compare/nafta1994-ch1--tpp.pdf").read_bytes() == data


@chromium
@pytest.mark.browser
def test_a_page_printed_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    files = {"a.html": b"<!doctype html><html lang=en><title>A page</title><p>Some words on a page."}
    first, second = (list(Printer()(files, ["a.html"], 0, lambda *_: None)) for _ in range(2))
    assert first == second
    assert b"D:19700101000000+00'00'" in first[0][1]
