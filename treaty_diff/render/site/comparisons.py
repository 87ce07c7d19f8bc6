"""The page of a redline, as a part of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...redline.comparison import Comparison
from ..html import page, printed_head
from .addresses import contents
from .layout import File, Layout

if TYPE_CHECKING:
    from ...annotate import Annotations


class Comparisons:
    """Makes the pages of redlines."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def __call__(self, comparison: Comparison, path: str, swap: str, annotations: Annotations | None) -> Iterator[File]:
        """The page at an address and the style sheet of its printed head; `swap` is the address of the page turned round."""
        name = path.removeprefix("compare/").removesuffix(".html")
        yield f"assets/print-{name}.css", printed_head(comparison)
        frame = self._layout.frame(path, crumb=contents(comparison.subject.treaty))
        swapped = swap.removeprefix("compare/")
        text = page(comparison, name=name, swap=swapped, frame=frame, annotations=annotations)
        yield path, text.encode()
