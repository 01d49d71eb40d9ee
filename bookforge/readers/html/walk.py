"""A page walked: blocks made pieces, what stands inside them made runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.blocks import QuoteRole
from bookforge.model.document import SectionKind
from bookforge.readers.flow.pieces import PLAIN, Box, Flow, Look, Piece, Run, clean
from bookforge.readers.flow.remarks import Remarks
from bookforge.readers.flow.tables import Grid, Held, write_rows
from bookforge.readers.html.looks import Sheet, tag_of
from bookforge.readers.html.notes import Notes, types_of
from bookforge.readers.html.tags import BLOCKS, SKIPPED, TAKEN, VERSE
from bookforge.regex import regex

__all__ = ["Page", "Walker"]

_BLANKS = regex(r"[ \t\n\r\f]+")
_WEB = regex(r"(?:https?|mailto|tel):", re.I)
_KINDS = {
    **{kind.value: kind for kind in SectionKind},
    "acknowledgments": SectionKind.ACKNOWLEDGEMENTS,
    "dramatis-personae": SectionKind.DRAMATIS_PERSONAE,
}
# Pages that bookforge makes by itself, as the e-book's vocabulary names them.
_MADE = frozenset({"titlepage", "halftitlepage", "copyright-page", "cover"})
_CONTENTS = frozenset({"toc", "landmarks", "page-list", "loi", "lot"})
_QUOTES = frozenset(role.value for role in QuoteRole)
_LIST = {"ul": "bullets", "menu": "bullets", "ol": "numbers"}
_MOST_HEADING = 300


@dataclass(frozen=True, eq=False)
class Page:
    """One page: its root, name in its archive ("" alone), looks, and the way to its pictures."""

    root: Any
    name: str
    sheet: Sheet
    find_picture: Callable[[str], str]

    def resolve_link(self, href: str) -> str:
        """A link's target as `page#id`."""
        path, _, anchor = href.partition("#")
        name = normpath(f"{dirname(self.name)}/{unquote(path)}").lstrip("/") if path else self.name
        return f"{name}#{anchor}"


class _State(Struct, frozen=True):
    """What is so around an element."""

    look: Look = PLAIN
    boxes: tuple[Box, ...] = ()
    centred: bool = False
    role: str = ""
    keeps: bool = False


@dataclass
class Walker:
    """Walks one page."""

    page: Page
    notes: Notes
    remarks: Remarks
    pieces: list[Piece] = field(default_factory=list)
    _open: Piece | None = None
    _boxes: int = 0
    _level: int = 0
    _new_page: bool = False
    _kind: SectionKind | None = None
    _whole: Any = None

    def walk(self) -> Flow:
        """The pieces of the page's body."""
        bodies = list(self.page.root.iter("{*}body", "body"))
        for body in bodies or [self.page.root]:
            self._block(body, _State())
        self._close()
        return Flow(self.pieces)

    def walk_note(self, holder: Any) -> list[Piece]:
        """The pieces of a note; its number and the way back are left out."""
        self._whole = holder
        self._children(holder, _State())
        self._close()
        return self.pieces

    # --- blocks

    def _block(self, element: Any, state: _State) -> None:
        self._close()
        tag = tag_of(element)
        sheet = self.page.sheet
        self._new_page = self._new_page or sheet.begins_page(element)
        state = self._enter(element, state)
        if tag == "hr":
            self.pieces.append(Piece(role="rule", boxes=state.boxes, kind=self._take_kind()))
        elif tag == "table":
            self._table(element, state)
        elif tag == "pre":
            self._pre(element, state)
        elif name := _LIST.get(tag) or _name_box(element, tag, state):
            box = self._box(name, _start(element))
            self._children(element, replace(state, boxes=(*state.boxes, box)))
        elif tag == "li":
            box = self._box("item")
            inside = bool(state.boxes) and state.boxes[-1].name in ("bullets", "numbers")
            boxes = (*state.boxes, box) if inside else state.boxes
            self._children(element, replace(state, boxes=boxes))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdecimal():
            self._level = int(tag[1])
            self._children(element, state)
            self._close()
            self._level = 0
        else:
            role = "caption" if tag == "figcaption" else state.role
            self._children(element, replace(state, role=role))
        self._close()

    def _enter(self, element: Any, state: _State) -> _State:
        """What an element changes for all that is in it."""
        sheet = self.page.sheet
        centred = sheet.is_centred(element)
        if tag_of(element) == "center":
            centred = True
        types = types_of(element)
        role = state.role
        if types & _MADE:
            role = "cover"
        elif types & _CONTENTS or (tag_of(element) == "nav" and not types):
            role = "contents"
        named = types & TAKEN
        if named and not state.boxes:
            self._kind = _KINDS[min(named)]
        # Small capitals of a whole block are a page's design, not the writer's.
        look = replace(sheet.look(element, "", state.look), small_caps=state.look.small_caps)
        return replace(
            state, look=look, centred=state.centred if centred is None else centred, role=role
        )

    def _set_in(self, element: Any, state: _State) -> None:
        """The indent of a line of verse, as blanks that do not break."""
        verse = any(box.name == "verse" for box in state.boxes)
        if verse and tag_of(element) in ("p", "span") and (ems := self.page.sheet.indent(element)):
            self._piece(state).runs.append(Run("\u00a0" * (2 * ems), state.look))

    def _children(self, element: Any, state: _State) -> None:
        self._set_in(element, state)
        self._text(element.text, state)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, state)
            elif type(child).__name__ == "_Comment":
                self.remarks.add("R055", self._open)
            self._text(child.tail, state)

    def _child(self, child: Any, state: _State) -> None:
        tag = tag_of(child)
        if tag in SKIPPED or (child in self.notes.holders and child is not self._whole):
            return
        if self.page.sheet.is_hidden(child):
            if "".join(child.itertext()).strip() and not (state.role or tag == "nav"):
                self.remarks.add("R058", self._open)
            return
        if "pagebreak" in types_of(child):
            return
        if tag in BLOCKS:
            self._block(child, state)
        else:
            self._inline(child, tag, state)

    # --- inside a block

    def _inline(self, element: Any, tag: str, state: _State) -> None:
        if tag == "br":
            self._piece(state).runs.append(Run("", state.look, is_break=True))
        elif tag in ("img", "image"):
            self._picture(element, state)
        elif tag == "a":
            self._link(element, state)
        else:
            look = self.page.sheet.look(element, tag, state.look)
            self._children(element, replace(state, look=look))

    def _link(self, link: Any, state: _State) -> None:
        if link in self.notes.marks:
            self._piece(state).runs.append(Run("", state.look, note=self.notes.marks[link]))
            return
        if self._whole is not None and self.notes.is_back_link(link):
            return
        href = link.get("href", "")
        look = self.page.sheet.look(link, "a", state.look)
        if _WEB.match(href):
            look = replace(look, link=href)
        self._children(link, replace(state, look=look))

    def _picture(self, element: Any, state: _State) -> None:
        source = element.get("src") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        path = self.page.find_picture(source) if source else ""
        alt = element.get("alt")
        if path:
            run = Run("", state.look, picture=path, alt=_BLANKS.sub(" ", alt) if alt else None)
            self._piece(state).runs.append(run)
            return
        self.remarks.add("R059", self._open)
        if alt:
            self._piece(state).runs.append(Run(clean(alt), state.look))

    def _text(self, text: str | None, state: _State) -> None:
        """Blanks of the source are one blank, and none at the head of a paragraph."""
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if self._open is None:
            text = text.lstrip(" ")
            if not text:
                return
        runs = self._piece(state).runs
        if text[0] == " " and runs and (runs[-1].is_break or runs[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            runs.append(Run(clean(text), state.look))

    # --- pieces

    def _piece(self, state: _State) -> Piece:
        if self._open is None:
            self._open = Piece(
                level=self._level,
                role=state.role,
                kind=self._take_kind() if not state.role else None,
                centred=state.centred,
                new_page=self._new_page,
                boxes=() if self._level else state.boxes,
            )
            self._new_page = False
            self.pieces.append(self._open)
        return self._open

    def _close(self) -> None:
        piece, self._open = self._open, None
        if piece is None or not piece.level:
            return
        words = sum(len(run.text.strip()) for run in piece.runs)
        if not words or words > _MOST_HEADING or piece.role:
            piece.level = 0

    def _take_kind(self) -> SectionKind | None:
        kind, self._kind = self._kind, None
        return kind

    def _box(self, name: str, start: int = 1) -> Box:
        self._boxes += 1
        return Box(name, self._boxes, start)

    def _pre(self, element: Any, state: _State) -> None:
        for line in "".join(element.itertext()).strip("\n").split("\n"):
            self.pieces.append(Piece([Run(clean(line.expandtabs(4)))], role="code"))

    def _table(self, table: Any, state: _State) -> None:
        """A table of one cell is a frame."""
        cells = [one for one in table.iter() if tag_of(one) in ("td", "th", "caption")]
        if len(cells) == 1:
            self._children(cells[0], state)
            return
        own = [one for one in table.iter() if _table_of(one) is table]
        captions: list[Piece] = []
        for one in own:
            if tag_of(one) == "caption":
                captions += self._apart(one, state)
        rows = [self._row(one, state) for one in own if tag_of(one) == "tr"]
        box = self._box("table")
        grid = Grid([row for row in rows if row], box.id, state.role, state.boxes, captions)
        pieces, simple = write_rows(grid)
        self.pieces += pieces
        if not simple:
            self.remarks.add("R056", pieces[0] if pieces else None)

    def _row(self, row: Any, state: _State) -> list[Held]:
        held = []
        for cell in row:
            if isinstance(cell.tag, str):
                head = tag_of(cell) == "th" or tag_of(row.getparent()) == "thead"
                wide = any(cell.get(name, "1") != "1" for name in ("colspan", "rowspan"))
                align = self.page.sheet.align(cell)
                held.append(Held(self._apart(cell, state), head, wide, align))
        return held

    def _apart(self, element: Any, state: _State) -> list[Piece]:
        """The pieces of what stands beside the text."""
        kept, self.pieces = self.pieces, []
        self._children(element, state)
        self._close()
        found, self.pieces = self.pieces, kept
        return [piece for piece in found if piece.runs]


def _name_box(element: Any, tag: str, state: _State) -> str:
    """Poems, and quotations with what they are said to be; "" for what holds nothing together."""
    names = element.get("class", "").split()
    if tag in ("div", "blockquote", "section") and VERSE & {*names, *types_of(element)}:
        return "" if any(box.name == "verse" for box in state.boxes) else "verse"
    if tag == "div" and "stanza" in names:
        return "stanza" if state.boxes and state.boxes[-1].name == "verse" else ""
    if tag != "blockquote":
        return ""
    return next((name for name in names if name in _QUOTES), "quote")


def _table_of(row: Any) -> Any:
    return next((up for up in row.iterancestors() if tag_of(up) == "table"), None)


def _start(element: Any) -> int:
    start = element.get("start", "1")
    return int(start) if start.isdecimal() and len(start) < 6 else 1
