"""The git-backed store of treaty texts."""

from .catalogue import Catalogue, Expression
from .commits import Commit
from .history import Change
from .layout import find, user_store
from .snapshot import Snapshot
from .store import Store

__all__ = ["Catalogue", "Change", "Commit", "Expression", "Snapshot", "Store", "find", "user_store"]
