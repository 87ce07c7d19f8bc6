"""What was worked out before, as the user's cache has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .align.memo import Memo
    from .render.site.keeping import Kept
    from .store.cache import Cache

_PAGES = 512
"""Of so many comparisons the pages are kept, and so many PDFs."""


def alignments() -> Memo:
    """Alignments; where there is no cache they are kept for this run alone."""
    from .align.memo import Memo
    from .store.cache import Cache, user_cache

    folder = user_cache()
    return Memo(Cache(folder / "alignments") if folder is not None else None)


def pages() -> Kept | None:
    """The pages of comparisons; None where there is no cache."""
    from .render.site.keeping import Kept
    from .store.cache import Cache, user_cache

    folder = user_cache()
    return Kept(Cache(folder / "pages", _PAGES, ".pages")) if folder is not None else None


def sites() -> Cache | None:
    """Lists of the files of whole sites; None where there is no cache."""
    from .store.cache import Cache, user_cache

    folder = user_cache()
    return Cache(folder / "sites", suffix=".txt") if folder is not None else None


def prints() -> Cache | None:
    """PDFs; None where there is no cache."""
    from .store.cache import Cache, user_cache

    folder = user_cache()
    return Cache(folder / "prints", _PAGES, ".pdf") if folder is not None else None
