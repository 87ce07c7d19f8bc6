"""The comparison page: what it shows, what it never lets through, how it is written."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from treaty_diff.annotate import Annotation, Annotations, Kind
from treaty_diff.errors import RenderError
from treaty_diff.redline.comparison import (
    Article,
    ArticleKind,
    Comparison,
    Head,
    Nearest,
    Op,
    Row,
    RowKind,
    Segment,
    Side,
    Summary,
    TextRef,
)
from treaty_diff.render import html

EQ, QUIET, DEL, INS = Op.EQUAL, Op.QUIET, Op.DELETE, Op.INSERT
VOID = {"meta", "link", "br"}
HOSTILE = "<script>alert(1)</script>\"'&><img src=x onerror=alert(1)> \\"


def same(text: str) -> Segment:
    return Segment(EQ, text, text)


def struck(text: str) -> Segment:
    return Segment(DEL, text, "")


def underlined(text: str) -> Segment:
    return Segment(INS, "", text)


def side(eid: str, num: str = "", *, kind: str = "paragraph", depth: int = 1, note: bool = False) -> Side:
    return Side(eid, f"Article {eid}", kind, depth, num, note)


def head(number: str, heading: str = "Panels", chapter: str = "Chapter 9, Disputes") -> Head:
    return Head(f"art_{number}", f"Article {number}", number, heading, chapter)


def ref(name: str, *, edition: str = "verbatim", language: str = "eng", treaty: str = "") -> TextRef:
    low, when = name.lower(), f"{language}@1999-03-02"
    return TextRef(treaty or low, name, f"{name} Treaty", when, language, edition, f"{low}:ch9", "Chapter 9", "0" * 64)


HEADING = Row(
    RowKind.CHANGED,
    side("art_3", "Article 3", kind="article", depth=0),
    side("art_7", "Article 7", kind="article", depth=0),
    (Segment(QUIET, "Article 3 ", "Article 7 "), struck("Experts"), underlined("Panels"), same("\n")),
)
RENUMBERED = Row(
    RowKind.RENUMBERED,
    side("art_3__para_1", "1."),
    side("art_7__para_2", "2."),
    (Segment(QUIET, "1. ", "2. "), same("Nothing else moved.\n")),
)
CHANGED = Row(
    RowKind.CHANGED,
    side("art_3__para_2", "2."),
    side("art_7__para_3", "3."),
    (
        Segment(QUIET, "2. ", "3. "),
        same("A panel sits in "),
        Segment(QUIET, "Colour", "Color"),
        struck(" rooms"),
        underlined(" halls"),
        same(" with "),
        struck("nine"),
        same(" chairs.\n"),
    ),
)
ADDED = Row(RowKind.INSERTED, None, side("art_7__para_4", "(a)", depth=2), (underlined("(a) It rises at noon.\n"),))
DROPPED = Row(RowKind.DELETED, side("art_3__para_5", "5."), None, (struck("5. It keeps a diary.\n"),))
FOOTNOTE = Row(
    RowKind.EQUAL,
    side("art_3__para_2", "4", note=True),
    side("art_7__para_3", "4", note=True),
    (same("[4] A hall is a large room.\n"),),
)
PAIR = Article(
    ArticleKind.COUNTERPART,
    head("7"),
    head("3", "Experts"),
    0.81,
    (HEADING, RENUMBERED, CHANGED, ADDED, DROPPED, FOOTNOTE),
    evidence=(("heading", 0.25),),
    link="counterpart",
)
ALONE = Article(
    ArticleKind.NO_COUNTERPART,
    head("8", "Recess"),
    None,
    0.0,
    (
        Row(RowKind.INSERTED, None, side("art_8", "Article 8", kind="article", depth=0), (underlined("Article 8 Recess\n"),)),
        Row(RowKind.INSERTED, None, side("art_8__para_1", "1."), (underlined("1. Everybody goes home.\n"),)),
    ),
    nearest=(Nearest(head("4", "Holidays"), 0.19),),
)
UNHELD = Article(ArticleKind.NOT_HELD, head("9", "Costs"), None, 0.0, ())
LOST = Article(
    ArticleKind.GONE,
    None,
    head("5", "Robes"),
    0.0,
    (
        Row(
            RowKind.DELETED,
            side("art_5", "Article 5", kind="article", depth=0),
            None,
            (struck("Article 5 Robes Black ones.\n"),),
        ),
    ),
)


def comparison(
    *articles: Article, gone: tuple[Article, ...] = (), base: TextRef | None = None, subject: TextRef | None = None
) -> Comparison:
    summary = Summary(
        articles=len(articles), changed=1, no_counterpart=1, gone=len(gone), not_held=1, words_inserted=6, words_deleted=7
    )
    left_out = ("Annexes were left out; `treaty-diff pull`.",)
    return Comparison(base or ref("Elder"), subject or ref("Younger"), articles, gone, summary, left_out)


@pytest.fixture
def sample() -> Comparison:
    return comparison(PAIR, ALONE, UNHELD, gone=(LOST,))


class Page(HTMLParser):
    """What a reader of the markup finds: tags, ids, classes, and each line's text on both sides."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[tuple[str, set[str]]] = []
        self.feed(page)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            classes = set((dict(attrs).get("class") or "").split())
            self._open.append((tag, classes))
            if "line" in classes:
                self.lines.append(("", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data
        tags = {tag for tag, _ in self._open}
        classes = set().union(*(names for _, names in self._open))
        if "line" in classes:
            base, subject = self.lines[-1]
            base += "" if tags & {"ins"} or "is" in classes else data
            subject += "" if tags & {"del"} or "was" in classes else data
            self.lines[-1] = base, subject

    @property
    def ids(self) -> list[str]:
        return [found for _, attributes in self.tags if (found := attributes.get("id"))]

    def with_class(self, name: str) -> list[str]:
        return [tag for tag, attributes in self.tags if name in (attributes.get("class") or "").split()]


def stored(row: Row) -> tuple[str, str]:
    return "".join(s.base for s in row.segments).rstrip("\n"), "".join(s.subject for s in row.segments).rstrip("\n")


@pytest.mark.parametrize("row", [HEADING, RENUMBERED, CHANGED, ADDED, DROPPED, FOOTNOTE], ids=lambda row: str(row.kind))
def test_struck_and_underlined_words_give_both_sides_back(row: Row) -> None:
    page = Page(html.page(comparison(replace(PAIR, rows=(row,)))))
    base, subject = stored(row)
    shown = page.lines[0]
    assert (shown[0] if base else "", shown[1] if subject else "") == (base, subject)


@pytest.mark.parametrize(
    ("base_num", "subject_num", "segments"),
    [
        ("2.", "", (same("2"), struck(". Nine"), underlined(" judges"), same(" sit.\n"))),
        ("", "(a)", (struck("All"), underlined("(a) Some"), same(" sit.\n"))),
        ("1.", "10.", (Segment(QUIET, "1. Whilst", "10. While"), same(" it sits.\n"))),
        ("1.", "1.", (same("1. First line\nsecond\tline\r here.\n"),)),
        ("1.", "1.", (same("1.\n"),)),
        ("1.", "1.", (struck("1. It may"), underlined("1. It shall"), same(" sit.\n"))),
    ],
)
def test_number_cut_from_its_words_loses_no_character(base_num: str, subject_num: str, segments: tuple[Segment, ...]) -> None:
    row = Row(RowKind.CHANGED, side("a", base_num), side("b", subject_num), segments)
    page = Page(html.page(comparison(replace(PAIR, rows=(HEADING, row)))))
    assert page.lines[1] == stored(row)


def test_every_change_is_one_place_to_rest(sample: Comparison) -> None:
    page = Page(html.page(sample))
    marked = [tag for tag in page.with_class("stop") if tag in ("ins", "del")]
    assert len(marked) == PAIR.changes == 5
    assert page.with_class("stop").count("h3") == 2, "an article without counterpart and one that is gone are one place each"


def test_replaced_words_share_the_blank_before_them(sample: Comparison) -> None:
    assert '<del class="stop">rooms</del><ins class="turn">halls</ins>' in html.page(sample)


def test_old_number_is_struck_before_the_new(sample: Comparison) -> None:
    assert '<span class="num"><del class="old">1.</del><ins class="new">2.</ins> </span>Nothing else moved.' in html.page(sample)


def test_quiet_difference_keeps_both_spellings_unmarked(sample: Comparison) -> None:
    assert '<span class="quiet"><span class="was" hidden>Colour</span><span class="is">Color</span></span>' in html.page(sample)


def test_article_without_counterpart_says_so_and_is_not_underlined(sample: Comparison) -> None:
    page = html.page(sample)
    body = page[page.index('id="art_8"') : page.index('id="art_9"')]
    assert "No counterpart in Elder." in body
    assert 'Nearest: Article 4, <span lang="en">Holidays</span>.' in body
    assert "<ins" not in body
    assert "Everybody goes home." in body


def test_article_new_in_a_later_text_of_the_same_treaty_is_called_new() -> None:
    page = html.page(comparison(ALONE, base=ref("Elder", treaty="t"), subject=ref("Younger", treaty="t")))
    assert "New: Elder has no such article." in page
    assert "No counterpart" not in page


def test_text_not_held_names_the_command(sample: Comparison) -> None:
    page = html.page(sample)
    assert "<code>treaty-diff pull</code>" in page[page.index('id="art_9"') : page.index("gone-part")]


def test_gone_article_stands_in_its_own_part_struck(sample: Comparison) -> None:
    page = html.page(sample)
    part = page[page.index("gone-part") :]
    assert 'id="before-art_5"' in part
    assert "<del>Robes</del>" not in page[: page.index("gone-part")]
    assert "<del>Black ones.</del>" in part
    assert '<details class="struck">' not in part


def test_long_gone_article_is_folded() -> None:
    words = "word " * 200
    row = replace(LOST.rows[0], segments=(struck(f"Article 5 Robes {words}\n"),))
    assert '<details class="struck">' in html.page(comparison(PAIR, gone=(replace(LOST, rows=(row,)),)))


@pytest.mark.parametrize(
    ("score", "word", "printed"),
    [(0.75, "sure", "0.75"), (0.74, "likely", "0.70"), (0.5, "likely", "0.50"), (0.49, "doubtful", "0.45")],
)
def test_how_sure_is_said_in_words_and_the_score_only_on_demand(score: float, word: str, printed: str) -> None:
    page = html.page(comparison(replace(PAIR, score=score)))
    shown = re.sub(r"<details class=\"why\">.*?</details>", "", page, flags=re.S)
    assert f"counterpart · {word} ·" in shown
    assert printed not in shown
    assert printed in page


@pytest.mark.parametrize(
    ("edition", "said"), [("restatement", "a restatement in our own words"), ("reconstruction", "a reconstruction")]
)
def test_words_that_are_not_the_treatys_are_announced_and_ruled(edition: str, said: str) -> None:
    page = html.page(comparison(PAIR, ALONE, gone=(LOST,), subject=ref("Younger", edition=edition)))
    notice = re.search(r'<p class="notice" role="note">(.*?)</p>', page, re.S)
    assert notice
    assert said in notice[1]
    ruled = re.findall(r'<article class="article (\w+) not-verbatim"', page)
    assert ruled == ["changed", "none"], "the gone article has the base's own words"


def test_no_band_where_both_sides_are_the_treatys_words(sample: Comparison) -> None:
    assert "notice" not in html.page(sample)
    assert "not-verbatim" not in html.page(sample)


def test_direction_and_counts_are_a_sentence_each(sample: Comparison) -> None:
    page = Page(html.page(sample)).text
    assert sample.reading in page
    assert (
        "1 of 3 articles has a counterpart in Elder, 1 has none, 1 is held as a heading only and 1 article of Elder is gone. "
        "Where both speak, 7 words stand only in Elder, 6 only in Younger and 0 in both."
    ) in page


def hostile(value: object) -> object:
    """A copy of a result in which every string of the texts has been replaced or followed by an attack."""
    if isinstance(value, str) and not isinstance(value, (Op, RowKind, ArticleKind)):
        return value + HOSTILE
    if isinstance(value, tuple):
        made = [hostile(one) for one in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    fields = getattr(value, "__dataclass_fields__", None)
    if fields and not isinstance(value, Summary):
        return replace(value, **{name: hostile(getattr(value, name)) for name, field in fields.items() if field.init})  # type: ignore[type-var]
    return value


def test_hostile_text_in_every_field_stays_text(sample: Comparison) -> None:
    bad = hostile(sample)
    assert isinstance(bad, Comparison)
    page, clean = Page(html.page(bad)), Page(html.page(sample))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in clean.tags} | {"small"}
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in page.tags}
    names = {name for _, attributes in page.tags for name in attributes}
    assert names == {name for _, attributes in clean.tags for name in attributes}


def test_hostile_name_cannot_leave_the_printed_head(sample: Comparison, tmp_path: Path) -> None:
    html.write(replace(sample, subject=replace(sample.subject, name='"; } body { display: none } @page { x: "')), None, tmp_path)
    rule = (tmp_path / "assets/print-index.css").read_text()
    assert rule.count("{") == rule.count("}") == 3
    assert rule.count('"') == 4


def test_page_keeps_its_own_content_policy(sample: Comparison) -> None:
    page = html.page(sample)
    read = Page(page)
    policy = next(a["content"] for t, a in read.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", page)
    for tag, attributes in read.tags:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "src"):
            assert not re.match(r"(?:[a-z]+:)?//|/", attributes.get(name) or ""), f"{tag} asks for {attributes[name]}"


def test_addresses_are_unique_and_those_of_the_subject(sample: Comparison) -> None:
    twice = comparison(PAIR, PAIR, ALONE, gone=(LOST, replace(LOST, base=head("7"))))
    for page in (Page(html.page(sample)), Page(html.page(twice))):
        assert len(page.ids) == len(set(page.ids))
        links = [attributes.get("href") or "" for tag, attributes in page.tags if tag == "a"]
        assert {link[1:] for link in links if link.startswith("#")} <= set(page.ids)
    ids = Page(html.page(sample)).ids
    assert {"art_7", "art_7__para_3", "art_7__para_3__fn_4", "before-art_3__para_5", "before-art_5"} <= set(ids)


def test_words_bear_their_language() -> None:
    page = html.page(comparison(PAIR, gone=(LOST,), base=ref("Elder", language="spa"), subject=ref("Younger", language="fra")))
    assert '<html lang="en">' in page
    assert '<del class="stop" lang="es">Experts</del>' in page
    assert 'lang="fr"><span class="num">' in page
    assert 'lang="es"><span class="num"><del lang="es">Article 5 </del>' in page


def test_same_comparison_same_bytes(sample: Comparison, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "deep" / "two"
    assert html.write(sample, sample, first) == first / "index.html"
    html.write(sample, sample, second)
    html.write(sample, sample, second)

    def files(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    assert files(first) == files(second)
    found = files(first)
    assert {"index.html", "swapped.html", "assets/comparison.css", "assets/comparison.js", "assets/print.css"} <= set(found)
    fonts = {name: data for name, data in found.items() if name.startswith("assets/fonts/")}
    assert sum(len(data) for data in fonts.values()) <= 400_000
    assert sum(name.endswith("LICENSE.txt") for name in fonts) == 2


def test_assets_that_the_page_and_its_styles_ask_for_are_there(sample: Comparison, tmp_path: Path) -> None:
    html.write(sample, sample, tmp_path)
    for name in ("index.html", "swapped.html"):
        for tag, attributes in Page((tmp_path / name).read_text("utf-8")).tags:
            wanted = attributes.get("src") or (attributes.get("href") or "" if tag == "link" else "")
            if wanted and not wanted.startswith("data:"):
                assert (tmp_path / wanted).is_file(), wanted
    fonts = re.findall(r'url\("([^"]+)"\)', (tmp_path / "assets/comparison.css").read_text("utf-8"))
    assert fonts
    assert all((tmp_path / "assets" / font).is_file() for font in fonts)


def test_swap_leads_to_the_other_page_and_back(sample: Comparison, tmp_path: Path) -> None:
    turned = replace(sample, base=sample.subject, subject=sample.base)
    html.write(sample, turned, tmp_path)
    assert 'href="swapped.html"' in (tmp_path / "index.html").read_text("utf-8")
    assert 'href="index.html"' in (tmp_path / "swapped.html").read_text("utf-8")
    assert "swapped.html" not in html.page(sample)


def test_folder_that_cannot_be_written_is_explained(sample: Comparison, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("a file stands here")
    with pytest.raises(RenderError) as caught:
        html.write(sample, None, place)
    assert str(place) in caught.value.what
    assert caught.value.cause
    assert caught.value.fix
    assert place.read_text() == "a file stands here"


def test_failed_writing_leaves_the_old_page_whole(sample: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html.write(sample, None, tmp_path)
    before = (tmp_path / "index.html").read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(RenderError, match="No space left"):
        html.write(comparison(ALONE), None, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before
    assert not list(tmp_path.rglob("*.part"))


def test_other_files_of_the_folder_are_left_alone(sample: Comparison, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    html.write(sample, None, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_comparison_of_nothing_says_so() -> None:
    empty = replace(comparison(), summary=Summary())
    page = Page(html.page(empty)).text
    assert "There is no article to compare in Chapter 9 of Younger." in page


def test_notes_stand_at_the_line_that_they_are_about_and_say_kind_weight_and_sentence(sample: Comparison) -> None:
    note = Annotation("t.rule", Kind.DUTY, 4, f"Duty dropped: {HOSTILE}", "art_7", 2, None, None)
    whole = Annotation("t.whole", Kind.REACH, 2, "A carve-out is new.", "art_7", -1, None, None)
    page = html.page(sample, annotations=Annotations((note, whole), (0, 1)))
    row = page[page.index('id="art_7__para_3"') : page.index('id="art_7__para_4"')]
    assert '<li data-kind="duty" data-weight="4">' in row
    assert "weight 4 of 5" in row
    assert "<img" not in page
    head = page[page.index('id="art_7"') : page.index('id="art_7__para_2"')]
    assert "A carve-out is new." in head
    assert page.count("data-weight=") == 2
    assert '2 findings<span class="fine">: 1 duty, 1 reach</span>' in page


def test_why_there_are_no_notes_is_said(sample: Comparison) -> None:
    page = html.page(sample, annotations=Annotations(off="No annotations: the rules know English only."))
    assert "No annotations: the rules know English only." in page
    assert "data-filter" not in page


def test_what_was_not_compared_is_said_before_the_text(sample: Comparison) -> None:
    one = html.page(replace(sample, not_compared=("what lies outside is `not` counted.",)))
    assert '<p class="counts">What lies outside is <code>not</code> counted.</p>' in one[: one.index('<main class="text"')]
    two = html.page(replace(sample, not_compared=("This is not.", "Nor is that.")))
    assert "<li>Nor is that.</li>" in two[: two.index('<main class="text"')]
