"""Print standards: what a PDF/X file must be and say of itself.

ISO 15930-1 (X-1a:2001), 15930-4 (X-1a:2003) and 15930-7 (X-4). The painter writes black, grey and
CMYK without transparency, so that X-1a needs no more than some keys and a named printing condition;
X-4 wants a profile inside the file, and says who it is in XMP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from bookforge.config.model import PrintOutput
from bookforge.contracts import Metadata
from bookforge.printers.load import load_printer
from bookforge.render.pdf.canvas import BookCanvas
from bookforge.render.pdf.document import Stream, pad
from bookforge.render.pdf.profile import cmyk_profile, grey_profile
from bookforge.render.pdf.xmp import describe

# A registered printing condition: offset on coated paper, the usual one of American printers.
_CONDITION = "CGATS TR 001"
_REGISTRY = "http://www.color.org"


@dataclass(frozen=True, slots=True)
class Standard:
    """A PDF version, and the keys of the information dictionary that claim the standard.

    `profile`: the standard wants an output profile inside the file, and XMP.
    """

    version: tuple[int, int] = (1, 4)
    keys: Mapping[str, str] = field(default_factory=dict)
    profile: bool = False


PLAIN = Standard()
X1A_2001 = Standard(
    (1, 3), {"GTS_PDFXVersion": "PDF/X-1:2001", "GTS_PDFXConformance": "PDF/X-1a:2001"}
)
X1A_2003 = Standard((1, 4), {"GTS_PDFXVersion": "PDF/X-1a:2003"})
X4 = Standard((1, 6), {"GTS_PDFXVersion": "PDF/X-4"}, profile=True)

_STANDARDS = {
    "none": PLAIN,
    "pdf/x-1a": X1A_2001,
    "pdf/x-1a:2001": X1A_2001,
    "pdf/x-1a:2003": X1A_2003,
    "pdf/x-4": X4,
}


def choose_standard(printing: PrintOutput) -> Standard:
    """The standard that book.toml asks for, or else the printer.

    A printer that wants colour as sRGB gets no standard there: none of these allows it.
    """
    if printing.standard != "auto":
        return _STANDARDS[printing.standard]
    return (
        PLAIN if wants_rgb(printing) else _STANDARDS[load_printer(printing.printer).file.standard]
    )


def wants_rgb(printing: PrintOutput) -> bool:
    """Whether the book's colours go to the printer as sRGB."""
    rules = load_printer(printing.printer).file
    automatic = printing.standard in ("auto", "none")
    return automatic and printing.ink != "black" and rules.colour == "srgb"


def claim_standard(
    canvas: BookCanvas, standard: Standard, metadata: Metadata, epoch: int, *, colour: bool
) -> None:
    """Name the printing condition, or put its profile in; a plain PDF has none."""
    if not standard.keys:
        return
    intent: dict[str, object] = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFX"),
        "OutputConditionIdentifier": PDFString("Custom" if standard.profile else _CONDITION),
        "Info": PDFString("offset on white paper" if standard.profile else _CONDITION),
    }
    if standard.profile:
        data = cmyk_profile() if colour else grey_profile()
        profile = Stream(pad(data, b"\1"), {"N": 4 if colour else 1})
        intent["DestOutputProfile"] = canvas.add_object(profile)
        describe(canvas, metadata, epoch, _claim_x4(metadata, epoch))
    else:
        intent["RegistryName"] = PDFString(_REGISTRY)
    canvas.set_catalog("OutputIntents", PDFArray([canvas.add_object(PDFDictionary(intent))]))


def _claim_x4(metadata: Metadata, epoch: int) -> str:
    """What PDF/X-4 wants in XMP; the identifiers follow from the book."""
    whole = "\0".join((metadata.identifier, metadata.title, str(epoch))).encode("utf-8")
    return _X4.format(document=hashlib.sha256(whole).hexdigest()[:32])


_X4 = """
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
"""
