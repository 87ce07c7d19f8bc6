"""Markdown, CSV, terminal, JSON and Word beside one another: the same counts in all, and no word lost in any."""

from __future__ import annotations

import csv as reader
import html
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from rich.console import Console

from tests.conftest import Run, small_treaty
from tests.render.test_docx import MOVED, MOVED_AFTER, SENTENCES, compare, edited
from tests.render.word import resolve
from treaty_diff.align import align
from treaty_diff.redline import Comparison, build
from treaty_diff.redline.comparison import Op, RowKind
from treaty_diff.render import csv, docx, markdown, terminal
from treaty_diff.render.html import page as html_page
from treaty_diff.render.json import comparison_dict
from treaty_diff.render.sentences import counts, figures, provisions
from treaty_diff.text.index import Index
from treaty_diff.text.model import Treaty

SCHEMA = Path(__file__).parents[2] / "docs/schemas/comparison-1.json"

BASE = small_treaty(
    ("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[1]}, subject to Article 777."),
    ("ARTICLE 102", "Roads", f"1. {SENTENCES[3]}.\n\n2. {SENTENCES[4]}."),
    ("ARTICLE 104", "Mills", f"1. {SENTENCES[2]}."),
)
SUBJECT = small_treaty(
    ("ARTICLE 201", "Waters", f"1. {SENTENCES[0].replace('second', 'third')}.\n\n2. {SENTENCES[4]}.\n\n3. {SENTENCES[1]}."),
    ("ARTICLE 202", "Roads", f"1. {SENTENCES[3]}."),
    (
        "ARTICLE 203",
        "Honey",
        "1. *Whoever* keeps &lt;bees&gt; near a_ferry &amp; [mill] tells `him` so; see www.example.org, 1|2.",
    ),
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(SUBJECT, BASE)


def records(comparison: Comparison) -> list[dict[str, str]]:
    return list(reader.DictReader(io.StringIO(csv.changes([comparison]), newline="")))


def printed(comparison: Comparison, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    terminal.summary(
        Console(file=out, width=width, highlight=False, force_terminal=colour, color_system="standard" if colour else None),
        comparison,
    )
    return out.getvalue()


# -- the same counts -----------------------------------------------------------------------------


@pytest.mark.parametrize(("subject", "base"), [(SUBJECT, BASE), (MOVED_AFTER, MOVED), (BASE, BASE)])
def test_every_form_has_the_same_counts(subject: Treaty, base: Treaty) -> None:
    comparison = compare(subject, base)
    expected = dict(figures(comparison))
    summary = comparison_dict(comparison)["summary"]
    assert [expected[f"provisions {name}"] for name in summary["provisions"]] == list(summary["provisions"].values())
    assert expected["articles changed"] == summary["changed"]
    in_markdown = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", markdown.document(comparison), re.M))
    assert {html.unescape(k): int(v.replace(",", "")) for k, v in in_markdown.items()} == expected
    in_csv = {r["provision"]: int(r["after"]) for r in records(comparison) if r["kind"] == "summary" and r["after"].isdigit()}
    assert in_csv == expected
    word = resolve(docx.document(comparison), accept=True)
    ours, cells = word.ours, word.cells
    in_word = {label: int(count.replace(",", "")) for label, count in pairwise(cells) if label in expected}
    assert in_word == expected
    for form in (printed(comparison, 500), markdown.document(comparison), "\n".join(ours)):
        assert provisions(comparison) in form


def test_the_summary_counts_the_rows_that_are_shown(comparison: Comparison) -> None:
    found = dict(figures(comparison))
    kinds = [r["kind"] for r in records(comparison)]
    assert found["provisions moved"] == kinds.count("moved") + kinds.count("moved and changed") == 1
    assert found["provisions new"] == kinds.count("inserted") == 2
    assert found["provisions gone"] == kinds.count("deleted") == 2
    assert found["provisions changed"] == kinds.count("changed")
    assert found["provisions renumbered"] == kinds.count("renumbered")


# -- no word is lost -----------------------------------------------------------------------------


def plain_words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read_markdown(line: str, *, after: bool) -> str:
    """A line of the file as its reader has it, the marks of one side taken off with their words."""
    if after:
        line = re.sub(r"<(del|s)>.*?</\1>", "", line)
    else:
        line = re.sub(r"<ins>.*?</ins>", "", line)
    line = re.sub(r"</?(del|ins|s)>", "", line)
    return plain_words(html.unescape(re.sub(r"\\([\\`*_\[\]~|$.)+#>=-])", r"\1", line)))


def check_no_word_is_lost(comparison: Comparison) -> None:
    rows = [row for a in (*comparison.articles, *comparison.gone) for row in a.rows]
    for row in rows:
        line = markdown.line(row)
        after = "".join(s.subject for s in row.segments)
        assert read_markdown(line, after=True) == plain_words(after)
        if not any(s.op is Op.QUIET for s in row.segments):
            assert read_markdown(line, after=False) == plain_words("".join(s.base for s in row.segments))
    found = records(comparison)
    sides = [(r["before"].removeprefix("'"), r["after"].removeprefix("'")) for r in found if r["kind"] != "summary"]
    for row in rows:
        before, after = ("".join(getattr(s, side) for s in row.segments).removesuffix("\n") for side in ("base", "subject"))
        if before != after:
            assert (before.removeprefix("'"), after.removeprefix("'")) in sides
    data = docx.document(comparison)
    for accept, side in ((True, "subject_text"), (False, "base_text")):
        expected = plain_words("".join(getattr(row, side) for row in rows))
        assert plain_words("".join(resolve(data, accept=accept).lines)) == expected


def test_no_word_is_lost(comparison: Comparison) -> None:
    check_no_word_is_lost(comparison)


@settings(max_examples=30)
@given(edited())
def test_no_word_is_lost_whatever_was_edited(pair: tuple[Treaty, Treaty]) -> None:
    check_no_word_is_lost(compare(*pair))


# -- Markdown ------------------------------------------------------------------------------------


def test_words_do_not_become_marks(comparison: Comparison) -> None:
    text = markdown.document(comparison)
    assert (
        "<ins>1. \\*Whoever\\* keeps &lt;bees&gt; near a\\_ferry &amp; \\[mill\\] tells \\`him\\` so; see www&#46;example.org, 1\\|2.</ins>"
        in text
    )
    assert "- 1\\. Each Party shall count" in text
    assert markdown.escape("a \u202e b") == "a ⟨U+202E⟩ b"
    assert markdown.escape("mail a@b, http://x, :smile:") == "mail a&#64;b, http&#58;//x, &#58;smile:"


def test_the_blank_before_a_replaced_word_is_not_marked() -> None:
    comparison = compare(
        small_treaty(("ARTICLE 101", "Waters", "1. The panel shall meet within 90 days.")),
        small_treaty(("ARTICLE 101", "Waters", "1. The panel shall meet within 60 days.")),
    )
    assert markdown.line(comparison.articles[0].rows[1]) == "1\\. The panel shall meet within <del>60</del><ins>90</ins> days."


def test_the_other_end_of_a_move_is_named(comparison: Comparison) -> None:
    text = markdown.document(comparison)
    assert "*(Moved from Article 102(2).)*" in text
    assert "*(Moved to Article 201(2).)*" in text


# -- CSV -----------------------------------------------------------------------------------------


def test_records_name_the_provision_on_both_sides(comparison: Comparison) -> None:
    found = records(comparison)
    assert list(found[0]) == list(csv.HEADER)
    (moved,) = [r for r in found if r["kind"] == "moved"]
    assert (moved["provision"], moved["provision before"]) == ("Article 201(2)", "Article 102(2)")
    assert moved["remark"] == "Moved from Article 102(2)."
    (gone,) = [r for r in found if r["kind"] == "deleted" and r["provision"] == "Article 104(1)"]
    assert gone["after"] == ""
    assert gone["before"].startswith("1. The council may ask")


def test_no_cell_is_a_formula() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", "Each Party counts.\n\n=SUM(A1) is no formula here, is it, dear reader."))
    text = csv.changes([compare(small_treaty(("ARTICLE 101", "Waters", "Each Party counts.")), base)])
    cells = [cell for row in reader.reader(io.StringIO(text, newline="")) for cell in row]
    assert any(cell.startswith("'=SUM(A1)") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert text.count("\r\n") == text.count("\n")


# -- terminal ------------------------------------------------------------------------------------


def test_eighty_columns_are_enough_with_colour_and_without(comparison: Comparison) -> None:
    without = printed(comparison)
    assert max(map(len, without.splitlines())) <= 80
    assert "\x1b" not in without
    assert "[-second-]{+third+}" in re.sub(r"\s+", " ", without).replace("-] {+", "-]{+")
    assert "(moved from Article 102(2))" in re.sub(r"\s+", " ", without)
    coloured = printed(comparison, colour=True)
    assert "\x1b[" in coloured
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in coloured.splitlines()) <= 80


def test_without_a_page_the_terminal_names_the_forms_that_show_all() -> None:
    articles = [(f"ARTICLE 10{n}", f"Waters {n}", f"1. {SENTENCES[n]}.") for n in range(1, 6)]
    changed = [(a, b, c.replace("the", "their")) for a, b, c in articles]
    out = io.StringIO()
    terminal.summary(Console(file=out, width=80), compare(small_treaty(*changed), small_treaty(*articles)), page=False)
    assert "1 more pair with changes: `--format html`, `markdown` or `docx` shows all." in out.getvalue()


# -- the command ---------------------------------------------------------------------------------


def test_the_command_writes_each_form(run: Run) -> None:
    asked = ("compare", "1904", "--against", "tpp:28.9")
    result = run(*asked, "--format", "markdown")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# NAFTA 1994, ")
    assert run(*asked, "--format", "csv").stdout.startswith("provision,kind,before,after,provision before,remark\n")
    written = run(*asked, "--format", "docx")
    assert written.exit_code == 0, written.output
    path = written.stdout.strip().removeprefix("The Word file is ")
    assert path == "redline/nafta1994-1904--against--tpp-28.9.docx"
    with open(path, "rb") as file:
        assert resolve(file.read(), accept=True).ours[0].startswith("NAFTA 1994")
    for form, name in (("markdown", "here.md"), ("csv", "here.csv"), ("docx", "here.docx"), ("json", "here.json")):
        assert run(*asked, "--format", form, "--output", f"out/{name}").stdout.strip().endswith(f"out/{name}")
        assert run(*asked, "--format", form, "--output", "folder").exit_code == 0
    with open("out/here.json", encoding="utf-8") as file:
        assert json.load(file)["schema"] == "treaty-diff/comparison/1"


def test_swap_turns_the_word_file_round(run: Run) -> None:
    asked = ("compare", "1904", "--against", "tpp:28.9", "--format", "docx", "--output")
    assert run(*asked, "one.docx").exit_code == run(*asked, "two.docx", "--swap").exit_code == 0
    with open("one.docx", "rb") as one, open("two.docx", "rb") as two:
        straight, turned = one.read(), two.read()
    assert sorted(resolve(straight, accept=True).lines) == sorted(resolve(turned, accept=False).lines)


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    blocked = tmp_path_factory.mktemp("blocked") / "file"
    blocked.write_text("in the way")
    for form in ("markdown", "csv", "docx", "json", "html"):
        result = run("compare", "1904", "--against", "tpp:28.9", "--format", form, "--output", str(blocked / "below"))
        assert result.exit_code == 2
        assert "cannot be written" in result.stderr
        assert "to fix: " in result.stderr
    assert [p.name for p in blocked.parent.iterdir()] == ["file"]


def test_several_comparisons_are_several_word_files(run: Run) -> None:
    asked = ("compare", "1904", "--against", "tpp:28.9", "--against", "tpp:28.11", "--format")
    result = run(*asked, "docx", "--output", "all.docx")
    assert result.exit_code == 2
    assert "cannot be one Word file" in result.stderr
    assert len(run(*asked, "docx", "--output", "all").stdout.splitlines()) == 2
    assert run(*asked, "csv").stdout.count("provision,kind,before") == 1
    assert run(*asked, "markdown").stdout.count("\n# ") == 1


def test_moved_away_rows_are_dim_and_not_counted(comparison: Comparison) -> None:
    away = [row for a in comparison.articles for row in a.rows if row.kind is RowKind.MOVED_AWAY]
    assert [row.changes for row in away] == [0]


def test_what_answers_an_article_outside_the_comparison_is_named_and_is_not_missed() -> None:
    before = small_treaty(
        (
            "Article 1",
            "Herons",
            "1. Each keeper shall count the herons of the eastern lagoon at dawn and write the count into the book.",
        ),
        ("Article 2", "Tolls", "1. The toll for a barge laden with salt shall not exceed four silver marks for each voyage."),
        treaty="before",
    )
    after = small_treaty(
        (
            "Article 101",
            "Herons",
            "1. Each keeper shall count the herons of the eastern lagoon at dusk and write the count into the book.",
        ),
        treaty="after",
    )
    scope = Index(before).find("2")
    found = align(after, before, base_scope=scope)
    one = build(after, before, found, scope=(after.root,), base_scope=scope)
    assert "1 is answered outside this comparison" in counts(one)
    said = "Answered outside this comparison, by Article 1, Herons"
    assert said in markdown.document(one)
    assert said in csv.changes([one])
    page = html_page(one)
    assert "Answered outside this comparison, by Article 1, " in page
    assert "No counterpart" not in page
    assert "answered outside this comparison" in printed(one)
    document = comparison_dict(one)
    assert [there["citation"] for there in document["articles"][0]["elsewhere"]] == ["Article 1"]
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
