"""What a source's characters are stays as it is, in every kind of source; only comparing folds it. Languages are told and set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.conftest import tota_source
from tests.ingest.test_docx import docx, p
from tests.ingest.test_pdf import down, pdf
from treaty_diff import languages
from treaty_diff.ingest import Report, read
from treaty_diff.text.folding import words
from treaty_diff.text.model import Treaty

ODD = "The “keeper’s” o\u00adar – and—the ﬁsh\u00a0net, co\u2011owned at 10\u00a0km, ‘s\u00ed’ «no» …"
EVEN = 'The "keeper\'s" oar - and - the fish net, co-owned at 10 km, \'s\u00ed\' "no" ...'
SOURCES: dict[str, Callable[[str], bytes]] = {
    "ToTA": lambda odd: tota_source(("ARTICLE 1", "Aims", odd)),
    "plain text": lambda odd: f"Article 1: Aims\n{odd}\n".encode(),
    "page": lambda odd: f"<!DOCTYPE html><html><body><h1>Article 1: Aims</h1><p>{odd}</p>".encode(),
    "Word": lambda odd: docx(p("Article 1: Aims", "Heading1") + p(odd)),
}
SPANISH = "Las Partes cooperarán en la pesca y en el uso de los mares, y para el bien de una Parte se dice que no. " * 6
FRENCH = (
    "Les Parties coopèrent dans les ports et pour le bien de la mer, et une partie est sur le quai avec les gens du port. " * 6
)


def taken(data: bytes, language: str = "eng") -> tuple[Treaty, Report]:
    return read(data, "pact", language=language, settle=lambda meta: replace(meta, date="2001-02-03"))


@pytest.mark.parametrize("kind", SOURCES)
def test_odd_characters_are_kept(kind: str) -> None:
    treaty, _ = taken(SOURCES[kind](ODD))
    assert treaty.articles()[0].children[0].words == ODD


def test_a_pdf_keeps_what_its_font_has() -> None:
    (line,) = [p.words for p in taken(pdf(down("Article 1: Aims", "The “keeper’s” oar – and «no» …")))[0].articles()[0].children]
    assert line == "The “keeper’s” oar – and «no» …"


def test_odd_characters_are_folded_for_comparing() -> None:
    assert words(ODD) == words(EVEN)


def _page(words: str, lang: str) -> bytes:
    return f"<!DOCTYPE html><html lang='{lang}'><body><h1>Article 1: Aims</h1><p>{words}</p>".encode()


def _word(words: str, lang: str) -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{lang}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return docx(p("Article 1: Aims") + p(words), parts={"word/styles.xml": f'<w:styles xmlns:w="{w}">{defaults}</w:styles>'})


@pytest.mark.parametrize(("code", "three", "words"), [("es-MX", "spa", SPANISH), ("fr-CA", "fra", FRENCH)])
@pytest.mark.parametrize("made", [_page, _word])
def test_the_language_that_a_file_says_is_set_on_every_text(
    made: Callable[[str, str], bytes], code: str, three: str, words: str
) -> None:
    treaty, report = taken(made(words, code))
    assert treaty.meta.language == three
    assert {text.language for p in treaty.walk() for text in p.texts()} == {three}
    assert not [note for note in report.unclear if note.what == "language"]


def test_the_language_asked_for_counts_where_the_file_says_none() -> None:
    assert taken(SOURCES["plain text"](SPANISH), "spa")[0].meta.language == "spa"


def test_what_word_says_of_its_users_language_does_not_count_against_the_words() -> None:
    assert taken(_word(SPANISH, "en-US"), "spa")[0].meta.language == "spa"


def test_words_plainly_of_another_language_are_told() -> None:
    _, report = taken(_page(SPANISH, "en"))
    assert [note.words for note in report.unclear if note.what == "language"] == [
        "said to be English, but the words are plainly Spanish"
    ]


@pytest.mark.parametrize(
    ("text", "code"), [(SPANISH, "spa"), (FRENCH, "fra"), ("The boats of the keepers. " * 40, "eng"), ("Oars", "")]
)
def test_language_is_guessed_by_small_words(text: str, code: str) -> None:
    assert languages.guess([text]) == code


def test_french_articles_begin_with_the_first_in_words() -> None:
    source = f"CHAPITRE 1\nBUTS\nArticle premier\nObjet\n{FRENCH}\nArticle 2\nFin\n{FRENCH}\n"
    treaty, report = taken(source.encode(), "fra")
    assert [(a.label, a.title) for a in treaty.articles()] == [("Article premier", "Objet"), ("Article 2", "Fin")]
    assert not report.unclear
