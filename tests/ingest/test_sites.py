"""Pages of our own in the shapes of the sites that publish treaties, each read by the profile that is found by looking."""

from __future__ import annotations

from pathlib import Path

from treaty_diff.ingest import Report, gather, read_sources
from treaty_diff.text.model import Kind, Metadata, Treaty


def dated(meta: Metadata) -> Metadata:
    return Metadata(meta.treaty, meta.title, "2001-02-03", "2001-02-03", meta.language)


def taken(folder: Path, **files: str | bytes) -> tuple[Treaty, Report]:
    for name, page in files.items():
        (folder / name.replace("__", ".")).write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_sources(gather([folder]), "pact", settle=dated)


def printed(treaty: Treaty) -> list[str]:
    """Headings and words in order, a footnote in braces at its place."""
    out = []
    for p in treaty.walk():
        words = p.words
        for note in reversed(p.text.notes if p.text else ()):
            words = f"{words[: note.offset]}{{{note.marker} {note.body.content}}}{words[note.offset :]}"
        if p.kind is not Kind.TREATY:
            out.append(" ".join(filter(None, (p.label, p.title, words))))
    return out


OLD = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><title>SICE - Pact of the Guilds</title></head>
<body bgcolor="#FFFFFF"><table width="100%"><tr><td><a href="http://www.sice.oas.org/"><img src="logo.gif" alt=""></a></td></tr></table>
<table width="760"><tr><td valign="top" class="menu"><font size="1"><a href="toc_e.asp">Contents</a><br><a href="chap1_e.asp">Chapter One</a><br>
<a href="chap2_e.asp">Chapter Two</a></font></td><td><font face="Verdana" size="2">
<p align="center"><b><a name="chapter{0}"></a>Chapter {1}<br>{2}</b></p>
<p><b><a name="A{0}01"></a>Article {0}01: {3}</b></p>
<p>1.&nbsp;Each Guild\x92s wares<sup>1</sup> shall be weighed:</p>
<blockquote><p>(a)&nbsp;at noon; or</p><p>(b)&nbsp;at night.</p></blockquote>
<p>2.&nbsp;\x93Ware\x94 is a thing.</p><hr width="30%"><p><font size="1"><sup>1</sup> Wares of chapter {0}.</font></p>
</font></td></tr></table></body></html>"""


def old_page(number: int, name: str, title: str, article: str) -> bytes:
    return OLD.format(number, name, title, article).encode("latin-1")


def test_old_pages_of_tables_and_fonts_with_frames_and_bookmarks(tmp_path: Path) -> None:
    frames = "<html><frameset cols='20%,80%'><frame src='toc_e.asp' name='menu'><frame src='chap1_e.asp' name='text'></frameset></html>"
    toc = (
        "<html><body><p><b>Pact of the Guilds</b></p><p>Table of Contents</p><ul><li><a href='chap1_e.asp#chapter1' target='text'>"
        "Chapter One: Wares</a><ul><li><a href='chap1_e.asp#A101'>Article 101</a></li></ul></li>"
        "<li><a href='/Trade/pact/chap2_e.asp' target='text'>Chapter Two: Ends</a></li></ul></body></html>"
    )
    treaty, report = taken(
        tmp_path,
        index__htm=frames,
        toc_e__asp=toc,
        chap1_e__asp=old_page(1, "One", "Wares", "Scales"),
        chap2_e__asp=old_page(2, "Two", "Ends", "Term"),
        logo__gif=b"GIF89a",
    )
    expected = []
    for number, name, title, article in ((1, "One", "Wares", "Scales"), (2, "Two", "Ends", "Term")):
        expected += [
            f"Chapter {name} {title}", f"Article {number}01 {article}", f"1. Each Guild’s wares{{1 Wares of chapter {number}.}} shall be weighed:",
            "(a) at noon; or", "(b) at night.", "2. “Ware” is a thing.",
        ]  # fmt: skip
    assert printed(treaty) == expected
    assert [(n.place, n.words) for n in report.dropped if n.what.startswith(("file", "frames"))] == [
        ("logo.gif", "picture"),
        ("index.htm", ""),
    ]
    assert not report.unclear


DRUPAL = """<!DOCTYPE html><html lang="en"><head><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"><title>{0} | Guilds</title></head>
<body class="path-node"><header><nav><ul><li><a href="/">Home</a></li></ul></nav></header><div class="breadcrumb"><a href="/pact">Pact</a></div>
<article class="node node--type-page"><h1 class="page-title"><span class="field field--name-title">{0}</span></h1>
<div class="node__content"><div class="field field--name-body field__item">
<h2>{0}</h2><h3>Article {1}.1: {2}</h3><p>1. Wares are weighed.<a href="#_ftn1" name="_ftnref1">[1]</a></p>
<ol style="list-style-type:lower-alpha"><li>at noon;</li><li>at night.</li></ol>
<hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> With scales.</p></div></div></article>
<div class="block-social"><a href="https://example.org/share">Share</a></div><footer><p>600 Hall Street</p></footer></body></html>"""


def test_field_markup_of_drupal(tmp_path: Path) -> None:
    treaty, _ = taken(
        tmp_path,
        chapter_1__html=DRUPAL.format("Chapter 1: Wares", 1, "Scales"),
        chapter_10__html=DRUPAL.format("Chapter 10: Ends", 10, "Term"),
        chapter_2__html=DRUPAL.format("Chapter 2: Books", 2, "Pages"),
    )
    assert [line for line in printed(treaty) if line.startswith("Chapter")] == [
        "Chapter 1 Wares",
        "Chapter 2 Books",
        "Chapter 10 Ends",
    ]
    assert printed(treaty)[1:5] == [
        "Article 1.1 Scales",
        "1. Wares are weighed.{1 With scales.}",
        "(a) at noon;",
        "(b) at night.",
    ]


WET = """<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Pact – Chapter 1</title></head><body vocab="http://schema.org/">
<nav id="wb-tphp"><a href="#wb-cont">Skip to main content</a></nav><header><div id="wb-bnr"><a href="/">Hall</a></div></header>
<main property="mainContentOfPage" class="container"><h1 property="name" id="wb-cont">Pact of the Guilds – Chapter 1: Wares</h1>
<section><h2>Chapter 1: Wares</h2><section><h3 id="a1">Article 1.1: Scales</h3><p>1. Wares are weighed<sup id="fn1-rf"><a class="fn-lnk" href="#fn1">
<span class="wb-inv">Footnote </span>1</a></sup>:</p><ol class="lst-lwr-alph"><li>at noon;</li><li>at night.</li></ol></section>
<details><summary>Annex 1-A: Weights</summary><p>A stone is a weight.</p></details></section>
<aside class="wb-fnote" role="note"><h2>Footnotes</h2><dl><dt>Footnote 1</dt><dd id="fn1"><p>With scales.</p>
<p class="fn-rtn"><a href="#fn1-rf"><span class="wb-inv">Return to footnote </span>1</a></p></dd></dl></aside>
<div class="pagedetails"><dl id="wb-dtmd"><dt>Date modified:</dt><dd>2016-02-04</dd></dl></div></main><footer id="wb-info"><a href="/terms">Terms</a></footer></body></html>"""


def test_sections_and_details_of_the_web_experience_toolkit(tmp_path: Path) -> None:
    treaty, _ = taken(tmp_path, chapter__html=WET)
    assert printed(treaty) == [
        "Chapter 1 Wares", "Article 1.1 Scales", "1. Wares are weighed{1 With scales.}:", "(a) at noon;", "(b) at night.",
        "Annex 1-A Weights", "A stone is a weight.",
    ]  # fmt: skip


JOURNAL = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>L_2001</title></head><body>
<div id="document1"><div class="eli-container"><p class="oj-hd-ti">Official Journal</p><p class="oj-hd-date">3.2.2001</p>
<div class="eli-main-title"><p class="oj-doc-ti">PACT OF THE GUILDS</p></div>
<div id="cpt_ONE"><p class="oj-ti-section-1">CHAPTER ONE</p><div class="eli-title"><p class="oj-ti-section-2">WARES</p></div>
<div class="eli-subdivision" id="art_1.1"><p class="oj-ti-art">ARTICLE 1.1</p><div class="eli-title"><p class="oj-sti-art">Scales</p></div>
<div id="001.001"><p class="oj-normal">1.   Each Guild shall weigh<a id="ntc1" href="#ntr1">(<span class="oj-super oj-note-tag">1</span>)</a>:</p>
<table><col width="4%"/><col width="96%"/><tbody><tr><td><p class="oj-normal">(a)</p></td><td><p class="oj-normal">wares:</p>
<table><col width="4%"/><col width="96%"/><tbody><tr><td><p class="oj-normal">(i)</p></td><td><p class="oj-normal">at noon; or</p></td></tr></tbody></table>
<table><col width="4%"/><col width="96%"/><tbody><tr><td><p class="oj-normal">(ii)</p></td><td><p class="oj-normal">at night; and</p></td></tr></tbody></table>
</td></tr></tbody></table>
<table><col width="4%"/><col width="96%"/><tbody><tr><td><p class="oj-normal">(b)</p></td><td><p class="oj-normal">books.</p></td></tr></tbody></table></div>
<div id="001.002"><p class="oj-normal">2.   Scales are fair.</p></div></div></div>
<hr class="oj-note"/><p class="oj-note"><a id="ntr1" href="#ntc1">(<span class="oj-super">1</span>)</a>  With scales.</p></div></div></body></html>"""


def test_containers_and_numbering_tables_of_the_official_journal(tmp_path: Path) -> None:
    treaty, _ = taken(tmp_path, journal__html=JOURNAL)
    assert printed(treaty) == [
        "Chapter One WARES", "Article 1.1 Scales", "1. Each Guild shall weigh{1 With scales.}:", "(a) wares:", "(i) at noon; or",
        "(ii) at night; and", "(b) books.", "2. Scales are fair.",
    ]  # fmt: skip
