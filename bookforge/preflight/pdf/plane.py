"""Points, boxes and transformations of the page; units are points, y grows upwards."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot, inf
from typing import NamedTuple, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle by its edges; one that holds nothing has left beyond right."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def is_empty(self) -> bool:
        return self.left > self.right or self.bottom > self.top

    def join(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def meet(self, other: Box) -> Box:
        """What both have in common; empty when they do not touch."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def grow(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the other lies within, but for `slack` points."""
        return (
            other.left >= self.left - slack
            and other.bottom >= self.bottom - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )


NOWHERE = Box(inf, inf, -inf, -inf)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The transformation that does `first`, then `second`."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = second
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def bound(points: Iterable[tuple[float, float]], matrix: Matrix) -> Box:
    """The box around points after a transformation."""
    a, b, c, d, e, f = matrix
    moved = [(x * a + y * c + e, x * b + y * d + f) for x, y in points]
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return Box(min(xs), min(ys), max(xs), max(ys))


def bound_box(box: Box, matrix: Matrix) -> Box:
    """The box around a box after a transformation."""
    left, bottom, right, top = box
    return bound(((left, bottom), (right, bottom), (left, top), (right, top)), matrix)


def scale_of(matrix: Matrix) -> float:
    """By how much lengths grow: the square root of what areas grow by."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def height_of(matrix: Matrix) -> float:
    """By how much upright lengths grow, as the height of type does."""
    return hypot(matrix[2], matrix[3])
