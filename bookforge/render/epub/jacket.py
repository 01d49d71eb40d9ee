"""A typographic cover: author, rosette, title, publisher in a frame, in one of a few colourings.

In: metadata. Out: a picture of 1562 by 2500 pixels. The colouring and the rosette's figure come
from the book's words, so that each book has its own and keeps it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TypeAlias
from unicodedata import category

import uharfbuzz as hb
from PIL import Image, ImageDraw, ImageFont

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.fonts.coverage import missing
from bookforge.fonts.data import face_bytes
from bookforge.fonts.face import FaceKey
from bookforge.fonts.find import find_family
from bookforge.render.epub.markup import clean

Colour: TypeAlias = tuple[int, int, int]

_WIDTH, _HEIGHT = 1562, 2500
_MIDDLE = _WIDTH // 2
# Title and subtitle end above this line, the publisher's name stands below it.
_FOOT = 2140
_FAMILY = "EB Garamond"
# The widest line, in pixels: inside the frame with air on both sides.
_MEASURE = 1190
# Sizes of the title in pixels, largest first, and the most lines at each.
_TITLE_SIZES = ((176, 2), (150, 3), (118, 4), (96, 6), (72, 8))
_ELLIPSIS = "…"
# Unicode categories of characters without shape.
_UNSEEN = frozenset({"Cc", "Cf", "Cn"})
# More is never read on a cover: letters of a text, and of a word.
_LONGEST_TEXT, _LONGEST_WORD = 400, 45


@dataclass(frozen=True, slots=True)
class Colouring:
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
    family = find_family(_FAMILY, context.folder)
    upright = _Pen(picture, family.regular, context)
    authors = [_shorten(name) for name in metadata.authors]
    upright.write_lines([name.upper() for name in authors[:3]], 62, 300, colours.letters, 10)
    _draw_rosette(picture, (_MIDDLE, 880), colours.gold, seed)
    bottom = upright.write_title(_shorten(metadata.title), 1380, colours.letters)
    if clean(metadata.subtitle) and bottom < _FOOT - 81:
        italic = _Pen(picture, family.italic, context)
        room = (_FOOT - bottom) // 81
        lines = italic.break_lines(_shorten(metadata.subtitle), 70, min(3, room))
        italic.write_lines(lines, 70, bottom + 60, colours.letters)
    publisher = _shorten(metadata.extra.get("publisher", "")).upper()
    upright.write_lines([publisher] if publisher else [], 44, 2290, colours.gold, 9)
    return picture


def _shorten(text: str) -> str:
    """Text that can be set on a cover at all."""
    text = clean("".join(char for char in text if category(char) not in _UNSEEN))
    text = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + _ELLIPSIS
    words = text.split()
    return " ".join(
        word if len(word) <= _LONGEST_WORD else word[:_LONGEST_WORD] + _ELLIPSIS for word in words
    )


def _draw_frame(draw: ImageDraw.ImageDraw, colour: Colour) -> None:
    """A thick and a thin rule, as on a title-page of 1780."""
    for inset, width in ((78, 7), (98, 2)):
        box = (inset, inset, _WIDTH - inset - 1, _HEIGHT - inset - 1)
        draw.rectangle(box, outline=colour, width=width)


def _draw_rosette(picture: Image.Image, centre: tuple[int, int], colour: Colour, seed: int) -> None:
    """An engine-turned rosette: waved circles turned by equal steps, drawn at twice the size."""
    radius = 330
    mask = Image.new("L", (4 * radius, 4 * radius))
    draw = ImageDraw.Draw(mask)
    for ring in _rings(seed):
        for line in ring.lines():
            points = [(2 * radius * (1 + x), 2 * radius * (1 + y)) for x, y in line]
            draw.line(points, fill=255, width=4)
    small = mask.reduce(2)
    picture.paste(colour, (centre[0] - radius, centre[1] - radius), small)


@dataclass(frozen=True, slots=True)
class _Ring:
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


class _Pen:
    """Writes centred lines in one face.

    Letters are placed by HarfBuzz for the kerning; Pillow's own layout varies with how it was
    built.
    """

    def __init__(self, picture: Image.Image, key: FaceKey, context: Context) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._key = key
        self._context = context
        face = hb.Face(face_bytes(key))
        self._font = hb.Font(face)
        self._upem = int(face.upem)

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
            top += round(size * 1.16)
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
            while lines[-1] and self.measure(lines[-1] + _ELLIPSIS, size) > _MEASURE:
                lines[-1] = lines[-1][:-1]
            lines[-1] = lines[-1].rstrip() + _ELLIPSIS
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
        font = ImageFont.truetype(
            io.BytesIO(face_bytes(self._key)), size, layout_engine=ImageFont.Layout.BASIC
        )
        x = _MIDDLE - width / 2
        for letter, advance in zip(line, self._shape(line), strict=True):
            self._draw.text((x, baseline), letter, fill=colour, font=font, anchor="ls")
            x += advance * size / self._upem + tracking


def _fault(line: str, lost: str) -> Diagnostic:
    message = f"the drawn cover leaves out “{line[:60]}”: {_FAMILY} has no {lost[:20]}"
    hint = Hint("give the cover as a picture: [book] cover-image")
    return Diagnostic("E014", Severity.WARNING, message, hints=(hint,))
