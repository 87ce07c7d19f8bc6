"""What was aligned before is looked up, and nothing that is kept is believed unseen."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, small_treaty
from treaty_diff.align import AlignConfig, align
from treaty_diff.align.assignment import between_treaties, prepare
from treaty_diff.align.memo import Memo, key_of
from treaty_diff.store.cache import Cache, user_cache

FISH = "1. Each Party shall count the fish in its lakes and rivers every year.\n\n2. The count of fish shall be published in a gazette."
HONEY = "Honey of a Party is exempt from every duty when it crosses a border in a sealed jar."
BOATS = "Fishing boats shall carry a lamp after sunset on every lake, and a bell in fog."
OURS = small_treaty(("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY), treaty="ours")
THEIRS = small_treaty(("ARTICLE 1", "Sweets", HONEY), ("ARTICLE 2", "Waters", FISH), ("ARTICLE 3", "B", BOATS), treaty="theirs")


class Shelf:
    """A keeper in memory; `asked` are the keys that were looked for."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.asked: list[str] = []

    def get(self, key: str) -> bytes | None:
        self.asked.append(key)
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.held[key] = data


def test_what_is_looked_up_is_what_was_found() -> None:
    shelf = Shelf()
    for subject, base in ((OURS, THEIRS), (THEIRS, OURS), (OURS, OURS)):
        found = align(subject, base, memo=Memo(shelf))
        assert align(subject, base, memo=Memo(shelf)) == found == align(subject, base)
        assert found.links
    assert len(shelf.held) == 3


def test_a_part_of_a_text_is_cut_from_the_same_alignment() -> None:
    shelf = Shelf()
    align(OURS, THEIRS, memo=Memo(shelf))
    part = align(OURS, THEIRS, scope=OURS.articles()[:1], memo=Memo(shelf))
    assert [k.subject for k in part.links] == ["chp_1__art_101"]
    assert len(shelf.held) == 1


def test_the_key_follows_everything_that_the_aligner_sees() -> None:
    config = AlignConfig()
    fish, honey = ("ARTICLE 101", "Fish", FISH), ("ARTICLE 102", "Honey", HONEY)
    others = [
        (small_treaty(fish, ("ARTICLE 102", "Sweet Honey", HONEY), treaty="ours"), THEIRS),
        (small_treaty(fish, ("ARTICLE 102", "Honey", HONEY + " Now."), treaty="ours"), THEIRS),
        (small_treaty(fish, ("ARTICLE 103", "Honey", HONEY), treaty="ours"), THEIRS),
        (small_treaty(fish, honey, treaty="ours", chapter="CHAPTER TWO"), THEIRS),
        (small_treaty(honey, fish, treaty="ours"), THEIRS),
        (replace(OURS, meta=replace(OURS.meta, language="spa")), THEIRS),
        (replace(OURS, meta=replace(OURS.meta, treaty="others")), THEIRS),
        (replace(OURS, meta=replace(OURS.meta, date="1990-01-01")), THEIRS),
        (OURS.with_root(replace(OURS.root, children=())), THEIRS),
        (THEIRS, OURS),
    ]
    keys = {
        key_of(OURS, THEIRS, config),
        *(key_of(*pair, config) for pair in others),
        key_of(OURS, THEIRS, replace(config, link=0.4)),
    }
    assert len(keys) == len(others) + 2


def _with(data: bytes, *path: Any, value: Any) -> bytes:
    found = json.loads(data)
    at = found
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(found).encode()


def test_what_is_kept_is_not_believed_where_it_is_not_of_these_texts() -> None:
    shelf = Shelf()
    right = align(OURS, THEIRS, memo=Memo(shelf))
    ((key, good),) = shelf.held.items()
    other = json.loads(good)
    other["nearest"].pop("chp_1__art_101")
    bad = [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        good[:-1],
        _with(good, "links", 0, 0, value="chp_9__art_9"),
        _with(good, "links", 0, 1, value=["chp_1__art_2"]),
        _with(good, "links", 0, 2, value="twin"),
        _with(good, "links", 0, 3, value=7.0),
        _with(good, "links", 0, 3, value="0.5"),
        _with(good, "links", 0, 3, value=float("nan")),
        _with(good, "links", 0, 4, value=[["\x1b[2J", 1.0]]),
        _with(good, "links", 0, 4, value=[["words", float("inf")]]),
        _with(good, "links", 1, value=json.loads(good)["links"][0]),
        _with(good, "nearest", "chp_1__art_101", value=[["nowhere", 0.5]]),
        json.dumps(other).encode(),
    ]
    for data in bad:
        shelf.held[key] = data
        assert align(OURS, THEIRS, memo=Memo(shelf)) == right
        assert shelf.held[key] == good


# -- where it is kept ---------------------------------------------------------------------------


def test_a_cache_keeps_what_was_used_last(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "alignments")
    for n in range(64):
        cache.put(f"key{n}", b"x")
        os.utime(tmp_path / "deep" / "alignments" / f"key{n}.json", (1000 + n, 1000 + n))
    assert cache.get("key0") == b"x"
    cache.put("another", b"y")
    assert cache.get("key1") is None
    assert cache.get("key0") == b"x"
    assert cache.get("another") == b"y"
    assert not [p for p in (tmp_path / "deep" / "alignments").iterdir() if p.suffix != ".json"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_cache_follows_no_link_and_raises_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "alignments"
    cache = Cache(folder)
    cache.put("key", b"x")
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    (folder / "key.json").unlink()
    (folder / "key.json").symlink_to(outside)
    assert cache.get("key") is None
    cache.put("key", b"y")
    assert outside.read_bytes() == b"secret"
    assert cache.get("key") == b"y"
    (tmp_path / "file").write_bytes(b"")
    nowhere = Cache(tmp_path / "file" / "alignments")
    nowhere.put("key", b"x")
    assert nowhere.get("key") is None


def test_the_users_folder_is_the_systems_or_the_one_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TREATY_DIFF_CACHE", str(tmp_path))
    assert user_cache() == tmp_path
    monkeypatch.setenv("TREATY_DIFF_CACHE", "")
    assert user_cache() is None
    monkeypatch.delenv("TREATY_DIFF_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    assert user_cache() == tmp_path / "c" / "treaty-diff"


def test_align_says_the_same_with_and_without_a_cache(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = ("align", "chapter19", "--against", "tpp", "--store", "store")
    assert run("init", "store").exit_code == 0
    without = run(*words).output
    monkeypatch.setenv("TREATY_DIFF_CACHE", str(tmp_path / "cache"))
    assert run(*words).output == run(*words).output == without
    assert len(list((tmp_path / "cache" / "alignments").iterdir())) == 1


def test_two_treaties_prepared_in_both_directions_are_as_each_alone() -> None:
    ours, theirs = OURS, THEIRS
    memo, config = Memo(None), AlignConfig()
    prepare([(ours, theirs), (theirs, ours)], memo, 1)
    for pair in ((ours, theirs), (theirs, ours)):
        assert memo.at_hand(memo.key(*pair, config)) == between_treaties(*pair, config)
