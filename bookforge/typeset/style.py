"""All measures of the book, resolved: config and theme in, points out.

After here nobody reads the settings. Lengths are points unless a name says lines or em.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bookforge.config.model import Config, Margins
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity
from bookforge.printers.load import load_printer
from bookforge.themes.load import Theme
from bookforge.typeset.units import parse_length, parse_trim

# A page with fewer lines than this is no page of a book: margins give way.
_FEWEST_LINES = 8
# In ems: narrower lines cannot be set.
_LEAST_MEASURE = 12
# Ink above the baseline of a head and below that of a folio, and what hangs out: shares of the
# size of the text.
ASCENT, DESCENT, HUNG = 0.72, 0.25, 0.48
# Lines from a head's baseline to the room the theme leaves under it; from the last line to a folio.
HEAD_DROP, FOLIO_DROP = 0.3, 1.75


class Align(StrEnum):
    """How lines stand in their measure."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Caps(StrEnum):
    """Letters as written, small capitals for the small ones, or for all; or all as capitals."""

    NONE = "none"
    SMALL = "small"
    ALL_SMALL = "all-small"
    CAPITALS = "capitals"


class BlockStyle(Struct, frozen=True):
    """How a paragraph is set. `above` and `below` are lines of the grid; `hang` moves the lines
    after the first further in; `tracking` is 1/1000 em."""

    size: float
    align: Align = Align.JUSTIFY
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    hang: float = 0.0
    above: int = 0
    below: int = 0
    italic: bool = False
    bold: bool = False
    caps: Caps = Caps.NONE
    tracking: float = 0.0
    lining: bool = False
    hyphenate: bool = True
    together: bool = False
    mono: bool = False
    display: bool = False  # in the face of openings
    rows: int = 1  # lines of the grid that each line takes


class Sides(NamedTuple):
    """The four margins; `inside` is at the spine."""

    inside: float
    outside: float
    top: float
    bottom: float


class Sheet(Struct, frozen=True):
    """The page: trimmed size, margins, and the grid. `inside` is at the spine."""

    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    leading: float
    turned: bool = False  # a book from right to left: its spine is on the other side
    bleed: float = 0.0  # how far pictures run over the trim, points

    @property
    def measure(self) -> float:
        return self.width - self.inside - self.outside

    @property
    def lines(self) -> int:
        """Lines of text on a full page."""
        room = self.height - self.top - self.bottom
        return max(_FEWEST_LINES, int((room + 0.01) / self.leading))

    def left(self, recto: bool) -> float:
        return self.inside if recto != self.turned else self.outside

    def baseline(self, line: float) -> float:
        """The baseline of a line of the grid, the first being 0: type sits on its leading with
        a quarter of it below."""
        return self.top + (line + 0.75) * self.leading


class Emblem(Struct, frozen=True):
    """A picture as an ornament: its file, width and height (their ratio counts)."""

    path: str
    width: float
    height: float


class Design(Struct, frozen=True):
    """What theme and settings say together."""

    values: Mapping[str, Any]
    sheet: Sheet
    font: str
    size: float
    flex: float
    hyphenate: bool
    widows: float
    balance: float
    chapters_open: str
    running_heads: bool
    lead_in: bool
    drop_cap: int
    ornament: str
    emblem: Emblem | None = None  # the picture that stands for the ornament, if it is one

    @property
    def space(self) -> float:
        """The word space of the text, as a share of the size."""
        return float(self.number("text.word-space", 0.25))

    @property
    def indent(self) -> float:
        return self.number("text.indent", 1.4) * self.size

    def number(self, key: str, default: float) -> float:
        """A figure of the theme."""
        value = _look(self.values, key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if is_number else default

    def text(self, key: str, default: str) -> str:
        value = _look(self.values, key)
        return value if isinstance(value, str) else default

    def flag(self, key: str, default: bool) -> bool:
        value = _look(self.values, key)
        return value if isinstance(value, bool) else default

    def align(self, table: str) -> Align:
        """How the openings of a table of the theme stand; those of "opening" for the others."""
        usual = self.text("opening.align", "centre")
        return Align(self.text(f"{table}.align", usual))

    def display(
        self, table: str, line: str, size: float, caps: Caps, tracking: float
    ) -> BlockStyle:
        """How a line of display is set (`opening.label`, `part.title` …) if the theme is silent."""
        key = f"{table}.{line}"
        return BlockStyle(
            self.size * self.number(f"{key}-size", size),
            self.align(table),
            italic=self.flag(f"{key}-italic", False),
            bold=self.flag(f"{key}-bold", False),
            caps=Caps(self.text(f"{key}-caps", caps.value)),
            tracking=self.number(f"{key}-tracking", tracking),
            hyphenate=False,
            together=True,
            display=self.flag(f"{key}-display", True),
        )

    @property
    def body(self) -> BlockStyle:
        return BlockStyle(self.size, indent=self.indent, hyphenate=self.hyphenate)


def resolve(config: Config, theme: Theme, pages: int, turned: bool = False) -> Design:
    """The design for a book of about so many pages (the inside margin depends on them); `turned`:
    one that is read from right to left.

    Raises `ConfigError` (C040) for lengths that cannot be read.
    """
    style, output = config.style, config.output.print
    values = theme.values
    return Design(
        values=values,
        sheet=replace(_sheet(config, values, pages), turned=turned),
        font=output.font or style.font or str(_look(values, "text.font") or "EB Garamond"),
        size=output.font_size,
        flex=style.glyph_scaling / 100.0,
        hyphenate=style.hyphenate,
        widows=style.widows,
        balance=style.balance,
        chapters_open=output.chapters_open or str(_look(values, "page.chapters-open") or "recto"),
        running_heads=output.running_heads,
        lead_in=(style.lead_in or _look(values, "opening.lead-in")) == "small-caps",
        drop_cap=_drop_cap(style.drop_cap, _look(values, "opening.drop-cap")),
        ornament=style.ornament or str(_look(values, "text.ornament") or "*"),
    )


def narrow(style: BlockStyle, inset: float, size: float) -> BlockStyle:
    """The same style set in on both sides at another size."""
    return replace(style, size=size, left=style.left + inset, right=style.right + inset)


def _drop_cap(wish: bool | int | None, usual: object) -> int:
    lines = usual if wish is None or wish is True else wish
    if wish is True and not usual:
        lines = 3
    if not isinstance(lines, int) or isinstance(lines, bool):
        return 0
    return lines if 2 <= lines <= 5 else 0


def _sheet(config: Config, values: Mapping[str, Any], pages: int) -> Sheet:
    output = config.output.print
    width, height = parse_trim(output.trim)
    margins = output.margins
    if isinstance(margins, Margins):
        given = (margins.inside, margins.outside, margins.top, margins.bottom)
        sides = Sides(*map(parse_length, given))
    else:
        sides = _margins(config, values, width, height, pages)
    bleed = load_printer(output.printer).bleed.size if output.bleed else 0.0
    sheet = Sheet(width, height, *sides, output.leading, bleed=bleed)
    too_low = height - sides.top - sides.bottom < _FEWEST_LINES * output.leading
    if sheet.measure < _LEAST_MEASURE * output.font_size or too_low:
        message = "the margins leave no room for text"
        hint = Hint("smaller margins or type, or a bigger trim size in [output.print]")
        raise ConfigError(Diagnostic("C041", Severity.ERROR, message, hints=(hint,)))
    return sheet


def least_sides(config: Config, values: Mapping[str, Any], pages: int) -> Sides:
    """The least margins that keep all ink as far from the edges as the printer asks for: heads,
    folios and marks that hang out of the lines included."""
    output = config.output.print
    rules = load_printer(output.printer).margins
    safety, size, leading = rules.edge(output.bleed), output.font_size, output.leading
    above = _number(values, "heads.above", 1.6) + HEAD_DROP - 0.75
    below = (FOLIO_DROP - 0.25) * leading
    return Sides(
        inside=rules.inside(pages) + HUNG * size,
        outside=safety + HUNG * size,
        top=safety + ASCENT * size + above * leading,
        bottom=safety + DESCENT * size + below,
    )


def _margins(
    config: Config, values: Mapping[str, Any], width: float, height: float, pages: int
) -> Sides:
    """The theme's shares of the page, but never less than the printer asks for."""
    page, least = values.get("page", {}), least_sides(config, values, pages)
    inside = max(least.inside, page.get("inside", 0.1364) * width)
    # A wide gutter takes from the outside before it takes from the text.
    wished = page.get("outside", 0.1136) * width
    spare = width - inside - page.get("measure", 0.68) * width
    outside = max(least.outside, min(wished, spare))
    top = max(least.top, page.get("top", 0.0882) * height)
    bottom = max(least.bottom, page.get("bottom", 0.0882) * height)
    return Sides(inside, outside, top, bottom)


def _number(values: Mapping[str, Any], key: str, default: float) -> float:
    value = _look(values, key)
    return float(value) if isinstance(value, int | float) else default


def _look(values: Mapping[str, Any], key: str) -> Any:
    found: Any = values
    for part in key.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found
