"""The command line: commands parse, call, print, and nothing else."""

from __future__ import annotations

from .main import cli, main

__all__ = ["cli", "main"]
