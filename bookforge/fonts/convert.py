"""CFF outlines made TrueType, because PDF's Identity-H fonts are embedded as TrueType here."""

from __future__ import annotations

from io import BytesIO

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

# Largest distance between the cubic curve and its quadratic stand-in, in em. At 11 pt this is a
# hundredth of a point, finer than any printer's dot.
_TOLERANCE = 0.001


def convert_outlines(data: bytes) -> bytes:
    """A CFF font as a TrueType font with the same glyph numbers and widths."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    order = font.getGlyphOrder()
    glyphs = _draw(font, order)
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = glyphs
    _set_bearings(font)
    _set_maxima(font)
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\0\1\0\0"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _draw(font: TTFont, order: list[str]) -> dict[str, object]:
    glyph_set = font.getGlyphSet()
    tolerance = _TOLERANCE * font["head"].unitsPerEm
    glyphs: dict[str, object] = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        # TrueType outlines run the other way round.
        glyph_set[name].draw(Cu2QuPen(pen, tolerance, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def _set_bearings(font: TTFont) -> None:
    """Left side bearings as the new outlines have them."""
    glyf, metrics = font["glyf"], font["hmtx"]
    for name, (advance, _) in list(metrics.metrics.items()):
        glyph = glyf[name]
        glyph.recalcBounds(glyf)
        metrics[name] = (advance, getattr(glyph, "xMin", 0))


def _set_maxima(font: TTFont) -> None:
    """A `maxp` table of version 1; fontTools counts points and contours itself on saving."""
    maxima = font["maxp"]
    maxima.tableVersion = 0x00010000
    for name in (
        *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs"),
        *("maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"),
        *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"),
        *("maxComponentElements", "maxComponentDepth"),
    ):
        setattr(maxima, name, 1 if name == "maxZones" else 0)
