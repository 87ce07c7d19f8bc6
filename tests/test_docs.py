"""Documents that cannot rot."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from treaty_diff.cli import cli

ROOT = Path(__file__).parents[1]


def test_the_command_reference_is_made_from_the_commands_help() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["text"]()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == made, "run `python docs/make_cli.py`"


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"treaty-diff ([a-z]+)", readme)) - {"keeps"}
    assert used
    assert used <= set(cli.commands) | {"pull"}


@pytest.mark.parametrize("page", sorted(p.name for p in (ROOT / "docs").glob("*.md")))
def test_links_between_documents_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / "docs" / target).exists(), target


def test_every_document_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if f"docs/{p.name}" not in readme]
    assert missing == []


def test_every_dependency_has_its_reason() -> None:
    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    block = setup.split("install_requires =")[1].split("[options")[0]
    names = re.findall(r"^\s+([A-Za-z0-9-]+)", block, re.M)
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert names
    assert [n for n in names if f"| {n} " not in reasons] == []
