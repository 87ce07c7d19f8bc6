"""Texts, names and notes from strangers: whatever they say, no page runs it, and no page asks anybody for anything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.cli import cli
from treaty_diff.store import Store
from treaty_diff.text.model import Provision, Source, Text, Treaty

BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> javascript:alert(3) \u202etxt\u202c </style></title>{{ 7*7 }} [x](javascript:alert(4)) `"
PLAIN = BAD.replace("\u202e", "").replace("\u202c", "")
"""The same for records, which take no characters that turn writing."""
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


def ran(*arguments: str) -> str:
    result = CliRunner().invoke(
        cli, [*arguments], env={"SOURCE_DATE_EPOCH": "1770000000", "GIT_AUTHOR_NAME": BAD.replace("\n", " ")}
    )
    assert result.exit_code == 0, result.output
    return result.output


def hostile(treaty: Treaty) -> Treaty:
    """A treaty with bad words behind every heading and every provision's words, in its names and in what is said of its source."""

    def worse(text: Text | None) -> Text | None:
        return replace(text, content=f"{text.content} {BAD}") if text is not None else None

    def provision(p: Provision) -> Provision:
        return replace(p, heading=worse(p.heading), text=worse(p.text), children=tuple(map(provision, p.children)))

    source = Source(f"Source {BAD}", f"javascript:alert(5)//{BAD}", "0" * 64, f"Licence {BAD}", f"By {BAD}")
    names = {"title": f"Treaty {BAD}", "short": f"the {treaty.meta.treaty} {BAD}", "status": f"in force {BAD}"}
    return replace(treaty.with_root(provision(treaty.root)), meta=replace(treaty.meta, **names, source=source))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a store in which every name, heading, text, note, status and answer is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "store"
    with Store.create(root) as made:
        without_proposals(made)
        for name, number in (("nafta1994", "101"), ("tpp", "28.1")):
            body = "1. A Party may ask for a panel.\n\n2. For purposes of this Chapter:\n\npanel means five members;"
            made.put(
                hostile(
                    small_treaty(
                        (f"Article {number}", "Panels", body), (f"Article {number}9", "Costs", "1. Each pays."), treaty=name
                    )
                )
            )
    proposal = folder / "proposal.txt"
    proposal.write_text(
        f"CHAPTER ONE\n\nBEGINNINGS {BAD}\n\nArticle 101: Panels {BAD}\n\n1. A Party shall ask for a panel {BAD}.\n", "utf-8"
    )
    asked = ["--topic", "panels", "--party", "USA", "--round", "4", "--distribution", "public", "--replaces", "101"]
    ran("table", str(proposal), *asked, "--store", str(root))
    ran("note", "nafta1994:101", f"Why? {BAD}", "--question", "--store", str(root))
    ran(
        "status",
        "panels",
        "--set",
        "substantively concluded",
        "--round",
        "4",
        "--note",
        PLAIN,
        "--pending",
        PLAIN,
        "--store",
        str(root),
    )
    ran("status", "panels/USA", "--party", "MEX", "--set", "non-starter", "--round", "5", "--note", PLAIN, "--store", str(root))
    ran("concordance", "nafta1994", "tpp", "--store", str(root))
    ran("concordance", "add", "nafta1994:1019", "tpp:28.1", "--note", BAD, "--store", str(root))
    output = folder / "site"
    ran("site", "--store", str(root), "--output", str(output))
    return output


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
            assert "\u202e" not in piece
