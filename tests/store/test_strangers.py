"""What comes from outside is data: nothing of a stranger's store is run, and no name leads out of a store."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import small_treaty, tota_source
from tests.store.crashing import ONE, TWO, git, run
from treaty_diff.citation import parse
from treaty_diff.errors import RevisionNotFound, SelectorError, StoreError
from treaty_diff.store import Store, layout
from treaty_diff.store.commits import Person
from treaty_diff.store.objects import Objects

CHAPTER = "texts/example/verbatim/eng@2001-02-03/chp_1.xml"
ME = Person("A", "a@example.invalid", 1_000_000_000)
POSIX = pytest.mark.skipif(os.name == "nt", reason="shell scripts and symbolic links")


@pytest.fixture
def store(store: Store) -> Store:
    """A store with a small treaty in it."""
    store.put(small_treaty(ONE))
    return store


def by_hand(store: Store, *arguments: str) -> str:
    return git(store.root, "-c", "user.name=a", "-c", "user.email=a@example.invalid", *arguments)


def stage(store: Store, mode: str, content: str, path: str) -> None:
    """Commit an entry of any mode, as no work tree would have it."""
    command = ["git", "-C", str(store.root), "hash-object", "-w", "--stdin"]
    blob = subprocess.run(command, input=content, text=True, capture_output=True, check=True).stdout.strip()
    by_hand(store, "update-index", "--add", "--cacheinfo", f"{mode},{store.at().commit if mode == '160000' else blob},{path}")
    by_hand(store, "commit", "-qm", "an entry of another kind")


# -- config, hooks, attributes ------------------------------------------------------------------


@pytest.fixture
def poisoned(store: Store, tmp_path: Path) -> tuple[Store, Path]:
    """A store whose config, hooks and attributes run a program wherever git lets them; the file that it would write."""
    canary = tmp_path / "canary"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\necho ran >> {canary}\ncat\n", encoding="utf-8")
    evil.chmod(0o755)
    hooks = store.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("reference-transaction", "post-index-change", "pre-commit", "post-commit", "post-checkout", "commit-msg"):
        (hooks / name).write_bytes(evil.read_bytes())
        (hooks / name).chmod(0o755)
    more = tmp_path / "more.config"
    more.write_text(f'[diff "evil"]\n\ttextconv = {evil}\n\tcommand = {evil}\n', encoding="utf-8")
    settings = {
        "core.fsmonitor": str(evil),
        "core.sshCommand": str(evil),
        "core.pager": str(evil),
        "core.editor": str(evil),
        "core.askPass": str(evil),
        "core.gitProxy": str(evil),
        "core.alternateRefsCommand": str(evil),
        "core.hooksPath": str(hooks),
        "credential.helper": str(evil),
        "diff.external": str(evil),
        "filter.evil.clean": str(evil),
        "filter.evil.smudge": str(evil),
        "filter.evil.process": str(evil),
        "gpg.program": str(evil),
        "gpg.ssh.program": str(evil),
        "gpg.x509.program": str(evil),
        "include.path": str(more),
        "pager.log": str(evil),
        "uploadpack.packObjectsHook": str(evil),
        "log.showSignature": "true",
    }
    for name, value in settings.items():
        git(store.root, "config", name, value)
    (store.root / ".git" / "info").mkdir(exist_ok=True)
    (store.root / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    signed = f"tree {git(store.root, 'rev-parse', 'HEAD^{tree}').strip()}\nparent {store.at().commit}\nauthor {ME.line()}\ncommitter {ME.line()}\n"
    for kind in ("PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"):
        data = f"{signed}gpgsig -----BEGIN {kind}-----\n \n AAAA\n -----END {kind}-----\n\nsigned\n"
        command = ["git", "-C", str(store.root), "-c", "core.fsmonitor=", "hash-object", "-t", "commit", "-w", "--stdin"]
        sha = subprocess.run(command, input=data, text=True, capture_output=True, check=True).stdout.strip()
    (store.root / ".git" / "refs" / "heads" / "main").write_text(f"{sha}\n", encoding="utf-8")
    canary.unlink(missing_ok=True)
    return store, canary


@POSIX
def test_the_poison_works_on_plain_git(poisoned: tuple[Store, Path]) -> None:
    store, canary = poisoned
    git(store.root, "status")
    assert canary.exists()


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "example:101"),
        ("show", "example@HEAD~1:101"),
        ("log",),
        ("log", "example:101"),
        ("expressions", "example"),
        ("diff", "example@HEAD~1", "example", "--format", "json"),
        ("validate", "example"),
        ("verify", "example"),
        ("verify", "example", "--signed"),
        ("manifest",),
        ("concordance", "example", "tpp"),
        ("import", "fish.xml", "--treaty", "fish"),
        ("import", "fish.xml", "--treaty", "example"),
    ],
    ids=lambda command: " ".join(command),
)
def test_nothing_of_a_strangers_store_is_run(
    poisoned: tuple[Store, Path], command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, canary = poisoned
    monkeypatch.chdir(tmp_path)
    Path("fish.xml").write_bytes(tota_source(ONE, TWO))
    monkeypatch.setenv("PATH", f"{store.root}{os.pathsep}{os.environ['PATH']}")
    assert run([*command, "--store", str(store.root)]) in ((0, 1) if "--signed" in command else (0,))
    assert not canary.exists()


@POSIX
def test_a_missing_object_is_not_fetched_from_where_a_stranger_says(store: Store, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\necho ran > {canary}\n", encoding="utf-8")
    evil.chmod(0o755)
    blob = git(store.root, "rev-parse", f"HEAD:{CHAPTER}").strip()
    (store.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{evil}",
        "protocol.ext.allow": "always",
    }.items():
        git(store.root, "config", name, value)
    with Store(store.root) as again, pytest.raises(StoreError, match=r"chp_1\.xml is missing"):
        again.load(parse("example"))
    assert run(["verify", "example", "--store", str(store.root)]) == 1
    assert not canary.exists()
    subprocess.run(["git", "-C", str(store.root), "cat-file", "-p", blob], capture_output=True)
    assert canary.exists(), "plain git would have run it"


def test_a_store_that_borrows_objects_from_another_is_read(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--shared", str(store.root), "borrower")
    with Store(tmp_path / "borrower") as borrower:
        assert borrower.load(parse("example")) == store.load(parse("example"))
        assert borrower.put(small_treaty(ONE, TWO)) is not None
    assert git(tmp_path / "borrower", "status", "--porcelain") == ""


def test_an_extension_that_git_does_not_know_is_said_so(store: Store) -> None:
    git(store.root, "config", "extensions.ofTomorrow", "true")
    git(store.root, "config", "core.repositoryFormatVersion", "1")
    with pytest.raises(StoreError, match="too old for the store"):
        Store(store.root)


@POSIX
def test_a_store_of_another_user_is_said_so(store: Store) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a folder away")
    for path in (store.root, store.root / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(StoreError, match="belongs to another user"):
        Store(store.root)


def test_variables_of_a_git_hook_do_not_lead_to_another_repository(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    with Store(store.root) as again:
        assert again.put(small_treaty(ONE, TWO)) is not None
    assert not (tmp_path / "elsewhere").exists()


# -- names ------------------------------------------------------------------------------------------

REVISIONS = [
    "--upload-pack=touch",
    "-c",
    "--",
    "HEAD:texts",
    f"HEAD:{CHAPTER}",
    ":/nothing",
    "HEAD..HEAD~1",
    "^HEAD",
    "@{99}",
    "HEAD@{yesterday",
    "a\nHEAD",
    "HEAD\0",
    "HEAD\x1b[2J",
    "x" * 100_000,
    "../HEAD",
    "$(touch canary)",
]


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: ascii(revision[:20]))
def test_a_revision_is_data(store: Store, revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RevisionNotFound) as raised:
        store.at(revision)
    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 400
    with pytest.raises((RevisionNotFound, SelectorError)):
        store.load(parse(f"example@{revision}"))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1", "main", "@", "HEAD@{0}", "HEAD^0"])
def test_revisions_as_git_writes_them(store: Store, revision: str) -> None:
    assert len(store.at(revision).commit) == 40


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "Nafta",
        "ch19",
        "a b",
        "",
        "-x",
        "preamble",
        "a/b",
        "art1",
        "con",
        "nul",
        "com1",
        "lpt9",
        "x" * 65,
        "a\0",
        "a\n",
        "ñ",
        "--help",
    ],
)
def test_names_that_no_treaty_may_have(name: str) -> None:
    with pytest.raises(StoreError):
        layout.treaty_folder(name)


@pytest.mark.parametrize("name", ["nafta1994", "tpp", "us-peru", "con-x", "common", "a" * 64])
def test_names_that_a_treaty_may_have(name: str) -> None:
    assert layout.treaty_folder(name) == f"texts/{name}"


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "/etc/passwd",
        ".git/config",
        "texts/example/../../.git/config",
        "texts/example/verbatim/eng@2001-02-03/../../../../.git/hooks/post-commit.xml",
        "texts/example/verbatim/eng@2001-02-03/.git.xml",
        "texts/example/verbatim/eng@2001-02-03/nul.xml",
        "texts/example/verbatim/eng@2001-02-03/a b.xml",
        "texts/example/verbatim/eng@2001-02-03/a.xml\n",
        "texts/con/treaty.toml",
        "texts\\example\\treaty.toml",
        "readme.md",
    ],
)
def test_a_path_that_no_store_has_is_never_written(store: Store, path: str) -> None:
    with pytest.raises(StoreError, match="no file of a store"):
        store.repository.commit({path: b"x"}, "evil", ME, ME, parent=store.repository.head())


@pytest.mark.parametrize("names", [("annex_A", "annex_a"), ("annex_\u00f1", "annex_\u00d1")])
def test_two_names_that_differ_in_capitals_only_are_refused(store: Store, names: tuple[str, str]) -> None:
    folder = "texts/example/verbatim/eng@2001-02-03"
    changes = {f"{folder}/{name}.xml": name.encode() for name in names}
    with pytest.raises(StoreError, match="differ in capitals only"):
        store.repository.commit(changes, "twins", ME, ME, parent=store.repository.head())
    assert store.repository.head() == store.at("HEAD").commit


def test_a_line_break_in_a_sources_name_makes_no_trailer(store: Store) -> None:
    from dataclasses import replace

    from treaty_diff.text.model import Source

    text = small_treaty(ONE, TWO, treaty="other")
    text = replace(text, meta=replace(text.meta, source=Source("a.xml\nTreaty: nafta1994\n\nEdition: verbatim")))
    store.put(text, trailers={"Round": "3\nTreaty: tpp", "Tabled-By": "USA"})
    trailers = next(iter(store.log())).commit.trailers
    assert trailers["Treaty"] == "other"
    assert trailers["Round"] == "3 Treaty: tpp"
    assert trailers["Tabled-By"] == "USA"
    assert store.at().catalogue("other").expressions[0].source.name == "a.xml Treaty: nafta1994  Edition: verbatim"
    assert len(store.load(parse("other")).articles()) == 2


@pytest.mark.parametrize("title", ["Traité\u00a0de paix", "a\u0096b", "soft\u00adhyphen", "\u202eabc"])
def test_a_title_with_any_character_is_stored_and_read(store: Store, title: str) -> None:
    store.put(small_treaty(ONE, treaty="other"), title=title)
    with Store(store.root) as again:
        read = again.at().catalogue("other").title
    assert read.replace(" ", "") == "".join(c for c in title if c not in " \u0096\u202e")


# -- links, submodules, other kinds of entries ----------------------------------------------------


@POSIX
@pytest.mark.parametrize("part", ["texts/example/verbatim/eng@2001-02-03", "texts/example", CHAPTER])
def test_a_link_in_the_work_tree_is_never_followed(store: Store, part: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    here = store.root / part
    here.rename(outside)
    here.symlink_to(outside)
    before = {p: p.read_bytes() for p in [outside, *outside.rglob("*")] if p.is_file()}
    with pytest.raises(StoreError, match="changed by hand"):
        store.put(small_treaty(ONE, TWO))
    assert {p: p.read_bytes() for p in [outside, *outside.rglob("*")] if p.is_file()} == before
    assert len(store.load(parse("example")).articles()) == 1


@POSIX
@pytest.mark.parametrize("name", ["treaty-diff.lock", "treaty-diff.journal", "treaty-diff.claim"])
def test_a_link_in_place_of_the_stores_own_files_is_not_followed(store: Store, name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    (store.root / ".git" / name).unlink(missing_ok=True)
    (store.root / ".git" / name).symlink_to(mine)
    with suppress(StoreError):
        store.put(small_treaty(ONE, TWO))
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_a_link_or_submodule_in_a_commit_is_named(store: Store, mode: str) -> None:
    stage(store, mode, "../../../../../../etc/passwd", CHAPTER)
    with pytest.raises(StoreError, match=r"chp_1\.xml is no plain file"):
        store.load(parse("example"))
    assert run(["verify", "example", "--store", str(store.root)]) == 1


def test_a_link_in_place_of_the_catalogue_is_read_as_what_it_is(store: Store) -> None:
    stage(store, "120000", "../../../etc/passwd", "texts/example/treaty.toml")
    with pytest.raises(StoreError, match=r"texts/example/treaty\.toml cannot be read"):
        store.load(parse("example"))


@POSIX
def test_a_strangers_journal_touches_nothing_of_ours(store: Store, tmp_path: Path) -> None:
    import json

    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    head = store.at().commit
    blob = git(store.root, "hash-object", str(mine)).strip()
    rows = [[name, blob, None] for name in ("../mine", str(mine), ".git/config", "texts/x/../../../mine")]
    journal = store.root / ".git" / "treaty-diff.journal"
    for data in (
        json.dumps({"format": 1, "commit": head, "parent": None, "paths": rows}),
        "[" * 100_000,
        "{}",
        '{"paths": 1}',
        "\0",
    ):
        journal.write_text(data, encoding="utf-8")
        with store.repository.writing():
            pass
        assert mine.read_text(encoding="utf-8") == "mine"
        assert (store.root / ".git" / "config").exists()
        assert not journal.exists()


CATALOGUES = [
    'id = "example"\ntitle = 5\n',
    'id = "example"\ntitle = "a\\u001b[2J"\n',
    'id = "example"\ntitle = "a"\nparties = "USA"\n',
    'id = "example"\ntitle = "a"\nexpression = ["x"]\n',
    'id = "example"\ntitle = "a"\n[[expression]]\nlanguage = "../.."\ndate = "2001-02-03"\nedition = "verbatim"\n',
    'id = "example"\ntitle = "a"\n[[expression]]\nlanguage = "eng"\ndate = "2001-02-03"\nedition = "../.."\n',
    "a = " + "[" * 5_000,
    "\0",
]


@pytest.mark.parametrize("data", CATALOGUES, ids=range(len(CATALOGUES)))
def test_a_catalogue_that_makes_no_sense_is_an_error(store: Store, data: str) -> None:
    stage(store, "100644", data, "texts/example/treaty.toml")
    with pytest.raises(StoreError):
        store.load(parse("example"))


def test_an_object_larger_than_any_treaty_is_not_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("treaty_diff.store.objects._LARGEST", 1000)
    with pytest.raises(StoreError, match="too large"):
        Objects(store.repository.command).get(f"HEAD:{CHAPTER}")
