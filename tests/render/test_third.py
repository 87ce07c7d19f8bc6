"""The third column: another text beside the subject's provisions."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.conftest import small_treaty
from treaty_diff.align import align
from treaty_diff.redline import build
from treaty_diff.redline.comparison import Comparison, RowKind
from treaty_diff.render import html
from treaty_diff.render.third import Third, thirds
from treaty_diff.text.model import Treaty

TITLE = "Composition of Panels"
PROPOSAL = small_treaty(
    (
        "Article 101",
        TITLE,
        "1. A panel has five members whom the Parties choose.\n2. The members sit in the capital of the host.",
    ),
    ("Article 102", "Robes", "1. Robes are black wherever the panel sits."),
    treaty="proposal",
)
AMENDED = small_treaty(
    (
        "Article 101",
        TITLE,
        "1. A panel has three members whom the Parties choose.\n2. The members sit in the capital of the host.",
    ),
    treaty="amended",
)
TEMPLATE = small_treaty(
    (
        "Article 28.1",
        TITLE,
        "1. A panel has nine members whom the Parties choose.\n2. No member is paid by anybody.\n"
        "3. The members sit in the capital of the host.",
    ),
    treaty="template",
    chapter="CHAPTER TWENTY-EIGHT",
)


def compared(subject: Treaty, base: Treaty) -> Comparison:
    return build(subject, base, align(subject, base), scope=(subject.root,), base_scope=(base.root,))


def third() -> tuple[Comparison, dict[str, Third]]:
    main = compared(PROPOSAL, AMENDED)
    return main, thirds(main, compared(PROPOSAL, TEMPLATE))


def words(found: Third) -> list[str]:
    """The cells of each row without marks."""
    return [
        " / ".join(re.sub("<[^>]*>", "", f"{c.line.num}{c.line.heading}{c.line.words}") for c in cells) for cells in found.cells
    ]


def test_each_provision_has_beside_it_what_the_third_text_says() -> None:
    main, found = third()
    article = main.articles[0]
    own = found[article.head.eid]
    shown = dict(zip([row.subject.citation if row.subject else "" for row in article.rows], words(own), strict=True))
    assert own.citations == ("Article 28.1",)
    assert shown["Article 101(1)"].startswith("1. A panel has nine members")
    assert shown["Article 101(2)"] == "3. The members sit in the capital of the host."


def test_what_only_the_third_text_has_stands_below_the_provision_before_it_and_is_struck() -> None:
    main, found = third()
    shown = words(found[main.articles[0].head.eid])
    assert sum("No member is paid by anybody." in cell for cell in shown) == 1
    marks = "".join(str(c.line.words) for cells in found[main.articles[0].head.eid].cells for c in cells)
    assert "No member is paid by anybody." in "".join(re.findall("<del>(.*?)</del>", marks))
    assert "<ins" not in marks


def test_every_word_of_the_third_text_stands_in_the_column_once() -> None:
    main, found = third()
    shown = " ".join(words(found[main.articles[0].head.eid]))
    for sentence in ("nine members", "No member is paid", "in the capital"):
        assert shown.count(sentence) == 1


def test_an_article_that_the_third_text_does_not_answer_has_an_empty_column_that_says_so() -> None:
    main = compared(PROPOSAL, AMENDED)
    page = html.page(main, third=compared(PROPOSAL, TEMPLATE))
    robes = page[page.index('id="chp_1__art_102"') :]
    assert re.search(r'<div class="nothing ours-at"[^>]*><p>No counterpart in', robes)


def test_a_page_of_two_texts_has_no_third_column() -> None:
    page = html.page(compared(PROPOSAL, AMENDED))
    assert 'data-view="three"' not in page
    assert 'class="other"' not in page


def test_a_provision_that_moved_is_shown_where_it_is_answered() -> None:
    main, other = compared(PROPOSAL, AMENDED), compared(PROPOSAL, TEMPLATE)
    article = other.articles[0]
    rows = tuple(
        replace(row, kind=RowKind.MOVED_CHANGED) if row.kind is RowKind.CHANGED and row.base else row for row in article.rows
    )
    found = thirds(main, replace(other, articles=(replace(article, rows=rows), *other.articles[1:])))
    assert any("nine members" in cell for cell in words(found[article.head.eid]))
