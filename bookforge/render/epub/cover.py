"""The cover: the writer's picture, or one drawn from title and author.

In: metadata. Out: a JPEG below the 4 million pixels that Apple Books takes.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from bookforge.contracts import Context, Metadata
from bookforge.cover.jacket import INSIDE, cut_front, draw_jacket
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.images import PictureError, inspect_picture
from bookforge.render.epub.images import (
    MOST_PIXELS,
    Picture,
    encode_jpeg,
    is_turned,
    open_upright,
    shrink,
)

_STEM = "images/cover"
# Flat colours and fine lines show no loss at this.
_DRAWN_QUALITY = 80


def make_cover(metadata: Metadata, context: Context, pages: int = 0) -> Picture:
    """The picture for the cover; one is drawn when the writer names none.

    `pages` of the printed book say where the front lies on artwork for a whole wrap.

    Raises `BookError` (E013) for a file that cannot be used: a book with another cover than its
    writer's must not go out unnoticed.
    """
    name = context.config.book.cover_image
    if name:
        path = context.folder / name
        try:
            return _take(path)
        except PictureError as error:
            raise BookError(_fault(error, path)) from error
    if context.config.output.cover.artwork and pages:
        return encode_jpeg(cut_front(context, pages, INSIDE), _STEM)
    return encode_jpeg(draw_jacket(metadata, context, INSIDE), _STEM, _DRAWN_QUALITY)


def _take(path: Path) -> Picture:
    """The writer's file as it is when it will do, else scaled and made an RGB JPEG."""
    facts = inspect_picture(path)
    fits = facts.width * facts.height <= MOST_PIXELS
    if fits and (facts.format, facts.mode) == ("JPEG", "RGB") and not is_turned(path):
        data = path.read_bytes()
        return Picture(f"{_STEM}.jpg", data, "image/jpeg", facts.width, facts.height)
    with open_upright(path) as opened:
        return encode_jpeg(_flatten(shrink(opened)), _STEM)


def _flatten(picture: Image.Image) -> Image.Image:
    """Transparent places become white, as on paper."""
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture
    over = picture.convert("RGBA")
    paper = Image.new("RGBA", over.size, "white")
    paper.alpha_composite(over)
    return paper


def _fault(error: PictureError, path: Path) -> Diagnostic:
    message = f"{error.message}, so there is no cover"
    own = "[book] cover-image names a file relative to book.toml; without it a cover is drawn"
    hints = (Hint(own), Hint(error.hint))
    return Diagnostic("E013", Severity.ERROR, message, hints=hints, file=str(path))
