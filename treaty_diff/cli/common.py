"""What all commands share: the store they work on, errors, where output goes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from ..errors import TreatyDiffError
from ..printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..align import Concordance
    from ..store import Store
    from ..text.model import Provision, Treaty


SELECTOR = "SELECTOR: chapter19, 1904, 1902.2(d)(i), annex1901.2, fn3@14.1, tpp:28.9, tpp/es@2016-02:28.9 …"
"""What may stand for SELECTOR, for the foot of a command's help."""


class _Reported(click.ClickException):
    """An error of ours as click shows it: what, cause, to fix, on stderr."""

    exit_code = TreatyDiffError.exit_code

    def __init__(self, error: TreatyDiffError) -> None:
        super().__init__(str(error))

    def show(self, file: Any = None) -> None:
        """Print it on stderr."""
        click.echo(f"treaty-diff: {self.message}", file=file or sys.stderr)


class Group(click.Group):
    """A group in which no traceback of ours reaches a user."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; faults of ours and of the disk become messages."""
        try:
            return super().invoke(ctx)
        except TreatyDiffError as error:
            raise _Reported(error) from None
        except BrokenPipeError:
            raise
        except MemoryError:
            fault = TreatyDiffError(
                "There is not enough memory.", cause="the text needs more than this process may have", fix="take a smaller text"
            )
            raise _Reported(fault) from None
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            fault = TreatyDiffError(
                f"Reading or writing{where} failed.", cause=error.strerror or str(error), fix="check the disk and the rights"
            )
            raise _Reported(fault) from None


format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="Form of the output.",
)


store_option = click.option(
    "--store",
    "store_path",
    metavar="DIR",
    help="The store to use; else TREATY_DIFF_STORE, the nearest folder above that is one, or your own.",
)


def committed(commit: str | None) -> str:
    """What became of a change of the store, in words."""
    return f"stored as commit {commit[:12]}" if commit else "nothing changed; nothing committed"


distribution_option = click.option(
    "--distribution",
    type=click.Choice(["public", "delegation", "restricted"]),
    default="restricted",
    show_default=True,
    help="Who may see it.",
)
audience_option = click.option(
    "--audience",
    type=click.Choice(["public", "delegation", "restricted"]),
    default="restricted",
    show_default=True,
    help="Leave out the texts and notes that this audience may not see.",
)


def open_store(named: str | None) -> Store:
    """The store a command works on; the user's own is made at first use, and said so on stderr."""
    from ..store import Store, find, layout, user_store

    path = find(named)
    if path is None:
        path = user_store()
        if not (path / layout.MARK).exists():
            click.echo(f"Making your store in {path} (name another with --store or TREATY_DIFF_STORE).", err=True)
            Store.create(path).close()
    store = Store(path)
    context = click.get_current_context()
    context.call_on_close(store.close)
    context.call_on_close(lambda: _tell(store))
    return store


def correspondence(
    store: Store, subject: Treaty, base: Treaty, scope: Sequence[Provision], base_scope: Sequence[Provision]
) -> Concordance:
    """Which base articles answer which subject articles, with what proposals declare and persons decided; what was aligned before
    is looked up.

    Of the treaty that a proposal amends only what the proposal replaces or deletes is left unanswered.
    """
    from .. import caches
    from ..align import corresponding
    from ..store import concordances

    mine, theirs = subject.meta.treaty, base.meta.treaty
    document = concordances.find(store.repository, store.at().commit, mine, theirs) if mine != theirs else None
    rows = document.towards(mine) if document is not None else None
    return corresponding.correspondence(subject, base, scope, base_scope, rows=rows, memo=caches.alignments())


def _tell(store: Store) -> None:
    for notice in store.repository.notices:
        click.echo(printable(notice), err=True)


def interactive() -> bool:
    """Whether progress may be shown: stderr is a terminal."""
    return sys.stderr.isatty() and not os.environ.get("CI")
