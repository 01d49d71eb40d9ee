"""`symbols = true`: signs for x and fractions, only where nothing else can be meant."""

from __future__ import annotations

import pytest

from bookforge.passes.typography.filter import Options, typogrify_text
from bookforge.passes.typography.straighten import straighten


def set_text(text: str) -> str:
    return typogrify_text(text, Options(symbols=True)).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a 3 x 4 grid", "a 3 × 4 grid"),
        ("a 10x15 print", "a 10×15 print"),
        ("6 ft x 4 ft", "6 ft × 4 ft"),
        ("It was 2 x 3 x 4.", "It was 2 × 3 × 4."),
        ("1/2 cup of milk, 3/4 of it, 2/3 the way", "½ cup of milk, ¾ of it, ⅔ the way"),
        ("5 1/2 miles in 1 3/4 hours", "5½ miles in 1¾ hours"),
        ("a 1/2-inch nail, 7/8-inch", "a ½-inch nail, ⅞-inch"),
        ("He is 6-1/2 now", "He is 6½ now"),
    ],
)
def test_signs(typed: str, printed: str) -> None:
    assert set_text(typed) == printed
    assert set_text(printed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "We met on 1/2 and left on 3/4.",
        "We met on 1/2/2019 at a/1/2/b.",
        "See /var/1/2 and http://a.b/1/2 and 1/2/3.",
        "Version 1/2.3 of 0x10 and 0X1F.",
        "Call 555-1/2-3, part 3x4b-77, model X3x4.",
        "The bus 24/7, 9/11, 1/7 and 1/2 as they say.",
        "4 x the fun, 3 xylophones, extra x 2 letters.",
    ],
)
def test_what_stays(text: str) -> None:
    assert set_text(text) == text


def test_without_the_setting_letters_and_digits_stay() -> None:
    text = "5 1/2 miles, 3 x 4, 10x15"
    assert straighten(typogrify_text(text).text) == text
