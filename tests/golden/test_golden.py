"""Golden triples: put left.xml, right.xml and expected.json in a folder here, and it is a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .make import HERE, compare

CASES = sorted(path.parent for path in HERE.glob("*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_golden_triple(case: Path) -> None:
    assert compare(case) == json.loads((case / "expected.json").read_text(encoding="utf-8"))


def test_there_are_golden_triples() -> None:
    assert len(CASES) >= 6
