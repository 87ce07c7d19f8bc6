"""Pages that were made before, under a sum of what they follow from. They lie in the user's own cache, and are not trusted."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .layout import File
from .redlines import Redline

if TYPE_CHECKING:
    from ...align.memo import Keeper

Made = tuple[list[Redline], list[File]]

_HOMES = ("treaty_diff.annotate.annotation", "treaty_diff.render.site.redlines")
"""The modules whose records may be in what is kept."""
_LARGEST = 100_000_000
_FOLDERS = ("compare/", "assets/print-", "texts/", "topics/")


class Kept:
    """Redlines and files by the sum of what they follow from."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def recall(self, key: str) -> Made | None:
        """What was made under a key; None where nothing was, or it is nothing that this program writes."""
        data = self._keeper.get(key)
        if data is None:
            return None
        try:
            unpacked = zlib.decompressobj().decompress(data, _LARGEST)
            redlines, files = _Reader(io.BytesIO(unpacked)).load()
            sound = all(isinstance(one, Redline) for one in redlines) and all(
                isinstance(page, bytes) and path.startswith(_FOLDERS) and ".." not in path for path, page in files
            )
        except Exception:
            # whatever stands in a file that somebody else wrote: it is made anew
            return None
        return (redlines, files) if sound else None

    def once(self, key: str, make: Callable[[], Made]) -> Made:
        """What was made under a key, else what is made now."""
        found = self.recall(key)
        if found is None:
            self.keep(key, found := make())
        return found

    def keep(self, key: str, made: Made) -> None:
        """Keep what was made under a key."""
        self._keeper.put(key, zlib.compress(pickle.dumps(made, pickle.HIGHEST_PROTOCOL), 1))


class _Reader(pickle.Unpickler):
    """Reads records and plain data: a file can name no function that would be called."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(import_module(module), name, None) if module in _HOMES else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
