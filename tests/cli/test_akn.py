"""Akoma Ntoso through the command line: imported, stored, shown and compared."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run
from tests.text.trees import FERRIES
from treaty_diff.text.akn import write_treaty

SOURCES = Path(__file__).parents[1] / "ingest" / "akn"


def test_an_act_that_somebody_else_made_is_imported_and_compared(run: Run) -> None:
    result = run("import", str(SOURCES / "laws_africa_act.xml"), "--treaty", "bees", "--format", "json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["source"] == "Akoma Ntoso (act of XY)"
    assert report["counts"]["definition"] == 2
    assert run("import", str(SOURCES / "laws_africa_act.xml"), "--treaty", "bees").output.endswith("nothing committed.\n")
    shown = run("show", "bees:2(1)(b)(i)", "--format", "text")
    assert shown.output == "(i) in spring; and\n"
    assert run("validate", "bees").exit_code == 0
    assert run("import", str(SOURCES / "eu_regulation.xml"), "--treaty", "cheese").exit_code == 0
    assert run("compare", "bees", "--against", "cheese", "--format", "json").exit_code == 0


def test_the_folder_of_a_text_of_ours_is_imported_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "text"
    folder.mkdir()
    for name, data in write_treaty(FERRIES).items():
        (folder / name).write_bytes(data)
    result = run("import", str(folder), "--treaty", "demo")
    assert result.exit_code == 0, result.output
    assert "2 chapters" in result.output
    (folder / "chp_19.xml").unlink()
    result = run("import", str(folder), "--treaty", "demo")
    assert result.exit_code == 2
    assert "chp_19.xml" in result.stderr
    assert "Traceback" not in result.stderr
