"""The file for the printer: trimmed pages with bleed, one ink or four, nothing to click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from bookforge.config.outputs import PrintOutput
from bookforge.contracts import Context, Metadata
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import Bleed
from bookforge.render.pdf.canvas import BookCanvas, Boxes, compress_page, number
from bookforge.render.pdf.document import Content
from bookforge.render.pdf.metadata import BookInfo, build_labels, show
from bookforge.render.pdf.paint import Part
from bookforge.render.pdf.pictures import Ink, Pictures
from bookforge.render.pdf.standard import choose_standard, claim_standard, wants_rgb
from bookforge.typeset.frames import Layout, OutlineEntry, Page

_NO_BLEED = Bleed(0.0, ())
# Crop marks: the room for them around page and bleed, how far they stand from the corner to be
# cut, and how thick they are.
_SLUG, _AWAY, _THIN = 27.0, 12.0, 0.25


class PrintBook:
    """A print PDF that is being written."""

    def __init__(
        self, file: BinaryIO, layout: Layout, metadata: Metadata, context: Context
    ) -> None:
        printing = context.config.output.print
        rules = load_printer(printing.printer)
        self._layout, self._metadata, self._context = layout, metadata, context
        self._bleed = rules.bleed if printing.bleed else _NO_BLEED
        self._slug = _SLUG if printing.crop_marks else 0.0
        self._standard = choose_standard(printing)
        self._bare = not rules.file.metadata
        self._labels: list[str] = []
        self._boxes: dict[bool, Boxes] = {}
        self.canvas = BookCanvas(file, self._standard.version, metadata.language)
        self._pictures = Pictures(self.canvas, print_ink(printing), rules.file.ink_limit)

    def add(self, page: Page, parts: Sequence[Part], pictures: Mapping[str, str]) -> None:
        """Take a painted page."""
        self._pictures.embed(pictures)
        self.add_stream(page, self.compress(page, parts))

    def compress(self, page: Page, parts: Sequence[Part]) -> Content:
        """The stream of a painted page."""
        content = b"\n".join([part for part in parts if type(part) is bytes])
        turned = self._layout.turned
        left, bottom = _origin(page, self._bleed, self._slug, turned=turned)
        if left or bottom:
            content = b"1 0 0 1 %s %s cm\n%s" % (number(left), number(bottom), content)
        if self._slug:
            content += b"\n" + _crop_marks(self._layout)
        return compress_page(content)

    def add_stream(self, page: Page, content: Content) -> None:
        """Take a page whose stream is made."""
        boxes = self._boxes.get(page.recto)
        if boxes is None:
            boxes = page_boxes(self._layout, page, self._bleed, self._slug)
            self._boxes[page.recto] = boxes
        self.canvas.add_page(content, boxes)
        self._labels.append(page.label)

    @property
    def ground(self) -> bytes:
        """What the streams depend on beside what is on the pages."""
        return repr((self._layout.height, self._layout.turned, self._bleed, self._slug)).encode()

    def finish(self, outline: Sequence[OutlineEntry]) -> None:
        """Write what stands behind the pages."""
        canvas, standard, epoch = self.canvas, self._standard, self._context.epoch
        canvas.set_info(BookInfo(self._metadata, epoch, standard.keys, bare=self._bare))
        canvas.set_catalog("PageLabels", build_labels(self._labels))
        colour = self._context.config.output.print.ink != "black"
        claim_standard(canvas, standard, self._metadata, epoch, colour=colour)
        show(canvas, screen=False, turned=self._layout.turned)
        canvas.save()


def print_ink(printing: PrintOutput) -> Ink:
    """What the pictures of a printed page are made of."""
    if wants_rgb(printing):
        return Ink.SCREEN
    return Ink.BLACK if printing.ink == "black" else Ink.COLOUR


def page_boxes(layout: Layout, page: Page, bleed: Bleed, slug: float = 0.0) -> Boxes:
    """Media, trim and bleed box; most printers want no bleed at the spine. `slug`: room for crop
    marks all round."""
    left, bottom = _origin(page, bleed, slug, turned=layout.turned)
    sides = bleed.size * len({"inside", "outside"} & {*bleed.edges})
    width, height = layout.width + sides, layout.height + 2 * bleed.size
    boxes = Boxes()
    boxes.put("MediaBox", 0, 0, width + 2 * slug, height + 2 * slug)
    boxes.put("TrimBox", left, bottom, left + layout.width, bottom + layout.height)
    if bleed.size or slug:
        boxes.put("BleedBox", slug, slug, slug + width, slug + height)
    return boxes


def _origin(page: Page, bleed: Bleed, slug: float, *, turned: bool) -> tuple[float, float]:
    """The lower left corner of the trimmed page: a verso's outer edge is on the left, a recto's
    in a book that is `turned`."""
    edge = "inside" if page.recto != turned else "outside"
    return (bleed.size if edge in bleed.edges else 0.0) + slug, bleed.size + slug


def _crop_marks(layout: Layout) -> bytes:
    """Two short rules at each corner, outside page and bleed, in black alone."""
    marks = [b"0 G %s w" % number(_THIN)]
    for x, across in ((0.0, -1), (layout.width, 1)):
        for y, up in ((0.0, -1), (layout.height, 1)):
            for right, high in ((across, 0), (0, up)):
                ends = [(x + right * away, y + high * away) for away in (_AWAY, _SLUG)]
                path = [number(part) for end in ends for part in end]
                marks.append(b"%s %s m %s %s l S" % tuple(path))
    return b"\n".join(marks)
