"""Commits as the log shows them, and who makes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..printable import printable
from .objects import Object


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit, and when (seconds since 1970, UTC)."""

    name: str
    email: str
    time: int

    def line(self) -> str:
        """As it stands in a commit."""
        name, email = (printable(word, "").translate({60: None, 62: None}).strip() for word in (self.name, self.email))
        return f"{name} <{email}> {self.time} +0000"


@dataclass(frozen=True, slots=True)
class Step:
    """A commit of a new store's first history: files (None removes), message, author and committer; `tag` is the tag that it gets, if any,
    with its message and who set it."""

    changes: Mapping[str, bytes | None]
    message: str
    who: Person
    tag: tuple[str, str, Person] | None = None


@dataclass(frozen=True)
class Commit:
    """A commit: when its text is of (`authored`, the legal date) and when it was stored (`committed`), in seconds since 1970."""

    sha: str
    parents: tuple[str, ...]
    authored: int
    committed: int
    message: str

    @property
    def subject(self) -> str:
        """First line of the message."""
        return self.message.partition("\n")[0]

    @cached_property
    def trailers(self) -> Mapping[str, str]:
        """`Treaty:`, `Expression:` … of the message's last paragraph; the first of a name counts."""
        out: dict[str, str] = {}
        for line in self.message.rstrip().rpartition("\n\n")[2].splitlines():
            name, colon, value = line.partition(": ")
            if colon and name.replace("-", "").isalnum():
                out.setdefault(name, value)
        return out


def read_commit(found: Object) -> Commit:
    """A commit from git's object."""
    head, _, message = found.data.decode("utf-8", "replace").partition("\n\n")
    parents: list[str] = []
    times = {"author": 0, "committer": 0}
    for line in head.split("\n"):
        key, _, value = line.partition(" ")
        if key == "parent":
            parents.append(value)
        elif key in times:
            words = value.split()
            times[key] = int(words[-2]) if len(words) > 1 and words[-2].lstrip("-").isdigit() else 0
    return Commit(found.oid, tuple(parents), times["author"], times["committer"], message)
