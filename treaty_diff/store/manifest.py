"""What a commit holds, by sha256: what a page is published with, to be checked by hand."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from ..text import notes, plain
from ..text.akn import read_treaty
from ..text.proposal import Distribution
from . import concordances, layout
from . import notes as kept
from .store import Store

SCHEMA = "treaty-diff/manifest/1"


def manifest(
    store: Store,
    revision: str,
    progress: Callable[[int, int, str], None],
    audience: Distribution = Distribution.RESTRICTED,
) -> dict[str, Any]:
    """The texts, files, concordances and reviewers' notes at a revision, schema `treaty-diff/manifest/1`; the same for the same commit on every machine.

    What `audience` may not see is left out.
    A text's sha256 is that of what `show --format text` prints of the whole text, a file's that of its bytes.
    """
    snapshot = store.at(revision)
    held = [*snapshot.catalogues(), *snapshot.catalogues([*snapshot.proposals(), *snapshot.consolidated()])]
    entries = [entry for entry in (known.open_to(audience) for known in held) if entry is not None]
    texts: list[dict[str, Any]] = []
    for n, entry in enumerate(entries):
        progress(n, len(entries), entry.treaty)
        for expression in sorted(entry.expressions, key=lambda e: (e.edition, e.name)):
            folder = layout.expression_folder(entry.treaty, expression.edition, expression.name)
            files = snapshot.files(entry.treaty, expression)
            texts.append(
                {
                    "treaty": entry.treaty,
                    "expression": expression.name,
                    "edition": str(expression.edition),
                    "sha256": sha256(plain.text(read_treaty(files).root).encode()).hexdigest(),
                    "source_sha256": [s.sha256 for s in (expression.source, *expression.annexes) if s.sha256],
                    "files": [_file(f"{folder}/{name}", data) for name, data in sorted(files.items())],
                }
            )
    progress(len(entries), len(entries), "")
    paths = [layout.concordance_path(*pair) for pair in concordances.names(store.repository, snapshot.commit)]
    documents = zip(paths, store.repository.read_all(snapshot.commit, paths), strict=True)
    return {
        "schema": SCHEMA,
        "commit": snapshot.commit,
        "tree": store.repository.tree(snapshot.commit),
        "texts": texts,
        "concordances": [_file(path, data) for path, data in documents if data is not None],
        "notes": [
            _file(f"{layout.ANNOTATIONS}/{notes.filename(note)}", data) for note, data in _noted(store, snapshot.commit, audience)
        ],
    }


def _noted(store: Store, commit: str, audience: Distribution) -> list[tuple[notes.Note, bytes]]:
    """The notes that an audience may see, by the names of their files, with their bytes as they are stored."""
    found = sorted(kept.held(store, commit, audience), key=notes.filename)
    paths = [f"{layout.ANNOTATIONS}/{notes.filename(note)}" for note in found]
    return [(note, data) for note, data in zip(found, store.repository.read_all(commit, paths), strict=True) if data is not None]


def _file(path: str, data: bytes) -> dict[str, Any]:
    return {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}
