"""Fonts made for tests: three letters, with the permission and outlines asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

_NAMES = {"familyName": "Tiny", "styleName": "Regular", "psName": "Tiny-Regular"}
_LETTERS = {"space": " ", "a": "a", "b": "b"}


def make_font(path: Path, *, family: str = "Tiny", permission: int = 0, cff: bool = False) -> Path:
    """Write a font whose letters are curved boxes of different widths."""
    builder = FontBuilder(1000, isTTF=not cff)
    order = [".notdef", *_LETTERS]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(letter): name for name, letter in _LETTERS.items()})
    widths = {name: 300 + 100 * index for index, name in enumerate(order)}
    if cff:
        drawn = {name: _draw(T2CharStringPen(width, None)) for name, width in widths.items()}
        charstrings = {name: pen.getCharString() for name, pen in drawn.items()}
        builder.setupCFF("Tiny-Regular", {}, charstrings, {})
    else:
        builder.setupGlyf({name: _draw(TTGlyphPen(None)).glyph() for name in order})
    builder.setupHorizontalMetrics({name: (width, 100) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({**_NAMES, "familyName": family})
    builder.setupOS2(fsType=permission, usWeightClass=400, sxHeight=400, sCapHeight=600)
    builder.setupPost()
    builder.save(path)
    return path


def _draw(pen: T2CharStringPen | TTGlyphPen) -> Any:
    pen.moveTo((100, 0))
    pen.lineTo((100, 500))
    if isinstance(pen, T2CharStringPen):
        pen.curveTo((150, 600), (200, 600), (250, 500))
    else:
        pen.qCurveTo((175, 600), (250, 500))
    pen.lineTo((250, 0))
    pen.closePath()
    return pen
