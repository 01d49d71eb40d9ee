"""Pictures found: every `Image` gets the path of its file, or its words take its place.

Paths are relative to the manuscript file, else to the book's folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.images import Picture, PictureError, inspect_picture
from bookforge.model.blocks import (
    Block,
    Figure,
    ListBlock,
    Paragraph,
    ParagraphRole,
    Quote,
)
from bookforge.model.document import Document
from bookforge.model.inlines import Code, Image, Inline, Inlines, LineBreak, NoteRef, Text
from bookforge.model.walk import holds, map_runs


def resolve(document: Document, context: Context) -> Document:
    """The document with every picture's file found; those without one become their words."""
    return _Resolver(context).document(document)


class _Resolver:
    def __init__(self, context: Context) -> None:
        self._context = context

    def document(self, document: Document) -> Document:
        sections = tuple(
            replace(section, blocks=tuple(self._blocks(section.blocks)))
            for section in document.sections
        )
        notes = tuple(
            replace(note, blocks=tuple(self._blocks(note.blocks))) for note in document.notes
        )
        return replace(document, sections=sections, notes=notes)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Paragraph() if len(block.children) == 1 and type(block.children[0]) is Text:
                    yield block
                case Figure():
                    yield from self._figure(block)
                case Quote():
                    yield replace(block, blocks=tuple(self._blocks(block.blocks)))
                case ListBlock():
                    items = tuple(
                        replace(item, blocks=tuple(self._blocks(item.blocks)))
                        for item in block.items
                    )
                    yield replace(block, items=items)
                case _:
                    yield map_runs(block, self._run)

    def _figure(self, figure: Figure) -> Iterator[Block]:
        """The figure with its file, or its words in its place."""
        figure = replace(figure, caption=self._run(figure.caption))
        image = self._find(figure.image)
        if image is not None:
            yield replace(figure, image=image)
            return
        if figure.image.alt:
            words = (_words(figure.image),)
            yield Paragraph(words, figure.span, ParagraphRole.CENTRED)
        if figure.caption:
            yield Paragraph(figure.caption, figure.span, ParagraphRole.CENTRED)

    def _run(self, inlines: Inlines) -> Inlines:
        return self._replace(inlines) if holds(inlines, Image) else inlines

    def _replace(self, inlines: Inlines) -> Inlines:
        kept: list[Inline] = []
        for node in inlines:
            match node:
                case Image():
                    image = self._find(node)
                    if image is not None or node.alt:
                        kept.append(image or _words(node))
                case Text() | Code() | NoteRef() | LineBreak():
                    kept.append(node)
                case _:
                    kept.append(replace(node, children=self._replace(node.children)))
        return tuple(kept)

    def _find(self, image: Image) -> Image | None:
        """The image with its path, None when it cannot be used."""
        if image.path:
            return image
        if image.source.startswith(("http://", "https://", "data:", "//")):
            message = f"the picture {image.source[:60]} is not a file of the book"
            self._report("I004", message, image.span, "save it beside the manuscript")
            return None
        try:
            picture = self._inspect(image)
        except PictureError as error:
            self._report(error.code, error.message, image.span, error.hint)
            return None
        self._check(image, picture)
        return replace(image, path=str(picture.path))

    def _inspect(self, image: Image) -> Picture:
        fault: PictureError | None = None
        for path in self._paths(image):
            try:
                return inspect_picture(path)
            except PictureError as error:
                if fault is None or error.code != "I001":
                    fault = error
        assert fault is not None
        raise fault

    def _paths(self, image: Image) -> Iterator[Path]:
        """Where the file may be: as written or with %20 for spaces; from two folders."""
        file = self._context.sources[image.span.source].path
        for folder in dict.fromkeys((file.parent, self._context.folder)):
            for name in dict.fromkeys((image.source, unquote(image.source))):
                yield (folder / name).absolute()

    def _check(self, image: Image, picture: Picture) -> None:
        """What the writer should know of a good picture."""
        name = picture.path.name
        if image.alt is None and not image.decorative:
            self._report(
                "A001",
                f"the picture {name} has no words for those who do not see it",
                image.span,
                "write them in the brackets: ![a lighthouse at dusk](…), or add {.decorative}",
                Severity.WARNING,
            )

    def _report(
        self,
        code: str,
        message: str,
        span: Span,
        hint: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        self._context.report(Diagnostic(code, severity, message, span, (Hint(hint),)))


def _words(image: Image) -> Text:
    """The words of a picture, where it stood."""
    return Text(image.alt or "", image.span)
