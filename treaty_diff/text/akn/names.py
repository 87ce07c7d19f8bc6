"""Names in Akoma Ntoso: namespaces, IRIs and files.

IRIs follow the AKN naming convention as the UN guidelines (AKN4UN) apply it to treaties:
`/akn/un/act/treaty/2016-02-04/tpp/eng@2016-02-04/!chp_14`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Edition, Kind, Metadata, Provision

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
TD = "urn:treaty-diff:1"
"""Namespace of our own metadata, in `proprietary` and as foreign attributes."""

MASTER = "main.xml"
"""File of an expression's master document."""


def work_id(treaty: str, edition: Edition) -> str:
    """Last step of the work IRI: what is in our words, restatement or reconstruction, is a work of its own."""
    return treaty if edition is Edition.VERBATIM else f"{treaty}-{edition}"


def doctype(meta: Metadata) -> str:
    """Akoma Ntoso's kind of document: an `act` for a treaty, a `bill` for a proposal."""
    return "bill" if meta.proposal is not None or meta.edition is Edition.RECONSTRUCTION else "act"


def work_iri(meta: Metadata) -> str:
    """IRI of the work; a proposal's names who tabled it: `/akn/un/bill/treaty/us/2017-10-11/sunset-reconstruction`."""
    proposal = meta.proposal
    actor, name = (f"{proposal.actor}/", proposal.topic) if proposal is not None else ("", meta.treaty)
    if proposal is not None and proposal.merges:
        name += "-consolidated"
    return f"/akn/un/{doctype(meta)}/treaty/{actor}{meta.signed}/{work_id(name, meta.edition)}"


def expression_iri(meta: Metadata) -> str:
    """IRI of the expression: the work in one language at one legal date."""
    return f"{work_iri(meta)}/{meta.expression}"


def portion_iri(meta: Metadata, eid: str) -> str:
    """IRI of a provision of the work, as references cite it."""
    return f"{work_iri(meta)}/~{eid}"


@dataclass(frozen=True, slots=True)
class Portion:
    """What a reference's IRI names: a work (`/akn/…/tpp`, empty for the same file) and an eId in it."""

    work: str
    eid: str


_PORTION = re.compile(r"(?P<work>/akn/[^#~!]*?)/~(?P<eid>[^/]+)")


def parse_portion(href: str) -> Portion | None:
    """The provision that `href` names, None where it names something else.

    >>> parse_portion("#chp_9__art_9-1").eid
    'chp_9__art_9-1'
    """
    if href.startswith("#"):
        return Portion("", href[1:])
    m = _PORTION.fullmatch(href)
    return Portion(m["work"], m["eid"]) if m else None


def filename(component: Provision) -> str:
    """File of a chapter, annex or appendix in its expression's folder."""
    return f"{component.eid}.xml"


BLOCKS = frozenset({"block", "blockContainer", "blockList", "foreign", "ol", "table", "tblock", "toc", "ul"})
"""Elements that stand beside `p`."""

ELEMENT: dict[Kind, str] = {
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article",
    Kind.PARAGRAPH: "paragraph",
    Kind.TABLE: "paragraph",
}
"""Elements of the provisions that are not list entries."""
