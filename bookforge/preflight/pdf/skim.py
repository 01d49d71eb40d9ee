"""Ordinary lines of text taken many at a time, by the compiled kernel.

Without the kernel nothing is: then each operation is matched by itself, which comes to the same.
"""

from __future__ import annotations

from typing import TypeAlias

from bookforge.kernel import compiled
from bookforge.preflight.pdf.fonts import Measures
from bookforge.preflight.pdf.plane import Box

# Where text space stands on the page: width and height of its unit; the width of a thousandth of
# the type size, letters not being scaled; how far above and below the baseline ink may be.
Look: TypeAlias = tuple[float, float, float, float, float]
# The beginning of the line, the pen, the scale of letters, and what that makes of a thousandth.
Pen: TypeAlias = tuple[float, float, float, float, float, float]
Edges: TypeAlias = tuple[float, float, float, float]


@compiled("ink")
def shows_line(content: bytes, place: int) -> bool:
    """Whether the next operation that does anything is an ordinary line, as far as can be seen
    without its font; only marks of content may stand before it."""
    return False


@compiled("ink")
def read_font(content: bytes, place: int) -> tuple[bytes, float, int] | None:
    """The name and size of `/Name n Tf`, and its end, if that is the next operation."""
    return None


@compiled("ink")
def take_lines(
    content: bytes, place: int, measures: Measures, look: Look, pen: Pen, box: Edges, safe: Box
) -> tuple[int, int, Pen, Edges]:
    """Marks of content, `n Tz x y Td [...]TJ` and `[...]TJ` from a place on, up to the first
    operation that is anything else, or whose ink leaves the safe part of the page.

    Gives the end of the last one taken, how many were, and where pen and ink are now.
    """
    return place, 0, pen, box
