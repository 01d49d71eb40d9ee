"""The file for screens: tagged, with outline and links; PDF/UA-1 and PDF/A-2u in one.

ISO 14289-1 and ISO 19005-2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from bookforge.contracts import Context, Metadata
from bookforge.render.pdf.canvas import BookCanvas, Boxes, compress_page
from bookforge.render.pdf.document import Stream, pad
from bookforge.render.pdf.metadata import BookInfo, build_labels, show
from bookforge.render.pdf.outline import Signposts
from bookforge.render.pdf.paint import Part
from bookforge.render.pdf.pictures import Ink, Pictures
from bookforge.render.pdf.profile import screen_profile
from bookforge.render.pdf.structure import Structure
from bookforge.render.pdf.ways import Ways
from bookforge.render.pdf.xmp import clean, describe
from bookforge.typeset.frames import CELLS, Begin, Layout, OutlineEntry, Page, Picture

# PDF/A-2 and PDF/UA-1 are made of PDF 1.7.
_VERSION = (1, 7)
# What the profile stands for, as it is registered.
_SPACE = "sRGB IEC61966-2.1"


class ScreenBook:
    """A screen PDF that is being written."""

    def __init__(
        self, file: BinaryIO, layout: Layout, metadata: Metadata, context: Context
    ) -> None:
        self.canvas = BookCanvas(file, _VERSION, metadata.language)
        terms = context.language.terms
        self._metadata = metadata
        self._epoch = context.epoch
        self._pictures = Pictures(self.canvas, Ink.SCREEN)
        ways = Ways(layout.ids, context.report)
        self._structure = Structure(self.canvas, terms, ways)
        self._signposts = Signposts(self.canvas, self._structure, layout.height, terms, ways)
        self._boxes = Boxes()
        self._boxes.put("MediaBox", 0, 0, layout.width, layout.height)
        self._height = layout.height
        self._turned = layout.turned
        self._labels: list[str] = []

    def add(self, page: Page, parts: Sequence[Part], pictures: Mapping[str, str]) -> None:
        """Take a painted page."""
        self._pictures.embed(pictures)
        number = self._structure.begin_page()
        content = b"\n".join(self._structure.tag(parts))
        self._hold_cells(page)
        self._place_figures(page)
        links = list(self._signposts.read(page))
        entries = {"StructParents": b"%d" % number, "Tabs": b"/S"}
        if links:
            entries["Annots"] = b"[" + b" ".join(links) + b"]"
        self.canvas.add_page(compress_page(content), self._boxes, entries)
        self._labels.append(page.label)

    def finish(self, outline: Sequence[OutlineEntry]) -> None:
        """Write what stands behind the pages."""
        canvas = self.canvas
        self._signposts.finish(outline)
        self._structure.finish()
        info = BookInfo(self._metadata, self._epoch, {})
        canvas.set_info(info)
        claims = _claim(self._metadata, info)
        describe(canvas, self._metadata, self._epoch, claims, _SCHEMAS)
        canvas.set_catalog("PageLabels", build_labels(self._labels))
        canvas.set_catalog("OutputIntents", PDFArray([canvas.add_object(_intent(canvas))]))
        show(canvas, screen=True, turned=self._turned)
        canvas.save()

    def _hold_cells(self, page: Page) -> None:
        for item in page.items:
            if isinstance(item, Begin) and item.tag in CELLS:
                self._structure.hold(item)

    def _place_figures(self, page: Page) -> None:
        begin: Begin | None = None
        for item in page.items:
            if isinstance(item, Begin):
                begin = item
            elif isinstance(item, Picture) and begin is not None:
                top = self._height - item.y
                box = (item.x, top - item.height, item.x + item.width, top)
                self._structure.place(begin, box)


def _intent(canvas: BookCanvas) -> PDFDictionary:
    """What the colours of the file mean: grey text and RGB pictures, as screens show them."""
    profile = Stream(pad(screen_profile(), b"\1"), {"N": 3})
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_SPACE),
        "Info": PDFString(_SPACE),
        "DestOutputProfile": canvas.add_object(profile),
    }
    return PDFDictionary(intent)


def _claim(metadata: Metadata, info: BookInfo) -> str:
    """Who wrote it, in which language, and the standards that the file keeps to."""
    authors = "".join(f"<rdf:li>{clean(author)}</rdf:li>" for author in metadata.authors)
    return _CLAIMS.format(
        authors=f"<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>" if authors else "",
        language=clean(metadata.language),
        creator=clean(info.creator),
        producer=clean(info.producer),
    )


_CLAIMS = """
{authors}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
"""
# PDF/A-2 wants the one schema described that it does not know (ISO 19005-2, 6.6.2.3).
_SCHEMAS = """
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
