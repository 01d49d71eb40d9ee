"""What a printer asks for, as values. Lengths are points, names and figures the printer's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

# Nearer than this (points) two trim sizes are the same: guides round to a hundredth of an inch.
_SAME = 1.0
INCH = 72.0


class Source(NamedTuple):
    """Where a figure is from; one that is not `confirmed` was not read at the printer's."""

    text: str
    confirmed: bool


class Trim(NamedTuple):
    """A page size on a printer's list, trimmed."""

    name: str
    width: float
    height: float

    def fits(self, width: float, height: float) -> bool:
        return abs(self.width - width) <= _SAME and abs(self.height - height) <= _SAME


class Limit(NamedTuple):
    """How many pages a book may have in this ink on this paper; no `trims` are all trims."""

    ink: str
    paper: str
    least: int
    most: int
    trims: tuple[tuple[float, float], ...] = ()


class Barcode(NamedTuple):
    """The room for the bar code on the back: its box, and how far that stands from the edges."""

    width: float
    height: float
    from_edge: float


class Margins(Struct, frozen=True):
    """The least distance of ink from the edges. `gutters`: (pages up to, least inside margin).

    `safety` holds for the outside, top and bottom, `safety_bleed` when the pages bleed.
    """

    safety: float
    safety_bleed: float
    gutters: tuple[tuple[int, float], ...]

    def inside(self, pages: int) -> float:
        """The least inside margin of a book of so many pages; the last step goes on upwards."""
        return next((inside for most, inside in self.gutters if pages <= most), self.gutters[-1][1])

    def edge(self, bleed: bool) -> float:
        """The least margin on the three other sides."""
        return self.safety_bleed if bleed else self.safety


class Trims(Struct, frozen=True):
    """The page sizes offered, and the least and greatest of those cut to order, if any are."""

    sizes: tuple[Trim, ...]
    least: tuple[float, float] | None = None
    most: tuple[float, float] | None = None

    def find(self, width: float, height: float) -> Trim | None:
        """The listed size that this page has."""
        return next((size for size in self.sizes if size.fits(width, height)), None)

    def takes(self, width: float, height: float) -> bool:
        """Whether the page is on the list or may be cut to order."""
        if self.find(width, height) is not None:
            return True
        if self.least is None or self.most is None:
            return False
        wide = self.least[0] - _SAME <= width <= self.most[0] + _SAME
        return wide and self.least[1] - _SAME <= height <= self.most[1] + _SAME


class Pages(Struct, frozen=True):
    """How many pages there may be. `even`: an odd number is filled up; `last_blank`: the last
    page is the printer's; `most_blank`: so many blank pages may follow each other."""

    even: bool
    last_blank: bool
    most_blank: int
    limits: tuple[Limit, ...]

    def limit(self, ink: str, paper: str, width: float, height: float) -> Limit | None:
        """The limit for this book; None when the printer has not this ink on this paper."""
        for limit in self.limits:
            sizes = (Trim("", *size) for size in limit.trims)
            fits = not limit.trims or any(size.fits(width, height) for size in sizes)
            if (limit.ink, limit.paper) == (ink, paper) and fits:
                return limit
        return None


class Bleed(Struct, frozen=True):
    """How far pictures run over the trim, and on which edges the page is larger for it."""

    size: float
    edges: tuple[str, ...]


class Spine(Struct, frozen=True):
    """How thick a book is: points a page by "ink/paper", and what the cover adds.

    Text stands on it from `text_pages` on, `clearance` from both its edges.
    """

    per_page: Mapping[str, float]
    extra: float
    text_pages: int
    clearance: float

    def width(self, pages: int, ink: str, paper: str) -> float | None:
        """The width of the spine; None when the printer has not this ink on this paper."""
        each = self.per_page.get(f"{ink}/{paper}")
        return None if each is None else pages * each + self.extra


class FileRules(Struct, frozen=True):
    """What the PDF must be and may hold.

    `resolution` in dots an inch, `ink_limit` in per cent of the four inks together, `least_type`
    and `least_rule` in points, `least_grey` in per cent, `colour` "cmyk" or "srgb".
    """

    standard: str
    outline: bool
    metadata: bool
    colour: str
    resolution: float
    ink_limit: float
    least_type: float
    least_rule: float
    least_grey: float
    most_megabytes: float | None = None


class CoverRules(Struct, frozen=True):
    """The cover's sheet. `bleed` is cut off, or folded in round the boards of a hardcover; the
    boards stand out by `overhang`, and bend at `hinge` from the spine. Text stays `safety` away
    from the edges."""

    bleed: float
    safety: float
    barcode: Barcode
    overhang: float = 0.0
    hinge: float = 0.0


class Printer(Struct, frozen=True):
    """A printer: `key` as book.toml names it, `name` as messages do.

    `covers` are the keys of those whom the universal printer satisfies at once. `sources` says
    for each figure ("margins.safety") where it is from.
    """

    key: str
    name: str
    long_name: str
    binding: str
    margins: Margins
    trims: Trims
    pages: Pages
    bleed: Bleed
    spine: Spine
    file: FileRules
    cover: CoverRules
    sources: Mapping[str, Source]
    covers: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Whom messages speak of: "KDP", or those whom the universal printer stands for."""
        return "all printers at once" if self.covers else self.name

    @property
    def asks(self) -> str:
        """ "KDP asks for", to be followed by what."""
        return "printers ask for" if self.covers else f"{self.name} asks for"

    @property
    def takes(self) -> str:
        """ "KDP takes", likewise."""
        return "printers take" if self.covers else f"{self.name} takes"

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The figures that were not read at the printer's."""
        return tuple(key for key, source in self.sources.items() if not source.confirmed)
