"""Texts read from their files, each once: a process that reads a store again has those that have not changed, and what it knew of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from ..text.akn import read_treaty
from ..text.model import Metadata, Treaty

_TOLD = 3
"""With so many metadata a text is kept beside its own: whole, and as audiences may see them."""


class Held:
    """A text as its files have it, and with the metadata that it was told with."""

    def __init__(self, treaty: Treaty) -> None:
        self.treaty = treaty
        self._told: list[Treaty] = []

    def told(self, meta: Metadata) -> Treaty:
        """The text with metadata: the same object for the same, so that what is worked out of it is worked out once."""
        found = next((text for text in (self.treaty, *self._told) if text.meta == meta), None)
        if found is None:
            found = replace(self.treaty, meta=meta)
            self._told = [*self._told, found][-_TOLD:]
        return found


class Texts:
    """Texts by the bytes that they were read from."""

    def __init__(self) -> None:
        self._held: dict[bytes, Held] = {}
        self._asked: set[bytes] = set()

    def turn(self) -> None:
        """Let go of the texts that nobody has asked for since the last turn."""
        self._held = {key: held for key, held in self._held.items() if key in self._asked}
        self._asked.clear()

    def read(self, files: Mapping[str, bytes]) -> Held:
        """The text of some files by name; raises AknError where they are none."""
        found = sha256()
        for name, data in sorted(files.items()):
            found.update(f"{len(name)} {len(data)} {name}".encode("utf-8", "surrogateescape") + data)
        key = found.digest()
        self._asked.add(key)
        if key not in self._held:
            self._held[key] = Held(read_treaty(files))
        return self._held[key]
