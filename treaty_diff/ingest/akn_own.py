"""Akoma Ntoso that treaty-diff itself wrote: read as the store reads it, the tree as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from ..errors import AknError, SourceError
from ..text.akn import MASTER, read_component, read_meta, read_treaty, work_iri, write_treaty
from ..text.akn.inline import name_of
from ..text.akn.names import AKN, TD
from ..text.akn.read import parse
from ..text.model import Edition, Kind, Metadata, Provision, Treaty
from ..text.validate import schema_faults
from .akn_links import moved
from .linking import check
from .report import Report

_Q = f"{{{AKN}}}"


def is_ours(root: etree._Element) -> bool:
    """Whether the file's metadata are those that treaty-diff writes."""
    return root.find(f"{_Q}*/{_Q}meta/{_Q}proprietary/{{{TD}}}text") is not None


def read_own(
    files: Mapping[str, bytes],
    name: str,
    root: etree._Element,
    treaty: str,
    report: Report,
    settle: Callable[[Metadata], Metadata] | None,
) -> Treaty:
    """The file `name` of ours, whose root is `root`, as a treaty: a master file with the others, or one chapter or annex alone.

    What the file marks as a restatement or a reconstruction stays one, and its source stays that of its
    words. Raises SourceError where a file that the text consists of is not there or not of our form, or the marking and
    what `settle` says cannot both be true.
    """
    report.source = "Akoma Ntoso (treaty-diff)"
    try:
        said = read_meta(root)
        held = _held(files, name, root, said, report)
        _check_form(held)
    except AknError as error:
        raise SourceError(
            "The file is not as treaty-diff writes it.",
            cause=" ".join(filter(None, (error.what, error.cause))),
            fix="get it again as it was written; what was changed by hand is no longer read",
        ) from None
    meta = settle(replace(said, treaty=treaty)) if settle is not None else replace(said, treaty=treaty)
    meta = replace(meta, edition=_edition(said, meta, report), language=said.language)
    if said.source.name:
        meta = replace(meta, source=said.source)
    text = replace(held, meta=meta)
    if work_iri(said) != work_iri(meta):
        text = moved(text, work_iri(said), work_iri(meta))
        report.mend("citations of the text itself follow its new address", "the file", f"{work_iri(said)} → {work_iri(meta)}")
    report.count(text)
    return text


def _check_form(text: Treaty) -> None:
    """Raise AknError where a text was in files of another form than ours: it would come back another, or not at all."""
    check(text)
    files = write_treaty(text)
    if read_treaty(files).root != text.root:
        raise AknError("What it holds cannot be written as it was read.", cause="its elements are not where they belong")
    for data in files.values():
        for fault in schema_faults(data):
            raise AknError("It breaks the schema of Akoma Ntoso.", cause=fault)


def _edition(said: Metadata, settled: Metadata, report: Report) -> Edition:
    """Whose words the text has: as the file marks it."""
    if settled.edition is said.edition:
        return said.edition
    if settled.edition is Edition.VERBATIM:
        report.unsure(f"marked in the file as a {said.edition}, and kept as one", "the file's metadata", said.title)
        return said.edition
    raise SourceError(
        f"The file says that its text is a {said.edition}, and you that it is a {settled.edition}.",
        cause="its metadata have the edition from when it was made",
        fix="leave --edition out, or import the text from another source",
    )


def _held(files: Mapping[str, bytes], name: str, root: etree._Element, meta: Metadata, report: Report) -> Treaty:
    component = root.find(f"{_Q}*/{_Q}meta/{_Q}identification/{_Q}FRBRWork/{_Q}FRBRthis")
    if component is None or not component.get("value", "").endswith("/!main"):
        for ref in root.iter(f"{_Q}documentRef", f"{_Q}componentRef"):
            report.unsure("part of the text that is not in this file", "the file", _file(ref))
        return Treaty(meta, Provision(Kind.TREATY, children=(read_component(files[name]),)))
    there = {MASTER: files[name]}
    missing: list[str] = []
    waiting = [root]
    while waiting:
        for ref in waiting.pop().iter(f"{_Q}documentRef", f"{_Q}componentRef"):
            cited = _file(ref)
            if cited in files and cited not in there:
                there[cited] = files[cited]
                waiting.append(parse(files[cited], cited))
            elif cited not in files:
                missing.append(cited)
    if missing:
        raise SourceError(
            f"The file is the master of a text whose chapters and annexes are in files of their own; {len(missing)} are missing.",
            cause=f"not given: {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}",
            fix="import the folder that holds them all: treaty-diff import FOLDER --treaty ID",
        )
    for other in files:
        if other not in there:
            report.drop("file that the text does not refer to", other)
    return read_treaty(there)


def _file(ref: etree._Element) -> str:
    href = ref.get("src" if name_of(ref) == "componentRef" else "href", "")
    return f"{href.rpartition('/!')[2]}.xml"
