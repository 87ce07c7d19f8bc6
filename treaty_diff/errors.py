"""Everything that can go wrong for a reason the user can mend.

    TreatyDiffError
    ├── SelectorError            a selector that the grammar does not know
    │   ├── ProvisionNotFound    well formed, but the text has no such provision
    │   └── AmbiguousProvision   several provisions bear that label
    ├── SourceError              a file that cannot be read as a treaty
    ├── AknError                 Akoma Ntoso that breaks the schema or our conventions
    ├── StoreError               a store that is missing, damaged or in the way
    │   ├── TreatyNotFound       the store has no such treaty, language or date
    │   └── RevisionNotFound     git knows no such revision
    └── RenderError              an output that cannot be written

Each says what happened, why, and what mends it; the command line prints the three
on stderr and exits with `exit_code`.
"""

from __future__ import annotations


class TreatyDiffError(Exception):
    """The root: a fault with a cause and a remedy."""

    exit_code = 2

    def __init__(self, what: str, *, cause: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cause = cause
        self.fix = fix

    def __str__(self) -> str:
        lines = [self.what]
        if self.cause:
            lines.append(f"cause: {self.cause}")
        if self.fix:
            lines.append(f"to fix: {self.fix}")
        return "\n".join(lines)


class SelectorError(TreatyDiffError):
    """A selector that the grammar of `treaty_diff.citation` does not know."""


class ProvisionNotFound(SelectorError):
    """The selector is well formed, but the text has no such provision."""

    def __init__(self, what: str, *, cause: str = "", fix: str = "", nearest: tuple[str, ...] = ()) -> None:
        super().__init__(what, cause=cause, fix=fix)
        self.nearest = nearest


class AmbiguousProvision(SelectorError):
    """Several provisions of the text bear the label that was asked for."""

    def __init__(self, what: str, *, cause: str = "", fix: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(what, cause=cause, fix=fix)
        self.candidates = candidates


class SourceError(TreatyDiffError):
    """A file that cannot be read as a treaty."""


class AknError(TreatyDiffError):
    """Akoma Ntoso that breaks the schema or our conventions."""


class StoreError(TreatyDiffError):
    """A store that is missing, damaged or in the way."""


class TreatyNotFound(StoreError):
    """The store has no such treaty, language, edition or date."""


class RevisionNotFound(StoreError):
    """Git knows no such revision of the store."""


class RenderError(TreatyDiffError):
    """An output that cannot be written."""
