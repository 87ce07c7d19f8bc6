"""What a writer is about to do, written down before it does it, so that whoever comes next can finish.

`.git/treaty-diff.journal` holds `{"format": 1, "commit", "parent", "paths": [[path, old blob, new blob], …]}`; a blob is null
where the file is not there. The file is written before the branch moves and removed last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import layout
from .durable import read_plain, remove, replace, sync_folder

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Journal:
    """A commit under way: its parent, and the blob of each file before and after."""

    commit: str
    parent: str | None
    paths: Mapping[str, tuple[str | None, str | None]]

    def to_json(self) -> bytes:
        """The file's bytes."""
        rows = [[path, old, new] for path, (old, new) in self.paths.items()]
        return json.dumps({"format": 1, "commit": self.commit, "parent": self.parent, "paths": rows}).encode()


def write(path: Path, journal: Journal) -> None:
    """Write the journal down to the disk."""
    replace(path, journal.to_json(), path.with_suffix(".journal-tmp"))
    sync_folder(path.parent)


def read(path: Path) -> Journal | None:
    """The journal that a writer left, None where there is none or none that makes sense.

    What it says is data: paths that no store has and blobs that are no ids are left out.
    """
    data = read_plain(path)
    if data is None:
        return None
    try:
        found = json.loads(data)
        paths = {
            str(name): (old, new)
            for name, old, new in found["paths"]
            if layout.is_store_path(str(name)) and all(oid is None or _OID.fullmatch(oid) for oid in (old, new))
        }
        commit, parent = found["commit"], found["parent"]
        if not _OID.fullmatch(commit) or not (parent is None or _OID.fullmatch(parent)):
            return None
        return Journal(commit, parent, paths)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def clear(path: Path) -> None:
    """Remove the journal: its commit is done, or has not come about."""
    remove(path)
