"""The cover: the writer's picture, or one drawn from title and author.

In: metadata. Out: a JPEG below the 4 million pixels that Apple Books takes.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from bookforge.contracts import Context, Metadata
from bookforge.fonts.data import face_bytes
from bookforge.fonts.find import find_family
from bookforge.render.epub.images import Picture, encode_jpeg

_SIZE = (1562, 2500)


def draw_cover(metadata: Metadata, context: Context) -> Picture:
    """A typographic cover."""
    picture = Image.new("RGB", _SIZE, (28, 44, 66))
    draw = ImageDraw.Draw(picture)
    family = find_family("EB Garamond", context.folder)
    font = ImageFont.truetype(io.BytesIO(face_bytes(family.regular)), 150)
    draw.multiline_text(
        (781, 800), metadata.title[:60], font=font, fill=(235, 228, 210), anchor="ms"
    )
    return encode_jpeg(picture, "images/cover")
