"""Signs in place of letters and digits, only where `symbols = true`: × between numbers, ½ for 1/2.

Only where nothing else can be meant: no dates (1/2), paths, scores, codes or hexadecimal numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookforge.model.edits import Edit
from bookforge.regex import regex

GLYPHS = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖",
    "3/5": "⅗", "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip
_MEASURE = (
    r"(?:inch|inches|in|foot|feet|ft|yards?|yd|miles?|mi|cups?|teaspoons?|tsp|tablespoons?|tbsp"
    r"|ounces?|oz|pounds?|lbs?|pints?|quarts?|gallons?|acres?|hours?|minutes?|seconds?|days?"
    r"|weeks?|months?|years?|dozen|percent|points?|mm|cm|m|km|g|kg|ml|l)"
)
# The second number of "3 x 4" may have its measure; 0x1F and a code's x stand without.
_TIMES = regex(
    r"(?<![\w.,/-])(?!0[xX])\d[\d,]*(?:\.\d+)?"
    rf"(?:[\"'″′”’]|\s?{_MEASURE}\b|[½¼¾⅓⅔⅛⅜⅝⅞])?"
    r"(?P<gap>[ \u00a0]?)(?P<x>[xX])(?P=gap)(?=\d[\d,]*(?:\.\d+)?(?![\w/-]*[A-Za-z]{3}|\w*\d*-\d))"
)
_FRACTION = regex(r"(?<![\w/.,:–-])(?P<whole>\d+[ \u00a0-])?(?P<part>\d/\d)(?![\w/]|[.,:]\d|-\d)")
# What shows that 1/2 is a half: a measure, "of", "a" or "%" behind it, or a joined measure.
_AMOUNT = regex(rf"[ \u00a0-]{_MEASURE}\b|[ \u00a0](?:of|an?|the way)\b|[%\"″']")
_BEFORE_DAY = regex(r"\b(?:on|since|until|till|by|before|after|dated?|from)[ \u00a0]$")


def find_symbols(text: str) -> Iterator[Edit]:
    """Edits that put signs in place of x and of fractions."""
    if "/" in text:
        for found in _FRACTION.finditer(text):
            glyph = GLYPHS.get(found["part"])
            if glyph and _is_amount(text, found):
                # The space of "5 1/2" goes: 5½.
                start = found.end("whole") - 1 if found["whole"] else found.start("part")
                yield Edit(start, found.end("part"), glyph, "fraction")
    for found in _TIMES.finditer(text):
        yield Edit(found.start("x"), found.end("x"), "×", "times sign")


def _is_amount(text: str, found: re.Match[str]) -> bool:
    if found["whole"]:
        return True
    if _BEFORE_DAY.search(text, max(0, found.start() - 8), found.start()):
        return False
    return bool(_AMOUNT.match(text, found.end()))
