"""The spine: title and author along it, where it is wide enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bookforge.cover.letters import Hand
from bookforge.cover.look import Look, Words, clean
from bookforge.cover.shapes import Box, Panel, Shape

# Points: smaller words on a spine are not read; larger ones look lost on thick books.
_LEAST, _MOST = 5.5, 24.0
_SMALLEST_AUTHOR = 6.5
# What letters take of their size across the line, and where their middle lies above the baseline.
_BODY, _MIDDLE = 0.95, 0.32
# Words keep so far from head and foot, as a part of the height; and title from author.
_END, _GAP = 0.07, 0.05
# Languages whose books are read along the spine from foot to head.
_UPWARDS = frozenset({"fr", "es", "it", "pt", "de", "ro", "ca", "pl", "cs", "hu", "ru", "uk", "el"})


class Spine(NamedTuple):
    """A spine to be drawn: where it lies on the sheet, and how near words may come to its edges."""

    box: Box
    look: Look
    words: Words
    clearance: float

    def draw(self, own: str | None) -> Iterator[Shape]:
        """Words along the spine, `own` instead of title and author; nothing when it is too narrow.

        The panel is as long as the book is high and as high as the spine is wide.
        """
        length, room = self.box.height, self.box.width - 2 * self.clearance
        size = min(room / _BODY, _MOST)
        if size < _LEAST:
            return
        start, stop = length * _END, length * (1 - _END)
        title, author = clean(own or self.words.title), ", ".join(self.words.authors)
        if self.look.manner["title-caps"] == "capitals":
            title = title.upper()
        colours, plain = self.look.colours, self.look.family.regular
        first = Hand(self.look.title, size, colours.letters, align="left")
        lesser = min(size, max(_SMALLEST_AUTHOR, size * 0.72))
        second = Hand(plain, lesser, colours.accent, lesser * 0.095, "right")
        author = "" if own else author.upper()
        taken = first.measure(title) + second.measure(author) + length * _GAP
        if taken > stop - start:
            share = (stop - start) / taken
            first = first._replace(size=first.size * share)
            second = second._replace(size=second.size * share, tracking=second.tracking * share)
        if min(first.size, size) < _LEAST * 0.8:
            return
        middle = self.box.width / 2
        yield first.write(title, start, middle + _MIDDLE * first.size)
        yield second.write(author, stop, middle + _MIDDLE * second.size)

    def place(self, language: str, shapes: tuple[Shape, ...]) -> Panel:
        """The panel on the sheet, turned as books of this language are."""
        if language.split("-")[0] in _UPWARDS:
            return Panel(self.box.x, self.box.bottom, shapes, -90)
        return Panel(self.box.right, self.box.y, shapes, 90)
