"""A store for each test, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from treaty_diff.store import Store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store that nobody changes."""
    root = tmp_path_factory.mktemp("template") / "store"
    Store.create(root).close()
    return root


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """A new store of the test's own."""
    shutil.copytree(template, tmp_path / "store", symlinks=True)
    with Store(tmp_path / "store") as made:
        yield made
