"""Akoma Ntoso 3.0 (OASIS LegalDocML): the stored form of every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import exports

if TYPE_CHECKING:
    from .meta import read_meta
    from .names import MASTER, expression_iri, parse_portion, portion_iri, work_iri
    from .read import read_component, read_treaty
    from .write import write_component, write_master, write_treaty

__all__ = [
    "MASTER",
    "expression_iri",
    "parse_portion",
    "portion_iri",
    "read_component",
    "read_meta",
    "read_treaty",
    "work_iri",
    "write_component",
    "write_master",
    "write_treaty",
]

__getattr__ = exports(
    __name__,
    {
        "MASTER": "names",
        "expression_iri": "names",
        "parse_portion": "names",
        "portion_iri": "names",
        "read_component": "read",
        "read_meta": "meta",
        "read_treaty": "read",
        "work_iri": "names",
        "write_component": "write",
        "write_master": "write",
        "write_treaty": "write",
    },
)
