"""What is on offer: entries, the sources they come from, the shelf that joins and searches them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from bookforge.about import About
from bookforge.locate import natural_key

__all__ = ["Entry", "Kind", "Page", "Shelf", "Source", "fold"]


class Kind(StrEnum):
    """What a file is, whatever its name says."""

    EPUB = "epub"
    KEPUB = "kepub"
    AZW3 = "azw3"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return _TYPES[self]

    @property
    def ending(self) -> str:
        return ".kepub.epub" if self is Kind.KEPUB else f".{self.value}"


# Kobo's browser takes a kepub as what it is underneath, an EPUB; calibre's name for AZW3 is the one
# that Kindles take.
_TYPES = {
    Kind.EPUB: "application/epub+zip",
    Kind.KEPUB: "application/epub+zip",
    Kind.AZW3: "application/x-mobi8-ebook",
    Kind.PDF: "application/pdf",
}


@dataclass(frozen=True)
class Entry:
    """One book: what it says of itself, its files, and when the newest of them was changed.

    `id` stands in addresses and stays the same as long as the book stays where it is; `name` is
    that of the files without an ending; `modified` counts seconds since 1970.
    """

    id: str
    name: str
    about: About
    files: Mapping[Kind, Path]
    modified: int

    @cached_property
    def folded(self) -> str:
        """Everything that a search looks at."""
        about = self.about
        parts = (about.title, *about.authors, about.series, *about.subjects, about.description)
        return fold(" ".join((*parts, self.name)))

    @cached_property
    def slug(self) -> str:
        """The name in letters that any device can type and store."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:60].strip("-") or "book"

    @property
    def book(self) -> Path | None:
        """The e-book among the files, which has the cover."""
        return self.files.get(Kind.EPUB) or self.files.get(Kind.KEPUB)


class Source(Protocol):
    """Where entries come from; both verbs may be called from any thread."""

    def refresh(self) -> None:
        """Look whether something changed, and take it in."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The books as they stand."""


class Page(NamedTuple):
    """A part of a list: the entries on it, its number (from 1), how many pages and books."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int
    size: int
    query: str = ""


class Shelf:
    """All books of all sources, by title."""

    def __init__(self, sources: Sequence[Source], title: str = "Books") -> None:
        self.sources, self.title = tuple(sources), title

    def refresh(self, name: str = "") -> None:
        """Look again at every source, or at the one that has the entry of this id."""
        for source in self.sources:
            if not name or any(entry.id == name for entry in source.entries):
                source.refresh()

    def entries(self) -> list[Entry]:
        """Every book once, by title as people count: Book 2 before Book 10."""
        found = {entry.id: entry for source in self.sources for entry in source.entries}
        return sorted(found.values(), key=lambda one: (natural_key(fold(one.about.title)), one.id))

    def find(self, name: str) -> Entry | None:
        """The entry of this id."""
        found = (entry for source in self.sources for entry in source.entries)
        return next((entry for entry in found if entry.id == name), None)

    def page(self, number: int, size: int, query: str = "") -> Page | None:
        """A page of the books that hold every word of `query`; None when there is no such page."""
        words = fold(query).split()
        found = [one for one in self.entries() if all(word in one.folded for word in words)]
        pages = max(1, -(-len(found) // size))
        if not 1 <= number <= pages:
            return None
        part = tuple(found[(number - 1) * size : number * size])
        return Page(part, number, pages, len(found), size, query)


def fold(text: str) -> str:
    """Letters without case and accents, as people type them into a search field."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
