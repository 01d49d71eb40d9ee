"""Images in the PDF: made grey or CMYK for ink, kept RGB for screens, never scaled.

Grey and RGB JPEG files that need no change go in as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFName

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.render.pdf.canvas import BookCanvas
from bookforge.render.pdf.document import EncodedStream, Stream, pad

_JPEG = "JPEG"
_ORIENTATION = 0x0112


class Ink(Enum):
    """What an image is printed or shown with; the value is Pillow's mode."""

    BLACK = "L"
    COLOUR = "CMYK"
    SCREEN = "RGB"


_SPACES = {"L": "DeviceGray", "CMYK": "DeviceCMYK", "RGB": "DeviceRGB"}


class Pictures:
    """Embeds each image file once, under the name that the page streams use."""

    def __init__(self, canvas: BookCanvas, ink: Ink, limit: float = 400.0) -> None:
        self._canvas = canvas
        self._ink = ink
        self._limit = limit
        self._done = 0

    def embed(self, names: Mapping[str, str]) -> None:
        """Embed what is new; `names` are in order of first use."""
        if len(names) > self._done:
            for path, name in islice(names.items(), self._done, None):
                self._canvas.add_image(name, embed_picture(path, self._ink, self._limit))
            self._done = len(names)


def embed_picture(path: str, ink: Ink, limit: float = 400.0) -> Stream:
    """The image as an image object of a PDF; `limit`: most per cent of the four inks together.

    Raises `BookError` (I020) when the file cannot be read.
    """
    try:
        with Image.open(path) as image:
            if _fits_as_it_is(image, ink):
                return EncodedStream(Path(path).read_bytes(), _entries(image, "DCTDecode"))
            converted = _convert(_upright(image), ink)
            if converted.mode == "CMYK":
                converted = hold_ink(converted, limit)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BookError(_broken(path, error)) from error
    return Stream(pad(converted.tobytes(), b"\1"), _entries(converted, "FlateDecode"))


def _fits_as_it_is(image: Image.Image, ink: Ink) -> bool:
    upright = image.getexif().get(_ORIENTATION, 1) == 1
    suits = image.mode == "L" or (image.mode == "RGB" and ink is Ink.SCREEN)
    return image.format == _JPEG and upright and suits


def _upright(image: Image.Image) -> Image.Image:
    """As the camera held it, on white where it is transparent."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    if not turned.has_transparency_data:
        return turned
    layered = turned.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def _convert(image: Image.Image, ink: Ink) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits a sample, which Pillow would clip instead of scaling.
        image = image.point(lambda sample: sample / 256).convert("L")
    if image.mode in ("1", "L") or ink is Ink.BLACK:
        return image.convert("L")
    if ink is Ink.SCREEN:
        return image.convert("RGB")
    return image if image.mode == "CMYK" else _separate(image.convert("RGB"))


def _separate(image: Image.Image) -> Image.Image:
    """RGB as CMYK: what all three colours share becomes black, and lies under the rest."""
    from PIL import ImageChops, ImageMath

    cyan, magenta, yellow = (ImageChops.invert(band) for band in image.split())
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    bands = {"k": black.convert("F")}
    inks = [
        ImageMath.lambda_eval(_over_black, ink=band.convert("F"), **bands)
        for band in (cyan, magenta, yellow)
    ]
    return Image.merge("CMYK", (*inks, black))


def _over_black(on: dict[str, Any]) -> Image.Image:
    """How much of a colour is needed where black takes its part of the light already."""
    ink: Image.Image = on["convert"]((on["ink"] - on["k"]) * 255 / (255.001 - on["k"]) + 0.5, "L")
    return ink


def separate_colour(parts: Sequence[float], limit: float) -> list[float]:
    """The same for one colour: red, green and blue (0 to 1) as four inks, held to a limit."""
    black = 1 - max(parts)
    colours = [1 - part / (1 - black) if black < 1 else 0.0 for part in parts]
    share = min(1.0, (limit / 100 - black) / (sum(colours) or 1.0))
    return [*(ink * share for ink in colours), black]


def hold_ink(image: Image.Image, limit: float) -> Image.Image:
    """A CMYK image with the colours thinned where all inks together come to more than `limit`
    per cent; black stays."""
    from PIL import ImageMath

    bands = dict(zip("cmyk", (band.convert("F") for band in image.split()), strict=True))
    most = limit * 2.55
    thinned = [ImageMath.lambda_eval(partial(_thin, ink, most), **bands) for ink in "cmy"]
    return Image.merge("CMYK", (*thinned, image.getchannel("K")))


def _thin(ink: str, most: float, on: dict[str, Any]) -> Image.Image:
    """One of the colours, times what is left for colours beside black, if that is less than all."""
    share = (most - on["k"]) / (on["c"] + on["m"] + on["y"] + 0.001)
    thinned: Image.Image = on["convert"](on["min"](on[ink], on[ink] * share), "L")
    return thinned


def _entries(image: Image.Image, encoding: str) -> dict[str, object]:
    return {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": image.width,
        "Height": image.height,
        "BitsPerComponent": 8,
        "ColorSpace": PDFName(_SPACES[image.mode]),
        "Filter": PDFName(encoding),
    }


def _broken(path: str, error: Exception) -> Diagnostic:
    message = f"the picture cannot be read: {error}"
    hint = Hint("open it in an image program and save it again as PNG or JPEG")
    return Diagnostic("I020", Severity.ERROR, message, hints=(hint,), file=path)
