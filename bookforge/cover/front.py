"""The front of a cover without a picture: author, ornament, title, publisher.

The measures are those of a front 1,400 units wide and 2,240 high; a squatter one keeps the sizes
and moves the places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookforge.cover.letters import LEADING, Hand, break_lines, fit_lines, legible
from bookforge.cover.look import Look, Words
from bookforge.cover.rosette import draw_rosette
from bookforge.cover.shapes import Box, Colour, Fill, Line, Outline, Shape
from bookforge.diagnostics import Report

_WIDE, _HIGH = 1400.0, 2240.0
_SIDE = 167  # letters keep so far from the sides
# Sizes of a title, largest first, with the most lines at each.
_TITLES = ((158, 2), (134, 3), (106, 4), (86, 6), (64, 8))
_MOST_LINES = 3


class Front(NamedTuple):
    """A front to be drawn: its size in points, its look, its words."""

    width: float
    height: float
    look: Look
    words: Words
    report: Report

    def draw(self) -> Iterator[Shape]:
        """Frame, ornament and words; the ground lies under them already.

        Letters stand less than a tenth of an em apart: readers of the file still see words.
        """
        manner = self.look.manner
        if manner["frame"]:
            yield from draw_frame(Box(0, 0, self.width, self.height), self.look)
        yield from self._ornament()
        yield from self._authors()
        title = self._title()
        yield from title
        foot = title[-1].y if title else self._title_top()
        yield from self._subtitle(foot + self._x(80))
        yield from self._publisher()

    # --- measures
    def _x(self, units: float) -> float:
        return units * self.width / _WIDE

    def _y(self, units: float) -> float:
        return units * self.height / _HIGH

    @property
    def _measure(self) -> float:
        return self._x(_WIDE - 2 * _SIDE)

    @property
    def _anchor(self) -> float:
        return self._x(_SIDE) if self.look.manner["align"] == "left" else self.width / 2

    def _hand(self, size: float, tracking: float = 0.0, *, italic: bool = False) -> Hand:
        face = self.look.family.italic if italic else self.look.family.regular
        colour, align = self.look.colours.letters, self.look.manner["align"]
        return Hand(face, self._x(size), colour, self._x(tracking), align)

    # --- parts
    def _ornament(self) -> Iterator[Shape]:
        accent, seed = self.look.colours.accent, self.look.seed
        match self.look.manner["ornament"]:
            case "rosette":
                centre = (self.width / 2, self._y(788))
                yield from draw_rosette(centre, self._x(296), accent, seed)
            case "corner":
                centre = (self.width, self._y(1580))
                yield from draw_rosette(centre, self._x(760), self._faint(accent), seed)
            case "rule":
                length = self._x(self.look.manner["rule-length"] * (_WIDE - 2 * _SIDE))
                centred = self.look.manner["align"] == "centre"
                left = (self.width - length) / 2 if centred else self._x(_SIDE)
                yield Fill(Box(left, self._title_top() - self._x(96), length, self._x(14)), accent)

    def _faint(self, colour: Colour) -> Colour:
        """Half way to the ground: letters may stand on it."""
        mixed = zip(colour, self.look.colours.ground, strict=True)
        red, green, blue = (round(0.55 * one + 0.45 * other) for one, other in mixed)
        return red, green, blue

    def _title_top(self) -> float:
        return self._y(self.look.manner["title-top"] * _HIGH)

    def _authors(self) -> list[Line]:
        """Each author on a line; more than three run on."""
        hand = self._hand(56, 5.4)
        names = [name.upper() for name in self.words.authors]
        if len(names) > _MOST_LINES:
            names = break_lines(", ".join(names), hand, self._measure, _MOST_LINES)
        return self._rows(names, hand, self._y(269))

    def _title(self) -> list[Line]:
        manner = self.look.manner
        title = self.words.title.upper() if manner["title-caps"] == "capitals" else self.words.title
        sizes = [(self._x(size * manner["title-size"]), most) for size, most in _TITLES]
        plain = self._hand(0)._replace(face=self.look.title)
        hand, lines = fit_lines(title, plain, self._measure, sizes)
        return self._rows(lines, hand, self._title_top())

    def _subtitle(self, top: float) -> list[Line]:
        hand = self._hand(63, italic=True)
        room = int((self._y(1917) - top) // (hand.size * LEADING))
        if not self.words.subtitle or room <= 0:
            return []
        lines = break_lines(self.words.subtitle, hand, self._measure, min(_MOST_LINES, room))
        return self._rows(lines, hand, top)

    def _publisher(self) -> list[Line]:
        hand = self._hand(40, 3.8)._replace(colour=self.look.colours.accent)
        return self._rows([self.words.publisher.upper()], hand, self._y(2052))

    def _rows(self, lines: Sequence[str], hand: Hand, top: float) -> list[Line]:
        """Lines one below the other, the first at `top`."""
        rows = []
        for line in filter(None, lines):
            if legible(line, hand.face, self.report):
                fitting = hand.shrunk(line, self._measure)
                rows.append(fitting.write(line, self._anchor, top + hand.size))
            top += hand.size * LEADING
        return rows


def draw_frame(box: Box, look: Look) -> Iterator[Outline]:
    """A thick and a thin rule, as on a title-page of 1780."""
    unit = min(box.width, box.height * _WIDE / _HIGH) / _WIDE
    for inset, thickness in ((70, 6), (88, 2)):
        yield Outline(box.inset(inset * unit), thickness * unit, look.colours.accent)
