from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treaty_diff.citation import WHOLE, Address, Target, TargetKind, is_treaty_id, join, label, parse, slug
from treaty_diff.errors import SelectorError


def article(*steps: str, term: str = "", below: tuple[str, ...] = ()) -> Target:
    return Target(TargetKind.ARTICLE, steps, term=term, below=below)


def chapter(*steps: str) -> Target:
    return Target(TargetKind.CHAPTER, steps)


TARGETS = [
    ("chapter19", chapter("19")),
    ("ch19", chapter("19")),
    ("Chapter Nineteen", chapter("19")),
    ("chapter twenty-one", chapter("21")),
    ("chG", chapter("G")),
    ("ch N bis", chapter("Nbis")),
    ("ch11.secB", chapter("11", "B")),
    ("chapter nineteen section b", chapter("19", "B")),
    ("ch18.secF.subA", chapter("18", "F", "A")),
    ("art1904", article("1904")),
    ("Article 1904", article("1904")),
    ("1904", article("1904")),
    (" 1904 ", article("1904")),
    ("1902.2(d)(i)", article("1902", "2", "d", "i")),
    ("1902(2)(d)(i)", article("1902", "2", "d", "i")),
    ("28.9.2(d)(v)(A)", article("28", "9", "2", "d", "v", "A")),
    ("28.9.2.d", article("28", "9", "2", "d")),
    ("28.9.2bis", article("28", "9", "2bis")),
    ("A-01.2", article("A-01", "2")),
    ("a-01", article("A-01")),
    ("9bis", article("9bis")),
    ("article 14 bis", article("14bis")),
    ("14A", article("14A")),
    ("artXX", article("XX")),
    ("14.1#covered-person", article("14", "1", term="covered-person")),
    ("14.1#covered person", article("14", "1", term="covered person")),
    ("1911#toll-payer(b)(i)", article("1911", term="toll-payer", below=("b", "i"))),
    ("1115-1138", Target(TargetKind.RANGE, ("1115",), ("1138",))),
    ("1115–1138", Target(TargetKind.RANGE, ("1115",), ("1138",))),
    ("1115..1138", Target(TargetKind.RANGE, ("1115",), ("1138",))),
    ("Articles 1115 through 1138", Target(TargetKind.RANGE, ("1115",), ("1138",))),
    ("9.18-9.30", Target(TargetKind.RANGE, ("9", "18"), ("9", "30"))),
    ("a-01-a-05", Target(TargetKind.RANGE, ("A-01",), ("A-05",))),
    ("annex1901.2", Target(TargetKind.ANNEX, ("1901", "2"))),
    ("Annex 6-A", Target(TargetKind.ANNEX, ("6-A",))),
    ("annex1904.13.1(a)", Target(TargetKind.ANNEX, ("1904", "13", "1", "a"))),
    ("annex1904.13(A)(1)", Target(TargetKind.ANNEX, ("1904", "13", "A", "1"))),
    ("annex9-B#toll", Target(TargetKind.ANNEX, ("9-B",), term="toll")),
    ("appendix1", Target(TargetKind.APPENDIX, ("1",))),
    ("fn3@14.1", Target(TargetKind.FOOTNOTE, ("14", "1"), note="3")),
    ("fn*@1904.2", Target(TargetKind.FOOTNOTE, ("1904", "2"), note="*")),
    ("preamble", Target(TargetKind.PREAMBLE)),
    ("conclusion", Target(TargetKind.CONCLUSION)),
    ("Conclusions", Target(TargetKind.CONCLUSION)),
]


@pytest.mark.parametrize(("written", "target"), TARGETS)
def test_every_form_of_a_target(written: str, target: Target) -> None:
    assert parse(written) == Address(target, written=written)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("tpp", Address(WHOLE, "tpp")),
        ("tpp:", Address(WHOLE, "tpp")),
        ("us-peru", Address(WHOLE, "us-peru")),
        ("chile", Address(WHOLE, "chile")),
        ("tpp:28.9", Address(article("28", "9"), "tpp")),
        ("tpp/es:28.9", Address(article("28", "9"), "tpp", "spa")),
        ("tpp/spa:28.9", Address(article("28", "9"), "tpp", "spa")),
        ("tpp@2015:28.9", Address(article("28", "9"), "tpp", date="2015")),
        ("tpp@2015-11:28.9", Address(article("28", "9"), "tpp", date="2015-11")),
        ("tpp@2015-11-05:28.9", Address(article("28", "9"), "tpp", date="2015-11-05")),
        ("tpp/es@2015-11:28.9", Address(article("28", "9"), "tpp", "spa", "2015-11")),
        ("nafta1994@HEAD~2:1904", Address(article("1904"), "nafta1994", revision="HEAD~2")),
        ("nafta1994@a1b2c3d:ch19", Address(chapter("19"), "nafta1994", revision="a1b2c3d")),
        ("nafta1994@HEAD~2", Address(WHOLE, "nafta1994", revision="HEAD~2")),
    ],
)
def test_treaty_language_date_and_revision_stand_in_front(written: str, address: Address) -> None:
    assert parse(written) == Address(address.target, address.treaty, address.language, address.date, address.revision, written)


@pytest.mark.parametrize("written", ["", ":", "a:b:", "1904 2", "1904(2", "fn3@ch19", "tpp:chapter", "§ 3", "annex", "TPP:28.9"])
def test_what_fits_no_form_is_refused_with_examples(written: str) -> None:
    with pytest.raises(SelectorError) as caught:
        parse(written)
    assert "1902.2(d)(i)" in caught.value.fix


def test_an_unknown_language_code_is_refused() -> None:
    with pytest.raises(SelectorError, match="not a language code"):
        parse("tpp/xx:28.9")


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("tpp", True),
        ("nafta1994", True),
        ("chile", True),
        ("ch19", False),
        ("annex1", False),
        ("annex", False),
        ("TPP", False),
        ("preamble", False),
    ],
)
def test_no_treaty_is_named_like_a_provision(name: str, may: bool) -> None:
    assert is_treaty_id(name) is may


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("Article 1904", "1904"),
        ("Artículo 28.9", "28.9"),
        ("CHAPTER NINETEEN", "19"),
        ("Chapter Twenty-One", "21"),
        ("Section B", "B"),
        ("Sección B", "B"),
        ("2.", "2"),
        ("(d)", "d"),
        ("b)", "b"),
        ("(AA)", "AA"),
        ("Annex 6-A", "6-A"),
        ("Annex G-01.3(b)", "G-01.3(b)"),
        ("Article 14 bis", "14bis"),
        ("(c bis)", "cbis"),
        ("Part Two", "2"),
        ("", ""),
    ],
)
def test_what_people_cite_of_a_printed_number(printed: str, cited: str) -> None:
    assert label(printed) == cited


@pytest.mark.parametrize(
    ("number", "steps", "cited"),
    [
        ("1902", ("2", "d", "i"), "1902(2)(d)(i)"),
        ("28.9", ("2", "d", "v", "A"), "28.9.2(d)(v)(A)"),
        ("28.9", ("a",), "28.9(a)"),
        ("1904", (), "1904"),
        ("6-A", ("1",), "6-A(1)"),
    ],
)
def test_lawyers_put_a_dot_after_a_dotted_number_only(number: str, steps: tuple[str, ...], cited: str) -> None:
    assert join(steps, number) == cited


@given(st.text())
def test_slugs_of_any_term_can_be_typed_after_the_hash(term: str) -> None:
    assert parse(f"14.1#{slug(term)}").target.term == slug(term)


@given(st.text(max_size=30))
def test_any_string_is_an_address_or_a_selector_error(written: str) -> None:
    try:
        read = parse(written)
    except SelectorError:
        return
    assert read.written == written
