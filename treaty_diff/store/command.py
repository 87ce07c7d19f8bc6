"""Calling git on a store that may be a stranger's: nothing in its config, hooks or attributes is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import StoreError

SETTINGS = {
    "advice.graftFileDeprecated": "false",
    "commit.gpgSign": "false",
    "core.alternateRefsCommand": "",
    "core.askPass": "",
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",
    "core.editor": "false",
    "core.fsmonitor": "false",
    "core.gitProxy": "",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.sshCommand": "false",
    "core.untrackedCache": "false",
    "credential.helper": "",
    "diff.external": "",
    "gc.auto": "0",
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.x509.program": "gpgsm",
    "log.mailmap": "false",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.allow": "never",
}
"""Settings of a repository that name a program, start one, or change what is printed, and what they are for us."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "NoDefaultCurrentDirectoryInExePath": "1",
}
_KEPT = frozenset({"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"})
"""The user's own settings; every other variable of git's (a hook sets them) would point it elsewhere."""


def environment(root: Path) -> dict[str, str]:
    """What git's processes see: the user's own settings, and no way out of `root` or to another machine."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return {**mine, **_ENVIRONMENT, "GIT_CEILING_DIRECTORIES": str(root.resolve().parent)}


class Git:
    """Git, on the repository in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        found = shutil.which("git")
        if found is None:
            raise StoreError("Git cannot be used.", cause="there is no command `git`", fix="install git")
        self._program = found
        self._environment = environment(root)

    def command(self, *arguments: str, settings: Mapping[str, str] | None = None) -> list[str]:
        """The words of a call; `settings` go over ours."""
        options = [word for key, value in {**SETTINGS, **(settings or {})}.items() for word in ("-c", f"{key}={value}")]
        return [self._program, "--no-pager", *options, "-C", str(self.root), *arguments]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A running git that is written to and read from."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment,
        )

    def call(
        self,
        *arguments: str,
        given: bytes = b"",
        variables: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git to its end, whatever comes of it."""
        environment = {**self._environment, **(variables or {})}
        return subprocess.run(self.command(*arguments, settings=settings), input=given, capture_output=True, env=environment)

    def run(self, *arguments: str, given: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
        """What git prints; raises StoreError where it fails."""
        done = self.call(*arguments, given=given, variables=variables)
        if done.returncode:
            raise failed(arguments, done.stderr)
        return done.stdout


def failed(arguments: Sequence[str], stderr: bytes) -> StoreError:
    """The error that git's words on stderr stand for."""
    said = stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in said:
        return StoreError(
            "The store belongs to another user of this machine.",
            cause="git refuses to work on it",
            fix="if you trust it: git config --global --add safe.directory FOLDER",
        )
    if "unknown repository extension" in said or "repo version" in said:
        return StoreError("This git is too old for the store.", cause=said.splitlines()[0], fix="use a newer git")
    first = next((line for line in said.splitlines() if line), f"git {arguments[0]} failed")
    return StoreError("Git could not read or write the store.", cause=first, fix="see `treaty-diff verify`, and `git fsck`")
