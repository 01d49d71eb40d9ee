"""Title and authors of a finished book, for the name it gets on a reader."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bookforge.about import Unreadable, name_title, read_package


class About(NamedTuple):
    """What a finished book says of itself."""

    title: str
    authors: tuple[str, ...] = ()


def read_about(book: Path) -> About:
    """Title and authors; the file's name where the book says nothing that can be read."""
    if not book.name.endswith(".epub"):
        return About(name_title(book))
    try:
        told = read_package(book)
    except Unreadable:
        return About(name_title(book))
    return About(told.title, told.authors)
