"""book.toml as typed values. Each setting is declared once: type, default, meaning.

The reference page, the starter file and the JSON Schema derive from these models.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from bookforge.config.fields import (
    CodeName,
    Encoding,
    FileName,
    Isbn,
    Kind,
    LanguageTag,
    Pattern,
    PublicationDate,
    Quotes,
    Role,
    Title,
    fault,
)
from bookforge.config.outputs import (
    CoverOutput,
    EpubOutput,
    Margins,
    Output,
    PrintOutput,
    ProofOutput,
    ScreenOutput,
)
from bookforge.config.table import Table

__all__ = [
    "NOT_YET",
    "Book",
    "Build",
    "Check",
    "Config",
    "Contributor",
    "CoverOutput",
    "EpubOutput",
    "Fix",
    "HeadingPattern",
    "Isbns",
    "Manuscript",
    "Margins",
    "MatterItem",
    "MatterTable",
    "Output",
    "PrintOutput",
    "ProofOutput",
    "ScreenOutput",
    "Send",
    "Series",
    "Style",
    "Table",
    "Typography",
]

# Settings that later versions will use: accepted and checked, but without effect today.
NOT_YET = frozenset(
    {
        "$schema",
        "check.words",
    }
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

    title: Title | None = Field(None, description="the title; the manuscript's own when left out")
    subtitle: str | None = Field(None, description="the subtitle")
    short_title: str | None = Field(None, description="short form for running heads")
    edition_statement: str | None = Field(
        None, examples=['"Second edition"'], description='"Second edition" and the like'
    )
    author: str | None = Field(
        None, description="the author, as printed; the manuscript's own when left out"
    )
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
    description: str | None = Field(None, description="the blurb, for shops and libraries")
    rights: str | None = Field(None, description="a rights statement in place of the usual one")
    copyright_year: int | None = Field(
        None,
        ge=1,
        le=9999,
        examples=["2024"],
        description="the year in the copyright line; that of date when left out",
    )
    copyright_holder: str | None = Field(
        None, description="who holds the copyright, if not the author"
    )
    license: str | None = Field(
        None, examples=['"CC BY 4.0"'], description='a licence, such as "CC BY 4.0"'
    )
    identifier: str | None = Field(
        None, description="an identifier of yours, such as a UUID; derived when left out"
    )
    series: Series | None = Field(None, description="the series, and the place in it")
    isbn: Isbns = Field(default_factory=Isbns, description="ISBNs by edition")
    subjects: tuple[str, ...] = Field((), description="subjects for shops and libraries")
    keywords: tuple[str, ...] = Field((), description="search words for shops")
    audience: str | None = Field(None, description="intended readers")
    also_by: tuple[str, ...] = Field(
        (), description='other books by the author, for the page "Also by"'
    )
    fandom: tuple[str, ...] = Field((), description="fan fiction: fandoms")
    rating: str | None = Field(None, description="fan fiction: rating")
    warnings: tuple[str, ...] = Field((), description="fan fiction: content warnings")
    tags: tuple[str, ...] = Field((), description="fan fiction: tags")
    cover_image: str | None = Field(
        None, description="the picture for the cover; one is drawn when left out"
    )

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

    files: str | tuple[str, ...] = Field(
        "manuscripts",
        description="a folder (2 before 10), one file, or a list that fixes the order",
    )
    format: Literal["auto", "text", "markdown", "docx", "odt", "html", "epub"] = Field(
        "auto", description="what the files are written in; auto goes by their endings"
    )
    encoding: Encoding = Field("auto", description="the encoding of text files; auto finds it out")
    headings: Literal["auto", "markdown", "none", "patterns"] = Field(
        "auto", description="how headings are found; patterns: by [[manuscript.heading]] alone"
    )
    heading: tuple[HeadingPattern, ...] = Field(
        (), description="forms of headings that you know better"
    )
    scene_breaks: Literal["auto"] | tuple[str, ...] = Field(
        "auto",
        examples=['["***", "#", "blank:2"]'],
        description='marks of scene breaks; "blank:2" is two blank lines',
    )
    not_a_heading: tuple[Pattern, ...] = Field(
        (), description="regular expressions of false headings"
    )
    fix: tuple[Fix, ...] = Field((), description="single headings put right")
    start: str | None = Field(
        None, description="words of the line where the work begins; what is before is left out"
    )
    end: str | None = Field(
        None, description="words of the line where the work ends; what follows is left out"
    )
    contents: Literal["drop", "keep"] = Field(
        "drop", description="a contents list in the manuscript: dropped, for one is made, or kept"
    )
    expect: int | None = Field(
        None, ge=0, description="how many chapters there are; another number gives a warning"
    )


class MatterItem(Table):
    """One item of front or back matter."""

    kind: Kind = Field(description="dedication, epigraph, foreword …")
    file: str | None = Field(None, description="file that holds its text")
    text: str | None = Field(None, description="its text (Markdown)")
    title: str | None = Field(None, description="its heading")
    editions: tuple[str, ...] = Field(
        (), description='outputs it is for: ["print"], ["epub"], or names of [edition.NAME]'
    )


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
    quotes: Quotes = Field(
        "auto",
        description="outer quotation marks: as in the manuscript, double, single, those of a "
        "language (its tag), or a set by its name: guillemets, low, swiss …",
    )
    dashes: Literal["auto", "em", "spaced-en"] = Field(
        "auto", description="dashes between words: auto keeps the manuscript's way"
    )
    ellipsis: Literal["glyph", "spaced"] = Field("glyph", description="… or . . .")
    symbols: bool = Field(False, description="× for x, fractions")
    keep: tuple[str, ...] = Field((), description="words and places where nothing is changed")


class Style(Table):
    """How the book looks; what is left out comes from the theme."""

    theme: str = Field("classic", description="name of a theme, or a folder")
    font: str | None = Field(
        None, description="a family that bookforge fonts lists, or the path of a font file"
    )
    ornament: str | None = Field(
        None, description="what stands at a scene break: characters, or the path of a picture"
    )
    lead_in: Literal["small-caps", "none"] | None = Field(
        None, description="how the first words of a chapter are set"
    )
    drop_cap: bool | Annotated[int, Field(ge=2, le=3)] | None = Field(
        None, examples=["2"], description="drop cap: false, true, or 2 or 3 lines"
    )
    chapter_label: Literal["auto", "number", "word", "both", "none"] = Field(
        "auto", description="what stands above a chapter's title; auto as in the manuscript"
    )
    numerals: Literal["auto", "arabic", "roman", "words"] = Field(
        "auto", description="chapter numbers; auto: as in the manuscript"
    )
    hyphenate: bool = Field(True, description="words may be divided at the ends of lines")
    glyph_scaling: float = Field(
        2.0, ge=0, le=2, description="per cent by which glyphs may be scaled to even the spaces"
    )
    widows: float = Field(1.0, ge=0, description="weight of a widow or orphan")
    balance: float = Field(1.0, ge=0, description="weight of unequal facing pages")


class Check(Table):
    """Which findings count."""

    fail_on: Literal["error", "warning", "note"] = Field(
        "error", description="from which level a finding makes bookforge fail"
    )
    ignore: tuple[CodeName, ...] = Field(
        (), examples=['["R008"]'], description="codes of findings not to show"
    )
    words: tuple[str, ...] = Field((), description="words that are right as they stand")


class Send(Table):
    """Sideloading; the password comes from BOOKFORGE_SMTP_PASSWORD or the keyring."""

    folder: str | None = Field(None, description="folder that bookforge send puts books into")
    device: str | None = Field(
        None, examples=['"kobo"'], description="the reader meant, by name, when there are several"
    )
    mail: str | None = Field(
        None,
        examples=['"you@kindle.com"'],
        description="address of the reader, for bookforge send --mail",
    )
    smtp_host: str | None = Field(None, description="your mail provider's server")
    smtp_port: int = Field(
        587, ge=1, le=65535, description="its port: 465 is encrypted throughout, others by STARTTLS"
    )
    smtp_user: str | None = Field(None, description="your user name there")
    smtp_from: str | None = Field(None, description="the sender; the user name when left out")


class Build(Table):
    """Where the files go."""

    dir: str = Field("build", description="the folder for what is made")
    filename: FileName = Field(
        "{title}", description="name of the files: {title}, {author}, {series}, {number}"
    )


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
