"""What a reader on a screen finds their way by: outline, links, named destinations.

ISO 32000-1, 12.3. Links and outline name their destinations, so a link may stand before the page
it leads to; a name that no page has leads nowhere and does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

from bookforge.render.pdf.canvas import BookCanvas, number
from bookforge.typeset.frames import Destination, LinkArea, OutlineEntry, Page


@dataclass(slots=True)
class Signposts:
    """Links and destinations collected page by page; `height` is that of the page in points."""

    canvas: BookCanvas
    height: float
    places: dict[str, tuple[PDFObjectReference, float]] = field(default_factory=dict)

    def read(self, page: Page) -> list[PDFObjectReference]:
        """Note the page's destinations; gives its links as annotations."""
        for item in page.items:
            if isinstance(item, Destination):
                self.places[item.id] = (self.canvas.this_page(), self.height - item.y)
        links = (item for item in page.items if isinstance(item, LinkArea))
        return [self.canvas.add_object(self._link(link)) for link in links]

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

    def _link(self, link: LinkArea) -> PDFDictionary:
        left, top = link.x, self.height - link.y
        corners = (left, top - link.height, left + link.width, top)
        entries: dict[str, object] = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": b"[" + b" ".join(map(number, corners)) + b"]",
            "Border": b"[0 0 0]",
            # Shown on paper too when the file is printed (flag 3, "print").
            "F": 4,
        }
        if link.target.startswith("#"):
            entries["Dest"] = _name(link.target[1:])
        else:
            address = link.target.encode("utf-8").hex().encode("ascii")
            entries["A"] = b"<</S/URI/URI<%s>>>" % address
        return PDFDictionary(entries)


@dataclass(slots=True)
class _Node:
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
