"""OpenDocument texts."""

from __future__ import annotations

from pathlib import Path

from bookforge.model.blocks import Figure, ListBlock, Paragraph, Quote, Table
from tests.readers.docx.test_features import picture
from tests.readers.files import STORY, Opened, check_spans, open_files
from tests.readers.odt.making import make_odt

_CHAPTER = '<text:h text:outline-level="1">Chapter 1</text:h>'


def opened(body: str, folder: Path, **parts: object) -> Opened:
    path = folder / "novel.odt"
    path.write_bytes(make_odt(body, **parts))  # type: ignore[arg-type]
    read = open_files(path)
    check_spans(read)
    return read


def test_looks_blanks_and_breaks(tmp_path: Path) -> None:
    read = opened(
        f"{_CHAPTER}<text:p>Plain\n  <text:span text:style-name='T1'>slanted</text:span>"
        "<text:s text:c='2'/><text:span text:style-name='T2'>both</text:span>"
        "<text:tab/>x<text:line-break/>y</text:p>",
        tmp_path,
    )
    assert read.dump.split("paragraph", 1)[1] == (
        " 2:1\n"
        "      text 2:1 'Plain '\n"
        "      emphasis 2:7\n"
        "        text 2:7 'slanted'\n"
        "      text 2:14 '  '\n"
        "      strong 2:16\n"
        "        small-caps 2:16\n"
        "          text 2:16 'both'\n"
        "      text 2:20 ' x'\n"
        "      line-break 2:22\n"
        "      text 2:23 'y'\n"
    )


def test_notes(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Below.</text:p></text:note-body></text:note>"
    )
    read = opened(f"{_CHAPTER}<text:p>A{note} b</text:p><text:p>c</text:p>", tmp_path)
    assert read.words[2:] == ["A", "b", "c"]
    assert read.note_words == ["Below"]


def test_changes_and_comments(tmp_path: Path) -> None:
    read = opened(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        f"{_CHAPTER}<text:p>Kept<office:annotation><text:p>why?</text:p></office:annotation>"
        "</text:p>",
        tmp_path,
    )
    assert read.words[2:] == ["Kept"]
    assert read.codes == ["R054", "R055"]


def test_lists_quotations_tables(tmp_path: Path) -> None:
    read = opened(
        f"{_CHAPTER}<text:list text:style-name='L1'><text:list-item><text:p>one</text:p>"
        "<text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>"
        "</text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<text:p text:style-name='P2'>said</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        tmp_path,
    )
    listed, quote, table = read.document.sections[0].blocks
    assert isinstance(listed, ListBlock) and listed.ordered and len(listed.items) == 2
    assert isinstance(listed.items[0].blocks[1], ListBlock)
    assert isinstance(quote, Quote)
    assert read.words[2:] == ["one", "deep", "two", "said", "a", "b"]
    assert isinstance(table, Table) and len(table.aligns) == 2 and read.codes == []


def test_heads_and_spans_of_tables(tmp_path: Path) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    head = f"<table:table-row>{cell.format('', 'h')}{cell.format('', 'i')}</table:table-row>"
    wide = cell.format(" table:number-columns-spanned='2'", "w")
    rows = f"<table:table-header-rows>{head}</table:table-header-rows>{head}"
    for more, codes in (("", []), (f"<table:table-row>{wide}</table:table-row>", ["R056"])):
        read = opened(f"{_CHAPTER}<table:table>{rows}{more}</table:table>", tmp_path)
        assert read.codes == codes
        first = read.document.sections[0].blocks[0]
        assert isinstance(first, Paragraph if codes else Table)
        assert isinstance(first, Paragraph) or first.heads == 1


def test_pictures_and_frames(tmp_path: Path) -> None:
    frame = (
        '<draw:frame><draw:image xlink:href="{}"/><svg:desc>A map</svg:desc></draw:frame>'
        "<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
    )
    body = f"{_CHAPTER}<text:p>{frame.format('Pictures/1.png')}</text:p><text:p>after</text:p>"
    read = opened(body, tmp_path, pictures={"Pictures/1.png": picture().getvalue()})
    figure = read.document.sections[0].blocks[0]
    assert isinstance(figure, Figure) and figure.image.alt == "A map"
    assert Path(figure.image.source).suffix == ".png"
    assert read.words[2:] == ["Boxed", "after"]
    outside = opened(
        f"{_CHAPTER}<text:p>{frame.format('http://x.example/1.png')}</text:p>", tmp_path
    )
    assert outside.codes == ["R057"] and outside.words[2:] == ["A", "map", "Boxed"]


def test_unstyled_headings_and_metadata(tmp_path: Path) -> None:
    story = "".join(f"<text:p>{line}</text:p>" for line in STORY)
    body = "".join(
        f"<text:p text:style-name='P1'>Chapter {name}</text:p>{story}"
        for name in ("One", "Two", "Three")
    )
    meta = "<dc:title>The Salt Road</dc:title><meta:initial-creator>Anna</meta:initial-creator>"
    read = opened(
        f"<text:p text:style-name='Title'>The Salt Road</text:p>{body}", tmp_path, meta=meta
    )
    assert [one[1] for one in read.headings] == ["Chapter One", "Chapter Two", "Chapter Three"]
    assert (read.document.found.title, read.document.found.authors) == ("The Salt Road", ("Anna",))
    assert read.outline["scene_breaks"] == []
    assert read.codes == []
