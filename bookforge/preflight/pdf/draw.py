"""Paths, colours, pictures: everything on a page that is no text. ISO 32000-1, 8.5 to 8.10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any

from bookforge.preflight.pdf.colour import Colour, name_space
from bookforge.preflight.pdf.facts import Image, Mark
from bookforge.preflight.pdf.plane import Box, bound, multiply, scale_of
from bookforge.preflight.pdf.state import Stage, State, filters_of, known_font
from bookforge.preflight.pdf.values import as_array, as_dict, as_name, as_number

_UNIT = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
# Colour operators: the space, and whether they set the colour of lines.
_DEVICE = {
    b"g": ("DeviceGray", False),
    b"G": ("DeviceGray", True),
    b"rg": ("DeviceRGB", False),
    b"RG": ("DeviceRGB", True),
    b"k": ("DeviceCMYK", False),
    b"K": ("DeviceCMYK", True),
}
_COUNTS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
# The initial colour where it is not all noughts.
_BLACKS: Mapping[str, tuple[float, ...]] = {
    "DeviceGray": (0.0,),
    "DeviceRGB": (0.0, 0.0, 0.0),
    "DeviceCMYK": (0.0, 0.0, 0.0, 1.0),
}
# Values of a graphics state that change nothing.
_HARMLESS = ("Identity", "Default")
# Readers give up at 28 levels of saved states; a few thousand are no harm.
_DEEPEST = 5_000


class Draw:
    """What is drawn on a page, and the state it is drawn with."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.start()

    def start(self) -> None:
        """Begin a page."""
        self._saved: list[State] = []
        self._points: list[tuple[float, float]] = []
        self._clips = False

    # --- the state

    def save(self, operands: Sequence[Any]) -> None:
        if len(self._saved) < _DEEPEST:
            self._saved.append(self._stage.now.copy())

    def restore(self, operands: Sequence[Any]) -> None:
        if self._saved:
            self._stage.now = self._saved.pop()
            self._stage.changed = True

    def transform(self, operands: Sequence[Any]) -> None:
        a, b, c, d, e, f = operands
        self._stage.now.ctm = multiply((a, b, c, d, e, f), self._stage.now.ctm)
        self._stage.changed = True

    def set_width(self, operands: Sequence[Any]) -> None:
        self._stage.now.width = abs(operands[0])

    def set_state(self, operands: Sequence[Any]) -> None:
        """gs: transparency and what print standards forbid are noted."""
        entry = as_dict(self._stage.resource("/ExtGState", operands[0]))
        for key in ("/ca", "/CA"):
            if as_number(entry.get(key), 1.0) < 1:
                self._stage.note(Mark.CLEAR, "partly transparent ink")
        mask = entry.get("/SMask")
        if mask is not None and as_name(mask) != "None":
            self._stage.note(Mark.CLEAR, "a soft mask")
        modes = [as_name(one) for one in (as_array(entry.get("/BM")) or [entry.get("/BM")])]
        if modes[0] not in ("", "Normal", "Compatible"):
            self._stage.note(Mark.CLEAR, f"the blend mode {modes[0]}")
        for key in ("/TR", "/TR2", "/HTP"):
            if key in entry and as_name(entry.get(key)) not in _HARMLESS:
                self._stage.note(Mark.LEGACY, "a transfer curve or halftone phase")
        if "/LW" in entry:
            self._stage.now.width = as_number(entry.get("/LW"), 1.0)
        font = as_array(entry.get("/Font"))
        if len(font) == 2:
            self._stage.now.font = known_font(font[0], self._stage.fonts)
            self._stage.changed = True
            self._stage.now.size = as_number(font[1], 0.0)

    # --- colours

    def set_device(self, operator: bytes, operands: Sequence[Any]) -> None:
        """g, rg, k and their capitals."""
        space, strokes = _DEVICE[operator]
        values = tuple(float(value) for value in operands[-_COUNTS[space] :])
        self._set(Colour(space, values), strokes)

    def set_space(self, operator: bytes, operands: Sequence[Any]) -> None:
        """cs and CS."""
        space = name_space(operands[0], self._stage.resources)
        self._set(Colour(space, _BLACKS.get(space, ())), operator == b"CS")

    def set_colour(self, operator: bytes, operands: Sequence[Any]) -> None:
        """sc, scn and their capitals."""
        strokes = operator in (b"SC", b"SCN")
        before = self._stage.now.stroke if strokes else self._stage.now.fill
        values = tuple(float(value) for value in operands if isinstance(value, float))
        self._set(Colour(before.space, values), strokes)

    def _set(self, colour: Colour, strokes: bool) -> None:
        now = self._stage.now
        if strokes:
            now.stroke = colour
        else:
            now.fill = colour
        self._stage.changed = True

    # --- paths

    def add_point(self, operands: Sequence[Any]) -> None:
        """m and l."""
        x, y = operands
        self._points.append((x, y))

    def add_curve(self, operands: Sequence[Any]) -> None:
        """c, v and y: the box of the control points holds the curve."""
        self._points += zip(operands[::2], operands[1::2], strict=True)

    def add_box(self, operands: Sequence[Any]) -> None:
        """re."""
        x, y, width, height = operands
        self._points += ((x, y), (x + width, y), (x, y + height), (x + width, y + height))

    def clip(self, operands: Sequence[Any]) -> None:
        """W: the path at hand limits what follows it."""
        self._clips = True

    def paint(self, fills: bool, strokes: bool) -> None:
        """End the path: f, S, B, n and their likes."""
        points, self._points = self._points, []
        clips, self._clips = self._clips, False
        if not points:
            return
        now = self._stage.now
        box = bound(points, now.ctm)
        if fills and not now.fill.is_white:
            self._stage.note(Mark.FILL, now.fill)
            self._note_thin(min(box.width, box.height) if len(points) in (4, 5) else 0.0)
            self._stage.ink(box)
        if strokes and not now.stroke.is_white:
            width = now.width * scale_of(now.ctm)
            self._stage.note(Mark.FILL, now.stroke)
            self._stage.note(Mark.RULE, round(width, 2))
            self._stage.ink(box.grow(width / 2))
        if clips:
            now.clip = box if now.clip is None else box.meet(now.clip)
            self._stage.changed = True

    def _note_thin(self, thickness: float) -> None:
        """A filled rectangle is how many programs draw a line."""
        if 0 < thickness < 3:
            self._stage.note(Mark.RULE, round(thickness, 2))

    def shade(self, operands: Sequence[Any]) -> None:
        """sh: fills all of the clip."""
        shading = as_dict(self._stage.resource("/Shading", operands[0]))
        space = name_space(shading.get("/ColorSpace"), self._stage.resources)
        self._stage.note(Mark.FILL, Colour(space, ()))
        self._stage.ink(self._stage.sheet.media)

    # --- pictures

    def picture(self, entry: Mapping[str, Any]) -> None:
        """An image XObject on the unit square."""
        is_mask = entry.get("/ImageMask") is True
        if is_mask:
            space = self._stage.now.fill.space
            self._stage.note(Mark.FILL, self._stage.now.fill)
        else:
            space = name_space(entry.get("/ColorSpace"), self._stage.resources)
        if "/SMask" in entry or as_number(entry.get("/SMaskInData"), 0):
            self._stage.note(Mark.CLEAR, "a picture with soft edges")
        if "/Alternates" in entry or "/OPI" in entry:
            self._stage.note(Mark.LEGACY, "alternate pictures or OPI")
        sizes = (as_number(entry.get("/Width"), 0), as_number(entry.get("/Height"), 0))
        bits = (
            1 if entry.get("/ImageMask") is True else as_number(entry.get("/BitsPerComponent"), 8)
        )
        self._place(sizes, space, int(bits), filters_of(entry))

    def inline_picture(self, operands: Sequence[Any]) -> None:
        """BI … EI, whose keys are short."""
        entry = operands[0]
        mask = entry.get(b"IM") or entry.get(b"ImageMask")
        named = entry.get(b"CS") or entry.get(b"ColorSpace")
        space = name_space(named, self._stage.resources) if isinstance(named, bytes) else "unknown"
        sizes = (
            as_number(entry.get(b"W") or entry.get(b"Width"), 0),
            as_number(entry.get(b"H") or entry.get(b"Height"), 0),
        )
        bits = as_number(entry.get(b"BPC") or entry.get(b"BitsPerComponent"), 8)
        self._place(sizes, self._stage.now.fill.space if mask else space, int(bits), ())

    def _place(
        self, sizes: tuple[float, float], space: str, bits: int, filters: tuple[str, ...]
    ) -> None:
        a, b, c, d, _, _ = ctm = self._stage.now.ctm
        width, height = hypot(a, b) / 72, hypot(c, d) / 72
        # What is smaller than a dot of the press is a program's way to say nothing.
        if width > 0.002 and height > 0.002:
            across, up = round(sizes[0] / width), round(sizes[1] / height)
            self._stage.note(Mark.PICTURE, Image(across, up, space, bits, filters))
        self._stage.ink(bound(_UNIT, ctm))

    def clip_to(self, box: Box | None) -> None:
        """Limit what follows to a form's box."""
        if box is not None:
            now = self._stage.now
            now.clip = box if now.clip is None else box.meet(now.clip)
            self._stage.changed = True
