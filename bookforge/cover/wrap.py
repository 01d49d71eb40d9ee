"""The whole wrap: back, spine and front on one sheet, from pages, paper and printer.

In: the book's words, the number of its pages, the settings. Out: a `Sheet`, and diagnostics O040 to
O044. Without a number of pages there is no wrap: a stale one cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bookforge.config.fields import parse_trim, points
from bookforge.contracts import Context, CoverBrief
from bookforge.cover.back import Back
from bookforge.cover.front import Front
from bookforge.cover.look import Look, Words, choose_look, read_words
from bookforge.cover.pictures import ground_of, open_art
from bookforge.cover.shapes import Art, Box, Fill, Panel, Sheet
from bookforge.cover.spine import Spine
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import INCH

# An artwork whose proportions differ by more than this is cut.
_SAME_SHAPE = 0.01


class Plan(NamedTuple):
    """Where everything lies on the sheet, points from its top left corner.

    `back` and `front` are the sides of the book, cut or folded; the hinge of a hardcover belongs
    to them and is free of words.
    """

    width: float
    height: float
    back: Box
    spine: Box
    front: Box
    hinge: float

    @property
    def turned(self) -> bool:
        """A book that is read from right to left has its front on the left."""
        return self.front.x < self.back.x

    @property
    def trim(self) -> Box:
        left, right = sorted((self.back, self.front))
        return Box(left.x, left.y, right.right - left.x, left.height)

    def flat(self, side: Box) -> Box:
        """The part of back or front that lies flat: without the hinge at the spine."""
        room = side._replace(width=side.width - self.hinge)
        return room.moved(self.hinge, 0) if side.x > self.spine.x else room


def plan_wrap(context: Context, pages: int) -> Plan:
    """The sheet for a book of so many pages, by its trim size and printer."""
    output = context.config.output.print
    rules = load_printer(output.printer).cover
    size = parse_trim(output.trim)
    assert size is not None, "the settings hold sizes only"
    side, high = size[0] + rules.overhang, size[1] + 2 * rules.overhang
    left = Box(rules.bleed, rules.bleed, side, high)
    middle = Box(left.right, rules.bleed, _spine_width(pages, context), high)
    right = Box(middle.right, rules.bleed, side, high)
    whole = right.right + rules.bleed, high + 2 * rules.bleed
    back, front = (right, left) if context.language.direction == "rtl" else (left, right)
    return Plan(*whole, back, middle, front, rules.hinge)


def _spine_width(pages: int, context: Context) -> float:
    """The spine of so many pages: the writer's own figure, else by the printer's paper."""
    output = context.config.output
    if output.cover.spine_width is not None:
        return points(output.cover.spine_width)
    spine = load_printer(output.print.printer).spine
    found = spine.width(pages, output.print.ink, output.print.paper)
    # Paper that the printer has not is told elsewhere (P063).
    return found or pages * spine.per_page["black/white"] + spine.extra


class Wrap:
    """Draws the wrap of one book."""

    def __init__(self, brief: CoverBrief) -> None:
        metadata, context, self.pages, self.blurb = brief
        self.metadata, self.context = metadata, context
        self.printer = load_printer(context.config.output.print.printer)
        self.words: Words = read_words(metadata)
        self.look: Look = choose_look(metadata, context)
        self.plan = plan_wrap(context, self.pages)

    def draw(self) -> Sheet:
        """The sheet: the writer's artwork with the bar code, or a design of ours."""
        plan = self.plan
        artwork = self.context.config.output.cover.artwork
        panels = self._given(artwork) if artwork else self._designed()
        return Sheet(plan.width, plan.height, plan.trim, tuple(panels))

    # --- a design of ours
    def _designed(self) -> Iterator[Panel]:
        plan, settings = self.plan, self.context.config.output.cover
        picture = self.context.config.book.cover_image
        art = self.art(picture, self._front_bleed()) if picture else None
        look = self.look._replace(colours=ground_of(art.path)) if art else self.look
        yield Panel(0, 0, (Fill(Box(0, 0, plan.width, plan.height), look.colours.ground),))
        if art:
            yield Panel(0, 0, (art,))
        else:
            front = plan.flat(plan.front)
            drawn = Front(front.width, front.height, look, self.words, self._report)
            yield Panel(front.x, front.y, tuple(drawn.draw()))
        yield from self._spine(look)
        back = Back(plan.flat(plan.back), look, self)
        yield Panel(0, 0, tuple(back.draw(settings)))

    def _front_bleed(self) -> Box:
        """The front with its bleed on the three outer edges."""
        plan = self.plan
        left, right = (0.0, plan.front.right) if plan.turned else (plan.front.x, plan.width)
        return Box(left, 0, right - left, plan.height)

    def _spine(self, look: Look) -> Iterator[Panel]:
        spine = Spine(self.plan.spine, look, self.words, self.printer.spine.clearance)
        shapes = tuple(spine.draw(self.context.config.output.cover.spine_text))
        least = self.printer.spine.text_pages
        if self.pages < least or not shapes:
            width = f"{self.plan.spine.width / INCH:.3f} in"
            message = f"the spine of {width} is too narrow for words, and was left empty"
            if self.pages < least:
                message = f"{self.printer.takes} words on the spine from {least} pages on"
                message += f"; this book has {self.pages}, so it was left empty"
            self._report(Diagnostic("O040", Severity.NOTE, message))
            return
        yield spine.place(self.metadata.language, shapes)

    # --- the writer's artwork
    def _given(self, artwork: str) -> Iterator[Panel]:
        plan = self.plan
        art = self.art(artwork, Box(0, 0, plan.width, plan.height))
        self._compare(art)
        yield Panel(0, 0, (art,))
        back = Back(plan.back, self.look, self)
        yield Panel(0, 0, tuple(back.draw_code()))

    def _compare(self, art: Art) -> None:
        """Whether the artwork has the shape of the sheet, which grows with the pages."""
        plan = self.plan
        if abs(art.width / art.height * plan.height / plan.width - 1) <= _SAME_SHAPE:
            return
        sharp = self.printer.file.resolution / INCH
        width, height = round(plan.width * sharp), round(plan.height * sharp)
        message = f"the artwork has {art.width} by {art.height} pixels, which is not the shape of "
        message += f"the sheet: {plan.width / INCH:.3f} x {plan.height / INCH:.3f} in"
        hint = Hint(f"for {self.pages} pages make it {width} by {height}; its edges were cut off")
        self._report(Diagnostic("O043", Severity.WARNING, message, hints=(hint,)))

    def art(self, name: str, box: Box) -> Art:
        """A picture of the writer's in a box. Raises `BookError` (E013) when it cannot be used."""
        art = open_art(self.context.folder / name, box)
        least = self.printer.file.resolution
        if art.resolution < least - 1:
            message = f"{Path(name).name} is printed at {art.resolution:.0f} pixels to the inch; "
            message += f"{self.printer.asks} {least:.0f}"
            needs = [round(side / INCH * least) for side in (box.width, box.height)]
            hint = Hint(f"at this size it needs {needs[0]} by {needs[1]} pixels")
            self._report(Diagnostic("O044", Severity.WARNING, message, hints=(hint,)))
        return art

    def _report(self, found: Diagnostic) -> None:
        self.context.report(found)
