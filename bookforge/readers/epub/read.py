"""Opening an e-book and reading its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import dirname, normpath, splitext
from urllib.parse import unquote

from bookforge.contracts import Context
from bookforge.model.document import Document
from bookforge.readers.epub.package import Entry, Package, read_package
from bookforge.readers.flow.archive import Archive
from bookforge.readers.flow.assemble import Source, assemble
from bookforge.readers.flow.pieces import Flow, Piece
from bookforge.readers.flow.remarks import Remarks, fault
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.html.looks import Sheet
from bookforge.readers.html.notes import Notes
from bookforge.readers.html.read import parse_page
from bookforge.readers.html.walk import Page, Walker
from bookforge.source import SourceFile
from bookforge.store import keep_picture

__all__ = ["read_epub"]

# So many paragraphs of a page may be the heading that the contents name.
_NEAR = 4


def read_epub(files: Sequence[SourceFile], context: Context) -> Document:
    """One document from the e-books given, in their order.

    Raises `BookError`: R050 no e-book, R051 damaged, R052 protected, R053 refused.
    """
    return assemble([_read(file, f"{file.id}-") for file in files], context)


def _read(file: SourceFile, prefix: str) -> Source:
    archive = Archive(file, "an e-book")
    remarks = Remarks()
    package = read_package(archive, remarks)
    pages = _open_pages(archive, package, remarks)
    notes = Notes.find(pages, prefix)
    flows: list[Flow] = []
    try:
        for page in pages:
            flow = Walker(page, notes, remarks).walk()
            _use_contents(flow.pieces, page.name, package)
            flows.append(flow)
        for name, pieces in notes.read(remarks):
            flows[-1].notes[name] = pieces
    except RecursionError:
        raise fault("R051", file, "is nested too deeply", "save it anew") from None
    if not flows:
        raise archive.damaged("names no page that is in it")
    flows[0].found = package.found
    return Source(file, flows, remarks)


def _open_pages(archive: Archive, package: Package, remarks: Remarks) -> list[Page]:
    css = [archive.read(name) or b"" for name in package.styles]
    text = "\n".join(data.decode("utf-8", "replace") for data in css)
    pages = []
    for name in package.pages:
        root = parse_page(archive.read(name) or b"", archive.file)
        find = _Pictures(archive, name, remarks).find
        pages.append(Page(root, name, Sheet.of(root, text), find))
    return pages


class _Pictures:
    """Pictures as one page names them."""

    def __init__(self, archive: Archive, page: str, remarks: Remarks) -> None:
        self._archive, self._page, self._remarks = archive, page, remarks

    def find(self, source: str) -> str:
        """The path of a picture's file, "" when it is not in the e-book."""
        if re.match(r"\w+:|//", source):
            self._remarks.add("R057")
            return ""
        name = normpath(f"{dirname(self._page)}/{unquote(source)}").lstrip("/")
        data = self._archive.read(name)
        return "" if data is None else str(keep_picture(data, splitext(name)[1]))


def _use_contents(pieces: list[Piece], name: str, package: Package) -> None:
    """Roles of whole pages, and what the contents say of a page's heading."""
    if name in (package.nav, package.cover):
        for piece in pieces:
            piece.role = "contents" if name == package.nav else "cover"
            piece.level, piece.kind = 0, None
    entry = package.entries.get(name)
    if entry is None:
        return
    heads = [piece for piece in pieces if piece.level]
    if not heads:
        _find_heading(pieces, entry)
        return
    # The contents nest chapters in parts, where each page begins with a heading of level 1.
    shift = entry.depth - heads[0].level
    for piece in heads:
        piece.level = max(1, piece.level + shift)


def _find_heading(pieces: list[Piece], entry: Entry) -> None:
    """A paragraph near the head of the page that the contents name is a heading."""
    wanted = fold_title(entry.label)
    near = [piece for piece in pieces if not piece.role and piece.runs][:_NEAR]
    for piece in near:
        if wanted and fold_title("".join(run.text for run in piece.runs)) == wanted:
            piece.level = entry.depth
            return
