"""Blame in a terminal, readable at 80 columns and without colour, and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from ..parties import names
from ..store.blaming import Blame, Line, Run, Version
from ..text.model import HEADS, notice
from .sentences import date

SCHEMA = "treaty-diff/blame/1"
_WIDTH = 80
_COLOURS = ("cyan", "magenta", "green", "yellow", "blue")


def show(out: Console, blame: Blame) -> None:
    """Print the versions, then each line's runs with the version's number and the bases' letters before them."""
    meta = blame.meta
    for sentence in filter(None, [notice(meta.name, meta.edition), *blame.said]):
        out.print(Styled(sentence, style="bold yellow"))
    out.print(Styled(f"{meta.name[:1].upper()}{meta.name[1:]}, text of {date(meta.date)}. Its words came with:"))
    numbers = {version.commit.sha: n for n, version in enumerate(blame.versions, 1)}
    for version in blame.versions:
        number = numbers[version.commit.sha]
        for said in textwrap.wrap(f"{number:>3}  {_said(version)}", _WIDTH, subsequent_indent=" " * 5):
            out.print(Styled(said, style=_colour(number)))
    letters = _letters(blame.bases)
    if letters:
        told = [f"{letter} they stand in {base}, too" for base, letter in letters.items()]
        out.print(Styled(f"     {'; '.join(told)}; · in {'neither' if len(letters) > 1 else 'this text alone'}."))
    for line in blame.lines:
        if line.provision.kind in HEADS or line is blame.lines[0]:
            out.print()
        for row in _rows(line, numbers, letters):
            out.print(row)


def _rows(line: Line, numbers: dict[str, int], letters: dict[str, str]) -> Iterator[Styled]:
    indent = "  " * max(0, line.depth - 1)
    for words, run in _read(line.runs):
        number = numbers[run.version.commit.sha]
        has = {stands.base for stands in run.stands}
        marks = "".join(letter if base in has else "·" for base, letter in letters.items())
        margin = f"{number:>3} {marks:{len(letters)}} "
        for n, row in enumerate(textwrap.wrap(words, _WIDTH - len(margin) - len(indent), break_on_hyphens=False)):
            yield Styled(margin if n == 0 else " " * len(margin), style=_colour(number)).append(f"{indent}{row}", style="")


def _read(runs: Iterable[Run]) -> Iterator[tuple[str, Run]]:
    """Runs as people read them: a stop alone goes with the words before it."""
    out: list[tuple[str, Run]] = []
    for run in runs:
        if out and not any(c.isalnum() for c in run.words):
            out[-1] = (out[-1][0] + run.words, out[-1][1])
        elif run.words.strip():
            out.append((run.words, run))
    yield from ((words.strip(), run) for words, run in out)


def _letters(bases: tuple[str, ...]) -> dict[str, str]:
    """A letter for each base: its own first one where no other has it."""
    out: dict[str, str] = {}
    for n, base in enumerate(bases):
        first = base.removeprefix("the ")[:1].upper()
        out[base] = first if first.isalpha() and first not in out.values() else chr(ord("A") + n)
    return out


def _colour(number: int) -> str:
    return _COLOURS[(number - 1) % len(_COLOURS)]


def _said(version: Version) -> str:
    who = f", {names(version.parties)}" if version.parties else ""
    when = f"round {version.round}{who}, " if version.round else ""
    return f"{version.commit.sha[:12]}  {when}{version.expression}: {version.commit.subject}"


def document(blame: Blame) -> dict[str, Any]:
    """Plain data, schema `treaty-diff/blame/1`."""
    meta = blame.meta
    return {
        "schema": SCHEMA,
        "selector": blame.selector,
        "treaty": meta.treaty,
        "expression": meta.expression,
        "edition": str(meta.edition),
        "notice": notice(meta.name, meta.edition),
        "said": list(blame.said),
        "bases": list(blame.bases),
        "versions": [_version(version) for version in blame.versions],
        "lines": [
            {"citation": line.citation, "eId": line.provision.eid, "runs": [_run(run) for run in line.runs]}
            for line in blame.lines
        ],
    }


def _version(version: Version) -> dict[str, Any]:
    commit = version.commit
    return {
        "commit": commit.sha,
        "subject": commit.subject,
        "legal_date": _day(commit.authored),
        "stored": _day(commit.committed),
        "expression": version.expression,
        "round": version.round,
        "tabled_by": list(version.parties),
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "words": run.words,
        "commit": run.version.commit.sha,
        "stands_in": [{"base": stands.base, "citation": stands.citation} for stands in run.stands],
    }


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""
