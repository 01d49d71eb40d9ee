"""Printed pages: marks before the right words, the list of pages, the source."""

from __future__ import annotations

import re
from pathlib import Path

import novella
from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.contracts import PageMap
from bookforge.model.document import Document, Matter, SectionKind
from bookforge.model.walk import stream

MARK = re.compile(
    r'<span epub:type="pagebreak" role="doc-pagebreak" id="([^"]+)" aria-label="([^"]+)"></span>'
)


def build(folder: Path, document: Document, pages: PageMap) -> dict[str, str]:
    return novella.build(document, folder, {"style": {"lead-in": "none"}}, pages=pages)


def text(*words: str) -> Document:
    return novella.one_chapter(*(novella.paragraph(word) for word in words))


def test_a_mark_stands_before_its_word(tmp_path: Path) -> None:
    document = text("one two", "three four")
    page = build(tmp_path, document, novella.page_map(("7", 0, 4), ("8", 0, 7), ("9", 0, 13)))
    marked = MARK.sub(r"[\2]", page["text/text.xhtml"])
    assert '<p class="first">one [7]two</p>\n<p>[8]three [9]four</p>' in marked


def test_a_mark_at_the_end_of_a_paragraph_goes_to_the_next(tmp_path: Path) -> None:
    page = build(tmp_path, text("one", "two"), novella.page_map(("2", 0, 3)))
    assert '<p class="first">one</p>\n<p>[2]two</p>' in MARK.sub(r"[\2]", page["text/text.xhtml"])


def test_marks_in_markup(tmp_path: Path) -> None:
    document = novella.one_chapter(novella.paragraph("a ", novella.emphasis("b & c"), " d"))
    page = build(tmp_path, document, novella.page_map(("2", 0, 2), ("3", 0, 6)))
    marked = MARK.sub(r"[\2]", page["text/text.xhtml"])
    assert "a <em>[2]b &amp; [3]c</em> d" in marked


def test_the_opening_page_stands_before_the_heading(tmp_path: Path) -> None:
    page = build(
        tmp_path, novella.everything(), novella.page_map(("4", 8, -1), ("5", 8, -1), ("6", 8, 0))
    )
    marked = MARK.sub(r"[\2]", page["text/chapter-1.xhtml"])
    assert "[4][5]<h1" in marked
    assert ">[6]It was" in marked


def test_a_page_without_text_of_its_section(tmp_path: Path) -> None:
    page = build(tmp_path, novella.everything(), novella.page_map(("3", 7, -1)))
    assert "[3]<h1" in MARK.sub(r"[\2]", page["text/part.xhtml"])


def test_pages_of_left_out_sections_go_to_the_next(tmp_path: Path) -> None:
    pages = novella.page_map(("i", 0, 0), ("iii", 1, 0), ("ix", 5, 0))
    files = build(tmp_path, novella.everything(), pages)
    assert MARK.findall(files["text/title-page.xhtml"]) == [("page-i", "i"), ("page-iii", "iii")]
    assert MARK.findall(files["nav.xhtml"]) == [("page-ix", "ix")]


def test_nav_and_ncx_list_every_page_in_order(tmp_path: Path) -> None:
    pages = novella.page_map(("iii", 1, 0), ("1", 6, 0), ("2", 8, 0), ("3", 8, 20))
    files = build(tmp_path, novella.everything(), pages)
    listed = re.findall(r'<a href="([^"#]+#page-[^"]+)">(\w+)</a>', files["nav.xhtml"])
    assert [label for _, label in listed] == ["iii", "1", "2", "3"]
    assert listed[0][0] == "text/title-page.xhtml#page-iii"
    targets = re.findall(r'type="(\w+)"(?: value="(\d+)")? playOrder="(\d+)"', files["toc.ncx"])
    assert [target[:2] for target in targets] == [
        ("front", ""), ("normal", "1"), ("normal", "2"), ("normal", "3"),
    ]  # fmt: skip
    orders = [int(target[2]) for target in targets]
    assert orders == sorted(orders)


def test_play_order_follows_the_reading_order(tmp_path: Path) -> None:
    pages = novella.page_map(("1", 6, 0), ("2", 8, 0))
    ncx = build(tmp_path, novella.everything(), pages)["toc.ncx"]
    orders = [int(number) for number in re.findall(r'playOrder="(\d+)"', ncx)]
    assert sorted(orders) == list(range(1, len(orders) + 1))


def test_double_and_odd_labels_get_ids_of_their_own(tmp_path: Path) -> None:
    pages = novella.page_map(("1", 0, 0), ("1", 0, 1), ('"2<', 0, 2))
    found = MARK.findall(build(tmp_path, text("abcdef"), pages)["text/text.xhtml"])
    assert found == [("page-1", "1"), ("page-mark-2", "1"), ("page-mark-3", "&quot;2&lt;")]


def test_without_pages_nothing_is_said_of_them(tmp_path: Path) -> None:
    files = novella.build(novella.everything(), tmp_path)
    everything = "".join(files.values())
    for word in ("pagebreak", "page-list", "pageList", "dc:source", "pageNavigation"):
        assert word not in everything


def test_the_print_edition_is_named_as_the_source(tmp_path: Path) -> None:
    pages = novella.page_map(("1", 0, 0))
    settings = {"book": {"isbn": {"print": "978-0-306-40615-7"}}}
    opf = novella.build(text("x"), tmp_path, settings, pages=pages)["content.opf"]
    assert '<dc:source id="print-source">urn:isbn:9780306406157</dc:source>' in opf
    assert 'refines="#print-source">pagination' in opf
    assert "pageBreakSource" not in opf


def test_page_break_source_on_request(tmp_path: Path) -> None:
    settings = {"output": {"epub": {"page-source": True}}}
    opf = novella.build(text("x"), tmp_path, settings, pages=novella.page_map(("1", 0, 0)))
    assert 'property="pageBreakSource">The Keeper of Small Lights (print)<' in opf["content.opf"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_mark_stands_before_its_character(data: st.DataObject) -> None:
    words = st.text(st.sampled_from("ab &<"), min_size=1, max_size=12)
    document = novella.one_chapter(
        *(
            novella.paragraph(first, novella.emphasis(second))
            for first, second in data.draw(
                st.lists(st.tuples(words, words), min_size=1, max_size=4)
            )
        ),
        kind=SectionKind.COLOPHON,
        matter=Matter.BACK,
    )
    whole = "".join(node.text for node in stream(document.sections[0].blocks))
    offsets = sorted(data.draw(st.sets(st.integers(1, len(whole) - 1))))
    pages = novella.page_map(*((str(at), 0, at) for at in offsets))
    page = novella.write_page(document, Path(), pages)
    inside = MARK.sub("\x00\\2\x00", page.partition("<section")[2])
    bare = (
        re.sub(r"<[^>]*>|\n", "", inside.partition(">")[2])
        .replace("&lt;", "<")
        .replace("&amp;", "&")
    )
    pieces = bare.split("\x00")
    place = len(pieces[0])
    for label, following in zip(pieces[1::2], pieces[2::2], strict=True):
        assert place == int(label)
        place += len(following)
