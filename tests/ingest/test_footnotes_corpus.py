"""Footnotes of the real files: how many are joined, and none where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from treaty_diff.ingest import tota
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Footnote, Treaty

pytestmark = pytest.mark.corpus


def read(corpus: Path, name: str) -> tuple[Treaty, Report]:
    return tota.read((corpus / name).read_bytes(), "treaty")


def footnotes(treaty: Treaty) -> list[Footnote]:
    return [note for provision in treaty.walk() for note in provision.footnotes]


@pytest.mark.parametrize(
    ("name", "placed", "inferred", "unplaced", "without_body"),
    [
        ("tota-112-nafta-en.xml", 0, 0, 0, 0),
        ("tota-186-cusfta-en.xml", 0, 0, 0, 0),
        ("tota-101-canada-chile-en.xml", 0, 0, 0, 18),
        ("tota-156-us-peru-en.xml", 111, 9, 2, 0),
        ("tota-342-us-colombia-en.xml", 106, 10, 3, 1),
        ("tota-159-korus-en.xml", 140, 3, 7, 2),
        ("tota-449-tpp-en.xml", 410, 23, 0, 1),
        ("tota-450-tpp-es.xml", 373, 25, 8, 13),
    ],
)
def test_footnotes_are_joined(corpus: Path, name: str, placed: int, inferred: int, unplaced: int, without_body: int) -> None:
    treaty, report = read(corpus, name)
    notes = footnotes(treaty)
    assert sum(note.placed and bool(note.body) for note in notes) >= placed
    assert sum(note.what == "footnote placed by what it says" for note in report.mended) <= inferred
    assert sum(not note.placed for note in notes) <= unplaced
    assert sum(not note.body for note in notes) == without_body


@pytest.mark.parametrize(
    ("number", "marker", "before"),
    [
        ("2.30", "18", "Allocation"),
        ("9.8", "16", "Compensation"),
        ("14.14", "8", "Messages"),
        ("17.10", "26", "Transparency"),
        ("18.51", "58", "Biologics"),
        ("2.17", "9", "Agreement."),
        ("18.38", "31", "disclosure:"),
        ("18.7", "2", "1991;"),
        ("18.58", "64", "provide"),
        ("9.10", "26", "31"),
        ("30.5", "1", "2013"),
        ("18.82", "157", "notice"),
    ],
)
def test_footnote_of_the_tpp_hangs_on_its_word(corpus: Path, number: str, marker: str, before: str) -> None:
    treaty, _ = read(corpus, "tota-449-tpp-en.xml")
    article = next(a for a in treaty.articles() if a.label.split()[-1] == number)
    texts = [text for provision in article.walk() for text in provision.texts() if any(n.marker == marker for n in text.notes)]
    assert [text.content[: n.offset].split()[-1] for text in texts for n in text.notes if n.marker == marker] == [before]
