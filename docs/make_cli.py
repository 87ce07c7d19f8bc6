"""Write docs/cli.md from the commands' own help: `python docs/make_cli.py`."""

from __future__ import annotations

from pathlib import Path

import click

from treaty_diff.cli import cli


def text() -> str:
    """The page: the help of the program and of every command, 80 columns wide."""
    parts = ["# Commands\n\nMade from `--help` by `python docs/make_cli.py`; a test fails when it is out of date.\n"]

    def add(command: click.Command, name: str) -> None:
        context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80)
        parts.append(f"## `{name}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n")

    add(cli, "treaty-diff")
    for name, command in sorted(cli.commands.items()):
        add(command, f"treaty-diff {name}")
    return "\n".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(text(), encoding="utf-8")
