"""Values out of a PDF that may lie: what is of the wrong kind counts as not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from bookforge.preflight.pdf.plane import Box, Matrix

# Larger numbers are no measure of a page (PDF allows 14,400 units).
_LARGEST = 1e9


def as_dict(value: Any) -> Mapping[str, Any]:
    """A dictionary, or that of a stream; empty when it is neither."""
    if isinstance(value, Dictionary | Stream):
        return value  # type: ignore[return-value]
    return {}


def as_array(value: Any) -> Sequence[Any]:
    """A list; empty when it is none."""
    return list(value) if isinstance(value, Array) else ()


def as_name(value: Any) -> str:
    """A name without its slash; "" when it is none."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return str(value)[1:] if isinstance(value, Name) else ""


def as_text(value: Any) -> str:
    """A string or a name as text."""
    return str(value) if isinstance(value, String) else as_name(value)


def as_number(value: Any, default: float) -> float:
    if value is None:
        return default
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if isfinite(number) and abs(number) < _LARGEST else default


def as_numbers(value: Any) -> list[float]:
    """Numbers of a list; noughts stand for what is none."""
    return [as_number(one, 0.0) for one in as_array(value)]


def as_box(value: Any) -> Box | None:
    """A rectangle, whichever corners are given; None when it is none."""
    if value is None:
        return None
    numbers = as_numbers(value)
    if len(numbers) != 4:
        return None
    left, bottom, right, top = numbers
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def as_matrix(value: Any) -> Matrix:
    numbers = as_numbers(value)
    if len(numbers) != 6:
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)
