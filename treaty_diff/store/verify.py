"""Whether a store is whole: its objects, its files, its catalogue, its signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..align import document
from ..errors import StoreError, TreatyDiffError
from ..text import notes
from ..text.akn import read_meta
from ..text.akn.names import MASTER
from ..text.akn.read import parse
from ..text.model import Edition, Metadata
from ..text.validate import ERROR, validate_files
from . import journal, layout, negotiation
from .catalogue import Catalogue, Expression
from .objects import TREE, Entry
from .signatures import Signature, check
from .snapshot import Snapshot
from .store import Store
from .worktree import WorkTree

NOTE = "note"
"""Severity of what is told and is not wrong."""

SCHEMA = "treaty-diff/verification/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: `severity` is `error` or `note`, `code` one of `object`, `schema`, `text`, `source`, `catalogue`,
    `name`, `concordance`, `negotiation`, `annotation`, `work-tree`, `unfinished`."""

    severity: str
    code: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked of a store at a commit, and what was found."""

    commit: str
    texts: int
    files: int
    findings: tuple[Finding, ...]
    signatures: tuple[Signature, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are wrong."""
        return sum(finding.severity == ERROR for finding in self.findings)

    def sentence(self) -> str:
        """The outcome in a sentence."""
        about = f"{self.texts} texts in {self.files} files at {self.commit[:12]}"
        signed = sum(s.state == "good" for s in self.signatures)
        signatures = f" {signed} of {len(self.signatures)} commits carry a valid signature." if self.signatures else ""
        return f"{about}: {f'{self.errors} errors' if self.errors else 'nothing is wrong'}.{signatures}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, schema `treaty-diff/verification/1`."""
        return {"schema": SCHEMA, **asdict(self), "errors": self.errors}


def verify(
    store: Store,
    revision: str,
    treaties: Sequence[str],
    *,
    signed: bool,
    allowed_signers: Path | None,
    progress: Callable[[int, int, str], None],
) -> Verification:
    """Check a store at a revision; `treaties` limits whose texts are read (none: all), `signed` asks for signatures."""
    snapshot = store.at(revision)
    findings = list(_objects(store))
    findings += _names(store, snapshot)
    texts = files = 0
    wanted = list(treaties) or [*snapshot.treaties(), *snapshot.proposals(), *snapshot.consolidated()]
    for n, treaty in enumerate(wanted):
        progress(n, len(wanted), treaty)
        try:
            entry = snapshot.catalogue(treaty)
        except TreatyDiffError as error:
            if treaties:
                raise
            findings.append(Finding(ERROR, "catalogue", layout.catalogue_path(treaty), _sentence(error)))
            continue
        findings += _catalogue(store, snapshot, treaty, entry)
        for expression in entry.expressions:
            found, count = _text(snapshot, treaty, entry, expression)
            findings += found
            texts, files = texts + 1, files + count
    progress(len(wanted), len(wanted), "")
    findings += _concordances(store, snapshot)
    findings += _negotiation(snapshot)
    findings += _notes(store, snapshot)
    findings += _work_tree(store)
    signatures: tuple[Signature, ...] = ()
    if signed:
        signatures = tuple(check(store.repository, snapshot.commit, allowed_signers))
        findings += [Finding(ERROR, "signature", s.commit, s.note) for s in signatures if s.state == "bad"]
    return Verification(snapshot.commit, texts, files, tuple(findings), signatures)


def _sentence(error: TreatyDiffError) -> str:
    return f"{error.what} {error.cause}".strip()


def _objects(store: Store) -> Iterator[Finding]:
    done = store.repository.command.call("fsck", "--full", "--strict", "--no-dangling", "--no-progress")
    lines = [line for line in (done.stdout + done.stderr).decode("utf-8", "replace").splitlines() if line.strip()]
    for line in lines:
        wrong = done.returncode != 0 and not line.startswith(("notice:", "warning", "hint:"))
        yield Finding(ERROR if wrong else NOTE, "object", "git fsck", line)
    if done.returncode and not lines:
        yield Finding(ERROR, "object", "git fsck", f"it failed ({done.returncode})")


def _names(store: Store, snapshot: Snapshot) -> Iterator[Finding]:
    """What lies under `texts/` beside treaties, under `proposals/` beside topics and Parties, under `negotiation/` beside its files."""
    works: list[tuple[str, Entry, bool, str]] = []
    for entry in store.repository.listing(snapshot.commit, layout.TEXTS):
        works.append((f"{layout.TEXTS}/{entry.name}", entry, layout.may_name_treaty(entry.name), "a treaty's id"))
    for topic in store.repository.listing(snapshot.commit, layout.PROPOSALS):
        folder = f"{layout.PROPOSALS}/{topic.name}"
        works.append((folder, topic, layout.may_name_treaty(topic.name), "a topic"))
        for entry in store.repository.listing(snapshot.commit, folder) if topic.mode == TREE else ():
            known = layout.may_name_tabled(f"{topic.name}/{entry.name}")
            works.append((f"{folder}/{entry.name}", entry, known, "Parties that table a text"))
    for place, entry, known, what in works:
        if entry.mode != TREE:
            yield Finding(ERROR, "name", place, f"is no folder (git mode {entry.mode:o})")
        elif not known:
            yield Finding(ERROR, "name", place, f"cannot be {what}, so it is not read")
    for entry in store.repository.listing(snapshot.commit, layout.NEGOTIATION):
        if not layout.is_store_path(f"{layout.NEGOTIATION}/{entry.name}") or not entry.is_file:
            yield Finding(ERROR, "name", f"{layout.NEGOTIATION}/{entry.name}", "is no file of a negotiation")


def _catalogue(store: Store, snapshot: Snapshot, treaty: str, entry: Catalogue) -> Iterator[Finding]:
    """The catalogue against the folders, both ways."""
    path = layout.catalogue_path(treaty)
    if entry.treaty != treaty:
        yield Finding(ERROR, "catalogue", path, f"says that the treaty is “{entry.treaty}”")
    listed = {(str(e.edition), e.name) for e in entry.expressions}
    if len(listed) < len(entry.expressions):
        yield Finding(ERROR, "catalogue", path, "lists an expression twice")
    folder = layout.treaty_folder(treaty)
    for edition in store.repository.listing(snapshot.commit, folder):
        if f"{folder}/{edition.name}" == path and edition.is_file:
            continue
        if edition.mode != TREE or edition.name not in list(Edition):
            yield Finding(ERROR, "name", f"{folder}/{edition.name}", "is no edition")
            continue
        for expression in store.repository.listing(snapshot.commit, f"{folder}/{edition.name}"):
            place = f"{folder}/{edition.name}/{expression.name}"
            if expression.mode != TREE or not layout.EXPRESSION.fullmatch(expression.name):
                yield Finding(ERROR, "name", place, "is no expression")
            elif (edition.name, expression.name) not in listed:
                yield Finding(ERROR, "catalogue", place, "is held, but the catalogue does not list it")


def _text(snapshot: Snapshot, treaty: str, entry: Catalogue, expression: Expression) -> tuple[list[Finding], int]:
    """One expression: its files, and its metadata against the catalogue."""
    folder = f"{layout.treaty_folder(treaty)}/{expression.edition}/{expression.name}"
    try:
        files = snapshot.files(treaty, expression)
    except TreatyDiffError as error:
        return [Finding(ERROR, "text", folder, _sentence(error))], 0
    if not files:
        return [Finding(ERROR, "catalogue", folder, "is in the catalogue, but its files are not held")], 0
    found = [
        Finding(ERROR, "name", f"{folder}/{name}", "is no name of a text's file")
        for name in files
        if not layout.is_text_file(name)
    ]
    found += [
        Finding(ERROR, f.code, f"{folder}/{f.citation}" if ".xml" in f.citation else f"{folder}: {f.citation}", f.message)
        for f in validate_files(files)
        if f.severity == ERROR
    ]
    for name, data in sorted(files.items()):
        try:
            meta = read_meta(parse(data, name))
        except TreatyDiffError:
            continue  # said above
        for what, here, there in (
            ("treaty", meta.treaty, treaty),
            ("expression", meta.expression, expression.name),
            ("edition", str(meta.edition), str(expression.edition)),
            *_tabled(meta, entry, expression),
        ):
            if here != there and (name == MASTER or here):
                found.append(Finding(ERROR, "catalogue", f"{folder}/{name}", f"{what} is “{here}”, in the catalogue “{there}”"))
        sums = {expression.source.sha256, *(source.sha256 for source in expression.annexes if name != MASTER)}
        if meta.source.sha256 not in sums:
            message = f"sha256 of the source is “{meta.source.sha256}”, in the catalogue “{'”, “'.join(sorted(sums))}”"
            found.append(Finding(ERROR, "source", f"{folder}/{name}", message))
    return found, len(files)


def _tabled(meta: Metadata, entry: Catalogue, expression: Expression) -> Iterator[tuple[str, str, str]]:
    """What a file and the catalogue say of a proposal: whose it is, in which round, and who may see it."""
    p = meta.proposal
    said = (p.topic, " ".join(p.tabled_by), str(p.round), str(p.distribution)) if p is not None else ("", "", "0", "public")
    known = (entry.topic, " ".join(entry.tabled_by), str(expression.round), str(expression.distribution))
    yield from zip(("topic", "Party", "round", "distribution"), said, known, strict=True)


def _concordances(store: Store, snapshot: Snapshot) -> Iterator[Finding]:
    """The concordances: names, rows, one for two treaties, and whether these are held."""
    seen: set[frozenset[str]] = set()
    for entry in store.repository.listing(snapshot.commit, layout.CONCORDANCES):
        path = f"{layout.CONCORDANCES}/{entry.name}"
        pair = layout.pair_of(entry.name)
        if pair is None or not entry.is_file:
            yield Finding(ERROR, "name", path, "is no concordance of two treaties")
            continue
        if frozenset(pair) in seen:
            yield Finding(ERROR, "concordance", path, "is the second of the same two treaties")
        seen.add(frozenset(pair))
        try:
            document.read(store.repository.read(snapshot.commit, path) or b"", path)
        except StoreError as error:
            yield Finding(ERROR, "concordance", path, _sentence(error))
        for treaty in sorted(set(pair) - {*snapshot.treaties(), *snapshot.proposals(), *snapshot.consolidated()}):
            yield Finding(NOTE, "concordance", path, f"{treaty} is not held")


def _negotiation(snapshot: Snapshot) -> Iterator[Finding]:
    """Calendar, statuses and answers: whether they can be read, and whether answers are to proposals that are held."""
    try:
        found = negotiation.held(snapshot)
    except StoreError as error:
        yield Finding(ERROR, "negotiation", layout.NEGOTIATION, _sentence(error))
        return
    known = {entry.treaty for entry in found.proposals}
    for answer in found.answers:
        if answer.proposal not in known:
            yield Finding(NOTE, "negotiation", layout.ANSWERS, f"{answer.proposal} is not held")


def _notes(store: Store, snapshot: Snapshot) -> Iterator[Finding]:
    """Reviewers' notes: names, forms, and whether what they answer is held."""
    held: dict[str, str] = {}
    answered: dict[str, str] = {}
    for entry in store.repository.listing(snapshot.commit, layout.ANNOTATIONS):
        path = f"{layout.ANNOTATIONS}/{entry.name}"
        if not layout.is_note(entry.name) or not entry.is_file:
            yield Finding(ERROR, "name", path, "is no reviewer's note")
            continue
        try:
            note = notes.read(store.repository.read(snapshot.commit, path) or b"", path)
        except StoreError as error:
            yield Finding(ERROR, "annotation", path, _sentence(error))
            continue
        held[note.id] = path
        if note.answers:
            answered[path] = note.answers
    for path, id_ in answered.items():
        if id_ not in held:
            yield Finding(NOTE, "annotation", path, f"answers {id_}, which is not held")


def _work_tree(store: Store) -> Iterator[Finding]:
    """The files beside the history, against HEAD: told, for a person may be at work on them."""
    places = store.repository.places()
    record = places.folder / "treaty-diff.journal"
    if journal.read(record) is not None:
        yield Finding(NOTE, "unfinished", str(record), "a command was interrupted; the next one that writes finishes it")
    head = store.repository.head()
    if places.bare or head is None:
        return
    tree = WorkTree(store.root, places.folder, store.repository.command, places.algorithm)
    try:
        held = store.repository.all_files(head)
    except StoreError as error:
        yield Finding(ERROR, "object", head, _sentence(error))
        return
    for path, oid in held.items():
        here = tree.blob(path)
        if here != oid:
            yield Finding(NOTE, "work-tree", path, "is missing" if here is None else "was changed by hand")
