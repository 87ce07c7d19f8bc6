"""Where a terminal's words go."""

from __future__ import annotations

import io
import sys
from typing import IO, TextIO, cast

from rich.console import Console

from ..text.bidi import visible


class _Visible(io.TextIOBase):
    """An output that names the characters which would turn the words shown after them."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, words: str) -> int:
        return self.out.write(visible(words))

    def flush(self) -> None:
        self.out.flush()

    def isatty(self) -> bool:
        return self.out.isatty()

    def fileno(self) -> int:
        return self.out.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.out.encoding


def console(*, stderr: bool = False) -> Console:
    """A console that is plain in a pipe."""
    return Console(file=cast("IO[str]", _Visible(sys.stderr if stderr else sys.stdout)), highlight=False, soft_wrap=False)
