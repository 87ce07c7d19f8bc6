"""Footnotes of the real files: how many are joined, and none where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from treaty_diff.ingest import tota
from treaty_diff.ingest.report import Report
from treaty_diff.text.model import Footnote, Provision, Treaty

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
        ("tota-101-canada-chile-en.xml", 0, 0, 0, 19),
        ("tota-156-us-peru-en.xml", 112, 10, 1, 0),
        ("tota-342-us-colombia-en.xml", 109, 10, 1, 0),
        ("tota-159-korus-en.xml", 148, 6, 1, 0),
        ("tota-449-tpp-en.xml", 411, 23, 0, 0),
        ("tota-450-tpp-es.xml", 393, 28, 6, 3),
    ],
)
def test_footnotes_are_joined(corpus: Path, name: str, placed: int, inferred: int, unplaced: int, without_body: int) -> None:
    treaty, report = read(corpus, name)
    notes = footnotes(treaty)
    assert sum(note.placed and bool(note.body) for note in notes) >= placed
    assert sum(note.what == "footnote placed by what it says" for note in report.mended) <= inferred
    assert sum(not note.placed for note in notes) <= unplaced
    assert sum(not note.body for note in notes) == without_body


@pytest.mark.parametrize("name", ["tota-112-nafta-en.xml", "tota-186-cusfta-en.xml"])
def test_there_is_no_footnote_where_there_is_none(corpus: Path, name: str) -> None:
    treaty, report = read(corpus, name)
    assert footnotes(treaty) == []
    assert [note for note in (*report.mended, *report.unclear) if note.what.startswith("footnote")] == []


@pytest.mark.parametrize(
    "name",
    [
        "tota-156-us-peru-en.xml",
        "tota-342-us-colombia-en.xml",
        "tota-159-korus-en.xml",
        "tota-449-tpp-en.xml",
        "tota-450-tpp-es.xml",
    ],
)
def test_no_number_of_a_chapters_footnotes_comes_twice(corpus: Path, name: str) -> None:
    treaty, _ = read(corpus, name)
    for chapter in treaty.chapters():
        numbers = [note.marker for provision in chapter.walk() for note in provision.footnotes]
        assert len(numbers) == len(set(numbers)), chapter.label


def at_heading(provision: Provision) -> Iterator[tuple[str, str, bool]]:
    """Article, number of the footnote, and whether it hangs on the heading, for the footnotes of a chapter."""
    for article in provision.articles():
        number = article.label.split()[-1]
        for below in article.walk():
            for text in below.texts():
                yield from ((number, note.marker, text is article.heading) for note in text.notes if note.placed)


def test_footnotes_of_one_treaty_hang_on_the_same_articles_in_both_languages(corpus: Path) -> None:
    english, spanish = (read(corpus, name)[0] for name in ("tota-449-tpp-en.xml", "tota-450-tpp-es.xml"))
    here = {found for chapter in english.chapters() for found in at_heading(chapter)}
    there = {found for chapter in spanish.chapters() for found in at_heading(chapter)}
    assert len(here & there) >= 390
    # one that the English text has lost the place of, and one that it does not have
    assert len(there - here) <= 2


@pytest.mark.parametrize(
    ("name", "number", "marker", "before"),
    [
        ("tota-159-korus-en.xml", "11.5", "1", "Treatment"),
        ("tota-159-korus-en.xml", "11.6", "2", "Compensation"),
        ("tota-159-korus-en.xml", "13.9", "4", "13.8."),
        ("tota-159-korus-en.xml", "18.4", "13", "18.10.13."),
        ("tota-159-korus-en.xml", "20.9", "5", "22.11."),
        ("tota-159-korus-en.xml", "11.28", "17", "Party;"),
        ("tota-156-us-peru-en.xml", "11.8", "3", "Regulations"),
        ("tota-342-us-colombia-en.xml", "10.28", "14", "law;"),
        ("tota-342-us-colombia-en.xml", "10.28", "15", "law;"),
        ("tota-342-us-colombia-en.xml", "16.11", "23", "infringements."),
        ("tota-450-tpp-es.xml", "3.3", "1", "no-Partes"),
        ("tota-450-tpp-es.xml", "11.3", "5", "Nacional"),
        ("tota-450-tpp-es.xml", "14.14", "8", "Solicitados"),
        ("tota-450-tpp-es.xml", "26.2", "2", "regulación"),
    ],
)
def test_footnote_of_the_later_agreements_hangs_on_its_word(
    corpus: Path, name: str, number: str, marker: str, before: str
) -> None:
    assert words_before(read(corpus, name)[0], number, marker) == [before]


def words_before(treaty: Treaty, number: str, marker: str) -> list[str]:
    article = next(a for a in treaty.articles() if a.label.split()[-1] == number)
    texts = [text for provision in article.walk() for text in provision.texts()]
    return [text.content[: n.offset].split()[-1] for text in texts for n in text.notes if n.marker == marker and n.body]


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
    assert words_before(treaty, number, marker) == [before]
