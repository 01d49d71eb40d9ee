"""What is drawn on a cover, as plain values, painted into a PDF or a picture elsewhere.

Measures are points; the origin is the top left corner of the panel and y grows downwards.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from msgspec import Struct

from bookforge.fonts.face import FaceKey

# Red, green and blue, 0 to 255.
Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


class Box(NamedTuple):
    """A rectangle: left and top edge, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, by: float) -> Box:
        """The same rectangle, smaller by so much on every side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def moved(self, x: float, y: float) -> Box:
        return self._replace(x=self.x + x, y=self.y + y)


class Fill(Struct, frozen=True):
    """A rectangle full of colour."""

    box: Box
    colour: Colour


class Outline(Struct, frozen=True):
    """The edge of a rectangle, `thickness` wide and inside it."""

    box: Box
    thickness: float
    colour: Colour


class Curve(Struct, frozen=True):
    """A closed line through points."""

    points: tuple[Point, ...]
    thickness: float
    colour: Colour


class Glyph(NamedTuple):
    """A glyph with the letter it stands for; `advance` (kerned) and `natural` in 1/1000 em."""

    id: int
    text: str
    advance: float
    natural: float


class Line(Struct, frozen=True):
    """Letters on a baseline that begins at (x, y); `tracking` in points after each letter."""

    x: float
    y: float
    size: float
    face: FaceKey
    glyphs: tuple[Glyph, ...]
    colour: Colour
    tracking: float = 0.0


class Art(Struct, frozen=True):
    """A picture file that fills a box; what is over at two sides is cut off."""

    path: str
    box: Box
    width: int
    height: int

    @property
    def drawn(self) -> Box:
        """Where the whole picture would lie."""
        scale = max(self.box.width / self.width, self.box.height / self.height)
        width, height = self.width * scale, self.height * scale
        left = self.box.x - (width - self.box.width) / 2
        return Box(left, self.box.y - (height - self.box.height) / 2, width, height)

    @property
    def resolution(self) -> float:
        """Pixels to the inch as it is printed."""
        return self.width / self.drawn.width * 72.0


Shape: TypeAlias = Fill | Outline | Curve | Line | Art


class Panel(Struct, frozen=True):
    """A part of the wrap: where its own origin lies on the sheet, and how it is turned.

    `turn` is 0, or 90 for a quarter clockwise (the head of the letters to the right), or -90.
    """

    x: float
    y: float
    shapes: tuple[Shape, ...]
    turn: int = 0


class Sheet(Struct, frozen=True):
    """A cover ready to be painted: its size with bleed, the box it is cut to, its panels."""

    width: float
    height: float
    trim: Box
    panels: tuple[Panel, ...]
