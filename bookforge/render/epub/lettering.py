"""Lines of letters on a picture: fitted, broken evenly, kerned, centred.

In: text and a face. Out: ink. Letters are placed by HarfBuzz for the kerning: Pillow's own layout
varies with how it was built, and the same book must give the same bytes everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TypeAlias

import uharfbuzz as hb
from PIL import Image, ImageDraw, ImageFont

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.fonts.coverage import missing
from bookforge.fonts.data import open_font
from bookforge.fonts.face import FaceKey
from bookforge.fonts.subset import subset_text

Colour: TypeAlias = tuple[int, int, int]

# The widest line, in pixels: inside a cover's frame with air on both sides.
_MEASURE = 1066
# Sizes of a title in pixels, largest first, and the most lines at each.
_TITLE_SIZES = ((158, 2), (134, 3), (106, 4), (86, 6), (64, 8))
_LEADING = 1.16
ELLIPSIS = "…"


class Pen:
    """Writes centred lines in one face; sizes, places and tracking are in pixels."""

    def __init__(self, picture: Image.Image, key: FaceKey, context: Context) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._middle = picture.width // 2
        self._key = key
        self._context = context
        self._font = open_font(key)
        self._upem = int(self._font.face.upem)

    def write_title(self, title: str, top: int, colour: Colour) -> int:
        """The title in the largest size that holds it; gives the foot of its last line."""
        size, lines = self._fit(title)
        return self.write_lines(lines, size, top, colour)

    def write_lines(
        self, lines: Sequence[str], size: int, top: int, colour: Colour, tracking: int = 0
    ) -> int:
        """Lines one below the other, the first at `top`; gives the foot of the last."""
        for line in filter(None, lines):
            if lost := missing(self._key, line):
                self._context.report(_fault(line, lost))
                continue
            self._write(line, size, top + size, colour, tracking)
            top += round(size * _LEADING)
        return top

    def break_lines(self, text: str, size: int, most: int) -> list[str]:
        """Words in lines of even width, `most` at most; what is over ends in an ellipsis."""
        return self._try_lines(text, size, most) or self._cut(text, size, most)

    def measure(self, text: str, size: int, tracking: int = 0) -> float:
        """The width of a line in pixels."""
        return sum(self._shape(text)) * size / self._upem + tracking * max(0, len(text) - 1)

    def _fit(self, title: str) -> tuple[int, list[str]]:
        for size, most in _TITLE_SIZES[:-1]:
            lines = self._try_lines(title, size, most)
            if lines:
                return size, lines
        size, most = _TITLE_SIZES[-1]
        return size, self.break_lines(title, size, most)

    def _try_lines(self, text: str, size: int, most: int) -> list[str]:
        """Lines that hold the whole text, none when it does not go."""
        for count in range(1, most + 1):
            lines = self._balance(text, size, count)
            if len(lines) <= count and all(self.measure(line, size) <= _MEASURE for line in lines):
                return lines
        return []

    def _balance(self, text: str, size: int, count: int) -> list[str]:
        """At most `count` lines no wider than needed."""
        target = min(_MEASURE, self.measure(text, size) / count * 1.06)
        for _ in range(8):
            lines = self._fill(text, size, target)
            if len(lines) <= count:
                return lines
            target = min(_MEASURE, target * 1.08)
        return self._fill(text, size, _MEASURE)

    def _fill(self, text: str, size: int, width: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _cut(self, text: str, size: int, most: int) -> list[str]:
        """As many lines as there may be, the last ending in an ellipsis."""
        filled = self._fill(text, size, _MEASURE)
        lines = filled[:most]
        if len(filled) > most:
            while lines[-1] and self.measure(lines[-1] + ELLIPSIS, size) > _MEASURE:
                lines[-1] = lines[-1][:-1]
            lines[-1] = lines[-1].rstrip() + ELLIPSIS
        return lines

    def _shape(self, text: str) -> list[int]:
        """Advance of each character in font units, kerned, without ligatures."""
        if not text:
            return []
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"liga": False, "clig": False, "dlig": False})
        advances = [0] * len(text)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            advances[info.cluster] += place.x_advance
        return advances

    def _write(self, line: str, size: int, baseline: int, colour: Colour, tracking: int) -> None:
        width = self.measure(line, size, tracking)
        if width > _MEASURE:
            # Long names: smaller, never cut.
            size = max(12, int(size * _MEASURE / width))
            tracking = int(tracking * _MEASURE / width)
            width = self.measure(line, size, tracking)
        # Only the line's letters: pinning a whole variable face takes ten times as long.
        letters = io.BytesIO(subset_text(self._key, line, ()))
        font = ImageFont.truetype(letters, size, layout_engine=ImageFont.Layout.BASIC)
        x = self._middle - width / 2
        for letter, advance in zip(line, self._shape(line), strict=True):
            self._draw.text((x, baseline), letter, fill=colour, font=font, anchor="ls")
            x += advance * size / self._upem + tracking


def _fault(line: str, lost: str) -> Diagnostic:
    message = f"the drawn cover leaves out “{line[:60]}”: its font has no {lost[:20]}"
    hint = Hint("give the cover as a picture: [book] cover-image")
    return Diagnostic("E014", Severity.WARNING, message, hints=(hint,))
