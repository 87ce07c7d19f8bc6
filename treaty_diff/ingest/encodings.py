"""Bytes that are UTF-8 but for some: words pasted in from Windows-1252."""

from __future__ import annotations

import codecs

MIXED = "UTF-8 but for some bytes, which were read as windows-1252"
"""What a report says of such a file."""


def is_mixed(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are so for the most part: at least half of what is no ASCII is well formed."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return sum(c > "\x7f" for c in data.decode("utf-8", "ignore")) >= broken


def decode_mixed(data: bytes) -> str:
    """The characters, each byte that is no UTF-8 read as Windows-1252.

    >>> decode_mixed("Artículo ".encode() + "Año".encode("windows-1252"))
    'Artículo Año'
    """
    return data.decode("utf-8", _WESTERN)


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


_WESTERN = "treaty_diff_western"
codecs.register_error(_WESTERN, _western)
