"""treaty-diff: treaty texts in git, which provision answers which, and what changes.

    >>> from treaty_diff import open_store, load, align, redline, render

`open_store` a store, `load` two texts from it, `align` them, make the `redline`, `render` it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

# The rooms are imported before the verbs of the same names are defined: importing a room later
# would put the module in the verb's place.
from . import align as _align
from . import redline as _redline
from . import render as _render  # noqa: F401
from ._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from .align import Concordance
    from .redline import Comparison
    from .store import Store
    from .text.model import Provision, Treaty

__all__ = ["__version__", "align", "load", "open_store", "redline", "render"]


def open_store(path: str | Path | None = None) -> Store:
    """The store at `path`, else the one that the command line would use.

    Raises StoreError where there is none.
    """
    from pathlib import Path

    from .errors import StoreError
    from .store import Store, find, user_store

    found = find(str(path) if path is not None else None) or user_store()
    if not Path(found).exists():
        raise StoreError("There is no store yet.", cause=f"{found} does not exist", fix="make one with `treaty-diff init`")
    return Store(found)


def load(store: Store, selector: str) -> Treaty:
    """The text that a selector names: `nafta1994`, `tpp/es`, `tpp@2016-02`."""
    from .citation import parse

    return store.load(parse(selector))


def align(subject: Treaty, base: Treaty) -> Concordance:
    """Which base articles answer which subject articles."""
    return _align.align(subject, base)


def redline(subject: Treaty, base: Treaty, concordance: Concordance, *, scope: tuple[Provision, ...] | None = None) -> Comparison:
    """What changed from `base` to `subject` (or to the subject's provisions in `scope`)."""
    return _redline.build(subject, base, concordance, scope=scope or (subject.root,), base_scope=(base.root,))


def render(comparison: Comparison, folder: str | Path) -> Path:
    """Write the HTML page of a comparison into `folder`; the path of the page."""
    from pathlib import Path

    from .render import html

    return html.write(comparison, None, Path(folder))
