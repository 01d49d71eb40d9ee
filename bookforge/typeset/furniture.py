"""Running heads and folios: what stands around the text, after the pages are cut."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.typeset.frames import Begin, End, Item, Shaped, Tag, TextLine
from bookforge.typeset.press import Press, Voice
from bookforge.typeset.shape import Box
from bookforge.typeset.style import ASCENT, DESCENT, FOLIO_DROP, HEAD_DROP, Caps, Design
from bookforge.typeset.units import tidy

# Margins set by hand may be narrow: heads keep off the edge (points, half an inch) as long as they
# stay so many lines away from the text.
SAFETY, NEAREST = 36.0, 1.35


class Furniture:
    """Draws heads and folios of pages."""

    def __init__(self, design: Design, press: Press, language: str) -> None:
        self.design = design
        self.press = press
        size = design.size * design.number("heads.size", 0.82)
        self.head = Voice(
            size,
            italic=design.flag("heads.italic", False),
            caps=Caps(design.text("heads.caps", "all-small")),
            tracking=design.number("heads.tracking", 90.0),
            language=language,
            display=design.flag("heads.display", False),
        )
        place = design.text("heads.folio", "head-outside")
        self.folio_at_foot = place.startswith("foot")
        self.folio_aside = place == "foot-outside"
        self.head_aside = design.text("heads.align", "centre") == "outside"
        self.figures = Voice(
            design.size * design.number("heads.folio-size", 0.95),
            lining=design.flag("heads.folio-lining", False),
            language=language,
            display=self.head.display,
        )

    def running(self, text: str, label: str, recto: bool, depth: int = 0) -> Iterator[Item]:
        """A running head and its folio on the outside."""
        sheet = self.design.sheet
        above = (self.design.number("heads.above", 1.6) + HEAD_DROP) * sheet.leading
        wanted = max(sheet.baseline(0) - above, SAFETY + ASCENT * self.design.size)
        y = max(min(wanted, sheet.baseline(0) - NEAREST * sheet.leading), 18.0)
        yield Begin(Tag.HEADER)
        if text and self.design.running_heads:
            yield from self._line(text, self.head, recto, y, self.head_aside)
        if label and not self.folio_at_foot:
            folio = self._words(label, self.figures)
            width = sum(box.width for box in folio)
            left = sheet.left(recto)
            x = left + sheet.measure - width if recto else left
            yield _text(x, y, folio, 0.0)
        yield End()
        if label and self.folio_at_foot:
            yield from self.drop_folio(label, recto, depth)

    def drop_folio(self, label: str, recto: bool, depth: int = 0) -> Iterator[Item]:
        """A folio at the foot, in the middle: on pages that open a chapter.

        `depth`: lines of the page; below one that is a line long it goes down as far as it may.
        """
        sheet = self.design.sheet
        last = sheet.baseline(sheet.lines - 1)
        wanted = last + (FOLIO_DROP + max(0, depth - sheet.lines)) * sheet.leading
        wanted = min(wanted, sheet.height - SAFETY - DESCENT * self.design.size)
        y = min(max(wanted, last + NEAREST * sheet.leading), sheet.height - 12.0)
        yield Begin(Tag.FOOTER)
        yield from self._line(label, self.figures, recto, y, self.folio_aside)
        yield End()

    def _line(self, text: str, voice: Voice, recto: bool, y: float, aside: bool) -> Iterator[Item]:
        """One line, centred or on the outside; too long a title ends at a word, in an ellipsis."""
        measure = self.design.sheet.measure
        space = (0.25 + voice.tracking / 1000.0) * voice.size
        boxes = self._words(text, voice)
        room = measure - 2 * 2.6 * self.figures.size
        if _width(boxes, space) > room:
            dots = self._words("…", voice)
            while boxes and _width([*boxes, *dots], space) > room:
                boxes.pop()
            boxes += dots
        if boxes:
            rest = measure - _width(boxes, space) + voice.tracking * voice.size / 1000.0
            share = float(recto) if aside else 0.5
            yield _text(self.design.sheet.left(recto) + rest * share, y, boxes, space)

    def _words(self, text: str, voice: Voice) -> list[Box]:
        case = self.press.speak(voice)
        words = [word for word in text.replace("\u00a0", " ").split(" ") if word]
        return [case.whole(word) for word in words]


def _width(boxes: list[Box], space: float) -> float:
    return sum(box.width for box in boxes) + space * (len(boxes) - 1)


def _text(x: float, y: float, boxes: list[Box], space: float) -> TextLine:
    words: tuple[Shaped, ...] = tuple(box.shaped for box in boxes)
    return TextLine(tidy(x), tidy(y), boxes[0].fount.size, words, tidy(space))
