"""Title and authors of a finished EPUB, for the name it gets on a reader."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_CONTAINER = "META-INF/container.xml"
_PACKAGE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_DC = "{http://purl.org/dc/elements/1.1/}"
# No container or package of a book is larger; a ZIP may claim anything.
_MOST = 4 << 20

# What zipfile and its decompressor, and the parser, say to a broken file.
_FAULTS = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    zlib.error,
    zipfile.BadZipFile,
    ElementTree.ParseError,
)


class About(NamedTuple):
    """What a finished book says of itself."""

    title: str
    authors: tuple[str, ...] = ()


def read_about(book: Path) -> About:
    """Title and authors; the file's name where the book says nothing that can be read."""
    stem = book.name.removesuffix(".epub").removesuffix(".kepub")
    if not book.name.endswith(".epub"):
        return About(book.stem)
    try:
        with zipfile.ZipFile(book) as archive:
            found = _parse(archive, _CONTAINER).find(f".//{_PACKAGE}")
            package = _parse(archive, found.get("full-path", "") if found is not None else "")
    except _FAULTS:
        return About(stem)
    titles = _texts(package, "title")
    return About(titles[0] if titles else stem, _texts(package, "creator"))


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as member:
        return ElementTree.fromstring(member.read(_MOST))


def _texts(package: ElementTree.Element, name: str) -> tuple[str, ...]:
    found = (" ".join("".join(one.itertext()).split()) for one in package.iter(f"{_DC}{name}"))
    return tuple(text for text in found if text)
