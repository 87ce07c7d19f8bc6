"""Akoma Ntoso that somebody else made, in the shapes that its makers use; and our own, read again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.text.trees import FERRIES, META, one_article, para, text
from treaty_diff.errors import SourceError
from treaty_diff.ingest import Report, SourceFile, Sources, read, read_sources
from treaty_diff.text.akn import read_treaty, write_treaty
from treaty_diff.text.index import Index
from treaty_diff.text.model import Edition, Kind, Markup, Metadata, MultiReference, Provision, Reference, Span, Treaty
from treaty_diff.text.validate import ERROR, validate_files

from .akn_sources import AKN, characters, characters_of_source, sources

SHAPES = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parent / "akn").glob("*.xml"))}


def taken(name: str, **options: object) -> tuple[Treaty, Report]:
    return read(SHAPES[name], "demo", **options)  # type: ignore[arg-type]


def at(made: Treaty, selector: str) -> Provision:
    (found,) = Index(made).find(selector)
    return found


def spans(made: Treaty, selector: str) -> tuple[Span, ...]:
    text = at(made, selector).text
    assert text is not None
    return text.spans


def storable(made: Treaty) -> None:
    files = write_treaty(made)
    assert [finding for finding in validate_files(files) if finding.severity == ERROR] == []
    assert read_treaty(files) == made


def act(body: str, *, date: str = "2001-02-03", before: str = "", after: str = "") -> bytes:
    """A small act with this body."""
    meta = f'<meta><identification source="#x"><FRBRWork><FRBRdate date="{date}" name=""/></FRBRWork></identification></meta>'
    return f'<akomaNtoso xmlns="{AKN}"><act name="x">{meta}{before}<body>{body}</body>{after}</act></akomaNtoso>'.encode()


def section(inside: str) -> bytes:
    return act(f'<section eId="s1"><num>1</num><content>{inside}</content></section>')


def words(paragraph: str) -> tuple[Provision, Report]:
    made, report = read(section(f"<p>{paragraph}</p>"), "demo")
    storable(made)
    return at(made, "art_1"), report


# -- nothing lost, nothing invented --------------------------------------------------------------

# Shrinking takes minutes here, and tells little more than the example itself.
_GENERATED = settings(
    max_examples=60, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck), deadline=None
)


@_GENERATED
@given(sources())
def test_every_character_of_the_text_arrives_in_order_and_what_is_stored_is_valid(source: str) -> None:
    made, _ = read(source.encode(), "demo")
    assert characters(made.root) == characters_of_source(source)
    storable(made)


@pytest.mark.parametrize("name", SHAPES)
def test_the_shapes_of_real_makers_keep_every_character_in_order(name: str) -> None:
    made, _ = taken(name)
    # Left out of the words: contents, a title that is the metadata's, and what has its own place below.
    leave = {"uk_bill": ("coverPage",), "un_resolution": ("toc",)}.get(name, ())
    notes = name != "un_resolution"  # whose footnotes stand in its metadata
    assert characters(made.root, notes=notes) == characters_of_source(SHAPES[name], *leave)
    storable(made)


# -- levels --------------------------------------------------------------------------------------


def test_sections_are_the_articles_of_an_act_that_has_none() -> None:
    made, _ = taken("laws_africa_act")
    assert [(a.label, a.title, a.element) for a in made.articles()] == [
        ("1.", "Definitions", "section"),
        ("2.", "Duty to keep", "section"),
    ]
    assert at(made, "2(1)(b)(ii)").words == "in fall."
    assert at(made, "art_2__para_1__list_1__wrapUp").words == "as the weather allows."


def test_sections_that_hold_articles_are_sections() -> None:
    made, _ = taken("eu_regulation")
    section = at(made, "chp_1__sec_1")
    assert (section.kind, section.element) == (Kind.SECTION, "")
    assert [(p.kind, p.element) for p in made.root.children] == [
        (Kind.PREAMBLE, ""),
        (Kind.PART, "title"),
        (Kind.PART, "title"),
        (Kind.CONCLUSION, ""),
        (Kind.ANNEX, ""),
    ]


def test_levels_without_a_kind_of_ours_keep_their_names() -> None:
    made, report = taken("uk_bill")
    assert [(p.kind, p.element) for p in at(made, "art_1").children] == [(Kind.PARAGRAPH, "level"), (Kind.PARAGRAPH, "prov")]
    assert at(made, "part_1__sec_1").element == "hcontainer crossheading"
    assert at(made, "annex_1").element == "hcontainer schedule"
    assert "<prov> is no element of Akoma Ntoso; read as a level" in [note.what for note in report.unclear]


def test_a_paragraph_about_a_term_it_defines_is_a_definition() -> None:
    made, _ = taken("laws_africa_act")
    bee = at(made, "art_1__para_1__list_1__point_bee")
    assert (bee.kind, bee.words) == (Kind.DEFINITION, '"bee" means an insect that makes honey;')


def test_recitals_citations_and_formulas_stand_in_order_in_the_preamble() -> None:
    made, _ = taken("eu_regulation")
    preamble = made.root.children[0]
    assert preamble.words == "THE COUNCIL OF CHEESE,"
    assert [(p.kind, p.element, p.label) for p in preamble.children] == [
        (Kind.RECITAL, "citation", ""),
        (Kind.RECITAL, "intro", ""),
        (Kind.RECITAL, "", "(1)"),
        (Kind.RECITAL, "", "(2)"),
        (Kind.FLUSH, "formula", ""),
    ]


def test_concluding_words_before_the_body_or_twice_are_paragraphs_but_for_the_last() -> None:
    made, _ = read(
        act(
            "<section><content><p>x</p></content></section>",
            before="<conclusions><p>Begun.</p></conclusions>",
            after="<conclusions><p>Done.</p></conclusions>",
        ),
        "demo",
    )
    storable(made)
    assert [(str(p.kind), p.words, p.element) for p in made.root.children] == [
        ("paragraph", "Begun.", "conclusions"),
        ("article", "x", "section"),
        ("conclusion", "Done.", ""),
    ]


def test_versions_before_3_are_read_by_local_names_and_said_so() -> None:
    for name, namespace in (("italian_act", "http://www.akomantoso.org/2.0"), ("un_resolution", f"{AKN}/CSD13")):
        _, report = taken(name)
        assert ("older Akoma Ntoso read as 3.0", namespace) in [(note.what, note.words) for note in report.mended]


# -- words ---------------------------------------------------------------------------------------


def test_footnotes_collected_in_the_metadata_come_to_their_marks_once() -> None:
    made, report = taken("un_resolution")
    (note,) = at(made, "preamble__rec_1").footnotes
    assert (note.marker, note.body.content) == ("1", "See the report on ponds.")
    assert [note.words for note in report.dropped if note.what.startswith("note in the metadata")] == ["Set by hand."]


def test_notes_that_cite_one_another_are_taken_in_as_deep_as_a_file_may_nest() -> None:
    notes = "".join(f'<note eId="n{n}"><p>{n}<noteRef href="#n{n + 1}"/></p></note>' for n in range(3000))
    source = section('<p>x<noteRef href="#n0"/></p>').replace(b"</meta>", f"<notes>{notes}</notes></meta>".encode())
    made, report = read(source, "demo")
    storable(made)
    text, found = at(made, "art_1").text, []
    while text is not None and text.notes:
        text = text.notes[0].body
        found.append(text.content)
    assert found[:2] == ["0", "1"]
    lost = [note.words for note in report.dropped if note.what == "note in the metadata that no words refer to"]
    assert len(found) + len(lost) == 3000


def test_a_table_keeps_what_its_cells_span() -> None:
    made, _ = taken("laws_africa_act")
    paragraph = at(made, "2(2)")
    assert [[(cell.text.content, cell.header, cell.columns) for cell in row] for row in paragraph.table] == [
        [("Kind and sum", True, 2)],
        [("Small", False, 1), ("1 coin", False, 1)],
    ]


def test_quoted_structures_and_formulas_are_kept_and_reported_with_their_place() -> None:
    made, report = taken("uk_bill")
    xml = write_treaty(made)["main.xml"]
    assert b'<quotedStructure startQuote="' in xml
    assert b'<subsection class="prov2"><num>(3)</num>' in xml
    assert ("<quotedStructure> kept as it is", "Article 2") in [(note.what, note.place) for note in report.mended]
    made, report = taken("eu_regulation")
    assert b'<math xmlns="http://www.w3.org/1998/Math/MathML">' in write_treaty(made)["main.xml"]
    assert ("foreign element <check> of urn:example:eu", "Article 2") in [(note.what, note.place) for note in report.unclear]


def test_an_element_that_the_schema_does_not_know_is_kept_as_inline() -> None:
    found, report = words("a <blah class='x'>b</blah> c")
    assert found.words == "a b c"
    assert found.text is not None
    assert found.text.markup == (Markup(2, 3, "inline", (("name", "blah"), ("class", "x"))),)
    assert "<blah> is no element of Akoma Ntoso" in [note.what for note in report.unclear]


def test_an_element_where_the_schema_does_not_want_it_leaves_its_words_and_is_reported() -> None:
    found, report = words("a <date>b</date> c")  # a date must say which
    assert found.words == "a b c"
    assert found.text is not None
    assert found.text.markup == ()
    assert [(n.what, n.place, n.words) for n in report.unclear] == [
        ("elements taken off, their words kept", "Article 1", "<date>")
    ]
    assert "<date> kept as it is" not in [note.what for note in report.mended]


def test_a_footnote_inside_a_formula_stays_at_its_word_and_only_that_provision_loses_its_elements() -> None:
    formula = '<foreign><o:x xmlns:o="urn:o">two<authorialNote marker="1"><p>N</p></authorialNote> three</o:x></foreign>'
    made, report = read(
        act(
            f'<section eId="s1"><num>1</num><content><p>one {formula} four</p></content></section>'
            "<section><num>2</num><content><p><i>five</i></p></content></section>"
        ),
        "demo",
    )
    storable(made)
    first, second = at(made, "art_1").text, at(made, "art_2").text
    assert first is not None
    assert second is not None
    assert first.content == "one two three four"
    assert [(note.marker, note.offset) for note in first.notes] == [("1", 7)]
    assert (first.markup, second.markup) == ((), (Markup(0, 4, "i"),))
    assert [(n.what, n.place) for n in report.unclear][-1] == ("elements taken off, their words kept", "Article 1")


def test_a_line_break_parts_words_and_white_space_of_the_layout_is_one_space() -> None:
    assert words("one<br/>two\n      three <i> four </i> five")[0].words == "one two three four five"


CHANGED = "a <ins>new</ins><del>old</del> thing"


def test_tracked_changes_are_kept_and_said_so_or_taken_as_the_user_says() -> None:
    kept, report = words(CHANGED)
    assert kept.words == "a new old thing"
    assert sum(note.what.startswith("tracked change kept") for note in report.unclear) == 2
    for changes, expected in (("accept", "a new thing"), ("reject", "a old thing")):
        made, report = read(section(f"<p>{CHANGED}</p>"), "demo", changes=changes)  # type: ignore[arg-type]
        assert at(made, "art_1").words == expected
        assert [note.what for note in report.dropped] == [f"tracked change: <{'del' if changes == 'accept' else 'ins'}> left out"]


# -- citations -----------------------------------------------------------------------------------


def test_citations_of_the_text_itself_point_to_our_addresses_and_others_stay() -> None:
    made, _ = taken("laws_africa_act")
    assert spans(made, "2(1)") == (Reference(21, 30, "#art_1"),)
    assert spans(made, "2(2)") == (Reference(15, 39, "/akn/xy/act/1998/55/eng/~sec_4"),)
    (span,) = spans(made, "annex_1__para_2__list_1__point_2")
    assert isinstance(span, Reference)
    assert span.href.endswith("/demo/~art_2__para_1")
    made, _ = taken("eu_regulation")
    (many,) = spans(made, "chp_1__art_1__para_1__list_1__point_2")
    assert isinstance(many, MultiReference)
    assert [ref.href.rpartition("/~")[2] for ref in many.parts] == ["art_2", "http://example.org/milk"]


def test_what_the_source_had_not_marked_is_linked_but_not_in_quoted_words() -> None:
    body = "<article><num>Article 1</num><content><p>See Article 2. <mod>Put: <quotedText>Article 2</quotedText></mod></p></content></article>"
    made, _ = read(act(body + "<article><num>Article 2</num><content><p>x</p></content></article>"), "demo")
    assert spans(made, "1") == (Reference(4, 13, "/akn/un/act/treaty/2001-02-03/demo/~art_2"),)


# -- metadata ------------------------------------------------------------------------------------


def test_title_language_and_days_come_from_the_file() -> None:
    meta = taken("laws_africa_act")[0].meta
    assert (meta.title, meta.signed, meta.date, meta.language) == ("Beekeeping Act", "2009-03-14", "2011-05-01", "eng")
    assert taken("italian_act")[0].meta.language == "ita"
    assert taken("laws_africa_act")[1].source == "Akoma Ntoso (act of XY)"


def test_a_day_that_is_none_is_reported_and_a_file_without_one_asks_for_it() -> None:
    _, report = taken("uk_bill")
    assert ("date that names no day", "2020-02-30") in [(note.what, note.words) for note in report.unclear]
    source = section("<p>x</p>").replace(b"2001-02-03", b"2001")
    with pytest.raises(SourceError, match="of what date"):
        read(source, "demo")
    made, _ = read(source, "demo", settle=lambda meta: replace(meta, date="2001-05-06"))
    assert (made.meta.signed, made.meta.date) == ("2001-05-06", "2001-05-06")


def test_what_stands_in_other_files_is_said() -> None:
    _, report = taken("un_resolution")
    (note,) = [note for note in report.unclear if note.what == "part of the text that is not in this file"]
    assert "Annex on newts" in note.words
    with pytest.raises(SourceError, match="no provision") as error:
        read(act('<componentRef src="/akn/x/!chp_1" showAs="Chapter 1"/>'), "demo")
    assert "/akn/x/!chp_1" in error.value.cause


# -- our own -------------------------------------------------------------------------------------


def folder(files: dict[str, bytes]) -> Sources:
    return Sources("text/", tuple(SourceFile(name, data) for name, data in files.items()), ordered=False)


def ours(made: Treaty, name: str = "main.xml", **options: object) -> tuple[Treaty, Report]:
    files = write_treaty(made)
    if name != "main.xml":
        return read(files[name], made.meta.treaty, **options)  # type: ignore[arg-type]
    return read_sources(folder(files), made.meta.treaty, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", Edition)
def test_the_folder_of_a_text_is_read_as_it_was_written(edition: Edition) -> None:
    made = replace(FERRIES, meta=replace(META, edition=edition))
    assert ours(made)[0] == made


def test_a_chapter_alone_is_read_as_it_was_written_and_its_annexes_are_said_to_be_elsewhere() -> None:
    made, report = ours(FERRIES, "chp_19.xml")
    (chapter,) = made.root.children
    (written,) = [p for p in FERRIES.chapters() if p.eid == "chp_19"]
    assert chapter == replace(written, children=tuple(c for c in written.children if c.kind is not Kind.ANNEX))
    assert [note.words for note in report.unclear] == ["annex_1904-13.xml"]


def test_a_master_file_without_its_files_says_which_are_missing() -> None:
    data = write_treaty(FERRIES)["main.xml"]
    with pytest.raises(SourceError, match="are missing") as error:
        read(data, "demo")
    assert "chp_11.xml, chp_19.xml" in error.value.cause
    assert "import the folder" in error.value.fix


@pytest.mark.parametrize("name", ["annex_6-A.xml", "annex_6-A__app_1.xml"])
def test_an_annex_or_appendix_alone_is_read_and_can_be_stored(name: str) -> None:
    made, _ = ours(FERRIES, name)
    (annex,) = made.root.children
    assert f"{annex.eid}.xml" == name
    storable(made)


@pytest.mark.parametrize(
    ("written", "edited", "says"),
    [
        ("<chapter ", "<division ", "neither a chapter nor an annex"),
        ("</num><content", "<p>one</p></num><content", "breaks the schema"),
        ("<p>It has no list.</p>", "<i>It has\nno list.</i>", "written as it was read|end of a paragraph"),
    ],
)
def test_a_file_of_ours_that_was_changed_by_hand_is_refused(written: str, edited: str, says: str) -> None:
    data = write_treaty(FERRIES)["chp_19.xml"].decode()
    assert written in data
    data = data.replace(written, edited).replace("</chapter>", "</division>" if "division" in edited else "</chapter>")
    with pytest.raises(SourceError, match="not as treaty-diff writes") as error:
        read(data.encode(), "demo")
    assert re.search(says, error.value.cause)


def test_several_files_of_others_are_not_guessed_together() -> None:
    with pytest.raises(SourceError, match="holds 2 files of Akoma Ntoso"):
        read_sources(folder({"a.xml": section("<p>x</p>"), "b.xml": section("<p>y</p>")}), "demo")


def test_what_a_file_is_marked_as_it_stays() -> None:
    marked = replace(FERRIES, meta=replace(META, edition=Edition.RESTATEMENT))

    def asked(edition: Edition) -> dict[str, object]:
        def settle(meta: Metadata) -> Metadata:
            return replace(meta, edition=edition)

        return {"settle": settle}

    made, report = ours(marked, **asked(Edition.VERBATIM))
    assert made.meta.edition is Edition.RESTATEMENT
    assert "marked in the file as a restatement, and kept as one" in [note.what for note in report.unclear]
    with pytest.raises(SourceError, match="says that its text is a verbatim, and you"):
        ours(FERRIES, **asked(Edition.RESTATEMENT))


def test_under_another_id_citations_of_the_text_itself_move_along() -> None:
    cited = text("See Annex 3.", Reference(4, 11, "/akn/un/act/treaty/1994-01-01/demo/~annex_3"))
    made, _ = read_sources(folder(write_treaty(one_article(para("1.", cited)))), "other")
    (span,) = next(t for p in made.walk() for t in p.texts() if t.spans).spans
    assert span == Reference(4, 11, "/akn/un/act/treaty/1994-01-01/other/~annex_3")


# -- files that are broken, hostile or something else ---------------------------------------------

_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (section("<p>x</p>")[:-20], "not well-formed"),
        (f'<!DOCTYPE a [{_BOMB}]><akomaNtoso xmlns="{AKN}" a="&e8;">&e8;</akomaNtoso>'.encode(), "document type"),
        (f'<!DOCTYPE a SYSTEM "file:///etc/hostname"><akomaNtoso xmlns="{AKN}"/>'.encode(), "document type"),
        (section("<p>" + "<i>" * 100_000 + "x" + "</i>" * 100_000 + "</p>"), "well-formed"),
        (section("<p>" + "<i>" * 150 + "x" + "</i>" * 150 + "</p>"), "too deep"),
        (f'<akomaNtoso xmlns="{AKN}"><judgment name="x"/></akomaNtoso>'.encode(), "no provisions"),
        (act(""), "no provision"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(data, "demo")


def test_the_root_tells_what_the_file_is_whatever_stands_before_it_and_however_it_is_encoded() -> None:
    plain = section("<p>x</p>").decode()
    for data in (
        f"<?xml version='1.0'?>\n<!-- <treaty> -->\n<?style x?>{plain}".encode(),
        f"<!-- {'long ' * 2000}-->{plain}".encode(),
        f"\ufeff{plain}".encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{plain}'.encode("utf-16"),
    ):
        assert at(read(data, "demo")[0], "art_1").words == "x"


def test_a_level_nested_as_deep_as_may_be_is_read() -> None:
    deep = "<paragraph>" * 40 + "<content><p>x</p></content>" + "</paragraph>" * 40
    made, _ = read(act(f"<section>{deep}</section>"), "demo")
    assert characters(made.root) == "x"
    storable(made)
