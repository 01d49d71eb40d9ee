"""Bar codes: read by other people's program, drawn in black on white with quiet zones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bookforge.cover.barcode import Code, draw_barcode, encode, encode_addon, read_price
from bookforge.cover.raster import draw_picture
from bookforge.cover.shapes import BLACK, WHITE, Box, Fill, Shape
from bookforge.fonts.find import find_family

FACE = find_family("EB Garamond", Path()).regular
ROOM = Box(9, 9, 144, 86.4)
SCALE = 8.0


def _draw(code: Code) -> list[Shape]:
    return [*draw_barcode(code, ROOM, FACE)]


def _picture(code: Code) -> Image.Image:
    return draw_picture(_draw(code), (90, 20, 40), (1300, 850), SCALE)


def _check_digit(twelve: str) -> str:
    weighted = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
    return str(-weighted % 10)


@given(st.from_regex(r"97[89]\d{9}", fullmatch=True))
def test_every_isbn_is_ninety_five_modules(twelve: str) -> None:
    modules = encode(twelve + _check_digit(twelve))
    assert len(modules) == 95
    assert (modules[:3], modules[45:50], modules[-3:]) == ("101", "01010", "101")
    # Left halves of even parity digits differ, right ones never: parity says the first digit.
    assert all(modules[50 + 7 * n : 57 + 7 * n].count("1") % 2 == 0 for n in range(6))


@given(st.from_regex(r"\d{5}", fullmatch=True))
def test_every_price_is_forty_seven_modules(digits: str) -> None:
    modules = encode_addon(digits)
    assert len(modules) == 47
    assert modules.startswith("1011")


@pytest.mark.parametrize(("isbn", "price"), [("9780306406157", "51499"), ("9791034304479", "")])
def test_a_reader_of_bar_codes_reads_it(isbn: str, price: str) -> None:
    reader = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    added = reader.EanAddOnSymbol.Require if price else reader.EanAddOnSymbol.Ignore
    [seen] = reader.read_barcodes(_picture(Code(isbn, price, isbn)), ean_add_on_symbol=added)
    assert seen.text == isbn + price


@pytest.mark.parametrize("price", ["", "51499"])
def test_quiet_zones_are_white_and_bars_black(price: str) -> None:
    shapes = _draw(Code("9780306406157", price, "978-0-306-40615-7"))
    fills = [shape for shape in shapes if isinstance(shape, Fill)]
    box, *bars = fills
    assert (box.box, box.colour) == (ROOM, WHITE)
    assert {bar.colour for bar in bars} == {BLACK}
    module = min(bar.box.width for bar in bars)
    assert module >= 0.8 * 0.33 * 72 / 25.4 - 1e-9
    left, right = min(bar.box.x for bar in bars), max(bar.box.right for bar in bars)
    assert left - ROOM.x >= 11 * module - 1e-6
    assert ROOM.right - right >= (5 if price else 7) * module - 1e-6
    assert all(ROOM.y < bar.box.y and bar.box.bottom < ROOM.bottom for bar in bars)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("$14.99", "51499"),
        ("USD 9.50", "50950"),
        ("9.50 USD", "50950"),
        ("£8.99", "00899"),
        ("C$17", "61700"),
        ("90000", "90000"),
        ("€12.00", None),
        ("$120", None),
        ("cheap", None),
        ("14.99", None),
    ],
)
def test_prices(text: str, digits: str | None) -> None:
    assert read_price(text) == digits
