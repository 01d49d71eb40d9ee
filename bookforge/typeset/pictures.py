"""Pictures fitted to the page and the grid."""

from __future__ import annotations

from bookforge.model.inlines import Image
from bookforge.typeset.galley import Plate, grid_lines


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
