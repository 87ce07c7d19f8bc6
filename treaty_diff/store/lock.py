"""One writer at a time: a lock that the system itself lets go of when its holder dies, so that none is ever stale."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError

WAIT = 10.0
"""Seconds that a second writer waits."""

PAUSE = 0.05

if os.name == "nt":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond what is read: Windows locks bytes against reading, too
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; raises StoreError, naming the holder, where another does for `WAIT` seconds.

    The file stays: what is locked is the file as the system knows it, and process, host and time in it are for people.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        until = time.monotonic() + WAIT
        while True:
            try:
                _take(handle)
                break
            except OSError as error:
                if time.monotonic() >= until:
                    raise _busy(handle, error) from None
                time.sleep(PAUSE)
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": int(time.time())}
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(holder).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _busy(handle: int, error: OSError) -> StoreError:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        holder = json.loads(os.read(handle, 4096))
        who = f"process {int(holder['pid'])} on {str(holder['host'])!a} since {time.ctime(holder['since'])}"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        who = "another process"
    if not isinstance(error, BlockingIOError | PermissionError):
        who = error.strerror or str(error)
    return StoreError(
        "The store is being written to by another command.",
        cause=f"{who} holds its lock; waited {WAIT:g} s",
        fix="run the command again when that one has ended",
    )
