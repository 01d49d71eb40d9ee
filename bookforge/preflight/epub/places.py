"""Places in a finished EPUB, and who can tell where they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from bookforge.diagnostics import Hint, Span


class Place(NamedTuple):
    """A member of the archive, a line of it (from 1; 0: not known), and the markup there."""

    member: str
    line: int = 0
    markup: str = ""

    def __str__(self) -> str:
        return f"{self.member}:{self.line}" if self.line else self.member


def tell_place(place: Place, times: int = 1) -> Hint:
    """Where a finding is, or the first of several."""
    return Hint(f"first at {place}" if times > 1 else f"at {place}")


# Where a place comes from in the manuscript; None when that cannot be told.
Locate: TypeAlias = Callable[[Place], Span | None]


def locate_nothing(place: Place) -> None:
    """For files of which no manuscript is known."""
