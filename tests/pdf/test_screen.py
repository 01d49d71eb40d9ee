"""The same pages for a screen: outline, links and colours that print leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from handmade import METADATA, Shaper, context, set_text
from opened import words
from PIL import Image

from bookforge.render.pdf.book import paint
from bookforge.typeset.frames import (
    Begin,
    Destination,
    Item,
    Layout,
    LinkArea,
    OutlineEntry,
    Page,
    Picture,
    Tag,
)

TEXT = "See the next chapter, or write to us."


def link(x: float, y: float, width: float, height: float, target: str) -> LinkArea:
    return LinkArea(x, y, width, height, target, "there", Begin(Tag.LINK, 1))


def make(folder: Path, *extra: Item, outline: tuple[OutlineEntry, ...] = ()) -> Path:
    lines = tuple(set_text(TEXT, Shaper()))
    first = Page(1, "1", True, (*lines, link(54, 60, 50, 14, "#ch-2"), *extra))
    second = Page(2, "2", False, (Destination("ch-2", 100), *lines, Destination("ünder", 300)))
    target = folder / "screen.pdf"
    layout = Layout(396, 612, (first, second), outline, ids=frozenset({"ch-2"}))
    paint(layout, METADATA, {"screen": target}, context(folder))
    return target


def titles(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    """Level, title and page (from 0) of every outline entry."""

    def walk(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield level, str(item.title), page_of(pdf, item.destination)
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        yield from walk(outline.root, 0)


def page_of(pdf: pikepdf.Pdf, destination: object) -> int:
    place = pikepdf.NameTree(pdf.Root.Names.Dests)[str(destination)]
    return pikepdf.Page(place[0]).index


def test_links_lead_to_their_places(tmp_path: Path) -> None:
    web = link(100, 60, 80, 14, "https://example.org/ü")
    with pikepdf.open(make(tmp_path, web)) as pdf:
        inner, outer = pdf.pages[0].Annots
        assert page_of(pdf, inner.Dest) == 1
        assert [float(side) for side in inner.Rect] == [54, 538, 104, 552]
        assert bytes(outer.A.URI) == b"https://example.org/%C3%BC"
        place = pikepdf.NameTree(pdf.Root.Names.Dests)["ch-2"]
        assert [place[1], float(place[3])] == ["/XYZ", 512]


def test_the_outline_nests_by_level(tmp_path: Path) -> None:
    outline = (
        OutlineEntry(1, "Part One — “Dawn”", "ch-2"),
        OutlineEntry(2, "Chapter", "ch-2"),
        OutlineEntry(4, "Far below", "ünder"),
        OutlineEntry(2, "Chapter", "ünder"),
        OutlineEntry(1, "Nowhere", "gone"),
        OutlineEntry(1, "Part Two", "ch-2"),
    )
    with pikepdf.open(make(tmp_path, outline=outline)) as pdf:
        assert list(titles(pdf)) == [
            (0, "Part One — “Dawn”", 1),
            (1, "Chapter", 1),
            (2, "Far below", 1),
            (1, "Chapter", 1),
            (0, "Part Two", 1),
        ]
        assert pdf.Root.PageMode == "/UseOutlines"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_link_to_nowhere_does_no_harm(tmp_path: Path) -> None:
    made = make(tmp_path, link(0, 0, 9, 9, "#gone"))
    assert words(made) == TEXT.split() * 2


def test_pictures_keep_their_colours(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    Image.new("RGB", (3, 2), "red").save(file)
    with pikepdf.open(make(tmp_path, Picture(str(file), 0, 0, 9, 6))) as pdf:
        assert pdf.pages[0].resources.XObject["/Im1"].ColorSpace == "/DeviceRGB"


def test_the_screen_file_is_sound(tmp_path: Path) -> None:
    outline = (OutlineEntry(1, "One", "ch-2"), OutlineEntry(2, "Two", "ünder"))
    with pikepdf.open(make(tmp_path, outline=outline)) as pdf:
        assert not pdf.check_pdf_syntax()
