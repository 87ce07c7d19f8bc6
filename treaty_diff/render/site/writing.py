"""A site's files onto a disk: what is unchanged is left alone, what is no longer part of the site goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from ...errors import RenderError
from ...printable import steers
from ..files import put, put_all, written

MARK = ".treaty-diff-site"
"""The list of a site's files with their sums, in its folder: it says that the folder is ours to write."""


_UNKNOWN = "0" * 64
"""In the list in place of the sum of a file that is about to go."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were and removed, and how many bytes the site has."""

    written: int
    kept: int
    removed: int
    size: int


def write(files: Mapping[str, bytes], folder: Path) -> Written:
    """Write a site whole; the list of its files last.

    Before the first file takes its name all are on the disk, so that a full disk leaves the old site whole. Until then the list has
    the old files and the new: what a process that is killed leaves behind is ours too, and the next build clears it away. Raises
    RenderError where the folder has other things in it or cannot be written.
    """
    try:
        before = _listed(folder)
        sums = {name: sha256(data).hexdigest() for name, data in files.items()}
        changed = [(folder / name, data) for name, data in files.items() if not _has(folder / name, data)]
        if changed:
            put(folder / MARK, _listing(dict.fromkeys(before, _UNKNOWN) | sums))
        ours = {folder / name for name in (*before, MARK)}
        for part in folder.rglob(".*.part"):
            if written(part) in ours:
                part.unlink(missing_ok=True)
        put_all([*changed, (folder / MARK, _listing(sums))])
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


def mark(folder: Path) -> bytes:
    """The list of the files of a site; empty where there is none."""
    try:
        return (folder / MARK).read_bytes()
    except OSError:
        return b""


def standing(folder: Path, listing: bytes) -> Written | None:
    """The site in a folder, where it has the files that a list names, byte for byte, and no other list; None where it has not."""
    if not listing or mark(folder) != listing:
        return None
    size = 0
    rows = [line.partition("  ") for line in listing.decode("utf-8").splitlines()]
    for total, _, name in rows:
        try:
            data = (folder / name).read_bytes()
        except OSError:
            return None
        if sha256(data).hexdigest() != total:
            return None
        size += len(data)
    return Written(0, len(rows), 0, size)


def _listing(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{total}  {name}\n" for name, total in sorted(sums.items())).encode()


def _has(path: Path, data: bytes) -> bool:
    """Whether a file is there with these bytes."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _listed(folder: Path) -> list[str]:
    """The files of the site that stands in a folder; raises RenderError where something else does."""
    listed = folder / MARK
    if not listed.is_file():
        # folders that hold nothing are what a build leaves that had no room to begin
        if any(not path.is_dir() for path in folder.rglob("*")):
            raise RenderError(
                f"{folder} is not empty, and no site of treaty-diff.",
                cause=f"it has no {MARK}",
                fix="name a new or empty folder with --output",
            )
        return []
    names = [line.rpartition("  ")[2] for line in listed.read_text("utf-8").splitlines()]
    return [name for name in names if name and not steers(name) and _inside(name)]


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
