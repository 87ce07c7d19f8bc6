"""The embedded edition: complete tables of contents, restatements marked as such, numbers right."""

from __future__ import annotations

from pathlib import Path

import pytest

from treaty_diff.citation import label, parse
from treaty_diff.ingest import tota
from treaty_diff.store import Store
from treaty_diff.store.embedded import texts
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition, Kind, Treaty
from treaty_diff.text.validate import schema_errors, validate

NAFTA_HELD = {
    *(401, 402, 403, 508, 510, 712, 714, 715, 723),
    *(1001, 1003, 1004, 1005, 1006, 1019, 1024),
    *(1105, 1110, *range(1115, 1123), 1131, 1134, 1135, 1136, 1138),
    *(1302, 1305, 1407),
    *range(1801, 1807),
    *range(1901, 1912),
    *range(2001, 2020),
    *range(2202, 2206),
}
TPP_HELD = {
    f"{chapter}.{n}"
    for chapter, numbers in {
        3: (5,),
        5: (3, 5, 6, 7, 10, 11),
        6: (8,),
        7: (4, 8, 9, 17, 18),
        9: (6, 8, *range(18, 22), 25),
        13: (4, 7, 8, 11, 16),
        14: range(1, 19),
        15: (4, 16, 24),
        25: (*range(1, 6), 8, 10, 11),
        26: range(6, 13),
        27: range(1, 7),
        28: range(3, 21),
        30: range(2, 7),
    }.items()
    for n in numbers
}


@pytest.fixture(scope="session")
def nafta(embedded: Store) -> Treaty:
    return embedded.load(parse("nafta1994"))


@pytest.fixture(scope="session")
def tpp(embedded: Store) -> Treaty:
    return embedded.load(parse("tpp"))


def held(treaty: Treaty) -> set[str]:
    return {label(a.label) for a in treaty.articles() if a.held}


def test_nafta_has_its_eight_parts_22_chapters_and_296_articles(nafta: Treaty) -> None:
    parts = [p for p in nafta.root.children if p.kind is Kind.PART]
    assert [label(c.label) for p in parts for c in p.children] == [str(n) for n in range(1, 23)]
    assert [len(p.children) for p in parts] == [2, 6, 1, 1, 6, 1, 3, 2]
    assert len(nafta.articles()) == 296


def test_the_tpp_has_its_30_chapters_and_507_articles(tpp: Treaty) -> None:
    assert [label(c.label) for c in tpp.chapters()] == [str(n) for n in range(1, 31)]
    assert len(tpp.articles()) == 507


def test_what_is_restated_is_held_and_nothing_else(nafta: Treaty, tpp: Treaty) -> None:
    assert held(nafta) == {str(n) for n in NAFTA_HELD}
    assert held(tpp) == TPP_HELD


def test_sections_hold_their_articles(nafta: Treaty, tpp: Treaty) -> None:
    section = Index(nafta).find("ch11.secB")[0]
    assert [label(a.label) for a in section.articles()] == [str(n) for n in range(1115, 1139)]
    assert Index(tpp).find("ch28.secB")[0].title == "Domestic Proceedings and Private Commercial Dispute Settlement"


@pytest.mark.parametrize("treaty", ["nafta1994", "tpp"])
def test_every_embedded_file_is_valid_and_marked_a_restatement(treaty: str, embedded: Store) -> None:
    for files in texts(treaty).values():
        for name, data in files.items():
            assert schema_errors(name, data) == []
            assert b'edition="restatement"' in data
            assert f"/{treaty}-restatement/".encode() in data
    text = embedded.load(parse(treaty))
    assert text.meta.edition is Edition.RESTATEMENT
    assert [f for f in validate(text) if f.severity == "error"] == []


@pytest.mark.corpus
@pytest.mark.parametrize(("treaty", "file"), [("nafta1994", "tota-112-nafta-en.xml"), ("tpp", "tota-449-tpp-en.xml")])
def test_contents_agree_with_the_real_text(treaty: str, file: str, corpus: Path, embedded: Store) -> None:
    real, _ = tota.read((corpus / file).read_bytes(), treaty)
    ours = embedded.load(parse(treaty))
    assert [(a.eid, a.label, a.title) for a in ours.articles()] == [(a.eid, a.label, a.title) for a in real.articles()]
    assert [(c.label, c.title) for c in ours.chapters()] == [(c.label, c.title) for c in real.chapters()]
