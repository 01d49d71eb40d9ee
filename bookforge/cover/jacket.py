"""The front as a picture by itself: for shops, and for e-books without a cover of their own."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from bookforge.contracts import Context, CoverBrief, Metadata
from bookforge.cover.front import Front
from bookforge.cover.look import choose_look, read_words
from bookforge.cover.pictures import ground_of, open_art
from bookforge.cover.raster import draw_picture
from bookforge.cover.shapes import Art, Box
from bookforge.cover.wrap import Plan, plan_wrap
from bookforge.store import write_whole

# What shops show best (KDP, Apple Books, Kobo: 1.6 to 1), and what goes inside an e-book: below
# the 4 million pixels that Apple Books takes.
SHOP, INSIDE = (1600, 2560), (1400, 2240)
# The front that they are drawn from, points.
_WIDTH, _HEIGHT = 350.0, 560.0
# A picture of other proportions than this much is not cut but gets a margin.
_CUT = 0.08


def draw_jacket(metadata: Metadata, context: Context, size: tuple[int, int]) -> Image.Image:
    """The front of a book that has no picture of its own."""
    look = choose_look(metadata, context)
    front = Front(_WIDTH, _HEIGHT, look, read_words(metadata), context.report)
    return draw_picture(front.draw(), look.colours.ground, size, size[0] / _WIDTH)


def write_front(brief: CoverBrief, target: Path) -> None:
    """Write the front for shops as JPEG, whole or not at all.

    Raises `BookError` (E013) for a picture that cannot be used.
    """
    picture = _draw_front(brief)
    with write_whole(target) as file:
        picture.save(file, "JPEG", quality=92, subsampling=0, dpi=(300, 300))


def _draw_front(brief: CoverBrief) -> Image.Image:
    """The writer's picture, the front of their artwork, or the drawn one."""
    context = brief.context
    if name := context.config.book.cover_image:
        art = open_art(context.folder / name, Box(0, 0, _WIDTH, _HEIGHT))
        return _show(art if _is_near(art) else _within(art), SHOP)
    if context.config.output.cover.artwork:
        return cut_front(context, brief.pages, SHOP)
    return draw_jacket(brief.metadata, context, SHOP)


def cut_front(context: Context, pages: int, size: tuple[int, int]) -> Image.Image:
    """The front of the writer's artwork for a book of so many pages.

    Raises `BookError` (E013) for artwork that cannot be used.
    """
    artwork = str(context.config.output.cover.artwork)
    return _show(open_art(context.folder / artwork, _spread(plan_wrap(context, pages))), size)


def _show(art: Art, size: tuple[int, int]) -> Image.Image:
    return draw_picture([art], ground_of(art.path).ground, size, size[0] / _WIDTH)


def _spread(plan: Plan) -> Box:
    """Where the whole sheet lies when its front fills the picture."""
    scale = _HEIGHT / plan.front.height
    left = (_WIDTH - plan.front.width * scale) / 2 - plan.front.x * scale
    return Box(left, -plan.front.y * scale, plan.width * scale, plan.height * scale)


def _is_near(art: Art) -> bool:
    return abs(art.height / art.width * _WIDTH / _HEIGHT - 1) <= _CUT


def _within(art: Art) -> Art:
    """The whole picture in the middle."""
    scale = min(_WIDTH / art.width, _HEIGHT / art.height)
    width, height = art.width * scale, art.height * scale
    box = Box((_WIDTH - width) / 2, (_HEIGHT - height) / 2, width, height)
    return Art(art.path, box, art.width, art.height)
