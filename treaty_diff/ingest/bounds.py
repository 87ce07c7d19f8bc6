"""How much a source may hold: what goes beyond is refused before it takes minutes or gigabytes.

The longest texts of the corpus, the TPP and the NAFTA with all their annexes, have 1.3 million characters,
20,000 lines and 6,000 provisions: each bound is several times that, and a longer text can be imported
chapter by chapter. What only one kind of file has (the parts of a Word file, the attributes of a tag, the time
that a PDF takes) is bounded where it is read.
"""

from __future__ import annotations

from ..errors import SourceError

MAX_BYTES = 200_000_000
"""Bytes of all files that are imported at once."""
MAX_FILES = 10_000
"""Files of a folder."""
MAX_FILE = 100_000_000
"""Bytes of any source: a Word file or a PDF may hold pictures."""
MAX_MARKUP = 32_000_000
"""Bytes of a source that is words and markup only; the markup of a web page may be twenty times its words."""
MAX_CHARACTERS = 6_000_000
"""Characters of all words: to read so many takes up to ten seconds."""
MAX_ELEMENTS = 200_000
"""Elements of a web page; a trade agreement with its annexes in one page has half as many."""
MAX_KEPT = 100_000
"""Elements of a file of Akoma Ntoso, which are kept and checked against the schema one by one."""
MAX_PAGES = 5_000
"""Pages of a PDF."""
MAX_LINES = 100_000
"""Lines or paragraphs that have words."""
MAX_BLANK_LINES = 1_000_000
MAX_PIECES = 40_000
"""Provisions of all kinds, and running lines of the articles."""
MAX_CITATIONS = 40_000
"""Words such as `Article` and `paragraph` that may begin a citation; the TPP has some 4,000 with its annexes."""
MAX_COMPONENTS = 2_000
"""Chapters, annexes and appendices, each of which becomes a file of the store; the NAFTA has 130."""


def check_bytes(size: int, most: int = MAX_MARKUP) -> None:
    """Raise SourceError for a file of too many bytes."""
    if size > most:
        raise _too_large(f"it has {size / 1e6:,.0f} MB", f"{most // 1_000_000} MB")


def check_characters(count: int) -> None:
    """Raise SourceError for more words than a treaty has."""
    _check(count, MAX_CHARACTERS, "characters")


def check_elements(count: int, most: int = MAX_ELEMENTS) -> None:
    """Raise SourceError for more elements than a treaty has."""
    _check(count, most, "elements")


def check_lines(count: int, blank: int = 0) -> None:
    """Raise SourceError for more lines than a treaty has; `blank` ones cost little and count apart."""
    _check(count, MAX_LINES, "lines")
    _check(blank, MAX_BLANK_LINES, "blank lines")


def check_pieces(count: int) -> None:
    """Raise SourceError for more provisions and running lines than a treaty has."""
    _check(count, MAX_PIECES, "provisions and running lines")


def check_components(count: int) -> None:
    """Raise SourceError for more chapters and annexes than a treaty has."""
    _check(count, MAX_COMPONENTS, "chapters and annexes")


def check_citations(count: int) -> None:
    """Raise SourceError for more citations than a treaty has."""
    _check(count, MAX_CITATIONS, "citations")


def _check(count: int, most: int, of: str) -> None:
    if count > most:
        raise _too_large(f"it has {count:,} {of}", f"{most:,}")


def _too_large(cause: str, most: str) -> SourceError:
    return SourceError(
        "The file is too large to be read as a treaty.",
        cause=f"{cause}; at most {most} are read",
        fix="look whether it is the right file, and import a longer text chapter by chapter",
    )
