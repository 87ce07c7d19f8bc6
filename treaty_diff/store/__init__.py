"""The git-backed store of treaty texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import exports

if TYPE_CHECKING:
    from .catalogue import Catalogue, Expression
    from .commits import Commit
    from .history import Change
    from .layout import find, user_store
    from .snapshot import Snapshot
    from .store import Store

__all__ = ["Catalogue", "Change", "Commit", "Expression", "Snapshot", "Store", "find", "user_store"]

__getattr__ = exports(
    __name__,
    {
        "Catalogue": "catalogue",
        "Change": "history",
        "Commit": "commits",
        "Expression": "catalogue",
        "Snapshot": "snapshot",
        "Store": "store",
        "find": "layout",
        "user_store": "layout",
    },
)
