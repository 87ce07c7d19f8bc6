"""Comments in the margin: what the comparison found, and whatever else is to be said of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..findings import Finding, Severity
from .inline import Author, Marker, said
from .notes import Place
from .spans import Change


class Comments:
    """Hands out comments as the rows are written that they are on."""

    def __init__(self, marker: Marker, on: Mapping[Place, Sequence[Finding]]) -> None:
        self.marker = marker
        self.on = on
        self.comments: list[str] = []

    def around(self, place: Place, runs: str, change: Change) -> str:
        """The runs with the comments of their row around them; `change` marks the sign of a comment as its row is."""
        before = after = ""
        for finding in self.on.get(place, ()):
            ident = self.marker.number()
            self.comments.append(_comment(ident, finding))
            before += f'<w:commentRangeStart w:id="{ident}"/>'
            sign = f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{ident}"/></w:r>'
            after += f'<w:commentRangeEnd w:id="{ident}"/>{self.marker.wrapped(change, Author.CHANGES, sign)}'
        return before + runs + after

    def part(self) -> str:
        """The inside of the part of comments."""
        return "".join(self.comments)


def _comment(ident: int, finding: Finding) -> str:
    parts = [finding.severity if finding.severity is not Severity.NOTE else "", finding.kind]
    word = f"{', '.join(filter(None, parts)).capitalize()}: " if any(parts) else ""
    strong = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{word}</w:t></w:r>' if word else ""
    return (
        f'<w:comment w:id="{ident}" w:author="{Author.CHANGES}" w:initials="td"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
        f'{strong}<w:r><w:t xml:space="preserve">{said(finding.sentence)}</w:t></w:r></w:p></w:comment>'
    )
