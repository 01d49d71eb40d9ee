"""What was seen in a file, as plain values: the rules look at nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct, field

from bookforge.preflight.pdf.fonts import Font
from bookforge.preflight.pdf.plane import NOWHERE, Box

# More boxes than these on one page that reach into its margins say nothing new.
_MOST_BOXES = 500


class Mark(StrEnum):
    """Kinds of things that are noted with the pages they are on, and what the detail is."""

    FONT = "the font that letters are set in"
    SIZE = "type size in points, to a tenth"
    TEXT = "the colour of letters"
    FILL = "the colour of areas and lines"
    RULE = "the thickness of a line in points, to a hundredth"
    PICTURE = "an `Image`"
    CLEAR = "what is transparent"
    LEGACY = "what print standards forbid: transfer curves, PostScript …"
    FAULT = "why the content cannot be read"


class Image(NamedTuple):
    """A picture where it stands: pixels to the inch across and up, its colour space and filters."""

    across: int
    up: int
    space: str
    bits: int
    filters: tuple[str, ...]


class Sheet(Struct):
    """One page: its boxes, and where its ink is.

    `text` holds the ink of all letters; `art` that of pictures and areas that leave the part of
    the page where nothing needs to be looked at. `turn` in degrees; `unit` is UserUnit.
    """

    number: int
    media: Box
    crop: Box | None = None
    bleed: Box | None = None
    trim: Box | None = None
    art_box: Box | None = None
    turn: float = 0
    unit: float = 1
    text: Box = NOWHERE
    art: list[Box] = field(default_factory=list)
    blank: bool = True
    annotations: tuple[str, ...] = ()
    group: bool = False

    @property
    def page(self) -> Box:
        """The trimmed page, as far as the file tells it."""
        return self.trim or self.art_box or self.media

    def add_art(self, box: Box) -> None:
        if len(self.art) < _MOST_BOXES:
            self.art.append(box)


class Keys(Struct):
    """The catalog, the information dictionary and the trailer, as far as rules ask for them."""

    version: str = ""
    info: Mapping[str, str] = field(default_factory=dict)
    xmp: str = ""
    has_id: bool = True
    encrypted: bool = False
    intents: tuple[Intent, ...] = ()
    active: tuple[str, ...] = ()
    layers: bool = False
    outline: bool = False
    tagged: bool = False
    right_to_left: bool = False
    filters: frozenset[str] = frozenset()
    packed: bool = False


class Intent(NamedTuple):
    """A printing condition: its name, registry, words and profile's class ("prtr"), if any."""

    condition: str
    registry: str
    info: str
    profile: bytes | None


class Facts(Struct):
    """Everything that was seen. `size` in bytes; `listed` are the fonts in pages' resources.

    `latest` collects what is noted, in order.
    """

    size: int
    sheets: list[Sheet] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    listed: dict[Font, list[int]] = field(default_factory=dict)
    damage: list[str] = field(default_factory=list)
    latest: dict[tuple[Mark, Any], None] = field(default_factory=dict)
    _noted: dict[tuple[Mark, Any], list[int]] = field(default_factory=dict)

    def note(self, mark: Mark, detail: Hashable, page: int) -> None:
        """Something is on a page; noting it twice says no more."""
        key = mark, detail
        self.latest[key] = None
        pages = self._noted.get(key)
        if pages is None:
            self._noted[key] = [page]
        elif pages[-1] != page:
            pages.append(page)

    def find(self, mark: Mark) -> Iterator[tuple[Any, list[int]]]:
        """What was noted of a kind, in the order of first sight, with its pages."""
        for (kind, detail), pages in self._noted.items():
            if kind is mark:
                yield detail, pages
