"""What was worked out before and can be worked out again: files in the user's own cache folder, which may be deleted at any time.

It is the user's and not the store's: a store may come from a stranger, and what it says was worked out is not to be believed.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from . import durable

_KEPT = 64
_LARGEST = 20_000_000


def user_cache() -> Path | None:
    """The folder: `TREATY_DIFF_CACHE` (empty for none), else the one that the system has for a user's caches."""
    if (named := os.environ.get("TREATY_DIFF_CACHE")) is not None:
        return Path(named) if named else None
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if base := os.environ.get(variable):
            return Path(base) / "treaty-diff"
    try:
        return Path.home() / ".cache" / "treaty-diff"
    except RuntimeError:  # no home
        return None


class Cache:
    """Files by key (letters and digits), so many of them in a folder: the one that was used longest ago goes first.

    Whatever the disk does, nothing is raised: what cannot be read is not there, what cannot be written is not kept.
    """

    def __init__(self, folder: Path, kept: int = _KEPT, suffix: str = ".json") -> None:
        self._folder, self._kept, self._suffix = folder, kept, suffix

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, None where nothing is."""
        path = self._folder / f"{key}{self._suffix}"
        with contextlib.suppress(OSError):
            if path.stat().st_size <= _LARGEST and (data := durable.read_plain(path)) is not None:
                os.utime(path)
                return data
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep something under a key."""
        path = self._folder / f"{key}{self._suffix}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            durable.replace(path, data, path.with_name(f".{key}-{os.getpid()}.tmp"), 0o600)
            self._tidy()

    def _tidy(self) -> None:
        held = [
            (entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(self._folder) if entry.is_file(follow_symlinks=False)
        ]
        for _, path in sorted(held)[: -self._kept]:
            os.unlink(path)
