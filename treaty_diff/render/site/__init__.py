"""The site that reviewers read: static pages from a store, read from a disk without a server.

    index.html                                  what is compared, the topics on the table, the chapters
    topics/sunset.html                          a topic over the rounds
    compare/nafta1994-ch19--tpp.html            a redline; its address is made of what is compared and stays
    texts/nafta1994/1904.html                   an article: its words, its history, what answers it, who cites it
    correlation/nafta1994--tpp.html             which article answers which
    map.html  texts.html  search.html           chapters × chapters; the texts; search
    assets/  search/                            what the pages share

Nothing in a page depends on the day, the machine or the folder; two builds of one store are the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import exports

if TYPE_CHECKING:
    from .building import build
    from .writing import write

__all__ = ["build", "write"]

__getattr__ = exports(__name__, {"build": "building", "write": "writing"})
