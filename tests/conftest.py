"""What all tests share: where the real texts are, a store of our own, small treaties."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from treaty_diff.cli import cli
from treaty_diff.ingest import tota
from treaty_diff.store import Store
from treaty_diff.store.commits import Person
from treaty_diff.text.model import Treaty

NOBODY = Person("Nobody", "nobody@example.org", 1_500_000_000)

os.environ["TREATY_DIFF_CACHE"] = ""  # a test finds nothing that another one left

settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real texts; skips where `TREATY_DIFF_CORPUS` does not name one."""
    folder = os.environ.get("TREATY_DIFF_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("TREATY_DIFF_CORPUS does not name the folder of the real texts")
    return Path(folder)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A new store with the embedded edition; tests only read it."""
    return Store.create(tmp_path_factory.mktemp("embedded") / "store")


def without_proposals(store: Store) -> None:
    """Take the embedded proposals out of a new store."""
    gone = {path: None for path in store.repository.all_files("HEAD") if path.startswith("proposals/")}
    store.repository.commit(gone, "No proposals", NOBODY, NOBODY, parent=store.at().commit)


@pytest.fixture(scope="session")
def pulled(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Store:
    """A store with the real texts pulled; tests only read it."""
    root = tmp_path_factory.mktemp("pulled") / "store"
    Store.create(root)
    result = CliRunner().invoke(cli, ["pull", "--from", str(corpus), "--store", str(root)])
    assert result.exit_code == 0, result.output
    return Store(root)


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in an empty folder with a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TREATY_DIFF_STORE", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), prog_name="treaty-diff")

    return invoke


def tota_source(*articles: tuple[str, str, str], chapter: str = "CHAPTER ONE", name: str = "Example") -> bytes:
    """A ToTA file with one chapter of articles (number, heading, body)."""
    rows = "".join(f'<article number="{n}" name="{h}">{b}</article>' for n, h, b in articles)
    return (
        f"<treaty><meta><name>{name}</name><date_signed>2001-02-03</date_signed><language>en</language></meta>"
        f'<body><chapter number="{chapter}" name="Beginnings">{rows}</chapter></body></treaty>'
    ).encode()


def small_treaty(*articles: tuple[str, str, str], treaty: str = "example", chapter: str = "CHAPTER ONE") -> Treaty:
    """A treaty read from `tota_source`."""
    return tota.read(tota_source(*articles, chapter=chapter), treaty)[0]


collect_ignore = ["render/office.py"]
"""Run by LibreOffice's own Python, not by ours."""
