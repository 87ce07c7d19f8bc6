"""Made-up trees, printed as each kind of source prints them, come back the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest import printing
from tests.ingest.printing import Style, shape
from treaty_diff.ingest import pdf, read
from treaty_diff.ingest.blocks import Pages
from treaty_diff.ingest.report import Report
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.model import Metadata, Treaty


def settle(meta: Metadata) -> Metadata:
    return replace(meta, date="2001-02-03", signed="2001-02-03")


def back(data: bytes) -> Treaty:
    return read(data, "pact", settle=settle)[0]


PRINTERS: dict[str, tuple[Style, Callable[[Treaty], bytes]]] = {
    "ToTA XML": (printing.TOTA, printing.tota),
    "a paragraph a line": (printing.PLAIN, printing.plain),
    "footnotes in brackets": (printing.PLAIN, printing.brackets),
    "lines broken at a width": (printing.WRAPPED, printing.wrapped),
    "one line": (printing.ONE_LINE, printing.one_line),
    "page of paragraphs": (printing.HTML, printing.html_paragraphs),
    "page of lists": (printing.HTML, printing.html_lists),
    "Word, numbers by itself": (printing.WORD, printing.word_automatic),
    "Word, numbers typed": (printing.WORD, printing.word_typed),
    "PDF": (printing.PDF, printing.pdf_lines),
}


@pytest.mark.parametrize("name", PRINTERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_printed_tree_comes_back(name: str, data: st.DataObject, monkeypatch: pytest.MonkeyPatch) -> None:
    style, printed = PRINTERS[name]
    treaty = data.draw(printing.trees(style))
    if name == "PDF":
        monkeypatch.setattr(pdf, "read_pdf", _in_this_process)
    found = back(printed(treaty))
    chapters = [shape(c) for c in found.root.children if c.label != printing.FILLING.label]
    assert chapters == [shape(c) for c in treaty.root.children]


def _in_this_process(data: bytes, *, name: str, report: Report) -> Pages:
    """What `read_pdf` does in a process of its own, which takes half a second each."""
    return pdf._pages(pdf.extract(data), name, report)


@settings(max_examples=25)
@given(printing.trees(Style()))
def test_akoma_ntoso_comes_back(treaty: Treaty) -> None:
    assert read_treaty(write_treaty(treaty)) == treaty
