"""Akoma Ntoso 3.0 (OASIS LegalDocML): the stored form of every text."""

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
