"""Addresses that something may be fetched from, and words of strangers as they may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def is_address(name: str) -> bool:
    """Whether a name is meant as an address, and not as a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name) is not None


def fault_of_address(url: str) -> str:
    """Why nothing is fetched from an address, in words; empty where it can be."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https"):
        return f"only http and https are used, not “{printable(parts.scheme)}:”" if parts.scheme else "it has no http or https"
    if not host:
        return "it names no server"
    if parts.username is not None or parts.password is not None:
        return "it holds a user's name or password, which would be shown and stored"
    if not url.isascii() or not url.isprintable() or " " in url:
        return "it has characters that must be written as %XX"
    return ""


def printable(words: str, limit: int = 200) -> str:
    """Words of a stranger as they may stand on a terminal: nothing that steers it."""
    return "".join(c if c.isprintable() else "�" for c in words[:limit])
