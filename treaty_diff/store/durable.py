"""Writing files so that a crash leaves the old one or the new one, and a stranger's links lead nowhere."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_new(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file that must not be there yet, down to the disk; raises OSError and leaves none where that fails."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, mode)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        os.unlink(path)
        raise


def replace(path: Path, data: bytes, temporary: Path, mode: int = 0o644) -> None:
    """Put `data` in a file's place in one step, by way of `temporary` beside it (one left from before goes)."""
    remove(temporary)
    write_new(temporary, data, mode)
    os.replace(temporary, path)


def append(path: Path, data: bytes) -> None:
    """Add to a file in one write; raises OSError where it is a symbolic link."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NO_FOLLOW, 0o644)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file where it is there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names down to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_plain(path: Path) -> bytes | None:
    """A file's bytes, None where there is none; raises OSError where it is a link, a folder or a device."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise OSError(f"{path} is no plain file")
        with open(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
