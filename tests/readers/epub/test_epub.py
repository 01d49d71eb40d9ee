"""E-books."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from bookforge.diagnostics import Diagnostic, ignore
from bookforge.model.document import GENERATED, Section
from bookforge.model.walk import plain
from bookforge.pipeline import Request, build, find_book, prepare, read_document
from tests.readers.epub.making import make_epub
from tests.readers.files import Opened, check_spans, open_files, words_of

_SAMPLE = Path(__file__).parents[3] / "book.toml"


def opened(data: bytes, folder: Path) -> Opened:
    path = folder / "novel.epub"
    path.write_bytes(data)
    read = open_files(path)
    check_spans(read)
    return read


def test_contents_nest_the_headings(tmp_path: Path) -> None:
    nav = (
        '<li><a href="p.xhtml">Part One</a><ol><li><a href="a.xhtml">1. Rain</a></li>'
        '<li><a href="b.xhtml">2. Sun</a></li></ol></li>'
    )
    pages = {
        "p": "<h1>Part One</h1>",
        "a": "<h1>1. Rain</h1><p>Words.</p>",
        "b": "<h1>2. Sun</h1><p>More &nbsp;words.</p>",
    }
    read = opened(make_epub(pages, nav=nav), tmp_path)
    assert read.headings == [(1, "Part One", ""), (2, "1", "Rain"), (2, "2", "Sun")]
    assert (read.document.found.title, read.document.language) == ("The Salt Road", "en-GB")


def test_contents_name_headings_without_markup(tmp_path: Path) -> None:
    nav = '<li><a href="a.xhtml">Rain</a></li><li><a href="b.xhtml">Sun</a></li>'
    pages = {"a": "<p><b>Rain</b></p><p>Words.</p>", "b": "<p><b>SUN</b></p><p>More.</p>"}
    read = opened(make_epub(pages, nav=nav), tmp_path)
    assert [one[2] for one in read.headings] == ["Rain", "SUN"]


def test_notes_in_another_page(tmp_path: Path) -> None:
    pages = {
        "a": '<h1>Rain</h1><p>A<a epub:type="noteref" href="n.xhtml#n1">1</a> b.</p>',
        "b": "<h1>Sun</h1><p>c <i class='slanted'>d</i></p>",
        "n": '<aside epub:type="footnote" id="n1"><p><a role="doc-backlink" href="a.xhtml">1</a>'
        " Below.</p></aside>",
    }
    read = opened(make_epub(pages), tmp_path)
    assert read.words == ["Rain", "A", "b", "Sun", "c", "d"]
    assert read.note_words == ["Below"]


def test_made_pages_and_kinds(tmp_path: Path) -> None:
    pages = {
        "t": '<section epub:type="titlepage"><h1>The Salt Road</h1></section>',
        "d": '<section epub:type="dedication"><p>To my mother</p></section>',
        "a": '<section epub:type="chapter"><h1>1</h1><p>Words.</p></section>',
        "e": '<section epub:type="afterword"><h1>How it came about</h1><p>So.</p></section>',
    }
    read = opened(make_epub(pages), tmp_path)
    kinds = [section.kind.value for section in read.document.sections]
    assert kinds == ["dedication", "chapter", "afterword"]
    assert [one.what for one in read.document.removed] == ["title page"]


def test_fonts_made_hard_to_copy_are_no_protection(tmp_path: Path) -> None:
    method = '<e><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    data = make_epub({"a": "<p>Words.</p>"}, extra={"META-INF/encryption.xml": method})
    assert opened(data, tmp_path).words == ["Words"]


def test_round_trip_of_the_sample(tmp_path: Path) -> None:
    """The project's own novella as an e-book, read back: the same words and the same titles."""
    book = find_book(Request(_SAMPLE, out=tmp_path / "build"), ignore)
    made = build(book, ["epub"], ignore)
    found: list[Diagnostic] = []
    again = find_book(Request(made.files[0].path), found.append)
    read, _ = read_document(again, found.append)
    original = prepare(find_book(Request(_SAMPLE), ignore), ignore).document
    kept = [section for section in original.sections if section.kind not in GENERATED]
    assert [_heading(one) for one in read.sections] == [_heading(one) for one in kept]
    assert [one.kind for one in read.sections] == [one.kind for one in kept]
    assert words_of(read) == words_of(replace(original, sections=tuple(kept)))
    assert [_shape(one) for one in read.sections] == [_shape(one) for one in kept]
    assert len(read.notes) == len(original.notes)
    assert [one.code for one in found] == []


def _heading(section: Section) -> tuple[int, str, str]:
    return section.level, section.label, plain(section.title)


def _shape(section: Section) -> list[str]:
    return [type(block).__name__ for block in section.blocks]
