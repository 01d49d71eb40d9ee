"""reportlab's document, writing each object as soon as it is finished.

The original keeps every page until the end and joins them three times over; a book of 2,000 pages
or of 300 pictures is better written as it is made.
"""

from __future__ import annotations

import zlib
from typing import Any, BinaryIO

import deflate
from reportlab.pdfbase.pdfdoc import (
    PDFCatalog,
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFDocument,
    PDFIndirectObject,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFTrailer,
)

# libdeflate's: files as small as at zlib's level 4 or 5, made in half the time.
_LEVEL = 4
# The comment holds bytes above 127, so that nobody takes the file for text.
_HEAD = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n"


class Raw(PDFObject):
    """An object as it is written: `data` may be given at any time before the end."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: object) -> bytes:
        return self.data


class Stream(PDFStream):
    """A stream compressed when it is made.

    An end of line stands before `endstream`, which PDF/A asks for and reportlab leaves out.
    """

    def __init__(self, data: bytes, entries: dict[str, object] | None = None) -> None:
        content = compress(data)
        dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **(entries or {})})
        super().__init__(dictionary, content)

    def copy(self) -> Stream:
        """The same stream for another document: an object can be in one alone."""
        return EncodedStream(self.content, dict(self.dictionary.dict))

    def format(self, document: object) -> bytes:
        self.dictionary["Length"] = len(self.content)
        parts = (self.dictionary.format(document), b"\nstream\n", self.content, b"\nendstream\n")
        return b"".join(parts)


class EncodedStream(Stream):
    """A stream whose data is encoded already: `entries` names its filter."""

    def __init__(self, data: bytes, entries: dict[str, object]) -> None:
        PDFStream.__init__(self, PDFDictionary(entries), data)


class Content(Raw):
    """A page's operators, compressed: `packed`.

    Written as reportlab would, which would format the filter's name anew for each page.
    """

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        head = b"<<\n/Filter /FlateDecode /Length %d\n>>\nstream\n" % len(packed)
        super().__init__(b"%s%s\nendstream" % (head, packed))


def compress(data: bytes) -> bytes:
    """The data of a stream as it is written."""
    return bytes(deflate.zlib_compress(data, _LEVEL))


def pad(data: bytes, filler: bytes) -> bytes:
    """The data of a stream, longer where it would end in a line end when it is compressed.

    PDF/A wants a line end before `endstream`, and some validators take one of the data's own for
    it. The last byte is that of a checksum, which a filler of zeros would leave as it is.
    """
    while zlib.adler32(data) & 0xFF in b"\r\n":
        data += filler
    return data


def text_string(text: str) -> bytes:
    """A text string of any characters."""
    return b"<feff%s>" % text.encode("utf-16-be", "replace").hex().encode("ascii")


class BookDocument(PDFDocument):
    """A document that is written into `file` while it is made.

    `identifier` (32 hexadecimal digits) and `outline_root` are to be set before the end.
    """

    # Parts of PDFDocument that its published types leave out.
    idToObject: dict[str, Any]
    idToOffset: dict[str, int]
    numberToId: dict[int, str]
    idToObjectNumberAndVersion: dict[str, tuple[int, int]]
    Catalog: Any
    Pages: Any
    pageCounter: int
    inObject: str | None

    def __init__(self, file: BinaryIO, version: tuple[int, int], language: str) -> None:
        super().__init__(invariant=1, pdfVersion=version, lang=language)
        # The one key of print standards that reportlab does not know.
        self.Catalog.__NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents"]
        self.identifier = "0" * 32
        self.outline_root: PDFObjectReference | None = None
        self._file = file
        self._size = 0
        self._write(_HEAD % version)

    def refer(self, thing: PDFObject, name: str | None = None) -> PDFObjectReference:
        """Give an object its number; it is written at the end, so it may still change."""
        reference: PDFObjectReference = self.Reference(thing, name)  # type: ignore[no-untyped-call]
        return reference

    def put(self, thing: PDFObject, name: str | None = None) -> PDFObjectReference:
        """Write a finished object now and forget it."""
        reference = self.refer(thing, name)
        self._put(str(reference.name))
        return reference

    def addPage(self, page: Raw) -> None:
        """As reportlab's, but the page is written at once."""
        self.Pages.addPage(self.put(page, self.thisPageName()))
        self.pageCounter += 1
        self.inObject = None

    def SaveToFile(self, filename: object, canvas: object) -> None:
        """Write what is left: objects that were waiting, the table of places, the trailer."""
        catalog, info = self.refer(self.Catalog), self.refer(self.info)
        self.Catalog.Outlines = self.outline_root
        number = 1
        # Objects may still be added while others are written.
        while number in self.numberToId:
            if self.numberToId[number] not in self.idToOffset:
                self._put(self.numberToId[number])
            number += 1
        table = PDFCrossReferenceTable()
        table.addsection(0, list(self.numberToId.values()))
        start = self._write(table.format(self))
        trailer = PDFTrailer(start, Size=number, Root=catalog, Info=info, ID=self.ID())
        self._write(trailer.format(self))

    def number(self, name: str) -> int:
        """The number that an object is referred to by."""
        return self.idToObjectNumberAndVersion[name][0]

    def ID(self) -> bytes:
        """The file's identifier, twice: of the first edition and of this one."""
        identifier = self.identifier.encode("ascii")
        return b"[<%s><%s>]" % (identifier, identifier)

    def _put(self, name: str) -> None:
        thing = self.idToObject[name]
        if isinstance(thing, Raw):
            # A structure tree has thousands, and reportlab's way takes ten times as long.
            data = b"%d 0 obj\n%s\nendobj\n" % (self.number(name), thing.data)
        else:
            data = PDFIndirectObject(name, thing).format(self)
        self.idToOffset[name] = self._write(data)
        self.idToObject[name] = None

    def _write(self, data: bytes) -> int:
        """Gives the place where the data begins."""
        place = self._size
        self._file.write(data)
        self._size += len(data)
        return place
