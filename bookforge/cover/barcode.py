"""The bar code of an ISBN: EAN-13, with the five-digit add-on for the price.

GS1 General Specifications, 5.2 (EAN-13) and 5.2.2.7 (add-on); the first digit of the add-on is the
currency by the book trade's agreement (BISG, "Machine-Readable Coding Guidelines": 5 US dollars,
6 Canadian dollars, 0 pounds sterling; 90000 is no price).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bookforge.cover.letters import Hand
from bookforge.cover.shapes import BLACK, WHITE, Box, Fill, Shape
from bookforge.fonts.face import FaceKey
from bookforge.regex import regex

_L = [
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
]
_G = [
    "0100111",
    "0110011",
    "0011011",
    "0100001",
    "0011101",
    "0111001",
    "0000101",
    "0010001",
    "0001001",
    "0010111",
]
_R = [
    "1110010",
    "1100110",
    "1101100",
    "1000010",
    "1011100",
    "1001110",
    "1010000",
    "1000100",
    "1001000",
    "1110100",
]
# Which digits of the left half are of set G, by the first digit.
_FIRST = [
    "LLLLLL",
    "LLGLGG",
    "LLGGLG",
    "LLGGGL",
    "LGLLGG",
    "LGGLLG",
    "LGGGLL",
    "LGLGLG",
    "LGLGGL",
    "LGGLGL",
]
# The same for the add-on, by its check digit.
_ADDED = ["GGLLL", "GLGLL", "GLLGL", "GLLLG", "LGGLL", "LLGGL", "LLLGG", "LGLGL", "LGLLG", "LLGLG"]
# Nominal width of a module, points (0.33 mm); at least four fifths of it print well.
_MODULE = 0.33 * 72 / 25.4
_LEAST = 0.8
# Quiet zones in modules: left, between code and add-on, right of either.
_LEFT, _BETWEEN, _RIGHT, _ADDED_RIGHT = 11, 9, 7, 5
_WIDTH, _ADDED_WIDTH = 95, 47
# Bars that guard the halves go deeper by five modules, digits stand in that room.
_GUARD = 5
_CURRENCIES = {"$": "5", "US$": "5", "USD": "5", "C$": "6", "CA$": "6", "CAD": "6", "£": "0"}
_CURRENCIES |= {"GBP": "0", "A$": "3", "AU$": "3", "AUD": "3", "NZ$": "4", "NZD": "4"}
_PRICE = regex(r"([A-Z]{0,3}[$£]|[A-Z]{3})?\s*(\d{1,3})(?:[.,](\d{2}))?\s*([A-Z]{3})?")


class Code(NamedTuple):
    """What is in the bars: thirteen digits, and five for the price or none. `isbn` is printed
    above as the writer wrote it."""

    digits: str
    addon: str = ""
    isbn: str = ""

    @property
    def modules(self) -> int:
        """The whole width with quiet zones."""
        added = _BETWEEN + _ADDED_WIDTH + _ADDED_RIGHT if self.addon else _RIGHT
        return _LEFT + _WIDTH + added


def read_price(text: str) -> str | None:
    """The five digits of a price: "$14.99" is 51499; five digits are taken as they are.

    None when it cannot be told: an unknown currency, or a price of a hundred or more.
    """
    text = text.strip()
    if re.fullmatch(r"\d{5}", text):
        return text
    found = _PRICE.fullmatch(text)
    currency = _CURRENCIES.get((found[1] or found[4] or "") if found else "")
    if found is None or currency is None:
        return None
    amount = int(found[2]) * 100 + int(found[3] or 0)
    return f"{currency}{amount:04d}" if amount < 10_000 else None


def draw_barcode(code: Code, box: Box, face: FaceKey) -> Iterator[Shape]:
    """The bars on white in the middle of a box, in black alone."""
    module = min(_MODULE, box.width / code.modules)
    module = max(module, _LEAST * _MODULE)
    yield Fill(box, WHITE)
    size = 8.5 * module
    head = size * 1.1
    height = min(box.height - 2.2 * head - 4 * module, 69 * module)
    left = box.x + (box.width - code.modules * module) / 2 + _LEFT * module
    top = box.y + (box.height - height - head - _GUARD * module) / 2 + head
    hand = Hand(face, size, BLACK)
    middle = left + _WIDTH * module / 2
    yield hand._replace(size=size * 0.86).write(f"ISBN {code.isbn}", middle, top - 0.45 * size)
    yield from _draw_code(code.digits, Box(left, top, module, height), hand)
    if code.addon:
        start = left + (_WIDTH + _BETWEEN) * module
        yield from _draw_addon(code.addon, Box(start, top, module, height), hand)


def _draw_code(digits: str, unit: Box, hand: Hand) -> Iterator[Shape]:
    """`unit`: where the first module stands, its width, and the height of the bars."""
    deep = {*range(3), *range(45, 50), *range(92, 95)}
    for place, on in enumerate(encode(digits)):
        if on == "1":
            longer = _GUARD * unit.width if place in deep else 0.0
            x = unit.x + place * unit.width
            yield Fill(Box(x, unit.y, unit.width, unit.height + longer), BLACK)
    foot = unit.bottom + hand.size * 0.82
    yield hand.write(digits[0], unit.x - 6 * unit.width, foot)
    for number, digit in enumerate(digits[1:]):
        start = 3 + 7 * number + (5 if number > 5 else 0)
        yield hand.write(digit, unit.x + (start + 3.5) * unit.width, foot)


def _draw_addon(digits: str, unit: Box, hand: Hand) -> Iterator[Shape]:
    """The shorter bars beside the code, with their digits above."""
    drop = hand.size
    for place, on in enumerate(encode_addon(digits)):
        if on == "1":
            bar = Box(unit.x + place * unit.width, unit.y + drop, unit.width, unit.height - drop)
            yield Fill(bar._replace(height=bar.height + _GUARD * unit.width), BLACK)
    for number, digit in enumerate(digits):
        centre = unit.x + (4 + 9 * number + 3.5) * unit.width
        yield hand.write(digit, centre, unit.y + drop * 0.8)


def encode(digits: str) -> str:
    """The 95 modules of an EAN-13, "1" for a bar."""
    sets = {"L": _L, "G": _G}
    left = "".join(
        sets[kind][int(digit)]
        for kind, digit in zip(_FIRST[int(digits[0])], digits[1:7], strict=True)
    )
    right = "".join(_R[int(digit)] for digit in digits[7:])
    return f"101{left}01010{right}101"


def encode_addon(digits: str) -> str:
    """The 47 modules of a five-digit add-on."""
    values = [int(digit) for digit in digits]
    check = (3 * sum(values[::2]) + 9 * sum(values[1::2])) % 10
    sets = {"L": _L, "G": _G}
    parts = [sets[kind][value] for kind, value in zip(_ADDED[check], values, strict=True)]
    return "1011" + "01".join(parts)
