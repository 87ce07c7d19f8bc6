"""The git-backed store of treaty texts."""

from .catalogue import Catalogue, Expression
from .history import Change, Commit
from .layout import find, user_store
from .store import Snapshot, Store

__all__ = ["Catalogue", "Change", "Commit", "Expression", "Snapshot", "Store", "find", "user_store"]
