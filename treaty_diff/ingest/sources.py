"""The files of a source: one, several in a given order, or a folder of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import SourceError

MAX_BYTES = 200_000_000
"""No treaty with its schedules comes near."""

MAX_FILES = 2_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's name, without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sources:
    """What is imported at once; `ordered` where the files were named one by one, in reading order."""

    name: str
    files: tuple[SourceFile, ...]
    ordered: bool = True

    @property
    def sha256(self) -> str:
        """sha256 of the one file; of several, that of their list as `sha256sum` prints it, sorted by name."""
        if len(self.files) == 1:
            return _digest(self.files[0].data)
        rows = sorted((file.name, _digest(file.data)) for file in self.files)
        return _digest("".join(f"{sha}  {name}\n" for name, sha in rows).encode())


def single(name: str, data: bytes) -> Sources:
    """The sources that are one file."""
    return Sources(name, (SourceFile(name, data),))


def gather(paths: Sequence[Path]) -> Sources:
    """The files that paths name: one folder's own (folders and links in it aside), or the files as they are given.

    Raises SourceError where there is none, where two have one name, where they are too large, or one cannot be read.
    """
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    found = sorted(_own(folder), key=lambda path: natural(path.name)) if folder is not None else list(paths)
    name = f"{folder.resolve().name}/" if folder is not None else ", ".join(path.name for path in found)
    if not found:
        raise SourceError(f"{folder} has no files.", cause="folders in it and links are not followed", fix="name another folder")
    again = next((path.name for n, path in enumerate(found) if path.name in {other.name for other in found[:n]}), "")
    if again:
        raise SourceError(
            f"Two files are called {again}.", cause="the report names places by their file", fix="rename one of them"
        )
    if len(found) > MAX_FILES:
        raise SourceError(f"{name} has too many files.", cause=f"more than {MAX_FILES:,}", fix="import it in parts")
    files = []
    total = 0
    for path in found:
        try:
            total += path.stat().st_size
            if total > MAX_BYTES:
                raise SourceError(
                    f"{path if len(found) == 1 else name} is too large.",
                    cause=f"more than {MAX_BYTES // 1_000_000} MB",
                    fix="no treaty is; name the right file",
                )
            files.append(SourceFile(path.name, path.read_bytes()))
        except OSError as error:
            raise SourceError(
                f"{path} cannot be read.", cause=error.strerror or str(error), fix="name a file that you may read"
            ) from None
    return Sources(name, tuple(files), ordered=folder is None)


def _own(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file() and not path.is_symlink() and not path.name.startswith(".")]
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be read.", cause=error.strerror or str(error), fix="name a folder that you may read"
        ) from None


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts names as people count: `ch2` before `ch10`."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d{1,9})", name.lower()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
