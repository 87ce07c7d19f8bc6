"""Machinery: remedies, standards of review, the law that governs, forum, conflict clauses, how bodies decide, openness, discretion, entry into force, review, end."""

from __future__ import annotations

from .annotation import Kind
from .markers import Topics
from .wordlists import MACHINERY

read = Topics(MACHINERY, Kind.MACHINERY).read
