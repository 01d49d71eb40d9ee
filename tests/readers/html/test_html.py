"""Web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.model.blocks import (
    Alignment,
    Figure,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    QuoteRole,
    Table,
    Verse,
)
from bookforge.model.walk import plain
from tests.readers.files import Opened, check_spans, open_files

_HEAD = "<!DOCTYPE html><html lang=en><head><title>x</title></head><body><h2>Chapter 1</h2>"


def opened(page: str | bytes, folder: Path) -> Opened:
    path = folder / "novel.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    read = open_files(path)
    check_spans(read)
    return read


def test_looks_and_blanks(tmp_path: Path) -> None:
    page = (
        "<p>\n Plain <i>slan<b>ted</b></i>\n  <span style='font-variant: small-caps'>caps</span>"
        "<br>\n<code>code</code>&nbsp;&amp; <u>under</u> <!-- no -->end\n</p>"
    )
    read = opened(_HEAD + page, tmp_path)
    assert read.dump.split("paragraph", 1)[1] == (
        " 2:1\n"
        "      text 2:1 'Plain '\n"
        "      emphasis 2:7\n"
        "        text 2:7 'slan'\n"
        "      strong 2:11\n"
        "        emphasis 2:11\n"
        "          text 2:11 'ted'\n"
        "      text 2:14 ' '\n"
        "      small-caps 2:15\n"
        "        text 2:15 'caps'\n"
        "      line-break 2:19\n"
        "      code 2:20 'code'\n"
        "      text 2:24 '\\xa0& under end'\n"
    )
    assert read.codes == ["R055"]


def test_blocks(tmp_path: Path) -> None:
    read = opened(
        _HEAD + "loose<ol start=3><li>three<li><p>four</ol><blockquote><p>said<p>again</blockquote>"
        "<pre>a  b\nc</pre><figure><img src=map.png alt=Map>"
        "<figcaption>The map</figcaption></figure>"
        "<script>no()</script><div>end</div>",
        tmp_path,
    )
    _, listed, quote, code, figure, _ = read.document.sections[0].blocks
    assert isinstance(listed, ListBlock) and (listed.start, len(listed.items)) == (3, 2)
    assert isinstance(quote, Quote) and len(quote.blocks) == 2
    assert isinstance(code, Preformatted) and code.text == "a  b\nc"
    assert isinstance(figure, Figure) and figure.image.source == "map.png" and figure.caption
    assert " ".join(read.words[2:]) == "loose three four said again a b c The map end"


def test_style_sheet_of_google_docs(tmp_path: Path) -> None:
    page = (
        "<html><head><style>.c1{font-style:italic}.c2{font-weight:700}.c3{text-align:center}"
        "</style></head><body><h1>One</h1><p class=c3><span class=c1>a</span>"
        "<span class='c1 c2'>b</span></p><h1>Two</h1><p>c</p></body></html>"
    )
    read = opened(page, tmp_path)
    assert "paragraph 2:1 centred\n      emphasis 2:1" in read.dump


def test_footnotes_of_word_and_pandoc(tmp_path: Path) -> None:
    word = (
        '<p>A<a href="#_ftn1" name="_ftnref1">[1]</a> b</p><div id="ftn1"><p>'
        '<a href="#_ftnref1" name="_ftn1">[1]</a> Below.</p></div>'
    )
    pandoc = (
        '<p>A<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a> b</p>'
        '<section class="footnotes"><ol><li id="fn1"><p>Below.<a href="#fnref1" '
        'class="footnote-back">↩</a></p></li></ol></section>'
    )
    for page in (word, pandoc):
        read = opened(_HEAD + page, tmp_path)
        assert read.words[2:] == ["A", "b"]
        assert read.note_words == ["Below"]


def test_hidden_text_and_tables(tmp_path: Path) -> None:
    read = opened(
        _HEAD + "<p>a<span hidden>x</span></p><table><tr><td>b<td>c<tr><td>d</table>", tmp_path
    )
    assert read.words[2:] == ["a", "b", "c", "d"]
    assert read.codes == ["R056", "R058"]


def test_a_table(tmp_path: Path) -> None:
    read = opened(
        _HEAD + "<p>a<table><caption>The <i>fares</i></caption><thead><tr><th>To<th>Fare</thead>"
        "<tr><td>Cark<td align=right>1,204"
        "<tr><td><td style='text-align: right'><p>7<p>8</table><p>z",
        tmp_path,
    )
    _, table, _ = read.document.sections[0].blocks
    assert isinstance(table, Table) and plain(table.caption) == "The fares"
    assert (table.heads, table.aligns) == (1, (Alignment.NATURAL, Alignment.RIGHT))
    cells = [[plain(cell.children) for cell in row.cells] for row in table.rows]
    assert cells == [["To", "Fare"], ["Cark", "1,204"], ["", "7 8"]]
    assert read.words[2:] == ["a", "The", "fares", "To", "Fare", "Cark", "1", "204", "7", "8", "z"]
    assert read.codes == []


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<td colspan=2>b<tr><td>c<td>d", "b c d"),
        ("<td rowspan=2>b<td>c<tr><td>d", "b c d"),
        ("<td>b<td>c<table><tr><td>d<td>e</table>", "b c d e"),
        ("<td>b<td><ul><li>c<li>d</ul>", "b c d"),
        ("<td>b<tr><td>c", "b c"),
        ("<td>b" * 13, "b " * 13),
    ],
)
def test_tables_that_are_not_simple(inside: str, words: str, tmp_path: Path) -> None:
    read = opened(f"{_HEAD}<p>a<table><tr>{inside}</table><p>z", tmp_path)
    assert not any(isinstance(block, Table) for block in read.document.sections[0].blocks)
    assert read.words[2:] == ["a", *words.split(), "z"]
    assert read.codes == ["R056"]


def test_encodings(tmp_path: Path) -> None:
    page = "<html><head><meta charset={}></head><body><h1>Été</h1><p>Où çà</p><h1>B</h1><p>x"
    for name in ("iso-8859-1", "utf-8", "utf-16"):
        read = opened(page.format(name).encode(name), tmp_path)
        assert read.words[:3] == ["Été", "Où", "çà"]


def test_page_without_headings_by_look(tmp_path: Path) -> None:
    from tests.readers.files import STORY

    story = "".join(f"<p>{line}</p>" for line in STORY)
    page = "".join(f"<p><b>Chapter {number}</b></p>{story}<hr>{story}" for number in (1, 2, 3))
    read = opened(f"<html><body>{page}</body></html>", tmp_path)
    assert [one[1] for one in read.headings] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert read.outline["scene_breaks"] == [5, 13, 21]


def test_a_page_without_capitals_is_no_title_page(tmp_path: Path) -> None:
    lines = ("今は昔、竹取の翁がいた。", "***", "「誰だ？」", "***", "翁は笑った。")
    page = "<html lang=ja>" + "".join(f"<p>{line}</p>" for line in lines)
    read = opened(page, tmp_path)
    assert not read.document.removed
    assert read.dump.count("paragraph") == 3 and read.dump.count("break") == 2


def test_poems_and_letters(tmp_path: Path) -> None:
    poem = (
        "<div class=poem><div class=stanza><p>One</p><p>Two</p></div>"
        "<div class=stanza><span>Three<br></span><span>Four</span></div></div>"
        "<blockquote class=letter><p>Dear Ann,<p>Come.<p>Yours,<p>Bob</blockquote>"
    )
    read = opened(_HEAD + poem, tmp_path)
    verse, letter = read.document.sections[0].blocks
    assert isinstance(verse, Verse) and [len(one) for one in verse.stanzas] == [2, 2]
    assert isinstance(letter, Quote) and letter.role is QuoteRole.LETTER
    assert [one.role.value for one in letter.blocks if isinstance(one, Paragraph)] == [
        "salutation",
        "body",
        "closing",
        "signature",
    ]


def test_indents_of_verse(tmp_path: Path) -> None:
    """By class, by style, or by blanks that do not break."""
    poem = (
        "<style>.deep { margin-left: 3em; text-indent: -1em }</style>"
        "<div class=poem><p>One</p><p class=i2>Two</p><p class=deep>Three</p></div>"
        "<div class=poem><p>Four<br>&nbsp;&nbsp;Five</p></div>"
    )
    read = opened(_HEAD + poem, tmp_path)
    indents = [
        line.indent
        for verse in read.document.sections[0].blocks
        if isinstance(verse, Verse)
        for stanza in verse.stanzas
        for line in stanza
    ]
    assert indents == [0, 2, 2, 0, 1]
