"""Whether a store is whole, who signed it, and what a commit holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from tests.conftest import small_treaty, tota_source
from tests.store.crashing import ONE, TWO, git
from treaty_diff.cli import cli
from treaty_diff.store import Store

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
FOLDER = "texts/example/verbatim/eng@2001-02-03"


@pytest.fixture
def store(store: Store, tmp_path: Path) -> Store:
    """A store with a treaty imported from a file, and a person who uses git there."""
    git(store.root, "config", "user.name", "A Person")
    git(store.root, "config", "user.email", "person@example.invalid")
    source = tmp_path / "example.xml"
    source.write_bytes(tota_source(ONE, TWO))
    assert call(store, "import", str(source), "--treaty", "example").exit_code == 0
    return store


def call(store: Store, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--store", str(store.root)])


def document(result: Result, schema: str) -> Any:
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    return found


def verify(store: Store, *arguments: str) -> Any:
    result = call(store, "verify", *arguments, "--format", "json")
    found = document(result, "verification-1.json")
    assert result.exit_code == (1 if found["errors"] else 0)
    return found


def rewrite(path: str, old: str, new: str) -> Callable[[Store], None]:
    def change(store: Store) -> None:
        file = store.root / path
        data = file.read_text(encoding="utf-8")
        assert old in data
        file.write_text(data.replace(old, new, 1), encoding="utf-8")

    return change


def rename(old: str, new: str) -> Callable[[Store], None]:
    def change(store: Store) -> None:
        (store.root / new).parent.mkdir(parents=True, exist_ok=True)
        (store.root / old).rename(store.root / new)

    return change


def test_a_store_that_is_whole(store: Store) -> None:
    found = verify(store)
    assert found["errors"] == 0
    assert found["findings"] == []
    assert found["texts"] == 3 + len(store.at().proposals())
    assert "nothing is wrong" in call(store, "verify", "example").stdout


DAMAGES = [
    ("source", rewrite(f"{FOLDER}/main.xml", 'sha256="', 'sha256="0')),
    ("source", rewrite("texts/example/treaty.toml", 'sha256 = "', 'sha256 = "0')),
    ("schema", rewrite(f"{FOLDER}/chp_1.xml", "</article>", "</article><oops/>")),
    ("unreadable", rewrite(f"{FOLDER}/chp_1.xml", "</article>", "</artikel>")),
    ("eid-repeated", rewrite(f"{FOLDER}/chp_1.xml", 'eId="chp_1__art_102"', 'eId="chp_1__art_101"')),
    ("catalogue", rewrite("texts/example/treaty.toml", 'id = "example"', 'id = "another"')),
    ("catalogue", rewrite("texts/example/treaty.toml", 'date = "2001-02-03"', 'date = "2002-02-03"')),
    ("catalogue", rewrite("texts/example/treaty.toml", "title = ", "title = = ")),
    ("catalogue", rename(FOLDER, "texts/example/verbatim/eng@2001-02-04")),
    ("name", rename(FOLDER, "texts/example/verbatim/english")),
    ("name", rename(FOLDER, "texts/example/true/eng@2001-02-03")),
    ("name", rename("texts/example/treaty.toml", "texts/con/treaty.toml")),
    ("unattached-file", rename("texts/tpp/treaty.toml", f"{FOLDER}/chp_9.xml")),
    ("name", rename("texts/tpp/treaty.toml", f"{FOLDER}/notes.txt")),
]


@pytest.mark.parametrize(("code", "damage"), DAMAGES, ids=[f"{n}-{code}" for n, (code, _) in enumerate(DAMAGES)])
def test_what_is_wrong_at_a_commit_is_found(store: Store, code: str, damage: Callable[[Store], None]) -> None:
    damage(store)
    git(store.root, "add", "--all")
    git(store.root, "commit", "-qm", "by hand")
    found = verify(store)
    if code == "unattached-file":  # a catalogue is no chapter: unreadable is said first
        code = "unreadable"
    assert code in [finding["code"] for finding in found["findings"] if finding["severity"] == "error"]
    assert verify(store, "example", "--revision", "HEAD~1")["errors"] == 0


def test_a_damaged_object_is_found(store: Store) -> None:
    blob = git(store.root, "rev-parse", f"HEAD:{FOLDER}/chp_1.xml").strip()
    path = store.root / ".git" / "objects" / blob[:2] / blob[2:]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(data)
    found = verify(store, "example")
    assert "object" in [finding["code"] for finding in found["findings"] if finding["severity"] == "error"]


def test_a_missing_object_is_found(store: Store) -> None:
    tree = git(store.root, "rev-parse", "HEAD:texts/example/verbatim").strip()
    (store.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert verify(store, "example")["errors"] > 0


def test_the_work_tree_is_told_and_is_not_wrong(store: Store) -> None:
    rewrite(f"{FOLDER}/chp_1.xml", "blue", "green")(store)
    (store.root / FOLDER / "main.xml").unlink()
    found = verify(store, "example")
    assert found["errors"] == 0
    assert [(f["code"], f["place"], f["message"]) for f in found["findings"]] == [
        ("work-tree", f"{FOLDER}/chp_1.xml", "was changed by hand"),
        ("work-tree", f"{FOLDER}/main.xml", "is missing"),
    ]


def test_trouble_is_no_finding(store: Store) -> None:
    assert call(store, "verify", "atlantis").exit_code == 2
    assert call(store, "verify", "--revision", "nowhere").exit_code == 2


# -- signatures --------------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new SSH key, and a file of allowed signers beside it; git's own settings of this machine are out of the way."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    made = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(made)], check=True)
    public = made.with_suffix(".pub").read_text(encoding="utf-8")
    (tmp_path / "allowed").write_text(f"person@example.invalid {public}", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return made


def sign(store: Store, key: Path, subject: str) -> None:
    settings = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(store.root, *settings, "commit", "-q", "--allow-empty", "-S", "-m", subject)


def test_a_valid_signature_is_reported(store: Store, key: Path) -> None:
    sign(store, key, "signed")
    found = verify(store, "example", "--signed", "--allowed-signers", str(key.parent / "allowed"))
    assert found["signatures"][0]["state"] == "good"
    assert found["signatures"][0]["signer"] == "person@example.invalid"
    assert {s["state"] for s in found["signatures"][1:]} == {"unsigned"}
    assert found["errors"] == 0
    said = call(store, "verify", "example", "--signed", "--allowed-signers", str(key.parent / "allowed")).stdout
    assert f"1 of {len(found['signatures'])} commits carry a valid signature" in said


def test_without_allowed_signers_that_is_said(store: Store, key: Path) -> None:
    sign(store, key, "signed")
    (first, *_) = verify(store, "example", "--signed")["signatures"]
    assert (first["state"], first["note"]) == ("unknown", "no file of allowed signers: name one with --allowed-signers")


def test_whom_a_store_trusts_is_not_whom_the_user_trusts(store: Store, key: Path) -> None:
    sign(store, key, "signed")
    git(store.root, "config", "gpg.ssh.allowedSignersFile", str(key.parent / "allowed"))
    (first, *_) = verify(store, "example", "--signed")["signatures"]
    assert first["state"] == "unknown"


def test_the_users_own_setting_is_used(store: Store, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(store, key, "signed")
    own = key.parent / "gitconfig"
    own.write_text(f'[gpg "ssh"]\n\tallowedSignersFile = {key.parent / "allowed"}\n', encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    (first, *_) = verify(store, "example", "--signed")["signatures"]
    assert first["state"] == "good"


def test_a_signature_of_other_words_is_bad(store: Store, key: Path) -> None:
    sign(store, key, "signed")
    data = git(store.root, "cat-file", "commit", "HEAD").replace("\nsigned\n", "\nforged\n")
    command = ["git", "-C", str(store.root), "hash-object", "-t", "commit", "-w", "--stdin"]
    forged = subprocess.run(command, input=data, text=True, capture_output=True, check=True).stdout.strip()
    git(store.root, "reset", "-q", "--hard", forged)
    found = verify(store, "example", "--signed", "--allowed-signers", str(key.parent / "allowed"))
    assert found["signatures"][0]["state"] == "bad"
    assert found["errors"] == 1


def test_a_stranger_who_signs_is_not_taken_for_somebody_allowed(store: Store, key: Path) -> None:
    other = key.parent / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    sign(store, other, "signed")
    (first, *_) = verify(store, "example", "--signed", "--allowed-signers", str(key.parent / "allowed"))["signatures"]
    assert first["state"] in ("unknown", "bad")


# -- manifest ----------------------------------------------------------------------------------------


def test_a_manifest_can_be_checked_by_hand(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "manifest.json"
    assert f"The manifest is {out}" in call(store, "manifest", "--output", str(out)).stdout
    printed = call(store, "manifest")
    assert printed.stdout == out.read_text(encoding="utf-8")
    found = document(printed, "manifest-1.json")
    assert found["commit"] == git(store.root, "rev-parse", "HEAD").strip()
    assert found["tree"] == git(store.root, "rev-parse", "HEAD^{tree}").strip()
    treaties = [(t["treaty"], t["edition"]) for t in found["texts"] if t["edition"] != "reconstruction"]
    assert treaties == [("example", "verbatim"), ("nafta1994", "restatement"), ("tpp", "restatement")]
    assert [t["treaty"] for t in found["texts"] if t["edition"] == "reconstruction"] == store.at().proposals()
    for text in found["texts"]:
        shown = call(store, "show", text["treaty"], "--format", "text").stdout
        assert sha256(shown.encode()).hexdigest() == text["sha256"]
        for file in text["files"]:
            data = subprocess.run(
                ["git", "-C", str(store.root), "cat-file", "blob", f"HEAD:{file['path']}"], capture_output=True, check=True
            ).stdout
            assert (len(data), sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    assert found["texts"][0]["source_sha256"] == [sha256(tota_source(ONE, TWO)).hexdigest()]


def test_a_manifest_is_the_same_for_the_same_commit(store: Store, tmp_path: Path) -> None:
    before = call(store, "manifest").stdout
    git(tmp_path, "clone", "-q", str(store.root), "clone")
    with Store(tmp_path / "clone") as clone:
        assert call(clone, "manifest").stdout == before
    store.put(small_treaty(ONE))
    assert call(store, "manifest", "--revision", "HEAD~1").stdout == before
