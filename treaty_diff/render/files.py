"""Files as a whole, or none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from ..errors import RenderError

_PART = re.compile(r"\.(.+)\.\d+\.part", re.DOTALL)


def put(path: Path, data: bytes) -> None:
    """Write a file under another name beside it, then give it its own. Raises OSError where that cannot be done."""
    put_all([(path, data)])


def put_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files under other names beside their own; when all are on the disk, give each its own, in order.

    Raises OSError where that cannot be done: for want of room, say, and then no file is another one than before.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            parts.append((part, path))
            part.write_bytes(data)
        for part, path in parts:
            part.replace(path)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def written(part: Path) -> Path | None:
    """The file that stood under this other name when its writing was cut off; none where it is no such name.

    >>> written(Path("site/.index.html.4711.part"))
    PosixPath('site/index.html')
    """
    found = _PART.fullmatch(part.name)
    return part.with_name(found[1]) if found else None


def write(path: Path, data: bytes) -> Path:
    """Write one file as `put` does, for a command that has no other to write; raises RenderError where that cannot be done."""
    try:
        put(path, data)
    except OSError as error:
        raise RenderError(
            f"{path} cannot be written.",
            cause=error.strerror or str(error),
            fix="name a place that can be written, or make room there",
        ) from error
    return path
