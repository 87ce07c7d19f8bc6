"""The styles of a treaty's text, and those of our own words, which are set apart from it."""

from __future__ import annotations

from collections.abc import Iterator

_STEP = 567
"""A level's indent in twentieths of a point: one centimetre."""

_SERIF = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
_SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_GREY = '<w:color w:val="44546A"/>'


def styles(language: str) -> str:
    """The inside of the part of styles; `language` is that of the words, as two letters."""
    return "".join(
        [
            f"<w:docDefaults><w:rPrDefault><w:rPr>{_SERIF}{_size(11)}"
            f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault><w:pPr>"
            '<w:spacing w:before="0" w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
            *_styles(),
        ]
    )


def _styles() -> Iterator[str]:
    yield _style("paragraph", "Normal", "Normal", "", "", based="", default=True)
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        f'<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(0, 108)}</w:tblPr></w:style>'
    )
    # the treaty's own words
    yield _style("paragraph", "ChapterHeading", "Treaty Chapter", _keep(480, 200, 0), f"<w:b/>{_size(15)}", shown=True)
    yield _style(
        "paragraph",
        "ArticleHeading",
        "Treaty Article",
        f'<w:keepNext/><w:keepLines/>{_tab(1871)}{_spacing(320, 120)}<w:ind w:left="1871" w:hanging="1871"/><w:outlineLvl w:val="1"/>',
        f"<w:b/>{_size(12)}",
        shown=True,
    )
    yield _style("paragraph", "SubHeading", "Treaty Heading", f"<w:keepNext/>{_spacing(200, 100)}", "<w:i/>", shown=True)
    for n in range(8):
        left, text = n * _STEP, (n + 1) * _STEP
        hanging = f'{_tab(text)}<w:ind w:left="{text}" w:hanging="{_STEP}"/>'
        yield _style("paragraph", f"Numbered{n}", f"Treaty Level {n + 1}", hanging, "", shown=True)
        yield _style("paragraph", f"Words{n}", f"Treaty Text {n + 1}", f'<w:ind w:left="{left}"/>', "", shown=True)
        yield _style("paragraph", f"Definition{n}", f"Treaty Definition {n + 1}", f'<w:ind w:left="{left}"/>', "", shown=True)
    yield _style(
        "paragraph",
        "FootnoteText",
        "footnote text",
        '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>',
        _size(9),
        shown=True,
    )
    yield _style("paragraph", "TableText", "Treaty Table Text", _spacing(20, 20), _size(9.5), shown=True)
    yield _style("character", "ProvisionNumber", "Treaty Number", "", "")
    yield _style("character", "NumberGap", "Treaty Number Gap", "", "")
    yield _style("character", "ArticleWords", "Treaty Article Words", "", f'<w:b w:val="0"/>{_size(11)}')
    yield _style("character", "NoteMarker", "Treaty Note Marker", "", '<w:vertAlign w:val="superscript"/>')
    yield _style("character", "FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>')
    yield _table("TreatyTable", "Treaty Table", "A6A6A6")
    # words of ours
    yield _style("paragraph", "OurText", "treaty-diff Text", _spacing(0, 80), f"{_SANS}{_size(9)}", shown=True)
    yield _style(
        "paragraph", "OurTitle", "treaty-diff Title", f"<w:keepNext/>{_spacing(0, 120)}", f"{_SANS}<w:b/>{_size(18)}", shown=True
    )
    yield _style(
        "paragraph", "OurHeading", "treaty-diff Heading", _keep(280, 100), f"{_SANS}<w:b/>{_GREY}{_size(11)}", shown=True
    )
    yield _style(
        "paragraph",
        "OurPart",
        "treaty-diff Part",
        f'<w:keepNext/>{_rule("top")}{_spacing(600, 160)}<w:outlineLvl w:val="0"/>',
        f"{_SANS}<w:b/>{_GREY}{_size(13)}",
        shown=True,
    )
    yield _style(
        "paragraph",
        "Notice",
        "treaty-diff Notice",
        f'{_rule("left", "C55A11", 24)}<w:shd w:val="clear" w:color="auto" w:fill="FBE9DD"/>{_spacing(80, 120)}',
        f"{_SANS}<w:b/>{_size(9.5)}",
        shown=True,
    )
    yield _style(
        "paragraph",
        "NotHeld",
        "treaty-diff Not Held",
        f'{_rule("left", "A6A6A6", 24)}{_spacing(160, 120)}<w:outlineLvl w:val="1"/>',
        f"{_SANS}<w:i/>{_GREY}{_size(9.5)}",
        shown=True,
    )
    yield _style("paragraph", "OurCell", "treaty-diff Cell", _spacing(20, 20), f"{_SANS}{_size(8.5)}")
    yield _style(
        "paragraph",
        "BehindTable",
        "treaty-diff Gap",
        '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
        _size(4),
    )
    yield _style("character", "OurLink", "treaty-diff Link", "", '<w:color w:val="1F4E79"/>')
    yield _style("character", "OurHead", "treaty-diff Table Head", "", "<w:b/>")
    yield _style("character", "Removed", "treaty-diff Struck", "", '<w:strike/><w:color w:val="C00000"/>')
    yield _style("character", "Added", "treaty-diff Underlined", "", '<w:color w:val="1F4E79"/><w:u w:val="single"/>')
    yield _table("OurTable", "treaty-diff Table", "D9D9D9")
    yield _style("paragraph", "Header", "header", f"{_rule('bottom')}{_right()}{_spacing(0, 0)}", f"{_SANS}{_GREY}{_size(8)}")
    yield _style("paragraph", "Footer", "footer", f"{_right()}{_spacing(0, 0)}", f"{_SANS}{_GREY}{_size(8)}")
    yield _style("paragraph", "CommentText", "annotation text", _spacing(0, 0), f"{_SANS}{_size(9)}")
    yield _style("character", "CommentReference", "annotation reference", "", _size(8))


def _style(
    kind: str,
    ident: str,
    name: str,
    paragraph: str,
    run: str,
    *,
    based: str = "Normal",
    default: bool = False,
    shown: bool = False,
) -> str:
    basis = f'<w:basedOn w:val="{based}"/>' if based and kind == "paragraph" else ""
    quick = "<w:qFormat/>" if shown or default else ""
    first = ' w:default="1"' if default else ""
    inside = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    return f'<w:style w:type="{kind}"{first} w:styleId="{ident}"><w:name w:val="{name}"/>{basis}{quick}{inside}</w:style>'


def _table(ident: str, name: str, colour: str) -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{colour}"'
    borders = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        f'<w:style w:type="table" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>{_margins(28, 85)}</w:tblPr></w:style>'
    )


def _margins(high: int, wide: int) -> str:
    sides = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    return f'<w:tblCellMar>{"".join(f"""<w:{side} w:w="{n}" w:type="dxa"/>""" for side, n in sides)}</w:tblCellMar>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _keep(before: int, after: int, level: int | None = None) -> str:
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    return f"<w:keepNext/><w:keepLines/>{_spacing(before, after)}{outline}"


def _tab(at: int) -> str:
    return f'<w:tabs><w:tab w:val="left" w:pos="{at}"/></w:tabs>'


def _right() -> str:
    return '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'


def _rule(side: str, colour: str = "A6A6A6", size: int = 4) -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{size}" w:space="4" w:color="{colour}"/></w:pBdr>'
