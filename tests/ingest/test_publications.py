"""Publications of several files, of our own making: their order, their contents pages, what is left out, what is broken."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from tests.ingest.test_docx import docx, footnotes, note, p, r
from tests.ingest.test_pdf import down, pdf
from treaty_diff.errors import SourceError
from treaty_diff.ingest import Choices, Report, Sources, gather, profiles, read_sources
from treaty_diff.ingest.sources import natural
from treaty_diff.text.model import Kind, Metadata, Treaty


def dated(meta: Metadata) -> Metadata:
    return Metadata(meta.treaty, meta.title, "2001-02-03", "2001-02-03", meta.language)


def taken(sources: Sources, profile: str = "") -> tuple[Treaty, Report]:
    return read_sources(sources, "pact", choices=Choices(profile=profile), settle=dated)


def site(folder: Path, **pages: str | bytes) -> Path:
    """A folder with files; `__` in a name stands for a stop, web pages need no ending."""
    for name, page in pages.items():
        path = folder / (name.replace("__", ".") if "__" in name else f"{name}.htm")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return folder


def chapter(number: int, title: str = "Rules", articles: int = 1) -> str:
    """A chapter's page: a link away, headings, an article with a footnote that counts from one."""
    made = "".join(
        f"<h3>Article {number}.{n}: Rule {n}</h3><p>1. Rule {number}.{n} binds all Guilds<a href='#fn{n}'>{n}</a>.</p><p>2. It holds for ever.</p>"
        for n in range(1, articles + 1)
    )
    notes = "".join(f"<p><a name='fn{n}'>{n}</a> Note {number}.{n}.</p>" for n in range(1, articles + 1))
    return f"<html><body><p><a href='toc.htm'>Contents</a></p><h2>Chapter {number}: {title}</h2>{made}{notes}</body></html>"


def shown(treaty: Treaty) -> list[str]:
    """Chapters and articles in order, footnotes in brackets behind their words."""
    out = []
    for provision in treaty.walk():
        if provision.kind in (Kind.PART, Kind.CHAPTER, Kind.ARTICLE, Kind.ANNEX):
            out.append(f"{provision.label} {provision.title}".strip())
        out += [f"[{found.marker} {found.body.content}]" for found in provision.footnotes]
    return out


def whats(report: Report, what: str) -> list[str]:
    return [n.place for n in (*report.mended, *report.dropped, *report.unclear) if n.what == what]


CONTENTS = """<html lang="en"><head><title>Pact of the Guilds</title></head><body><h1>Pact of the Guilds</h1><p>Signed in our own town.</p>
<p>PART ONE: WARES</p><p>Chapter 2</p><ul><li><a href='http://example.org/pact/two.htm#a'>Wares</a></li></ul>
<p>PART TWO</p><p>ENDS</p><p><a href='ten.htm'>Chapter 10: Ends</a></p><p><a href='ten.htm#b'>Article 10.1</a></p>
<p><a href='gone.htm'>Annex 10-A</a></p></body></html>"""


def test_a_contents_page_brings_its_pages_in_order(tmp_path: Path) -> None:
    site(
        tmp_path,
        toc=CONTENTS,
        ten=chapter(10, "Ends"),
        two=chapter(2, "Wares"),
        style__css="p {}",
        stray="<p>Come and see our shop</p>",
    )
    treaty, report = taken(gather([tmp_path]))
    assert shown(treaty) == [
        "PART ONE WARES".replace("PART", "Part").replace("ONE", "One"), "Chapter 2 Wares", "Article 2.1 Rule 1", "[1 Note 2.1.]",
        "Part Two ENDS", "Chapter 10 Ends", "Article 10.1 Rule 1", "[1 Note 10.1.]",
    ]  # fmt: skip
    assert treaty.meta.title == "Pact of the Guilds"
    assert whats(report, "files put in order") == ["toc.htm"]
    assert whats(report, "contents page, no part of the text") == ["toc.htm"]
    assert whats(report, "file that is no text of a treaty") == ["style.css"]
    assert whats(report, "file without a heading of a treaty, left out") == ["stray.htm"]
    assert whats(report, "file that the table of contents links to, not there") == ["toc.htm, line 4"]
    assert [(f.name, f.use) for f in report.files] == [
        ("toc.htm", "contents"), ("two.htm", "text"), ("ten.htm", "text"), ("stray.htm", "left out"),
    ]  # fmt: skip


def test_what_a_page_of_contents_says_of_itself_is_told_and_not_read(tmp_path: Path) -> None:
    site(tmp_path, toc=CONTENTS, ten=chapter(10, "Ends"), two=chapter(2, "Wares"))
    treaty, report = taken(gather([tmp_path]))
    assert not any("town" in provision.words for provision in treaty.walk())
    assert "Signed in our own town." in {n.words for n in report.dropped}


def test_a_chapter_without_a_heading_has_the_one_that_its_link_says(tmp_path: Path) -> None:
    page = "<h3>Article {0}: Rule</h3><p>It binds all Guilds.</p>"
    links = "<p><a href='b.htm'>Chapter One: Words</a></p><p><a href='a.htm'>Chapter Two: Wares</a></p>"
    site(tmp_path, index=links, b=page.format(101), a=page.format(201))
    treaty, report = taken(gather([tmp_path]))
    assert shown(treaty) == ["Chapter One Words", "Article 101 Rule", "Chapter Two Wares", "Article 201 Rule"]
    assert whats(report, "chapter's heading taken from the contents page") == ["b.htm", "a.htm"]


def test_a_chapter_that_no_link_leads_to_stands_behind_its_neighbour_and_is_told(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='c{n}.htm'>Chapter {n}</a></p>" for n in (1, 2, 4))
    site(tmp_path, index=links, **{f"c{n}": chapter(n) for n in (1, 2, 3, 4)})
    treaty, report = taken(gather([tmp_path]))
    assert [c.label for c in treaty.chapters()] == [f"Chapter {n}" for n in (1, 2, 3, 4)]
    assert whats(report, "file that the contents page does not link to") == ["c3.htm"]


def test_a_menu_on_every_page_makes_none_a_contents_page(tmp_path: Path) -> None:
    menu = "".join(f"<a href='c{n}.htm'>Chapter {n}</a> " for n in range(1, 5))
    site(tmp_path, **{f"c{n}": f"<p>{menu}</p>{chapter(n)}" for n in range(1, 5)})
    treaty, report = taken(gather([tmp_path]))
    assert [c.label for c in treaty.chapters()] == [f"Chapter {n}" for n in range(1, 5)]
    assert [n.words for n in report.mended if n.what == "files put in order"] == ["by the numbers of their chapters"]


def test_files_follow_the_numbers_of_their_chapters_whatever_their_names(tmp_path: Path) -> None:
    site(tmp_path, ends=chapter(10), wares=chapter(9), words=chapter(1), annex="<h2>Annex 9-A: Cloth</h2><p>Cloth is a ware.</p>")
    treaty, _ = taken(gather([tmp_path]))
    assert [line for line in shown(treaty) if not line.startswith(("[", "Article"))] == [
        "Chapter 1 Rules", "Chapter 9 Rules", "Annex 9-A Cloth", "Chapter 10 Rules",
    ]  # fmt: skip


def test_names_tell_the_order_where_no_chapter_has_a_number(tmp_path: Path) -> None:
    page = "<h3>Article {0}: Rule</h3><p>It binds all Guilds.</p>"
    site(tmp_path, part10=page.format(7), part2=page.format(4), part1=page.format(1))
    treaty, report = taken(gather([tmp_path]))
    assert [a.label for a in treaty.articles()] == ["Article 1", "Article 4", "Article 7"]
    assert [n.words for n in report.mended if n.what == "files put in order"] == ["by their names"]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=6, unique=True))
def test_names_are_sorted_by_their_numbers(numbers: list[int]) -> None:
    assert sorted((f"chapter{n}.pdf" for n in numbers), key=natural) == [f"chapter{n}.pdf" for n in sorted(numbers)]


def test_a_preamble_stands_in_front(tmp_path: Path) -> None:
    site(tmp_path, z="<h2>Preamble</h2><p>The Guilds, weary of quarrels, have agreed:</p>", a1=chapter(1), a2=chapter(2))
    treaty, _ = taken(gather([tmp_path]))
    assert [child.kind for child in treaty.root.children] == [Kind.PREAMBLE, Kind.CHAPTER, Kind.CHAPTER]


def word_chapter(number: int) -> bytes:
    body = p(f"Chapter {number}: Rules", "Heading1") + p(f"Article {number}.1: Rule 1", "Article")
    body += p(r(f"Rule {number}.1 binds all Guilds") + note(1) + r("."), num="1") + p("It holds for ever.", num="1")
    return docx(body, notes=footnotes(f"Note {number}.1."))


def pdf_chapter(number: int) -> bytes:
    rows = down(
        f"Chapter {number}: Rules",
        f"Article {number}.1: Rule 1",
        f"1. Rule {number}.1 binds all Guilds1.",
        "2. It holds for ever.",
    )
    return pdf([*rows, *down(f"1 Note {number}.1.", top=120), *down(f"{number}-1", x=290, top=40)])


def plain_chapter(number: int) -> bytes:
    lines = [
        f"Chapter {number}: Rules",
        f"Article {number}.1: Rule 1",
        f"1. Rule {number}.1 binds all Guilds1.",
        f"1 Note {number}.1.",
        "2. It holds for ever.",
    ]
    return "\n".join(lines).encode()


def test_files_of_all_kinds_make_one_tree(tmp_path: Path) -> None:
    site(tmp_path, c1=chapter(1), c2__docx=word_chapter(2), c3__pdf=pdf_chapter(3), c4__txt=plain_chapter(4))
    treaty, report = taken(gather([tmp_path]))
    assert shown(treaty) == [
        line for n in range(1, 5) for line in (f"Chapter {n} Rules", f"Article {n}.1 Rule 1", f"[1 Note {n}.1.]")
    ]  # fmt: skip
    assert [[q.words for q in a.children] for a in treaty.articles()] == [
        [f"Rule {n}.1 binds all Guilds.", "It holds for ever."] for n in range(1, 5)
    ]
    assert report.source == "HTML, Word (DOCX), PDF, plain text"
    assert [f.kind for f in report.files] == ["HTML", "Word (DOCX)", "PDF", "plain text"]


def test_a_chapter_in_two_forms_is_read_once_and_told(tmp_path: Path) -> None:
    links = "".join(f"<li>Chapter {n} <a href='c{n}.htm'>HTML</a> <a href='c{n}.pdf'>PDF</a></li>" for n in (1, 2))
    site(tmp_path, index=links, c1=chapter(1), c2=chapter(2), c1__pdf=pdf_chapter(1), c2__pdf=pdf_chapter(2))
    treaty, report = taken(gather([tmp_path]))
    assert [a.label for a in treaty.articles()] == ["Article 1.1", "Article 2.1"]
    assert whats(report, "chapter that another file has too, left out") == ["c1.pdf", "c2.pdf"]


def test_a_file_saved_twice_is_read_once(tmp_path: Path) -> None:
    site(tmp_path, c1=chapter(1), c2=chapter(2))
    (tmp_path / "c2 (1).htm").write_text(chapter(2))
    treaty, report = taken(gather([tmp_path]))
    assert len(treaty.articles()) == 2
    assert len(whats(report, "file with the same bytes as another one")) == 1


def test_files_named_by_hand_are_read_as_given_and_disorder_is_told(tmp_path: Path) -> None:
    site(tmp_path, a=chapter(1), b=chapter(2), c=chapter(3))
    given_ = gather([tmp_path / f"{name}.htm" for name in "acb"])
    _, report = taken(given_)
    assert [f.name for f in report.files] == ["a.htm", "c.htm", "b.htm"]
    assert whats(report, "chapter out of order") == ["b.htm"]


def test_lines_that_all_pages_repeat_are_dropped(tmp_path: Path) -> None:
    def page(n: int) -> str:
        return (
            chapter(n)
            .replace("<h2>", "<p>Pact of the Guilds</p><p>Town edition</p><h2>")
            .replace("</body>", "<p>All rights are the Guilds'</p><p>Come again soon.</p></body>")
        )

    site(tmp_path, **{f"c{n}": page(n) for n in (1, 2, 3)})
    treaty, report = taken(gather([tmp_path]))
    assert [[p.words for p in a.children[1:]] for a in treaty.articles()] == [["It holds for ever.\nCome again soon."]] * 3
    assert len(whats(report, "line that most files repeat")) == 9
    assert whats(report, "line that most files repeat, kept") == [
        f"c{n}.htm, line 1" for n in (1, 2, 3)
    ]  # `2. It holds for ever.`


def test_places_in_the_report_name_the_file(tmp_path: Path) -> None:
    site(tmp_path, c1=chapter(1), c2=chapter(2).replace("<p>2.", "<p>2.<img alt='A seal'>"))
    _, report = taken(gather([tmp_path]))
    assert whats(report, "picture left out") == ["c2.htm, line 1"]


def test_chapters_of_a_site_may_lie_in_folders(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='../text/{n}/c.htm'>Chapter {n}</a></p>" for n in (2, 1))
    site(tmp_path / "pages", index=links)
    for n in (1, 2):
        site(tmp_path / "text" / str(n), c=chapter(n))
    site(tmp_path / "pages" / "index_files", seal__png=b"\x89PNG")
    _, report = taken(gather([tmp_path]))
    assert [f.name for f in report.files] == ["pages/index.htm", "text/2/c.htm", "text/1/c.htm"]
    assert whats(report, "chapter out of order") == ["text/1/c.htm"]
    assert whats(report, "file that is no text of a treaty") == ["pages/index_files/seal.png"]


@pytest.mark.parametrize(
    "href",
    [
        "../secret.htm",
        "/etc/passwd",
        "file:///etc/passwd",
        "link.htm",
        "%2e%2e/secret.htm",
        "..\\secret.htm",
        "//[x",
        "http://example.org/secret.htm",
    ],
)
def test_no_link_leads_out_of_the_folder(tmp_path: Path, href: str) -> None:
    (tmp_path / "secret.htm").write_text(chapter(3, "Secret"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "link.htm").symlink_to(tmp_path / "secret.htm")
    (tmp_path / "site" / "out").symlink_to(tmp_path)
    links = f"<p><a href='c1.htm'>Chapter 1</a></p><p><a href='c2.htm'>Chapter 2</a></p><p><a href='{href}'>Chapter 3</a></p>"
    site(tmp_path / "site", index=links, c1=chapter(1), c2=chapter(2))
    treaty, report = taken(gather([tmp_path / "site"]))
    assert len(treaty.articles()) == 2
    assert whats(report, "file that is no text of a treaty") == ["out", "link.htm"]
    assert len(whats(report, "file that the table of contents links to, not there")) == (href != "//[x")


def test_a_frame_set_is_no_text(tmp_path: Path) -> None:
    frames = "<html><frameset cols='20,80'><frame src='menu.htm'><frame src='c1.htm'></frameset></html>"
    site(
        tmp_path,
        index=frames,
        menu="<p><a href='c1.htm'>Chapter 1</a></p><p><a href='c2.htm'>Chapter 2</a></p>",
        c1=chapter(1),
        c2=chapter(2),
    )
    treaty, report = taken(gather([tmp_path]))
    assert len(treaty.chapters()) == 2
    assert whats(report, "frames, no part of the text") == ["index.htm"]
    assert whats(report, "contents page, no part of the text") == ["menu.htm"]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "x")
        made.writestr("word/document.xml", "<w:document")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("c3.htm", b""),
        ("c3.htm", b"<p>" + b"x" * 32_000_001),
        ("c3.docx", archive()),
        ("c3.docx", b"not a zip \0"),
        ("c3.pdf", b"%PDF-1.4 cut"),
        ("c3.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("c3.txt", b"\1\2\3\4" * 100),
        ("c3.xml", b"<treaty><meta/><body><chapter/></body></treaty>"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    site(tmp_path, c1=chapter(1), c2=chapter(2))
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as error:
        taken(gather([tmp_path]))
    assert name in error.value.what
    assert error.value.cause
    assert error.value.fix


def test_folders_without_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no files"):
        gather([tmp_path])
    site(tmp_path, a="<p>Come in</p>", b="<p>Go away</p>")
    with pytest.raises(SourceError, match="no text of a treaty"):
        taken(gather([tmp_path]))


def test_the_files_together_have_a_bound(tmp_path: Path) -> None:
    site(tmp_path, a=chapter(1), b=chapter(2), c__png=b"x" * 5_000)
    size = sum((tmp_path / name).stat().st_size for name in ("a.htm", "b.htm"))
    assert len(gather([tmp_path], limit=size).files) == 2
    with pytest.raises(SourceError, match="too large"):
        gather([tmp_path], limit=size - 1)
    with pytest.raises(SourceError, match="too large"):
        gather([tmp_path / "a.htm", tmp_path / "b.htm"], limit=size - 1)


def test_a_profile_of_ones_own_is_used_for_all_pages(tmp_path: Path) -> None:
    page = "<div class=x><p>Article {0}: Out</p><p>It is not there.</p></div><div class=y><p class=h>Article {0}</p><p>It binds.</p></div>"
    site(tmp_path, a=page.format(1), b=page.format(2))
    own = tmp_path / "own.toml"
    own.write_text('content = [".y"]\narticles = [".h"]\n')
    treaty, _ = taken(gather([tmp_path]), profile=str(own))
    assert [(a.label, a.children[0].words) for a in treaty.articles()] == [("Article 1", "It binds."), ("Article 2", "It binds.")]


def heads(run: Run, tmp_path: Path) -> str:
    run("list")
    store = tmp_path / "data" / "treaty-diff" / "store"
    return subprocess.run(["git", "-C", str(store), "log", "--format=%H %b"], capture_output=True, check=True, text=True).stdout


def test_a_folder_is_one_import_and_one_commit(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "pact-site", c1=chapter(1), c2=chapter(2), c3__pdf=pdf_chapter(3))
    before = heads(run, tmp_path)
    first = run("import", str(tmp_path / "pact-site"), "--treaty", "pact", "--date", "2001-02-03", "--format", "json")
    assert first.exit_code == 0, first.output
    report = json.loads(first.stdout)
    assert report["counts"]["article"] == 3
    assert [(f["name"], f["kind"], f["use"]) for f in report["files"]] == [
        ("c1.htm", "HTML", "text"), ("c2.htm", "HTML", "text"), ("c3.pdf", "PDF", "text"),
    ]  # fmt: skip
    after = heads(run, tmp_path)
    assert after.count("Source:") == before.count("Source:") + 1
    assert "Source: pact-site/" in after
    assert f"Source-SHA256: {gather([tmp_path / 'pact-site']).sha256}" in after
    again = run("import", str(tmp_path / "pact-site"), "--treaty", "pact", "--date", "2001-02-03")
    assert "nothing committed" in again.stdout
    assert heads(run, tmp_path) == after


def test_several_files_are_one_import(run: Run, tmp_path: Path) -> None:
    folder = site(tmp_path / "x", c1=chapter(1), c2=chapter(2))
    result = run("import", str(folder / "c1.htm"), str(folder / "c2.htm"), "--treaty", "pact", "--date", "2001-02-03")
    assert result.exit_code == 0, result.output
    assert "2 articles" in result.stdout
    assert run("show", "pact:2.1").exit_code == 0


def test_a_broken_file_among_others_writes_nothing(run: Run, tmp_path: Path) -> None:
    folder = site(tmp_path / "x", c1=chapter(1), c2__pdf=b"%PDF-1.4 cut off")
    before = heads(run, tmp_path)
    result = run("import", str(folder), "--treaty", "pact", "--date", "2001-02-03")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "c2.pdf" in result.stderr
    assert heads(run, tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("c1.htm", "c1.htm"), "Two files are called c1.htm"),
        (("c1.htm", "."), "cannot be read"),
        (("c1.htm", "gone.htm"), "cannot be read"),
        (("c1.htm", "--profile", "atlantis"), "no profile “atlantis”"),
        (("c1.htm", "--profile", "broken.toml"), "broken cannot be used"),
        (("c2.txt", "--profile", "sice"), "profile has nothing to say"),
    ],
)
def test_what_cannot_be_imported_together_is_said(run: Run, arguments: tuple[str, ...], what: str) -> None:
    site(Path(), c1=chapter(1), c2__txt=plain_chapter(2), broken__toml="content = 'x'")
    result = run("import", *arguments, "--treaty", "pact", "--date", "2001-02-03")
    assert (result.exit_code, result.stdout) == (2, "")
    assert what in result.stderr


def test_the_help_names_the_profiles_that_there_are(run: Run) -> None:
    assert ", ".join(sorted(profiles.shipped())) in " ".join(run("import", "--help").stdout.split())
