"""A finished layout as PDF files: the verbs of the room.

Pages are painted once; each file takes what it needs of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Protocol

from bookforge.cache import Cache
from bookforge.contracts import Context, Metadata
from bookforge.render.pdf.ahead import Painted
from bookforge.render.pdf.canvas import BookCanvas
from bookforge.render.pdf.document import Content
from bookforge.render.pdf.fonts import Cut
from bookforge.render.pdf.paint import Painter, Part
from bookforge.render.pdf.plates import Plates
from bookforge.render.pdf.printed import PrintBook
from bookforge.render.pdf.screen import ScreenBook
from bookforge.store import write_whole
from bookforge.typeset.frames import Layout, OutlineEntry, Page


class Volume(Protocol):
    """A file that is being written."""

    canvas: BookCanvas

    def add(self, page: Page, parts: Sequence[Part], pictures: Mapping[str, str]) -> None:
        """Take a painted page; `pictures` are the names of those used so far."""

    def finish(self, outline: Sequence[OutlineEntry]) -> None:
        """Write what stands behind the pages."""


def paint(
    layout: Layout, metadata: Metadata, targets: Mapping[str, Path], context: Context
) -> None:
    """Write the book at each of the targets ("print", "screen", "proof"), whole or not at all.

    For the printer there is no outline, link or annotation, which printers refuse; for screens
    there are, the file is tagged, and pictures keep their colours. Raises `BookError` when a
    picture cannot be read or a file cannot be written.
    """
    with ExitStack() as files:
        volumes = [
            _open(target, files.enter_context(write_whole(path)), layout, metadata, context)
            for target, path in targets.items()
        ]
        painter = Painter(layout.height, layout.faces)
        if isinstance(volumes[0], PrintBook) and len(volumes) == 1:
            _print(volumes[0], layout, painter, context.cache)
        else:
            for page in layout.pages:
                parts = painter.paint(page)
                for volume in volumes:
                    volume.add(page, parts, painter.pictures)
        for font in painter.fonts:
            cut = Cut(font)
            for volume in volumes:
                cut.embed(volume.canvas)
        for volume in volumes:
            volume.finish(layout.outline)


def _print(book: PrintBook, layout: Layout, painter: Painter, cache: Cache | None) -> None:
    """Print pages: from those painted ahead, from the plates of an earlier build, else anew."""
    painted = Painted(layout.ahead, painter)
    plates = None if cache is None else Plates(cache, painter, book.ground)
    for page in layout.pages:
        plate = painted.fetch(page)
        if plate is not None:
            book.add_stream(page, Content(plate.data))
            if plates is not None and page.key:
                plates.put(page, plate)
            continue
        data = None if plates is None else plates.fetch(page)
        if data is not None:
            book.add_stream(page, Content(data))
            continue
        parts = painter.paint(page)
        if plates is not None and page.key:
            stream = book.compress(page, parts)
            book.add_stream(page, stream)
            plates.keep(page, stream.packed)
        else:
            book.add(page, parts, painter.pictures)


def _open(
    target: str, file: BinaryIO, layout: Layout, metadata: Metadata, context: Context
) -> Volume:
    make = PrintBook if target == "print" else ScreenBook
    return make(file, layout, metadata, context)
