"""A site that is built again: nothing is made twice for nothing, and the files are those of a first build."""

from __future__ import annotations

import pickle
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.align.memo import Memo
from treaty_diff.citation import parse
from treaty_diff.cli import cli
from treaty_diff.errors import RenderError
from treaty_diff.render.site import building
from treaty_diff.render.site.articles import Articles, Place
from treaty_diff.render.site.building import build
from treaty_diff.render.site.keeping import Kept
from treaty_diff.render.site.material import Work, gather
from treaty_diff.render.site.redlines import Job
from treaty_diff.render.site.writing import MARK, write
from treaty_diff.store import Store
from treaty_diff.text.model import Kind, Provision, Treaty
from treaty_diff.text.proposal import Distribution

PANELS = ("Article 101", "Panels", "1. A Party may ask for a panel.\n2. A panel has five members.")
COSTS = ("Article 201", "Costs", "1. Each Party bears its costs as Article 101 says.\n2. A gazette lists the costs of the year.")


class Shelf:
    """A keeper in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.held[key] = data


def two_chapters() -> Treaty:
    one = small_treaty(PANELS, treaty="nafta1994")
    two = small_treaty(COSTS, treaty="nafta1994", chapter="CHAPTER TWO")
    return one.with_root(replace(one.root, children=(*one.root.children, *two.root.children)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("again") / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(two_chapters())
        made.put(small_treaty(("Article 28.1", "Panels", PANELS[2]), ("Article 28.2", "Costs", COSTS[2]), treaty="tpp"))
    return root


def changed(root: Path, folder: Path, old: str, new: str) -> Path:
    """A copy of a store in which some words of the treaty are others."""
    copy = Path(shutil.copytree(root, folder))

    def of(p: Provision) -> Provision:
        text = replace(p.text, content=p.words.replace(old, new)) if p.text is not None and old in p.words else p.text
        return replace(p, text=text, children=tuple(map(of, p.children)))

    with Store(copy) as held:
        treaty = held.load(parse("nafta1994"))
        held.put(treaty.with_root(of(treaty.root)))
    return copy


class Made:
    """A build, and which comparisons were made for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[str] = []
        whole = building.make

        def counted(job: Job, *more: object) -> object:
            self.jobs.append(job.subject.selector)
            return whole(job, *more)  # type: ignore[arg-type]

        monkeypatch.setattr(building, "make", counted)

    def __call__(self, root: Path, kept: Kept | None) -> Mapping[str, bytes]:
        self.jobs = []
        with Store(root) as held:
            return build(gather(held, Distribution.RESTRICTED, ("tpp",)), Memo(None), kept=kept)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    return Made(monkeypatch)


def test_what_has_not_changed_is_not_made_again(made: Made, store: Path) -> None:
    kept = Kept(Shelf())
    first = made(store, kept)
    assert made.jobs == ["nafta1994:ch1", "nafta1994:ch2"]
    assert made(store, kept) == first == made(store, None)


def test_a_chapter_alone_is_made_again_when_only_its_words_changed(made: Made, store: Path, tmp_path: Path) -> None:
    kept = Kept(Shelf())
    made(store, kept)
    # a capital that the alignment does not see, so that no score moves
    other = changed(store, tmp_path / "store", "A gazette", "A Gazette")
    again = made(other, kept)
    assert made.jobs == ["nafta1994:ch2"]
    assert again == made(other, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("five members", "seven members"),
        ("as Article 101 says", "whatever anybody says"),
        ("A gazette lists", "A gazette shall list"),
        ("A gazette lists", "Nothing in this Agreement shall confer any right to a gazette, which lists"),
    ],
)
def test_a_second_build_gives_the_files_of_a_first(made: Made, store: Path, tmp_path: Path, old: str, new: str) -> None:
    shelf = Shelf()
    made(store, Kept(shelf))
    other = changed(store, tmp_path / "store", old, new)
    assert made(other, Kept(shelf)) == made(other, None)
    assert made(store, Kept(shelf)) == made(store, None)


def test_a_note_is_on_the_pages_of_a_second_build(made: Made, store: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    before = made(store, Kept(shelf))
    other = Path(shutil.copytree(store, tmp_path / "store"))
    result = CliRunner().invoke(cli, ["note", "101.2", "Who chooses them?", "--question", "--store", str(other)])
    assert result.exit_code == 0, result.output
    again = made(other, Kept(shelf))
    assert made.jobs == ["nafta1994:ch1"]
    page = "compare/nafta1994-ch1--tpp.html"
    assert b"Who chooses them?" in again[page]
    assert b"Who chooses them?" not in before[page]
    assert again == made(other, None)


def test_what_is_tabled_later_is_on_the_pages_of_a_second_build(made: Made, store: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    before = made(store, Kept(shelf))
    other = Path(shutil.copytree(store, tmp_path / "store"))
    file = tmp_path / "panels.txt"
    file.write_text("CHAPTER ONE\n\nBEGINNINGS\n\nArticle 101: Panels\n\n1. A Party shall ask for a panel.\n", encoding="utf-8")
    asked = [
        "table",
        str(file),
        "--topic",
        "panels",
        "--party",
        "USA",
        "--round",
        "4",
        "--replaces",
        "101",
        "--store",
        str(other),
    ]
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 0, result.output
    again = made(other, Kept(shelf))
    assert "nafta1994:ch2" not in made.jobs
    page = "compare/nafta1994-ch1--tpp.html"
    assert b"United States would replace it" in again[page]
    assert b"United States would replace it" not in before[page]
    assert again == made(other, None)


def test_the_pages_of_articles_are_not_made_again_where_nothing_they_show_has_changed(
    made: Made, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    made(store, Kept(shelf))
    pages: list[str] = []
    whole = Articles.page

    def counted(self: Articles, work: Work, place: Place) -> tuple[str, bytes]:
        pages.append(place.path)
        return whole(self, work, place)

    monkeypatch.setattr(Articles, "page", counted)
    other = changed(store, tmp_path / "store", "A gazette", "A Gazette")
    again = made(other, Kept(shelf))
    assert pages == ["texts/nafta1994/201.html"]
    pages.clear()
    assert again == made(other, None)
    assert len(pages) == 4


@pytest.mark.corpus
def test_a_second_build_of_the_real_texts_gives_the_files_of_a_first(made: Made, pulled: Store, tmp_path: Path) -> None:
    shelf = Shelf()
    made(pulled.root, Kept(shelf))
    other = changed(pulled.root, tmp_path / "store", "consultations", "conversations")
    assert made(other, Kept(shelf)) == made(other, None)


class Trap:
    """What a hostile file would have called."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("[].append(1)",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no pages",
        zlib.compress(b"no pickle"),
        zlib.compress(pickle.dumps(Trap())),
        zlib.compress(pickle.dumps(([Kind.ARTICLE], []))),
        zlib.compress(pickle.dumps(([], [("../secret.html", b"")]))),
        zlib.compress(pickle.dumps(([], [("compare/../../secret.html", b"")]))),
        zlib.compress(pickle.dumps(([], [("compare/a.html", "words")]))),
        zlib.compress(pickle.dumps(7)),
    ],
)
def test_what_nobody_here_wrote_is_not_believed(data: bytes) -> None:
    shelf = Shelf()
    shelf.put("key", data)
    assert Kept(shelf).recall("key") is None


def test_a_build_after_one_that_was_killed_clears_away_what_that_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed as a first build writes: no `finally` runs, nothing has its name, the folder is ours all the same."""
    folder = tmp_path / "site"
    own = Path.write_bytes

    class Killed(BaseException):
        pass

    def cut_off(path: Path, data: bytes) -> int:
        if path.name.startswith(".b.html"):
            raise Killed
        return own(path, data)

    with monkeypatch.context() as killed:
        killed.setattr(Path, "write_bytes", cut_off)
        killed.setattr(Path, "unlink", lambda path, missing_ok=False: None)
        with pytest.raises(Killed):
            write({"p/a.html": b"one", "p/b.html": b"one"}, folder)
    assert [path.name for path in folder.rglob("*.part")]
    assert not list(folder.rglob("*.html"))
    write({"p/a.html": b"two"}, folder)
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"a.html", MARK}


def test_a_build_that_had_no_room_to_begin_is_followed_by_one_that_has(tmp_path: Path) -> None:
    (tmp_path / "site/compare").mkdir(parents=True)
    write({"a.html": b"one"}, tmp_path / "site")
    assert (tmp_path / "site/a.html").read_bytes() == b"one"


def test_a_disk_that_is_full_leaves_the_old_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    write({"a.html": b"one", "b.html": b"one"}, folder)
    whole = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith(".b.html"):
            raise OSError(28, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RenderError):
        write({"a.html": b"two", "b.html": b"two"}, folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".treaty")} == {
        "a.html": b"one",
        "b.html": b"one",
    }
