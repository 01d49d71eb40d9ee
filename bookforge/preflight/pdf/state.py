"""The graphics state, and what all parts of the interpreter look at. ISO 32000-1, 8.4."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from msgspec import Struct

from bookforge.preflight.pdf.colour import BLACK, Colour
from bookforge.preflight.pdf.facts import Facts, Mark, Sheet
from bookforge.preflight.pdf.fonts import Font
from bookforge.preflight.pdf.plane import IDENTITY, NOWHERE, Box, Matrix
from bookforge.preflight.pdf.values import as_array, as_dict

INVISIBLE, CLIPPING = 3, 7


class State(Struct):
    """What `q` saves and `Q` brings back."""

    ctm: Matrix = IDENTITY
    clip: Box | None = None
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> State:
        return copy(self)


class Stage:
    """The page that is interpreted, for all parts of the interpreter.

    `safe` is the part of the page where ink breaks no rule, so that its edges need not be exact.
    `changed` is set whenever something changes that the showing of text works out for itself.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.fonts: dict[object, Font] = {}
        self._tables: dict[object, dict[object, Font | None]] = {}
        self.start(Sheet(0, NOWHERE), None, NOWHERE)

    def start(self, sheet: Sheet, resources: Any, safe: Box) -> None:
        """Turn to a page."""
        self.sheet = sheet
        self.resources = resources
        self.safe = safe
        self.now = State()
        self.changed = True

    @property
    def resources(self) -> Any:
        """What names in the content stand for."""
        return self._resources

    @resources.setter
    def resources(self, value: Any) -> None:
        self._resources = value
        # The fonts by name that were looked up; many pages share their resources.
        place = getattr(value, "objgen", (0, 0))
        self._named = {} if place == (0, 0) else self._tables.setdefault(place, {})

    def note(self, mark: Mark, detail: Any) -> None:
        self.facts.note(mark, detail, self.sheet.number)

    def resource(self, kind: str, name: Any) -> Any:
        """A named thing of the current resources, None when it is not there."""
        table = as_dict(as_dict(self.resources).get(kind))
        return table.get("/" + bytes(name).decode("latin-1"))

    def find_font(self, name: Any) -> Font | None:
        """A font by its name in the resources."""
        if name not in self._named:
            entry = self.resource("/Font", name)
            self._named[name] = None if entry is None else known_font(entry, self.fonts)
        return self._named[name]

    def knows_font(self, name: bytes) -> bool:
        """Whether the font of this name was looked up before."""
        return name in self._named

    def ink(self, box: Box) -> None:
        """Something that is no text leaves ink within a box of the page."""
        now = self.now
        seen = box if now.clip is None else box.meet(now.clip)
        seen = seen.meet(self.sheet.media)
        if seen.is_empty:
            return
        self.sheet.blank = False
        if not self.safe.holds(seen):
            self.sheet.add_art(seen)


def known_font(entry: Any, fonts: dict[object, Font]) -> Font:
    """The font of a dictionary; the same object for the same entry of the file."""
    key = getattr(entry, "objgen", (0, 0))
    if key == (0, 0):
        return Font(as_dict(entry))
    if key not in fonts:
        fonts[key] = Font(as_dict(entry))
    return fonts[key]


def filters_of(stream: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of a stream's filters."""
    value = stream.get("/Filter")
    return tuple(str(one)[1:] for one in (as_array(value) or [value]) if one is not None)
