"""Pictures in the book: JPEG, PNG and GIF as they are, everything else made so.

In: image nodes with the path of their file. Out: the pictures' bytes, each once, and what stands
in the `img` element.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.languages.base import Language
from bookforge.model.inlines import Image
from bookforge.render.epub.markup import attribute, clean

# Apple Books refuses more (Publish Your Book: "images must not exceed 4 million pixels").
MOST_PIXELS = 4_000_000
_QUALITY = 88
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_LONGEST_ALT = 2000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the package: its path there, bytes, media type, size in pixels."""

    name: str
    data: bytes
    media: str
    width: int
    height: int


class Pictures:
    """Collects the pictures of a book; `described` says whether each has its alt text."""

    def __init__(self, language: Language, report: Report) -> None:
        self._language = language
        self._report = report
        self._found: dict[str, Picture | None] = {}
        self.described = True

    @property
    def all(self) -> tuple[Picture, ...]:
        """The pictures in the order of their first use."""
        return tuple(picture for picture in self._found.values() if picture)

    def attributes(self, image: Image) -> str:
        """What stands in the `img` element, with a space before; "" when it cannot be shown."""
        if not image.path:
            return ""
        if image.path not in self._found:
            self._found[image.path] = self._load(image)
        picture = self._found[image.path]
        if picture is None:
            return ""
        return f' src="../{picture.name}"{self._alt(image)}'

    def _alt(self, image: Image) -> str:
        if image.decorative:
            return ' alt="" role="presentation"'
        words = clean(image.alt or "")[:_LONGEST_ALT]
        if not words:
            self.described = False
            words = self._language.terms.get("illustration", "Illustration")
        return f' alt="{attribute(words)}"'

    def _load(self, image: Image) -> Picture | None:
        number = len(self._found) + 1
        try:
            return load_picture(Path(image.path), f"images/picture-{number}")
        except (OSError, ValueError, Pillow.DecompressionBombError) as error:
            self._report(_fault(image, error))
            return None


def load_picture(path: Path, stem: str) -> Picture:
    """A picture that every reading system shows; `stem` is its path without the ending.

    Raises `OSError` or `ValueError` when the file is missing or damaged.
    """
    data = path.read_bytes()
    with Pillow.open(io.BytesIO(data)) as opened:
        opened.load()
        media = _TYPES.get(opened.format or "", "")
        if media and opened.width * opened.height <= MOST_PIXELS and opened.mode != "CMYK":
            return Picture(f"{stem}.{_ENDINGS[media]}", data, media, opened.width, opened.height)
        return _convert(opened, stem)


def _convert(opened: Pillow.Image, stem: str) -> Picture:
    """PNG for pictures with transparency or few colours, JPEG for the others."""
    small = shrink(opened)
    if opened.mode in ("RGBA", "LA", "P", "1", "PA"):
        return encode_png(small, stem)
    return encode_jpeg(small, stem)


def shrink(picture: Pillow.Image) -> Pillow.Image:
    """The picture scaled to at most 4 million pixels."""
    pixels = picture.width * picture.height
    if pixels <= MOST_PIXELS:
        return picture
    scale = (MOST_PIXELS / pixels) ** 0.5
    size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    mode = "RGBA" if picture.mode in ("P", "PA") else picture.mode
    return picture.convert(mode).resize(size, Pillow.Resampling.LANCZOS)


def encode_jpeg(picture: Pillow.Image, stem: str) -> Picture:
    """RGB JPEG: shops and readers know no other colours."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=_QUALITY)
    return Picture(f"{stem}.jpg", buffer.getvalue(), "image/jpeg", *picture.size)


def encode_png(picture: Pillow.Image, stem: str) -> Picture:
    """PNG without the original's metadata."""
    buffer = io.BytesIO()
    mode = picture.mode if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGBA"
    picture.convert(mode).save(buffer, "PNG", optimize=False)
    return Picture(f"{stem}.png", buffer.getvalue(), "image/png", *picture.size)


def _fault(image: Image, error: Exception) -> Diagnostic:
    reason = "damaged or not a picture" if isinstance(error, UnidentifiedImageError) else error
    message = f"the picture {image.source} was left out: {reason}"
    hint = Hint("save it again as JPEG or PNG; its alt text stands in its place")
    return Diagnostic("E011", Severity.WARNING, message, image.span, (hint,))
