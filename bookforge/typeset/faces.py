"""Faces that can be measured, and founts: a face at a size with features.

In: a `FaceKey`. Out: a `Face` (HarfBuzz font with its metrics in 1/1000 em).
"""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb
from msgspec import Struct

from bookforge.fonts.coverage import characters
from bookforge.fonts.face import FaceKey
from bookforge.fonts.files import FontFile
from bookforge.fonts.system import all_package_files, system_files

# Features by what a setting asks for (OpenType feature tags).
OLD_STYLE = ("onum",)
SMALL_CAPS = ("smcp", "onum")
ALL_SMALL_CAPS = ("smcp", "c2sc", "onum")
SUPERIOR = ("sups",)


class Fount(Struct, frozen=True):
    """A face at a size in points, with features and tracking (1/1000 em) for one language."""

    face: FaceKey
    size: float
    features: tuple[str, ...] = OLD_STYLE
    language: str = "en"
    tracking: float = 0.0
    rise: float = 0.0  # points above the baseline
    upper: bool = False  # every letter as its capital
    leftward: bool = False  # shaped from right to left


class Face:
    """A face that shapes and measures; all figures in 1/1000 em."""

    def __init__(self, key: FaceKey) -> None:
        self.key = key
        source = hb.Face(hb.Blob.from_file_path(key.path), key.index)
        self.font = hb.Font(source)
        if key.axes:
            self.font.set_variations(dict(key.axes))
        self.unit = 1000.0 / source.upem
        self.advances = Advances(self)
        self.numbers = Numbers()
        extents = self.font.get_font_extents("ltr")
        self.ascender = extents.ascender * self.unit
        self.descender = -extents.descender * self.unit
        self.cap_height = self._height("H", 650.0)
        self.x_height = self._height("x", 430.0)

    def advance(self, glyph: int) -> float:
        """The face's own advance of a glyph."""
        return self.advances[glyph]

    def scale(self, units: float) -> float:
        """Font units to 1/1000 em; whole numbers stay whole."""
        return units if self.unit == 1.0 else round(units * self.unit, 3)

    def ink(self, character: str) -> tuple[float, float, float]:
        """Left edge, right edge and top of a character's outline."""
        glyph = self.font.get_nominal_glyph(ord(character)) or 0
        box = self.font.get_glyph_extents(glyph)
        if box is None:
            return 0.0, self.advance(glyph), 0.0
        left = box.x_bearing * self.unit
        return left, left + box.width * self.unit, box.y_bearing * self.unit

    def depth(self, character: str) -> float:
        """How far a character's outline goes below the baseline."""
        glyph = self.font.get_nominal_glyph(ord(character)) or 0
        box = self.font.get_glyph_extents(glyph)
        return 0.0 if box is None else max(0.0, -(box.y_bearing + box.height) * self.unit)

    def has(self, feature: str, letter: str) -> bool:
        """Whether a feature gives a letter another glyph."""
        found = []
        for wanted in (False, True):
            buffer = hb.Buffer()
            buffer.add_str(letter)
            buffer.guess_segment_properties()
            hb.shape(self.font, buffer, {feature: wanted})
            found.append(buffer.glyph_infos[0].codepoint)
        return bool(found[0] != found[1])

    def _height(self, letter: str, usual: float) -> float:
        top = self.ink(letter)[2]
        return top if top > 0 else usual


class Advances(dict[int, float]):
    """The advances of a face by glyph, measured when they are first asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, glyph: int) -> float:
        face = self._face
        advance = self[glyph] = face.scale(face.font.get_glyph_h_advance(glyph))
        return advance


class Numbers(dict[int, int]):
    """One object for each number in use: half the memory of a long book's words."""

    def __missing__(self, number: int) -> int:
        self[number] = number
        return number


@lru_cache(maxsize=64)
def open_face(key: FaceKey) -> Face:
    """The face of a key; opened once."""
    return Face(key)


def find_fallback(character: str) -> FaceKey | None:
    """A face that has a character the book's own family lacks: installed packages, then system."""
    for file in _stand_ins():
        key = FaceKey(file.path, file.index, tuple((a.tag, a.default) for a in file.axes))
        if ord(character) in characters(key):
            return key
    return None


@lru_cache(maxsize=1)
def _stand_ins() -> tuple[FontFile, ...]:
    """Upright faces of text weight that may be embedded, serifs first, in a fixed order."""
    files = [
        file
        for file in (*all_package_files(), *system_files())
        if file.embeddable and not file.italic and 300 <= file.weight <= 500
    ]
    return tuple(sorted(files, key=lambda file: ("Serif" not in file.family, file.path)))
