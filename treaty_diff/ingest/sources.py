"""The files of a source: one, several in a given order, or a folder of them.

No path is ever made from what stands in a file: links are only looked up among the files found here.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import SourceError
from .bounds import MAX_BYTES, MAX_FILES

PAGES = (".html", ".htm", ".xhtml", ".asp", ".aspx", ".php", ".shtml", ".jsp")
"""Endings of web pages' names, as links and saved files have them."""

_TEXTS = (*PAGES, ".txt", ".text", ".asc", ".docx", ".pdf")
_UNREAD = (".doc", ".rtf", ".odt", ".wpd", ".epub", ".docm")
"""Endings of texts that no importer reads: never passed over, since they may be a chapter."""
_KINDS = {
    "style sheet": (".css",),
    "script": (".js", ".mjs", ".json", ".map"),
    "picture": (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".tif", ".tiff"),
    "font": (".woff", ".woff2", ".ttf", ".otf", ".eot"),
}
_SNIFFED = 64_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's name, with `/` where it lies in a folder of its source, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """sha256 of its bytes."""
        return _digest(self.data)


def _tell_nobody(name: str) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is imported at once; `ordered` where the files were named one by one, in reading order.

    `aside` are files of a folder that hold no text, each with what it is. `progress` is called with each file's
    name before it is read.
    """

    name: str
    files: tuple[SourceFile, ...]
    ordered: bool = True
    aside: tuple[tuple[str, str], ...] = ()
    progress: Callable[[str], None] = field(default=_tell_nobody, compare=False)

    @property
    def sha256(self) -> str:
        """sha256 of the one file; of several, that of their list as `sha256sum` prints it, sorted by name."""
        if len(self.files) == 1:
            return self.files[0].sha256
        rows = sorted((file.name, file.sha256) for file in self.files)
        return _digest("".join(f"{sha}  {name}\n" for name, sha in rows).encode())


def single(name: str, data: bytes) -> Sources:
    """The sources that are one file."""
    return Sources(name, (SourceFile(name, data),))


def gather(paths: Sequence[Path], *, limit: int = MAX_BYTES) -> Sources:
    """The files that paths name: one folder's that may hold text (links aside), or the files as they are given.

    Raises SourceError where there is none, where two have one name, where they are larger than `limit` bytes, or one
    cannot be read.
    """
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    aside: list[tuple[str, str]] = []
    found = _own(folder, aside) if folder is not None else [(path.name, path) for path in paths]
    name = f"{folder.resolve().name}/" if folder is not None else _listed(paths)
    if not found and not aside:
        raise SourceError(f"{folder} has no files.", cause="symbolic links are not followed", fix="name another folder")
    if not found:
        raise SourceError(
            f"{folder} has no text of a treaty.",
            cause="no file in it is HTML, Word (DOCX), PDF or plain text",
            fix="name another folder",
        )
    names = [called for called, _ in found]
    if again := next((called for n, called in enumerate(names) if called in names[:n]), ""):
        raise SourceError(
            f"Two files are called {again}.", cause="the report names places by their file", fix="rename one of them"
        )
    files = []
    total = 0
    for called, path in found:
        try:
            total += path.stat().st_size
            if total > limit:
                raise SourceError(
                    f"{path if len(found) == 1 else name} is too large.",
                    cause=f"more than {limit // 1_000_000} MB",
                    fix="no treaty is; name the right file",
                )
            files.append(SourceFile(called, path.read_bytes()))
        except OSError as error:
            raise _unreadable(path, error) from None
    return Sources(name, tuple(files), ordered=folder is None, aside=tuple(aside))


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts names as people count: `ch2` before `ch10`."""
    stem, ending = os.path.splitext(name.lower())
    steps = [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", stem)]
    return (*steps, (-2, ending))


def _listed(paths: Sequence[Path]) -> str:
    """The names of files, of many the first."""
    names = [path.name for path in paths]
    return ", ".join(names) if len(names) < 5 else f"{names[0]} and {len(names) - 1} more"


def _own(folder: Path, aside: list[tuple[str, str]]) -> list[tuple[str, Path]]:
    """The files below a folder that may hold text, in natural order; the others go to `aside`."""
    found: list[tuple[str, Path]] = []

    def refuse(error: OSError) -> None:
        raise _unreadable(folder, error)

    for at, folders, names in os.walk(folder, onerror=refuse):
        here = Path(at)
        linked = [name for name in folders if (here / name).is_symlink()]
        aside += [((here / name).relative_to(folder).as_posix(), "symbolic link") for name in linked]
        folders[:] = sorted(name for name in folders if name not in linked and not name.startswith((".", "__MACOSX")))
        found += [((here / name).relative_to(folder).as_posix(), here / name) for name in names]
        if len(found) > MAX_FILES:
            raise SourceError(f"{folder} has too many files.", cause=f"more than {MAX_FILES:,}", fix="import it in parts")
    kept = []
    for name, path in sorted(found, key=lambda row: natural(row[0])):
        kind = _no_text(path)
        if kind:
            aside.append((name, kind))
        else:
            kept.append((name, path))
    return kept


def _no_text(path: Path) -> str:
    """What a file in a folder is that holds no text of a treaty; empty for one that may."""
    from . import akn_source, kinds, tota

    suffix = path.suffix.lower()
    if path.is_symlink():
        return "symbolic link"
    if not path.is_file():
        return "no file"
    if path.name.startswith(".") or path.name.lower() in ("thumbs.db", "desktop.ini"):
        return "file of the system"
    if suffix in _TEXTS or suffix in _UNREAD:
        return ""
    if kind := next((kind for kind, suffixes in _KINDS.items() if suffix in suffixes), ""):
        return kind
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
    except OSError as error:
        raise _unreadable(path, error) from None
    if tota.sniff(start) or akn_source.sniff_akn(start):
        return ""
    known = kinds.kind_of(start)
    return "" if known and (known != "plain text" or (not suffix and start.strip())) else "file of no known kind"


def _unreadable(path: Path, error: OSError) -> SourceError:
    what = "folder" if path.is_dir() else "file"
    return SourceError(f"{path} cannot be read.", cause=error.strerror or str(error), fix=f"name a {what} that you may read")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
