"""The tables of [output]: what is made, and how."""

from typing import Annotated, Literal

from msgspec import Meta

from bookforge.config.fields import LEAST_TEXT, Margin, Trim, parse_trim, points
from bookforge.config.table import Refusal, Table, says


class Margins(Table, frozen=True, kw_only=True):
    """Margins of the page, "0.75in", "18mm" or "54pt"; a bare number is points."""

    inside: Annotated[Margin, says("at the spine")] = "0.875in"
    outside: Annotated[Margin, says("at the fore-edge")] = "0.625in"
    top: Annotated[Margin, says("top edge to the first line of text")] = "0.75in"
    bottom: Annotated[Margin, says("bottom edge to the last line of text")] = "0.75in"


class EpubOutput(Table, frozen=True, kw_only=True):
    """The e-book."""

    enabled: Annotated[bool, says("made by a plain bookforge build")] = True
    css: Annotated[str | None, says("a style sheet of yours, after the theme's")] = None
    page_list: Annotated[
        bool, says("the print edition's page numbers, for citing and for classrooms")
    ] = True
    page_source: Annotated[
        bool, says("adds the newer property pageBreakSource, an error to Kobo's intake")
    ] = False
    toc_depth: Annotated[
        int,
        Meta(ge=1, le=3),
        says("how many levels of headings the contents show; Kindles two"),
    ] = 2
    embed_fonts: Annotated[
        bool | None,
        says(
            "the fonts go into the book, cut down to the letters it uses; not set, they do"
            " so but for Kindle"
        ),
    ] = None
    kepub: Annotated[bool, says("also write a .kepub.epub for Kobo")] = False
    profile: Annotated[
        Literal["universal", "kindle"],
        says("what the e-book is for; kindle: plain enough for Send to Kindle"),
    ] = "universal"
    conformance: Annotated[str | None, says("accessibility claim that you vouch for")] = None
    certifier: Annotated[str | None, says("who vouches for it")] = None

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


class PrintOutput(Table, frozen=True, kw_only=True):
    """The PDF for the printer."""

    enabled: Annotated[bool, says("made by a plain bookforge build")] = True
    printer: Annotated[
        Literal["universal", "kdp", "kdp-hardcover", "ingram", "lulu", "bn", "bookvault"],
        says("whose rules to keep"),
    ] = "universal"
    trim: Annotated[Trim, says("5.5x8.5 (inches), A5, 148x210mm, or a printer's name")] = "5.5x8.5"
    paper: Annotated[Literal["cream", "white"], says("the paper, for the width of the spine")] = (
        "cream"
    )
    ink: Annotated[
        Literal["black", "colour", "premium-colour"],
        says("black alone, or colour as the printer offers it"),
    ] = "black"
    bleed: Annotated[
        bool,
        says("the pages are larger than the trim size, for pictures that run off the page"),
    ] = False
    crop_marks: Annotated[
        bool, says("marks where to cut, for printing at home: printers refuse them")
    ] = False
    font: Annotated[str | None, says("another family for the printed book")] = None
    font_size: Annotated[float, Meta(gt=4, le=36), says("size of the text, points")] = 11
    leading: Annotated[float, Meta(gt=5, le=60), says("line to line, points")] = 14
    margins: Annotated[Literal["auto"] | Margins, says("auto, or inside, outside …")] = "auto"
    chapters_open: Annotated[
        Literal["recto", "any", "run-on"] | None,
        says("where chapters begin: on a right-hand page, on any new page, or running on"),
    ] = None
    running_heads: Annotated[bool, says("author and chapter at the top of each page")] = True
    standard: Annotated[
        Literal["auto", "none", "pdf/x-1a", "pdf/x-1a:2001", "pdf/x-1a:2003", "pdf/x-4"],
        says("print standard; auto is the printer's"),
    ] = "auto"

    def __post_init__(self) -> None:
        if isinstance(self.margins, str):
            return
        size = parse_trim(self.trim)
        if size is None:
            return
        sides = [points(side) for side in (self.margins.inside, self.margins.outside)]
        ends = [points(end) for end in (self.margins.top, self.margins.bottom)]
        if size[0] - sum(sides) < LEAST_TEXT or size[1] - sum(ends) < LEAST_TEXT:
            raise Refusal(
                "C009",
                f"margins leave no room for text on a page of {self.trim}",
                "at least an inch and a half (38 mm) each way",
            )


class ScreenOutput(Table, frozen=True, kw_only=True):
    """The PDF for reading on a screen."""

    enabled: Annotated[bool, says("made by a plain bookforge build")] = False


class CoverOutput(Table, frozen=True, kw_only=True):
    """The wrap-around cover for the printer, and the front as a picture for shops."""

    enabled: Annotated[bool, says("made by a plain bookforge build")] = False
    back_text: Annotated[str | None, says("text for the back; the description when left out")] = (
        None
    )
    author_picture: Annotated[str | None, says("picture of the author, on the back")] = None
    price: Annotated[
        str | None,
        says("price for the bar code; five digits as they are", '"$14.99"'),
    ] = None
    barcode: Annotated[bool, says("draw the bar code of the printed book's ISBN")] = True
    artwork: Annotated[
        str | None,
        says("finished artwork for the whole wrap: back, spine, front, with bleed"),
    ] = None
    spine_text: Annotated[str | None, says("text on the spine instead of title and author")] = None
    spine_width: Annotated[
        Margin | None,
        says("from the printer's template; else reckoned", '"0.62in"'),
    ] = None


class ProofOutput(Table, frozen=True, kw_only=True):
    """The PDF to correct on paper."""

    enabled: Annotated[bool, says("made by a plain bookforge build")] = False
    line_numbers: Annotated[bool, says("numbers in the margin")] = True
    leading: Annotated[float | None, says("line to line, points", "18")] = None


class Output(Table, frozen=True, kw_only=True):
    """The files to make."""

    epub: Annotated[EpubOutput, says("the e-book")] = EpubOutput()
    print: Annotated[PrintOutput, says("the PDF for the printer")] = PrintOutput()
    screen: Annotated[ScreenOutput, says("the PDF for screens")] = ScreenOutput()
    cover: Annotated[CoverOutput, says("the cover for the printer")] = CoverOutput()
    proof: Annotated[ProofOutput, says("the PDF to correct on paper")] = ProofOutput()
