"""A consolidated text as a Word file: every bracket with who proposes and opposes it, by the Parties' names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...languages import alpha2
from ...text.model import HEADS, Kind, Treaty, notice
from ..bracketed import Article, Line, Piece, articles
from ..proposal import about
from ..sentences import date
from .body import ours
from .inline import said
from .package import pack, relation
from .page import PAGE, field, run
from .styles import styles

_COLOURS = ("", "1F4E79", "7F3F98", "2E6B34", "8A5A00")
"""Of brackets by how deep they stand."""

_LEVELS = 7


def document(text: Treaty, amended: str, said_of_it: Sequence[str] = ()) -> bytes:
    """The bytes of the file; `amended` is the name of the treaty that the texts amend, `said_of_it` are sentences for its head."""
    meta = text.meta
    title = f"{meta.title}, {date(meta.date)}"
    out = [ours(title, "OurTitle")]
    if said_ := notice(meta.name, meta.edition):
        out.append(ours(said_, "Notice"))
    sentences = [
        *(about(meta, meta.proposal, day=date(meta.date), amended=amended) if meta.proposal is not None else []),
        *said_of_it,
    ]
    out += [ours(sentence, "OurText") for sentence in sentences]
    out.append(
        ours(
            "What stands in no brackets all Parties have. A Party that no bracket names has the words in force there.", "OurText"
        )
    )
    for article in articles(text):
        out += _article(article)
    references = "".join(f'<w:{kind}Reference w:type="default" r:id="{relation(f"{kind}1")}"/>' for kind in ("header", "footer"))
    marking = meta.proposal.distribution if meta.proposal is not None else ""
    pages = f"{run('page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}"
    parts = {
        "document": f"<w:body>{''.join(out)}<w:sectPr>{references}{PAGE}</w:sectPr></w:body>",
        "styles": styles(alpha2(meta.language)),
        "settings": "",
        "header1": f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{run(title)}<w:r><w:tab/></w:r>{run(str(marking))}</w:p>',
        "footer1": f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run(meta.status)}<w:r><w:tab/></w:r>{pages}</w:p>',
    }
    return pack(parts, said(title))


def _article(article: Article) -> Iterator[str]:
    if article.chapter:
        yield ours(article.chapter, "ChapterHeading")
    for line in article.lines:
        yield f'<w:p><w:pPr><w:pStyle w:val="{_style(line)}"/></w:pPr>{_line(line)}</w:p>'


def _style(line: Line) -> str:
    if line.kind in HEADS and line.num:
        return "ArticleHeading"
    if line.kind is Kind.HEADING:
        return "SubHeading"
    return f"{'Numbered' if line.num else 'Words'}{min(max(line.depth - 1, 0), _LEVELS)}"


def _line(line: Line) -> str:
    # what opens before a number stands before it on the page, too: the tab goes behind the number
    number = f"{run(line.num, 'ProvisionNumber')}<w:r><w:tab/></w:r>" if line.num else ""
    return "".join([*map(_piece, line.before), number, *map(_piece, line.pieces)])


def _piece(piece: Piece) -> str:
    colour = f'<w:color w:val="{_COLOURS[piece.depth]}"/>' if piece.depth and piece.kind != "words" else ""
    form = {"edge": "<w:b/>", "head": "<w:i/>", "note": "<w:i/>"}.get(piece.kind, "")
    return run(piece.words, form=f"{form}{colour}")
