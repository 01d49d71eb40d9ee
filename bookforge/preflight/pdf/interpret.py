"""Page content carried out as a press would, except that only what matters is remembered.

Text, paths, pictures and forms within forms, with clipping and all transformations. What cannot be
read, and what would never end, is noted as a fault of its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from pikepdf import PdfError, Stream

from bookforge.preflight.pdf.draw import Draw
from bookforge.preflight.pdf.facts import Facts, Mark, Sheet
from bookforge.preflight.pdf.fonts import Font
from bookforge.preflight.pdf.plane import Box, bound_box, multiply
from bookforge.preflight.pdf.state import Stage
from bookforge.preflight.pdf.text import Text
from bookforge.preflight.pdf.tokens import (
    ARRAY,
    LINE,
    SIMPLE,
    Unreadable,
    read_operation,
    read_simple,
    scan,
)
from bookforge.preflight.pdf.values import as_box, as_dict, as_matrix, as_name

Handler: TypeAlias = Callable[[Sequence[Any]], None]
# A file that asks for more is not looked at to its end: operations, forms drawn, depth of forms.
_OPERATIONS, _FORMS, _DEEPEST = 5_000_000, 20_000, 12
# Decimals of points that count: sums of many numbers may differ in those behind, by who adds them.
_EXACT = 6
# Operators that leave no ink and change nothing that is looked at.
_IDLE = frozenset(
    b"h i j J d M ri BMC EMC MP DP BDC BX EX d0 d1".split()
)  # fmt: skip
# Fonts and colours are set with the same few operands over and over; longer ones are not kept.
_read_known = lru_cache(maxsize=1_000)(read_simple)
_FEW = 40
_PAINT: Mapping[bytes, tuple[bool, bool]] = {
    b"f": (True, False),
    b"F": (True, False),
    b"f*": (True, False),
    b"S": (False, True),
    b"s": (False, True),
    b"B": (True, True),
    b"B*": (True, True),
    b"b": (True, True),
    b"b*": (True, True),
    b"n": (False, False),
}


class Interpreter:
    """Interprets the pages of one file, one after another."""

    def __init__(self, facts: Facts) -> None:
        self._stage = Stage(facts)
        self._text = Text(self._stage)
        self._draw = Draw(self._stage)
        self._open: list[object] = []
        self._operations, self._forms = _OPERATIONS, _FORMS
        self._handlers = self._table()

    @property
    def fonts(self) -> dict[object, Font]:
        """The fonts seen so far, by their objects."""
        return self._stage.fonts

    def run(self, sheet: Sheet, content: bytes, resources: Any, safe: Box) -> None:
        """Interpret a page; what is seen goes into the sheet and the facts."""
        self._stage.start(sheet, resources, safe)
        self._text.start()
        self._draw.start()
        self._carry_out(content)
        sheet.text = Box(*(round(edge, _EXACT) for edge in self._text.box))
        if not sheet.text.is_empty:
            sheet.blank = False

    def _spend(self, operations: int) -> None:
        """Raises `Unreadable` when the file has asked for more than any book needs."""
        self._operations -= operations
        if self._operations < 0:
            raise Unreadable("more drawing than could be looked at")

    def _carry_out(self, content: bytes) -> None:
        try:
            place: int | None = 0
            while place is not None:
                place = self._scan(content, place)
        except Unreadable as error:
            self._stage.note(Mark.FAULT, str(error))

    def _scan(self, content: bytes, place: int) -> int | None:
        """Simple operations from a place on; gives the next place when one had to be read apart,
        or lines were skimmed."""
        text, handlers, spent = self._text, self._handlers, 0
        for found in scan(content, place):
            kind = found.lastindex
            spent += 1
            if kind == LINE:
                scale, right, up, array = found.group(1, 2, 3, 4)
                text.show_line(scale, right, up, array)
            elif kind == ARRAY:
                text.show_array(found[ARRAY])
            elif kind == SIMPLE and (handler := handlers.get(found[SIMPLE])) is not None:
                self._call(handler, found[SIMPLE], _read_operands(found[SIMPLE - 1]))
            elif kind != SIMPLE or found[SIMPLE] not in _IDLE:
                self._spend(spent)
                return self._step(content, found.start())
            if (taken := text.skim(content, found.end())) is not None:
                end, count = taken
                self._spend(spent + count)
                return end
        self._spend(spent)
        return None

    def _step(self, content: bytes, place: int) -> int | None:
        """One operation, token by token."""
        operation = read_operation(content, place)
        if operation is None:
            return None
        operands, operator, end = operation
        handler = self._handlers.get(operator)
        if handler is not None:
            self._call(handler, operator, operands)
        elif operator not in _IDLE:
            self._note_unknown(operator)
        return end

    def _call(self, handler: Handler, operator: bytes, operands: Sequence[Any]) -> None:
        try:
            handler(operands)
        except (AttributeError, ArithmeticError, IndexError, TypeError, ValueError, PdfError):
            name = operator.decode("latin-1")
            self._stage.note(Mark.FAULT, f"an operator with wrong operands ({name})")

    def _note_unknown(self, operator: bytes) -> None:
        shown = re.sub(r"[^ -~]", "?", operator[:12].decode("latin-1"))
        self._stage.note(Mark.FAULT, f"an unknown operator ({shown})")

    # --- forms and pictures

    def _invoke(self, operands: Sequence[Any]) -> None:
        """Do."""
        entry = self._stage.resource("/XObject", operands[0])
        if not isinstance(entry, Stream):
            self._stage.note(Mark.FAULT, "a picture or form that is not in the file")
            return
        kind = as_name(entry.get("/Subtype"))
        if kind == "Image":
            self._draw.picture(as_dict(entry))
        elif kind == "Form":
            self._draw_form(entry)
        elif kind == "PS":
            self._stage.note(Mark.LEGACY, "PostScript")

    def _draw_form(self, form: Stream) -> None:
        stage = self._stage
        if form.objgen in self._open or len(self._open) >= _DEEPEST:
            stage.note(Mark.FAULT, "forms that hold each other")
            return
        self._forms -= 1
        if self._forms < 0:
            raise Unreadable("more forms than could be looked at")
        entry = as_dict(form)
        if as_name(as_dict(entry.get("/Group")).get("/S")) == "Transparency":
            stage.note(Mark.CLEAR, "a transparency group")
        if "/OPI" in entry or "/PS" in entry:
            stage.note(Mark.LEGACY, "OPI or PostScript")
        resources, saved = stage.resources, stage.now
        stage.now = saved.copy()
        stage.now.ctm = multiply(as_matrix(entry.get("/Matrix")), saved.ctm)
        box = as_box(entry.get("/BBox"))
        self._draw.clip_to(bound_box(box, stage.now.ctm) if box else None)
        if "/Resources" in entry:
            stage.resources = entry.get("/Resources")
        stage.changed = True
        self._open.append(form.objgen)
        self._carry_out(form.read_bytes())
        self._open.pop()
        stage.now, stage.resources, stage.changed = saved, resources, True

    # --- the operators

    def _table(self) -> dict[bytes, Handler]:
        text, draw = self._text, self._draw
        table: dict[bytes, Handler] = {
            b"BT": text.begin,
            b"ET": lambda operands: None,
            b"Td": text.move,
            b"TD": text.move_leading,
            b"Tm": text.place,
            b"T*": text.break_line,
            b"Tj": text.show,
            b"TJ": text.show_items,
            b"'": text.show_next,
            b'"': text.show_spaced,
            b"Tf": text.set_font,
            b"q": draw.save,
            b"Q": draw.restore,
            b"cm": draw.transform,
            b"w": draw.set_width,
            b"gs": draw.set_state,
            b"m": draw.add_point,
            b"l": draw.add_point,
            b"c": draw.add_curve,
            b"v": draw.add_curve,
            b"y": draw.add_curve,
            b"re": draw.add_box,
            b"W": draw.clip,
            b"W*": draw.clip,
            b"sh": draw.shade,
            b"EI": draw.inline_picture,
            b"Do": self._invoke,
        }
        table.update(self._setters())
        table.update((name, self._painter(*how)) for name, how in _PAINT.items())
        return table

    def _setters(self) -> dict[bytes, Handler]:
        draw = self._draw
        table: dict[bytes, Handler] = {
            b"Tc": self._setter("spacing"),
            b"Tw": self._setter("word_spacing"),
            b"TL": self._setter("leading"),
            b"Ts": self._setter("rise"),
            b"Tr": self._set_mode,
            b"Tz": self._set_scale,
        }
        for name in (b"g", b"G", b"rg", b"RG", b"k", b"K"):
            table[name] = _bind(draw.set_device, name)
        for name in (b"cs", b"CS"):
            table[name] = _bind(draw.set_space, name)
        for name in (b"sc", b"SC", b"scn", b"SCN"):
            table[name] = _bind(draw.set_colour, name)
        return table

    def _setter(self, name: str) -> Handler:
        def put(operands: Sequence[Any]) -> None:
            setattr(self._stage.now, name, operands[0] + 0.0)
            self._stage.changed = True

        return put

    def _set_mode(self, operands: Sequence[Any]) -> None:
        self._stage.now.mode = int(operands[0])
        self._stage.changed = True

    def _set_scale(self, operands: Sequence[Any]) -> None:
        self._stage.now.scale = operands[0] / 100
        self._stage.changed = True

    def _painter(self, fills: bool, strokes: bool) -> Handler:
        return lambda operands: self._draw.paint(fills, strokes)


def _read_operands(text: bytes) -> Sequence[Any]:
    return _read_known(text) if len(text) <= _FEW else read_simple(text)


def _bind(method: Callable[[bytes, Sequence[Any]], None], name: bytes) -> Handler:
    return lambda operands: method(name, operands)
