"""Pictures in the book: JPEG, PNG and GIF as they are, everything else made so.

In: image nodes with the path of their file. Out: the pictures' bytes, each once, and what stands
in the `img` element.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image as Pillow

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.images import FORMATS, PictureError, inspect_picture
from bookforge.model.inlines import Image
from bookforge.render.epub.markup import attribute, clean

# Apple Books refuses more (Publish Your Book: "images must not exceed 4 million pixels").
MOST_PIXELS = 4_000_000
_QUALITY = 85
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_FILMS = frozenset({"image/gif", "image/png"})
_LONGEST_ALT = 2000


class Picture(NamedTuple):
    """A picture in the package: its path there, bytes, media type, size in pixels; `moves`: it is
    a film of several frames."""

    name: str
    data: bytes
    media: str
    width: int
    height: int
    moves: bool = False


class Pictures:
    """Collects the pictures of a book: `worded` tells whether any has alt text, `wordless` are
    those that should have one and do not."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._found: dict[str, Picture | None] = {}
        self.worded = False
        self.wordless: list[Image] = []

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

    def load_ornament(self, path: Path) -> Picture | None:
        """The picture for scene breaks; one that cannot be used is reported."""
        try:
            return load_picture(path, "images/ornament")
        except PictureError as error:
            hints = (Hint("[style] ornament is a character or a picture"), Hint(error.hint))
            message = f"{error.message}; the theme's rule stands in its place"
            self._report(Diagnostic("E015", Severity.WARNING, message, None, hints, str(path)))
            return None

    def _alt(self, image: Image) -> str:
        """No `alt` at all where the writer gave none: an empty one would call the picture mere
        ornament, a word put in its place would pass for a description (WCAG 2.2, F39 and F30)."""
        if image.decorative:
            return ' alt="" role="presentation"'
        if is_wordless(image):
            self.wordless.append(image)
            return ""
        self.worded = True
        return f' alt="{attribute(clean(image.alt or "")[:_LONGEST_ALT])}"'

    def _load(self, image: Image) -> Picture | None:
        number = len(self._found) + 1
        try:
            return load_picture(Path(image.path), f"images/picture-{number}")
        except PictureError as error:
            self._report(_fault(image, error))
            return None


def is_wordless(image: Image) -> bool:
    """Whether a picture has neither words nor a mark as ornament."""
    return not image.decorative and not clean(image.alt or "")


def load_picture(path: Path, stem: str) -> Picture:
    """A picture that every reading system shows; `stem` is its path without the ending.

    Raises `PictureError` when the file is missing, damaged or too large.
    """
    facts = inspect_picture(path)
    media = _TYPES.get(facts.format, "")
    fits = facts.width * facts.height <= MOST_PIXELS and facts.mode != "CMYK"
    if media and fits and not is_turned(path):
        name = f"{stem}.{_ENDINGS[media]}"
        data = path.read_bytes()
        return Picture(name, data, media, facts.width, facts.height, _moves(path, media))
    with open_upright(path) as opened:
        return _convert(opened, stem)


def _moves(path: Path, media: str) -> bool:
    """Whether a picture is a film: all others are made into stills."""
    if media not in _FILMS:
        return False
    with Pillow.open(path, formats=FORMATS) as opened:
        return bool(getattr(opened, "is_animated", False))


def is_turned(path: Path) -> bool:
    """Whether a camera left the picture on its side with a note to turn it (EXIF 0x0112)."""
    with Pillow.open(path, formats=FORMATS) as opened:
        return opened.getexif().get(0x0112, 1) not in (0, 1)


def open_upright(path: Path) -> Pillow.Image:
    """The picture the right way up."""
    from PIL import ImageOps

    with Pillow.open(path, formats=FORMATS) as opened:
        return ImageOps.exif_transpose(opened)


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


def fit_jpeg(data: bytes, width: int, height: int) -> bytes:
    """A JPEG scaled to fit a screen; as it is when it fits or would not become smaller."""
    with Pillow.open(io.BytesIO(data), formats=("JPEG",)) as opened:
        if opened.width <= width and opened.height <= height:
            return data
        opened.thumbnail((width, height), Pillow.Resampling.LANCZOS)
        fitted = encode_jpeg(opened, "fitted").data
    return min(data, fitted, key=len)


def encode_jpeg(picture: Pillow.Image, stem: str, quality: int = _QUALITY) -> Picture:
    """RGB JPEG: shops and readers know no other colours.

    Optimised Huffman tables would save a tenth of the bytes for two and a half times the work.
    """
    buffer = _Buffer(f"{stem}.jpg")
    picture = picture if picture.mode == "RGB" else picture.convert("RGB")
    picture.save(buffer, quality=quality)
    return Picture(buffer.name, buffer.getvalue(), "image/jpeg", *picture.size)


def encode_png(picture: Pillow.Image, stem: str) -> Picture:
    """PNG without the original's metadata."""
    buffer = _Buffer(f"{stem}.png")
    mode = picture.mode if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGBA"
    picture.convert(mode).save(buffer, optimize=False)
    return Picture(buffer.name, buffer.getvalue(), "image/png", *picture.size)


class _Buffer(io.BytesIO):
    """Bytes with a name, by whose ending Pillow loads the one format instead of five (5 ms)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def _fault(image: Image, error: PictureError) -> Diagnostic:
    message = f"{error.message}; its alt text stands in its place"
    hint = Hint(error.hint)
    return Diagnostic("E011", Severity.WARNING, message, image.span, (hint,))
