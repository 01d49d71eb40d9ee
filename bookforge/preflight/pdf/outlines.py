"""Where the ink of glyphs is, from the font programs inside a PDF.

TrueType and OpenType are measured by HarfBuzz, bare CFF by fontTools; of other programs (Type 1,
Type 3) the advance and the heights that the file gives must do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from typing import Any, Protocol

import uharfbuzz as hb

from bookforge.preflight.pdf.plane import NOWHERE, Box


class Outlines(Protocol):
    """Glyph boxes in thousandths of an em."""

    def by_number(self, glyph: int) -> Box | None:
        """`NOWHERE` for a blank glyph, None for one that cannot be measured."""

    def by_character(self, text: int) -> int | None:
        """The glyph of a code point, None when there is none."""

    def by_name(self, name: str) -> int | None:
        """The glyph of that name."""

    def by_cid(self, cid: int) -> int | None:
        """The glyph of a character of a CID font."""


class Sfnt:
    """A TrueType or OpenType program."""

    def __init__(self, data: bytes) -> None:
        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._scale = 1000 / (self._face.upem or 1000)
        self._count = self._face.glyph_count

    def by_number(self, glyph: int) -> Box | None:
        if not 0 <= glyph < self._count:
            return None
        found = self._font.get_glyph_extents(glyph)
        if found is None:
            return None
        if not found.width and not found.height:
            return NOWHERE
        left, top = found.x_bearing * self._scale, found.y_bearing * self._scale
        return Box(left, top + found.height * self._scale, left + found.width * self._scale, top)

    def by_character(self, text: int) -> int | None:
        # Symbol fonts have their letters in the private use area.
        for code in (text, 0xF000 + text):
            glyph = self._font.get_nominal_glyph(code)
            if glyph:
                return int(glyph)
        return None

    def by_name(self, name: str) -> int | None:
        glyph = self._font.get_glyph_from_name(name)
        return int(glyph) if glyph else None

    def by_cid(self, cid: int) -> int | None:
        return cid


class Compact:
    """A bare CFF program (Type1C, CIDFontType0C)."""

    def __init__(self, data: bytes) -> None:
        from fontTools.cffLib import CFFFontSet

        fonts: Any = CFFFontSet()
        fonts.decompile(BytesIO(data), None)
        self._top = fonts[0]
        self._names: list[str] = list(self._top.charset)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {name: number for number, name in enumerate(self._names)}

    def by_number(self, glyph: int) -> Box | None:
        from fontTools.pens.boundsPen import BoundsPen

        if not 0 <= glyph < len(self._names):
            return None
        pen = BoundsPen(None)
        self._top.CharStrings[self._names[glyph]].draw(pen)
        scale = 1000 * self._top.FontMatrix[0] if hasattr(self._top, "FontMatrix") else 1.0
        return Box(*(edge * scale for edge in pen.bounds)) if pen.bounds else NOWHERE

    def by_character(self, text: int) -> int | None:
        """By the program's own encoding."""
        encoding = getattr(self._top, "Encoding", None)
        if not isinstance(encoding, list) or not 0 <= text < len(encoding):
            return None
        return self.by_name(encoding[text])

    def by_name(self, name: str) -> int | None:
        return self._numbers.get(name)

    def by_cid(self, cid: int) -> int | None:
        if not hasattr(self._top, "ROS"):
            return cid
        return self._numbers.get(f"cid{cid:05d}")


def open_outlines(data: bytes, compact: bool) -> Outlines | None:
    """The outlines of a font program; None when nothing can be made of it."""
    try:
        outlines: Outlines = Compact(data) if compact else Sfnt(data)
        return outlines if outlines.by_number(0) is not None else None
    except Exception:  # Damaged programs make fontTools raise whatever occurs to them.
        return None
