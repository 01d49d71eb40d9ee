"""reportlab's Canvas, made to take finished page streams and fonts of our own.

Three habits of the original are switched off here: the unembedded Helvetica in every page's
resources, the base-85 armour around streams, and the clock.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFResourceDictionary,
    PDFStream,
)
from reportlab.pdfgen.canvas import Canvas

# Page streams: 3 % larger than at zlib's level 6 and made in half the time.
_LEVEL = 4
_RESOURCES = "BookResources"


class Stream(PDFStream):
    """A stream compressed when it is made, so that 1,800 finished pages stay small.

    An end of line stands before `endstream`, which PDF/A asks for and reportlab leaves out.
    """

    def __init__(self, data: bytes, entries: dict[str, object] | None = None) -> None:
        content = zlib.compress(data, _LEVEL)
        dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **(entries or {})})
        super().__init__(dictionary, content)

    def format(self, document: object) -> bytes:
        self.dictionary["Length"] = len(self.content)
        parts = (self.dictionary.format(document), b"\nstream\n", self.content, b"\nendstream\n")
        return b"".join(parts)


class EncodedStream(Stream):
    """A stream whose data is encoded already: `entries` names its filter."""

    def __init__(self, data: bytes, entries: dict[str, object]) -> None:
        PDFStream.__init__(self, PDFDictionary(entries), data)


class Boxes(dict[str, bytes]):
    """The page boxes by name ("MediaBox"), as they are written."""

    def put(self, name: str, left: float, bottom: float, right: float, top: float) -> None:
        self[name] = b"[" + b" ".join(map(number, (left, bottom, right, top))) + b"]"


class BookCanvas(Canvas):
    """A Canvas whose pages are painted elsewhere and share one set of resources."""

    # Parts of Canvas that its published types leave out.
    _doc: Any
    _annotationrefs: list[object]
    _startPage: Callable[[], None]

    def __init__(self, file: BinaryIO, size: tuple[float, float], language: str) -> None:
        super().__init__(file, pagesize=size, invariant=1, pdfVersion=(1, 4), lang=language)
        self._fonts: dict[str, PDFObjectReference] = {}
        self._images: dict[str, PDFObjectReference] = {}
        self._content = hashlib.sha256()

    def _make_preamble(self) -> None:
        """Pages begin with nothing: reportlab would select Helvetica here."""
        self._preamble = ""

    def add_page(self, content: bytes, boxes: Boxes) -> None:
        """Finish the page at hand: its operators, and where it is trimmed."""
        self._content.update(content)
        page = PDFPage()
        page.Contents = Stream(content)
        page.Resources = PDFObjectReference(_RESOURCES)
        for name, box in boxes.items():
            setattr(page, name, box)
        page.Annots = self._annotationrefs
        self._doc.addPage(page)
        self._startPage()

    def add_object(self, thing: PDFObject) -> PDFObjectReference:
        """Put an object into the file; gives what other objects refer to it by."""
        reference: PDFObjectReference = self._doc.Reference(thing)
        return reference

    def add_font(self, name: str, font: PDFObject) -> None:
        self._fonts[name] = self.add_object(font)

    def add_image(self, name: str, image: PDFStream) -> None:
        self._content.update(image.content)
        self._images[name] = self.add_object(image)

    def set_catalog(self, key: str, value: object) -> None:
        """An entry of the document's catalog."""
        setattr(self._doc.Catalog, key, value)

    def set_info(self, info: PDFInfo) -> None:
        self._doc.info = info

    def save(self) -> None:
        """Write the file; its identifier is derived from what is on the pages."""
        resources = PDFResourceDictionary(Font=self._fonts, XObject=self._images)
        self._doc.Reference(resources, _RESOURCES)
        identifier = self._content.hexdigest()[:32].encode("ascii")
        self._doc._ID = b"[<%s><%s>]" % (identifier, identifier)
        super().save()


def number(value: float) -> bytes:
    """A number as PDF writes it: at most three decimals, none when it is whole."""
    text = b"%.3f" % value
    text = text.rstrip(b"0").rstrip(b".")
    return b"0" if text == b"-0" else text
