"""The container: ebooklib writes the package document, this module the archive.

In: finished bytes and metadata. Out: the bytes of an EPUB, the same for the same input. ebooklib
gets bytes only; its own HTML, navigation and cover code changes text and is never used.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ebooklib import epub

from bookforge.contracts import Metadata
from bookforge.render.epub.package import BOOK_ID, Meta, identifier_of

_MIMETYPE = "mimetype"
_XHTML = "application/xhtml+xml"
_NCX = "application/x-dtbncx+xml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The first and last second a zip archive can name (1980 to 2107), in seconds since 1970.
_ZIP_FIRST, _ZIP_LAST = 315_532_800, 4_354_819_199
# Level 6 makes a book 1 % smaller for half as much work again.
_LEVEL = 4
# libdeflate's highest.
_TIGHTEST = 12
_PACKED = (".jpg", ".png", ".gif")
_MODE = 0o644 << 16
_UNIX = 3


class Item(NamedTuple):
    """A file of the publication: manifest id, path, bytes, media type, manifest properties."""

    id: str
    name: str
    data: bytes
    media: str = _XHTML
    properties: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is a file of the book's text, not the navigation."""
        return self.media == _XHTML and "nav" not in self.properties


class Publication(NamedTuple):
    """Everything that goes into the archive; `spine` names ids, `guide` is for EPUB 2 readers."""

    metadata: Metadata
    entries: Sequence[Meta]
    items: Sequence[Item]
    spine: Sequence[str]
    guide: Sequence[dict[str, str]]
    direction: str
    epoch: int


def pack(publication: Publication, *, tightly: bool = False) -> bytes:
    """The bytes of the EPUB; `tightly` takes ten times as long for 6 % of the text's size."""
    writer = _Writer(_make_book(publication), publication)
    writer.process()
    writer.write()
    return _archive(writer.members, publication.epoch, tightly)


def ncx_item(data: bytes) -> Item:
    """The NCX under the id that ebooklib's spine names."""
    return Item("ncx", "toc.ncx", data, _NCX)


def _make_book(publication: Publication) -> epub.EpubBook:
    book = epub.EpubBook()
    # ebooklib puts its own generator and a random identifier there.
    book.metadata = {}
    book.IDENTIFIER_ID = BOOK_ID
    book.uid = identifier_of(publication.metadata)
    book.title = publication.metadata.title
    book.language = publication.metadata.language
    if publication.direction == "rtl":
        book.set_direction("rtl")
    for entry in publication.entries:
        book.add_metadata("DC" if entry.dc else None, entry.name, entry.value, entry.attributes)
    for item in publication.items:
        book.add_item(_RawItem(item))
    book.spine = list(publication.spine)
    book.guide = list(publication.guide)
    return book


class _RawItem(epub.EpubItem):  # type: ignore[misc] # ebooklib has no types
    """Bytes that leave as they came."""

    def __init__(self, item: Item) -> None:
        super().__init__(item.id, item.name, item.media, item.data)
        self.properties = list(item.properties)


class _Members:
    """Takes what ebooklib would write into its archive."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        self.data[name] = data.encode() if isinstance(data, str) else data


class _Writer(epub.EpubWriter):  # type: ignore[misc] # ebooklib has no types
    """ebooklib's writer with the language on the package element, and without its archive."""

    def __init__(self, book: epub.EpubBook, publication: Publication) -> None:
        modified = datetime.fromtimestamp(publication.epoch, UTC)
        options = {"mtime": modified, "epub3_pages": False, "epub3_landmark": False}
        super().__init__("", book, options)
        self._language = publication.metadata.language
        self._direction = publication.direction
        self.out = _Members()

    @property
    def members(self) -> dict[str, bytes]:
        return self.out.data

    def write(self) -> None:
        self._write_container()
        self._write_opf()
        self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self._language)
        root.set("dir", self._direction)
        super()._write_opf_file(root)


def _archive(members: dict[str, bytes], epoch: int, tightly: bool) -> bytes:
    """A zip with nothing in it but the files: fixed dates and modes, mimetype first and stored."""
    date = datetime.fromtimestamp(min(max(epoch, _ZIP_FIRST), _ZIP_LAST), UTC).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in {_MIMETYPE: b"application/epub+zip", **members}.items():
            info = zipfile.ZipInfo(name, date)
            info.create_system = _UNIX
            info.external_attr = _MODE
            stored = name == _MIMETYPE or name.endswith(_PACKED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            if tightly and not stored:
                with archive.open(info, "w") as member:
                    member._compressor = _Press()  # type: ignore[attr-defined] # no public hook
                    member.write(data)
            else:
                archive.writestr(info, data, compresslevel=_LEVEL)
    return buffer.getvalue()


class _Press:
    """libdeflate in place of zlib's compressor; a file is pressed whole."""

    def __init__(self) -> None:
        self._data: list[bytes] = []

    def compress(self, data: bytes) -> bytes:
        """Keep a piece of the file."""
        self._data.append(data)
        return b""

    def flush(self) -> bytes:
        """The whole file, pressed."""
        import deflate

        return bytes(deflate.deflate_compress(b"".join(self._data), _TIGHTEST))
