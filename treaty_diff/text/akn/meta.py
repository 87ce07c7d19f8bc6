"""The `meta` element: what a file says of its text, written and read."""

from __future__ import annotations

from lxml import etree

from ...errors import AknError
from ..model import Edition, Metadata, Source
from . import proposals
from .escape import attr, attrs
from .names import AKN, TD, expression_iri, work_iri

_Q = f"{{{AKN}}}"


def write_meta(meta: Metadata, component: str, terms: dict[str, str], depth: int = 2) -> list[str]:
    """The `meta` element of a file; `component` is `main` for the master, else the component's eId."""
    work, expression = work_iri(meta), expression_iri(meta)
    ours = meta.edition is not Edition.VERBATIM
    author = "#treatydiff" if ours else "#parties"
    parties = meta.proposal.scope.amends if meta.proposal is not None else meta.treaty
    day = meta.date
    rows = [
        "<meta>",
        '  <identification source="#treatydiff">',
        "    <FRBRWork>",
        f'      <FRBRthis value="{attr(work)}/!{component}"/>',
        f'      <FRBRuri value="{attr(work)}"/>',
        f'      <FRBRdate date="{meta.signed}" name="{"tabling" if meta.proposal else "signature"}"/>',
        f'      <FRBRauthor href="{author}" as="#author"/>',
        '      <FRBRcountry value="un"/>',
        '      <FRBRsubtype value="treaty"/>',
        f'      <FRBRnumber value="{attr(work.rsplit("/", 1)[-1])}"/>',
        f'      <FRBRname value="{attr(meta.title)}"/>',
        f'      <FRBRprescriptive value="{"false" if ours else "true"}"/>',
        '      <FRBRauthoritative value="false"/>',
        "    </FRBRWork>",
        "    <FRBRExpression>",
        f'      <FRBRthis value="{attr(expression)}/!{component}"/>',
        f'      <FRBRuri value="{attr(expression)}"/>',
        f'      <FRBRdate date="{day}" name="legal-date"/>',
        f'      <FRBRauthor href="{author}" as="#author"/>',
        f'      <FRBRlanguage language="{meta.language}"/>',
        "    </FRBRExpression>",
        "    <FRBRManifestation>",
        f'      <FRBRthis value="{attr(expression)}/!{component}.xml"/>',
        f'      <FRBRuri value="{attr(expression)}/!main.xml"/>',
        f'      <FRBRdate date="{day}" name="legal-date"/>',
        '      <FRBRauthor href="#treatydiff" as="#editor"/>',
        '      <FRBRformat value="application/akn+xml"/>',
        "    </FRBRManifestation>",
        "  </identification>",
        '  <references source="#treatydiff">',
        f'    <original eId="original" href="{attr(expression)}" showAs="{attr(meta.source.name or meta.title)}"/>',
        f'    <TLCOrganization eId="parties" href="/akn/ontology/organization/un/{parties}-parties" showAs="The Parties"/>',
        '    <TLCOrganization eId="treatydiff" href="/akn/ontology/organization/un/treaty-diff" showAs="treaty-diff"/>',
        '    <TLCRole eId="author" href="/akn/ontology/role/un/author" showAs="author"/>',
        '    <TLCRole eId="editor" href="/akn/ontology/role/un/editor" showAs="editor"/>',
    ]
    rows += [
        f'    <TLCTerm eId="term-{attr(slug)}" href="/akn/ontology/term/un/{attr(slug)}" showAs="{attr(words)}"/>'
        for slug, words in sorted(terms.items())
    ]
    rows.append("  </references>")
    source = meta.source
    rows += [
        '  <proprietary source="#treatydiff">',
        f'    <td:text xmlns:td="{TD}"'
        + attrs(
            treaty=meta.treaty,
            edition=str(meta.edition),
            short=meta.short,
            status=meta.status,
            parties=" ".join(meta.parties),
        )
        + "/>",
        f'    <td:source xmlns:td="{TD}"'
        + attrs(
            name=source.name,
            url=source.url,
            sha256=source.sha256,
            licence=source.licence,
            attribution=source.attribution,
        )
        + "/>",
        *proposals.write(meta.proposal, whole=component == "main"),
        "  </proprietary>",
        "</meta>",
    ]
    return [f"{'  ' * depth}{row}" for row in rows]


def read_meta(root: etree._Element) -> Metadata:
    """The metadata of a file."""

    def value(path: str, attribute: str = "value") -> str:
        found = root.find(".//" + "/".join(f"{_Q}{step}" for step in path.split("/")))
        return found.get(attribute, "") if found is not None else ""

    text = root.find(f".//{{{TD}}}text")
    if text is None:
        raise AknError("The file's metadata do not say which treaty it is.", cause="no td:text element in <proprietary>")
    edition = text.get("edition", "verbatim")
    if edition not in list(Edition):
        raise AknError(f"“{edition}” is no edition.", cause=f"editions are {', '.join(Edition)}")
    return Metadata(
        treaty=text.get("treaty", ""),
        title=value("FRBRWork/FRBRname"),
        signed=value("FRBRWork/FRBRdate", "date"),
        date=value("FRBRExpression/FRBRdate", "date"),
        language=value("FRBRExpression/FRBRlanguage", "language"),
        edition=Edition(edition),
        parties=tuple(text.get("parties", "").split()),
        short=text.get("short", ""),
        status=text.get("status", ""),
        source=read_source(root),
        proposal=proposals.read(root),
    )


def read_source(root: etree._Element) -> Source:
    """Where a file's words came from."""
    source = root.find(f".//{{{TD}}}source")
    return Source(**{key: source.get(key, "") for key in Source.__slots__}) if source is not None else Source()
