"""The room's verbs: plan the files, write them, describe them, pack them.

In: a finished Document. Out: an EPUB, its form for Kobo, or both; each whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from bookforge.contracts import Context, Metadata, PageMap
from bookforge.model.document import Document, SectionKind
from bookforge.render.epub.a11y import Facts
from bookforge.render.epub.backlinks import Backlinks
from bookforge.render.epub.claim import contest_claim
from bookforge.render.epub.cover import make_cover
from bookforge.render.epub.css import write_css
from bookforge.render.epub.design import choose_design
from bookforge.render.epub.fonts import embed_fonts
from bookforge.render.epub.front import cover_alt, write_cover, write_title_page
from bookforge.render.epub.images import Picture, Pictures, fit_jpeg
from bookforge.render.epub.inlines import Faces, Surroundings
from bookforge.render.epub.kinds import division
from bookforge.render.epub.kobo import SCREEN, STYLE, dress
from bookforge.render.epub.links import link_resolver
from bookforge.render.epub.markup import Frame, clean, encode, frame, untag
from bookforge.render.epub.nav import (
    Node,
    landmarks,
    list_pages,
    nest,
    write_contents,
    write_nav,
)
from bookforge.render.epub.ncx import write_ncx
from bookforge.render.epub.pack import Item, Publication, ncx_item, pack
from bookforge.render.epub.package import COVER_ID, CSS_ID, describe_book
from bookforge.render.epub.plan import COVER, NAV, Entry, plan_files
from bookforge.render.epub.sentences import Sentences
from bookforge.render.epub.xhtml import Shared, write_section
from bookforge.store import write_bytes


def render(
    document: Document,
    metadata: Metadata,
    targets: Mapping[str, Path],
    context: Context,
    pages: PageMap | None,
) -> None:
    """Write the e-book in each form asked for ("epub", "kepub") to its path.

    Raises `BookError` when the theme, a font or a target cannot be used.
    """
    publication = make_publication(document, metadata, context, pages)
    if "epub" in targets:
        write_bytes(targets["epub"], pack(publication))
    if "kepub" in targets:
        write_bytes(targets["kepub"], pack_for_kobo(publication, context))


def make_publication(
    document: Document, metadata: Metadata, context: Context, pages: PageMap | None
) -> Publication:
    """Everything that goes into the e-book."""
    return _Maker(document, metadata, context, pages).make()


def pack_for_kobo(publication: Publication, context: Context) -> bytes:
    """The bytes of Kobo's form: the same files but for spans in those that hold text, a rule in
    the style sheet, and a cover no larger than the screen.

    The spans would make a novel 7 % larger; packed as tightly as can be it is not larger at all.
    """
    sentences = Sentences(context.language.sentences)
    items = [_dress_item(item, sentences) for item in publication.items]
    return pack(publication._replace(items=items), tightly=True)


def _dress_item(item: Item, sentences: Sentences) -> Item:
    if item.is_text:
        return item._replace(data=dress(item.data, sentences))
    if item.id == CSS_ID:
        return item._replace(data=item.data + STYLE)
    if item.id == COVER_ID and item.media == "image/jpeg":
        return item._replace(data=fit_jpeg(item.data, *SCREEN))
    return item


class _Maker:
    """One e-book on its way: what is planned and what has been gathered so far."""

    def __init__(
        self, document: Document, metadata: Metadata, context: Context, pages: PageMap | None
    ) -> None:
        self._document = document
        title = clean(metadata.title) or context.language.terms["untitled"]
        # Neither package nor contents may have an empty title (EPUBCheck RSC-005).
        self._metadata = metadata = replace(metadata, title=title)
        self._context = context
        self._printed = pages.pages if pages else 0
        self._design = choose_design(context)
        self._pictures = Pictures(context.report)
        self._settings = context.config.output.epub
        self._plan = plan_files(
            document, metadata, context.language, pages, for_kindle=self._settings.for_kindle
        )
        self._faces = Faces()
        self._shared = self._share()

    def make(self) -> Publication:
        # First, for drawing takes 20 MB, and the memory is used again for the text.
        cover = make_cover(self._metadata, self._context, self._printed)
        files = self._lead_back([self._write_entry(entry) for entry in self._plan.entries])
        nav = self._write_nav()
        fonts = embed_fonts(self._faces, self._design, self._context)
        ornament = self._load_ornament()
        css = write_css(self._design, fonts, ornament, self._context)
        pictures = [*self._pictures.all, *([ornament] if ornament else [])]
        items = [
            Item(COVER_ID, cover.name, cover.data, cover.media, ("cover-image",)),
            *([self._write_cover(cover.name)] if self._plan.cover else []),
            *files,
            *self._write_contents(),
            nav,
            self._write_ncx(),
            Item(CSS_ID, "css/book.css", css, "text/css"),
            *(Item(f"font-{n}", font.name, font.data, font.media) for n, font in enumerate(fonts)),
            *(
                Item(f"picture-{n}", picture.name, picture.data, picture.media)
                for n, picture in enumerate(pictures)
            ),
        ]
        return self._publish(items)

    def _load_ornament(self) -> Picture | None:
        path = self._design.ornament_file
        return self._pictures.load_ornament(path) if path else None

    def _share(self) -> Shared:
        document, context = self._document, self._context
        numbers = {note.id: note.number or place for place, note in enumerate(document.notes, 1)}
        around = Surroundings(
            numbers=numbers,
            homes={},
            resolve_link=link_resolver(self._plan.addresses, context.report),
            picture=self._pictures.attributes,
            faces=self._faces,
            backlinks=Backlinks(),
            direction=context.language.direction,
        )
        notes = {note.id: note for note in document.notes}
        # By default the contents show parts and chapters, as those of the printed book do.
        anchored = "output.epub.toc-depth" in context.config.given
        return Shared(around, notes, self._design, context.language, anchored)

    def _frame(self, title: str, matter: str, css: str = "../css/book.css") -> Frame:
        return Frame(title, self._metadata.language, matter, self._context.language.direction, css)

    def _write_entry(self, entry: Entry) -> Item:
        marks = self._plan.marks.get(entry.id, ())
        if entry.section.kind is SectionKind.TITLE_PAGE:
            body = write_title_page(entry, self._metadata, self._shared, marks)
        else:
            body = write_section(entry, self._shared, marks)
        self._faces.fold()
        around = self._frame(entry.label, division(entry.section.matter))
        return Item(entry.id, entry.name, frame(body, around))

    def _lead_back(self, files: list[Item]) -> list[Item]:
        """The files, with ways back to the marks in later ones than their notes'."""
        around = self._shared.around
        places = {Path(item.name).name: place for place, item in enumerate(files)}
        for late in around.backlinks.find_late():
            place = places[around.homes[late.note]]
            data = files[place].data.replace(encode(late.old), encode(late.new), 1)
            files[place] = files[place]._replace(data=data)
            self._faces.texts[0].append(untag(late.new))
        return files

    def _write_cover(self, image: str) -> Item:
        body = write_cover(image, cover_alt(self._metadata, self._context), self._context)
        title = self._context.language.terms["cover"]
        return Item("cover", COVER, frame(body, self._frame(title, "frontmatter")))

    def _write_nav(self) -> Item:
        terms = self._context.language.terms
        body = write_nav(self._plan, self._contents(), terms)
        self._faces.texts[0].append(terms["contents"])
        around = self._frame(terms["contents"], "frontmatter", "css/book.css")
        return Item("nav", NAV, frame(body, around), properties=("nav",))

    def _write_contents(self) -> list[Item]:
        """The contents as a page of their own, where `nav` is none."""
        if self._plan.contents_at is None or self._plan.contents_name == NAV:
            return []
        terms = self._context.language.terms
        body = write_contents(self._plan, self._contents(), terms)
        around = self._frame(terms["contents"], "frontmatter", "css/book.css")
        return [Item("contents", self._plan.contents_name, frame(body, around))]

    def _write_ncx(self) -> Item:
        files = [entry.name for entry in self._plan.entries]
        at = self._plan.contents_at
        files.insert(len(files) if at is None else at, self._plan.contents_name)
        files.insert(0, COVER)
        nodes = self._contents()
        return ncx_item(write_ncx(nodes, list_pages(self._plan), files, self._metadata))

    def _contents(self) -> list[Node]:
        """The contents as a tree; never empty, which EPUB forbids."""
        nodes = nest(self._plan.entries, self._settings.levels, inside=self._shared.anchored)
        return nodes or [Node(self._metadata.title, COVER)]

    def _publish(self, items: Sequence[Item]) -> Publication:
        spine = [entry.id for entry in self._plan.entries]
        if self._plan.contents_at is not None:
            name = "nav" if self._plan.contents_name == NAV else "contents"
            spine.insert(self._plan.contents_at, name)
        if self._plan.cover:
            spine.insert(0, "cover")
        contest_claim(self._pictures.wordless, self._context)
        return Publication(
            metadata=self._metadata,
            entries=describe_book(self._metadata, self._context, self._facts()),
            items=items,
            spine=spine,
            guide=self._guide(),
            direction=self._context.language.direction,
            epoch=self._context.epoch,
        )

    def _facts(self) -> Facts:
        return Facts(
            pictures=self._plan.cover or bool(self._pictures.all),
            worded=self._plan.cover or self._pictures.worded,
            described=not self._pictures.wordless,
            films=any(picture.moves for picture in self._pictures.all),
            pages=bool(self._plan.marks),
            headings=any(
                entry.section.title or entry.section.label for entry in self._plan.entries
            ),
            notes=bool(self._document.notes),
        )

    def _guide(self) -> list[dict[str, str]]:
        """EPUB 2's landmarks."""
        kinds = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
        return [
            {"type": kinds[kind], "title": place.label, "href": place.address.partition("#")[0]}
            for kind, place in landmarks(self._plan, self._context.language.terms)
            if kind in kinds
        ]
