"""What is worked out of a text once."""

from __future__ import annotations

import gc
from dataclasses import replace

from treaty_diff.text.index import indexed
from treaty_diff.text.model import Kind, Metadata, Provision, Text, Treaty
from treaty_diff.text.once import once

META = Metadata("pact", "Pact on Ponds", "2001-02-03", "2001-02-03", "eng")


def _treaty() -> Treaty:
    article = Provision(Kind.ARTICLE, "art_1", num=Text("Article 1", "eng"), text=Text("Ponds are kept.", "eng"))
    return Treaty(META, Provision(Kind.TREATY, "body", children=(article,)))


def test_all_who_ask_have_the_same_one() -> None:
    asked: list[Treaty] = []

    @once
    def eids(treaty: Treaty) -> list[str]:
        asked.append(treaty)
        return [p.eid for p in treaty.walk()]

    text = _treaty()
    assert eids(text) is eids(text)
    assert eids(text) == ["body", "art_1"]
    assert len(asked) == 1


def test_a_text_with_another_tree_is_another_text() -> None:
    text = _treaty()
    index = indexed(text)
    shorter = text.with_root(replace(text.root, children=()))
    assert "art_1" in index.by_eid
    assert "art_1" not in indexed(shorter).by_eid


def test_what_was_worked_out_is_no_part_of_the_text() -> None:
    text, again = _treaty(), _treaty()
    indexed(text)
    assert text == again
    assert hash(text) == hash(again)
    assert repr(text) == repr(again)
    assert indexed(text) is not indexed(again)


def test_it_goes_with_the_text() -> None:
    class Worked:
        left = 0

        def __del__(self) -> None:
            Worked.left += 1

    @once
    def worked(treaty: Treaty) -> Worked:
        return Worked()

    text = _treaty()
    worked(text)
    indexed(text)
    gc.collect()
    assert not Worked.left
    del text
    gc.collect()
    assert Worked.left == 1
