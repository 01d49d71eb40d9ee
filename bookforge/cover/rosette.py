"""An engine-turned rosette: waved circles turned by equal steps; each book has its own."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin
from typing import NamedTuple

from bookforge.cover.shapes import Colour, Curve, Point

# Lines thinner than this (points) break up in print; a rosette too small for its rings has one.
_LEAST_LINE, _SMALL = 0.4, 40.0


def draw_rosette(centre: Point, radius: float, colour: Colour, seed: int) -> Iterator[Curve]:
    """The rosette around a point; `seed` decides its petals."""
    x, y = centre
    for ring in _rings(seed) if radius > _SMALL else (_Ring(0.6, 0.38, 4 + seed // 7 % 4, 3),):
        for line in ring.lines():
            points = tuple((round(x + radius * a, 2), round(y + radius * b, 2)) for a, b in line)
            yield Curve(points, max(_LEAST_LINE, radius / 148), colour)


class _Ring(NamedTuple):
    """Waved circles around one centre; radii as parts of the rosette's own."""

    radius: float
    wave: float
    petals: int
    copies: int

    def lines(self) -> Iterator[list[Point]]:
        for copy in range(self.copies):
            yield self._line(2 * pi * copy / self.copies)

    def _line(self, turn: float) -> list[Point]:
        steps = self.petals * 20
        angles = [2 * pi * step / steps for step in range(steps)]
        spans = [self.radius + self.wave * sin(self.petals * at + turn) for at in angles]
        return [(r * cos(at), r * sin(at)) for r, at in zip(spans, angles, strict=True)]


def _rings(seed: int) -> tuple[_Ring, ...]:
    petals = (6, 8, 9, 10, 12)[seed // 7 % 5]
    return (
        _Ring(0.82, 0.15, petals * 2, 6),
        _Ring(0.48, 0.17, petals, 8),
        _Ring(0.18, 0.10, petals // 2 + 1, 6),
    )
