"""What helps to read the pages, in a browser: three columns, defined terms, lists that are sorted, what the changes do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Opened

pytestmark = pytest.mark.browser

REDLINE = "compare/nafta1994-ch1--tpp.html"
PROPOSAL = "compare/lanterns-USA--nafta1994.html"
TERM = "a.term[href='#term-lantern']"


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.bounding_box()
    return found


def test_three_columns_stand_side_by_side_in_one_line_a_provision(visit: Opened) -> None:
    page = visit(f"{PROPOSAL}#text!three")
    row = "#chp_1__art_102__para_1"
    own, base, other = (box(page, f"{row} > {part}") for part in (".line:not(.before)", ".before", ".other"))
    assert own["x"] + own["width"] <= base["x"] + 1 < base["x"] + base["width"] <= other["x"] + 1
    assert max(abs(own["y"] - base["y"]), abs(own["y"] - other["y"])) < 8
    assert "within 60 days" in page.locator(f"{row} > .other").inner_text()
    page.keyboard.press("v")
    assert page.url.endswith("!after")
    assert not page.locator(f"{row} > .other").is_visible()


def test_on_a_small_screen_three_columns_have_its_whole_width_and_the_contents_wait_behind_a_button(visit: Opened) -> None:
    page = visit(f"{PROPOSAL}#text!three", viewport={"width": 1024, "height": 800})
    row = "#chp_1__art_102__para_1"
    parts = (".line:not(.before)", ".before", ".other")
    assert min(box(page, f"{row} > {part}")["width"] for part in parts) > 270
    link = page.locator(".contents a").first
    assert not link.is_visible()
    page.locator(".contents summary").click()
    link.click()
    assert not link.is_visible()
    assert page.url.endswith("!three")
    page.keyboard.press("v")
    assert link.is_visible()


def test_in_a_column_nothing_stands_that_its_text_does_not_say(visit: Opened) -> None:
    page = visit(f"{PROPOSAL}#text!three")
    assert page.locator(".other ins:visible").count() == 0


def test_on_a_phone_the_columns_stand_one_below_the_other_with_their_names(visit: Opened) -> None:
    page = visit(f"{PROPOSAL}#text!three", viewport={"width": 390, "height": 800})
    row = "#chp_1__art_102__para_1"
    own, base, other = (box(page, f"{row} > {part}") for part in (".line:not(.before)", ".before", ".other"))
    assert own["y"] < base["y"] < other["y"]
    name = "selector => getComputedStyle(document.querySelector(selector), '::before').content"
    assert page.evaluate(name, f"{row} > .other") == '"the TPP"'


def test_a_term_says_what_it_means_on_both_sides_by_pointer_and_by_key_and_goes_away(visit: Opened) -> None:
    page = visit("texts/nafta1994/102.html")
    meaning = page.locator("#meaning")
    page.locator(TERM).first.hover()
    assert "carried by hand at night" in meaning.inner_text()
    assert "the TPP, Article 28.1" in meaning.inner_text()
    meaning.hover()
    page.wait_for_timeout(400)
    assert meaning.is_visible()
    page.keyboard.press("Escape")
    assert meaning.count() == 0
    page.mouse.move(0, 0)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('a.term')"):
            break
    assert page.evaluate("() => document.activeElement.getAttribute('aria-describedby')") == "meaning"
    assert meaning.is_visible()


def test_a_finger_opens_a_definition_and_a_touch_elsewhere_closes_it(visit: Opened) -> None:
    page = visit("texts/nafta1994/102.html", has_touch=True, viewport={"width": 390, "height": 800})
    page.locator(TERM).first.tap()
    assert "carried by hand" in page.locator("#meaning").inner_text()
    assert "#term" not in page.url
    page.locator("h1").tap()
    assert page.locator("#meaning").count() == 0


def test_without_a_script_a_term_leads_to_its_definitions(visit: Opened) -> None:
    page = visit("texts/nafta1994/102.html", java_script_enabled=False)
    page.locator(TERM).first.click()
    assert page.url.endswith("#term-lantern")
    assert "carried by hand at night" in page.locator("#term-lantern").inner_text()


def test_the_correlation_table_is_sorted_by_its_buttons_and_says_so(visit: Opened) -> None:
    page = visit("correlation/nafta1994--tpp.html")
    base = page.locator("th[data-sort=base]")

    def column() -> list[str]:
        return list(page.locator("tbody th.of-base").all_inner_texts())

    base.get_by_role("button").click()
    assert base.get_attribute("aria-sort") == "ascending"
    assert column() == sorted(column())
    base.get_by_role("button").click()
    assert base.get_attribute("aria-sort") == "descending"
    assert column() == sorted(column(), reverse=True)
    page.locator("th[data-sort=score] button").click()
    scores = [float(row.get_attribute("data-score")) for row in page.locator("tbody tr[data-score]").all()]
    assert scores == sorted(scores, reverse=True)
    page.locator("th[data-sort=subject] button").click()
    assert page.locator("tbody tr.chapter").count() > 0


def test_the_overview_leads_to_what_the_changes_do(visit: Opened) -> None:
    page = visit("index.html")
    page.locator(f".does-line a[href^='{REDLINE}#does-']").first.click()
    page.wait_for_url(re.compile("#does-"))
    section = page.locator(".does section.target")
    assert section.locator("li").first.is_visible()
    section.locator("li a").first.click()
    assert page.locator("main .target").count() == 1


def test_the_search_finds_a_chapter_and_what_is_said_in_the_margins(visit: Opened) -> None:
    page = visit("search.html?q=Chapter%20Twenty-Eight")
    page.locator("#results li").first.wait_for()
    assert page.locator("#results li a").first.inner_text() == "Chapter 28"
    page.goto(page.url.partition("?")[0] + "?q=duty%20lantern")
    page.locator("#results li").first.wait_for()
    kinds = page.locator("#results li .fine").all_inner_texts()
    assert "duty" in kinds


def test_marks_are_written_in_words_on_demand(visit: Opened) -> None:
    page = visit(REDLINE)
    shown = "() => getComputedStyle(document.querySelector('main .changed .line > del'), '::before').clipPath"
    assert page.evaluate(shown) != "none"
    page.get_by_role("button", name="Marks in words").click()
    assert page.evaluate(shown) == "none"
    assert page.url.endswith("!.marks") or page.url.endswith("!inline.marks")
