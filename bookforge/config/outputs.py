"""The tables of [output]: what is made, and how."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from bookforge.config.fields import LEAST_TEXT, Margin, Trim, fault, parse_trim, points
from bookforge.config.table import Table


class Margins(Table):
    """Margins of the page, "0.75in", "18mm" or "54pt"; a bare number is points."""

    inside: Margin = Field("0.875in", description="at the spine")
    outside: Margin = Field("0.625in", description="at the fore-edge")
    top: Margin = Field("0.75in", description="top edge to the first line of text")
    bottom: Margin = Field("0.75in", description="bottom edge to the last line of text")


class EpubOutput(Table):
    """The e-book."""

    enabled: bool = Field(True, description="made by a plain bookforge build")
    css: str | None = Field(None, description="a style sheet of yours, after the theme's")
    page_list: bool = Field(
        True, description="the print edition's page numbers, for citing and for classrooms"
    )
    page_source: bool = Field(
        False, description="adds the newer property pageBreakSource, an error to Kobo's intake"
    )
    toc_depth: int = Field(
        2, ge=1, le=3, description="how many levels of headings the contents show; Kindles two"
    )
    embed_fonts: bool | None = Field(
        None,
        description="the fonts go into the book, cut down to the letters it uses; not set, they do"
        " so but for Kindle",
    )
    kepub: bool = Field(False, description="also write a .kepub.epub for Kobo")
    profile: Literal["universal", "kindle"] = Field(
        "universal", description="what the e-book is for; kindle: plain enough for Send to Kindle"
    )
    conformance: str | None = Field(None, description="accessibility claim that you vouch for")
    certifier: str | None = Field(None, description="who vouches for it")

    @property
    def for_kindle(self) -> bool:
        """Whether the e-book is made for Amazon's conversion."""
        return self.profile == "kindle"

    @property
    def with_fonts(self) -> bool:
        """Whether fonts are embedded: as set, else not for Kindle (KDP: readers choose)."""
        return not self.for_kindle if self.embed_fonts is None else self.embed_fonts

    @property
    def levels(self) -> int:
        """Levels of the contents; Kindles show two (Kindle Publishing Guidelines 5.2)."""
        return min(self.toc_depth, 2) if self.for_kindle else self.toc_depth


class PrintOutput(Table):
    """The PDF for the printer."""

    enabled: bool = Field(True, description="made by a plain bookforge build")
    printer: Literal["universal", "kdp", "kdp-hardcover", "ingram", "lulu", "bn", "bookvault"] = (
        Field("universal", description="whose rules to keep")
    )
    trim: Trim = Field(
        "5.5x8.5", description="5.5x8.5 (inches), A5, 148x210mm, or a printer's name"
    )
    paper: Literal["cream", "white"] = Field(
        "cream", description="the paper, for the width of the spine"
    )
    ink: Literal["black", "colour", "premium-colour"] = Field(
        "black", description="black alone, or colour as the printer offers it"
    )
    bleed: bool = Field(
        False,
        description="the pages are larger than the trim size, for pictures that run off the page",
    )
    crop_marks: bool = Field(
        False, description="marks where to cut, for printing at home: printers refuse them"
    )
    font: str | None = Field(None, description="another family for the printed book")
    font_size: float = Field(11, gt=4, le=36, description="size of the text, points")
    leading: float = Field(14, gt=5, le=60, description="line to line, points")
    margins: Literal["auto"] | Margins = Field("auto", description="auto, or inside, outside …")
    chapters_open: Literal["recto", "any", "run-on"] | None = Field(
        None,
        description="where chapters begin: on a right-hand page, on any new page, or running on",
    )
    running_heads: bool = Field(True, description="author and chapter at the top of each page")
    standard: Literal["auto", "none", "pdf/x-1a", "pdf/x-1a:2001", "pdf/x-1a:2003", "pdf/x-4"] = (
        Field("auto", description="print standard; auto is the printer's")
    )

    @model_validator(mode="after")
    def _room_for_text(self) -> Self:
        size = parse_trim(self.trim)
        if size is None or isinstance(self.margins, str):
            return self
        sides = [points(side) for side in (self.margins.inside, self.margins.outside)]
        ends = [points(end) for end in (self.margins.top, self.margins.bottom)]
        if size[0] - sum(sides) < LEAST_TEXT or size[1] - sum(ends) < LEAST_TEXT:
            raise fault(
                "C009",
                f"margins leave no room for text on a page of {self.trim}",
                "at least an inch and a half (38 mm) each way",
            )
        return self


class ScreenOutput(Table):
    """The PDF for reading on a screen."""

    enabled: bool = Field(False, description="made by a plain bookforge build")


class CoverOutput(Table):
    """The wrap-around cover for the printer, and the front as a picture for shops."""

    enabled: bool = Field(False, description="made by a plain bookforge build")
    back_text: str | None = Field(
        None, description="text for the back; the description when left out"
    )
    author_picture: str | None = Field(None, description="picture of the author, on the back")
    price: str | None = Field(
        None, examples=['"$14.99"'], description="price for the bar code; five digits as they are"
    )
    barcode: bool = Field(True, description="draw the bar code of the printed book's ISBN")
    artwork: str | None = Field(
        None, description="finished artwork for the whole wrap: back, spine, front, with bleed"
    )
    spine_text: str | None = Field(
        None, description="text on the spine instead of title and author"
    )
    spine_width: Margin | None = Field(
        None, examples=['"0.62in"'], description="from the printer's template; else reckoned"
    )


class ProofOutput(Table):
    """The PDF to correct on paper."""

    enabled: bool = Field(False, description="made by a plain bookforge build")
    line_numbers: bool = Field(True, description="numbers in the margin")
    leading: float | None = Field(None, examples=["18"], description="line to line, points")


class Output(Table):
    """The files to make."""

    epub: EpubOutput = Field(default_factory=EpubOutput, description="the e-book")
    print: PrintOutput = Field(default_factory=PrintOutput, description="the PDF for the printer")
    screen: ScreenOutput = Field(default_factory=ScreenOutput, description="the PDF for screens")
    cover: CoverOutput = Field(default_factory=CoverOutput, description="the cover for the printer")
    proof: ProofOutput = Field(
        default_factory=ProofOutput, description="the PDF to correct on paper"
    )
