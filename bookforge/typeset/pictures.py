"""Pictures fitted to the page and the grid."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.model.inlines import Image
from bookforge.typeset.galley import Plate, grid_lines
from bookforge.typeset.style import Design, Emblem

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


def make_plate(image: Image, measure: float, lines: int, leading: float) -> Plate | None:
    """A picture scaled to fit the measure and two thirds of a page; None when it has no file."""
    if not image.path:
        return None
    from PIL import Image as Pictures  # heavy, and most novels have no picture

    try:
        with Pictures.open(image.path) as picture:
            width, height = picture.size
    except (OSError, ValueError):
        return None
    if width < 1 or height < 1:
        return None
    most = (lines * 2 // 3) * leading
    # 300 dots an inch is what printers ask for: small pictures stay small.
    scale = min(measure / width, most / height, 72.0 / 150.0)
    taken = grid_lines(height * scale, leading)
    return Plate(image.path, image.alt or "", width * scale, height * scale, taken)
