"""Lines of letters for covers: measured, fitted, broken evenly.

In: text and a face. Out: `Line`s. Letters are placed by HarfBuzz for the kerning and without
ligatures, so that a picture, which is drawn letter by letter, looks like the print.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from bookforge.cover.shapes import Colour, Glyph, Line
from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.fonts.coverage import missing
from bookforge.fonts.data import open_font
from bookforge.fonts.face import FaceKey
from bookforge.fonts.metrics import advance

LEADING = 1.16
ELLIPSIS = "…"
_PLAIN = {"liga": False, "clig": False, "dlig": False}


class Hand(NamedTuple):
    """How letters are written: face, size and tracking in points, colour, place of the lines.

    `align`: lines begin at x, stand centred around it, or end there.
    """

    face: FaceKey
    size: float
    colour: Colour
    tracking: float = 0.0
    align: str = "centre"

    def measure(self, text: str) -> float:
        """The width of a line in points."""
        glyphs = shape(self.face, text)
        spaced = self.tracking * max(0, len(glyphs) - 1)
        return sum(glyph.advance for glyph in glyphs) * self.size / 1000.0 + spaced

    def write(self, text: str, x: float, y: float) -> Line:
        """The line with its baseline at y."""
        width = self.measure(text)
        left = {"left": x, "centre": x - width / 2, "right": x - width}[self.align]
        glyphs = shape(self.face, text)
        return Line(left, y, self.size, self.face, glyphs, self.colour, self.tracking)

    def shrunk(self, text: str, measure: float) -> Hand:
        """The same hand, smaller where the line would be too wide: names are never cut."""
        width = self.measure(text)
        if width <= measure:
            return self
        share = measure / width
        return self._replace(size=self.size * share, tracking=self.tracking * share)


@lru_cache(maxsize=1024)
def shape(face: FaceKey, text: str) -> tuple[Glyph, ...]:
    """The glyphs of a line, kerned, without ligatures."""
    if not text:
        return ()
    font = open_font(face)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, _PLAIN)
    em = font.face.upem
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    glyphs = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        first = info.cluster not in seen
        seen.add(info.cluster)
        stands = text[info.cluster : ends[info.cluster]] if first else ""
        natural = advance(font, info.codepoint)
        glyphs.append(Glyph(info.codepoint, stands, place.x_advance * 1000 / em, natural))
    return tuple(glyphs)


def legible(text: str, face: FaceKey, report: Report) -> str:
    """The text if the face has all its letters; else nothing, which is reported (E014)."""
    lost = missing(face, text)
    if not lost:
        return text
    message = f"the drawn cover leaves out “{text[:60]}”: its font has no {lost[:20]}"
    hint = Hint("give the cover as a picture: [book] cover-image")
    report(Diagnostic("E014", Severity.WARNING, message, hints=(hint,)))
    return ""


def fit_lines(
    text: str, hand: Hand, measure: float, sizes: Sequence[tuple[float, int]]
) -> tuple[Hand, list[str]]:
    """The text in the largest of the sizes that holds it; `sizes` come with the most lines."""
    for size, most in sizes[:-1]:
        tried = hand._replace(size=size)
        if lines := _try_lines(text, tried, measure, most):
            return tried, lines
    size, most = sizes[-1]
    last = hand._replace(size=size)
    return last, break_lines(text, last, measure, most)


def break_lines(text: str, hand: Hand, measure: float, most: int) -> list[str]:
    """Words in lines of even width, `most` at most; what is over ends in an ellipsis."""
    return _try_lines(text, hand, measure, most) or _cut(text, hand, measure, most)


def fill_lines(text: str, hand: Hand, measure: float) -> list[str]:
    """Words in as many lines as they need, each as full as it goes."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and hand.measure(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _try_lines(text: str, hand: Hand, measure: float, most: int) -> list[str]:
    """Lines that hold the whole text, none when it does not go."""
    for count in range(1, most + 1):
        lines = _balance(text, hand, measure, count)
        if len(lines) <= count and all(hand.measure(line) <= measure for line in lines):
            return lines
    return []


def _balance(text: str, hand: Hand, measure: float, count: int) -> list[str]:
    """At most `count` lines no wider than needed."""
    target = min(measure, hand.measure(text) / count * 1.06)
    for _ in range(8):
        lines = fill_lines(text, hand, target)
        if len(lines) <= count:
            return lines
        target = min(measure, target * 1.08)
    return fill_lines(text, hand, measure)


def _cut(text: str, hand: Hand, measure: float, most: int) -> list[str]:
    """As many lines as there may be, the last ending in an ellipsis."""
    filled = fill_lines(text, hand, measure)
    lines = filled[:most]
    if len(filled) > most:
        while lines[-1] and hand.measure(lines[-1] + ELLIPSIS) > measure:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip() + ELLIPSIS
    return lines
