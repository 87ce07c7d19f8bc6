"""The catalogue of sources: texts whose bytes are known, where they lie, and on what terms they may be used.

Three layers, each of which adds to the one before and may give other entries for the same text: the one built in,
`catalogue.toml` of the store, and a file that the user names. Its form is told in `docs/formats.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import SelectorError, SourceError, StoreError
from ..ingest.bounds import MAX_BYTES
from ..languages import alpha2, alpha3
from ..printable import steers
from .address import fault_of_address
from .layout import treaty_folder

if TYPE_CHECKING:
    from .store import Store

NAME = "catalogue.toml"

_NEEDED = ("treaty", "language", "date", "name", "url", "sha256", "licence", "attribution")
_KEYS = (*_NEEDED, "title", "size", "kind", "replace")
_EXAMPLE = "docs/formats.md, under “catalogue.toml”, tells the keys"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A source whose bytes are known: any other bytes are refused.

    `language` is an ISO 639-2 code, `date` the legal date, `size` bytes (0: not said). A source of `annexes` completes the text
    of the same treaty, language and date; `replace`: it also takes the place of annexes that the text has. `catalogue` is
    the file that the entry stands in.
    """

    treaty: str
    language: str
    date: str
    name: str
    url: str
    sha256: str
    licence: str
    attribution: str
    title: str = ""
    size: int = 0
    kind: Literal["text", "annexes"] = "text"
    replace: bool = False
    catalogue: str = ""

    @property
    def label(self) -> str:
        """How people name it: `tpp`, `tpp/es`, `tpp/es, annexes`."""
        name = self.treaty if self.language == "eng" else f"{self.treaty}/{alpha2(self.language)}"
        return f"{name}, annexes" if self.kind == "annexes" else name

    @property
    def place(self) -> tuple[str, ...]:
        """What it is a source of; a later catalogue's entry with the same place counts instead."""
        text = (self.treaty, self.language, self.date)
        return text if self.kind == "text" else (*text, self.name)


def built_in() -> tuple[Pinned, ...]:
    """The sources that treaty-diff itself knows."""
    return parse((files("treaty_diff.texts") / NAME).read_bytes(), "built in")


def known(store: Store, named: Path | None = None) -> tuple[tuple[Pinned, ...], tuple[str, ...]]:
    """All sources that can be pulled into a store, texts before annexes, and what must be said of where they come from.

    `named` is a further catalogue, of the user's. Raises SourceError where a catalogue breaks the form.
    """
    found = {source.place: source for source in built_in()}
    layers, notes = _of_store(store)
    if named is not None:
        layers = [*layers, parse(_read(named), str(named))]
    for layer in layers:
        for source in layer:
            if (before := found.get(source.place)) is not None and before.sha256 != source.sha256:
                notes.append(f"{source.label}: as {source.catalogue} has it, not as {before.catalogue or 'built in'}.")
            found[source.place] = source
    return tuple(sorted(found.values(), key=lambda source: source.kind == "annexes")), tuple(notes)


def select(sources: tuple[Pinned, ...], names: Iterable[str]) -> tuple[Pinned, ...]:
    """The sources that names such as `tpp`, `tpp/es`, `tpp@2016-02-04` mean, in the catalogue's order; all, where none is given.

    Raises SourceError where nothing is pinned for a name.
    """
    from ..citation import WHOLE, parse

    wanted: set[tuple[str, ...]] = set()
    for name in names:
        try:
            address = parse(name)
        except SelectorError:
            address = None
        hits = [
            source
            for source in sources
            if address is not None
            and (address.target, address.revision, address.treaty) == (WHOLE, "", source.treaty)
            and address.language in ("", source.language)
            and source.date.startswith(address.date)
        ]
        if not hits:
            there = ", ".join(dict.fromkeys(source.treaty for source in sources))
            raise SourceError(
                f"No source is pinned for “{name}”.", cause=f"pinned are: {there}", fix=f"name one of these, {_ADD}"
            )
        wanted |= {source.place for source in hits}
    return tuple(source for source in sources if source.place in wanted) if wanted else sources


_ADD = f"or add it to the store's {NAME}"


def parse(data: bytes, catalogue: str) -> tuple[Pinned, ...]:
    """The entries of a catalogue, in order; raises SourceError with file, entry and key where it breaks the form."""
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _malformed(catalogue, f"it is no TOML: {error}") from None
    entries = content.get("source", [])
    if stray := sorted(set(content) - {"source"}):
        raise _malformed(catalogue, f"it has “{stray[0]}” beside its [[source]] tables")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _malformed(catalogue, "each source is a table of its own, [[source]]")
    found: dict[tuple[str, ...], Pinned] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"source {number}"
        try:
            source = _entry(entry, catalogue)
            if source.place in found:
                raise ValueError(f"it is of the same text as an earlier entry ({source.label}, {source.date})")
        except ValueError as error:
            raise _malformed(catalogue, f"{where}: {error}") from None
        found[source.place] = source
    return tuple(found.values())


def _entry(entry: dict[str, Any], catalogue: str) -> Pinned:
    """One entry; raises ValueError with the key and what is amiss."""
    if missing := [key for key in _NEEDED if not entry.get(key)]:
        raise ValueError(f"{missing[0]} is missing")
    for key, value in entry.items():
        if key not in _KEYS:
            raise ValueError(f"“{key}” is no key; the keys are {', '.join(_KEYS)}")
        if key not in ("size", "replace"):
            _check_words(key, value)
    size, replace = entry.get("size", 0), entry.get("replace", False)
    if type(size) is not int or not 0 <= size <= MAX_BYTES:
        raise ValueError(f"size is no number of bytes up to {MAX_BYTES:,}")
    if not isinstance(replace, bool):
        raise ValueError("replace is neither true nor false")
    kind = entry.get("kind", "text")
    if kind not in ("text", "annexes"):
        raise ValueError("kind is neither text nor annexes; the form of a file is found by looking at it")
    if replace and kind == "text":
        raise ValueError("replace is for sources of kind annexes")
    _check_date(entry["date"])
    if not re.fullmatch(r"[0-9a-f]{64}", sha256 := entry["sha256"].lower()):
        raise ValueError("sha256 is not 64 hexadecimal digits")
    if fault := fault_of_address(entry["url"]):
        raise ValueError(f"url: {fault}")
    try:
        treaty_folder(entry["treaty"])
        language = alpha3(entry["language"])
    except (StoreError, SelectorError) as error:
        raise ValueError(error.what) from None
    words = {key: entry[key] for key in ("treaty", "date", "name", "url", "licence", "attribution")}
    return Pinned(
        **words,
        language=language,
        sha256=sha256,
        title=entry.get("title", ""),
        size=size,
        kind=kind,
        replace=replace,
        catalogue=catalogue,
    )


def _check_words(key: str, value: object) -> None:
    if not isinstance(value, str):
        raise ValueError(f"{key} is no string")
    if steers(value) or "".join(value.splitlines()) != value:
        raise ValueError(f"{key} has a line break or a control character")


def _check_date(written: str) -> None:
    from datetime import date

    try:
        fits = date.fromisoformat(written).isoformat() == written
    except ValueError:
        fits = False
    if not fits:
        raise ValueError("date is not written YYYY-MM-DD")


def _of_store(store: Store) -> tuple[list[tuple[Pinned, ...]], list[str]]:
    """The store's own catalogue as HEAD has it; where HEAD has none, the file beside the texts."""
    file = store.root / NAME
    beside = _read(file) if file.is_file() and not file.is_symlink() else None
    committed = store.repository.read(store.at().commit, NAME)
    if committed is not None:
        changed = beside is not None and beside != committed
        notes = [f"{file} was changed since the last commit; the committed one is used."] if changed else []
        return [parse(committed, str(file))], notes
    if beside is None:
        return [], []
    return [parse(beside, str(file))], [f"{file} is used, though it is not committed."]


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(_CATALOGUE_LIMIT + 1)
    except OSError as error:
        raise SourceError(
            f"{file} cannot be read.", cause=error.strerror or str(error), fix="name a catalogue that you may read"
        ) from None
    if len(data) > _CATALOGUE_LIMIT:
        raise _malformed(str(file), f"it has more than {_CATALOGUE_LIMIT // 1_000_000} MB")
    return data


_CATALOGUE_LIMIT = 5_000_000


def _malformed(catalogue: str, cause: str) -> SourceError:
    return SourceError(f"The catalogue of sources {catalogue} cannot be used.", cause=cause, fix=f"mend it; {_EXAMPLE}")
