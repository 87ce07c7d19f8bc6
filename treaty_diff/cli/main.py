"""The top command, and the commands that are about the program itself."""

from __future__ import annotations

import io
import os
import sys

import click

from .._version import __version__
from .align import align
from .bracketing import agree, consolidate, view_
from .checking import manifest, validate, verify
from .common import Group
from .compare import compare
from .concordance import concordance
from .history import blame, diff, expressions, log
from .impact import impact
from .importing import import_
from .negotiating import rounds, status, table_, timeline
from .noting import note, notes_, reply, resolve
from .pulling import pull
from .reading import list_, show
from .serve import serve
from .site import site
from .store import init


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="treaty-diff", message="%(prog)s %(version)s")
def cli() -> None:
    """Keep treaty texts, find which provision answers which, and show what changes.

    \b
    treaty-diff compare chapter19 --against tpp    a redline of NAFTA's chapter against the TPP
    treaty-diff show 1904.2                        a provision
    treaty-diff pull                               the real texts (a bare install has restatements)
    """


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands in SHELL.

    For bash: `treaty-diff completion bash >> ~/.bashrc`.
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "treaty-diff", "_TREATY_DIFF_COMPLETE").source())


for _command in (
    compare,
    align,
    concordance,
    diff,
    show,
    list_,
    expressions,
    impact,
    log,
    blame,
    init,
    import_,
    table_,
    rounds,
    status,
    timeline,
    consolidate,
    agree,
    view_,
    note,
    notes_,
    reply,
    resolve,
    site,
    serve,
    pull,
    validate,
    verify,
    manifest,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the `treaty-diff` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows `?`, not a traceback
    # one matrix product is all that numpy does here: starting its threads takes longer
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="treaty-diff")
