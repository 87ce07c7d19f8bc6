"""What every Word file of ours needs: the sheet of paper, a run of words, a field that Word fills in."""

from __future__ import annotations

from .inline import said

PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
)
"""A4 with margins of 25 mm."""


def run(text: str, style: str = "", form: str = "") -> str:
    """Words in a style of characters; `form` are properties of the run besides."""
    if not text:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f"<w:rPr>{named}{form}</w:rPr>" if named or form else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{said(text)}</w:t></w:r>'


def field(name: str) -> str:
    """A field, 1 until Word works it out: `PAGE`."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
