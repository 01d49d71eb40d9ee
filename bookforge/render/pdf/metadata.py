"""What the PDF says of itself: title and author, dates, labels of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFName, PDFString

from bookforge import __version__
from bookforge.contracts import Metadata
from bookforge.render.pdf.canvas import BookCanvas

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def show(canvas: BookCanvas, *, screen: bool, turned: bool) -> None:
    """How a reading program opens the file: spreads for printers, one page on screens; `turned`:
    the first page is a left-hand one."""
    wishes: dict[str, object] = {"Direction": PDFName("R2L")} if turned else {}
    canvas.set_catalog("PageLayout", PDFName("SinglePage" if screen else "TwoColumnRight"))
    if screen:
        canvas.set_catalog("PageMode", PDFName("UseOutlines"))
        wishes["DisplayDocTitle"] = b"true"
    if wishes:
        canvas.set_catalog("ViewerPreferences", PDFDictionary(wishes))


class BookInfo(PDFInfo):
    """The information dictionary, with nothing in it that was not asked for.

    `epoch` is the time of the build in seconds since 1970, `keys` what a print standard adds;
    `bare` leaves out what only readers of the file want: KDP asks for no metadata.
    """

    def __init__(
        self, metadata: Metadata, epoch: int, keys: Mapping[str, str], *, bare: bool = False
    ) -> None:
        super().__init__()
        self.title = metadata.title
        self.author = ", ".join(metadata.authors)
        self._keys = keys
        self._bare = bare
        self.creator = f"bookforge {__version__}"
        self._date = datetime.fromtimestamp(epoch, UTC).strftime("D:%Y%m%d%H%M%SZ")

    def format(self, document: object) -> bytes:
        author = {"Author": PDFString(self.author)} if self.author else {}
        about = {**author, "Creator": PDFString(self.creator)}
        entries = {
            "Title": PDFString(self.title),
            **({} if self._bare else about),
            "Producer": PDFString(self.producer),
            "CreationDate": PDFString(self._date),
            "ModDate": PDFString(self._date),
            "Trapped": PDFName("False"),
            **{key: PDFString(value) for key, value in self._keys.items()},
        }
        return bytes(PDFDictionary(entries).format(document))


def build_labels(labels: Sequence[str]) -> PDFDictionary:
    """Page labels as ranges: "i, ii, iii, 1, 2" is two (ISO 32000-1, 12.4.2)."""
    ranges: list[bytes] = []
    expected: tuple[str, int] | None = None
    for index, label in enumerate(labels):
        style, value = read_label(label)
        if expected is None or style == "" or (style, value) != expected:
            ranges.append(b"%d %s" % (index, _range(style, value, label)))
        expected = (style, value + 1)
    return PDFDictionary({"Nums": b"[" + b"\n".join(ranges) + b"]"})


def read_label(label: str) -> tuple[str, int]:
    """PDF's name of the numbering and the number: "iv" is ("r", 4); ("", 0) for other labels."""
    if label.isdecimal() and label.isascii() and label == str(int(label)):
        return "D", int(label)
    value = _from_roman(label)
    return ("r", value) if value else ("", 0)


def _range(style: str, value: int, label: str) -> bytes:
    if style:
        return b"<</S/%s/St %d>>" % (style.encode(), value)
    text = label.encode("utf-16-be").hex().encode()
    return b"<</P<feff%s>>>" % text if label else b"<<>>"


def _from_roman(label: str) -> int:
    """The value of a roman number below 90 in small letters, 0 for anything else."""
    rest, value = label, 0
    for step, letters in (*((50, "l"), (40, "xl")), *_ROMAN):
        while rest.startswith(letters):
            rest, value = rest[len(letters) :], value + step
    return value if not rest and label == _to_roman(value) else 0


def _to_roman(value: int) -> str:
    out = ""
    for step, letters in ((50, "l"), (40, "xl"), *_ROMAN):
        out += letters * (value // step)
        value %= step
    return out
