"""Pinned sources: where the real texts come from, and how they are checked before use."""

from __future__ import annotations

import hashlib
import http.client
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ..errors import SourceError

_LIMIT = 50_000_000
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Pinned:
    """A source whose bytes are known: any other bytes are refused."""

    treaty: str
    language: str
    date: str
    name: str
    url: str
    sha256: str
    licence: str
    attribution: str


def pinned() -> tuple[Pinned, ...]:
    """The pinned sources, in order."""
    data = tomllib.loads((files("treaty_diff.texts") / "catalogue.toml").read_text(encoding="utf-8"))
    return tuple(Pinned(**entry) for entry in data["source"])


def digest(data: bytes) -> str:
    """sha256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def from_folder(folder: Path, wanted: tuple[Pinned, ...]) -> dict[str, bytes]:
    """The wanted sources that lie in a folder, by sha256; file names do not matter.

    Raises SourceError where the folder is none or holds none of them.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder} is not a folder.", cause="--from names it", fix="name the folder that holds the files")
    digests = {source.sha256 for source in wanted}
    found: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".xml", ".txt") and path.is_file() and path.stat().st_size <= _LIMIT:
            data = path.read_bytes()
            if (sha := digest(data)) in digests:
                found[sha] = data
    if not found:
        names = ", ".join(f"{source.treaty}/{source.language}" for source in wanted)
        raise SourceError(
            f"{folder} holds none of the pinned sources ({names}).",
            cause="no file has one of the known sha256 sums",
            fix="get the files that texts/catalogue.toml names, unchanged",
        )
    return found


def download(source: Pinned) -> bytes:
    """A source's bytes from its address; raises SourceError where they do not come or are not the pinned ones."""
    fix = "try again later, or get the file yourself and use `treaty-diff pull --from FOLDER`"
    if not source.url.startswith("https://"):
        raise SourceError(f"{source.url} is no address to pull from.", cause="only https is used", fix="mend the catalogue")
    try:
        with urllib.request.urlopen(source.url, timeout=_TIMEOUT) as answer:
            data = answer.read(_LIMIT + 1)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, OSError) as error:
        raise SourceError(f"{source.treaty} could not be pulled from {source.url}.", cause=str(error), fix=fix) from None
    if len(data) > _LIMIT or digest(data) != source.sha256:
        raise SourceError(
            f"{source.url} does not hold the pinned text.",
            cause=f"sha256 is {digest(data)}, expected {source.sha256}",
            fix="the source has changed: compare it by hand before you import it",
        )
    return bytes(data)
