"""Print standards: what a PDF/X file must be and say of itself.

ISO 15930-1 (X-1a:2001), 15930-4 (X-1a:2003) and 15930-7 (X-4). The painter writes black, grey and
CMYK without transparency, so that X-1a needs no more than some keys and a named printing condition;
X-4 wants a profile inside the file, and says who it is in XMP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from bookforge.config.model import PrintOutput
from bookforge.contracts import Metadata
from bookforge.printers.load import load_printer
from bookforge.render.pdf.canvas import BookCanvas
from bookforge.render.pdf.document import EncodedStream, Stream
from bookforge.render.pdf.profile import cmyk_profile, grey_profile

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
        profile = Stream(data, {"N": 4 if colour else 1})
        intent["DestOutputProfile"] = canvas.add_object(profile)
        xmp = _describe(metadata, epoch).encode("utf-8")
        entries: dict[str, object] = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        canvas.set_catalog("Metadata", canvas.add_object(EncodedStream(xmp, entries)))
    else:
        intent["RegistryName"] = PDFString(_REGISTRY)
    canvas.set_catalog("OutputIntents", PDFArray([canvas.add_object(PDFDictionary(intent))]))


def _describe(metadata: Metadata, epoch: int) -> str:
    """What PDF/X-4 wants in XMP; the identifiers follow from the book."""
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = "\0".join((metadata.identifier, metadata.title, date)).encode("utf-8")
    digest = hashlib.sha256(whole).hexdigest()
    return _XMP.format(title=escape(metadata.title), date=date, document=digest[:32])


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
