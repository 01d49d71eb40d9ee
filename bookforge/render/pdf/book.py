"""A finished layout as a PDF file: the verbs of the room."""

from __future__ import annotations

from pathlib import Path

from bookforge.contracts import Context, Metadata
from bookforge.render.pdf.canvas import BookCanvas, Boxes
from bookforge.render.pdf.metadata import BookInfo, build_labels, show
from bookforge.render.pdf.outline import Signposts
from bookforge.render.pdf.paint import Painter
from bookforge.render.pdf.pictures import Ink, embed_picture
from bookforge.render.pdf.standard import PLAIN, choose_standard, claim_standard
from bookforge.store import write_whole
from bookforge.typeset.frames import Layout, Page

# Bleed of every printer we know of: an eighth of an inch.
BLEED = 9.0


def paint(
    layout: Layout, metadata: Metadata, target: Path, context: Context, *, screen: bool = False
) -> None:
    """Write the book at `target`, whole or not at all.

    For the printer there is no outline, link or annotation, which printers refuse; with `screen`
    there are, and pictures keep their colours. Raises `BookError` when a picture cannot be read
    or the file cannot be written.
    """
    bleed = BLEED if context.config.output.print.bleed and not screen else 0.0
    standard = PLAIN if screen else choose_standard(context.config.output.print, context.report)
    with write_whole(target) as file:
        canvas = BookCanvas(file, standard.version, metadata.language)
        pictures = _Pictures(canvas, _ink(context, screen))
        painter = Painter(layout.height, pictures.name)
        signposts = Signposts(canvas, layout.height) if screen else None
        labels = []
        for page in layout.pages:
            content = painter.paint(page, _origin(page, bleed))
            links = signposts.read(page) if signposts else ()
            canvas.add_page(content, page_boxes(layout, page, bleed), links)
            labels.append(page.label)
        for font in painter.fonts:
            font.embed(canvas)
        if signposts:
            signposts.finish(layout.outline)
        canvas.set_info(BookInfo(metadata, context.epoch, standard.keys))
        canvas.set_catalog("PageLabels", build_labels(labels))
        claim_standard(canvas, standard)
        show(canvas, screen)
        canvas.save()


def _ink(context: Context, screen: bool) -> Ink:
    if screen:
        return Ink.SCREEN
    return Ink.BLACK if context.config.output.print.ink == "black" else Ink.COLOUR


def page_boxes(layout: Layout, page: Page, bleed: float) -> Boxes:
    """Media, trim and bleed box; bleed goes on every edge but the spine."""
    left, bottom = _origin(page, bleed)
    width, height = layout.width + bleed, layout.height + 2 * bleed
    boxes = Boxes()
    boxes.put("MediaBox", 0, 0, width, height)
    boxes.put("TrimBox", left, bottom, left + layout.width, bottom + layout.height)
    if bleed:
        boxes.put("BleedBox", 0, 0, width, height)
    return boxes


def _origin(page: Page, bleed: float) -> tuple[float, float]:
    """The lower left corner of the trimmed page: a verso's outer edge is on the left."""
    return (0.0 if page.recto else bleed), bleed


class _Pictures:
    """Gives each image file a name in the page streams and embeds it once."""

    def __init__(self, canvas: BookCanvas, ink: Ink) -> None:
        self._canvas = canvas
        self._ink = ink
        self._names: dict[str, str] = {}

    def name(self, path: str) -> str:
        if path not in self._names:
            self._names[path] = name = f"Im{len(self._names) + 1}"
            self._canvas.add_image(name, embed_picture(path, self._ink))
        return self._names[path]
