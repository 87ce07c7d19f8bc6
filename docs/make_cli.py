"""Write docs/cli.md from the commands' own help: `python docs/make_cli.py`."""

from __future__ import annotations

from pathlib import Path

import click

from treaty_diff.cli import cli


def text() -> str:
    """The page: the help of the program and of every command, 80 columns wide."""
    parts = ["# Commands\n\nMade from `--help` by `python docs/make_cli.py`; a test fails when it is out of date.\n"]

    top = click.Context(cli, info_name="treaty-diff", terminal_width=80, max_content_width=80, help_option_names=["-h", "--help"])

    def add(command: click.Command, context: click.Context) -> None:
        parts.append(f"## `{context.command_path}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
        if isinstance(command, click.Group):
            for name, inner in sorted(command.commands.items()):
                add(inner, click.Context(inner, parent=context, info_name=name, terminal_width=80, max_content_width=80))

    add(cli, top)
    return "\n".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(text(), encoding="utf-8")
