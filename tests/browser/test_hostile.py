"""A site of strangers' words in a browser: every page in every view, every definition, what a search finds, what is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.hostile import hostile_site

from .conftest import Opened

pytestmark = pytest.mark.browser

ADDED = "main script, main img, main iframe, main style, main [onerror], [href^='javascript:' i]"
"""What the words would be if they were taken for elements."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(tmp_path_factory.mktemp("hostile"))


def opened(visit: Opened, path: str) -> Any:
    page = visit(path)
    page.on("dialog", lambda dialog: pytest.fail(f"{path} opens a dialog: {dialog.message}"))
    return page


def test_no_page_runs_what_it_shows_in_any_view_or_definition(visit: Opened, site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        page = opened(visit, path.relative_to(site).as_posix())
        for term in [term for term in page.locator("a.term").all() if term.is_visible()][:2]:
            term.focus()
            assert "<script>alert(1)</script>" in page.locator("#meaning").inner_text()
        for button in page.locator("[data-view], [data-flag]").all():
            button.click()
            assert page.locator(ADDED).count() == 0, path
        assert page.locator(ADDED).count() == 0, path


@pytest.mark.parametrize("asked", ["panel", "101", '"alert(1)"', "Why", "footnote", "cell", "<img src=x onerror=alert(2)>"])
def test_what_a_search_finds_is_shown_as_words(visit: Opened, asked: str) -> None:
    page = opened(visit, "search.html")
    page.locator("#find").fill(asked)
    page.locator("#results li").first.wait_for()
    assert page.locator(ADDED).count() == 0
    assert "<script>alert(1)</script>" in page.locator("#results").inner_text()
    page.locator("#results a").first.click()
    page.wait_for_url("**/texts/**")
    assert page.locator(ADDED).count() == 0


def test_a_printed_page_has_the_words_and_ran_nothing(visit: Opened) -> None:
    with pypdfium2.PdfDocument(opened(visit, "compare/nafta1994-ch1--tpp.html").pdf(format="A4")) as pdf:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert "<script>alert(1)</script>" in text
