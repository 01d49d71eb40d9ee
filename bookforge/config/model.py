"""book.toml as typed values. Each setting is declared once: type, default, meaning.

The reference page, the starter file and the JSON Schema derive from these models.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bookforge.config.fields import (
    LEAST_TEXT,
    CodeName,
    Encoding,
    FileName,
    Isbn,
    Kind,
    LanguageTag,
    Margin,
    Pattern,
    PublicationDate,
    Role,
    Trim,
    fault,
    parse_trim,
    points,
)

# Settings that later versions will use: accepted and checked, but without effect today.
NOT_YET = frozenset(
    {
        "$schema",
        "book.rating",
        "book.warnings",
        "check.words",
        "output.cover",
        "output.epub.kepub",
        "output.epub.profile",
        "output.print.paper",
        "output.proof",
        "output.screen",
        "send",
    }
)


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class Table(BaseModel):
    """A table of book.toml: kebab-case keys, unknown ones refused, never changed."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=_kebab, populate_by_name=True, defer_build=True
    )


class Contributor(Table):
    """Somebody who made the book, with a MARC relator code."""

    name: str = Field(description="as it is printed")
    role: Role = Field("aut", description="MARC relator: aut, edt, trl, ill, aui, nrt …")
    sort: str | None = Field(None, description="as it is sorted: Surname, Given names")


class Series(Table):
    """The series the book belongs to."""

    name: str = Field(description="name of the series")
    number: int | float | None = Field(None, description="place in the series")


class Isbns(Table):
    """ISBNs by edition; check digits are verified."""

    epub: Isbn | None = Field(None, description="ISBN of the e-book")
    print: Isbn | None = Field(None, description="ISBN of the printed book")
    screen: Isbn | None = Field(None, description="ISBN of the PDF for screens")


class Book(Table):
    """What the book says of itself."""

    title: str | None = Field(None, description="title")
    subtitle: str | None = Field(None, description="subtitle")
    short_title: str | None = Field(None, description="short form for running heads")
    edition_statement: str | None = Field(
        None, examples=['"Second edition"'], description='"Second edition" and the like'
    )
    author: str | None = Field(None, description="author, as printed")
    authors: tuple[str, ...] = Field(
        (), examples=['["…", "…"]'], description="several authors, instead of author"
    )
    contributor: tuple[Contributor, ...] = Field((), description="editors, translators, artists …")
    language: LanguageTag | None = Field(
        None, examples=['"en-GB"'], description="language tag such as en-GB, de, pt-BR"
    )
    publisher: str | None = Field(None, description="publisher or imprint")
    date: PublicationDate | None = Field(
        None,
        examples=['"2024-05-31"'],
        description="date of publication: YYYY, YYYY-MM or YYYY-MM-DD",
    )
    description: str | None = Field(None, description="blurb for shops")
    rights: str | None = Field(None, description="rights statement")
    copyright_year: int | None = Field(
        None, examples=["2024"], description="year in the copyright line"
    )
    copyright_holder: str | None = Field(None, description="holder, if not the author")
    license: str | None = Field(
        None, examples=['"CC BY 4.0"'], description='a licence, such as "CC BY 4.0"'
    )
    identifier: str | None = Field(None, description="own identifier; derived when left out")
    series: Series | None = Field(None, description="series and number")
    isbn: Isbns = Field(default_factory=Isbns, description="ISBNs by edition")
    subjects: tuple[str, ...] = Field((), description="subjects for shops and libraries")
    keywords: tuple[str, ...] = Field((), description="search words for shops")
    audience: str | None = Field(None, description="intended readers")
    also_by: tuple[str, ...] = Field((), description="other books by the author")
    fandom: tuple[str, ...] = Field((), description="fan fiction: fandoms")
    rating: str | None = Field(None, description="fan fiction: rating")
    warnings: tuple[str, ...] = Field((), description="fan fiction: content warnings")
    tags: tuple[str, ...] = Field((), description="fan fiction: tags")
    cover_image: str | None = Field(None, description="picture for the cover; drawn when left out")

    @model_validator(mode="after")
    def _one_way_of_naming_authors(self) -> Self:
        if self.author and self.authors:
            raise fault(
                "C009", "author and authors are both set", "keep authors when there are several"
            )
        return self

    @property
    def all_authors(self) -> tuple[str, ...]:
        return self.authors or ((self.author,) if self.author else ())


class HeadingPattern(Table):
    """A form of heading given by the writer."""

    level: int = Field(1, ge=1, le=6, description="1 is the outermost")
    match: Pattern = Field(description="regular expression, may name (?P<label>…) and (?P<title>…)")
    kind: Kind | None = Field(None, description="chapter, part, prologue …")


class Fix(Table):
    """A correction of the structure found, keyed by the text of a line."""

    at: str = Field(description="text of the line")
    level: int | None = Field(None, ge=1, le=6, description="its level")
    title: str | None = Field(None, description="title to use")
    kind: Kind | None = Field(None, description='kind, or "text" when it is no heading')
    line: int | None = Field(None, ge=1, description="a hint when the text occurs more than once")


class Manuscript(Table):
    """Where the text is and how it is read."""

    files: str | tuple[str, ...] = Field("manuscripts", description="a folder, a file or a list")
    format: Literal["auto", "text", "markdown", "docx", "odt", "html", "epub"] = Field(
        "auto", description="format of the files"
    )
    encoding: Encoding = Field("auto", description="encoding of text files")
    headings: Literal["auto", "markdown", "none", "patterns"] = Field(
        "auto", description="how headings are found"
    )
    heading: tuple[HeadingPattern, ...] = Field((), description="own patterns for headings")
    scene_breaks: Literal["auto"] | tuple[str, ...] = Field(
        "auto",
        examples=['["***", "#", "blank:2"]'],
        description='marks of scene breaks; "blank:2" is two blank lines',
    )
    not_a_heading: tuple[Pattern, ...] = Field(
        (), description="regular expressions of false headings"
    )
    fix: tuple[Fix, ...] = Field((), description="corrections of single headings")
    start: str | None = Field(None, description="text where the work begins")
    end: str | None = Field(None, description="text where the work ends")
    contents: Literal["drop", "keep"] = Field("drop", description="a contents list in the text")
    expect: int | None = Field(None, ge=0, description="how many chapters there should be")


class MatterItem(Table):
    """One item of front or back matter."""

    kind: Kind = Field(description="dedication, epigraph, foreword …")
    file: str | None = Field(None, description="file that holds its text")
    text: str | None = Field(None, description="its text (Markdown)")
    title: str | None = Field(None, description="its heading")
    editions: tuple[str, ...] = Field((), description='outputs it is for: ["print"], ["epub"]')


class MatterTable(Table):
    """Order of front and back matter; kinds with nothing to say are left out."""

    front: tuple[Kind | MatterItem, ...] = Field(
        ("half-title", "title-page", "copyright", "dedication", "epigraph", "contents"),
        description="before the text",
    )
    back: tuple[Kind | MatterItem, ...] = Field(
        ("acknowledgements", "about-the-author", "also-by"), description="after the text"
    )


class Typography(Table):
    """Clean-up of quotes, dashes, ellipses, spaces."""

    enabled: bool = Field(True, description="false leaves the text as it is")
    quotes: str = Field("auto", description="auto, double, single, or a language tag")
    dashes: Literal["auto", "em", "spaced-en"] = Field("auto", description="dashes between words")
    ellipsis: Literal["glyph", "spaced"] = Field("glyph", description="… or . . .")
    symbols: bool = Field(False, description="× for x, fractions")
    keep: tuple[str, ...] = Field((), description="words and places left alone")


class Style(Table):
    """How the book looks; what is left out comes from the theme."""

    theme: str = Field("classic", description="name of a theme, or a folder")
    font: str | None = Field(None, description="family name or path")
    ornament: str | None = Field(None, description="scene-break ornament: text or a picture")
    lead_in: Literal["small-caps", "none"] | None = Field(
        None, description="first words of chapters"
    )
    drop_cap: bool | Annotated[int, Field(ge=2, le=3)] | None = Field(
        None, examples=["2"], description="drop cap: false, true, or 2 or 3 lines"
    )
    chapter_label: Literal["auto", "number", "word", "both", "none"] = Field(
        "auto", description="what stands above a chapter's title"
    )
    numerals: Literal["auto", "arabic", "roman", "words"] = Field(
        "auto", description="chapter numbers; auto: as in the manuscript"
    )
    hyphenate: bool = Field(True, description="hyphenation")
    glyph_scaling: float = Field(
        2.0, ge=0, le=2, description="per cent by which glyphs may be scaled to even the spaces"
    )
    widows: float = Field(1.0, ge=0, description="weight of a widow or orphan")
    balance: float = Field(1.0, ge=0, description="weight of unequal facing pages")


class Margins(Table):
    """Margins of the page, "0.75in", "18mm" or "54pt"; a bare number is points."""

    inside: Margin = Field("0.875in", description="at the spine")
    outside: Margin = Field("0.625in", description="at the fore-edge")
    top: Margin = Field("0.75in", description="top edge to the first line of text")
    bottom: Margin = Field("0.75in", description="bottom edge to the last line of text")


class EpubOutput(Table):
    """The e-book."""

    enabled: bool = Field(True, description="made by a plain bookforge build")
    css: str | None = Field(None, description="own style sheet, added to the theme's")
    page_list: bool = Field(True, description="page numbers of the print edition")
    page_source: bool = Field(False, description="pageBreakSource metadata")
    toc_depth: int = Field(2, ge=1, le=3, description="levels in the contents")
    embed_fonts: bool = Field(True, description="put the fonts into the book")
    kepub: bool = Field(False, description="also write a .kepub.epub for Kobo")
    profile: Literal["universal", "kindle"] = Field("universal", description="target readers")
    conformance: str | None = Field(None, description="accessibility claim that you vouch for")
    certifier: str | None = Field(None, description="who vouches for it")


class PrintOutput(Table):
    """The PDF for the printer."""

    enabled: bool = Field(True, description="made by a plain bookforge build")
    printer: Literal["universal", "kdp", "kdp-hardcover", "ingram", "lulu", "bn", "bookvault"] = (
        Field("universal", description="whose rules to keep")
    )
    trim: Trim = Field(
        "5.5x8.5", description="5.5x8.5 (inches), A5, 148x210mm, or a printer's name"
    )
    paper: Literal["cream", "white"] = Field("cream", description="paper")
    ink: Literal["black", "colour"] = Field("black", description="ink")
    bleed: bool = Field(False, description="pictures run off the page")
    font: str | None = Field(None, description="family for this output")
    font_size: float = Field(11, gt=4, le=36, description="size of the text, points")
    leading: float = Field(14, gt=5, le=60, description="line to line, points")
    margins: Literal["auto"] | Margins = Field("auto", description="auto, or inside, outside …")
    chapters_open: Literal["recto", "any", "run-on"] | None = Field(
        None, description="where chapters begin"
    )
    running_heads: bool = Field(True, description="running heads")
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
    """The wrap-around cover for the printer."""

    enabled: bool = Field(False, description="made by a plain bookforge build")
    back_text: str | None = Field(None, description="text for the back")
    author_picture: str | None = Field(None, description="picture of the author")
    price: str | None = Field(None, description="price for the bar code")
    artwork: str | None = Field(None, description="finished artwork")
    spine_text: str | None = Field(None, description="text on the spine")


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


class Check(Table):
    """Which findings count."""

    fail_on: Literal["error", "warning", "note"] = Field("error", description="failing level")
    ignore: tuple[CodeName, ...] = Field((), examples=['["R008"]'], description="codes not to show")
    words: tuple[str, ...] = Field((), description="words that are right as they stand")


class Send(Table):
    """Sideloading; the password comes from BOOKFORGE_SMTP_PASSWORD or the keyring."""

    folder: str | None = Field(None, description="folder to put books into")
    device: str | None = Field(None, description="name of the device")
    mail: str | None = Field(None, description="address of the reader")
    smtp_host: str | None = Field(None, description="mail server")
    smtp_port: int = Field(587, ge=1, le=65535, description="its port")
    smtp_user: str | None = Field(None, description="user name there")


class Build(Table):
    """Where the files go."""

    dir: str = Field("build", description="folder for the outputs")
    filename: FileName = Field("{title}", description="{title}, {author}, {series}, {number}")


class Config(Table):
    """A whole book.toml."""

    schema_: Annotated[str | None, Field(alias="$schema", description="for editors")] = None
    book: Book = Field(default_factory=Book, description="the book")
    manuscript: Manuscript = Field(default_factory=Manuscript, description="the text")
    matter: MatterTable = Field(default_factory=MatterTable, description="front and back matter")
    typography: Typography = Field(default_factory=Typography, description="clean-up")
    style: Style = Field(default_factory=Style, description="the look")
    output: Output = Field(default_factory=Output, description="the files to make")
    edition: dict[str, dict[str, Any]] = Field({}, description="named sets of other values")
    check: Check = Field(default_factory=Check, description="which findings count")
    send: Send = Field(default_factory=Send, description="sideloading")
    build: Build = Field(default_factory=Build, description="where the files go")
