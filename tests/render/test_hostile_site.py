"""Texts, names and notes from strangers: whatever they say, no page runs it, and no page asks anybody for anything."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile import hostile_site

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"


class Tags(HTMLParser):
    """A page's elements as a browser reads them, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(tmp_path_factory.mktemp("hostile"))


def test_the_hostile_words_are_on_the_pages_as_words(site: Path) -> None:
    for name in ("texts/nafta1994/101.html", "compare/nafta1994-ch1--tpp.html", "topics/panels.html", "index.html"):
        page = Tags((site / name).read_text("utf-8"))
        assert "<script>alert(1)</script>" in page.words, name


def test_no_element_runs_loads_or_styles_anything_that_is_not_the_sites_own(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        page = Tags(path.read_text("utf-8"))
        policies = [a["content"] for tag, a in page.found if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY], path
        for tag, attributes in page.found:
            assert tag not in ("img", "iframe", "object", "embed", "base", "style"), (path, tag)
            assert not [name for name in attributes if name == "style" or name == "srcdoc" or name.startswith("on")], (
                path,
                attributes,
            )
            if tag == "script":
                assert re.fullmatch(r"(?:\.\./)*assets/[a-z]+\.js", attributes.get("src") or ""), path
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*[a-z]+:(?!,$)", attributes.get(name) or "", re.I), (path, attributes)
        assert "49" not in page.words, path


def test_the_scripts_that_search_loads_are_data_and_nothing_else(site: Path) -> None:
    for path in sorted((site / "search").glob("*.js")):
        found = re.fullmatch(r'TREATY_DIFF_SEARCH\("[a-z]+",("[^"]*"|\d+),(.*)\);\n', path.read_text("ascii"), re.S)
        assert found, path
        json.loads(found[2])


def test_names_of_files_are_safe(site: Path) -> None:
    assert all(re.fullmatch(r"[\w./-]+", str(path.relative_to(site))) for path in site.rglob("*"))


def test_characters_that_turn_writing_stay_in_their_own_piece(site: Path) -> None:
    lines = re.findall(r'<p class="line"[^>]*>.*?</p>', (site / "compare/nafta1994-ch1--tpp.html").read_text("utf-8"), re.S)
    turning = [line for line in lines if "\u202e" in line]
    assert turning
    for line in turning:
        for piece in re.split("<bdi>.*?</bdi>", line, flags=re.S):
            assert "\u202e" not in re.sub("<[^>]*>", "", piece)
