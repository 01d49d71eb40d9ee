"""Pictures with a page of their own, over its edges where the book has bleed; and their faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pictures

from bookforge.diagnostics import Severity
from bookforge.model.blocks import Figure
from bookforge.model.inlines import Image
from bookforge.printers.load import load_printer
from bookforge.typeset.frames import Page, Picture, TextLine
from bookforge.typeset.layout import LaidOut
from bookforge.typeset.pictures import judge_plates
from tests.typeset.making import HERE, SENTENCE, book, chapter, lay, printed, text


def _lay(folder: Path, *, caption: str = "", full: bool = True, **keys: Any) -> LaidOut:
    path = folder / "sea.png"
    if not path.exists():
        Pictures.new("RGB", (900, 1400), "navy").save(path)
    image = Image("sea.png", "The sea", HERE, path=str(path), full=full)
    figure = Figure(image, HERE, (text(caption),) if caption else ())
    paragraphs = [SENTENCE * 4] * 30
    blocks = [*paragraphs[:9], figure, *paragraphs[9:]]
    return lay(book(chapter(*blocks, title="One")), printed(**keys))


def _shown(laid: LaidOut) -> tuple[Page, Picture]:
    [(page, picture)] = [
        (page, item) for page in laid.layout.pages for item in page.items
        if isinstance(item, Picture)
    ]  # fmt: skip
    return page, picture


def _lines(page: Page) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine)]


def test_it_has_the_page_to_itself(tmp_path: Path) -> None:
    page, picture = _shown(laid := _lay(tmp_path))
    assert _lines(page) == []
    sheet = laid.design.sheet
    assert picture.width <= sheet.measure + 0.01
    assert picture.height <= sheet.lines * sheet.leading + 0.01
    # … and the page before is full of what follows.
    pages = [*laid.layout.pages]
    assert len(_lines(pages[page.number - 2])) > 30


@pytest.mark.parametrize("printer", ["universal", "lulu"])
def test_with_bleed_it_runs_over_every_edge_that_is_cut(printer: str, tmp_path: Path) -> None:
    laid = _lay(tmp_path, bleed=True, printer=printer)
    page, picture = _shown(laid)
    sheet, bleed = laid.design.sheet, load_printer(printer).bleed.size
    assert _lines(page) == []
    assert picture.x <= -bleed and picture.y <= -bleed
    assert picture.x + picture.width >= sheet.width + bleed
    assert picture.y + picture.height >= sheet.height + bleed
    assert picture.width / picture.height == pytest.approx(900 / 1400, abs=1e-3)


def test_with_a_caption_it_stays_inside(tmp_path: Path) -> None:
    page, picture = _shown(_lay(tmp_path, caption="The sea at night", bleed=True))
    [caption] = _lines(page)
    assert picture.x > 0
    assert caption.y > picture.y + picture.height


def test_a_picture_too_small_for_its_place(tmp_path: Path) -> None:
    laid = _lay(tmp_path)
    [small, colour] = judge_plates(laid.plates(), load_printer("kdp"), "black")
    assert (small.code, small.severity) == ("I005", Severity.WARNING)
    dots = 900 / _shown(laid)[1].width * 72
    assert small.message == (
        f"sea.png is printed at {dots:.0f} pixels to the inch; KDP asks for 300"
    )
    assert (colour.code, colour.severity) == ("I006", Severity.NOTE)
    assert colour.message == "in colour, and printed in shades of grey: sea.png"


def test_a_sharp_grey_picture_is_worth_no_word(tmp_path: Path) -> None:
    Pictures.new("L", (1800, 2800)).save(tmp_path / "sea.png")
    plates = _lay(tmp_path).plates()
    assert [*judge_plates(plates, load_printer("kdp"), "black")] == []


def test_colours_are_no_fault_where_they_are_printed(tmp_path: Path) -> None:
    plates = _lay(tmp_path, full=False).plates()
    codes = [found.code for found in judge_plates(plates, load_printer("kdp"), "colour")]
    assert "I006" not in codes
