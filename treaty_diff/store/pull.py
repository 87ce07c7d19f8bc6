"""From a pinned source to its bytes: out of a folder, from a mirror or from its own address, and no others than those pinned."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import SourceError
from ..ingest.bounds import MAX_BYTES
from .address import is_address
from .pins import Pinned

Fetch = Callable[..., bytes]
"""`download.fetch`, perhaps with other settings."""


def digest(data: bytes) -> str:
    """sha256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def in_folder(folder: Path, wanted: Iterable[Pinned]) -> dict[str, bytes]:
    """The wanted sources that lie in a folder, by sha256; file names do not matter.

    Files that cannot be read are passed over. Raises SourceError where the folder is none.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder} is not a folder.", cause="--from names it", fix="name the folder that holds the files")
    digests = {source.sha256 for source in wanted}
    sizes = {source.size for source in wanted}
    found: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        try:
            size = path.stat().st_size if path.is_file() else MAX_BYTES + 1
            if size > MAX_BYTES or (0 not in sizes and size not in sizes):
                continue
            data = path.read_bytes()
        except OSError:
            continue
        if (sha := digest(data)) in digests:
            found[sha] = data
    return found


def from_folder(source: Pinned, folder: Path, found: dict[str, bytes]) -> bytes:
    """A source's bytes among those `found` in a folder; raises SourceError where they are not."""
    if source.sha256 not in found:
        raise SourceError(
            f"{source.label} is not in {folder}.",
            cause=f"no file in it has the sha256 {source.sha256}",
            fix=f"put the file in it that lies at {source.url}, unchanged",
        )
    return found[source.sha256]


def from_network(source: Pinned, fetch: Fetch, mirror: str = "") -> bytes:
    """A source's bytes from its address, or from a mirror; raises SourceError where they do not come or are other bytes."""
    url = mirrored(source, mirror) if mirror else source.url
    data = fetch(url, size=source.size)
    if (sha := digest(data)) != source.sha256:
        raise SourceError(
            f"{url} does not hold the pinned text of {source.label}.",
            cause=f"its sha256 is {sha}, the catalogue ({source.catalogue}) says {source.sha256}",
            fix="nothing of it was read. Compare the file by hand with what you expect: where it is the better text, "
            "pin its sha256 in a catalogue of your own; else get the pinned file and use `treaty-diff pull --from FOLDER`",
        )
    return data


def mirrored(source: Pinned, mirror: str) -> str:
    """Where a mirror has a source: under the last step of the source's own address, or where `{sha256}` stands in the mirror's.

    >>> from treaty_diff.store.pins import Pinned
    >>> source = Pinned("tpp", "eng", "2016-02-04", "TPP", "https://treaties.example/texts/tpp.xml", "ab12", "none", "nobody")
    >>> mirrored(source, "https://mirror.example/treaties/")
    'https://mirror.example/treaties/tpp.xml'
    >>> mirrored(source, "https://mirror.example/by-sum/{sha256}.xml")
    'https://mirror.example/by-sum/ab12.xml'
    """
    if "{sha256}" in mirror:
        return mirror.replace("{sha256}", source.sha256)
    step = urlsplit(source.url).path.rpartition("/")[2]
    if step in ("", ".", ".."):
        raise SourceError(
            f"No mirror can be asked for {source.label}.",
            cause=f"its own address, {source.url}, ends without a file's name",
            fix="give the mirror as an address with {sha256} in it, or use a folder",
        )
    return f"{mirror.rstrip('/')}/{step}"


def supplier(origin: str, wanted: tuple[Pinned, ...]) -> Callable[[Pinned, Fetch], bytes]:
    """Where the bytes of sources come from: a folder or a mirror's address, or (empty) each source's own address.

    Raises SourceError where `origin` is neither an address nor a folder.
    """
    if origin and not is_address(origin):
        folder = Path(origin)
        found = in_folder(folder, wanted)
        return lambda source, fetch: from_folder(source, folder, found)
    return lambda source, fetch: from_network(source, fetch, origin)
