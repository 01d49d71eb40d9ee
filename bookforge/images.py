"""Pictures looked at before anybody draws them: format, size, resolution, faults.

In: a path. Out: a `Picture`, or a `PictureError` with a code and words for the writer. The only
formats opened are those listed here; sizes are known before any pixel is decoded.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

# Formats that Pillow decodes by itself; EPS, for one, would start another program.
FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")
# A page of 8.5 by 11 inches at 1,200 dpi has 135 million pixels; more is a mistake or an attack.
MOST_PIXELS = 150_000_000
MOST_BYTES = 400_000_000


class Picture(NamedTuple):
    """What is known of a picture: size in pixels, Pillow's mode, dots per inch if it says them."""

    path: Path
    format: str
    width: int
    height: int
    mode: str
    dpi: float | None = None


class PictureError(Exception):
    """The picture cannot be used; `code`, `message` and `hint` say why, for a diagnostic."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@lru_cache(maxsize=512)
def _inspect(path: Path, size: int, changed: int) -> Picture:
    """As `inspect_picture`; the file's size and time make the key of the cache."""
    from PIL import Image, UnidentifiedImageError  # slow to load, and most novels have no picture

    with warnings.catch_warnings():
        # Pillow warns from 90 million pixels on; the limit here is MOST_PIXELS.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=FORMATS) as opened:
                return _check(path, opened)
        except UnidentifiedImageError:
            raise _broken(path, "is no picture bookforge can read") from None
        except Image.DecompressionBombError:
            raise _too_large(path) from None
        except PictureError:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
            raise _broken(path, f"is damaged ({_reason(error)})") from None


def inspect_picture(path: Path) -> Picture:
    """Open a picture, decode it once to see that it is whole, and say what it is.

    Raises `PictureError`: I001 missing, I002 unreadable or damaged, I003 too large.
    """
    try:
        status = path.stat()
        is_file = path.is_file()
    except (FileNotFoundError, NotADirectoryError):
        raise PictureError(
            "I001", f"the picture {path.name} does not exist", "check its name and folder"
        ) from None
    except (OSError, ValueError) as error:
        raise _broken(path, f"cannot be read ({_reason(error)})") from None
    if not is_file:
        raise _broken(path, "is no file")
    if status.st_size > MOST_BYTES:
        raise _too_large(path)
    return _inspect(path, status.st_size, status.st_mtime_ns)


def _check(path: Path, opened: Image.Image) -> Picture:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise _too_large(path)
    dpi = opened.info.get("dpi")
    opened.load()
    # Files without a unit say 1 or 0, which is no resolution.
    resolution = float(dpi[0]) if isinstance(dpi, tuple) and dpi[0] > 1 else None
    return Picture(path, opened.format or "", width, height, opened.mode, resolution)


def _too_large(path: Path) -> PictureError:
    return PictureError(
        "I003",
        f"the picture {path.name} is too large",
        f"at most {MOST_PIXELS // 1_000_000} million pixels and {MOST_BYTES // 1_000_000} MB",
    )


def _broken(path: Path, what: str) -> PictureError:
    kinds = ", ".join(FORMATS)
    return PictureError(
        "I002", f"the picture {path.name} {what}", f"save it again as one of {kinds}"
    )


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words.split("\n")[0][:80] or type(error).__name__


def shrink(data: bytes, width: int, height: int) -> bytes:
    """A picture as a JPEG that fits into `width` by `height` pixels.

    Raises `PictureError`: I002 unreadable or damaged, I003 too large.
    """
    from PIL import Image

    name = Path("in the book")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _too_large(name)
                opened.draft("RGB", (width, height))
                opened.thumbnail((width, height))
                return _as_jpeg(opened)
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except PictureError:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
            raise _broken(name, f"is damaged ({_reason(error)})") from None


def draw_sheet(width: int, height: int) -> bytes:
    """A JPEG of an empty sheet with a frame, for a book without a cover."""
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (width, height), 245)
    inset = width // 12
    for edge, shade in ((0, 120), (inset, 190)):
        frame = (edge, edge, width - edge - 1, height - edge - 1)
        ImageDraw.Draw(sheet).rectangle(frame, outline=shade, width=max(1, width // 160))
    return _as_jpeg(sheet)


def _as_jpeg(picture: Image.Image) -> bytes:
    """On white where the picture is clear."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(white, clear)
    packed = BytesIO()
    kept = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    kept.save(packed, "JPEG", quality=85, optimize=True)
    return packed.getvalue()


class Sketch(NamedTuple):
    """What a picture's first bytes tell: format, size in pixels, Pillow's mode."""

    format: str
    width: int
    height: int
    mode: str


def sketch_picture(data: bytes) -> Sketch | None:
    """What a picture in memory is, without decoding it; None for what is none."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                return Sketch(opened.format or "", *opened.size, opened.mode)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
            return None
        except (ValueError, EOFError):
            return None
