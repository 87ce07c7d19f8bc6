"""One provision's XML, as it stands in its file."""

from __future__ import annotations

from lxml import etree

from ..index import Index
from ..model import COMPONENTS, Kind, Provision, Treaty
from .names import AKN
from .write import component_meta, write_component, write_master


def fragment(treaty: Treaty, provision: Provision, index: Index) -> bytes:
    """The element of a provision; the whole file of a chapter or annex, the master file of a treaty."""
    if provision.kind is Kind.TREATY:
        return write_master(treaty)
    if provision.kind in COMPONENTS:
        return write_component(component_meta(treaty, provision), provision)
    holder = index.enclosing(provision, *COMPONENTS)
    data = write_component(component_meta(treaty, holder), holder) if holder is not None else write_master(treaty)
    root = etree.fromstring(data)
    found = root.find(f".//{{{AKN}}}*[@eId='{provision.eid}']")
    assert found is not None
    found.tail = "\n"
    return bytes(etree.tostring(found, encoding="utf-8"))
