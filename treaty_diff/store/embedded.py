"""The embedded edition: restatements in our own words, and complete tables of contents.

A new store begins with one commit for each treaty. Nothing in it depends on the machine or
the day: identity, dates and branch are fixed, so two new stores have the same history.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from ..text.akn import read_treaty
from . import catalogue, layout
from .catalogue import Catalogue
from .commits import Person
from .repository import Repository

_NAME, _EMAIL = "treaty-diff", "embedded@treaty-diff.invalid"
_TREATIES = ("nafta1994", "tpp")


def _folder(treaty: str) -> Traversable:
    return files("treaty_diff.texts") / treaty


def entry(treaty: str) -> Catalogue | None:
    """What the embedded edition knows of a treaty: title, dates, Parties, Parts; None for others."""
    if treaty not in _TREATIES:
        return None
    return catalogue.read((_folder(treaty) / "treaty.toml").read_bytes(), f"texts/{treaty}/treaty.toml")


def texts(treaty: str) -> dict[str, dict[str, bytes]]:
    """The embedded expressions of a treaty: folder (`restatement/eng@1994-01-01`) → file name → bytes."""
    out: dict[str, dict[str, bytes]] = {}
    known = entry(treaty)
    for expression in known.expressions if known else ():
        folder = _folder(treaty) / str(expression.edition) / expression.name
        out[f"{expression.edition}/{expression.name}"] = {
            item.name: item.read_bytes() for item in sorted(folder.iterdir(), key=lambda i: i.name) if item.name.endswith(".xml")
        }
    return out


def seed(repository: Repository) -> None:
    """Write the first history of a new store."""
    from dataclasses import replace

    from .put import legal_time, put

    first = Person(_NAME, _EMAIL, 0)
    settings = f'format = {layout.FORMAT}\ndefault_treaty = "{layout.DEFAULT_TREATY}"\n'
    start: dict[str, bytes | None] = {layout.MARK: settings.encode(), ".gitattributes": layout.ATTRIBUTES.encode()}
    repository.commit(start, "A store for treaty texts", first, first, parent=None)
    for treaty in _TREATIES:
        known = entry(treaty)
        assert known is not None
        for held in texts(treaty).values():
            text = read_treaty(held)
            author = Person(_NAME, _EMAIL, legal_time(text.meta.date))
            put(repository, text, author=author, committer=author, entry=replace(known, expressions=()), check=False)
