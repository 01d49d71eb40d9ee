"""What a reader on a screen finds their way by: outline, links, named destinations.

ISO 32000-1, 12.3. Links and outline name their destinations, so a link may stand before the page
it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

from bookforge.render.pdf.canvas import BookCanvas, number
from bookforge.render.pdf.document import Raw, text_string
from bookforge.render.pdf.structure import Structure
from bookforge.render.pdf.ways import Ways
from bookforge.typeset.frames import (
    Destination,
    LinkArea,
    OutlineEntry,
    Page,
    Phrase,
    Tag,
)


class Signposts(Struct):
    """Links and destinations collected page by page; `height` is that of the page in points,
    `words` the terms of the book's language."""

    canvas: BookCanvas
    structure: Structure
    height: float
    words: Mapping[str, str]
    ways: Ways
    places: dict[str, tuple[PDFObjectReference, float]] = field(default_factory=dict)

    def read(self, page: Page) -> Iterator[bytes]:
        """Note the page's destinations; gives its links as annotations."""
        for item in page.items:
            if isinstance(item, Destination):
                # Of two places that call one note the first is where the reader came from.
                place = self.canvas.this_page(), self.height - item.y
                self.places.setdefault(item.id, place)
            elif isinstance(item, LinkArea) and (target := self.ways.find(item.target)):
                yield self._link(item, target)

    def finish(self, outline: Sequence[OutlineEntry]) -> None:
        """Write destinations and outline once every page is known."""
        names: list[object] = []
        for name in sorted(self.places, key=_name):
            page, top = self.places[name]
            names += [_name(name), PDFArray([page, b"/XYZ null %s null" % number(top)])]
        tree = self.canvas.add_object(PDFDictionary({"Names": PDFArray(names)}))
        self.canvas.set_catalog("Names", PDFDictionary({"Dests": tree}))
        entries = [entry for entry in outline if entry.destination in self.places]
        if entries:
            self.canvas.set_outline(_Outline(self.canvas).write(entries))

    def _link(self, link: LinkArea, target: str) -> bytes:
        left, top = link.x, self.height - link.y
        corners = (left, top - link.height, left + link.width, top)
        if target.startswith("#"):
            leads = b"/Dest" + _name(target[1:])
        else:
            leads = b"/A<</S/URI/URI<%s>>>" % target.encode("ascii").hex().encode("ascii")
        annotation = Raw()
        reference = self.canvas.spell(self.canvas.refer(annotation))
        # Flag 3: shown on paper too when the file is printed, which PDF/A asks for.
        annotation.data = (
            b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4%s/Contents%s/StructParent %d>>"
            % (
                b" ".join(map(number, corners)),
                leads,
                text_string(self._describe(link)),
                self.structure.annotate(link.part, reference),
            )
        )
        return reference

    def _describe(self, link: LinkArea) -> str:
        """Where a link leads, in words (ISO 14289-1, 7.18.5)."""
        outer = link.part.within if isinstance(link.part, Phrase) else None
        if outer is not None and outer.tag is Tag.REFERENCE:
            return f"{self.words.get('note', 'Note')} {link.text}"
        if outer is not None and outer.tag is Tag.LABEL:
            return self.words.get("back-to-text", "Back to the text")
        return link.text if link.target.startswith("#") else link.target


class _Node(Struct):
    """An entry of the outline with those below it."""

    entry: OutlineEntry
    below: list[_Node] = field(default_factory=list)


class _Outline:
    """Writes the tree of outline items, each knowing parent, neighbours and children."""

    def __init__(self, canvas: BookCanvas) -> None:
        self._canvas = canvas

    def write(self, entries: Sequence[OutlineEntry]) -> PDFObjectReference:
        """Gives the root. Deeper entries are closed, so that parts show before chapters."""
        roots = _nest(entries)
        root = PDFDictionary({"Type": PDFName("Outlines"), "Count": len(roots)})
        reference = self._canvas.refer(root)
        self._write_row(roots, root, reference)
        return reference

    def _write_row(
        self, nodes: Sequence[_Node], parent: PDFDictionary, above: PDFObjectReference
    ) -> None:
        items = [PDFDictionary(_describe(node, above)) for node in nodes]
        references = [self._canvas.refer(item) for item in items]
        parent["First"], parent["Last"] = references[0], references[-1]
        for index, (node, item) in enumerate(zip(nodes, items, strict=True)):
            if index:
                item["Prev"] = references[index - 1]
            if index + 1 < len(items):
                item["Next"] = references[index + 1]
            if node.below:
                item["Count"] = -len(node.below)
                self._write_row(node.below, item, references[index])


def _describe(node: _Node, parent: PDFObjectReference) -> dict[str, object]:
    return {
        "Title": PDFString(node.entry.title),
        "Parent": parent,
        "Dest": _name(node.entry.destination),
    }


def _nest(entries: Sequence[OutlineEntry]) -> list[_Node]:
    """Entries under the nearest one before them of a lower level, whatever is skipped."""
    roots: list[_Node] = []
    way: list[_Node] = []
    for entry in entries:
        while way and way[-1].entry.level >= entry.level:
            way.pop()
        node = _Node(entry)
        (way[-1].below if way else roots).append(node)
        way.append(node)
    return roots


def _name(name: str) -> bytes:
    """The name of a destination as a PDF string."""
    return b"<%s>" % name.encode("utf-8").hex().encode("ascii")
