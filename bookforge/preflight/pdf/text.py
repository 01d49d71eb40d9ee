"""Text operators: where letters leave ink. ISO 32000-1, 9.4.

The pen is kept in points of the page, so that a line of ordinary text costs a handful of
additions; only ink that leaves the safe part of the page is measured by the heights of its own
glyphs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Any

from bookforge.preflight.pdf.facts import Mark
from bookforge.preflight.pdf.fonts import Font
from bookforge.preflight.pdf.plane import IDENTITY, Box, bound_box, height_of, multiply
from bookforge.preflight.pdf.skim import read_font, shows_line, take_lines
from bookforge.preflight.pdf.state import CLIPPING, INVISIBLE, Stage
from bookforge.preflight.pdf.tokens import read_simple

_MEMORY = 10_000
# Fonts whose advances are kept as the kernel takes them: half a megabyte each at the most.
_FONTS = 50
# No glyph of a book face is higher above or deeper below the baseline, in ems.
_HIGHEST, _LOWEST = 1.2, -0.5


class Numbers(dict[bytes, float]):
    """What the numbers between two strings of a TJ add up to, by their bytes."""

    def __missing__(self, text: bytes) -> float:
        if len(self) >= _MEMORY:
            self.clear()
        value = self[text] = sum(read_simple(text))
        return value


class Text:
    """The text of a page. `box` holds the ink of its letters; the pen moves in points."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._number = Numbers().__getitem__
        self._measures = lru_cache(maxsize=_FONTS)(Font.measure)
        self.start()

    def start(self) -> None:
        """Begin a page."""
        self._safe = self._stage.safe
        self._left = self._bottom = inf
        self._right = self._top = -inf
        # Text space on the page, the beginning of the line, the pen.
        self._a, self._b, self._c, self._d = 1.0, 0.0, 0.0, 1.0
        self._x0 = self._y0 = self._x = self._y = 0.0
        # What follows from the state; `_plain` text is upright, in one piece and visible.
        self._plain = False
        self._looks: set[object] = set()
        self._advances: Mapping[bytes, float] = {}
        self._ends: Mapping[bytes, tuple[float, float] | None] = {}
        self._heights: Mapping[bytes, tuple[float, float]] = {}
        self._outer = 2
        self._stretch = self._unit = self._above = self._below = 0.0

    @property
    def box(self) -> Box:
        """The ink of all letters so far."""
        return Box(self._left, self._bottom, self._right, self._top)

    # --- where the next letters stand

    def begin(self, operands: Sequence[Any]) -> None:
        """BT."""
        self.place(IDENTITY)

    def place(self, operands: Sequence[Any]) -> None:
        """Tm."""
        a, b, c, d, e, f = operands
        line = multiply((a, b, c, d, e, f), self._stage.now.ctm)
        self._a, self._b, self._c, self._d, x, y = line
        self._x0 = self._x = x
        self._y0 = self._y = y
        self._stage.changed = True

    def move(self, operands: Sequence[Any]) -> None:
        """Td."""
        right, up = operands
        self._x0 = self._x = self._x0 + right * self._a + up * self._c
        self._y0 = self._y = self._y0 + right * self._b + up * self._d

    def move_leading(self, operands: Sequence[Any]) -> None:
        """TD: the way down becomes the leading."""
        right, up = operands
        self._stage.now.leading = -up
        self.move((right, up))

    def break_line(self, operands: Sequence[Any]) -> None:
        """T*."""
        self.move((0.0, -self._stage.now.leading))

    # --- letters

    def set_font(self, operands: Sequence[Any]) -> None:
        """Tf."""
        name, size = operands
        now = self._stage.now
        now.font, now.size = self._stage.find_font(name), size + 0.0
        self._stage.changed = True
        if now.font is None:
            self._stage.note(Mark.FAULT, "a font that is not in the file")

    def skim(self, content: bytes, place: int) -> tuple[int, int] | None:
        """Take as many ordinary lines from a place on as can be taken at once, and changes between
        fonts that were met before: where they end and of how many operations they are; None where
        there is no line."""
        operations = 0
        while shows_line(content, place) and (taken := self._take(content, place)) is not None:
            place, count = taken
            operations += count
            change = read_font(content, place)
            if change is None or not self._stage.knows_font(change[0]):
                break
            name, size, place = change
            self.set_font((name, size))
            operations += 1
        return (place, operations) if operations else None

    def _take(self, content: bytes, place: int) -> tuple[int, int] | None:
        """Ordinary lines, all in one font."""
        self._settle()
        now = self._stage.now
        measures = self._measures(now.font) if self._plain and now.font is not None else None
        if measures is None:
            return None
        look = (self._a, self._d, self._stretch, self._above, self._below)
        pen = (self._x0, self._y0, self._x, self._y, now.scale, self._unit)
        box = (self._left, self._bottom, self._right, self._top)
        end, count, pen, box = take_lines(content, place, measures, look, pen, box, self._safe)
        self._x0, self._y0, self._x, self._y, now.scale, self._unit = pen
        self._left, self._bottom, self._right, self._top = box
        return (end, count) if count else None

    def show_line(self, scale: bytes | None, right: bytes, up: bytes, array: bytes) -> None:
        """The usual line of a book: Tz, Td and TJ at once."""
        if scale:
            stretch = self._stage.now.scale = float(scale) / 100
            self._unit = self._stretch * stretch
        if self._plain and not self._stage.changed:
            self._x0 = self._x = self._x0 + float(right) * self._a
            self._y0 = self._y = self._y0 + float(up) * self._d
        else:
            self.move((float(right), float(up)))
        self.show_array(array)

    def show_array(self, array: bytes) -> None:
        """TJ with strings that need no decoding; `array` is what stands in its brackets."""
        if self._stage.changed:
            self._settle()
        parts = array.replace(b"(", b")").split(b")")
        strings = parts[1::2]
        if not self._plain or not strings or parts[0] or parts[-1]:
            self._show_apart(parts)
            return
        kerns = sum(map(self._number, parts[2:-1:2]))
        way = (sum(map(self._advances.__getitem__, strings)) - kerns) * self._unit
        left = self._x
        self._x = right = left + way
        y = self._y
        safe_left, safe_bottom, safe_right, safe_top = self._safe
        if (
            left < safe_left
            or right > safe_right
            or y + self._below < safe_bottom
            or y + self._above > safe_top
        ):
            self._show_closely(left, way, parts)
            return
        # Far from all edges: the pen's way is exact enough.
        if left < self._left:
            self._left = left
        if right > self._right:
            self._right = right
        if y + self._below < self._bottom:
            self._bottom = y + self._below
        if y + self._above > self._top:
            self._top = y + self._above

    def _show_closely(self, start: float, way: float, parts: Sequence[bytes]) -> None:
        """A plain line that comes near an edge: where its first and last letters have their ink,
        and how high they are where that matters."""
        strings, unit, size = list(parts[1::2]), self._unit, self._outer
        # The outermost letters say where the ink ends; two of them, since one is often a space.
        while strings and (last := self._ends[strings[-1][-size:]]) is None:
            if len(strings[-1]) > size:
                break
            # Blank strings at the end; the kern before them goes with them.
            blank = self._advances[strings.pop()] - self._number(parts[2 * len(strings)])
            way -= blank * unit
        first = self._ends[strings[0][:size]] if strings else None
        if first is not None and last is not None:
            self._add(start + first[0] * unit, start + way - last[1] * unit, strings)
        elif strings:
            self._x = start
            self._show_apart(parts)

    def show_items(self, operands: Sequence[Any]) -> None:
        """TJ of any kind."""
        self._settle()
        for item in operands[0]:
            if isinstance(item, bytes):
                self._show(item)
            elif item:
                self._kern(item)

    def show(self, operands: Sequence[Any]) -> None:
        """Tj."""
        self._settle()
        self._show(operands[0])

    def show_next(self, operands: Sequence[Any]) -> None:
        """': on the next line."""
        self.break_line(())
        self.show(operands)

    def show_spaced(self, operands: Sequence[Any]) -> None:
        """ ": on the next line, with other spacing."""
        now = self._stage.now
        now.word_spacing, now.spacing, text = operands
        self._stage.changed = True
        self.show_next((text,))

    def _show_apart(self, parts: Sequence[bytes]) -> None:
        """Numbers and strings in turn."""
        for index, part in enumerate(parts):
            if index % 2:
                self._show(part)
            elif part:
                self._kern(self._number(part))

    def _kern(self, number: float) -> None:
        now = self._stage.now
        self._advance(-number * now.size * now.scale / 1000)

    def _advance(self, way: float) -> None:
        """Move the pen along the line, in units of text space."""
        self._x += way * self._a
        self._y += way * self._b

    def _show(self, text: bytes) -> None:
        """One string in whatever state."""
        now = self._stage.now
        font = now.font
        if font is None or not isinstance(text, bytes):
            return
        size = now.size / 1000
        way = font.advances[text] * size + len(font.codes(text)) * now.spacing
        if now.word_spacing and not font.composite:
            way += text.count(b" ") * now.word_spacing
        way *= now.scale
        ends = font.ends[text]
        if ends is not None and now.mode not in (INVISIBLE, CLIPPING):
            across = size * now.scale
            bottom, top = font.heights[text]
            glyphs = Box(
                ends[0] * across,
                now.rise + bottom * size,
                way - ends[1] * across,
                now.rise + top * size,
            )
            self._spread(bound_box(glyphs, (self._a, self._b, self._c, self._d, self._x, self._y)))
        self._advance(way)

    def _add(self, left: float, right: float, strings: Sequence[bytes]) -> None:
        """Ink on an upright line; the heights of its letters are looked up where they matter."""
        bottom, top = self._y + self._below, self._y + self._above
        if bottom < self._safe.bottom or top > self._safe.top:
            heights = list(map(self._heights.__getitem__, strings))
            base, size = self._y + self._stage.now.rise * self._d, self._stage.now.size / 1000
            bottom = base + min(heights)[0] * size * self._d
            top = base + max([top for _, top in heights]) * size * self._d
        self._spread(Box(left, bottom, right, top))

    def _spread(self, box: Box) -> None:
        """Take ink into the page's, as far as it can be seen."""
        clip = self._stage.now.clip
        seen = box.meet(self._stage.sheet.media)
        seen = seen if clip is None else seen.meet(clip)
        if not seen.is_empty:
            self._left, self._bottom, self._right, self._top = self.box.join(seen)

    def _settle(self) -> None:
        """Work out what follows from the state, and note what the letters look like."""
        stage = self._stage
        if not stage.changed:
            return
        stage.changed = False
        now = stage.now
        if now.font is None:
            self._plain = False
            return
        font = now.font
        self._advances, self._ends, self._heights = font.advances, font.ends, font.heights
        self._outer = font.pair
        self._stretch = now.size * self._a / 1000
        self._unit = self._stretch * now.scale
        self._above = (now.rise + now.size * _HIGHEST) * self._d
        self._below = (now.rise + now.size * _LOWEST) * self._d
        upright = not self._b and not self._c and self._a > 0 and self._d > 0 and now.size > 0
        loose = now.spacing or now.word_spacing
        self._plain = upright and not loose and now.clip is None and now.mode == 0
        look = (font, now.size, now.fill, now.stroke, now.mode, self._c, self._d)
        if look not in self._looks:
            self._looks.add(look)
            self._note()

    def _note(self) -> None:
        """What letters look like is noted once a page."""
        stage, now = self._stage, self._stage.now
        stage.note(Mark.FONT, now.font)
        if now.mode in (INVISIBLE, CLIPPING):
            return
        size = abs(now.size) * height_of((self._a, self._b, self._c, self._d, 0, 0))
        stage.note(Mark.SIZE, round(size, 1))
        if now.mode != 1:
            stage.note(Mark.TEXT, now.fill)
        if now.mode in (1, 2):
            stage.note(Mark.TEXT, now.stroke)
