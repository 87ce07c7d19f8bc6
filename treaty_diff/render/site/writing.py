"""A site's files onto a disk: what is unchanged is left alone, what is no longer part of the site goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...errors import RenderError
from ...printable import steers
from ..files import put_all

MARK = ".treaty-diff-site"
"""The list of a site's files, in its folder: it says that the folder is ours to write."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were and removed, and how many bytes the site has."""

    written: int
    kept: int
    removed: int
    size: int


def write(files: Mapping[str, bytes], folder: Path) -> Written:
    """Write a site whole; the list of its files last.

    Before the first file takes its name all are on the disk, so that a full disk leaves the old site whole. Raises RenderError where the folder has other things in it or cannot be written.
    """
    try:
        before = _listed(folder)
        listing = "".join(f"{name}\n" for name in sorted(files)).encode()
        changed = [(folder / name, data) for name, data in files.items() if not _has(folder / name, data)]
        put_all([*changed, (folder / MARK, listing)])
        gone = [name for name in before if name not in files]
        for name in gone:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise RenderError(
            f"The site cannot be written to {folder}.",
            cause=error.strerror or str(error),
            fix="name a folder that can be written, or make room there",
        ) from error
    return Written(len(changed), len(files) - len(changed), len(gone), sum(map(len, files.values())))


def _has(path: Path, data: bytes) -> bool:
    """Whether a file is there with these bytes."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _listed(folder: Path) -> list[str]:
    """The files of the site that stands in a folder; raises RenderError where something else does."""
    mark = folder / MARK
    if not mark.is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise RenderError(
                f"{folder} is not empty, and no site of treaty-diff.",
                cause=f"it has no {MARK}",
                fix="name a new or empty folder with --output",
            )
        return []
    names = mark.read_text("utf-8").splitlines()
    return [name for name in names if name and not steers(name) and _inside(name)]


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
