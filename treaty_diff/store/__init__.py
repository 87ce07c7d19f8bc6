"""The git-backed store of treaty texts."""

from .catalogue import Catalogue, Expression
from .layout import find, user_store
from .store import Change, Snapshot, Store

__all__ = ["Catalogue", "Change", "Expression", "Snapshot", "Store", "find", "user_store"]
