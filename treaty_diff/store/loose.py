"""Writing git's objects: loose ones, each on the disk before it has its name.

Measured (40 files of a treaty): 25 ms in all with an fsync each. A killed writer leaves at most files `tmp_obj_…`, which
`git gc` clears away, and objects that no commit names.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

from ..errors import StoreError
from .durable import remove, sync_folder, write_new
from .objects import FILE, TREE, Entry, Objects, entries


def hash_of(kind: str, data: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to an object."""
    return hashlib.new(algorithm, b"%s %d\0" % (kind.encode(), len(data)) + data).hexdigest()


class Loose:
    """Writes objects below a repository's `objects` folder; `algorithm` is `sha1` or `sha256`."""

    def __init__(self, folder: Path, objects: Objects, algorithm: str = "sha1") -> None:
        self._folder = folder
        self._objects = objects
        self.algorithm = algorithm
        self._touched: set[Path] = set()
        self._count = 0

    def store(self, kind: str, data: bytes) -> str:
        """Write an object where it is not there yet; its id."""
        oid = hash_of(kind, data, self.algorithm)
        folder = self._folder / oid[:2]
        path = folder / oid[2:]
        if path.exists():
            return oid
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            self._touched.add(self._folder)
        self._count += 1
        temporary = folder / f"tmp_obj_treaty-diff-{os.getpid()}-{self._count}"
        remove(temporary)
        write_new(temporary, zlib.compress(b"%s %d\0" % (kind.encode(), len(data)) + data, 6), 0o444)
        os.replace(temporary, path)
        self._touched.add(folder)
        return oid

    def settle(self) -> None:
        """Bring the names of what was written down to the disk."""
        for folder in sorted(self._touched):
            sync_folder(folder)
        self._touched.clear()

    def change(self, tree: str | None, changes: Mapping[str, bytes | None], where: str = "") -> str | None:
        """A tree with `changes` (path → bytes, None removes) made in it; its id, None where nothing is left.

        Raises StoreError where two names in a folder would differ in capitals only: on many systems they are one file.
        """
        held: dict[str, Entry] = {}
        if tree is not None:
            found = self._objects.get(tree)
            held = {e.name: e for e in entries(found.data, len(found.oid) // 2)} if found is not None else {}
        below: dict[str, dict[str, bytes | None]] = {}
        added: set[str] = set()
        for path, content in changes.items():
            first, _, rest = path.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = content
            elif content is None:
                held.pop(first, None)
            else:
                added.add(first)
                held[first] = Entry(FILE, first, self.store("blob", content))
        for name, inner in below.items():
            entry = held.get(name)
            made = self.change(entry.oid if entry is not None and entry.mode == TREE else None, inner, f"{where}{name}/")
            if made is None:
                held.pop(name, None)
            else:
                added.add(name)
                held[name] = Entry(TREE, name, made)
        if not held:
            return None
        _refuse_twins(held, added, where)
        rows = sorted(held.values(), key=lambda e: _bytes(e.name) + (b"/" if e.mode == TREE else b""))
        return self.store("tree", b"".join(b"%o %s\0" % (e.mode, _bytes(e.name)) + bytes.fromhex(e.oid) for e in rows))


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _refuse_twins(held: Mapping[str, Entry], added: set[str], where: str) -> None:
    seen: dict[str, str] = {}
    for name in held:
        twin = seen.setdefault(normalize("NFC", name).casefold(), name)
        if twin != name and (name in added or twin in added):
            raise StoreError(
                f"{where}{twin} and {where}{name} would differ in capitals only, or in how an accent is written.",
                cause="on many systems both names are one file",
                fix="rename one of the two in the source",
            )
