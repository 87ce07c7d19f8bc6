"""Texts that a process has read are read once, and let go when nobody asks for them any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import small_treaty, without_proposals
from treaty_diff.citation import parse
from treaty_diff.store import Store
from treaty_diff.store.reading import Texts

LAMPS = ("Article 1", "Lamps", "1. Lamps are trimmed at dusk.")
BELLS = ("Article 1", "Bells", "1. Bells ring at noon.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store with two treaties."""
    with Store.create(tmp_path / "store") as made:
        without_proposals(made)
        made.put(small_treaty(LAMPS, treaty="lamps"))
        made.put(small_treaty(BELLS, treaty="bells"))
        return made.root


def test_a_text_that_has_not_changed_is_the_same_object_at_another_commit(root: Path) -> None:
    texts = Texts()
    with Store(root, texts) as held:
        lamps, bells = held.load(parse("lamps")), held.load(parse("bells"))
        held.put(small_treaty(("Article 1", "Bells", "1. Bells ring at night."), treaty="bells"))
    with Store(root, texts) as held:
        assert held.load(parse("lamps")) is lamps
        assert held.load(parse("bells")) is not bells
        assert held.load(parse("bells")) != bells


def test_a_text_is_the_same_object_for_the_same_metadata(root: Path) -> None:
    with Store(root) as held:
        snapshot = held.at()
        entry = snapshot.catalogue("lamps")
        plain = snapshot.text(entry, entry.choose())
        other = snapshot.text(replace(entry, title="Of Lamps"), entry.choose())
        assert other.meta.title == "Of Lamps"
        assert snapshot.text(entry, entry.choose()) is plain
        assert snapshot.text(replace(entry, title="Of Lamps"), entry.choose()) is other


def test_texts_that_nobody_asked_for_since_the_last_turn_are_let_go(root: Path) -> None:
    texts = Texts()

    def loaded(*names: str) -> list[object]:
        with Store(root, texts) as held:
            return [held.load(parse(name)) for name in names]

    lamps, bells = loaded("lamps", "bells")
    texts.turn()
    assert loaded("lamps") == [lamps]
    texts.turn()
    again, others = loaded("lamps", "bells")
    assert again is lamps
    assert others is not bells
    assert others == bells
