"""What a PDF says of a face besides its outlines: name, box, heights, slope."""

from __future__ import annotations

import struct
from functools import lru_cache

import uharfbuzz as hb
from msgspec import Struct

from bookforge.fonts.data import open_font
from bookforge.fonts.face import FaceKey
from bookforge.fonts.files import REGULAR

_POSTSCRIPT_NAME = 6


class Metrics(Struct, frozen=True):
    """A face in thousandths of an em; `angle` in degrees, negative for italics; `weight` 100-900.

    `box` is left, bottom, right, top of all glyphs laid over each other.
    """

    name: str
    weight: float
    angle: float
    fixed: bool
    ascent: float
    descent: float
    capital: float
    box: tuple[float, float, float, float]


@lru_cache(maxsize=32)
def measure_face(key: FaceKey) -> Metrics:
    """Read the metrics of a face at its pinned axes."""
    font = open_font(key)
    face = font.face
    extents = font.get_font_extents("ltr")
    angle, fixed = _read_post(face)
    weight, capital = _read_os2(face)
    scale = 1000 / face.upem
    return Metrics(
        name=_name(face, key),
        weight=dict(key.axes).get("wght", weight),
        angle=angle,
        fixed=fixed,
        ascent=extents.ascender * scale,
        descent=extents.descender * scale,
        capital=(capital or extents.ascender) * scale,
        box=_read_box(face, scale),
    )


def advance(font: hb.Font, glyph: int) -> float:
    """The width of a glyph in thousandths of an em."""
    return float(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem)


def _name(face: hb.Face, key: FaceKey) -> str:
    """The PostScript name, which tells a variable font's weights apart."""
    stored = face.get_name(hb.OTNameIdPredefined(_POSTSCRIPT_NAME)) or "Font"
    name = "".join(
        letter for letter in stored if (letter.isascii() and letter.isalnum()) or letter == "-"
    )
    weight = dict(key.axes).get("wght", REGULAR)
    return name if weight == REGULAR else f"{name}-{weight:.0f}"


def _read_post(face: hb.Face) -> tuple[float, bool]:
    table = face.reference_table("post").data
    if len(table) < 16:
        return 0.0, False
    angle, fixed = struct.unpack(">l", table[4:8])[0], struct.unpack(">L", table[12:16])[0]
    return angle / 65536, bool(fixed)


def _read_os2(face: hb.Face) -> tuple[float, int]:
    """Weight, and height of capitals (0 when the table is too old to hold it)."""
    table = face.reference_table("OS/2").data
    if len(table) < 6:
        return REGULAR, 0
    weight = struct.unpack(">H", table[4:6])[0]
    capital = struct.unpack(">h", table[88:90])[0] if len(table) >= 90 else 0
    return float(weight), capital


def _read_box(face: hb.Face, scale: float) -> tuple[float, float, float, float]:
    table = face.reference_table("head").data
    left, bottom, right, top = struct.unpack(">4h", table[36:44])
    return left * scale, bottom * scale, right * scale, top * scale
