"""A store and a site in which strangers have written what they like, wherever they can write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.cli import cli
from treaty_diff.store import Store
from treaty_diff.text.model import Cell, Footnote, Kind, Provision, Source, Text, Treaty

BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> javascript:alert(3) \u202etxt\u202c </style></title>{{ 7*7 }} [x](javascript:alert(4)) `"
PLAIN = BAD.replace("\u202e", "").replace("\u202c", "")
"""The same for records, which take no characters that turn writing."""


def ran(*arguments: str) -> str:
    result = CliRunner().invoke(
        cli, [*arguments], env={"SOURCE_DATE_EPOCH": "1770000000", "GIT_AUTHOR_NAME": BAD.replace("\n", " ")}
    )
    assert result.exit_code == 0, result.output
    return result.output


def hostile(treaty: Treaty) -> Treaty:
    """A treaty with bad words behind every number, heading and provision's words, in footnotes, tables, names, and what is said of its source."""

    def worse(text: Text | None) -> Text | None:
        return replace(text, content=f"{text.content} {BAD}") if text is not None else None

    def footed(text: Text | None) -> Text | None:
        note = Footnote(f"1{BAD}", 0, Text(f"A footnote {BAD}", "eng"))
        return replace(text, notes=(*text.notes, note)) if text is not None else None

    def provision(p: Provision) -> Provision:
        table = ((Cell(Text(f"A cell {BAD}", "eng"), header=True), Cell(Text(f"Another {BAD}", "eng"))),)
        return replace(
            p,
            num=worse(p.num) if p.kind is Kind.PARAGRAPH else p.num,
            heading=worse(p.heading),
            text=footed(worse(p.text)) if p.kind is Kind.PARAGRAPH else worse(p.text),
            table=table if p.kind is Kind.PARAGRAPH else p.table,
            children=tuple(map(provision, p.children)),
        )

    source = Source(f"Source {BAD}", f"javascript:alert(5)//{BAD}", "0" * 64, f"Licence {BAD}", f"By {BAD}")
    names = {"title": f"Treaty {BAD}", "short": f"the {treaty.meta.treaty} {BAD}", "status": f"in force {BAD}"}
    return replace(treaty.with_root(provision(treaty.root)), meta=replace(treaty.meta, **names, source=source))


def hostile_site(folder: Path) -> Path:
    """A site of a store in which every name, heading, text, note, status and answer is hostile."""
    root = folder / "store"
    with Store.create(root) as made:
        without_proposals(made)
        for name, number in (("nafta1994", "101"), ("tpp", "28.1")):
            body = "1. A Party may ask for a panel.\n\n2. For purposes of this Chapter:\n\npanel means five members;"
            made.put(
                hostile(
                    small_treaty(
                        (f"Article {number}", "Panels", body), (f"Article {number}9", "Costs", "1. Each pays."), treaty=name
                    )
                )
            )
    proposal = folder / "proposal.txt"
    proposal.write_text(
        f"CHAPTER ONE\n\nBEGINNINGS {BAD}\n\nArticle 101: Panels {BAD}\n\n1. A Party shall ask for a panel {BAD}.\n", "utf-8"
    )
    asked = ["--topic", "panels", "--party", "USA", "--round", "4", "--distribution", "public", "--replaces", "101"]
    told = ["--title", f"Title {PLAIN}", "--report", "2017-10-11", f"Who {PLAIN}", f"What {PLAIN}", "--choice", f"Choice {PLAIN}"]
    ran("table", str(proposal), *asked, *told, "--edition", "reconstruction", "--certainty", "low", "--store", str(root))
    ran("note", "nafta1994:101", f"Why? {BAD}", "--question", "--store", str(root))
    ran("note", "nafta1994:101", f"Where? {BAD}", "--quote", "may ask for a panel", "--store", str(root))
    ran(
        "status",
        "panels",
        "--set",
        "substantively concluded",
        "--round",
        "4",
        "--note",
        PLAIN,
        "--pending",
        PLAIN,
        "--store",
        str(root),
    )
    ran("status", "panels/USA", "--party", "MEX", "--set", "non-starter", "--round", "5", "--note", PLAIN, "--store", str(root))
    ran("concordance", "nafta1994", "tpp", "--store", str(root))
    ran("concordance", "add", "nafta1994:1019", "tpp:28.1", "--note", BAD, "--store", str(root))
    output = folder / "site"
    ran("site", "--store", str(root), "--output", str(output))
    return output
