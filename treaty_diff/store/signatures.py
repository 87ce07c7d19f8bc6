"""Which commits carry a valid signature: git and its helpers decide, by what the user trusts and not by what the store says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .command import Git
from .repository import Repository

_TRUSTED = (
    "gpg.ssh.allowedSignersFile",
    "gpg.ssh.revocationFile",
    "gpg.minTrustLevel",
    "gpg.program",
    "gpg.ssh.program",
    "gpg.x509.program",
)
_GOOD = re.compile(r"^(?:Good \"git\" signature for (?P<ssh>.+) with |\[GNUPG:\] GOODSIG \S+ (?P<gpg>.+)$)", re.M)


@dataclass(frozen=True, slots=True)
class Signature:
    """A commit's signature: `state` is `good`, `unsigned`, `bad` or `unknown` (it could not be checked, and `note` says why)."""

    commit: str
    state: str
    signer: str = ""
    note: str = ""


def check(repository: Repository, commit: str, allowed_signers: Path | None) -> Iterator[Signature]:
    """The signatures of a commit and of all before it, newest first.

    Programs and trusted keys come from the user's own git settings, never from those of the store.
    """
    settings = _own_settings(repository.command)
    if allowed_signers is not None:
        settings["gpg.ssh.allowedSignersFile"] = str(allowed_signers.resolve())
    settings.setdefault("gpg.ssh.allowedSignersFile", "")
    settings.setdefault("gpg.ssh.revocationFile", "")
    settings.setdefault("gpg.minTrustLevel", "undefined")
    known = bool(settings["gpg.ssh.allowedSignersFile"])
    with repository.python() as history:
        for found in history.iter_commits(commit, topo_order=True):
            if not found.gpgsig:
                yield Signature(found.hexsha, "unsigned")
                continue
            done = repository.command.call("verify-commit", "--raw", found.hexsha, settings=settings)
            yield _judged(found.hexsha, done.returncode == 0, done.stderr.decode("utf-8", "replace"), known)


def _own_settings(git: Git) -> dict[str, str]:
    """What the user's and the machine's git settings say of signatures."""
    out: dict[str, str] = {}
    for scope in ("--system", "--global"):
        for name in _TRUSTED:
            done = git.call("config", scope, "--includes", "--get", name)
            if done.returncode == 0:
                out[name] = done.stdout.decode("utf-8", "replace").rstrip("\n")
    return out


def _judged(sha: str, passed: bool, said: str, known: bool) -> Signature:
    good = _GOOD.search(said)
    if passed and good is not None:
        return Signature(sha, "good", good["ssh"] or good["gpg"])
    if "allowedSignersFile" in said or ("No principal matched" in said and not known):
        return Signature(sha, "unknown", note="no file of allowed signers: name one with --allowed-signers")
    if "No principal matched" in said:
        return Signature(sha, "unknown", note="the key is not one of the allowed signers")
    if "NO_PUBKEY" in said:
        return Signature(sha, "unknown", note="gpg does not have the signer's key")
    if "cannot run" in said or "No such file" in said:
        return Signature(sha, "unknown", note=next(iter(said.splitlines()), ""))
    return Signature(sha, "bad", note=next((line for line in said.splitlines() if line.strip()), "the signature does not verify"))
