"""Where things lie in a store, and what names they may have.

::

    treaty-diff.toml                       marks the folder as a store
    texts/<treaty>/treaty.toml             the treaty: title, Parties, dates, its expressions
    texts/<treaty>/<edition>/<expression>/ main.xml and a file a chapter or annex
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..citation import is_treaty_id
from ..errors import StoreError
from ..text.model import Edition

MARK = "treaty-diff.toml"
FORMAT = 1
DEFAULT_TREATY = "nafta1994"
ATTRIBUTES = "* -text\n"
BRANCH = "main"

_EXPRESSION = re.compile(r"[a-z]{3}@\d{4}-\d{2}-\d{2}")


def treaty_folder(treaty: str) -> str:
    """Folder of a treaty; raises StoreError for a name that no treaty may have."""
    if not is_treaty_id(treaty):
        raise StoreError(
            f"“{treaty}” cannot name a treaty.",
            cause="a treaty's id is small letters, digits and hyphens, begins with a letter and is no selector",
            fix="choose an id such as nafta1994, tpp, us-peru",
        )
    return f"texts/{treaty}"


def catalogue_path(treaty: str) -> str:
    """File that describes a treaty."""
    return f"{treaty_folder(treaty)}/treaty.toml"


def expression_folder(treaty: str, edition: Edition, expression: str) -> str:
    """Folder of one expression's files."""
    if not _EXPRESSION.fullmatch(expression):
        raise StoreError(f"“{expression}” names no expression.", cause="the form is eng@2016-02-04")
    return f"{treaty_folder(treaty)}/{edition}/{expression}"


def user_store() -> Path:
    """The user's own store, where none else is named."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "treaty-diff" / "store"


def find(named: str | None, start: Path | None = None) -> Path | None:
    """The store to use: the one named, `TREATY_DIFF_STORE`, or the nearest folder above that is one.

    None where there is none. Raises StoreError where the named folder is no store.
    """
    for origin, value in (("--store", named), ("TREATY_DIFF_STORE", os.environ.get("TREATY_DIFF_STORE"))):
        if value:
            path = Path(value)
            if not (path / MARK).is_file():
                raise StoreError(
                    f"{path} is not a store.",
                    cause=f"{origin} names it, but it has no {MARK}",
                    fix=f"make it one with `treaty-diff init {path}`, or name another folder",
                )
            return path
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)
