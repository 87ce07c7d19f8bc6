"""The catalogue of sources, and where the bytes of a source come from."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from treaty_diff.errors import SourceError
from treaty_diff.store import Store, pins
from treaty_diff.store.pins import Pinned, built_in, known, parse, select
from treaty_diff.store.pull import digest, from_folder, from_network, in_folder, mirrored

FISH: dict[str, Any] = {
    "treaty": "fish",
    "language": "en",
    "date": "2001-02-03",
    "name": "Fish Treaty, gazette of the lake",
    "url": "https://lake.example/gazette/fish.xml",
    "sha256": "ab" * 32,
    "licence": "public domain",
    "attribution": "Lake Office",
}


def toml(*entries: dict[str, Any]) -> bytes:
    return tomli_w.dumps({"source": list(entries)}).encode()


def fault(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        parse(data, "mine.toml")
    assert "mine.toml" in caught.value.what
    assert "mend it" in caught.value.fix
    return caught.value.cause


def test_the_built_in_sources_are_nafta_and_tpp_with_their_terms() -> None:
    assert [s.label for s in built_in()] == ["nafta1994", "tpp", "tpp/es"]
    assert all(s.licence and s.attribution and s.size and s.url.startswith("https://") for s in built_in())


def test_an_entry_is_read_with_its_language_and_sum_in_one_form() -> None:
    (source,) = parse(toml({**FISH, "sha256": "AB" * 32, "size": 7, "title": "Fish Treaty"}), "mine.toml")
    assert (source.language, source.sha256, source.size, source.kind) == ("eng", "ab" * 32, 7, "text")
    assert source.catalogue == "mine.toml"


BROKEN: list[tuple[dict[str, Any], str]] = [
    *(({key: ""}, f"{key} is missing") for key in FISH),
    ({"treaty": "../etc"}, "cannot name a treaty"),
    ({"treaty": "-c"}, "cannot name a treaty"),
    ({"language": "english"}, "not a language code"),
    ({"date": "2001-2-3"}, "YYYY-MM-DD"),
    ({"date": "20010203"}, "YYYY-MM-DD"),
    ({"date": 2001}, "date is no string"),
    ({"url": "file:///etc/passwd"}, "only http and https"),
    ({"url": "ftp://lake.example/fish"}, "only http and https"),
    ({"url": "https://me:secret@lake.example/fish"}, "user's name or password"),
    ({"url": "fish.xml"}, "no http or https"),
    ({"sha256": "ab"}, "64 hexadecimal digits"),
    ({"sha256": "gg" * 32}, "64 hexadecimal digits"),
    ({"size": -1}, "no number of bytes"),
    ({"size": True}, "no number of bytes"),
    ({"size": 10**12}, "no number of bytes"),
    ({"kind": "pdf"}, "kind is neither text nor annexes"),
    ({"replace": True}, "replace is for sources of kind annexes"),
    ({"kind": "annexes", "replace": "yes"}, "neither true nor false"),
    ({"licence": "free\x1b[2J"}, "licence has a line break or a control character"),
    ({"name": "Fish\nSource: another"}, "name has a line break"),
    ({"attribution": "lake \u202eeciffO"}, "control character"),
    ({"attribution": "lake\u2028"}, "line break"),
    ({"licence": ["free"]}, "licence is no string"),
    ({"license": "free"}, "“license” is no key"),
]


@pytest.mark.parametrize(("change", "why"), BROKEN)
def test_a_broken_entry_is_told_by_file_entry_and_key(change: dict[str, Any], why: str) -> None:
    cause = fault(toml({**FISH, "treaty": "lake"}, {**FISH, **change}))
    assert cause.startswith("source 2: ")
    assert why in cause


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[[source]\n", "no TOML"),
        (b"\xff\xfe", "no TOML"),
        (b"sources = 3", "“sources” beside"),
        (b"source = 3", "a table of its own"),
        (b"source = [3]", "a table of its own"),
        (b"[source]\ntreaty = 'fish'", "a table of its own"),
        (toml(FISH, {**FISH, "url": "https://other.example/f"}), "the same text as an earlier entry"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(data: bytes, why: str) -> None:
    assert why in fault(data)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=2), max_leaves=3
)


@given(
    st.dictionaries(st.sampled_from([*FISH, "size", "kind", "title", "replace", "more"]), _VALUES.filter(lambda v: v is not None))
)
def test_any_entry_is_read_or_refused(change: dict[str, Any]) -> None:
    try:
        data = toml({**FISH, **change})
    except (TypeError, UnicodeEncodeError):
        return
    try:
        (source,) = parse(data, "mine.toml")
    except SourceError:
        return
    assert (source.name + source.licence + source.attribution + source.title).find("\n") == -1


# -- layers ---------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def commit(store: Store, data: bytes) -> None:
    (store.root / pins.NAME).write_bytes(data)
    git = ("git", "-C", str(store.root), "-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run([*git, "add", pins.NAME], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Sources"], check=True)


def test_a_store_adds_sources_of_its_own(store: Store) -> None:
    commit(store, toml(FISH))
    found, notes = known(store)
    assert [s.label for s in found] == ["nafta1994", "tpp", "tpp/es", "fish"]
    assert notes == ()


def test_what_is_committed_counts_and_a_change_beside_it_is_said(store: Store) -> None:
    commit(store, toml(FISH))
    (store.root / pins.NAME).write_bytes(b"broken")
    found, notes = known(store)
    assert found[-1].treaty == "fish"
    assert "was changed since the last commit" in notes[0]


def test_a_catalogue_that_is_not_committed_yet_counts_and_it_is_said(store: Store) -> None:
    (store.root / pins.NAME).write_bytes(toml(FISH))
    found, notes = known(store)
    assert found[-1].treaty == "fish"
    assert "is not committed" in notes[0]


def test_a_link_out_of_the_store_is_not_followed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_bytes(toml(FISH))
    (store.root / pins.NAME).symlink_to(tmp_path / "elsewhere.toml")
    assert [s.treaty for s in known(store)[0]] == ["nafta1994", "tpp", "tpp"]
    subprocess.run(["git", "-C", str(store.root), "add", pins.NAME], check=True)


def test_a_later_catalogue_has_the_last_word_and_it_is_said(store: Store, tmp_path: Path) -> None:
    ours = {**FISH, "treaty": "tpp", "date": "2016-02-04"}
    commit(store, toml(ours, FISH))
    named = tmp_path / "mine.toml"
    named.write_bytes(toml({**FISH, "sha256": "cd" * 32}))
    found, notes = known(store, named)
    assert {s.label: s.sha256[:2] for s in found} == {"nafta1994": "37", "tpp": "ab", "tpp/es": "b8", "fish": "cd"}
    assert [note.partition(":")[0] for note in notes] == ["tpp", "fish"]
    assert "not as built in" in notes[0]


def test_annexes_come_after_the_texts_and_may_be_several(store: Store, tmp_path: Path) -> None:
    named = tmp_path / "mine.toml"
    annexes = [{**FISH, "kind": "annexes", "name": name} for name in ("Annex I", "Annex II")]
    named.write_bytes(toml(*annexes, FISH))
    assert [s.label for s in known(store, named)[0]][-3:] == ["fish", "fish, annexes", "fish, annexes"]


def test_a_catalogue_that_is_not_there_or_too_large_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        known(store, tmp_path / "none.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * 5_000_001)
    with pytest.raises(SourceError, match="more than 5 MB"):
        known(store, tmp_path / "large.toml")


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        ((), ["nafta1994", "tpp", "tpp/es"]),
        (("tpp",), ["tpp", "tpp/es"]),
        (("tpp/es", "nafta1994"), ["nafta1994", "tpp/es"]),
        (("tpp@2016-02", "tpp/en"), ["tpp", "tpp/es"]),
    ],
)
def test_sources_are_named_as_texts_are(names: tuple[str, ...], labels: list[str]) -> None:
    assert [s.label for s in select(built_in(), names)] == labels


@pytest.mark.parametrize(
    "name", ["atlantis", "tpp:28", "tpp@HEAD", "tpp@2015", "tpp/fr", "", "((", "tpp/xx-y", "--upload-pack=x"]
)
def test_a_name_without_a_source_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="No source is pinned"):
        select(built_in(), (name,))


# -- bytes ----------------------------------------------------------------------------

TEXT = b"Each Party shall count its fish."


def pinned(**change: Any) -> Pinned:
    return parse(toml({**FISH, "sha256": digest(TEXT), **change}), "mine.toml")[0]


def bytes_for(data: bytes, asked: list[tuple[str, int]]) -> Callable[..., bytes]:
    def fetch(url: str, *, size: int) -> bytes:
        asked.append((url, size))
        return data

    return fetch


def test_a_folder_is_searched_by_sums_and_not_by_names(tmp_path: Path) -> None:
    (tmp_path / "Holiday.jpg").write_bytes(TEXT)
    (tmp_path / "fish.xml").write_bytes(b"something else")
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    for source in (pinned(), pinned(size=len(TEXT))):
        assert in_folder(tmp_path, [source]) == {source.sha256: TEXT}
    assert in_folder(tmp_path, [pinned(size=3)]) == {}


def test_what_a_folder_lacks_is_told_with_its_sum_and_address(tmp_path: Path) -> None:
    source = pinned()
    with pytest.raises(SourceError) as caught:
        from_folder(source, tmp_path, in_folder(tmp_path, [source]))
    assert source.sha256 in caught.value.cause
    assert source.url in caught.value.fix


def test_only_the_pinned_bytes_are_taken_from_the_network() -> None:
    asked: list[tuple[str, int]] = []
    assert from_network(pinned(size=len(TEXT)), bytes_for(TEXT, asked)) == TEXT
    assert asked == [(FISH["url"], len(TEXT))]
    with pytest.raises(SourceError) as caught:
        from_network(pinned(), bytes_for(b"other words", asked))
    assert digest(b"other words") in caught.value.cause
    assert digest(TEXT) in caught.value.cause
    assert "mine.toml" in caught.value.cause


def test_a_mirror_is_asked_for_the_file_and_checked_alike() -> None:
    asked: list[tuple[str, int]] = []
    assert from_network(pinned(), bytes_for(TEXT, asked), "http://mirror.example/t/") == TEXT
    assert asked == [("http://mirror.example/t/fish.xml", 0)]
    with pytest.raises(SourceError, match="does not hold the pinned text"):
        from_network(pinned(), bytes_for(b"other words", asked), "http://mirror.example/t/")


@pytest.mark.parametrize("url", ["https://lake.example/", "https://lake.example/a/..", "https://lake.example"])
def test_a_source_without_a_file_s_name_needs_a_mirror_by_sums(url: str) -> None:
    with pytest.raises(SourceError, match=r"\{sha256\}"):
        mirrored(pinned(url=url), "https://mirror.example/")
    assert mirrored(pinned(url=url), "https://mirror.example/{sha256}").endswith(digest(TEXT))
