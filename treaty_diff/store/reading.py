"""Texts read from their files, each once: a process that reads a store again has those that have not changed, and what it knew of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from ..text.akn import read_treaty
from ..text.model import Metadata, Treaty

_KEPT = 64


class Held:
    """A text as its files have it, and as it was told last with other metadata."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self._told = treaty

    def told(self, meta: Metadata) -> Treaty:
        """The text with metadata: the same object as long as they are the same."""
        if self._told.meta != meta:
            self._told = replace(self.treaty, meta=meta)
        return self._told


class Texts:
    """Texts by the bytes that they were read from; the one that was asked for longest ago goes first."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._held: dict[bytes, Held] = {}

    def read(self, files: Mapping[str, bytes]) -> Held:
        """The text of some files by name; raises AknError where they are none."""
        found = sha256()
        for name, data in sorted(files.items()):
            found.update(f"{len(name)} {len(data)} {name}".encode("utf-8", "surrogateescape") + data)
        key = found.digest()
        held = self._held.pop(key, None) or Held(read_treaty(files))
        self._held[key] = held
        for old in list(self._held)[: -self._kept]:
            del self._held[old]
        return held
