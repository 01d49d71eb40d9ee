"""What a section is made of. Closed union, immutable, a span on every node."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from bookforge.diagnostics import Span
from bookforge.model.inlines import Image, Inlines


class ParagraphRole(Enum):
    """What a paragraph is for; decides its setting."""

    BODY = "body"
    CENTRED = "centred"
    DATELINE = "dateline"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ATTRIBUTION = "attribution"


class QuoteRole(Enum):
    """What kind of set-off matter a `Quote` is."""

    QUOTATION = "quotation"
    LETTER = "letter"
    NOTE = "note"
    INSCRIPTION = "inscription"
    MESSAGE = "message"
    EPIGRAPH = "epigraph"


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: Inlines
    span: Span
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section (level 1 is the highest below the section's own title)."""

    level: int
    children: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class SceneBreak:
    """A pause between scenes; `mark` is what the manuscript printed, "" for a blank gap."""

    span: Span
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Matter set off from the text: a quotation, letter, note, inscription, epigraph."""

    blocks: tuple[Block, ...]
    span: Span
    role: QuoteRole = QuoteRole.QUOTATION


@dataclass(frozen=True, slots=True)
class VerseLine:
    """One line of verse; `indent` in steps of the verse indent (1 em)."""

    children: Inlines
    span: Span
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Verse:
    """Stanzas of lines that are never run together."""

    stanzas: tuple[tuple[VerseLine, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the number of the first item when `ordered`."""

    items: tuple[ListItem, ...]
    span: Span
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on its own, with an optional caption."""

    image: Image
    span: Span
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines kept as they are, in a typewriter face."""

    text: str
    span: Span


Block: TypeAlias = (
    Paragraph | Heading | SceneBreak | Quote | Verse | ListBlock | Figure | Preformatted
)
Blocks: TypeAlias = tuple[Block, ...]
