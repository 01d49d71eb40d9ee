"""A typographic cover: author, rosette, title, publisher in a frame, in one of a few colourings.

In: metadata. Out: a picture of 1400 by 2240 pixels. The colouring and the rosette's figure come
from the book's words, so that each book has its own and keeps it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple
from unicodedata import category

from PIL import Image, ImageDraw

from bookforge.contracts import Context, Metadata
from bookforge.fonts.find import find_family
from bookforge.render.epub.lettering import ELLIPSIS, Colour, Pen
from bookforge.render.epub.markup import clean

_WIDTH, _HEIGHT = 1400, 2240
# Sizes and places of the lines, in pixels; the title's size is what fits.
_AUTHOR_SIZE, _AUTHOR_TOP, _AUTHOR_TRACKING = 56, 269, 9
_TITLE_TOP = 1236
_SUBTITLE_SIZE, _SUBTITLE_LEADING, _SUBTITLE_GAP = 63, 73, 54
_PUBLISHER_SIZE, _PUBLISHER_TOP, _PUBLISHER_TRACKING = 40, 2052, 8
_MOST_LINES = 3
# Title and subtitle end above this line.
_FOOT = 1917
_ROSETTE = (_WIDTH // 2, 788)
_FAMILY = "EB Garamond"
# Unicode categories of characters without shape.
_UNSEEN = frozenset({"Cc", "Cf", "Cn"})
# More is never read on a cover: letters of a text, and of a word.
_LONGEST_TEXT, _LONGEST_WORD = 400, 45


class Colouring(NamedTuple):
    """Ground, letters, and the frame and rosette."""

    ground: Colour
    letters: Colour
    gold: Colour


_COLOURINGS = (
    Colouring((27, 41, 60), (243, 236, 220), (201, 167, 103)),  # night blue
    Colouring((84, 24, 31), (246, 237, 222), (209, 172, 110)),  # oxblood
    Colouring((29, 56, 47), (241, 236, 219), (196, 166, 101)),  # bottle green
    Colouring((239, 231, 213), (38, 34, 31), (148, 45, 34)),  # cream, vermilion
    Colouring((52, 36, 58), (243, 235, 226), (200, 164, 121)),  # plum
    Colouring((36, 66, 74), (240, 236, 224), (211, 176, 116)),  # sea
    Colouring((222, 214, 198), (31, 45, 64), (150, 106, 48)),  # stone, ink
)


def draw_jacket(metadata: Metadata, context: Context) -> Image.Image:
    """The cover of a book that has no picture of its own."""
    seed = zlib.crc32("\n".join((metadata.title, *metadata.authors)).encode(errors="replace"))
    colours = _COLOURINGS[seed % len(_COLOURINGS)]
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), colours.ground)
    _draw_frame(ImageDraw.Draw(picture), colours.gold)
    _draw_rosette(picture, _ROSETTE, colours.gold, seed)
    family = find_family(_FAMILY, context.folder)
    upright = Pen(picture, family.regular, context)
    _write_authors(upright, metadata, colours.letters)
    bottom = upright.write_title(_shorten(metadata.title), _TITLE_TOP, colours.letters)
    room = (_FOOT - bottom) // _SUBTITLE_LEADING
    if (subtitle := _shorten(metadata.subtitle)) and room > 0:
        italic = Pen(picture, family.italic, context)
        lines = italic.break_lines(subtitle, _SUBTITLE_SIZE, min(_MOST_LINES, room))
        italic.write_lines(lines, _SUBTITLE_SIZE, bottom + _SUBTITLE_GAP, colours.letters)
    publisher = _shorten(metadata.extra.get("publisher", "")).upper()
    upright.write_lines(
        [publisher], _PUBLISHER_SIZE, _PUBLISHER_TOP, colours.gold, _PUBLISHER_TRACKING
    )
    return picture


def _write_authors(pen: Pen, metadata: Metadata, colour: Colour) -> None:
    """Each author on a line; more than three run on."""
    names = [_shorten(name).upper() for name in metadata.authors]
    if len(names) > _MOST_LINES:
        names = pen.break_lines(", ".join(names), _AUTHOR_SIZE, _MOST_LINES)
    pen.write_lines(names, _AUTHOR_SIZE, _AUTHOR_TOP, colour, _AUTHOR_TRACKING)


def _shorten(text: str) -> str:
    """Text that can be set on a cover at all."""
    text = clean("".join(char for char in text if category(char) not in _UNSEEN))
    text = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + ELLIPSIS
    words = text.split()
    return " ".join(
        word if len(word) <= _LONGEST_WORD else word[:_LONGEST_WORD] + ELLIPSIS for word in words
    )


def _draw_frame(draw: ImageDraw.ImageDraw, colour: Colour) -> None:
    """A thick and a thin rule, as on a title-page of 1780."""
    for inset, width in ((70, 6), (88, 2)):
        box = (inset, inset, _WIDTH - inset - 1, _HEIGHT - inset - 1)
        draw.rectangle(box, outline=colour, width=width)


def _draw_rosette(picture: Image.Image, centre: tuple[int, int], colour: Colour, seed: int) -> None:
    """An engine-turned rosette: waved circles turned by equal steps, drawn at twice the size."""
    radius = 296
    mask = Image.new("L", (4 * radius, 4 * radius))
    draw = ImageDraw.Draw(mask)
    for ring in _rings(seed):
        for line in ring.lines():
            points = [(2 * radius * (1 + x), 2 * radius * (1 + y)) for x, y in line]
            draw.line(points, fill=255, width=4)
    small = mask.reduce(2)
    picture.paste(colour, (centre[0] - radius, centre[1] - radius), small)


class _Ring(NamedTuple):
    """Waved circles around one centre; radii as parts of the rosette's own."""

    radius: float
    wave: float
    petals: int
    copies: int

    def lines(self) -> Sequence[Sequence[tuple[float, float]]]:
        return [self._line(2 * pi * copy / self.copies) for copy in range(self.copies)]

    def _line(self, turn: float) -> Sequence[tuple[float, float]]:
        steps = self.petals * 20
        angles = [2 * pi * step / steps for step in range(steps + 1)]
        spans = [self.radius + self.wave * sin(self.petals * at + turn) for at in angles]
        return [(r * cos(at), r * sin(at)) for r, at in zip(spans, angles, strict=True)]


def _rings(seed: int) -> Sequence[_Ring]:
    petals = (6, 8, 9, 10, 12)[seed // 7 % 5]
    return (
        _Ring(0.82, 0.15, petals * 2, 6),
        _Ring(0.48, 0.17, petals, 8),
        _Ring(0.18, 0.10, petals // 2 + 1, 6),
    )
