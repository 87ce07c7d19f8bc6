"""Numbers that an extraction parted from their words."""

from __future__ import annotations

import pytest

from treaty_diff.ingest import scattered
from treaty_diff.ingest.report import Report


def mend(text: str) -> tuple[str, Report]:
    report = Report()
    return scattered.mend(text, report, "Rule 5"), report


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        # as many sentences as numbers: one each
        ("1. 2. Boats float. Rafts drift. 3. Nets hold.", "1. Boats float. 2. Rafts drift. 3. Nets hold."),
        # one sentence below two numbers, the second printed again: it is the first's
        ("1. Oars dip. 2. 3. Boats float. 3. Rafts drift.", "1. Oars dip. 2. Boats float. 3. Rafts drift."),
        # at the end of the article: the same
        (
            "1. Oars dip. 2. 3. Boats float. Where they do not, they sink.",
            "1. Oars dip. 2. Boats float. Where they do not, they sink.",
        ),
        # numbers in pairs, each pair before one paragraph
        (
            "1. Oars dip. 2. Nets hold. 3. 4. Boats float. 5. 6. Rafts drift. 5. Masts stand.",
            "1. Oars dip. 2. Nets hold. 3. Boats float. 4. Rafts drift. 5. Masts stand.",
        ),
        # two paragraphs, each with its list
        (
            "6. Oars dip. 7. 8. No boat may: (a) sink; or (b) burn. No raft may: (a) leak; or (b) rot. 9. Masts stand.",
            "6. Oars dip. 7. No boat may: (a) sink; or (b) burn. 8. No raft may: (a) leak; or (b) rot. 9. Masts stand.",
        ),
        # a number with nothing behind it
        ("1. Oars dip. 2. Boats float. 3.", "1. Oars dip. 2. Boats float. 3."),
        ("1. Oars dip. 2. 3. Boats float. 4.", "1. Oars dip. 2. Boats float."),
        # a citation is no pair
        ("1. Boats of rule 2. 3. Rafts drift.", "1. Boats of rule 2. 3. Rafts drift."),
    ],
)
def test_paragraphs_between_sure_numbers_are_counted(printed: str, meant: str) -> None:
    text, report = mend(printed)
    assert text == meant
    assert (text == printed) == (not report.mended and not report.dropped)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("A keeper may: (a) (b) mend a net; or sell it.", "A keeper may: (a) mend a net; or (b) sell it."),
        # the letters stand inside the words that lead to the list
        ("For purposes of a) b) c) this rule: oars dip; boats float; and rafts drift.", "For purposes of this rule: a) oars dip; b) boats float; and c) rafts drift."),
        # the last letter fell behind the list
        ("Here: a) b) oars dip; boats float; and rafts drift. c)", "Here: a) oars dip; b) boats float; and c) rafts drift."),
        ("because (i) (ii) boats float; or rafts drift.", "because (i) boats float; or (ii) rafts drift."),
    ],
)  # fmt: skip
def test_letters_go_to_the_entries_of_their_list(printed: str, meant: str) -> None:
    text, report = mend(printed)
    assert " ".join(text.split()) == meant
    assert {note.what for note in report.mended} == {"numbers moved to their words"}


def test_letters_whose_entries_cannot_be_told_apart_stay() -> None:
    printed = "A keeper may: (a) (b) (c) mend a net or sell it."
    text, report = mend(printed)
    assert text == printed
    assert [note.what for note in report.unclear] == ["numbers whose words cannot be told apart"]


def test_one_paragraph_or_two_at_the_end_is_said_to_be_unsure() -> None:
    _, report = mend("1. Oars dip. 2. 3. Boats float. Rafts drift.")
    assert [note.what for note in report.unclear] == ["one paragraph or two below two numbers"]


def test_what_is_dropped_and_renumbered_is_listed() -> None:
    _, report = mend("1. Oars dip. 2. 3. Boats float. 4. 5. Rafts drift. 4. Masts stand.")
    assert [(note.what, note.words) for note in report.dropped] == [
        ("number printed twice", "3."),
        ("number printed twice", "4."),
        ("number printed twice", "5."),
    ]
    assert [(note.what, note.words) for note in report.mended] == [(scattered.COUNTED, "3.")]
