"""One file as a whole, or none."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import RenderError


def put(path: Path, data: bytes) -> None:
    """Write a file under another name beside it, then give it its own. Raises OSError where that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


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
