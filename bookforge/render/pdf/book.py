"""A finished layout as a PDF file: the verbs of the room."""

from __future__ import annotations

from pathlib import Path

from bookforge.config.outputs import PrintOutput
from bookforge.contracts import Context, Metadata
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import Bleed
from bookforge.render.pdf.canvas import BookCanvas, Boxes
from bookforge.render.pdf.metadata import BookInfo, build_labels, show
from bookforge.render.pdf.outline import Signposts
from bookforge.render.pdf.paint import Painter
from bookforge.render.pdf.pictures import Ink, embed_picture
from bookforge.render.pdf.standard import PLAIN, choose_standard, claim_standard, wants_rgb
from bookforge.store import write_whole
from bookforge.typeset.frames import Layout, Page

_NO_BLEED = Bleed(0.0, ())


def paint_proof(layout: Layout, metadata: Metadata, target: Path, context: Context) -> None:
    """Write the marked proof: coloured, for no printing press."""
    paint(layout, metadata, target, context, screen=True)


def paint(
    layout: Layout, metadata: Metadata, target: Path, context: Context, *, screen: bool = False
) -> None:
    """Write the book at `target`, whole or not at all.

    For the printer there is no outline, link or annotation, which printers refuse; with `screen`
    there are, and pictures keep their colours. Raises `BookError` when a picture cannot be read
    or the file cannot be written.
    """
    printing = context.config.output.print
    rules = load_printer(printing.printer)
    bleed = rules.bleed if printing.bleed and not screen else _NO_BLEED
    standard = PLAIN if screen else choose_standard(printing)
    with write_whole(target) as file:
        canvas = BookCanvas(file, standard.version, metadata.language)
        ink = Ink.SCREEN if screen else print_ink(printing)
        pictures = _Pictures(canvas, ink, rules.file.ink_limit)
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
        bare = not (screen or rules.file.metadata)
        canvas.set_info(BookInfo(metadata, context.epoch, standard.keys, bare=bare))
        canvas.set_catalog("PageLabels", build_labels(labels))
        colour = printing.ink != "black"
        claim_standard(canvas, standard, metadata, context.epoch, colour=colour)
        show(canvas, screen)
        canvas.save()


def print_ink(printing: PrintOutput) -> Ink:
    """What the pictures of a printed page are made of."""
    if wants_rgb(printing):
        return Ink.SCREEN
    return Ink.BLACK if printing.ink == "black" else Ink.COLOUR


def page_boxes(layout: Layout, page: Page, bleed: Bleed) -> Boxes:
    """Media, trim and bleed box; most printers want no bleed at the spine."""
    left, bottom = _origin(page, bleed)
    sides = bleed.size * len({"inside", "outside"} & {*bleed.edges})
    width, height = layout.width + sides, layout.height + 2 * bleed.size
    boxes = Boxes()
    boxes.put("MediaBox", 0, 0, width, height)
    boxes.put("TrimBox", left, bottom, left + layout.width, bottom + layout.height)
    if bleed.size:
        boxes.put("BleedBox", 0, 0, width, height)
    return boxes


def _origin(page: Page, bleed: Bleed) -> tuple[float, float]:
    """The lower left corner of the trimmed page: a verso's outer edge is on the left."""
    edge = "inside" if page.recto else "outside"
    return (bleed.size if edge in bleed.edges else 0.0), bleed.size


class _Pictures:
    """Gives each image file a name in the page streams and embeds it once."""

    def __init__(self, canvas: BookCanvas, ink: Ink, limit: float) -> None:
        self._canvas = canvas
        self._ink = ink
        self._limit = limit
        self._names: dict[str, str] = {}

    def name(self, path: str) -> str:
        if path not in self._names:
            self._names[path] = name = f"Im{len(self._names) + 1}"
            self._canvas.add_image(name, embed_picture(path, self._ink, self._limit))
        return self._names[path]
