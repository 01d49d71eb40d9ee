"""The writer's own pictures on a cover: opened, judged, and their colours carried round it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from bookforge.cover.look import Colouring
from bookforge.cover.shapes import BLACK, WHITE, Art, Box, Colour
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.images import PictureError, inspect_picture

_ORIENTATION = 0x0112
# The part of a picture's width at the spine that its colour is taken from.
_EDGE = 0.04
# Letters on a ground lighter than this are black.
_LIGHT = 140


def open_art(path: Path, box: Box) -> Art:
    """A picture that fills a box.

    Raises `BookError` (E013) for a file that cannot be used: a cover other than the writer's must
    not go out unnoticed.
    """
    try:
        facts = inspect_picture(path)
    except PictureError as error:
        message = f"{error.message}, so there is no cover"
        hints = (Hint("paths are relative to book.toml"), Hint(error.hint))
        fault = Diagnostic("E013", Severity.ERROR, message, hints=hints, file=str(path))
        raise BookError(fault) from error
    width, height = facts.width, facts.height
    with Image.open(path) as picture:
        if picture.getexif().get(_ORIENTATION, 1) >= 5:
            width, height = height, width
    return Art(str(path), box, width, height)


def load_picture(path: str) -> Image.Image:
    """The picture as the camera held it, RGB, on white where it is transparent."""
    from PIL import ImageOps

    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened)
        if upright.has_transparency_data:
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright.convert("RGBA"))
        return upright.convert("RGB")


def ground_of(path: str) -> Colouring:
    """The colours of spine and back beside a picture: that of its edge, and what reads on it."""
    picture = load_picture(path)
    strip = picture.crop((0, 0, max(1, round(picture.width * _EDGE)), picture.height))
    mean = strip.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)
    ground: Colour = (int(mean[0]), int(mean[1]), int(mean[2]))
    light = 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2]
    letters = BLACK if light > _LIGHT else WHITE
    return Colouring(ground, letters, letters)
