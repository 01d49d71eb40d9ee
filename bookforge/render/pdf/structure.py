"""The structure tree of a tagged PDF, grown while pages are painted.

ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1). Elements come from the frames: a paragraph is
one element however many pages it runs over, and stands where the manuscript has it however the
page was made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFObjectReference

from bookforge.render.pdf.canvas import BookCanvas, number
from bookforge.render.pdf.document import Raw, text_string
from bookforge.render.pdf.paint import Inside, Part
from bookforge.render.pdf.ways import Ways
from bookforge.typeset.frames import ARTIFACTS, Begin, End, Phrase, Tag

# What opens a stretch that is no part of the text (ISO 32000-1, 14.8.2.2).
_ARTIFACTS: Final[Mapping[Tag, bytes]] = {
    Tag.ARTIFACT: b"/Artifact<</Type/Layout>>BDC",
    Tag.HEADER: b"/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    Tag.FOOTER: b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}
# Elements that hold elements: these are put in order by their keys. What a paragraph holds stands
# as its words do.
_GROUPS = frozenset(
    {
        *(Tag.PART, Tag.SECTION, Tag.DIVISION, Tag.QUOTE, Tag.CONTENTS, Tag.ENTRY, Tag.LIST),
        *(Tag.ITEM, Tag.BODY, Tag.NOTE, Tag.FIGURE, Tag.TABLE, Tag.ROW),
    }
)
# A note comes after the block that calls it; these are inside one.
_INNER = frozenset(
    {
        *(Tag.REFERENCE, Tag.LINK, Tag.SPAN, Tag.LABEL, Tag.CAPTION, Tag.FIGURE),
        *(Tag.ROW, Tag.COLUMN_HEAD, Tag.CELL),
    }
)
# What a label belongs to.
_LABELLED = frozenset({Tag.ITEM, Tag.NOTE})
# PDF 1.7 has no deeper headings.
_DEEPEST = 6
_DOCUMENT = Begin(Tag.PART)


class Content(NamedTuple):
    """A marked stretch of a page: the page by its place in the book, the number of the stretch."""

    page: int
    number: int


class Annotation(NamedTuple):
    """An annotation on a page, as objects refer to it."""

    page: int
    reference: bytes


Kid: TypeAlias = "Element | Content | Annotation"


class Element:
    """An element: its type, where it stands, and what it holds."""

    __slots__ = ("begin", "kids", "kind", "order", "parent", "place", "raw", "reference")

    def __init__(
        self,
        kind: str,
        begin: Begin | Phrase,
        parent: Element | None,
        order: tuple[int, int] = (0, 0),
    ) -> None:
        self.kind = kind
        self.begin = begin
        self.parent = parent
        self.order = order
        self.kids: list[Kid] = []
        self.place = b""
        self.raw = Raw()
        self.reference = b""
        if parent is not None:
            parent.kids.append(self)


class Structure:
    """Grows the tree; `words` are the terms of the book's language, `ways` knows which links
    lead somewhere."""

    def __init__(self, canvas: BookCanvas, words: Mapping[str, str], ways: Ways) -> None:
        self._canvas = canvas
        self._words = words
        self._ways = ways
        self._root = Element("Document", _DOCUMENT, None)
        self._blocks: dict[int, Element] = {}
        self._phrases: dict[Phrase, Element] = {}
        self._levels: list[int] = []
        self._callers: dict[str, Element] = {}
        # By number: what the content of a page, or an annotation, belongs to.
        self._parents: list[list[Element] | Element] = []
        self._content: list[Element] = []
        self._pages: list[PDFObjectReference] = []

    def begin_page(self) -> int:
        """Go to the page at hand; gives its number in the parent tree."""
        self._pages.append(self._canvas.this_page())
        self._content = []
        self._parents.append(self._content)
        return len(self._parents) - 1

    def tag(self, parts: Sequence[Part]) -> Iterator[bytes]:
        """The operators of the page with marks around them."""
        marked = False
        for part in parts:
            if isinstance(part, bytes):
                yield part
                continue
            if marked:
                yield b"EMC"
            marked = not isinstance(part, End)
            if not isinstance(part, End):
                yield self._open(part)
        if marked:
            yield b"EMC"

    def hold(self, cell: Begin) -> None:
        """Give a cell its place, be it empty: the rows of a table are of one length."""
        self._block(cell)

    def place(self, figure: Begin, box: Sequence[float]) -> None:
        """Say where on its page a figure stands: left, bottom, right, top."""
        if figure.tag not in ARTIFACTS:
            self._block(figure).place = b" ".join(map(number, box))

    def annotate(self, link: Begin | Phrase, annotation: bytes) -> int:
        """Put an annotation into its link; gives its number in the parent tree."""
        element = self._block(link) if isinstance(link, Begin) else self._phrases[link]
        element.kids.append(Annotation(len(self._pages) - 1, annotation))
        self._parents.append(element)
        return len(self._parents) - 1

    def finish(self) -> None:
        """Write the tree once every page is known."""
        # A link that leads nowhere has the element around it, so that this may come twice.
        known = [self._root, *self._blocks.values(), *self._phrases.values()]
        elements = list(dict.fromkeys(known))
        for element in elements:
            element.reference = self._canvas.spell(self._canvas.refer(element.raw))
        root = Raw()
        reference = self._canvas.refer(root)
        pages = [self._canvas.spell(page) for page in self._pages]
        for element in elements:
            above = element.parent.reference if element.parent else self._canvas.spell(reference)
            element.raw.data = self._write(element, above, pages)
        names = sorted(_notes(elements))
        root.data = b"<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d%s>>" % (
            self._root.reference,
            self._canvas.spell(self._canvas.add_object(Raw(b"".join(self._parent_tree())))),
            len(self._parents),
            b"/IDTree<</Names[%s]>>" % b"".join(names) if names else b"",
        )
        self._canvas.set_catalog("StructTreeRoot", reference)
        self._canvas.set_catalog("MarkInfo", Raw(b"<</Marked true>>"))

    def _open(self, part: Begin | Inside) -> bytes:
        if isinstance(part, Inside):
            element = self._phrase(part.phrase, part.begin)
        elif part.tag in ARTIFACTS:
            return _ARTIFACTS[part.tag]
        else:
            element = self._block(part)
        place = len(self._content)
        self._content.append(element)
        element.kids.append(Content(len(self._pages) - 1, place))
        return b"/%s<</MCID %d>>BDC" % (element.kind.encode(), place)

    def _block(self, begin: Begin) -> Element:
        known = self._blocks.get(begin.key)
        if known is None:
            if begin.tag is Tag.NOTE:
                known = self._note(begin)
            else:
                above = self._block(begin.within) if begin.within else self._root
                known = Element(self._kind(begin), begin, above, (begin.key, 0))
            self._blocks[begin.key] = known
        return known

    def _note(self, begin: Begin) -> Element:
        """A note, to be read after the block that calls it."""
        caller = self._callers.get(begin.note, self._root)
        order = (caller.order[0], begin.key)
        return Element(begin.tag.value, begin, caller.parent or self._root, order)

    def _kind(self, begin: Begin) -> str:
        """The structure type; headings go down by one step at a time (ISO 14289-1, 7.4.2)."""
        if begin.tag is not Tag.HEADING:
            return str(begin.tag.value)
        while self._levels and self._levels[-1] >= begin.level:
            self._levels.pop()
        self._levels.append(begin.level)
        return f"H{min(len(self._levels), _DEEPEST)}"

    def _phrase(self, phrase: Phrase, begin: Begin) -> Element:
        known = self._phrases.get(phrase)
        if known is None:
            above = self._phrase(phrase.within, begin) if phrase.within else self._block(begin)
            if phrase.tag is Tag.LABEL:
                above = _climb(above, _LABELLED)
            if phrase.tag is Tag.LINK and not self._ways.find(phrase.target):
                known = above
            else:
                known = Element(phrase.tag.value, phrase, above)
            self._phrases[phrase] = known
            if phrase.tag is Tag.REFERENCE:
                self._callers.setdefault(phrase.note, _leave(above))
        return known

    def _write(self, element: Element, above: bytes, pages: Sequence[bytes]) -> bytes:
        if element.begin.tag in _GROUPS:
            element.kids.sort(key=_order)
        first = next((kid.page for kid in element.kids if not isinstance(kid, Element)), -1)
        return b"<</S/%s/P %s%s%s/K[%s]>>" % (
            element.kind.encode(),
            above,
            b"/Pg " + pages[first] if first >= 0 else b"",
            b"".join(self._describe(element)),
            b" ".join([_spell(kid, first, pages) for kid in element.kids]),
        )

    def _describe(self, element: Element) -> Iterator[bytes]:
        """Language, words in place of a picture, identifier, attributes."""
        begin = element.begin
        if begin.language:
            yield b"/Lang" + text_string(begin.language)
        if not isinstance(begin, Begin):
            return
        if begin.tag is Tag.NOTE:
            yield b"/ID(%s)" % begin.note.encode("ascii", "replace")
        elif begin.tag is Tag.LIST:
            numbering = b"Decimal" if begin.numbered else b"Disc"
            yield b"/A<</O/List/ListNumbering/%s>>" % numbering
        elif begin.tag is Tag.COLUMN_HEAD:
            yield b"/A<</O/Table/Scope/Column>>"
        elif begin.tag is Tag.FIGURE:
            alt = begin.alt or self._words.get("illustration", "Illustration")
            yield b"/Alt" + text_string(alt)
            if element.place:
                yield b"/A<</O/Layout/Placement/Block/BBox[%s]>>" % element.place

    def _parent_tree(self) -> Iterator[bytes]:
        yield b"<</Nums["
        for place, owner in enumerate(self._parents):
            if isinstance(owner, Element):
                yield b"%d %s\n" % (place, owner.reference)
            else:
                yield b"%d[%s]\n" % (place, b" ".join([element.reference for element in owner]))
        yield b"]>>"


def _climb(element: Element, wanted: frozenset[Tag]) -> Element:
    """The nearest element around this one of some types, or itself."""
    found: Element | None = element
    while found is not None and found.begin.tag not in wanted:
        found = found.parent
    return found or element


def _leave(element: Element) -> Element:
    """The block that an inner element stands in."""
    while element.begin.tag in _INNER and element.parent is not None:
        element = element.parent
    return element


def _order(kid: Kid) -> tuple[int, int]:
    return kid.order if isinstance(kid, Element) else (-1, 0)


def _spell(kid: Kid, first: int, pages: Sequence[bytes]) -> bytes:
    """A kid as it is written in an element whose content begins on page `first`."""
    if isinstance(kid, Element):
        return kid.reference
    if isinstance(kid, Annotation):
        return b"<</Type/OBJR/Obj %s/Pg %s>>" % (kid.reference, pages[kid.page])
    if kid.page == first:
        return b"%d" % kid.number
    return b"<</Type/MCR/Pg %s/MCID %d>>" % (pages[kid.page], kid.number)


def _notes(elements: Sequence[Element]) -> Iterator[bytes]:
    """The entries of the tree of identifiers."""
    for element in elements:
        if element.begin.tag is Tag.NOTE:
            yield b"(%s)%s" % (element.begin.note.encode("ascii", "replace"), element.reference)
