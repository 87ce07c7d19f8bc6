"""The site: what its pages show, that its links lead somewhere, that nothing above the audience is in it, how it is written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner

from tests.conftest import Run, small_treaty, without_proposals
from treaty_diff.align.memo import Memo
from treaty_diff.cli import cli
from treaty_diff.errors import RenderError
from treaty_diff.redline.comparison import Article, ArticleKind, Comparison, Head, Summary, TextRef
from treaty_diff.render.laying import state
from treaty_diff.render.site import making
from treaty_diff.render.site.addresses import Pages
from treaty_diff.render.site.building import build
from treaty_diff.render.site.engine import Engine
from treaty_diff.render.site.layout import layout
from treaty_diff.render.site.material import gather
from treaty_diff.render.site.relations import Relations
from treaty_diff.render.site.searching import folded
from treaty_diff.render.site.tabled import tabled as on_the_table
from treaty_diff.render.site.texts import texts
from treaty_diff.render.site.writing import MARK, write
from treaty_diff.store import Store
from treaty_diff.text.model import Kind, Provision, Text
from treaty_diff.text.proposal import Distribution

SECRET = "a cap that nobody outside may read"

NAFTA = small_treaty(
    ("Article 101", "Panels", "1. A Party may ask for a panel.\n2. A panel has five members."),
    ("Article 102", "Costs", "1. Each Party bears its costs as Article 101 says."),
    ("Article 103", "Definitions", "For purposes of this Chapter:\n\npanel means three persons;\n\nParty means a signatory;"),
    treaty="nafta1994",
)
TPP = small_treaty(
    ("Article 28.1", "Panels", "1. A Party may ask for a panel.\n2. A panel has three members."),
    ("Article 28.2", "Notices", "1. Each Party prints a gazette of its measures every month, whatever it costs."),
    ("Article 28.3", "Definitions", "For purposes of this Chapter:\n\npanel means five persons;"),
    treaty="tpp",
    chapter="CHAPTER TWENTY-EIGHT",
)


def tabled(root: Path, folder: Path, *, party: str, marking: str, words: str, round_: str = "4") -> None:
    file = folder / f"{party}-{marking}.txt"
    file.write_text(f"CHAPTER ONE\n\nBEGINNINGS\n\nArticle 101: Panels\n\n1. {words}\n", encoding="utf-8")
    asked = ["table", str(file), "--topic", "panels", "--party", party, "--round", round_, "--distribution", marking]
    result = CliRunner().invoke(cli, [*asked, "--replaces", "101", "--store", str(root)])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two small treaties in place of the real ones, and three texts on one topic, one of them not for the public."""
    root, folder = tmp_path_factory.mktemp("site") / "store", tmp_path_factory.mktemp("tabled")
    with Store.create(root) as made:
        without_proposals(made)
        made.put(NAFTA)
        made.put(TPP)
    tabled(root, folder, party="USA", marking="public", words="A Party shall ask for a panel.")
    tabled(root, folder, party="MEX", marking="public", words="A Party may ask two panels.", round_="5")
    tabled(root, folder, party="CAN", marking="restricted", words=f"A Party gets {SECRET}.")
    return root


def built(store: Path, output: Path, *more: str) -> Path:
    result = CliRunner().invoke(cli, ["site", "--store", str(store), "--output", str(output), *more])
    assert result.exit_code == 0, result.output
    return output


@pytest.fixture(scope="module")
def public(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for everybody; tests only read it."""
    return built(store, tmp_path_factory.mktemp("public") / "site", "--audience", "public")


class Page(HTMLParser):
    """A page's links, ids and words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [
            value for name in ("href", "src", "action") if (value := found.get(name)) and not value.startswith("data:")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_page_is_reached_and_every_link_leads_to_a_page_and_a_place_in_it(public: Path) -> None:
    pages = {path.relative_to(public).as_posix(): Page(path) for path in public.rglob("*.html")}
    reached = {"index.html"}
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            parts = urlsplit(urljoin(f"http://site/{name}", link))
            assert parts.netloc == "site", f"{name} leads out of the site to {link}"
            target, place = unquote(parts.path[1:]), unquote(parts.fragment)
            assert (public / target).is_file(), f"{name} leads to {link}"
            if place and target in pages:
                assert place.partition("!")[0] in {*pages[target].ids, "top"}, f"{name} leads to {link}"
            reached.add(target)
    assert set(pages) <= reached


def test_a_topic_has_its_texts_over_the_rounds_and_redlines_between_the_parties(public: Path) -> None:
    page = Page(public / "topics/panels.html")
    assert page.text.index("United States: a text is tabled") < page.text.index("Mexico: a text is tabled")
    assert "../compare/panels-MEX--panels-USA.html" in page.links
    assert "../compare/panels-USA--nafta1994.html" in page.links
    redline = (public / "compare/panels-MEX--panels-USA.html").read_text("utf-8")
    assert re.search(r"<del[^>]*>shall</del>", redline)


def test_the_front_page_counts_each_chapter_and_topic_in_words(public: Path) -> None:
    page = Page(public / "index.html")
    words = " ".join(page.text.split())
    assert "Panels open United States 4" in words
    assert "compare/nafta1994-ch1--tpp.html" in page.links
    assert "1 changed" in words
    assert "1 no counterpart" in words
    assert "On the table: Panels, United States (round 4); Panels, Mexico (round 5)" in words
    assert "topics/panels.html#panels-USA" in page.links


@pytest.mark.parametrize("audience", ["delegation", "restricted"])
def test_nothing_above_the_audience_is_in_any_file(store: Path, tmp_path: Path, audience: str) -> None:
    found = files(built(store, tmp_path / "site", "--audience", audience))
    assert (SECRET.encode() in b"".join(found.values())) is (audience == "restricted")
    if audience != "restricted":
        for name, data in found.items():
            assert "panels-CAN" not in name
            assert not re.search(rb"panels.CAN|Canada.{0,40}tabled|\boutside\b", data), name


def test_a_text_says_what_it_is_and_what_of_it_is_not_held(embedded: Store) -> None:
    material = gather(embedded, Distribution.PUBLIC, ("tpp",))
    _, page = texts(layout(material), material)
    words = " ".join(re.sub(r"<[^>]*>", " ", page.decode()).split())
    assert "Signed, never in force." in words
    assert "As of 1994." in words
    assert "a restatement in our own words" in words
    assert "No annex is held" in words


def test_an_article_names_its_counterpart_what_is_proposed_and_who_cites_it(public: Path) -> None:
    page = Page(public / "texts/nafta1994/101.html")
    words = " ".join(page.text.split())
    assert "Article 28.1, Panels" in words
    assert "United States: would replace it" in words
    assert words.index("United States: would replace it") < words.index("Mexico: would replace it")
    assert "Article 102(1)" in words[words.index("Cited by") :]
    assert "../../texts/nafta1994/101.html" in Page(public / "texts/nafta1994/102.html").links


def test_where_nothing_answers_the_page_says_so_and_what_comes_nearest(public: Path) -> None:
    page = Page(public / "texts/nafta1994/102.html")
    words = " ".join(page.text.split())
    assert "No counterpart in the TPP." in words
    assert "Nearest there by their words: Article 28.2" in words
    assert any(re.fullmatch(r"\.\./\.\./texts/tpp/28\.2\.html(#.*)?", link) for link in page.links)


def test_what_a_proposal_adds_to_the_treaty_that_it_amends_is_new_there_and_without_counterpart_elsewhere() -> None:
    def side(name: str, *, amends: str = "") -> TextRef:
        return TextRef(name, name, "", "eng@1999-03-02", "eng", "verbatim", "", "", "", amends=amends)

    def stands(base: str) -> str:
        article = Article(ArticleKind.NO_COUNTERPART, Head("art_1", "Article 1", "1", "", ""), None, 0.0, ())
        both = Comparison(side(base), side("panels/USA", amends="nafta1994"), (article,), (), Summary())
        return state(article, both).name

    assert (stands("nafta1994"), stands("tpp")) == ("new", "none")


def test_an_article_has_its_terms_with_both_sides_definitions(public: Path) -> None:
    page = Page(public / "texts/nafta1994/101.html")
    assert [a["href"] for tag, a in page.tags if a.get("class") == "term"] == ["#term-party", "#term-panel", "#term-panel"]
    assert {"term-party", "term-panel"} <= set(page.ids)
    words = " ".join(page.text.split())
    listed = words[words.index("Defined terms used here") :]
    assert "panel NAFTA 1994, Article 103 panel means three persons; the TPP, Article 28.3 panel means five persons;" in listed
    assert "Party means a signatory; Not defined in the TPP." in listed


def test_the_correlation_table_has_what_it_is_sorted_by_and_is_in_order_without_a_script(public: Path) -> None:
    page = Page(public / "correlation/nafta1994--tpp.html")
    assert [a["data-sort"] for tag, a in page.tags if tag == "th" and "data-sort" in a] == ["subject", "base", "score"]
    scores = [float(a["data-score"] or "") for tag, a in page.tags if tag == "tr" and "data-score" in a]
    assert scores
    assert all(0 < score <= 1 for score in scores)
    assert page.text.index("Article 101") < page.text.index("Article 102") < page.text.index("Article 28.2")


def test_a_redline_names_the_terms_of_each_article_and_has_both_sides_definitions_once(public: Path) -> None:
    page = Page(public / "compare/nafta1994-ch1--tpp.html")
    used = [a["href"] for tag, a in page.tags if a.get("class") == "term"]
    assert used[:2] == ["#term-panel", "#term-party"]
    assert {"term-panel", "term-party"} <= set(page.ids)
    listed = " ".join(page.text[page.text.rindex("Defined terms used here") :].split())
    assert "panel NAFTA 1994, Article 103 panel means three persons; the TPP, Article 28.3 panel means five persons;" in listed
    assert "Party NAFTA 1994, Article 103 Party means a signatory; Not defined in the TPP." in listed


def test_two_builds_are_the_same_bytes_whatever_python_hashes_by(store: Path, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        output = tmp_path / seed / "site"
        command = [sys.executable, "-m", "treaty_diff", "site", "--store", str(store), "--output", str(output)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        found.append(files(output))
    assert found[0] == found[1]


def test_no_page_runs_or_asks_for_anything_that_is_not_the_sites_own(public: Path) -> None:
    for path in public.rglob("*.html"):
        page = Page(path)
        policy = [a.get("content") for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
        assert policy == ["default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"], path
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)", path.read_text("utf-8")), path
        assert not [name for _, a in page.tags for name in a if name == "style" or name.startswith("on")], path


def test_a_redline_has_itself_beside_it_for_word_spreadsheets_and_programs(public: Path) -> None:
    page = Page(public / "compare/panels-USA--nafta1994.html")
    names = [link for link in page.links if link.startswith("panels-USA--nafta1994.")]
    assert names == [f"panels-USA--nafta1994.{ending}" for ending in ("docx", "csv", "json", "md")]
    with zipfile.ZipFile(public / "compare/panels-USA--nafta1994.docx") as word:
        assert b"<w:ins " in word.read("word/document.xml")
    document = json.loads((public / "compare/panels-USA--nafta1994.json").read_bytes())
    assert document["schema"] == "treaty-diff/comparison/1"
    assert document["annotations"]["schema"] == "treaty-diff/annotations/1"
    assert "<ins>shall</ins>" in (public / "compare/panels-USA--nafta1994.md").read_text("utf-8")


def test_a_proposal_that_the_other_treaty_answers_is_read_in_three_columns(public: Path) -> None:
    page = Page(public / "compare/panels-USA--nafta1994.html")
    assert [a["data-third"] for tag, a in page.tags if tag == "body"] == ["the TPP"]
    assert [a["data-view"] for tag, a in page.tags if "data-view" in a] == ["inline", "side", "three", "after", "changes"]


def test_a_users_templates_take_the_place_of_ours_and_escape_too(store: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "site").mkdir(parents=True)
    (own / "site/assets").mkdir()
    (own / "site/search.html").write_text(
        '{% extends "ours/site/search.html" %}{% block title %}{{ "<Ours> & theirs" }}{% endblock %}'
    )
    (own / "site/assets/site.css").write_text("body { color: teal }")
    output = built(store, tmp_path / "site", "--templates", str(own))
    assert "<title>&lt;Ours&gt; &amp; theirs" in (output / "search.html").read_text("utf-8")
    assert (output / "assets/site.css").read_text("utf-8") == "body { color: teal }"
    assert "treaty-diff" in (output / "texts.html").read_text("utf-8")


def test_templates_in_the_stores_folder_are_used_without_being_named(run: Run, store: Path, tmp_path: Path) -> None:
    kept = shutil.copytree(store, tmp_path / "store")
    (kept / "templates").mkdir()
    (kept / "templates/comparison.html").write_text(
        "ours no more: {{ c.subject.name }}, {{ 'noted' if notes is not none else 'turned' }}"
    )
    asked = ["compare", "panels/USA", "--against", "nafta1994", "--format", "html", "--output", str(tmp_path / "page")]
    assert run(*asked, "--store", str(kept)).exit_code == 0
    assert (tmp_path / "page/index.html").read_text("utf-8") == "ours no more: the United States’ proposal on panels, noted"
    assert run("verify", "--store", str(kept)).exit_code == 0


def test_a_broken_template_is_named_and_nothing_is_written(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/search.html").write_text("{% nonsense %}")
    result = run("site", "--store", str(store), "--templates", str(tmp_path), "--output", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "The template site/search.html cannot be used." in result.output
    assert not (tmp_path / "out").exists()


def test_a_template_of_a_strangers_store_reaches_nothing_of_python(run: Run, store: Path, tmp_path: Path) -> None:
    own, trace = tmp_path / "templates/site", tmp_path / "trace"
    own.mkdir(parents=True)
    way = "site.layout.__class__.__init__.__globals__['__builtins__']['open']"
    for begin in (way, way.replace("site.layout", "''"), "''.__class__.__mro__[1].__subclasses__()", "date.__globals__"):
        (own / "map.html").write_text(f"{{{{ {begin}('{trace}', 'w') }}}}")
        result = run("site", "--store", str(store), "--output", str(tmp_path / "site"), "--templates", str(own.parent))
        assert result.exit_code == 2
        assert "The template site/map.html cannot be used." in result.output
    assert not trace.exists()
    assert not (tmp_path / "site").exists()


def test_what_is_unchanged_is_not_written_and_what_is_no_longer_there_goes(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    first = write({"a.html": b"one", "deep/b.html": b"two"}, folder)
    assert (first.written, first.kept, first.removed) == (2, 0, 0)
    before = (folder / "a.html").stat().st_mtime_ns
    second = write({"a.html": b"one", "c.html": b"three"}, folder)
    assert (second.written, second.kept, second.removed) == (1, 1, 1)
    assert (folder / "a.html").stat().st_mtime_ns == before
    assert not (folder / "deep/b.html").exists()


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RenderError) as caught:
        write({"index.html": b"one"}, tmp_path)
    assert MARK in caught.value.cause
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_list_of_files_that_leads_out_of_the_folder_removes_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write({"index.html": b"one"}, folder)
    (tmp_path / "precious.txt").write_text("mine")
    (folder / MARK).write_text(f"{'0' * 64}  ../precious.txt\n{tmp_path / 'precious.txt'}\nindex.html\n")
    write({"index.html": b"one"}, folder)
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_a_treaty_that_is_not_held_is_named(run: Run, store: Path) -> None:
    result = run("site", "--store", str(store), "--against", "korea")
    assert result.exit_code == 2
    assert "The store holds no treaty “korea”." in result.output
    assert not Path("site").exists()


def shard(public: Path, name: str) -> Any:
    """What a search script hands over."""
    found = re.fullmatch(r"TREATY_DIFF_SEARCH\([^,]+,[^,]+,(.*)\);\n", (public / f"search/{name}.js").read_text("ascii"), re.S)
    assert found
    return json.loads(found[1])


def test_every_word_leads_to_the_shard_that_has_it_and_every_label_to_its_place(public: Path) -> None:
    listed = shard(public, "list")
    assert len(listed["works"]) == 4
    words = {(word, number) for numbers, held in listed["words"] for word in held.split() for number in numbers}
    shards = len(list((public / "search").glob("text-*.js")))
    assert {number for _, number in words} == set(range(shards))
    for number in range(shards):
        articles, *columns = shard(public, f"text-{number}")
        for article, _, _, text in zip(articles, *(column.split("\n") for column in columns), strict=True):
            assert (public / listed["articles"][article][1]).is_file()
            assert words >= {(word, number) for word in re.findall(r"[^\W_]+", folded(text))}
    (citation, place, beginning, article), *_ = shard(public, "cite-28")["28.1.2"]
    assert (citation, beginning) == ("Article 28.1.2", "A panel has three members.")
    assert f'id="{place}"' in (public / listed["articles"][article][1]).read_text("utf-8")


def test_what_stands_in_no_chapter_is_listed_under_none(embedded: Store) -> None:
    home = gather(embedded, Distribution.PUBLIC, ()).home
    preamble = Provision(Kind.PREAMBLE, "preamble", text=Text("We agree.", "eng"))
    root = replace(NAFTA.root, children=(preamble, *NAFTA.root.children))
    work = replace(home, treaty=NAFTA.with_root(root))
    assert [(str(p.kind), str(c.kind) if c is not None else None) for p, c in work.units] == [
        ("preamble", None),
        ("article", "chapter"),
        ("article", "chapter"),
        ("article", "chapter"),
    ]


def test_a_topic_shows_the_parties_texts_as_one_with_who_proposes_what_by_name(public: Path) -> None:
    text = " ".join(Page(public / "topics/panels.html").text.split())
    assert "Consolidated text" in text
    assert "A Party [Mexico, United States propose deletion: may ask for a panel]" in text
    assert "[Mexico proposes: may ask two panels][United States proposes: shall ask for a panel]." in text
    assert SECRET not in text


def test_however_many_processes_work_the_files_are_the_same(store: Path) -> None:
    with Store(store) as held:
        material = gather(held, Distribution.RESTRICTED, ("tpp",))
        one, two = (build(material, Memo(None), processes=count) for count in (1, 2))
    assert one == two
    assert list(one) == sorted(one)


def test_a_section_has_no_page_and_no_place_of_its_own_and_its_chapter_is_shown(embedded: Store) -> None:
    home = gather(embedded, Distribution.PUBLIC, ()).home
    (chapter,) = NAFTA.root.children
    section = Provision(Kind.SECTION, f"{chapter.eid}__sec_A", children=chapter.children)
    root = replace(NAFTA.root, children=(replace(chapter, children=(section,)),))
    pages = Pages(replace(home, treaty=NAFTA.with_root(root)))
    assert pages.place(section) == pages.place(root.children[0]) == f"texts/nafta1994/index.html#{chapter.eid}"


def test_the_topics_page_leads_to_the_three_columns_and_an_article_to_what_is_proposed_for_it(public: Path) -> None:
    assert "../compare/panels-USA--nafta1994.html#text!three" in Page(public / "topics/panels.html").links
    assert "../../compare/panels-USA--nafta1994.html#chp_1__art_101" in Page(public / "texts/nafta1994/101.html").links


def test_what_has_not_changed_is_looked_at_and_not_built_again(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATY_DIFF_CACHE", str(tmp_path / "cache"))
    output = built(store, tmp_path / "site")
    whole = {p: p.read_bytes() for p in output.rglob("*") if p.is_file()}

    def never(*asked: object) -> dict[str, bytes]:
        raise AssertionError("built again")

    with monkeypatch.context() as patch:
        patch.setattr(making, "build", never)
        result = run("site", "--store", str(store), "--output", str(output))
        assert result.exit_code == 0, result.output
        assert ": 0 written" in result.output
    (output / "index.html").write_text("somebody's own")
    (output / "map.html").unlink()
    built(store, output)
    assert {p: p.read_bytes() for p in output.rglob("*") if p.is_file()} == whole
    (output / MARK).write_bytes(b"0" * 64 + b"  index.html\n")
    built(store, output)
    assert {p: p.read_bytes() for p in output.rglob("*") if p.is_file()} == whole


def test_a_chapters_redline_says_what_is_on_the_table_for_its_articles(public: Path) -> None:
    page = (public / "compare/nafta1994-ch1--tpp.html").read_text("utf-8")
    said = re.findall(r'<li>(Panels, round [^<]*)<a href="([^"]*)">([^<]*)</a></li>', page)
    assert [(when[:16], who) for when, _, who in said] == [
        ("Panels, round 4,", "United States would replace it"),
        ("Panels, round 5,", "Mexico would replace it"),
    ]
    for _, address, _ in said:
        path, _, place = urljoin("compare/", address).partition("#")
        assert f'id="{place}"' in (public / path).read_text("utf-8")
    turned = (public / "compare/tpp--nafta1994-ch1.html").read_text("utf-8")
    assert "On the table" not in turned


def test_a_proposal_that_is_compared_with_nothing_leads_to_its_text(store: Path) -> None:
    with Store(store) as held:
        material = gather(held, Distribution.PUBLIC, ("tpp",))
    relations = Relations(material, Engine(material, Memo(None), 1), [])
    (article,) = material.home.index.find("101")
    found = on_the_table(relations, material.home, article)
    assert [one.address for one in found] == ["texts/panels-USA/index.html", "texts/panels-MEX/index.html"]


def test_an_article_says_what_the_treatys_earlier_texts_had(tmp_path: Path) -> None:
    root = tmp_path / "store"
    older = small_treaty(
        ("Article 101", "Panels", "1. A Party may ask for a panel.\n2. A panel has three members."),
        ("Article 102", "Costs", "1. Each Party bears its costs as Article 101 says."),
        treaty="nafta1994",
    )
    with Store.create(root) as made:
        without_proposals(made)
        made.put(replace(older, meta=replace(older.meta, date="1992-10-07")))
        made.put(replace(NAFTA, meta=replace(NAFTA.meta, date="1993-11-20")))
        made.put(TPP)
    output = built(root, tmp_path / "site")

    def said(number: str) -> list[str]:
        return re.findall(r"<p>(In the text of [^<]*)</p>", (output / f"texts/nafta1994/{number}.html").read_text("utf-8"))

    assert said("101") == ["In the text of 7 October 1992 it read differently."]
    assert said("102") == ["In the text of 7 October 1992 it had the same words."]
    assert said("103") == ["In the text of 7 October 1992 it did not stand."]
