"""The wrap of a book as a print PDF: colours as inks, letters as text, artwork in place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from bookforge.config.outputs import PrintOutput
from bookforge.contracts import Context, CoverBrief, Metadata
from bookforge.cover.shapes import (
    Art,
    Box,
    Colour,
    Curve,
    Fill,
    Line,
    Outline,
    Panel,
    Shape,
    Sheet,
)
from bookforge.cover.wrap import Wrap
from bookforge.fonts.face import FaceKey
from bookforge.printers.load import load_printer
from bookforge.render.pdf.canvas import BookCanvas, Boxes, number
from bookforge.render.pdf.document import Content, compress
from bookforge.render.pdf.fonts import Cut, EmbeddedFont
from bookforge.render.pdf.metadata import BookInfo, show
from bookforge.render.pdf.pictures import Ink, embed_picture, separate_colour
from bookforge.render.pdf.standard import choose_standard, claim_standard, wants_rgb
from bookforge.store import write_whole


def paint_wrap(brief: CoverBrief, target: Path) -> None:
    """Draw the whole wrap and write it; raises as `paint_sheet`, and for themes and fonts."""
    paint_sheet(Wrap(brief).draw(), brief.metadata, target, brief.context)


def paint_sheet(sheet: Sheet, metadata: Metadata, target: Path, context: Context) -> None:
    """Write the cover at `target`, whole or not at all.

    A cover is in colour whatever the inside is. Raises `BookError` when a picture cannot be read
    or the file cannot be written.
    """
    printing = replace(context.config.output.print, ink="colour")
    standard = choose_standard(printing)
    with write_whole(target) as file:
        canvas = BookCanvas(file, standard.version, metadata.language)
        press = _Press(canvas, sheet.height, printing)
        content = b"\n".join(press.paint(panel) for panel in sheet.panels)
        canvas.add_page(Content(compress(content)), _boxes(sheet))
        for font in press.fonts.values():
            Cut(font).embed(canvas)
        bare = not load_printer(printing.printer).file.metadata
        canvas.set_info(BookInfo(metadata, context.epoch, standard.keys, bare=bare))
        claim_standard(canvas, standard, metadata, context.epoch, colour=True)
        show(canvas, screen=True, turned=False)
        canvas.save()


def _boxes(sheet: Sheet) -> Boxes:
    boxes, trim = Boxes(), sheet.trim
    boxes.put("MediaBox", 0, 0, sheet.width, sheet.height)
    boxes.put("BleedBox", 0, 0, sheet.width, sheet.height)
    bottom = sheet.height - trim.bottom
    boxes.put("TrimBox", trim.x, bottom, trim.right, bottom + trim.height)
    return boxes


class _Press:
    """Turns panels into operators; fonts and pictures seen before are remembered."""

    def __init__(self, canvas: BookCanvas, height: float, printing: PrintOutput) -> None:
        self.fonts: dict[FaceKey, EmbeddedFont] = {}
        self._canvas = canvas
        self._height = height
        self._rgb = wants_rgb(printing)
        self._limit = load_printer(printing.printer).file.ink_limit
        self._pictures: dict[str, str] = {}

    def paint(self, panel: Panel) -> bytes:
        """The operators of a panel. Its y grows downwards: every y is written negated."""
        turned = {0: b"1 0 0 1", 90: b"0 -1 1 0", -90: b"0 1 -1 0"}[panel.turn]
        place = b"%s %s" % (number(panel.x), number(self._height - panel.y))
        shapes = b"\n".join(self._shapes(panel.shapes))
        return b"q %s %s cm\n%s\nQ" % (turned, place, shapes)

    def _shapes(self, shapes: Iterable[Shape]) -> Iterable[bytes]:
        for shape in shapes:
            match shape:
                case Fill():
                    yield b"%s %s f" % (self._colour(shape.colour), _rectangle(shape.box))
                case Outline():
                    inner = shape.box.inset(shape.thickness / 2)
                    stroke = (self._colour(shape.colour, stroke=True), number(shape.thickness))
                    yield b"%s %s w %s S" % (*stroke, _rectangle(inner))
                case Curve():
                    yield self._curve(shape)
                case Line():
                    yield self._line(shape)
                case Art():
                    yield self._art(shape)

    def _colour(self, colour: Colour, *, stroke: bool = False) -> bytes:
        """A colour as inks, or as sRGB for printers who want that."""
        parts = [part / 255 for part in colour]
        if self._rgb:
            operator = b"RG" if stroke else b"rg"
        else:
            operator = b"K" if stroke else b"k"
            parts = separate_colour(parts, self._limit)
        return b" ".join([*map(number, parts), operator])

    def _curve(self, curve: Curve) -> bytes:
        (x, y), *rest = curve.points
        path = [b"%s %s m" % (number(x), number(-y))]
        path += [b"%s %s l" % (number(x), number(-y)) for x, y in rest]
        colour = self._colour(curve.colour, stroke=True)
        return b"%s %s w %s s" % (colour, number(curve.thickness), b" ".join(path))

    def _line(self, line: Line) -> bytes:
        font = self.fonts.get(line.face)
        if font is None:
            name = f"F{len(self.fonts) + 1}"
            font = self.fonts[line.face] = EmbeddedFont(line.face, name)
        pieces = []
        for glyph in line.glyphs:
            pieces.append(b"(%s)" % font.codes[glyph.id, glyph.text])
            kern = glyph.natural - glyph.advance - line.tracking * 1000 / line.size
            if abs(kern) > 0.05:
                pieces.append(number(kern))
        select = b"/%s %s Tf" % (font.name.encode(), number(line.size))
        place = b"%s %s Td" % (number(line.x), number(-line.y))
        return b"BT %s %s %s [%s]TJ ET" % (
            self._colour(line.colour), select, place, b"".join(pieces)
        )  # fmt: skip

    def _art(self, art: Art) -> bytes:
        name = self._pictures.get(art.path)
        if name is None:
            name = self._pictures[art.path] = f"Im{len(self._pictures) + 1}"
            ink = Ink.SCREEN if self._rgb else Ink.COLOUR
            self._canvas.add_image(name, embed_picture(art.path, ink, self._limit))
        drawn = art.drawn
        matrix = (drawn.width, 0, 0, drawn.height, drawn.x, -drawn.bottom)
        place = b" ".join(map(number, matrix))
        return b"q %s W n %s cm /%s Do Q" % (_rectangle(art.box), place, name.encode())


def _rectangle(box: Box) -> bytes:
    edges = (box.x, -box.bottom, box.width, box.height)
    return b"%s re" % b" ".join(map(number, edges))
