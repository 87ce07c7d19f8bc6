"""A provision in a terminal; readable at 80 columns and without colour."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from ..negotiation.marked import shown
from ..text import plain
from ..text.index import Index
from ..text.model import Kind, Provision, notice
from . import brackets, proposal


def show(out: Console, provision: Provision, index: Index) -> None:
    """Print a provision with all below it."""
    meta = index.treaty.meta
    banner = notice(meta.name, meta.edition)
    if banner:
        out.print(Styled(banner, style="bold yellow"))
        out.print()
    if meta.proposal is not None and provision.kind is Kind.TREATY:
        proposal.show(out, meta, meta.proposal)
    print_lines(out, provision, index)


def print_lines(out: Console, provision: Provision, index: Index) -> None:
    """Print the words of a provision with all below it, or its contents where they are not held."""
    if not provision.held:
        _contents(out, provision, index)
        return
    for line in plain.lines(provision):
        p = line.provision
        if line.note is not None:
            words = line.words or "(the source does not have this footnote's text)"
            out.print(Padding(Styled(f"[{line.num}] {words}", style="dim"), (0, 0, 0, 3 * line.depth + 3)))
        elif p.kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.PART, Kind.ANNEX, Kind.APPENDIX):
            head = brackets.line(f"{line.num} " if line.num else "", *shown(line))
            head.rstrip()
            out.print(head, style="bold")
            if p.kind is Kind.ARTICLE and not p.held:
                out.print(Styled("   text not held", style="italic dim"))
        else:
            text = brackets.line(line.num, *shown(line), style="bold" if p.kind is Kind.PARAGRAPH else "")
            depth = max(0, line.depth - _base_depth(provision))
            out.print(Padding(text, (0, 0, 0, 3 * depth)))


def _base_depth(provision: Provision) -> int:
    """Levels above the paragraphs of what is shown, so that paragraphs start at the margin."""
    return {Kind.ARTICLE: 1, Kind.ANNEX: 1, Kind.SECTION: 2, Kind.CHAPTER: 2}.get(provision.kind, 0)


def _contents(out: Console, provision: Provision, index: Index) -> None:
    out.print(Styled(f"{index.citation(provision)}  {provision.title}".strip(), style="bold"))
    out.print(Styled("Text not held: `treaty-diff pull` gets it.", style="italic"))
    for article in provision.articles():
        if article is not provision:
            out.print(f"   {index.citation(article)}  {article.title}")


# -- redline ----------------------------------------------------------------------------------
