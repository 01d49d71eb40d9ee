"""The back: what the book is about, the author's picture, the publisher, the bar code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bookforge.config.outputs import CoverOutput
from bookforge.cover.barcode import Code, draw_barcode, read_price
from bookforge.cover.letters import ELLIPSIS, Hand, fill_lines, legible
from bookforge.cover.look import Look
from bookforge.cover.rosette import draw_rosette
from bookforge.cover.shapes import Art, Box, Curve, Line, Shape
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.printers.shapes import INCH

if TYPE_CHECKING:
    from bookforge.cover.wrap import Wrap

# Sizes of the text, points, the largest that fits is taken; and its leading.
_SIZES = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
_LEADING = 1.42
# Words keep so far from the edges, as parts of the width; the text begins so far down.
_SIDE, _TOP = 0.125, 0.12
# Between paragraphs, lines; between the text and what stands below it, points.
_BETWEEN, _AIR = 0.55, 18.0
# The author's picture is as high as the bar code and this part of it wide.
_PORTRAIT = 0.8


class Back:
    """A back to be drawn. `box` is its side of the book without the hinge."""

    def __init__(self, box: Box, look: Look, wrap: Wrap) -> None:
        self.box = box
        self.look = look
        self.wrap = wrap
        side = max(_SIDE * box.width, wrap.printer.cover.safety + 9)
        self.inner = Box(
            box.x + side,
            box.y + _TOP * box.height,
            box.width - 2 * side,
            box.height * (1 - 2 * _TOP),
        )

    def draw(self, settings: CoverOutput) -> Iterator[Shape]:
        """Everything, from the top to the bar code."""
        code = self.code_box()
        yield from self._text(self.wrap.blurb, code.y - _AIR)
        foot = Box(self.inner.x, code.y, code.x - self.inner.x - _AIR, code.height)
        if settings.author_picture:
            portrait = self._portrait(settings.author_picture, foot)
            yield portrait
            taken = portrait.box.width + _AIR * 0.6
            foot = foot._replace(x=foot.x + taken, width=foot.width - taken)
        elif self.look.manner["ornament"] == "rosette" and self.wrap.words.publisher:
            yield from self._device(foot)
        yield from self._publisher(foot)
        yield from self.draw_code()

    def code_box(self) -> Box:
        """The room for the bar code, kept free of words also where the printer puts it in."""
        rules = self.wrap.printer.cover.barcode
        # In line with the text, where that is farther in than the printer wants it.
        x = min(self.box.right - rules.from_edge, self.inner.right) - rules.width
        y = self.box.bottom - max(rules.from_edge, 0.055 * self.box.height) - rules.height
        return Box(x, y, rules.width, rules.height)

    def draw_code(self) -> Iterator[Shape]:
        """The bar code of the print edition's ISBN, if the book has one."""
        config = self.wrap.context.config
        isbn = config.book.isbn.print
        if isbn is None or not config.output.cover.barcode:
            return
        code = Code(isbn.replace("-", "").replace(" ", ""), self._addon(), isbn)
        yield from draw_barcode(code, self.code_box(), self.look.family.regular)

    def _addon(self) -> str:
        price = self.wrap.context.config.output.cover.price
        if not price:
            return ""
        digits = read_price(price)
        if digits is None:
            message = f"the price {price} cannot be put into bars"
            hint = Hint('write "$14.99", "£8.99", "CAD 17.50", or five digits such as "90000"')
            self.wrap.context.report(Diagnostic("O042", Severity.WARNING, message, hints=(hint,)))
        return digits or ""

    def _text(self, text: str, bottom: float) -> Iterator[Line]:
        """Paragraphs in the largest size that leaves room for what stands below."""
        face = self.look.family.regular
        paragraphs = [_join(part) for part in text.split("\n\n") if part.strip()]
        paragraphs = [part for part in paragraphs if legible(part, face, self.wrap.context.report)]
        room = bottom - self.inner.y
        for size in _SIZES:
            hand = Hand(face, size, self.look.colours.letters, align="left")
            rows = self._rows(paragraphs, hand)
            if not rows or rows[-1][1] <= room:
                break
        else:
            rows = self._shorten(rows, room)
        for line, depth in rows:
            yield hand.write(line, self.inner.x, self.inner.y + depth)

    def _rows(self, paragraphs: list[str], hand: Hand) -> list[tuple[str, float]]:
        """Lines with their baselines below the top of the text."""
        leading = hand.size * _LEADING
        rows, depth = [], hand.size * 0.7 - leading
        for number, paragraph in enumerate(paragraphs):
            depth += _BETWEEN * leading if number else 0.0
            for line in fill_lines(paragraph, hand, self.inner.width):
                depth += leading
                rows.append((line, depth))
        return rows

    def _shorten(self, rows: list[tuple[str, float]], room: float) -> list[tuple[str, float]]:
        message = "the text for the back is too long: its end was left out"
        words = sum(len(line.split()) for line, depth in rows if depth <= room)
        hint = Hint(f"about {words // 10 * 10} words fit: shorten back-text or description")
        self.wrap.context.report(Diagnostic("O041", Severity.WARNING, message, hints=(hint,)))
        kept = [row for row in rows if row[1] <= room]
        return [*kept[:-1], (kept[-1][0].rstrip(" ,;:.") + ELLIPSIS, kept[-1][1])] if kept else []

    def _portrait(self, name: str, foot: Box) -> Art:
        """The author's picture at the left, as high as the bar code."""
        return self.wrap.art(name, foot._replace(width=foot.height * _PORTRAIT))

    def _device(self, foot: Box) -> Iterator[Curve]:
        """The front's rosette, small, as the publisher's sign."""
        radius = 0.27 * foot.height
        centre = (foot.x + radius, foot.bottom - 18 - radius)
        yield from draw_rosette(centre, radius, self.look.colours.accent, self.look.seed)

    def _publisher(self, foot: Box) -> Iterator[Line]:
        """Publisher, or beside a picture the author, on a line with the foot of the bar code."""
        words = self.wrap.words
        beside = self.wrap.context.config.output.cover.author_picture
        text = ", ".join(words.authors) if beside else words.publisher
        if not text or foot.width < INCH / 2:
            return
        hand = Hand(self.look.family.regular, 9.0, self.look.colours.accent, 0.85, "left")
        text = text.upper()
        yield hand.shrunk(text, foot.width).write(text, foot.x, foot.bottom - 1)


def _join(text: str) -> str:
    """A paragraph on one line."""
    return " ".join(text.split())
