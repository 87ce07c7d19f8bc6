"""The site in a browser, from the disk, as a reader uses it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from .conftest import Opened

pytestmark = pytest.mark.browser

REDLINE = "compare/nafta1994-ch1--tpp.html"
TURNED = "compare/tpp--nafta1994-ch1.html"
PROPOSAL = "compare/lanterns-USA--nafta1994.html"
KINDS = {
    "front": "index.html",
    "topic": "topics/lanterns.html",
    "redline": REDLINE,
    "redline turned round": TURNED,
    "redline of a proposal": PROPOSAL,
    "article": "texts/nafta1994/102.html",
    "contents": "texts/nafta1994/index.html",
    "correlation table": "correlation/nafta1994--tpp.html",
    "map": "map.html",
    "texts": "texts.html",
    "search": "search.html?q=lantern",
}


def seen(page: Any, selector: str) -> list[str]:
    """The words of the elements that a reader sees."""
    return [" ".join(e.inner_text().split()) for e in page.locator(selector).all() if e.is_visible()]


def counter(page: Any) -> tuple[str, int]:
    return page.locator(".counter .here").inner_text(), int(page.locator(".counter .all").inner_text())


# -- the redline ---------------------------------------------------------------------------------


def test_views_change_without_loading_and_are_kept_in_the_address(visit: Opened) -> None:
    page = visit(REDLINE)
    assert "three" in seen(page, "main del")
    page.get_by_role("button", name="After only").click()
    assert page.url.endswith("!after")
    assert seen(page, "main del") == []
    assert "five" in seen(page, "main ins")
    page.get_by_role("button", name="Side by side").click()
    assert page.url.endswith("!side")
    left, right = (
        page.locator(f"main .row:not(.inserted):not(.deleted) .line{which}").nth(1) for which in (".before", ":not(.before)")
    )
    a, b = left.bounding_box(), right.bounding_box()
    assert a["x"] + a["width"] <= b["x"] + 1
    assert abs(a["y"] - b["y"]) < 2
    page.reload()
    assert page.get_by_role("button", name="Side by side").get_attribute("aria-pressed") == "true"


def test_every_view_is_reached_by_its_key(visit: Opened) -> None:
    page = visit(REDLINE)
    names = []
    for _ in range(page.locator("[data-view]").count()):
        page.keyboard.press("v")
        names.append(page.locator("[data-view][aria-pressed=true]").get_attribute("data-view"))
    assert sorted(names) == sorted({str(b.get_attribute("data-view")) for b in page.locator("[data-view]").all()})


def test_bars_are_told_apart_without_colour(visit: Opened) -> None:
    page = visit("index.html")
    fills = page.evaluate(
        "() => [...document.querySelectorAll('.key rect')].map(r => [getComputedStyle(r).fill, getComputedStyle(r).strokeDasharray])"
    )
    assert len(fills) == len({tuple(fill) for fill in fills}) == 6
    for fill, _ in fills:
        if fill.startswith("url"):
            assert page.locator(f"pattern#{fill.partition('#')[2].rstrip(chr(34) + ')')}").count() == 1
    drawn = page.locator(".bar-of").first.bounding_box()
    parts = [one.bounding_box()["width"] for one in page.locator(".bar-of").first.locator("rect").all()]
    assert abs(sum(parts) - drawn["width"]) <= 2 + len(parts)


def test_base_and_subject_change_places_and_the_view_stays(visit: Opened) -> None:
    page = visit(f"{REDLINE}#top!side")
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/compare/tpp--nafta1994-ch1\.html"))
    assert page.locator("body").get_attribute("class").find("view-side") >= 0
    assert "five" in [" ".join(e.inner_text().split()) for e in page.locator("main .before del").all()]
    page.locator("a.swap").click()
    page.wait_for_url(re.compile(r"/compare/nafta1994-ch1--tpp\.html"))


def test_all_changes_are_walked_through_by_key_and_counted(visit: Opened) -> None:
    page = visit(REDLINE)
    start, total = counter(page)
    assert start == "–"
    assert total >= 4
    places = set()
    for n in range(1, total + 1):
        page.keyboard.press("n")
        assert counter(page) == (str(n), total)
        assert page.locator(".now").count() == 1
        places.add(
            page.evaluate(
                "() => { const r = document.activeElement.getBoundingClientRect(); return r.top + scrollY + ' ' + r.left; }"
            )
        )
        assert page.evaluate("() => document.activeElement.classList.contains('now')")
        assert page.evaluate(
            "() => { const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }"
        )
    assert len(places) == total
    page.keyboard.press("n")
    assert counter(page) == ("1", total)
    page.keyboard.press("p")
    assert counter(page) == (str(total), total)


@pytest.mark.parametrize("view", ["inline", "side", "after"])
def test_each_change_has_an_address_that_leads_back_to_it(visit: Opened, view: str) -> None:
    page = visit(f"{REDLINE}#top!{view}")
    _, total = counter(page)
    addresses = []
    for n in range(1, total + 1):
        page.keyboard.press("n")
        addresses.append(page.url)
        if n in (1, 2, total):
            words = page.locator(".now").inner_text()
            page.reload()
            assert counter(page) == (str(n), total)
            assert page.locator(".now").inner_text() == words
    assert len(set(addresses)) == total


def test_another_place_is_addressed_without_the_change_that_was_left(visit: Opened) -> None:
    page = visit(REDLINE)
    page.keyboard.press("n")
    assert re.search(r"!\.c1$", page.url)
    page.locator(".contents a").last.click()
    assert "!" not in page.url


def test_notes_are_filtered_by_kind_and_weight(visit: Opened) -> None:
    page = visit(REDLINE)
    page.locator("#does > summary").click()
    total = page.locator(".margin li").count()
    assert total >= 2
    kinds = page.locator("[data-filter=kind] option").all_inner_texts()[1:]
    count = 0
    for kind in kinds:
        page.locator("[data-filter=kind]").select_option(kind)
        shown = page.locator(".margin li:visible").count()
        assert page.locator("#shown").inner_text().startswith(f"{shown} ")
        assert all(e.get_attribute("data-kind") == kind for e in page.locator(".margin li:visible").all())
        count += shown
    assert count == total
    page.locator("[data-filter=kind]").select_option("")
    page.locator("[data-filter=weight]").select_option("5")
    heavy = [e for e in page.locator(".margin li").all() if int(e.get_attribute("data-weight")) >= 5]
    assert page.locator(".margin li:visible").count() == len(heavy)


def test_a_permanent_address_leads_to_its_provision_in_its_view(visit: Opened) -> None:
    page = visit(f"{REDLINE}#chp_1__art_103!after")
    target = page.locator(".target")
    assert target.get_attribute("id") == "chp_1__art_103"
    top = target.bounding_box()["y"]
    assert 0 <= top < 450
    link = page.locator("#chp_1__art_103 .at a").first.get_attribute("href")
    page.goto(page.url.partition("#")[0] + link)
    assert page.evaluate("() => document.querySelector('.target, :target') !== null")


# -- search --------------------------------------------------------------------------------------


def found(page: Any, asked: str) -> list[str]:
    page.locator("#find").fill(asked)
    page.wait_for_function("() => /place|Nothing/.test(document.getElementById('found').textContent)")
    page.wait_for_timeout(250)
    page.wait_for_function("() => /place|Nothing/.test(document.getElementById('found').textContent)")
    return [" ".join(one.split()) for one in page.locator("#results li a").all_inner_texts()]


def test_a_phrase_is_found_as_it_stands_and_no_other_way(visit: Opened) -> None:
    page = visit("search.html")
    assert found(page, '"carried by hand at night"') == ["Article 101 (“lantern”), Definitions"]
    assert found(page, '"hand carried by at night"') == []
    assert "Nothing held here has that." in page.locator("#found").inner_text()


def test_a_citation_leads_to_its_place(visit: Opened) -> None:
    page = visit("search.html")
    assert found(page, "28.2.2")[0].startswith("Article 28.2.2")
    page.locator("#results li a").first.click()
    page.wait_for_url(re.compile(r"texts/tpp/28\.2\.html#"))
    assert "three members" in page.locator(":target").inner_text()


def test_who_follows_a_result_comes_back_to_all_of_them(visit: Opened) -> None:
    page = visit("search.html")
    page.locator("#find").fill("lantern")
    page.locator("#find").press("Enter")
    page.locator("#results li a").first.click()
    page.wait_for_url(re.compile("texts/"))
    page.go_back()
    page.locator("#results li").first.wait_for()
    assert page.locator("#find").input_value() == "lantern"


# -- everything ----------------------------------------------------------------------------------


WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
"""The rules; no style sheet is fetched for them, which the pages' policy forbids."""


def broken(page: Any) -> list[tuple[str, list[str]]]:
    """The rules that a page breaks, and the elements that do."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=WCAG).response
    assert len(found["passes"]) > 10
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found["violations"]]


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_of_wcag_2_2_aa_is_broken_in_light_and_dark(visit: Opened, kind: str) -> None:
    page = visit(KINDS[kind])
    if kind == "search":
        page.wait_for_selector("#results li")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert broken(page) == [], scheme


def test_no_rule_of_wcag_2_2_aa_is_broken_in_any_view(visit: Opened) -> None:
    page = visit(f"{PROPOSAL}#top!inline.quiet.lineage")
    for button in page.locator("[data-view]").all():
        button.click()
        assert broken(page) == [], button.inner_text()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    assert broken(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_script_the_page_is_whole(visit: Opened, kind: str) -> None:
    page = visit(KINDS[kind], java_script_enabled=False)
    assert page.locator("h1").inner_text().strip()
    assert page.locator(".needs-script:visible").count() == 0
    assert page.locator("nav a:visible").count() > 3
    if kind == "redline":
        assert "five" in seen(page, "main ins")
        assert "three" in seen(page, "main del")
        page.locator(".contents a").nth(2).click()
        assert "#chp_1__art_103" in page.url
        assert page.locator(".margin li").count() >= 2
    if kind == "search":
        assert "Searching needs a script" in page.locator("noscript").inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_its_window(visit: Opened, kind: str) -> None:
    page = visit(KINDS[kind])
    for width in (320, 390, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width


def test_what_scrolls_by_itself_does_not_make_the_page_scroll(visit: Opened) -> None:
    """Words for screen readers alone are placed within the map that scrolls, not beside it on the page."""
    page = visit("map.html", viewport={"width": 390, "height": 844})
    homes = page.evaluate(
        "() => [...document.querySelectorAll('.scroll .unseen')].map(e => Boolean(e.offsetParent.closest('.scroll')))"
    )
    assert homes
    assert all(homes)


def test_what_is_printed_has_both_sides_the_legend_and_no_controls(visit: Opened, tmp_path: Path) -> None:
    page = visit(REDLINE)
    data = page.pdf(format="A4")
    with pypdfium2.PdfDocument(data) as pdf:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
    assert re.search(r"A panel shall have three ?five members", text)
    assert "struck words stand only in" in text
    assert "only in TPP" in text or "only in the TPP" in text
    assert "Side by side" not in text
    assert "Swap" not in text


@pytest.mark.parametrize("width", [390, 1600])
def test_a_topic_is_one_click_from_what_is_seen_first(visit: Opened, width: int) -> None:
    page = visit("index.html", viewport={"width": width, "height": 800})
    link = page.locator(".jumps a", has_text="Lanterns")
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 800
    assert box["height"] >= 24
    link.click()
    page.wait_for_url(re.compile(r"/topics/lanterns\.html$"))
