"""A site of a store, as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ... import caches
from ...beside import cores
from ...collector import at_rest
from ...text.proposal import Distribution
from ..templating import Templates
from .building import build
from .inputs import makers
from .material import gather

if TYPE_CHECKING:
    from ...store import Store
    from .printing import Printer

Progress = Callable[[str, int, int], None]
"""Hears what is made, how much of it is done and how much there is."""
_DEFAULT = ("tpp",)


@dataclass(frozen=True)
class Wanted:
    """Whose site it is: what `audience` may see, what is compared with (empty: the TPP, where it is held), a user's templates."""

    audience: Distribution
    against: tuple[str, ...] = ()
    templates: Path | None = None


def state(store: Store, wanted: Wanted) -> str:
    """A sum of all that a site follows from: where it is the same, so is each file. 64 hexadecimal digits."""
    parts = (makers(Templates(wanted.templates)), store.at().commit, store.default_treaty, wanted.audience, repr(wanted.against))
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def make(store: Store, wanted: Wanted, progress: Progress, printer: Printer | None = None) -> dict[str, bytes]:
    """All files of a site by address, sorted; with a `printer` PDFs among them.

    Raises TreatyNotFound where a treaty is not held for the audience, RenderError where a template or the printer fails.
    """
    against = wanted.against or tuple(name for name in _DEFAULT if name in store.at().treaties())
    material = gather(store, wanted.audience, against)
    with at_rest():
        return build(
            material,
            caches.alignments(),
            progress,
            Templates(wanted.templates),
            processes=cores(),
            kept=caches.pages(),
            printer=printer,
        )
