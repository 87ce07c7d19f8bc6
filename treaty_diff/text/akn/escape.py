"""Characters as XML writes them."""

from __future__ import annotations

import html
import re

from ...errors import AknError

# Most words need nothing: looking once is cheaper than five replacements.
_IN_TEXT = re.compile("[&<>\r]")
_IN_ATTRIBUTE = re.compile("[&<>\"'\n\t\r]")
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def escape(words: str) -> str:
    """Running text as XML writes it."""
    if _IN_TEXT.search(words) is None:
        return words
    # A parser turns a bare carriage return into a line feed (XML 1.0, 2.11).
    return html.escape(words, quote=False).replace("\r", "&#13;")


def attr(value: str) -> str:
    """An attribute's value as XML writes it."""
    if _IN_ATTRIBUTE.search(value) is None:
        return value
    return html.escape(value, quote=True).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def attrs(**pairs: str) -> str:
    """Attributes in the order given, empty ones left out; `class_` stands for `class`."""
    return "".join(f' {name.rstrip("_")}="{attr(value)}"' for name, value in pairs.items() if value)


def check_characters(text: str) -> None:
    """Raise AknError for a character that XML 1.0 cannot hold, a control character for one."""
    if (bad := re.search(_NOT_XML, text)) is not None:
        around = text[max(0, bad.start() - 40) : bad.start()].rpartition(">")[2]
        raise AknError(f"The character U+{ord(bad[0]):04X} cannot stand in XML.", cause=f"it follows “{around}”")
