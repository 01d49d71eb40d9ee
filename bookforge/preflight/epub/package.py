"""A finished EPUB opened: its package, files, pages, styles and pictures.

In: a path. Out: a `Package`. Files may come from strangers: XML defines no entities and loads
nothing, and what is too large to be a text is not unpacked.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from lxml import etree

from bookforge.images import Sketch, sketch_picture

Element: TypeAlias = etree._Element
CONTAINER = "META-INF/container.xml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = "application/xhtml+xml"
# No chapter is longer; Kobo's limit is 10 MB.
_MOST_TEXT = 40_000_000
_MOST_PICTURE = 60_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError)


class PackageError(Exception):
    """Why the file cannot be looked into."""


class Item(NamedTuple):
    """A file of the manifest: its name in the archive, media type and properties."""

    id: str
    name: str
    media: str
    properties: frozenset[str]


class Meta(NamedTuple):
    """An element of the metadata: its name or property, its text, what it refines."""

    name: str
    text: str
    refines: str = ""


class Package:
    """What stands in an EPUB. Raises `PackageError` when it has no readable package."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise PackageError(str(error)) from None
        self.sizes: Mapping[str, int] = {
            info.filename: info.file_size for info in self._zip.infolist()
        }
        roots = self._demand(CONTAINER).iter("{*}rootfile")
        self.name = next((str(one.get("full-path", "")) for one in roots), "")
        if self.name not in self.sizes:
            named = f"{CONTAINER} names {self.name} as" if self.name else f"{CONTAINER} names no"
            raise PackageError(f"{named} package document{', which is missing' * bool(self.name)}")
        self.root = self._demand(self.name)

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def read(self, name: str, most: int = _MOST_TEXT) -> bytes:
        """A member's bytes; empty when it is missing, damaged or larger than `most`."""
        if not 0 < self.sizes.get(name, 0) <= most:
            return b""
        try:
            return self._zip.read(name)
        except (*_DAMAGED, NotImplementedError):
            return b""

    def parse(self, name: str) -> Element | None:
        """A member as XML, None when it is none."""
        try:
            return self._demand(name)
        except PackageError:
            return None

    def _demand(self, name: str) -> Element:
        """A member as XML; raises `PackageError` that says why it is none."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise PackageError(f"{name} is no well-formed XML: {error.msg}") from None
        except ValueError as error:
            raise PackageError(f"{name} is no well-formed XML: {error}") from None

    @cached_property
    def metas(self) -> tuple[Meta, ...]:
        """The metadata in their order."""
        return tuple(self._read_metas())

    def _read_metas(self) -> Iterator[Meta]:
        for block in self.root.iter("{*}metadata"):
            for one in block.iterchildren("{*}*"):
                name = etree.QName(one).localname
                text = " ".join("".join(map(str, one.itertext())).split())
                if name == "meta":
                    name = str(one.get("property") or one.get("name") or "")
                    text = text or str(one.get("content") or "")
                yield Meta(name, text, str(one.get("refines") or "").lstrip("#"))

    def values(self, name: str) -> list[str]:
        """What the metadata say under a name; refinements are left out."""
        return [meta.text for meta in self.metas if meta.name == name and not meta.refines]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The files of the manifest."""
        folder = posixpath.dirname(self.name)
        return tuple(
            Item(
                str(one.get("id", "")),
                posixpath.normpath(posixpath.join(folder, unquote(str(one.get("href", ""))))),
                str(one.get("media-type", "")),
                frozenset(str(one.get("properties", "")).split()),
            )
            for one in self.root.iter("{*}item")
        )

    @property
    def cover(self) -> Item | None:
        """The cover's picture, as EPUB 3 names it or, failing that, as EPUB 2 did."""
        named = [item for item in self.items if "cover-image" in item.properties]
        ids = self.values("cover")
        return next(iter(named or [item for item in self.items if item.id in ids]), None)

    @cached_property
    def nav(self) -> Element | None:
        """The navigation document."""
        name = next((item.name for item in self.items if "nav" in item.properties), "")
        return self.parse(name)

    def navs(self, kind: str) -> list[Element]:
        """The `nav` elements of a kind ("toc", "page-list")."""
        if self.nav is None:
            return []
        found = self.nav.iter("{*}nav")
        return [one for one in found if kind in str(one.get(EPUB_TYPE, "")).split()]

    def pages(self) -> Iterator[tuple[str, Element]]:
        """The content files in manifest order with their names; those that are XML."""
        for item in self.items:
            if item.media == _XHTML and (page := self.parse(item.name)) is not None:
                yield item.name, page

    def styles(self) -> Iterator[tuple[str, str]]:
        """The style sheets with their names."""
        for item in self.items:
            if item.media == "text/css":
                yield item.name, self.read(item.name).decode(errors="replace")

    def pictures(self) -> Iterator[tuple[Item, Sketch]]:
        """The pictures that can be read, with their format and size."""
        for item in self.items:
            if item.media.startswith("image/") and item.media != "image/svg+xml":
                sketch = sketch_picture(self.read(item.name, _MOST_PICTURE))
                if sketch is not None:
                    yield item, sketch
