"""What is worked out of a text once, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from .model import Treaty

Made = TypeVar("Made")


def once(make: Callable[[Treaty], Made]) -> Callable[[Treaty], Made]:
    """A function that is called once for each text: what it made lives with the text, and no longer.

    It is nobody's to change, for all who ask have the same one.
    """

    @wraps(make)
    def known(treaty: Treaty) -> Made:
        found: Made | None = treaty.known.get(make)
        if found is None:
            found = treaty.known[make] = make(treaty)
        return found

    return known
