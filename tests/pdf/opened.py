"""What stands in a finished PDF, read by other people's programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from handmade import METADATA, context
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTTextContainer, LTTextLine

from bookforge.render.pdf.book import paint
from bookforge.typeset.frames import Layout


def write(layout: Layout, folder: Path, **printing: object) -> Path:
    target = folder / "book.pdf"
    paint(layout, METADATA, {"print": target}, context(folder, **printing))
    return target


def words(path: Path) -> list[str]:
    """The words on the pages, those broken by the program put together again."""
    return extract_text(path).replace("\u00ad\n", "").split()


def characters(path: Path) -> list[LTChar]:
    return [
        letter
        for page in extract_pages(path)
        for box in page
        if isinstance(box, LTTextContainer)
        for line in box
        if isinstance(line, LTTextLine)
        for letter in line
        if isinstance(letter, LTChar)
    ]


def operators(pdf: pikepdf.Pdf) -> Iterator[tuple[str, list[object]]]:
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            yield str(instruction.operator), list(instruction.operands)


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    found = {}
    for page in pdf.pages:
        found.update(dict(page.resources.get("/Font", {}).items()))
    return found
