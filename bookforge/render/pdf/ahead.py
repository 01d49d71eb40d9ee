"""Pages painted ahead by a second process, on their way to the one that writes the file.

In: a layout of some pages. Out: their streams, as bytes; and back.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from msgspec import DecodeError, Struct, msgpack

from bookforge.contracts import Context, Metadata
from bookforge.render.pdf.paint import Painter
from bookforge.render.pdf.plates import Letters, Plate, list_letters
from bookforge.render.pdf.printed import PrintBook
from bookforge.typeset.frames import Ahead, Layout, Page


class _Sheaf(Struct, frozen=True, array_like=True):
    """Finished pages, and what all of them together use of the fonts. A page says itself what it
    uses only where it is to be kept for later builds."""

    plates: tuple[Plate, ...]
    letters: tuple[Letters, ...]


_DECODER = msgpack.Decoder(_Sheaf)


def paint_ahead(layout: Layout, metadata: Metadata, context: Context) -> bytes:
    """Paint the pages of a layout, which have no pictures."""
    painter = Painter(layout.height, layout.faces)
    book = PrintBook(BytesIO(), layout, metadata, context)
    plates = []
    for page in layout.pages:
        data = book.compress(page, painter.paint(page)).packed
        letters = () if context.cache is None else tuple(list_letters(painter, page))
        plates.append(Plate(data, letters))
    used = [
        Letters(font.key, font.name, tuple((*pair, code) for pair, code in font.codes.items()))
        for font in painter.fonts
    ]
    return msgpack.encode(_Sheaf(tuple(plates), tuple(used)))


class Painted:
    """The pages painted ahead, as they are asked for."""

    def __init__(self, ahead: Ahead | None, painter: Painter) -> None:
        self._ahead = ahead
        self._painter = painter
        self._plates: Iterator[Plate] | None = None

    def fetch(self, page: Page) -> Plate | None:
        """A page as it was painted; None if it was not, or not as this painter would."""
        if self._ahead is None or page.number not in self._ahead.numbers:
            return None
        if self._plates is None:
            self._plates = iter(self._take(self._ahead))
        return next(self._plates, None)

    def _take(self, ahead: Ahead) -> tuple[Plate, ...]:
        data = ahead.fetch()
        try:
            sheaf = _DECODER.decode(data) if data else None
        except DecodeError:
            return ()
        if sheaf is None or len(sheaf.plates) != len(ahead.numbers):
            return ()
        accept = self._painter.accept
        agreed = all(accept(one.face, one.name, one.codes) for one in sheaf.letters)
        return sheaf.plates if agreed else ()
