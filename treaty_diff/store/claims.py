"""Git's own locks, taken so that one which a killed writer left can be told from one that somebody holds.

Git's lock on `index` or on a branch is a file `….lock` beside it. We take it as a second name (a hard link) of a file of
ours, `.git/treaty-diff.claim`: a lock that is the same file as our claim is ours, and no other lock is ever removed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError
from . import lock as ours
from .durable import remove, write_new

_CLAIM = "treaty-diff.claim"


@contextmanager
def claimed(folder: Path, lock: Path, data: bytes = b"") -> Iterator[None]:
    """Hold git's lock file `lock`, with `data` in it; raises StoreError where another git holds it for ten seconds.

    `folder` is the repository's git folder. Whoever holds the lock may rename it to what it locks.
    """
    claim = folder / _CLAIM
    remove(claim)
    write_new(claim, data)
    until = time.monotonic() + ours.WAIT
    try:
        while not _link(claim, lock, data):
            if time.monotonic() >= until:
                raise StoreError(
                    "Another git command is at work in the store.",
                    cause=f"it holds {lock.name}",
                    fix=f"wait for it to end; where none runs, remove {lock}",
                )
            time.sleep(ours.PAUSE)
        taken = os.lstat(lock)
        try:
            yield
        finally:
            # once renamed, the lock's name may be somebody else's
            if lock.exists() and os.path.samestat(os.lstat(lock), taken):
                remove(lock)
    finally:
        remove(claim)


def _link(claim: Path, lock: Path, data: bytes) -> bool:
    try:
        os.link(claim, lock)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        try:
            write_new(lock, data)
        except FileExistsError:
            return False
    return True


def release(folder: Path, common: Path) -> None:
    """Remove the locks that a killed writer left: those that are the same file as its claim."""
    claim = folder / _CLAIM
    if not claim.exists():
        return
    locks = [folder / "index.lock", folder / "HEAD.lock", *(common / "refs").rglob("*.lock")]
    for lock in locks:
        if lock.exists() and lock.samefile(claim):
            remove(lock)
    remove(claim)
