"""What a section is made of. Closed union, immutable, a span on every node."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.model.inlines import Image, Inlines


class ParagraphRole(StrEnum):
    """What a paragraph is for; decides its setting."""

    BODY = "body"
    CENTRED = "centred"
    DATELINE = "dateline"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ATTRIBUTION = "attribution"


class QuoteRole(StrEnum):
    """What kind of set-off matter a `Quote` is."""

    QUOTATION = "quotation"
    LETTER = "letter"
    NOTE = "note"
    INSCRIPTION = "inscription"
    MESSAGE = "message"
    EPIGRAPH = "epigraph"


class Paragraph(Struct, frozen=True, gc=False):
    children: Inlines
    span: Span
    role: ParagraphRole = ParagraphRole.BODY


class Heading(Struct, frozen=True, gc=False):
    """A heading inside a section (level 1 is the highest below the section's own title)."""

    level: int
    children: Inlines
    span: Span


class SceneBreak(Struct, frozen=True, gc=False):
    """A pause between scenes; `mark` is what the manuscript printed, "" for a blank gap."""

    span: Span
    mark: str = ""


class Quote(Struct, frozen=True, gc=False):
    """Matter set off from the text: a quotation, letter, note, inscription, epigraph."""

    blocks: tuple[Block, ...]
    span: Span
    role: QuoteRole = QuoteRole.QUOTATION


class VerseLine(Struct, frozen=True, gc=False):
    """One line of verse; `indent` in steps of the verse indent (1 em)."""

    children: Inlines
    span: Span
    indent: int = 0


class Verse(Struct, frozen=True, gc=False):
    """Stanzas of lines that are never run together."""

    stanzas: tuple[tuple[VerseLine, ...], ...]
    span: Span


class ListItem(Struct, frozen=True, gc=False):
    blocks: tuple[Block, ...]
    span: Span


class ListBlock(Struct, frozen=True, gc=False):
    """A list; `start` is the number of the first item when `ordered`."""

    items: tuple[ListItem, ...]
    span: Span
    ordered: bool = False
    start: int = 1


class Figure(Struct, frozen=True, gc=False):
    """A picture on its own, with an optional caption."""

    image: Image
    span: Span
    caption: Inlines = ()


class Preformatted(Struct, frozen=True, gc=False):
    """Lines kept as they are, in a typewriter face."""

    text: str
    span: Span


class Alignment(StrEnum):
    """How the cells of a column stand; `NATURAL` is where lines begin."""

    NATURAL = "natural"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Cell(Struct, frozen=True, gc=False):
    """One cell; empty ones have no children."""

    children: Inlines
    span: Span


class TableRow(Struct, frozen=True, gc=False):
    cells: tuple[Cell, ...]
    span: Span


class Table(Struct, frozen=True, gc=False):
    """A simple table: every row has a cell for each of `aligns`, none reaches over others.

    The first `heads` rows say what the columns hold. The caption is read before the rows.
    """

    rows: tuple[TableRow, ...]
    span: Span
    aligns: tuple[Alignment, ...]
    heads: int = 0
    caption: Inlines = ()


Block: TypeAlias = (
    Paragraph | Heading | SceneBreak | Quote | Verse | ListBlock | Figure | Preformatted | Table
)
Blocks: TypeAlias = tuple[Block, ...]
