"""The markup of one line of a redline: number, heading and words, each marked by itself."""

from __future__ import annotations

import pytest

from treaty_diff.redline.comparison import Op, Row, RowKind, Segment, Side, Why
from treaty_diff.render.markup import line

ARTICLE = Side("art_1", "Article 1", "article", 0, "Article 1")
TEXT = "Article 1 Ponds Keep <them>.\n"


def gone(why: str = "", kind: RowKind = RowKind.DELETED) -> Row:
    """A base article's own line that nothing answers."""
    return Row(kind, ARTICLE, None, (Segment(Op.DELETE, TEXT, "", why),))


def new() -> Row:
    """A subject article's own line that answers nothing."""
    return Row(RowKind.INSERTED, None, ARTICLE, (Segment(Op.INSERT, "", TEXT),))


def parts(row: Row, *, stops: bool = True, plain: bool = False, lang: str = "") -> tuple[str, str, str]:
    made = line(row, ("Ponds", "Ponds"), stops=stops, plain=plain, lang=lang)
    return str(made.num), str(made.heading), str(made.words)


def test_the_first_part_of_a_line_on_one_side_is_where_next_change_comes_to_rest() -> None:
    assert parts(gone(), lang="fr") == (
        '<del class="stop" lang="fr">Article 1 </del>',
        '<del lang="fr">Ponds </del>',
        '<del lang="fr">Keep &lt;them&gt;.</del>',
    )
    assert parts(new(), lang="fr") == (
        '<ins class="stop">Article 1 </ins>',
        "<ins>Ponds </ins>",
        "<ins>Keep &lt;them&gt;.</ins>",
    )


def test_an_article_that_is_there_as_a_whole_is_not_marked() -> None:
    assert parts(new(), plain=True) == ("Article 1 ", "Ponds ", "Keep &lt;them&gt;.")


def test_nobody_comes_to_rest_where_a_line_moved_away() -> None:
    assert parts(gone(kind=RowKind.MOVED_AWAY))[0] == "<del>Article 1 </del>"
    assert parts(gone(), stops=False)[0] == "<del>Article 1 </del>"


@pytest.mark.parametrize("plain", [False, True])
def test_a_line_that_leads_nowhere_says_so_beside_its_number(plain: bool) -> None:
    number, _, words = parts(gone(Why.DANGLING), plain=plain)
    assert "dangling" not in number
    assert 'class="dangling" title="There is no such provision in this text."' in words


def test_a_line_without_number_is_all_words() -> None:
    flush = Side("art_1__p", "Article 1, closing words", "flush", 1, "")
    row = Row(RowKind.INSERTED, None, flush, (Segment(Op.INSERT, "", "and keep them well.\n"),))
    made = line(row)
    assert (made.num, made.heading, made.words) == ("", "", '<ins class="stop">and keep them well.</ins>')
