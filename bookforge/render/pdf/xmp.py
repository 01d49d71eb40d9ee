"""The XMP packet: what the file says of itself to programs that do not read PDF (ISO 16684-1)."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from reportlab.pdfbase.pdfdoc import PDFName

from bookforge.contracts import Metadata
from bookforge.regex import regex
from bookforge.render.pdf.canvas import BookCanvas
from bookforge.render.pdf.document import EncodedStream

# Characters that no XML document may hold.
_FORBIDDEN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def describe(
    canvas: BookCanvas, metadata: Metadata, epoch: int, claims: str, schemas: str = ""
) -> None:
    """Put the packet into the file: title and dates, and what a standard has to say besides.

    `claims` are properties of the namespaces that the packet names, `schemas` descriptions of
    those that the standard does not know.
    """
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    packet = _PACKET.format(
        title=clean(metadata.title), date=date, claims=claims.strip(), schemas=schemas.strip()
    )
    entries: dict[str, object] = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    stream = EncodedStream(packet.encode("utf-8"), entries)
    canvas.set_catalog("Metadata", canvas.add_object(stream))


def clean(text: str) -> str:
    """Text as it may stand in the packet."""
    return escape(_FORBIDDEN.sub("", text), quote=False)


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
{claims}
</rdf:Description>
{schemas}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
