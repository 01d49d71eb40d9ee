"""Pictures fitted to the page and the grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity, Span
from bookforge.model.inlines import Image
from bookforge.printers.shapes import Printer
from bookforge.typeset.galley import Plate, grid_lines
from bookforge.typeset.style import Design, Emblem, Sheet

# Lines that a caption and the space above it take.
_CAPTION = 3
# Pillow's modes of pictures that may have colours.
_COLOURED = frozenset({"RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "P", "PA"})
_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp"})


def with_emblem(design: Design, folder: Path, report: Report) -> Design:
    """The design with the picture that `[style] ornament` names, if it names one.

    A picture that cannot be used is reported (I001 to I003), and the theme's ornament stands.
    """
    if Path(design.ornament).suffix.lower() not in _ENDINGS:
        return design
    from bookforge.images import PictureError, inspect_picture  # Pillow is heavy

    try:
        picture = inspect_picture(folder / design.ornament)
    except PictureError as error:
        hints = (Hint(error.hint),) if error.hint else ()
        report(Diagnostic(error.code, Severity.WARNING, str(error), hints=hints))
        return replace(design, ornament=design.text("text.ornament", "*"))
    emblem = Emblem(str(picture.path), float(picture.width), float(picture.height))
    return replace(design, emblem=emblem)


def make_plate(image: Image, sheet: Sheet, *, captioned: bool = False) -> Plate | None:
    """A picture scaled to fit the measure and two thirds of a page, or a page of its own; None
    when it has no file. `captioned`: words stand below it."""
    size = _size(image.path)
    if size is None:
        return None
    if image.full:
        return _full_page(image, size, sheet, captioned)
    most = (sheet.lines * 2 // 3) * sheet.leading
    # 300 dots an inch is what printers ask for: small pictures stay small.
    scale = min(sheet.measure / size[0], most / size[1], 72.0 / 150.0)
    width, height = size[0] * scale, size[1] * scale
    lines = grid_lines(height, sheet.leading)
    return Plate(image.path, image.alt or "", width, height, lines, span=image.span)


def _full_page(image: Image, size: tuple[int, int], sheet: Sheet, captioned: bool) -> Plate:
    """Over the edges of the page where the book has bleed, else as large as the text."""
    if sheet.bleed and not captioned:
        across, down = sheet.width + 2 * sheet.bleed, sheet.height + 2 * sheet.bleed
        scale, lines = max(across / size[0], down / size[1]), sheet.lines
    else:
        lines = sheet.lines - (_CAPTION if captioned else 0)
        scale = min(sheet.measure / size[0], lines * sheet.leading / size[1])
    plate = Plate(image.path, image.alt or "", size[0] * scale, size[1] * scale, lines)
    plate.full, plate.bleeds, plate.span = True, bool(sheet.bleed) and not captioned, image.span
    return plate


def _size(path: str) -> tuple[int, int] | None:
    """Width and height in pixels; None when there is no such picture."""
    if not path:
        return None
    from PIL import Image as Pictures  # heavy, and most novels have no picture

    try:
        with Pictures.open(path) as picture:
            width, height = picture.size
    except (OSError, ValueError):
        return None
    return (width, height) if width and height else None


def judge_plates(plates: Iterable[Plate], printer: Printer, ink: str) -> Iterator[Diagnostic]:
    """What the printer would say of the pictures: too few pixels (I005), colours that are not
    printed (I006)."""
    from bookforge.images import inspect_picture

    coloured: dict[str, Span | None] = {}
    for plate in plates:
        picture = inspect_picture(Path(plate.path))
        dots = picture.width / plate.width * 72.0
        least = printer.file.resolution
        if dots < least - 1:
            message = f"{picture.path.name} is printed at {dots:.0f} pixels to the inch; "
            message += f"{printer.asks} {least:.0f}"
            sharp = picture.width / least * 25.4
            hint = Hint(f"a larger picture: this one is sharp up to {sharp:.0f} mm wide")
            yield Diagnostic("I005", Severity.WARNING, message, plate.span, (hint,))
        if ink == "black" and picture.mode in _COLOURED:
            coloured.setdefault(picture.path.name, plate.span)
    if coloured:
        names = ", ".join([*coloured][:5]) + (" …" if len(coloured) > 5 else "")
        message = f"in colour, and printed in shades of grey: {names}"
        hint = Hint('ink = "colour" in [output.print] prints them in colour, which costs more')
        span = next(iter(coloured.values()))
        yield Diagnostic("I006", Severity.NOTE, message, span, (hint,))
