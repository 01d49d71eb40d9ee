"""What a Word document may hold, piece by piece: nothing lost, nothing twice."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from bookforge.diagnostics import ignore
from bookforge.model.blocks import (
    Alignment,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from bookforge.model.inlines import Image, Text
from bookforge.model.walk import plain
from bookforge.pipeline import Request, find_book, prepare
from tests.readers.docx import making
from tests.readers.files import Opened, check_spans, open_files, words_of


def picture() -> BytesIO:
    """A grey PNG of 2 by 2 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00\x80\x80" * 2)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.fixture
def document() -> Any:
    made = Document()
    made.add_heading("Chapter 1", 1)
    return made


def opened(document: Any, folder: Path, **config: Any) -> Opened:
    read = open_files(making.save(document, folder), **config)
    check_spans(read)
    return read


def blocks(read: Opened) -> tuple[Any, ...]:
    return read.document.sections[0].blocks


def test_looks(document: Any, tmp_path: Path) -> None:
    paragraph = document.add_paragraph("Plain ")
    paragraph.add_run("slanted ").italic = True
    both = paragraph.add_run("both")
    both.bold = both.italic = True
    paragraph.add_run(" and ")
    paragraph.add_run("Caps").font.small_caps = True
    paragraph.add_run(" by ")
    paragraph.add_run("style", style="Emphasis")
    read = opened(document, tmp_path)
    assert read.dump.split("paragraph", 1)[1] == (
        " 2:1\n"
        "      text 2:1 'Plain '\n"
        "      emphasis 2:7\n"
        "        text 2:7 'slanted '\n"
        "      strong 2:15\n"
        "        emphasis 2:15\n"
        "          text 2:15 'both'\n"
        "      text 2:19 ' and '\n"
        "      small-caps 2:24\n"
        "        text 2:24 'Caps'\n"
        "      text 2:28 ' by '\n"
        "      emphasis 2:32\n"
        "        text 2:32 'style'\n"
    )


def test_soft_breaks_and_tabs(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("\tFirst line\nsecond\tline")
    document.add_paragraph("Roses are red\nViolets are blue\nSugar is sweet")
    read = opened(document, tmp_path)
    first, second = blocks(read)
    assert isinstance(first, Paragraph) and isinstance(second, Verse)
    assert " ".join(read.words[2:]) == (
        "First line second line Roses are red Violets are blue Sugar is sweet"
    )
    assert "line-break 2:11" in read.dump


def test_footnotes_and_endnotes(document: Any, tmp_path: Path) -> None:
    for kind in ("footnote", "endnote"):
        making.append(
            document,
            f'<w:p><w:r><w:t>Some {kind}</w:t></w:r><w:r><w:{kind}Reference w:id="2"/></w:r>'
            "<w:r><w:t>.</w:t></w:r></w:p>",
        )
    path = making.save(document, tmp_path)
    making.add_notes(path, {2: "The foot of it."})
    making.add_notes(path, {2: "The end of it."}, "endnote")
    read = open_files(path)
    check_spans(read)
    assert [note.id for note in read.document.notes] == ["0-f2", "0-e2"]
    assert read.note_words == ["The", "foot", "of", "it", "The", "end", "of", "it"]
    assert "note-ref 2:14 [0-f2] 0" in read.dump
    assert read.codes == []


def test_note_that_is_not_there(document: Any, tmp_path: Path) -> None:
    making.append(document, '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="9"/></w:r></w:p>')
    assert opened(document, tmp_path).codes == ["R059"]


def test_tracked_changes(document: Any, tmp_path: Path) -> None:
    making.append(
        document,
        '<w:p><w:r><w:t xml:space="preserve">He </w:t></w:r>'
        '<w:del w:id="1" w:author="E"><w:r><w:delText>went</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="E"><w:r><w:t>ran</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="E"><w:r><w:t>away</w:t></w:r></w:moveFrom></w:p>',
    )
    read = opened(document, tmp_path)
    assert read.words[2:] == ["He", "ran"]
    assert read.codes == ["R054"]
    assert read.place("R054") == "novel.docx:2:1"


def test_deleted_paragraph_mark_joins(document: Any, tmp_path: Path) -> None:
    making.append(
        document,
        '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="E"/></w:rPr></w:pPr>'
        '<w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>',
    )
    making.append(document, "<w:p><w:r><w:t>two</w:t></w:r></w:p>")
    assert len(blocks(opened(document, tmp_path))) == 1


def test_comments_and_hidden_text(document: Any, tmp_path: Path) -> None:
    making.append(
        document,
        "<w:p><w:r><w:t>Shown</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
    )
    read = opened(document, tmp_path)
    assert read.words[2:] == ["Shown"]
    assert read.codes == ["R055", "R058"]


def test_picture(document: Any, tmp_path: Path, cache: Path) -> None:
    document.add_picture(picture())
    document.add_paragraph("The map", style="Caption")
    document.add_paragraph("After")
    read = opened(document, tmp_path)
    figure = blocks(read)[0]
    assert isinstance(figure, Figure)
    assert isinstance(figure.image, Image)
    kept = Path(figure.image.source)
    assert kept.is_relative_to(cache) and kept.read_bytes() == picture().getvalue()
    assert read.words[2:] == ["The", "map", "After"]
    assert [type(node) for node in figure.caption] == [Text]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "novel.docx"]


def test_lists(document: Any, tmp_path: Path) -> None:
    for text, style in (
        ("milk", "List Bullet"),
        ("bread", "List Bullet"),
        ("one", "List Number"),
        ("two", "List Number"),
    ):
        document.add_paragraph(text, style=style)
    document.add_paragraph("After")
    first, second, last = blocks(opened(document, tmp_path))
    assert isinstance(first, ListBlock) and isinstance(second, ListBlock)
    assert (len(first.items), first.ordered) == (2, False)
    assert (len(second.items), second.ordered, second.start) == (2, True, 1)
    assert isinstance(last, Paragraph)


def test_quotations(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("Said", style="Quote")
    document.add_paragraph("again", style="Quote")
    document.add_paragraph("After")
    quote, _ = blocks(opened(document, tmp_path))
    assert isinstance(quote, Quote) and len(quote.blocks) == 2


def test_a_table(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("All of them", style="Caption")
    table = document.add_table(3, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}" if number != 4 else ""
    for cell in table.columns[1].cells[1:]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    table.cell(2, 1).add_paragraph("more")
    read = opened(document, tmp_path)
    (made,) = blocks(read)
    assert isinstance(made, Table) and made.heads == 1 and plain(made.caption) == "All of them"
    assert made.aligns == (Alignment.NATURAL, Alignment.RIGHT)
    cells = [[plain(cell.children) for cell in row.cells] for row in made.rows]
    assert cells == [["cell 0", "cell 1"], ["cell 2", "cell 3"], ["", "cell 5 more"]]
    assert isinstance(made.rows[0].cells[0].children[0], Text) and read.codes == []


def test_a_table_that_is_not_simple_is_kept_as_lines(document: Any, tmp_path: Path) -> None:
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(0, 0).merge(table.cell(1, 0))
    read = opened(document, tmp_path)
    assert read.words[2:] == ["cell", "0", "cell", "2", "cell", "1", "cell", "3"]
    assert read.codes == ["R056"]
    assert read.place("R056") == "novel.docx:2:1"


def test_links(document: Any, tmp_path: Path) -> None:
    making.append(
        document,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/a" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr/><w:t>here</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    )
    read = opened(document, tmp_path)
    assert "link 2:1 'https://example.org/a'" in read.dump
    assert read.words[2:] == ["here"]


def test_text_boxes_once(document: Any, tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    making.append(
        document,
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>",
    )
    assert sorted(opened(document, tmp_path).words[2:]) == ["Beforeafter", "Boxed"]


def test_contents_list_is_left_out(tmp_path: Path) -> None:
    document = Document()
    for name in ("Rain\t1", "Sun\t9"):
        making.append(
            document,
            f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>',
        )
    style = document.styles.add_style("TOC 1", 1)
    style.element.set(qn("w:styleId"), "TOC1")
    for name in ("Rain", "Sun"):
        document.add_heading(name, 1)
        making.tell(document)
    read = opened(document, tmp_path)
    assert [section.label or "x" for section in read.document.sections] == ["x", "x"]
    assert [one.what for one in read.document.removed] == ["contents list"]
    assert read.outline["contents_list"] == [1, 2]


def test_scene_breaks(document: Any, tmp_path: Path) -> None:
    making.tell(document)
    making.centre(document, "* * *")
    making.tell(document)
    making.centre(document, "❦")
    making.tell(document)
    read = opened(document, tmp_path)
    assert read.outline["scene_breaks"] == [5, 9]


def test_empty_paragraphs_are_scene_breaks(document: Any, tmp_path: Path) -> None:
    for _ in range(5):
        making.tell(document)
        making.tell(document)
        making.tell(document)
        document.add_paragraph("")
    read = opened(document, tmp_path)
    assert len([one for one in blocks(read) if isinstance(one, SceneBreak)]) == 4


def test_title_page_by_style(tmp_path: Path) -> None:
    read = opened(making.styled(), tmp_path)
    found = read.document.found
    assert (found.title, found.subtitle) == ("The Salt Road", "A Novel of the Coast")
    assert [one.what for one in read.document.removed] == ["title page"]
    assert "Novel" not in read.words


def test_title_page_by_look(tmp_path: Path) -> None:
    found = opened(making.unstyled(), tmp_path).document.found
    assert (found.title, found.authors) == ("The Salt Road", ("Anna Weaver",))


def test_properties_name_the_author(document: Any, tmp_path: Path) -> None:
    document.core_properties.author = "Anna Weaver"
    document.core_properties.title = "The Salt Road"
    found = opened(document, tmp_path).document.found
    assert (found.title, found.authors) == ("The Salt Road", ("Anna Weaver",))


def test_several_files_make_one_book(tmp_path: Path) -> None:
    paths = []
    for number in (1, 2, 3):
        document = Document()
        document.add_heading(f"Chapter {number}", 1)
        making.tell(document)
        paths.append(making.save(document, tmp_path, f"{number}.docx"))
    read = open_files(*paths)
    assert [one[1] for one in read.headings] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert [section.span.source for section in read.document.sections] == [0, 1, 2]


def test_settings_of_the_manuscript(tmp_path: Path) -> None:
    read = opened(
        making.unstyled(),
        tmp_path,
        manuscript={"fix": [{"at": "Chapter 4", "kind": "text"}], "start": "Chapter 2"},
    )
    assert [one[1] for one in read.headings] == ["Chapter 2", "Chapter 3"]


def test_matter_from_a_word_document(tmp_path: Path) -> None:
    """A dedication of one line, and a text with a title: whole, with nothing taken for a book's."""
    dedication = Document()
    dedication.add_paragraph("For Anna")
    making.save(dedication, tmp_path, "dedication.docx")
    about = Document()
    about.add_heading("About Anna Weaver", 0)
    about.add_paragraph("She lives by the sea.")
    making.save(about, tmp_path, "about.docx")
    making.save(making.styled(), tmp_path)
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "The Salt Road"\nauthor = "Anna Weaver"\n'
        '[manuscript]\nfiles = "novel.docx"\n'
        '[matter]\nfront = ["title-page", { kind = "dedication", file = "dedication.docx" }]\n'
        'back = [{ kind = "about-the-author", file = "about.docx" }]\n',
        encoding="utf-8",
    )
    read = prepare(find_book(Request(tmp_path), ignore), ignore)
    words = " ".join(words_of(read.document))
    assert "For Anna" in words and words.endswith("About Anna Weaver She lives by the sea")


def test_a_strict_document_reads_like_any_other(tmp_path: Path) -> None:
    """ISO 29500 Strict, as Word saves it on request: other names for the same elements."""
    usual = making.save(making.styled(), tmp_path, "usual.docx")
    strict = making.make_strict(usual, tmp_path / "strict.docx")
    assert open_files(strict).headings == open_files(usual).headings
    assert open_files(strict).words == open_files(usual).words


def test_number_and_title_as_two_headings(tmp_path: Path) -> None:
    """Of one level or of two, parts and chapters alike."""
    document = Document()
    for number, title in ((1, "The Quay"), (2, "The Hill")):
        document.add_heading(f"Part {number}", 1)
        document.add_heading(title, 1)
        for chapter, name in ((1, "Rain"), (2, "Salt")):
            document.add_heading(f"Chapter {chapter}", 2)
            document.add_heading(name, 3)
            making.tell(document)
    found = opened(document, tmp_path).headings
    assert found[:3] == [
        (1, "Part 1", "The Quay"),
        (2, "Chapter 1", "Rain"),
        (2, "Chapter 2", "Salt"),
    ]
    assert found[3] == (1, "Part 2", "The Hill")
