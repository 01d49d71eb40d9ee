"""Running heads and folios: what stands around the text, after the pages are cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bookforge.typeset.bidi import has_turned, runs_left, split_runs
from bookforge.typeset.frames import Begin, End, Item, Tag
from bookforge.typeset.items import Run, collect
from bookforge.typeset.lines import Fit, Stretch, draw, whole_line
from bookforge.typeset.press import Press, Voice
from bookforge.typeset.style import ASCENT, DESCENT, FOLIO_DROP, HEAD_DROP, Caps, Design

# Margins set by hand may be narrow: heads keep off the edge (points, half an inch) as long as they
# stay so many lines away from the text.
SAFETY, NEAREST = 36.0, 1.35


class Furniture:
    """Draws heads and folios of pages."""

    def __init__(self, design: Design, press: Press, language: str) -> None:
        self.design = design
        self.press = press
        # The same head stands on many pages.
        self._known: dict[tuple[str, Voice], Stretch] = {}
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

    def learn(self, labels: Iterable[str]) -> None:
        """Shape all folios at once: one by one they would cost as much as a chapter."""
        self.press.learn([[Run(self.press.speak(self.figures), " ".join(labels))]])

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
            line = self._set(label, self.figures, 0.0)
            left = sheet.left(recto)
            x = left + sheet.measure - line.width(0.0) if recto != sheet.turned else left
            yield from draw(line, x, y, Fit(0.0, 1.0, 0.0), "")
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
        room = measure - 2 * 2.6 * self.figures.size
        line = self._set(text, voice, space)
        while line.width(space) > room and " " in text:
            text = text.removesuffix("…").rpartition(" ")[0] + "…"
            line = self._set(text, voice, space)
        if line.boxes:
            rest = measure - line.width(space) + voice.tracking * voice.size / 1000.0
            outer = float(recto != self.design.sheet.turned)
            x = self.design.sheet.left(recto) + rest * (outer if aside else 0.5)
            yield from draw(line, x, y, Fit(space, 1.0, 0.0), "")

    def _set(self, text: str, voice: Voice, space: float) -> Stretch:
        """Words side by side, in whatever faces and directions they need."""
        known = self._known.get((text, voice))
        if known is not None:
            return known
        turned = self.design.sheet.turned
        runs = [Run(self.press.speak(voice), text.replace("\u00a0", " "))]
        if has_turned(runs):
            runs = split_runs(runs, runs_left(text, turned), self.press)
        self.press.learn([runs])
        line = self._known[text, voice] = whole_line(collect(runs, space))
        return line
