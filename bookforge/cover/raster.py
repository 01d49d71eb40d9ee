"""A cover as pixels: for shops, and inside e-books.

Letters are drawn by Pillow one by one at the places HarfBuzz gave them, curves at twice the size.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from bookforge.cover.pictures import load_picture
from bookforge.cover.shapes import Art, Colour, Curve, Fill, Line, Outline, Shape
from bookforge.fonts.face import FaceKey
from bookforge.fonts.subset import subset_text


def draw_picture(
    shapes: Iterable[Shape], ground: Colour, size: tuple[int, int], scale: float
) -> Image.Image:
    """The shapes of a panel on a ground; `scale` is pixels to the point."""
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    for kind, group in groupby(shapes, key=type):
        if kind is Curve:
            _draw_curves(picture, [shape for shape in group if isinstance(shape, Curve)], scale)
            continue
        for shape in group:
            match shape:
                case Fill(box=box, colour=colour):
                    edges = [round(edge * scale) for edge in (box.x, box.y, box.right, box.bottom)]
                    right, bottom = max(edges[0], edges[2] - 1), max(edges[1], edges[3] - 1)
                    draw.rectangle((edges[0], edges[1], right, bottom), fill=colour)
                case Outline(box=box, thickness=thickness, colour=colour):
                    edges = [round(edge * scale) for edge in (box.x, box.y, box.right, box.bottom)]
                    corners = (edges[0], edges[1], edges[2] - 1, edges[3] - 1)
                    draw.rectangle(corners, outline=colour, width=max(1, round(thickness * scale)))
                case Line():
                    _write(draw, shape, scale)
                case Art():
                    _paste(picture, shape, scale)
    return picture


def _draw_curves(picture: Image.Image, curves: Sequence[Curve], scale: float) -> None:
    """Curves of one colour on a mask of twice the size, no larger than they need."""
    across = [x for curve in curves for x, _ in curve.points]
    down = [y for curve in curves for _, y in curve.points]
    left, right = _span(across, scale, picture.width)
    top, bottom = _span(down, scale, picture.height)
    mask = Image.new("L", (2 * (right - left), 2 * (bottom - top)))
    draw = ImageDraw.Draw(mask)
    for curve in curves:
        points = [(2 * (scale * x - left), 2 * (scale * y - top)) for x, y in curve.points]
        width = max(1, round(2 * scale * curve.thickness))
        draw.line([*points, points[0]], fill=255, width=width)
    picture.paste(curves[0].colour, (left, top), mask.reduce(2))


def _span(places: Sequence[float], scale: float, most: int) -> tuple[int, int]:
    """The pixels that lines through these places touch, inside the picture."""
    return max(0, int(min(places) * scale) - 4), min(most, int(max(places) * scale) + 5)


def _write(draw: ImageDraw.ImageDraw, line: Line, scale: float) -> None:
    letters = "".join(sorted({letter for glyph in line.glyphs for letter in glyph.text}))
    font = _font(line.face, letters, round(line.size * scale))
    x, y = line.x * scale, round(line.y * scale)
    for glyph in line.glyphs:
        if glyph.text.strip():
            draw.text((x, y), glyph.text, fill=line.colour, font=font, anchor="ls")
        x += (glyph.advance * line.size / 1000.0 + line.tracking) * scale


@lru_cache(maxsize=32)
def _font(face: FaceKey, letters: str, size: int) -> ImageFont.FreeTypeFont:
    # Only the line's letters: pinning a whole variable face takes ten times as long.
    data = io.BytesIO(subset_text(face, letters, ()))
    return ImageFont.truetype(data, max(1, size), layout_engine=ImageFont.Layout.BASIC)


def _paste(picture: Image.Image, art: Art, scale: float) -> None:
    drawn, box = art.drawn, art.box
    width, height = max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))
    whole = load_picture(art.path).resize((width, height), Image.Resampling.LANCZOS)
    left, top = round((box.x - drawn.x) * scale), round((box.y - drawn.y) * scale)
    part = (left, top, left + round(box.width * scale), top + round(box.height * scale))
    picture.paste(whole.crop(part), (round(box.x * scale), round(box.y * scale)))
