"""A compiled function beside the Python that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

from bookforge.kernel import pure
from bookforge.typeset.linebreak import Breaks

_Function = TypeVar("_Function", bound=Callable[..., Any])


def twins(function: _Function) -> tuple[_Function, _Function]:
    """The compiled function and the Python; skips where the kernel was not built."""
    python = pure(function)
    if python is None:
        pytest.skip("the kernel was not built, or is off")
    return function, python


def lay_breaks(words: Iterable[tuple[float, float, int]], space: float, start: float) -> Breaks:
    """Breaks after words, each with its width, what a line that ends there has more, and whether it
    ends in a hyphen instead of a space; `start` is that of the first line."""
    ends, starts, stops, begins, hyphens = [0.0], [start], [0], [0], [0]
    reach, gone = 0.0, 0
    for width, more, hyphen in words:
        reach += width
        ends.append(reach + more)
        stops.append(gone)
        if not hyphen:
            reach, gone = reach + space, gone + 1
        starts.append(reach)
        begins.append(gone)
        hyphens.append(hyphen)
    return Breaks(ends, starts, stops, begins, hyphens)
