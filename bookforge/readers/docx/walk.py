"""The body of a Word document walked: paragraphs, tables, lists, notes made pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from bookforge.model.blocks import Alignment
from bookforge.readers.docx.names import ALTERNATE, CHOICE, FALLBACK, VALUE, w
from bookforge.readers.docx.numbers import Numbers
from bookforge.readers.docx.runs import Fields, RunReader
from bookforge.readers.docx.styles import Style, apply_paragraph
from bookforge.readers.flow.pieces import Box, Look, Piece, Run
from bookforge.readers.flow.remarks import Remarks
from bookforge.readers.flow.tables import Grid, Held, write_rows
from bookforge.regex import regex

__all__ = ["Parts", "Walker"]

# A heading of more characters is a paragraph in the wrong style.
_LONGEST_HEADING = 300
_ALIGNS = {"center": Alignment.CENTRE, **dict.fromkeys(("right", "end"), Alignment.RIGHT)}
_NUMBER = regex(r"[\w%]")


@dataclass(frozen=True)
class Parts:
    """What a document's paragraphs refer to: styles, lists, notes, pictures, addresses."""

    styles: Mapping[str, Style]
    numbers: Numbers
    notes: Mapping[str, Any]
    pictures: Mapping[str, Any]
    outside: Mapping[str, str]
    root: Any = None


class Walker:
    """Walks one document; `noted` are the ids of the notes whose marks it met."""

    def __init__(self, parts: Parts, remarks: Remarks, prefix: str) -> None:
        self._parts, self._remarks, self._prefix = parts, remarks, prefix
        self._runs = RunReader(parts, remarks, prefix)
        self._boxes = 0
        self._lists: list[tuple[str, Box, Box]] = []
        self._quote: Box | None = None
        self._pieces: list[Piece] = []
        self._new_page = False
        self._joins = False

    @property
    def noted(self) -> list[str]:
        return self._runs.noted

    def walk(self, body: Any) -> list[Piece]:
        """The pieces of the body."""
        self._pieces = []
        self._walk(body)
        return self._pieces

    def walk_note(self, name: str) -> list[Piece]:
        """The pieces of a note."""
        note = self._parts.notes.get(name.removeprefix(self._prefix))
        self._lists, self._quote, self._runs.fields = [], None, Fields()
        return self.walk(note) if note is not None else []

    def _walk(self, container: Any) -> None:
        for element in container:
            tag = element.tag
            if tag == w("p"):
                self._add_paragraph(element)
            elif tag == w("tbl"):
                self._add_table(element)
            elif tag == w("sdt"):
                inner = element.find(w("sdtContent"))
                if inner is not None:
                    self._walk_block(inner, _is_contents(element))
            elif tag == ALTERNATE:
                self._walk(_choose(element))
            elif tag in (w("ins"), w("moveTo"), w("customXml"), w("smartTag")):
                self._walk(element)

    def _walk_block(self, inner: Any, is_contents: bool) -> None:
        first = len(self._pieces)
        self._walk(inner)
        for piece in self._pieces[first:] if is_contents else ():
            piece.role, piece.level = "contents", 0

    def _add_paragraph(self, element: Any) -> None:
        properties = element.find(w("pPr"))
        style = self._style(properties)
        piece = self._begin(style)
        inside = self._runs.fields.is_contents
        pieces = [piece, *self._read_runs(element, piece, style)]
        for one in pieces:
            if inside or self._runs.fields.is_contents:
                one.role = "contents"
        self._settle(pieces, style, properties)
        if self._joins and self._pieces:
            self._pieces[-1].runs += pieces.pop(0).runs
        self._pieces += pieces
        self._joins = _ends_deleted(properties)
        self._new_page = self._new_page or _ends_section(properties)
        for box in self._runs.take_boxes():
            self._walk(box)

    def _begin(self, style: Style) -> Piece:
        piece = Piece(
            role=style.role, centred=style.centred, new_page=style.new_page or self._new_page
        )
        self._new_page = False
        return piece

    def _style(self, properties: Any) -> Style:
        styles = self._parts.styles
        if properties is None:
            return styles.get("", Style())
        named = properties.find(w("pStyle"))
        style = styles.get(named.get(VALUE, "") if named is not None else "") or styles.get("")
        style = replace(style) if style is not None else Style()
        apply_paragraph(properties, style)
        return style

    def _read_runs(self, element: Any, piece: Piece, style: Style) -> Iterator[Piece]:
        """Fill `piece`; a page break inside begins another piece."""
        # How a heading, caption or quotation looks by its style is design, not the writer's stress.
        heads = bool(style.level) or style.quote or bool(style.role)
        look = (
            Look() if heads else Look(bool(style.bold), bool(style.italic), bool(style.small_caps))
        )
        current = piece
        for run in self._runs.read(element, look, piece, hidden=style.hidden):
            if run is None:
                current = Piece(role=piece.role, centred=piece.centred, new_page=True)
                yield current
            else:
                current.runs.append(run)

    def _settle(self, pieces: list[Piece], style: Style, properties: Any) -> None:
        """Level and boxes, now that the words are known."""
        words = "".join(run.text for piece in pieces for run in piece.runs).strip()
        contents = pieces[0].role == "contents"
        if style.level and words and not contents and len(words) <= _LONGEST_HEADING:
            for piece in pieces:
                piece.level = style.level if any(run.text.strip() for run in piece.runs) else 0
            self._lists, self._quote = [], None
            self._label(pieces[-1], style)
            return
        boxes = self._boxes_of(style) if words and not contents else ()
        for piece in pieces:
            piece.boxes = boxes
            if style.code or style.role == "code":
                piece.role = "code"

    def _label(self, piece: Piece, style: Style) -> None:
        """The number that Word prints before a heading belongs to it."""
        name, depth = _numbering(style.number)
        level = self._parts.numbers.level(name, depth) if name else None
        if level is None or level.form == "bullet" or not _NUMBER.search(level.text):
            return
        self._parts.numbers.count(name, depth)
        label = self._parts.numbers.label(name, depth).strip()
        if label:
            piece.runs.insert(0, Run(label + " "))

    # --- boxes

    def _boxes_of(self, style: Style) -> tuple[Box, ...]:
        name, depth = _numbering(style.number)
        level = self._parts.numbers.level(name, depth) if name else None
        if level is None:
            self._lists = []
        if level is not None:
            self._quote = None
            return self._list_boxes(name, depth, level.form != "bullet")
        if not style.quote:
            self._quote = None
            return ()
        self._quote = self._quote or self._box("quote")
        return (self._quote,)

    def _list_boxes(self, name: str, depth: int, numbered: bool) -> tuple[Box, ...]:
        depth = min(depth, len(self._lists))
        number = self._parts.numbers.count(name, depth)
        del self._lists[depth + 1 :]
        if len(self._lists) > depth and self._lists[depth][0] == name:
            box = self._lists[depth][1]
        else:
            del self._lists[depth:]
            box = self._box("numbers" if numbered else "bullets", number)
        self._lists[depth:] = [(name, box, self._box("item"))]
        return tuple(box for _, outer, item in self._lists for box in (outer, item))

    def _box(self, name: str, start: int = 1) -> Box:
        self._boxes += 1
        return Box(name, self._boxes, start)

    # --- tables

    def _add_table(self, table: Any) -> None:
        """Each row a paragraph, its cells parted by tabs; a table of one cell is a frame."""
        rows = [row for row in table.iter(w("tr")) if _table_of(row) is table]
        if len(rows) == 1 and len(_cells(rows[0])) == 1:
            self._walk(_cells(rows[0])[0])
            return
        held = [cells for row in rows if (cells := self._read_row(row))]
        pieces, simple = write_rows(Grid(held, self._box("table").id))
        self._pieces += pieces
        if not simple:
            self._remarks.add("R056", pieces[0] if pieces else None)

    def _read_row(self, row: Any) -> list[Held]:
        head = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        held = []
        kept = self._pieces
        for cell in _cells(row):
            self._pieces = []
            self._walk(cell)
            pieces = [piece for piece in self._pieces if piece.runs]
            held.append(Held(pieces, head, _is_wide(cell), _find_align(cell)))
        self._pieces = kept
        return held


def _table_of(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != w("tbl"):
        parent = parent.getparent()
    return parent


def _cells(row: Any) -> list[Any]:
    cells = []
    for one in row:
        if one.tag == w("tc"):
            cells.append(one)
        elif one.tag in (w("sdt"), w("ins"), w("customXml")):
            cells.extend(one.iter(w("tc")))
    return cells


def _is_wide(cell: Any) -> bool:
    """Whether a cell reaches over others, to the right or down."""
    return any(cell.find(f"{w('tcPr')}/{w(name)}") is not None for name in ("gridSpan", "vMerge"))


def _find_align(cell: Any) -> Alignment:
    aligned = cell.find(f"{w('p')}/{w('pPr')}/{w('jc')}")
    return _ALIGNS.get(aligned.get(VALUE, "") if aligned is not None else "", Alignment.NATURAL)


def _choose(alternate: Any) -> Any:
    """One of the forms of the same thing: the newest."""
    choice = alternate.find(CHOICE)
    if choice is None:
        choice = alternate.find(FALLBACK)
    return choice if choice is not None else ()


def _is_contents(block: Any) -> bool:
    gallery = block.find(f"{w('sdtPr')}//{w('docPartGallery')}")
    return gallery is not None and gallery.get(VALUE) == "Table of Contents"


def _numbering(properties: Any) -> tuple[str, int]:
    """The list that a paragraph is in, and how deep; "" for none."""
    if properties is None:
        return "", 0
    name, depth = properties.find(w("numId")), properties.find(w("ilvl"))
    number = name.get(VALUE, "") if name is not None else ""
    level = depth.get(VALUE, "0") if depth is not None else "0"
    return ("" if number == "0" else number), int(level) if level.isdecimal() else 0


def _ends_deleted(properties: Any) -> bool:
    """The paragraph's end was deleted with changes tracked: the next one goes on with it."""
    return properties is not None and properties.find(f"{w('rPr')}/{w('del')}") is not None


def _ends_section(properties: Any) -> bool:
    section = properties.find(w("sectPr")) if properties is not None else None
    if section is None:
        return False
    kind = section.find(w("type"))
    return kind is None or kind.get(VALUE) != "continuous"
