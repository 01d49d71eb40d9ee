"""The wrap: its measures follow pages, paper and printer; what does not fit is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from covers import ISBN, METADATA, make_brief
from msgspec.structs import replace
from PIL import Image

from bookforge.cover.shapes import Art, Box, Fill, Line, Panel, Sheet
from bookforge.cover.wrap import Wrap, plan_wrap
from bookforge.diagnostics import BookError, Diagnostic
from bookforge.languages.base import load_language
from bookforge.printers.load import load_printer

INCH = 72.0
KDP = {"printer": "kdp", "trim": "6x9"}


def _draw(folder: Path, **keys: object) -> tuple[Sheet, list[str]]:
    found: list[Diagnostic] = []
    sheet = Wrap(make_brief(folder, found, **keys)).draw()  # type: ignore[arg-type]
    return sheet, [one.code for one in found]


def _texts(panel: Panel) -> list[str]:
    lines = [shape for shape in panel.shapes if isinstance(shape, Line)]
    return ["".join(glyph.text for glyph in line.glyphs) for line in lines]


def _spine(sheet: Sheet) -> list[Panel]:
    return [panel for panel in sheet.panels if panel.turn]


def test_kdps_formula(tmp_path: Path) -> None:
    """2 x 6 + 320 x 0.0025 + 0.25 by 9 + 0.25 inches."""
    plan = plan_wrap(make_brief(tmp_path, [], printing=KDP).context, 320)
    assert (plan.width / INCH, plan.height / INCH) == pytest.approx((12 + 0.8 + 0.25, 9.25))
    assert plan.trim == pytest.approx(Box(9, 9, 12.8 * INCH, 9 * INCH))


@pytest.mark.parametrize(
    ("printing", "spine"),
    [
        (KDP, 320 * 0.0025),
        ({**KDP, "paper": "white"}, 320 * 0.002252),
        ({**KDP, "paper": "white", "ink": "premium-colour"}, 320 * 0.002347),
        ({"printer": "lulu", "trim": "6x9"}, 320 / 444 + 0.06),
    ],
)
def test_the_spine_follows_pages_and_paper(
    printing: dict[str, object], spine: float, tmp_path: Path
) -> None:
    plan = plan_wrap(make_brief(tmp_path, [], printing=printing).context, 320)
    assert plan.spine.width / INCH == pytest.approx(spine, abs=1e-4)


def test_the_printers_own_figure_wins(tmp_path: Path) -> None:
    brief = make_brief(tmp_path, [], printing=KDP, cover={"spine-width": "0.7in"})
    assert plan_wrap(brief.context, 320).spine.width == pytest.approx(0.7 * INCH)


def test_a_hardcover_is_folded_round_its_boards(tmp_path: Path) -> None:
    printing = {"printer": "kdp-hardcover", "trim": "6x9"}
    plan = plan_wrap(make_brief(tmp_path, [], printing=printing).context, 320)
    boards = 9 * INCH + 6 * 72 / 25.4
    assert plan.back.height == pytest.approx(boards)
    assert plan.height == pytest.approx(boards + 2 * 0.591 * INCH)
    sheet, _ = _draw(tmp_path, printing=printing)
    hinge = Box(plan.front.x, 0, plan.hinge, plan.height)
    for panel in sheet.panels:
        for shape in panel.shapes:
            if isinstance(shape, Line) and not panel.turn:
                assert not hinge.x <= panel.x + shape.x < hinge.right


def test_words_on_the_spine_from_the_printers_number_of_pages(tmp_path: Path) -> None:
    thick, none = _draw(tmp_path, printing=KDP, pages=80)
    thin, told = _draw(tmp_path, printing=KDP, pages=78)
    assert [_texts(panel) for panel in _spine(thick)] == [["Low Water", "ANN EXAMPLE"]]
    assert (_spine(thin), "O040" in told, "O040" in none) == ([], True, False)


def test_words_on_the_spine_keep_clear_of_its_edges(tmp_path: Path) -> None:
    for pages in (80, 200, 700):
        sheet, _ = _draw(tmp_path, printing=KDP, pages=pages)
        width, clear = pages * 0.0025 * INCH, 0.0625 * INCH
        for shape in _spine(sheet)[0].shapes:
            assert isinstance(shape, Line)
            assert shape.y - 0.68 * shape.size >= clear - 1
            assert shape.y + 0.25 * shape.size <= width - clear + 1


@pytest.mark.parametrize(("language", "turn"), [("en-US", 90), ("nl", 90), ("fr", -90)])
def test_spines_are_read_as_the_language_has_it(language: str, turn: int, tmp_path: Path) -> None:
    sheet, _ = _draw(tmp_path, metadata=replace(METADATA, language=language))
    assert [panel.turn for panel in _spine(sheet)] == [turn]


def test_a_book_from_right_to_left_has_its_front_on_the_left(tmp_path: Path) -> None:
    brief = make_brief(tmp_path, [], printing={"printer": "kdp-hardcover", "trim": "6x9"})
    plain = plan_wrap(brief.context, 320)
    turned = plan_wrap(replace(brief.context, language=load_language("ar")), 320)
    assert (turned.front, turned.back) == (plain.back, plain.front)
    assert turned.trim == plain.trim
    assert turned.flat(turned.front).x == turned.front.x
    assert plain.flat(plain.front).x == plain.front.x + plain.hinge


def test_words_of_ones_own_on_the_spine(tmp_path: Path) -> None:
    sheet, _ = _draw(tmp_path, cover={"spine-text": "Example · Low Water"})
    assert _texts(_spine(sheet)[0]) == ["Example · Low Water", ""]


def test_the_back_has_its_text_and_the_bar_code(tmp_path: Path) -> None:
    sheet, told = _draw(tmp_path, book={"isbn": {"print": ISBN}}, cover={"price": "$14.99"})
    words = " ".join(_texts(sheet.panels[-1]))
    assert "A tide goes out" in words
    assert f"ISBN {ISBN}" in words
    assert "5 1 4 9 9" in words
    assert "O042" not in told


@pytest.mark.parametrize("printer", ["kdp", "ingram", "lulu", "bn", "bookvault", "kdp-hardcover"])
def test_words_on_the_back_keep_clear_of_the_bar_codes_room(printer: str, tmp_path: Path) -> None:
    printing = {"printer": printer, "trim": "6x9"}
    sheet, told = _draw(tmp_path, printing=printing, blurb="word " * 900)
    room = load_printer(printer).cover.barcode
    top = sheet.trim.bottom - room.from_edge - room.height
    lines = [shape for shape in sheet.panels[-1].shapes if isinstance(shape, Line)]
    assert "O041" in told
    assert max(line.y for line in lines) < top


def test_a_long_text_is_told_and_shortened(tmp_path: Path) -> None:
    sheet, told = _draw(tmp_path, blurb="word " * 900)
    assert "O041" in told
    assert _texts(sheet.panels[-1])[-1].endswith("word…")


def test_a_price_that_no_bars_hold(tmp_path: Path) -> None:
    _, told = _draw(tmp_path, book={"isbn": {"print": ISBN}}, cover={"price": "€12"})
    assert "O042" in told


def test_a_picture_for_the_front_runs_off_three_edges(tmp_path: Path) -> None:
    Image.new("RGB", (2000, 3000), (20, 60, 90)).save(tmp_path / "front.png")
    sheet, told = _draw(tmp_path, book={"cover-image": "front.png"}, printing=KDP)
    [art] = [shape for panel in sheet.panels for shape in panel.shapes if isinstance(shape, Art)]
    assert (art.box.y, art.box.right, art.box.bottom) == (0, sheet.width, sheet.height)
    ground = sheet.panels[0].shapes[0]
    assert isinstance(ground, Fill) and ground.colour == (20, 60, 90)
    assert "O044" not in told


def test_a_small_picture_is_told(tmp_path: Path) -> None:
    Image.new("RGB", (800, 1200)).save(tmp_path / "front.png")
    _, told = _draw(tmp_path, book={"cover-image": "front.png"}, printing=KDP)
    assert "O044" in told


def test_a_picture_that_is_none_stops_the_cover(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(b"no picture")
    with pytest.raises(BookError, match="is no picture"):
        _draw(tmp_path, book={"cover-image": "front.png"})


def test_artwork_of_the_right_shape_is_taken_and_gets_its_bar_code(tmp_path: Path) -> None:
    brief = make_brief(tmp_path, [], printing=KDP)
    plan = plan_wrap(brief.context, 320)
    size = round(plan.width / INCH * 300), round(plan.height / INCH * 300)
    Image.new("L", size).save(tmp_path / "wrap.png")
    book = {"isbn": {"print": ISBN}}
    sheet, told = _draw(tmp_path, printing=KDP, cover={"artwork": "wrap.png"}, book=book)
    assert isinstance(sheet.panels[0].shapes[0], Art)
    assert any("ISBN" in text for text in _texts(sheet.panels[1]))
    assert not {"O043", "O044"} & {*told}


def test_artwork_made_for_another_number_of_pages_is_told(tmp_path: Path) -> None:
    Image.new("L", (3600, 2775)).save(tmp_path / "wrap.png")
    _, told = _draw(tmp_path, printing=KDP, cover={"artwork": "wrap.png"})
    assert "O043" in told


def test_the_authors_picture_stands_beside_the_bar_code(tmp_path: Path) -> None:
    Image.new("RGB", (400, 500)).save(tmp_path / "ann.jpg")
    sheet, _ = _draw(tmp_path, cover={"author-picture": "ann.jpg"})
    [art] = [shape for shape in sheet.panels[-1].shapes if isinstance(shape, Art)]
    assert art.box.bottom < sheet.trim.bottom
    assert "ANN EXAMPLE" in _texts(sheet.panels[-1])


@pytest.mark.parametrize("theme", ["classic", "modern", "romance", "thriller"])
def test_every_theme_has_a_cover(theme: str, tmp_path: Path) -> None:
    sheet, told = _draw(tmp_path, style={"theme": theme})
    words = " ".join(text for panel in sheet.panels for text in _texts(panel))
    assert "low water" in words.lower()
    assert not {"E014"} & {*told}
