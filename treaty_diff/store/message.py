"""What a commit of a text says: a line for people, then trailers for programs."""

from __future__ import annotations

from collections.abc import Mapping

from ..printable import printable
from ..text.model import Treaty


def compose(treaty: Treaty, files: int, *, summary: str = "", trailers: Mapping[str, str] | None = None) -> str:
    """The message of the commit that stores a text in so many files; `trailers` come after ours (`Round:`, `Tabled-By:` …)."""
    meta = treaty.meta
    rows = [
        ("Treaty", meta.treaty),
        ("Expression", meta.expression),
        ("Edition", str(meta.edition)),
        ("Legal-Date", meta.date),
        ("Provisions", str(sum(1 for provision in treaty.walk() if provision.eid))),
        ("Files", str(files)),
    ]
    for source in dict.fromkeys((meta.source, *(source for _, source in treaty.sources))):
        rows += [("Source", source.name), ("Source-SHA256", source.sha256)]
    rows += (trailers or {}).items()
    subject = _line(summary or f"{meta.title}: {meta.expression}, {meta.edition}")
    return "\n".join([subject, "", *(f"{name}: {_line(value)}" for name, value in rows if value)])


def _line(words: str) -> str:
    """Words from outside on one line: a line break in a file's name must not make a trailer."""
    return " ".join(printable(words, " ").split())
