"""The body of an OpenDocument text walked: paragraphs, lists, notes, tables made pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.blocks import Alignment
from bookforge.readers.flow.pieces import Box, Look, Piece, Run, clean
from bookforge.readers.flow.remarks import Remarks
from bookforge.readers.flow.tables import Grid, Held, write_rows
from bookforge.readers.odt.names import HREF, draw, office, svg, table, text
from bookforge.readers.odt.styles import Lists, Style
from bookforge.regex import regex

__all__ = ["Parts", "Walker"]

_BLANKS = regex(r"[ \t\r\n]+")
_WEB = regex(r"(?:https?|mailto|tel):", re.I)
_MOST_HEADING = 300
_MOST_SPACES = 200
_CONTENTS = frozenset(
    text(name)
    for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index")
)
_SKIPPED = frozenset(
    [
        text("tracked-changes"), text("sequence-decls"), text("variable-decls"),
        text("user-field-decls"), text("table-of-content-source"), office("forms"),
        text("bibliography-source"), text("illustration-index-source"),
        text("index-title-template"),
        text("alphabetical-index-source"), text("table-index-source"), text("ruby-text"),
        text("meta-field-source"), text("hidden-text"), text("hidden-paragraph"),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """What paragraphs refer to: styles, lists, pictures."""

    styles: Mapping[tuple[str, str], Style]
    lists: Lists
    find_picture: Callable[[Any], str]


class _Around(Struct, frozen=True):
    """What is so around an element."""

    boxes: tuple[Box, ...] = ()
    depth: int = 0
    list_style: str = ""
    role: str = ""


class Walker:
    """Walks one text; `notes` fill on the way."""

    def __init__(self, parts: Parts, remarks: Remarks, prefix: str) -> None:
        self._parts, self._remarks, self._prefix = parts, remarks, prefix
        self.notes: dict[str, list[Piece]] = {}
        self._pieces: list[Piece] = []
        self._piece = Piece()
        self._boxes = 0
        self._quote: Box | None = None
        self._frames: list[Any] = []

    def walk(self, body: Any) -> list[Piece]:
        """The pieces of the text."""
        changes = body.find(text("tracked-changes"))
        if changes is not None and len(changes):
            self._remarks.add("R054", times=len(changes))
        self._walk(body, _Around())
        return self._pieces

    def _walk(self, container: Any, around: _Around) -> None:
        for element in container:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag in (text("p"), text("h")):
                self._add_paragraph(element, around)
            elif tag == text("list"):
                self._add_list(element, around)
            elif tag == table("table"):
                self._add_table(element, around)
            elif tag in _CONTENTS:
                self._walk(element, replace(around, role="contents"))
            elif tag == draw("frame"):
                self._add_frame(element, around)
            else:
                self._walk(element, around)

    # --- paragraphs

    def _add_paragraph(self, element: Any, around: _Around) -> None:
        known = self._style("paragraph", element)
        piece = Piece(
            role=around.role or known.role, centred=known.centred, new_page=known.new_page
        )
        self._piece = piece
        self._pieces.append(piece)
        level = self._level(element, known)
        # How a heading, caption or quotation looks by its style is design, not the writer's stress.
        heads = level or known.quote or piece.role
        self._inline(element, Look() if heads else known.look)
        words = "".join(run.text for run in piece.runs).strip()
        if level and words and len(words) <= _MOST_HEADING and not piece.role:
            piece.level = level
            self._quote = None
        else:
            piece.boxes = around.boxes or self._quoted(known, words)
        frames, self._frames = self._frames, []
        for frame in frames:
            self._walk(frame, around)

    def _level(self, element: Any, known: Style) -> int:
        if element.tag != text("h"):
            return known.level
        level = element.get(text("outline-level"), "1")
        return int(level) if level.isdecimal() else 1

    def _quoted(self, known: Style, words: str) -> tuple[Box, ...]:
        if not words or not known.quote:
            self._quote = self._quote if not words else None
            return ()
        self._quote = self._quote or self._box("quote")
        return (self._quote,)

    def _style(self, family: str, element: Any) -> Style:
        name = element.get(text("style-name"), "")
        return self._parts.styles.get((family, name)) or Style()

    # --- inside a paragraph

    def _inline(self, element: Any, look: Look) -> None:
        self._text(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, look)
            self._text(child.tail, look)

    def _child(self, child: Any, look: Look) -> None:
        tag = child.tag
        if tag == text("span"):
            known = self._style("text", child)
            if known.hidden:
                self._remarks.add("R058", self._piece)
            else:
                self._inline(child, _merge(look, known.look))
        elif tag == text("s"):
            count = child.get(text("c"), "1")
            self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), look)
        elif tag == text("tab"):
            self._add("\t", look)
        elif tag == text("line-break"):
            self._piece.runs.append(Run("", look, is_break=True))
        elif tag == text("note"):
            self._note(child, look)
        elif tag == text("a"):
            href = child.get(HREF, "")
            self._inline(child, replace(look, link=href) if _WEB.match(href) else look)
        elif tag in (office("annotation"), office("annotation-end")):
            if tag == office("annotation"):
                self._remarks.add("R055", self._piece)
        elif tag == draw("frame"):
            self._picture(child, look)
        elif tag not in _SKIPPED and tag != text("soft-page-break"):
            self._inline(child, look)

    def _text(self, words: str | None, look: Look) -> None:
        """Blanks of the source are one blank; others are written as elements (ODF 1.3, 6.1.2)."""
        if words:
            self._add(clean(_BLANKS.sub(" ", words)), look)

    def _add(self, words: str, look: Look) -> None:
        self._piece.runs.append(Run(words, look))

    def _note(self, element: Any, look: Look) -> None:
        name = f"{self._prefix}n{len(self.notes) + 1}"
        self._piece.runs.append(Run("", look, note=name))
        self.notes[name] = []
        kept = self._pieces, self._piece, self._quote, self._frames
        self._pieces, self._quote, self._frames = [], None, []
        body = element.find(text("note-body"))
        if body is not None:
            self._walk(body, _Around())
        self.notes[name] = self._pieces
        self._pieces, self._piece, self._quote, self._frames = kept

    def _picture(self, frame: Any, look: Look) -> None:
        """A picture stands in the text; a text frame is read after the paragraph."""
        alt = _words(frame, "desc") or _words(frame, "title") or None
        for child in frame:
            if child.tag == draw("image"):
                path = self._parts.find_picture(child)
                if path:
                    self._piece.runs.append(Run("", look, picture=path, alt=alt))
                elif alt:
                    self._add(alt, look)
                return
            if child.tag == draw("text-box"):
                self._frames.append(child)
                return

    # --- blocks

    def _add_frame(self, frame: Any, around: _Around) -> None:
        """A frame that is anchored to the page."""
        self._piece = Piece(role=around.role)
        self._pieces.append(self._piece)
        self._picture(frame, Look())
        frames, self._frames = self._frames, []
        for one in frames:
            self._walk(one, around)

    def _add_list(self, element: Any, around: _Around) -> None:
        name = element.get(text("style-name"), around.list_style)
        depth = around.depth + 1
        numbered = depth in self._parts.lists.get(name, frozenset())
        box = self._box("numbers" if numbered else "bullets")
        self._quote = None
        for item in element:
            if item.tag in (text("list-item"), text("list-header")):
                boxes = (*around.boxes, box, self._box("item"))
                self._walk(item, _Around(boxes, depth, name, around.role))

    def _box(self, name: str) -> Box:
        self._boxes += 1
        return Box(name, self._boxes)

    def _add_table(self, element: Any, around: _Around) -> None:
        """Each row a paragraph, its cells parted by tabs; a table of one cell is a frame."""
        rows = [row for row in element.iter(table("table-row")) if _table_of(row) is element]
        if len(rows) == 1 and len(cells := _cells(rows[0])) == 1:
            self._walk(cells[0], around)
            return
        held = [cells for row in rows if (cells := self._read_row(row, around))]
        pieces, simple = write_rows(Grid(held, self._box("table").id, around.role, around.boxes))
        self._pieces += pieces
        if not simple:
            self._remarks.add("R056", pieces[0] if pieces else None)

    def _read_row(self, row: Any, around: _Around) -> list[Held]:
        head = row.getparent().tag == table("table-header-rows")
        held = []
        kept = self._pieces
        for cell in _cells(row):
            self._pieces = []
            self._walk(cell, around)
            pieces = [piece for piece in self._pieces if piece.runs]
            held.append(Held(pieces, head, _is_wide(cell), self._find_align(cell)))
        self._pieces = kept
        return held

    def _find_align(self, cell: Any) -> Alignment:
        first = cell.find(text("p"))
        return Alignment.NATURAL if first is None else self._style("paragraph", first).align


def _merge(outer: Look, inner: Look) -> Look:
    """What either says; a span that sets an italic paragraph upright again is rare and lost."""
    return replace(
        outer,
        bold=outer.bold or inner.bold,
        italic=outer.italic or inner.italic,
        small_caps=outer.small_caps or inner.small_caps,
    )


def _words(frame: Any, name: str) -> str:
    found = frame.find(svg(name))
    return clean(_BLANKS.sub(" ", found.text or "")).strip() if found is not None else ""


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(table("table")), None)


def _cells(row: Any) -> list[Any]:
    return [one for one in row if one.tag == table("table-cell")]


def _is_wide(cell: Any) -> bool:
    """Whether a cell reaches over others, or stands for several."""
    names = ("number-columns-spanned", "number-rows-spanned", "number-columns-repeated")
    return any(cell.get(table(name), "1") != "1" for name in names)
