"""The Word file: with all changes accepted it is the subject's text, with all rejected the base's, line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.conftest import small_treaty
from tests.golden.make import HERE as GOLDEN
from tests.render.word import MARKS, W, name, on, parts, resolve
from tests.text.strategies import treaties
from treaty_diff.align import align
from treaty_diff.annotate import annotate
from treaty_diff.ingest import tota
from treaty_diff.redline import Comparison, build
from treaty_diff.redline.comparison import RowKind
from treaty_diff.render import docx
from treaty_diff.render.findings import Finding, Severity
from treaty_diff.text import plain
from treaty_diff.text.index import Index
from treaty_diff.text.model import Cell, Footnote, Kind, Provision, Text, Treaty


def compare(subject: Treaty, base: Treaty, scope: str = "") -> Comparison:
    found = Index(subject).find(scope) if scope else (subject.root,)
    return build(subject, base, align(subject, base, scope=found), scope=found, base_scope=(base.root,))


def assert_resolves(comparison: Comparison, subject: Treaty, base: Treaty, data: bytes) -> int:
    """Both texts come back, each article's lines in the order of the proofs; the number of lines compared."""
    articles = {a.subject.eid: n for n, a in enumerate(comparison.articles) if a.subject is not None}
    gone = {a.base.eid: n for n, a in enumerate(comparison.gone, len(comparison.articles)) if a.base is not None}
    count = 0
    for accept, text in ((True, subject), (False, base)):
        left, index = resolve(data, accept=accept), Index(text)
        assert sorted(left.articles) == list(range(len(articles) + len(gone)))
        for proof in comparison.proofs:
            places = [articles[eid] for eid in proof.subject] or [gone[eid] for eid in proof.base]
            eids = proof.subject if accept else proof.base
            lines = [line.text for eid in eids for line in plain.lines(plain.alone(index.by_eid[eid]))]
            assert [line for n in places for line in left.articles[n]] == lines
            count += len(lines)
    return count


def made(subject: Treaty, base: Treaty) -> tuple[Comparison, bytes]:
    """A comparison and its file, which has been checked."""
    comparison = compare(subject, base)
    data = docx.document(comparison, texts=(subject, base))
    assert_resolves(comparison, subject, base, data)
    return comparison, data


# -- both texts come back ------------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(p.parent for p in GOLDEN.glob("*/expected.json")), ids=lambda p: p.name)
def test_golden_triples_give_both_texts_back(case: Path) -> None:
    base, _ = tota.read((case / "left.xml").read_bytes(), "left")
    subject, _ = tota.read((case / "right.xml").read_bytes(), "right")
    made(subject, base)
    made(base, subject)


def bare(text: Text) -> Text:
    """A text with its footnotes, without its citations and elements, which no paragraph shows."""
    notes = tuple(replace(note, body=Text(note.body.content, note.body.language)) for note in text.notes)
    return Text(text.content, text.language, notes=notes)


def trees() -> st.SearchStrategy[Treaty]:
    """Trees whose tables are provisions of their own, as all importers make them."""

    def of(p: Provision) -> Provision:
        rows = p.table if p.kind is Kind.TABLE else ()
        table = tuple(tuple(replace(cell, text=bare(cell.text)) for cell in row) for row in rows)
        children = tuple(map(of, p.children))
        return replace(
            p,
            num=p.num and bare(p.num),
            heading=p.heading and bare(p.heading),
            text=p.text and bare(p.text),
            table=table,
            children=children,
        )

    return treaties().map(lambda treaty: treaty.with_root(of(treaty.root)))


@settings(max_examples=40)
@given(st.data())
def test_any_two_trees_give_both_texts_back(data: st.DataObject) -> None:
    # Drawn here and not as arguments, which Hypothesis would print and finds too long.
    subject, base = data.draw(trees()), data.draw(trees())
    comparison = compare(subject, base)
    assert_resolves(comparison, subject, base, docx.document(comparison, texts=(subject, base)))
    assert_resolves(comparison, subject, base, docx.document(comparison))


SENTENCES = [
    "Each Party shall count the fish in its lakes, rivers and canals every second spring before the ice has gone",
    "A boat that carries timber over an open lake after sunset shall bear two lamps of the kind set out in the list",
    "The council may ask any miller to keep a record of grain, straw and honey that passed through the mill",
    "No Party may close a bridge to carts of another Party for longer than the repair of its planks requires",
    "Tolls that were paid twice by error shall be given back within thirty days of a request in writing",
    "The register of markets shall be open to every trader who shows a licence issued by the seat of a guild",
]


@st.composite
def edited(draw: st.DrawFn) -> tuple[Treaty, Treaty]:
    """A treaty and one made of it: paragraphs struck, moved, split, merged, reworded, renumbered."""
    order = draw(st.permutations(range(len(SENTENCES))))
    base = [[SENTENCES[n] for n in order[:3]], [SENTENCES[n] for n in order[3:]]]
    subject = [list(article) for article in base]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, 1))
        article = subject[at]
        if not article:
            continue
        n = draw(st.integers(0, len(article) - 1))
        match draw(st.sampled_from(("strike", "move", "split", "merge", "reword", "new"))):
            case "strike":
                del article[n]
            case "move":
                subject[1 - at].insert(0, article.pop(n))
            case "split":
                words = article[n].split()
                article[n : n + 1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
            case "merge" if n + 1 < len(article):
                article[n : n + 2] = [f"{article[n]}. {article[n + 1]}"]
            case "reword":
                article[n] = article[n].replace("shall", "will").replace("may", "could").replace("of", "from", 1)
            case _:
                article.insert(n, "Whoever keeps bees near a ferry tells the ferryman so")

    def text(articles: list[list[str]]) -> Treaty:
        rows = [
            (f"ARTICLE {k}0{k}", heading, "\n\n".join(f"{i}. {words}." for i, words in enumerate(article, 1)) or "Void.")
            for k, (heading, article) in enumerate(zip(("Waters", "Roads"), articles, strict=True), 1)
        ]
        return small_treaty(*rows)

    return text(subject), text(base)


@settings(max_examples=60)
@given(edited())
def test_struck_moved_split_and_merged_paragraphs_give_both_texts_back(pair: tuple[Treaty, Treaty]) -> None:
    made(*pair)


# -- how it is marked ----------------------------------------------------------------------------

MOVED = small_treaty(
    ("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[1]}."),
    ("ARTICLE 102", "Roads", f"1. {SENTENCES[3]}.\n\n2. {SENTENCES[4]}.\n\n3. {SENTENCES[5]}."),
)
MOVED_AFTER = small_treaty(
    ("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[1]}.\n\n3. {SENTENCES[4].replace('thirty', 'ninety')}."),
    ("ARTICLE 102", "Roads", f"1. {SENTENCES[3]}.\n\n2. {SENTENCES[5]}."),
)


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))


def test_a_moved_paragraph_is_moved_at_both_ends_under_one_name() -> None:
    _, data = made(MOVED_AFTER, MOVED)
    body = parts(data)["word/document.xml"]
    ends = {kind: body.findall(f".//{W}{kind}RangeStart") for kind in ("moveFrom", "moveTo")}
    assert [on(e, "name") for e in ends["moveFrom"]] == [on(e, "name") for e in ends["moveTo"]] == ["move1"]
    away, here = (ends[kind][0].getnext() for kind in ("moveFrom", "moveTo"))
    assert away is not None
    assert here is not None
    # What was left behind is deleted where it was, what was put in is inserted where it is.
    assert [words(e) for e in away.findall(f"{W}del") if words(e)] == ["2.", "thirty"]
    assert [words(e) for e in here.findall(f"{W}ins") if words(e)] == ["3.", "ninety"]
    for paragraph, kind in ((away, "moveFrom"), (here, "moveTo")):
        assert paragraph.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None
        assert on(paragraph.getnext(), "id") == on(paragraph.getprevious(), "id")


def test_a_split_paragraph_gets_an_inserted_end() -> None:
    whole = f"1. {SENTENCES[0]}. {SENTENCES[2]}.\n\n2. {SENTENCES[3]}."
    parted = f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[2]}.\n\n3. {SENTENCES[3]}."
    one, two = small_treaty(("ARTICLE 101", "Waters", whole)), small_treaty(("ARTICLE 101", "Waters", parted))
    for subject, base, mark in ((two, one, "ins"), (one, two, "del")):
        comparison, data = made(subject, base)
        kind = RowKind.SPLIT if mark == "ins" else RowKind.MERGED
        assert [row.kind for row in comparison.articles[0].rows].count(kind) == 2
        ends = parts(data)["word/document.xml"].findall(f".//{W}pPr/{W}rPr/*")
        assert [name(end) for end in ends] == [mark]
        paragraph = ends[0].getparent().getparent().getparent()  # type: ignore[union-attr]
        assert words(paragraph).endswith("has gone.")


def test_a_new_article_is_inserted_and_a_gone_one_deleted_as_a_whole() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}."), ("ARTICLE 102", "Mills", f"1. {SENTENCES[2]}."))
    subject = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}."), ("ARTICLE 102", "Tolls", f"1. {SENTENCES[4]}."))
    comparison, data = made(subject, base)
    assert comparison.summary.no_counterpart == comparison.summary.gone == 1
    paragraphs = parts(data)["word/document.xml"].findall(f".//{W}p")
    for heading, kind in (("Tolls", "ins"), ("Mills", "del")):
        (found,) = [p for p in paragraphs if words(p) == f"Article 102{heading}"]
        assert {name(child) for child in found} <= {"pPr", kind, "commentRangeStart", "commentRangeEnd"}
        assert found.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None


def test_quiet_differences_and_numbers_have_another_author() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. The favourable programme of the Parties stands."))
    subject = small_treaty(
        (
            "ARTICLE 201",
            "Waters",
            f"1. {SENTENCES[0].replace('second', 'third')}.\n\n2. The favorable program of the Parties stands.",
        )
    )
    _, data = made(subject, base)
    found = [
        (on(e, "author"), name(e), words(e)) for e in parts(data)["word/document.xml"].iter() if name(e) in MARKS and words(e)
    ]
    assert ("treaty-diff", "ins", "third") in found
    assert {text for author, _, text in found if author == "treaty-diff, quiet"} == {
        "Article 101",
        "Article 201",
        "favourable",
        "favorable",
        "programme",
        "program",
    }


# -- footnotes, tables ---------------------------------------------------------------------------


def noted(words: str, at: str, *notes: tuple[str, str], num: str = "1.") -> Provision:
    """A paragraph with footnotes before `at`."""
    marks = tuple(Footnote(marker, words.index(at), Text(body, "eng")) for marker, body in notes)
    return Provision(Kind.PARAGRAPH, "p", num=Text(num, "eng"), text=Text(words, "eng", notes=marks))


def with_paragraphs(*paragraphs: Provision) -> Treaty:
    from treaty_diff.text.identifiers import assign

    text = small_treaty(("ARTICLE 101", "Waters", "1. x"))
    chapter = text.root.children[0]
    article = replace(chapter.children[0], children=paragraphs)
    return text.with_root(assign(replace(text.root, children=(replace(chapter, children=(article,)),))))


def test_a_footnote_hangs_at_its_word_and_keeps_its_marker() -> None:
    base = with_paragraphs(noted(SENTENCES[0], ",", ("3", "Fish means trout and pike alone.")))
    subject = with_paragraphs(noted(SENTENCES[0], ",", ("5", "Fish means trout, perch and pike alone.")))
    _, data = made(subject, base)
    found = parts(data)
    (reference,) = found["word/document.xml"].iter(f"{W}footnoteReference")
    run = reference.getparent()
    assert run is not None
    before = "".join(words(e) for e in run.itersiblings(preceding=True) if name(e) != "pPr")
    assert "lakes" in before
    (note,) = [n for n in found["word/footnotes.xml"] if on(n, "id") == on(reference, "id")]
    marks = [(name(e), words(e)) for e in note.iter() if name(e) in MARKS]
    assert marks == [("del", "3"), ("ins", "5"), ("ins", ", perch")]


def test_a_footnote_of_one_text_comes_and_goes_with_its_reference() -> None:
    base = with_paragraphs(noted(SENTENCES[0], ","))
    subject = with_paragraphs(noted(SENTENCES[0], ",", ("1", "Fish means trout and pike alone.")))
    for new, old, kind in ((subject, base, "ins"), (base, subject, "del")):
        _, data = made(new, old)
        (reference,) = parts(data)["word/document.xml"].iter(f"{W}footnoteReference")
        assert [name(e) for e in reference.iterancestors()][:2] == ["r", kind]


def table(*rows: tuple[str, ...]) -> Provision:
    return Provision(Kind.TABLE, "t", table=tuple(tuple(Cell(Text(c, "eng")) for c in row) for row in rows))


def test_a_table_is_a_table_and_its_rows_come_and_go_as_rows() -> None:
    base = with_paragraphs(table(("good", "duty"), ("honey of wild bees", "5 %"), ("salted river fish", "7 %")))
    subject = with_paragraphs(table(("good", "duty"), ("honey of wild bees", "6 %"), ("planed oak timber", "2 %", "new")))
    _, data = made(subject, base)
    (found,) = [t for t in parts(data)["word/document.xml"].iter(f"{W}tbl") if on(t[0][0], "val") == "TreatyTable"]
    rows = [({name(e) for e in row[0]} & MARKS, [words(cell) for cell in row.iter(f"{W}tc")]) for row in found.iter(f"{W}tr")]
    assert (set(), ["honey of wild bees", "56 %"]) in rows
    assert ({"del"}, ["salted river fish", "7 %"]) in rows
    assert ({"ins"}, ["planed oak timber", "2 %", "new"]) in rows


def test_a_footnote_of_a_table_stays_where_the_cells_do_not_answer_each_other() -> None:
    def with_note(*cells: str) -> Treaty:
        first, *rest = cells
        note = Footnote("7", len(first), Text("Honey of hives is not meant.", "eng"))
        row = (Cell(Text(first, "eng", notes=(note,))), *(Cell(Text(c, "eng")) for c in rest))
        return with_paragraphs(Provision(Kind.TABLE, "t", table=(row,)))

    subject, base = with_note("honey of wild bees", "5 %", "from May"), with_note("honey of wild bees", "5 %")
    _, data = made(subject, base)
    assert len(list(parts(data)["word/document.xml"].iter(f"{W}footnoteReference"))) == 2


# -- comments ------------------------------------------------------------------------------------


def comments(data: bytes) -> list[str]:
    return [words(c) for c in parts(data)["word/comments.xml"]]


def test_comments_say_what_was_found() -> None:
    base = small_treaty(
        ("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[1]}, subject to Article 777."),
        ("ARTICLE 102", "Roads", f"1. {SENTENCES[3]}.\n\n2. {SENTENCES[4]}."),
    )
    subject = small_treaty(
        ("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[4]}.\n\n3. {SENTENCES[1]}, subject to Article 888."),
        ("ARTICLE 102", "Roads", f"1. {SENTENCES[3]}."),
        ("ARTICLE 103", "Honey", "1. Whoever keeps bees near a ferry tells the ferryman so."),
    )
    comparison, data = made(subject, base)
    said = comments(data)
    assert any(s.startswith("Compared with Article 101, Waters (") for s in said)
    assert "Moved from Article 102(2)." in said
    assert "Moved to Article 101(2)." in said
    assert any(s.startswith(f"No counterpart in {comparison.base.name}. Nearest: ") for s in said)
    assert any(s.startswith("Look: ") and "888" in s and "no such provision" in s for s in said)
    body = parts(data)["word/document.xml"]
    numbers = [on(c, "id") for c in parts(data)["word/comments.xml"]]
    for element in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [on(e, "id") for e in body.iter(f"{W}{element}")] == numbers


def test_remarks_of_others_become_comments_on_their_rows() -> None:
    comparison = compare(MOVED_AFTER, MOVED)
    row = comparison.articles[0].rows[1]
    data = docx.document(comparison, remarks=[Finding(row, "This binds both Parties.", Severity.LOOK)])
    assert "Look: This binds both Parties." in comments(data)
    (said,) = [c for c in parts(data)["word/comments.xml"] if "binds both" in words(c)]
    (start,) = [e for e in parts(data)["word/document.xml"].iter(f"{W}commentRangeStart") if on(e, "id") == on(said, "id")]
    assert words(start.getparent()).startswith("1.Each Party shall count")  # type: ignore[arg-type]


def test_what_a_change_does_is_a_comment_on_its_row() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[4]}."))
    weaker = SENTENCES[4].replace("thirty", "ninety").replace("shall be", "may be")
    subject = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {weaker}."))
    comparison = compare(subject, base)
    found = annotate(comparison, subject, base)
    assert {str(a.kind) for a in found} == {"duty", "time limits"}
    data = docx.document(comparison, annotations=found)
    said = comments(data)
    assert all(any(a.sentence in s and str(a.kind) in s.lower() for s in said) for a in found)
    for comment in parts(data)["word/comments.xml"]:
        if any(a.sentence in words(comment) for a in found):
            starts = parts(data)["word/document.xml"].iter(f"{W}commentRangeStart")
            (start,) = [e for e in starts if on(e, "id") == on(comment, "id")]
            assert words(start.getparent()).startswith("2.Tolls")  # type: ignore[arg-type]


def test_characters_that_turn_the_writing_stay_and_are_told() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}."))
    subject = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]} \u202enot\u202c always."))
    _, data = made(subject, base)
    assert any(s.startswith("Look: This line has characters that turn") and "U+202E" in s for s in comments(data))


# -- the file ------------------------------------------------------------------------------------

PPR = ("pStyle", "keepNext", "keepLines", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "pPrChange")
RPR = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rStyle",
    "rFonts",
    "b",
    "i",
    "strike",
    "color",
    "sz",
    "szCs",
    "u",
    "vertAlign",
    "lang",
)
STYLE = ("name", "basedOn", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr")
"""The order that ISO/IEC 29500-1, A.1 has, of the elements that are used."""


def assert_well_made(data: bytes) -> None:
    found = parts(data)
    orders = {"pPr": PPR, "rPr": RPR, "style": STYLE, "tcPr": ("tcW", "gridSpan"), "trPr": ("cantSplit", "tblHeader", *MARKS)}
    styles = {on(s, "styleId") for s in found["word/styles.xml"].iter(f"{W}style")}
    numbers: list[str] = []
    for part, root in found.items():
        for element in root.iter():
            order = orders.get(name(element))
            if order is not None:
                places = [order.index(name(child)) for child in element]
                assert places == sorted(places), (part, etree.tostring(element))
            if name(element) in ("pStyle", "rStyle", "tblStyle", "basedOn"):
                assert on(element, "val") in styles
            if name(element) in ("t", "delText"):
                assert element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" or element.text == "1"
                assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", element.text or "")
            if name(element) in (*MARKS, "pPrChange", "bookmarkStart", "moveFromRangeStart", "moveToRangeStart", "comment"):
                numbers.append(on(element, "id"))
            if name(element) == "tc":
                assert name(element[-1]) == "p"
    numbers += [on(n, "id") for n in found["word/footnotes.xml"]]
    assert len(numbers) == len(set(numbers))
    references = [on(e, "id") for e in found["word/document.xml"].iter(f"{W}footnoteReference")]
    assert sorted(references) == sorted(on(n, "id") for n in found["word/footnotes.xml"] if not on(n, "type"))
    marks = {on(e, "name") for e in found["word/document.xml"].iter(f"{W}bookmarkStart")}
    assert {on(e, "anchor") for e in found["word/document.xml"].iter(f"{W}hyperlink")} <= marks
    targets = {e.get("Target") for e in found["word/_rels/document.xml.rels"]}
    named = {e.get("PartName") for e in found["[Content_Types].xml"] if e.get("PartName")}
    assert {f"/word/{target}" for target in targets} <= named
    assert {n.lstrip("/") for n in named if n} <= set(found)


def test_the_file_keeps_to_the_order_and_the_numbers_of_the_standard() -> None:
    for pair in ((MOVED_AFTER, MOVED), (MOVED, MOVED_AFTER)):
        assert_well_made(made(*pair)[1])
    base = with_paragraphs(noted(SENTENCES[0], ",", ("3", "Fish means trout alone.")), table(("good", "duty"), ("honey", "5 %")))
    subject = with_paragraphs(
        noted(SENTENCES[0], ",", ("5", "Fish means perch alone.")), table(("good", "duty"), ("fish", "5 %"))
    )
    assert_well_made(made(subject, base)[1])


@settings(max_examples=15)
@given(st.data())
def test_any_two_trees_make_a_file_that_keeps_to_the_standard(data: st.DataObject) -> None:
    subject, base = data.draw(trees()), data.draw(trees())
    assert_well_made(docx.document(compare(subject, base), texts=(subject, base)))


def test_what_xml_cannot_say_is_replaced() -> None:
    base = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}."))
    subject = with_paragraphs(noted("Bells \x07 ring far.", "far"))
    data = docx.document(compare(subject, base))
    assert "Bells \ufffd ring far.\n" in "".join(resolve(data, accept=True).lines)


def test_the_same_texts_give_the_same_bytes_without_a_day() -> None:
    import io
    import zipfile

    first, second = (docx.document(compare(MOVED_AFTER, MOVED)) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    dates = {on(e, "date") for e in parts(first)["word/document.xml"].iter() if on(e, "date")}
    assert {d[:10] for d in dates} == {"2001-02-03"}


def test_the_head_says_what_is_compared_and_what_is_not() -> None:
    comparison = compare(MOVED_AFTER, MOVED)
    comparison = replace(comparison, not_compared=("The other annexes lie outside.",))
    ours = resolve(docx.document(comparison), accept=True).ours
    assert ours[0].endswith(f"against {comparison.base.name}")
    assert any(line.startswith(comparison.reading) for line in ours)
    assert "The other annexes lie outside." in ours
    assert any(comparison.base.sha256 in line for line in ours)
    assert resolve(docx.document(comparison), accept=False).ours == ours


# -- the real texts ------------------------------------------------------------------------------


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("subject", "base", "scope"),
    [
        ("tota-112-nafta-en.xml", "tota-449-tpp-en.xml", "chapter20"),
        ("tota-156-us-peru-en.xml", "tota-342-us-colombia-en.xml", ""),
        ("tota-112-nafta-en.xml", "tota-449-tpp-en.xml", ""),
    ],
)
def test_real_texts_come_back(subject: str, base: str, scope: str, corpus: Path) -> None:
    after, _ = tota.read((corpus / subject).read_bytes(), "after")
    before, _ = tota.read((corpus / base).read_bytes(), "before")
    comparison = compare(after, before, scope)
    data = docx.document(comparison, texts=(after, before))
    assert assert_resolves(comparison, after, before, data) > 300
    assert_well_made(data)
