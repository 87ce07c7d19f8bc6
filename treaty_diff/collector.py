"""The garbage collector at rest while much is made that is kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """No garbage collection inside: it would look through the growing whole again and again.

    A tenth of the time of reading a text, a quarter of that of comparing two; nothing made there has cycles.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()
