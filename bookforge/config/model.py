"""book.toml as typed values. Each setting is declared once: type, default, meaning.

The reference page, the starter file and the JSON Schema derive from these tables.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, field

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
from bookforge.config.table import Refusal, Table, says

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


class Contributor(Table, frozen=True, kw_only=True):
    """Somebody who made the book, with a MARC relator code."""

    name: Annotated[str, says("as it is printed")]
    role: Annotated[Role, says("MARC relator: aut, edt, trl, ill, aui, nrt …")] = "aut"
    sort: Annotated[str | None, says("as it is sorted: Surname, Given names")] = None


class Series(Table, frozen=True, kw_only=True):
    """The series the book belongs to."""

    name: Annotated[str, says("name of the series")]
    number: Annotated[int | float | None, says("place in the series")] = None


class Isbns(Table, frozen=True, kw_only=True):
    """ISBNs by edition; check digits are verified."""

    epub: Annotated[Isbn | None, says("ISBN of the e-book")] = None
    print: Annotated[Isbn | None, says("ISBN of the printed book")] = None
    screen: Annotated[Isbn | None, says("ISBN of the PDF for screens")] = None


class Book(Table, frozen=True, kw_only=True):
    """What the book says of itself."""

    title: Annotated[Title | None, says("the title; the manuscript's own when left out")] = None
    subtitle: Annotated[str | None, says("the subtitle")] = None
    short_title: Annotated[str | None, says("short form for running heads")] = None
    edition_statement: Annotated[
        str | None, says('"Second edition" and the like', '"Second edition"')
    ] = None
    author: Annotated[
        str | None, says("the author, as printed; the manuscript's own when left out")
    ] = None
    authors: Annotated[
        tuple[str, ...],
        says("several authors, instead of author", '["…", "…"]'),
    ] = ()
    contributor: Annotated[tuple[Contributor, ...], says("editors, translators, artists …")] = ()
    language: Annotated[
        LanguageTag | None,
        says("language tag such as en-GB, de, pt-BR", '"en-GB"'),
    ] = None
    publisher: Annotated[str | None, says("publisher or imprint")] = None
    date: Annotated[
        PublicationDate | None,
        says("date of publication: YYYY, YYYY-MM or YYYY-MM-DD", '"2024-05-31"'),
    ] = None
    description: Annotated[str | None, says("the blurb, for shops and libraries")] = None
    rights: Annotated[str | None, says("a rights statement in place of the usual one")] = None
    copyright_year: Annotated[
        Annotated[int, Meta(ge=1, le=9999)] | None,
        says("the year in the copyright line; that of date when left out", "2024"),
    ] = None
    copyright_holder: Annotated[str | None, says("who holds the copyright, if not the author")] = (
        None
    )
    license: Annotated[str | None, says('a licence, such as "CC BY 4.0"', '"CC BY 4.0"')] = None
    identifier: Annotated[
        str | None,
        says("an identifier of yours, such as a UUID; derived when left out"),
    ] = None
    series: Annotated[Series | None, says("the series, and the place in it")] = None
    isbn: Annotated[Isbns, says("ISBNs by edition")] = Isbns()
    subjects: Annotated[tuple[str, ...], says("subjects for shops and libraries")] = ()
    keywords: Annotated[tuple[str, ...], says("search words for shops")] = ()
    audience: Annotated[str | None, says("intended readers")] = None
    also_by: Annotated[
        tuple[str, ...], says('other books by the author, for the page "Also by"')
    ] = ()
    fandom: Annotated[tuple[str, ...], says("fan fiction: fandoms")] = ()
    rating: Annotated[str | None, says("fan fiction: rating")] = None
    warnings: Annotated[tuple[str, ...], says("fan fiction: content warnings")] = ()
    tags: Annotated[tuple[str, ...], says("fan fiction: tags")] = ()
    cover_image: Annotated[
        str | None, says("the picture for the cover; one is drawn when left out")
    ] = None

    def __post_init__(self) -> None:
        if self.author and self.authors:
            raise Refusal(
                "C009", "author and authors are both set", "keep authors when there are several"
            )

    @property
    def all_authors(self) -> tuple[str, ...]:
        return self.authors or ((self.author,) if self.author else ())


class HeadingPattern(Table, frozen=True, kw_only=True):
    """A form of heading given by the writer."""

    level: Annotated[int, Meta(ge=1, le=6), says("1 is the outermost")] = 1
    match: Annotated[Pattern, says("regular expression, may name (?P<label>…) and (?P<title>…)")]
    kind: Annotated[Kind | None, says("chapter, part, prologue …")] = None


class Fix(Table, frozen=True, kw_only=True):
    """A correction of the structure found, keyed by the text of a line."""

    at: Annotated[str, says("text of the line")]
    level: Annotated[Annotated[int, Meta(ge=1, le=6)] | None, says("its level")] = None
    title: Annotated[str | None, says("title to use")] = None
    kind: Annotated[Kind | None, says('kind, or "text" when it is no heading')] = None
    line: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        says("a hint when the text occurs more than once"),
    ] = None


class Manuscript(Table, frozen=True, kw_only=True):
    """Where the text is and how it is read."""

    files: Annotated[
        str | tuple[str, ...],
        says("a folder (2 before 10), one file, or a list that fixes the order"),
    ] = "manuscripts"
    format: Annotated[
        Literal["auto", "text", "markdown", "docx", "odt", "html", "epub"],
        says("what the files are written in; auto goes by their endings"),
    ] = "auto"
    encoding: Annotated[Encoding, says("the encoding of text files; auto finds it out")] = "auto"
    headings: Annotated[
        Literal["auto", "markdown", "none", "patterns"],
        says("how headings are found; patterns: by [[manuscript.heading]] alone"),
    ] = "auto"
    heading: Annotated[
        tuple[HeadingPattern, ...], says("forms of headings that you know better")
    ] = ()
    scene_breaks: Annotated[
        Literal["auto"] | tuple[str, ...],
        says('marks of scene breaks; "blank:2" is two blank lines', '["***", "#", "blank:2"]'),
    ] = "auto"
    not_a_heading: Annotated[
        tuple[Pattern, ...], says("regular expressions of false headings")
    ] = ()
    fix: Annotated[tuple[Fix, ...], says("single headings put right")] = ()
    start: Annotated[
        str | None,
        says("words of the line where the work begins; what is before is left out"),
    ] = None
    end: Annotated[
        str | None,
        says("words of the line where the work ends; what follows is left out"),
    ] = None
    contents: Annotated[
        Literal["drop", "keep"],
        says("a contents list in the manuscript: dropped, for one is made, or kept"),
    ] = "drop"
    expect: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        says("how many chapters there are; another number gives a warning"),
    ] = None


class MatterItem(Table, frozen=True, kw_only=True):
    """One item of front or back matter."""

    kind: Annotated[Kind, says("dedication, epigraph, foreword …")]
    file: Annotated[str | None, says("file that holds its text")] = None
    text: Annotated[str | None, says("its text (Markdown)")] = None
    title: Annotated[str | None, says("its heading")] = None
    editions: Annotated[
        tuple[str, ...],
        says('outputs it is for: ["print"], ["epub"], or names of [edition.NAME]'),
    ] = ()


class MatterTable(Table, frozen=True, kw_only=True):
    """Order of front and back matter; kinds with nothing to say are left out."""

    front: Annotated[tuple[Kind | MatterItem, ...], says("before the text")] = (
        "half-title",
        "title-page",
        "copyright",
        "dedication",
        "epigraph",
        "contents",
    )
    back: Annotated[tuple[Kind | MatterItem, ...], says("after the text")] = (
        "acknowledgements",
        "about-the-author",
        "also-by",
    )


class Typography(Table, frozen=True, kw_only=True):
    """Clean-up of quotes, dashes, ellipses, spaces."""

    enabled: Annotated[bool, says("false leaves the text as it is")] = True
    quotes: Annotated[
        Quotes,
        says(
            "outer quotation marks: as in the manuscript, double, single, those of a "
            "language (its tag), or a set by its name: guillemets, low, swiss …"
        ),
    ] = "auto"
    dashes: Annotated[
        Literal["auto", "em", "spaced-en"],
        says("dashes between words: auto keeps the manuscript's way"),
    ] = "auto"
    ellipsis: Annotated[Literal["glyph", "spaced"], says("… or . . .")] = "glyph"
    symbols: Annotated[bool, says("× for x, fractions")] = False
    keep: Annotated[tuple[str, ...], says("words and places where nothing is changed")] = ()


class Style(Table, frozen=True, kw_only=True):
    """How the book looks; what is left out comes from the theme."""

    theme: Annotated[str, says("name of a theme, or a folder")] = "classic"
    font: Annotated[
        str | None,
        says("a family that bookforge fonts lists, or the path of a font file"),
    ] = None
    ornament: Annotated[
        str | None,
        says("what stands at a scene break: characters, or the path of a picture"),
    ] = None
    lead_in: Annotated[
        Literal["small-caps", "none"] | None,
        says("how the first words of a chapter are set"),
    ] = None
    drop_cap: Annotated[
        bool | Annotated[int, Meta(ge=2, le=3)] | None,
        says("drop cap: false, true, or 2 or 3 lines", "2"),
    ] = None
    chapter_label: Annotated[
        Literal["auto", "number", "word", "both", "none"],
        says("what stands above a chapter's title; auto as in the manuscript"),
    ] = "auto"
    numerals: Annotated[
        Literal["auto", "arabic", "roman", "words"],
        says("chapter numbers; auto: as in the manuscript"),
    ] = "auto"
    hyphenate: Annotated[bool, says("words may be divided at the ends of lines")] = True
    glyph_scaling: Annotated[
        float,
        Meta(ge=0, le=2),
        says("per cent by which glyphs may be scaled to even the spaces"),
    ] = 2.0
    widows: Annotated[float, Meta(ge=0), says("weight of a widow or orphan")] = 1.0
    balance: Annotated[float, Meta(ge=0), says("weight of unequal facing pages")] = 1.0


class Check(Table, frozen=True, kw_only=True):
    """Which findings count."""

    fail_on: Annotated[
        Literal["error", "warning", "note"],
        says("from which level a finding makes bookforge fail"),
    ] = "error"
    ignore: Annotated[
        tuple[CodeName, ...],
        says("codes of findings not to show", '["R008"]'),
    ] = ()
    words: Annotated[tuple[str, ...], says("words that are right as they stand")] = ()


class Send(Table, frozen=True, kw_only=True):
    """Sideloading; the password comes from BOOKFORGE_SMTP_PASSWORD or the keyring."""

    folder: Annotated[str | None, says("folder that bookforge send puts books into")] = None
    device: Annotated[
        str | None,
        says("the reader meant, by name, when there are several", '"kobo"'),
    ] = None
    mail: Annotated[
        str | None,
        says("address of the reader, for bookforge send --mail", '"you@kindle.com"'),
    ] = None
    smtp_host: Annotated[str | None, says("your mail provider's server")] = None
    smtp_port: Annotated[
        int,
        Meta(ge=1, le=65535),
        says("its port: 465 is encrypted throughout, others by STARTTLS"),
    ] = 587
    smtp_user: Annotated[str | None, says("your user name there")] = None
    smtp_from: Annotated[str | None, says("the sender; the user name when left out")] = None


class Build(Table, frozen=True, kw_only=True):
    """Where the files go."""

    dir: Annotated[str, says("the folder for what is made")] = "build"
    filename: Annotated[
        FileName, says("name of the files: {title}, {author}, {series}, {number}")
    ] = "{title}"


class Config(Table, frozen=True, kw_only=True):
    """A whole book.toml."""

    schema_: Annotated[str | None, says("for editors")] = field(default=None, name="$schema")
    book: Annotated[Book, says("the book")] = Book()
    manuscript: Annotated[Manuscript, says("the text")] = Manuscript()
    matter: Annotated[MatterTable, says("front and back matter")] = MatterTable()
    typography: Annotated[Typography, says("clean-up")] = Typography()
    style: Annotated[Style, says("the look")] = Style()
    output: Annotated[Output, says("the files to make")] = Output()
    edition: Annotated[dict[str, dict[str, Any]], says("named sets of other values")] = field(
        default_factory=dict
    )
    check: Annotated[Check, says("which findings count")] = Check()
    send: Annotated[Send, says("sideloading")] = Send()
    build: Annotated[Build, says("where the files go")] = Build()
    # The settings that were given, by their dotted keys; the others have their defaults.
    given: frozenset[str] = frozenset()
