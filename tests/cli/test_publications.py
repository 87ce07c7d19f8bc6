"""Publications of several files, and profiles of sites, as a user imports them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.ingest.test_pdf import down, pdf
from treaty_diff.ingest.sources import SourceFile, Sources, gather
from treaty_diff.store import Store, user_store


def chapter(number: int, title: str, *, note: str = "") -> str:
    mark = "<a href='#fn1'>1</a>" if note else ""
    foot = f"<p><a name='fn1'>1</a> {note}</p>" if note else ""
    return (
        f"<html><body><h2>Chapter {number}: {title}</h2><h3>Article {number}.1: Rule of {title}</h3>"
        f"<p>1. Each guild keeps the rule of {title.lower()}{mark}.</p><p>2. No guild breaks it.</p>{foot}</body></html>"
    )


def text(number: int, title: str) -> str:
    return f"CHAPTER {number}\n{title.upper()}\nArticle {number}.1: Rule of {title}\n1. Each guild keeps the rule of {title.lower()}.\n2. No guild breaks it.\n"


def printed(number: int, title: str) -> bytes:
    return pdf(down(*text(number, title).splitlines()))


def imported(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("import", *arguments, "--treaty", "pact", "--date", "2001-02-03", "--format", "json")
    assert result.exit_code == 0, result.output + result.stderr
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def notes(report: dict[str, Any], part: str, what: str) -> list[str]:
    return [note["place"] for note in report[part] if note["what"] == what]


def articles(run: Run) -> list[str]:
    rows = json.loads(run("list", "pact", "--format", "json").stdout)["contents"]
    return [row["citation"] for row in rows if row["kind"] == "article"]


@pytest.fixture
def folder(run: Run) -> Path:
    made = Path("pact")
    made.mkdir()
    return made


def test_a_table_of_contents_with_a_page_for_each_chapter(run: Run, folder: Path) -> None:
    (folder / "index.html").write_text(
        "<html><title>Pact</title><body><h1>Pact of the Guilds</h1><ul><li><a href='wares.html'>Chapter 1</a></li>"
        "<li><a href='https://example.org/pact/ends.html'>Chapter 2</a></li></ul></body></html>"
    )
    (folder / "ends.html").write_text(chapter(2, "Ends", note="The end is near."))
    (folder / "wares.html").write_text(chapter(1, "Wares", note="Wares are goods."))
    (folder / "style.css").write_text("p { color: red }")
    report = imported(run, "pact")
    assert articles(run) == ["Article 1.1", "Article 2.1"]
    assert report["counts"]["footnote"] == 2
    assert notes(report, "dropped", "file that is no text of a treaty") == ["style.css"]


def test_a_contents_page_that_links_files_of_another_kind(run: Run, folder: Path) -> None:
    links = "".join(f"<a href='files/{name}.pdf'>{name}</a>" for name in ("zeta", "alpha", "lost"))
    (folder / "contents.html").write_text(f"<html><body><h1>Pact</h1>{links}</body></html>")
    (folder / "zeta.pdf").write_bytes(printed(1, "Wares"))
    (folder / "alpha.pdf").write_bytes(printed(2, "Ends"))
    (folder / "notice.pdf").write_bytes(pdf(down("This pact is printed by the guilds.")))
    report = imported(run, "pact")
    assert articles(run) == ["Article 1.1", "Article 2.1"]
    assert report["source"] == "PDF"
    assert notes(report, "unclear", "file that the table of contents links to, not there") == ["contents.html, line 1"]
    assert notes(report, "unclear", "file without a heading of a treaty, left out") == ["notice.pdf"]


def test_files_without_contents_stand_in_the_order_of_their_chapters(run: Run, folder: Path) -> None:
    (folder / "b.txt").write_text(text(1, "Wares"))
    (folder / "a.pdf").write_bytes(printed(10, "Ends"))
    (folder / "c.html").write_text(chapter(2, "Scales"))
    (folder / "notes.json").write_text("{}")
    report = imported(run, "pact")
    assert articles(run) == ["Article 1.1", "Article 2.1", "Article 10.1"]
    assert notes(report, "notes", "files put in order") == ["pact/"]
    assert notes(report, "dropped", "file that is no text of a treaty") == ["notes.json"]


def test_files_named_one_by_one_stand_as_they_are_named(run: Run) -> None:
    Path("one.txt").write_text(text(1, "Wares"))
    Path("two.txt").write_text("Article 1.2: Scales\nScales are fair.\n")
    report = imported(run, "one.txt", "two.txt")
    assert articles(run) == ["Article 1.1", "Article 1.2"]
    assert all(place.startswith(("one.txt", "two.txt")) for place in notes(report, "dropped", "title or table of contents"))


def test_a_chapter_in_two_files_is_said_so(run: Run, folder: Path) -> None:
    (folder / "1.txt").write_text(text(1, "Wares"))
    (folder / "1-again.txt").write_text(text(1, "Wares") + "Article 1.2: Scales\nScales are fair.\n")
    assert notes(imported(run, "pact"), "unclear", "chapter that another file has too, left out") == ["1-again.txt"]


def test_one_broken_file_stops_the_import_by_name_and_nothing_is_written(run: Run, folder: Path) -> None:
    run("list")
    head = Store(user_store()).at().commit
    (folder / "1.txt").write_text(text(1, "Wares"))
    (folder / "2.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    result = run("import", "pact", "--treaty", "pact", "--date", "2001-02-03")
    assert result.exit_code == 2
    assert "2.pdf" in result.stderr
    assert Store(user_store()).at().commit == head


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "has no files"),
        ({"style.css": b"p {}", "photo.jpg": b"\xff\xd8\xff\xe0"}, "has no text of a treaty"),
    ],
)
def test_a_folder_without_text_is_an_error(run: Run, folder: Path, files: dict[str, bytes], what: str) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    result = run("import", "pact", "--treaty", "pact", "--date", "2001-02-03")
    assert result.exit_code == 2
    assert what in result.stderr


def test_links_and_hidden_files_in_a_folder_are_not_read(folder: Path) -> None:
    Path("secret.txt").write_text("secret")
    (folder / "1.txt").write_text("one")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "link.txt").symlink_to(Path("secret.txt").resolve())
    (folder / "inner").mkdir()
    assert [file.name for file in gather([folder]).files] == ["1.txt"]


def test_the_sum_of_several_files_is_that_of_their_list() -> None:
    files = (SourceFile("b.txt", b"two"), SourceFile("a.txt", b"one"))
    rows = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in (("a.txt", b"one"), ("b.txt", b"two")))
    assert Sources("pact/", files).sha256 == hashlib.sha256(rows.encode()).hexdigest()
    assert Sources("a.txt", files[:1]).sha256 == hashlib.sha256(b"two").hexdigest()


SITE = "<html><body><div class='trail'><p>Home Treaties</p></div><div class='words'><h3>Article 1: Wares</h3><p>Wares are goods.</p></div></body></html>"


def test_a_profile_of_ones_own_says_where_the_text_is(run: Run) -> None:
    Path("page.html").write_text(SITE)
    Path("guild.toml").write_text('about = "The guilds\' hall."\ncontent = [".words"]\n')
    imported(run, "page.html", "--profile", "guild.toml")
    assert "Home Treaties" not in run("show", "pact", "--format", "text").output
    imported(run, "page.html", "--profile", "general")
    assert "Home Treaties" in run("show", "pact", "--format", "text").output


@pytest.mark.parametrize(
    ("profile", "what"),
    [
        ("nowhere", "There is no profile “nowhere”"),
        ("broken.toml", "broken"),
    ],
)
def test_a_profile_that_is_none_is_an_error(run: Run, profile: str, what: str) -> None:
    Path("page.html").write_text(SITE)
    Path("broken.toml").write_text("content = 5\n")
    result = run("import", "page.html", "--treaty", "pact", "--date", "2001-02-03", "--profile", profile)
    assert result.exit_code == 2
    assert what in result.stderr
