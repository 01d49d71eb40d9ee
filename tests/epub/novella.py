"""A small book by hand that has one of everything, and what it takes to render it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bookforge.contracts import Context, Metadata, PageMap, PageStart
from bookforge.diagnostics import Diagnostic, Span
from bookforge.languages.base import load_language
from bookforge.model.blocks import (
    Alignment,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphRole,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Table,
    TableRow,
    Verse,
    VerseLine,
)
from bookforge.model.document import Document, Matter, Note, Section, SectionKind
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.render.epub.backlinks import Backlinks
from bookforge.render.epub.book import make_publication, pack_for_kobo
from bookforge.render.epub.design import choose_design
from bookforge.render.epub.inlines import Faces, Surroundings
from bookforge.render.epub.markup import Frame, frame
from bookforge.render.epub.pack import pack
from bookforge.render.epub.plan import plan_files
from bookforge.render.epub.xhtml import Shared, write_section
from bookforge.source import SourceMap
from tests.settings import make_config

HERE = Span(0, 0, 0)
EPOCH = 1_700_000_000
METADATA = Metadata(
    title="The Keeper of Small Lights",
    subtitle="A novella",
    authors=("Ada Winter", "Jo Le Breton"),
    language="en-GB",
    identifier="urn:uuid:6f0b1c52-1111-4000-8000-000000000001",
    date="2025-01-15",
    extra={"publisher": "Small Press", "copyright-year": "2025"},
)


def text(words: str) -> Text:
    return Text(words, HERE)


def inlines(*nodes: str | Inline) -> tuple[Inline, ...]:
    return tuple(text(node) if isinstance(node, str) else node for node in nodes)


def paragraph(*nodes: str | Inline, role: ParagraphRole = ParagraphRole.BODY) -> Paragraph:
    return Paragraph(inlines(*nodes), HERE, role)


def section(
    kind: SectionKind, *blocks: Block, title: str = "", matter: Matter = Matter.BODY, **more: Any
) -> Section:
    return Section(kind, inlines(title) if title else (), blocks, HERE, matter=matter, **more)


def emphasis(*nodes: str | Inline) -> Emphasis:
    return Emphasis(inlines(*nodes), HERE)


def strong(*nodes: str | Inline) -> Strong:
    return Strong(inlines(*nodes), HERE)


def link(target: str, words: str) -> Link:
    return Link(target, inlines(words), HERE)


def letter() -> Quote:
    return Quote(
        (
            paragraph("Harbour Street, 3 May", role=ParagraphRole.DATELINE),
            paragraph("Dear Tom,", role=ParagraphRole.SALUTATION),
            paragraph("the lamp is out again. Come when you can, and bring oil."),
            paragraph("The gulls have moved into the gallery."),
            paragraph("Yours,", role=ParagraphRole.CLOSING),
            paragraph("Ada", role=ParagraphRole.SIGNATURE),
        ),
        HERE,
        QuoteRole.LETTER,
    )


def verse() -> Verse:
    def line(words: str, indent: int = 0) -> VerseLine:
        return VerseLine(inlines(words), HERE, indent)

    return Verse(
        (
            (line("The sea keeps every lamp it takes,"), line("and gives no light again,", 1)),
            (line("but one small flame the keeper makes"), line("outlives the wind and rain.", 2)),
        ),
        HERE,
    )


def table(
    rows: Sequence[Sequence[Inlines]], align: Alignment, heads: int = 1, caption: Inlines = ()
) -> Table:
    made = [TableRow(tuple(Cell(cell, HERE) for cell in row), HERE) for row in rows]
    return Table(tuple(made), HERE, (align,) * len(rows[0]), heads, caption)


def everything(picture: Path | None = None) -> Document:
    """Every kind of node, most kinds of section."""
    image = Image("lamp.png", "A lamp on a sill", HERE, path=str(picture) if picture else "")
    front = (
        section(SectionKind.HALF_TITLE, matter=Matter.FRONT),
        section(SectionKind.TITLE_PAGE, matter=Matter.FRONT),
        section(
            SectionKind.COPYRIGHT,
            paragraph("© 2025 Ada Winter. All rights reserved."),
            matter=Matter.FRONT,
        ),
        section(SectionKind.DEDICATION, paragraph("For the gulls"), matter=Matter.FRONT),
        section(
            SectionKind.EPIGRAPH,
            Quote(
                (
                    paragraph("Small lights carry far."),
                    paragraph("Proverb", role=ParagraphRole.ATTRIBUTION),
                ),
                HERE,
                QuoteRole.EPIGRAPH,
            ),
            matter=Matter.FRONT,
        ),
        section(SectionKind.CONTENTS, matter=Matter.FRONT),
    )
    body = (
        section(
            SectionKind.PROLOGUE,
            paragraph("Nobody had lit the lamp since the spring, and nobody asked why."),
            title="Before the storm",
            label="Prologue",
        ),
        section(SectionKind.PART, title="The Harbour", label="Part One"),
        section(
            SectionKind.CHAPTER,
            paragraph(
                "It was only a lamp, and it was ",
                emphasis("hers", emphasis(" alone")),
                ", she said; the rest was ",
                Foreign("fr", inlines("affaire de goût"), HERE),
                NoteRef("taste", HERE, 1),
                " and ",
                strong("stubbornness"),
                ".",
            ),
            paragraph("The ", SmallCaps(inlines("Great Light"), HERE), " was another matter."),
            SceneBreak(HERE, "* * *"),
            paragraph("In the morning a letter came:"),
            letter(),
            paragraph("She read it twice", NoteRef("oil", HERE, 2), ", and sang:"),
            verse(),
            paragraph("Then she wrote", LineBreak(HERE), "nothing at all."),
            title="The Lamp",
            label="Chapter 1",
            level=2,
            id="the-lamp",
        ),
        section(
            SectionKind.CHAPTER,
            paragraph("Tom kept lists of what he had."),
            Heading(2, inlines("What the boat held"), HERE),
            ListBlock(
                (
                    ListItem((paragraph("oil, ", Code("4 l", HERE)),), HERE),
                    ListItem((paragraph("rope"),), HERE),
                ),
                HERE,
                ordered=True,
                start=3,
            ),
            ListBlock((ListItem((paragraph("no hope"),), HERE),), HERE),
            Figure(image, HERE, inlines("The lamp, as Tom drew it")),
            table(
                [
                    [inlines("Light"), inlines("Oil"), ()],
                    [(text("North"), NoteRef("oil", HERE, 2)), inlines("4 & 5"), inlines("left")],
                    [inlines("South"), (), (Emphasis(inlines("none"), HERE),)],
                ],
                Alignment.RIGHT,
                caption=inlines("What burned"),
            ),
            Preformatted("lamp.py\n    light = on\n", HERE),
            Quote((paragraph("KEEP OUT"),), HERE, QuoteRole.INSCRIPTION),
            Quote((paragraph("Gone to sea. T."),), HERE, QuoteRole.NOTE),
            Quote((paragraph("Where are you?"),), HERE, QuoteRole.MESSAGE),
            Quote((paragraph("All that glitters is wet."),), HERE),
            paragraph(
                "See ", link("#the-lamp", "the lamp"), " or ", link("https://example.org/", "there")
            ),
            label="Chapter 2",
            level=2,
        ),
        section(SectionKind.EPILOGUE, paragraph("The lamp burned.", role=ParagraphRole.CENTRED)),
    )
    back = (
        section(
            SectionKind.ACKNOWLEDGEMENTS,
            paragraph("Thanks to the gulls."),
            title="Acknowledgements",
            matter=Matter.BACK,
        ),
    )
    notes = (
        Note("taste", (paragraph("A matter of ", emphasis("taste"), "."),), HERE, 1),
        Note("oil", (paragraph("Whale oil, then."), verse()), HERE, 2),
    )
    return Document(front + body + back, "en-GB", notes)


def one_chapter(*blocks: Block, **more: Any) -> Document:
    """A book of a single untitled stretch of text."""
    kind = more.pop("kind", SectionKind.TEXT)
    return Document((section(kind, *blocks, **more),), "en-GB")


def make_context(
    folder: Path, settings: Mapping[str, Any] | None = None, language: str = "en-GB"
) -> tuple[Context, list[Diagnostic]]:
    """A context with these settings of book.toml, and the list that takes what is reported."""
    found: list[Diagnostic] = []
    config = make_config(settings or {})
    return (
        Context(config, load_language(language), found.append, SourceMap(), folder, EPOCH),
        found,
    )


def page_map(*starts: tuple[str, int, int]) -> PageMap:
    return PageMap(len(starts), tuple(PageStart(*start) for start in starts))


def members(data: bytes) -> dict[str, bytes]:
    """The files in an EPUB, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make_book(
    document: Document, metadata: Metadata, context: Context, pages: PageMap | None
) -> bytes:
    """The bytes of the EPUB."""
    return pack(make_publication(document, metadata, context, pages))


def make_kepub(document: Document, context: Context, pages: PageMap | None = None) -> bytes:
    """The bytes of its form for Kobo."""
    publication = make_publication(document, METADATA, context, pages)
    return pack_for_kobo(publication, context)


def build(
    document: Document,
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    *,
    metadata: Metadata = METADATA,
    pages: PageMap | None = None,
) -> dict[str, str]:
    """Render and open again: the text files of the EPUB without the folder's name."""
    context, _ = make_context(folder, settings, metadata.language)
    data = make_book(document, metadata, context, pages)
    kinds: Sequence[str] = (".xhtml", ".opf", ".ncx", ".css")
    return {
        name.removeprefix("EPUB/"): content.decode()
        for name, content in members(data).items()
        if name.endswith(tuple(kinds))
    }


def write_page(document: Document, folder: Path, pages: PageMap | None = None) -> str:
    """The first section's file alone: quick enough for thousands of examples."""
    context, _ = make_context(folder, language=document.language)
    plan = plan_files(document, METADATA, context.language, pages)
    around = Surroundings({}, {}, lambda link: link.target, lambda image: "", Faces(), Backlinks())
    shared = Shared(around, {}, choose_design(context), context.language)
    entry = plan.entries[0]
    body = write_section(entry, shared, plan.marks.get(entry.id, ()))
    return frame(body, Frame(entry.label, document.language, "bodymatter")).decode()
