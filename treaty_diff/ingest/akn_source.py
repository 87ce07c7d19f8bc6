"""Akoma Ntoso files of others: told by their root element, parsed with everything unsafe off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as day

from lxml import etree

from ..errors import SelectorError, SourceError
from ..languages import alpha3
from ..text.akn.inline import name_of
from ..text.akn.names import AKN
from ..text.model import Metadata
from . import bounds
from .report import Report

DEEPEST = 100
"""How deep elements may nest: laws stay below 40, and what reads them goes down with them."""

_LOOK = 1 << 16
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?akomaNtoso[\s/>]")
_ASIDE = (("<?", "?>"), ("<!--", "-->"))
_DOCUMENTS = frozenset({"act", "bill", "doc", "statement", "documentCollection"})
_TITLES = ("title", "shortTitle", "popularName", "")


def _prologue(data: bytes) -> tuple[str, bool]:
    """What follows declaration, comments and document type; whether there is a document type."""
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = data[:_LOOK].decode("utf-16" if utf16 else "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    declared = False
    while True:
        if (aside := next((end for start, end in _ASIDE if head.startswith(start)), "")) != "":
            head = head.partition(aside)[2].lstrip()
        elif head[:9].upper() == "<!DOCTYPE":
            declared = True
            simple = re.match(r"<!DOCTYPE[^\[>]*>", head, re.I)
            head = head[simple.end() :].lstrip() if simple is not None else head.partition("]")[2].partition(">")[2].lstrip()
        else:
            return head, declared


def sniff_akn(data: bytes) -> bool:
    """Whether the root element is `akomaNtoso`, whatever its prefix, version and encoding."""
    return _ROOT.match(_prologue(data)[0]) is not None


def parse_akn(data: bytes, report: Report) -> etree._Element:
    """The root of an Akoma Ntoso file, its elements in the namespace of version 3.0.

    Entities, document types and the network are off. Raises SourceError where the file is not well
    formed, declares a document type, nests deeper than `DEEPEST` or has more words or elements than a treaty.
    """
    if _prologue(data)[1]:
        raise _declares()
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            "The file is not well-formed XML.", cause=str(error), fix="get the file again; a download may have been cut off"
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares()
    if height(root) > DEEPEST:
        raise SourceError(
            "The file nests its elements too deep.", cause=f"more than {DEEPEST} levels", fix="no law needs them; mend it"
        )
    bounds.check_elements(sum(1 for _ in root.iter(etree.Element)), bounds.MAX_KEPT)
    bounds.check_characters(sum(len(str(words)) for words in root.itertext() if not str(words).isspace()))
    _to_version_3(root, report)
    return root


def height(element: etree._Element) -> int:
    """How many levels of elements there are, the element itself included."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _declares() -> SourceError:
    return SourceError(
        "The file declares a document type.", cause="DTDs and their entities are not read", fix="take the <!DOCTYPE …> out"
    )


def _to_version_3(root: etree._Element, report: Report) -> None:
    """Elements of an older version, or of none, by their local names."""
    namespace = etree.QName(root).namespace
    if namespace == AKN:
        return
    report.mend("older Akoma Ntoso read as 3.0", "the file", namespace or "no namespace")
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace != namespace:
            continue
        element.tag = f"{{{AKN}}}{name.localname}"
        # Version 2.0 named what stands where `id`, and what stood there first `evolvingId`.
        if element.get("id") and not element.get("eId"):
            element.set("eId", str(element.attrib.pop("id")))
        element.attrib.pop("evolvingId", "")


def document_of(root: etree._Element, report: Report) -> etree._Element:
    """The document that the file is; raises SourceError where it is none with provisions."""
    found = next((child for child in root if name_of(child) in _DOCUMENTS), None)
    if found is None:
        inside = ", ".join(f"<{name_of(child)}>" for child in list(root)[:3]) or "nothing"
        raise SourceError(
            "The file is Akoma Ntoso, but of a kind that has no provisions.",
            cause=f"it holds {inside}; read are {', '.join(sorted(_DOCUMENTS))}",
            fix="import an act, a bill or a treaty",
        )
    country = found.find(f".//{{{AKN}}}FRBRWork/{{{AKN}}}FRBRcountry")
    of = f" of {country.get('value', '').upper()}" if country is not None and country.get("value") else ""
    report.source = f"Akoma Ntoso ({name_of(found)}{of})"
    return found


# -- metadata -------------------------------------------------------------------------------


def _day(written: str) -> str:
    """A day as ISO 8601 has it; empty for a year alone and for what stands where no day is known."""
    written = written.strip()[:10]
    try:
        found = day.fromisoformat(written)
    except ValueError:
        return ""
    return written if 1000 <= found.year < 9999 else ""


def describe(document: etree._Element, treaty: str, language: str, report: Report) -> tuple[Metadata, str]:
    """What the file says of its text, and the IRI of its work, empty where it has none.

    The title is the first of the work's alias, the title in the preface, the work's name. Days that are
    no days are reported and left empty.
    """
    identification = document.find(f"{{{AKN}}}meta/{{{AKN}}}identification")
    blank = etree.Element(f"{{{AKN}}}identification")
    work, expression = (
        (identification if identification is not None else blank).find(f"{{{AKN}}}{level}")
        for level in ("FRBRWork", "FRBRExpression")
    )

    def value(level: etree._Element | None, name: str, attribute: str = "value") -> str:
        found = level.find(f"{{{AKN}}}{name}") if level is not None else None
        return found.get(attribute, "").strip() if found is not None else ""

    days = []
    for level in (work, expression):
        written = value(level, "FRBRdate", "date")
        days.append(_day(written))
        if written and not days[-1]:
            report.unsure("date that names no day", "the file's metadata", written)
    meta = Metadata(treaty, _title(document, work) or treaty, days[0], days[1] or days[0], language)
    if (code := value(expression, "FRBRlanguage", "language").partition("-")[0]) != "":
        try:
            meta = replace(meta, language=alpha3(code))
        except SelectorError:
            report.unsure("language that has no ISO 639 code", "the file's metadata", code)
    return meta, value(work, "FRBRuri")


def _title(document: etree._Element, work: etree._Element | None) -> str:
    aliases = {e.get("name", ""): e.get("value", "") for e in work.iter(f"{{{AKN}}}FRBRalias")} if work is not None else {}
    found = [aliases.get(name, "") for name in _TITLES]
    for front in ("preface", "coverPage"):
        printed = document.find(f"{{{AKN}}}{front}//{{{AKN}}}docTitle")
        found.append("".join(map(str, printed.itertext())) if printed is not None else "")
    name = work.find(f"{{{AKN}}}FRBRname") if work is not None else None
    found.append(name.get("value", "") if name is not None else "")
    return next((folded for words in found if (folded := " ".join(words.split()))), "")
