"""What the printer says of this book: its trim size, paper, margins and number of pages.

In: the settings, the page and the number of pages. Out: diagnostics P060 to P064, errors when the
writer named the printer, warnings when one inside is to serve them all; and the same in words for
the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bookforge.config.model import Config, Margins
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.printers.asked import Order, find_unconfirmed, list_doubtful, show_size
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import INCH, Printer
from bookforge.report import PrintFacts
from bookforge.typeset.style import Design, Sides, least_sides

# A hundredth of an inch, points: margins closer than this to the least one are meant to be it.
_CLOSE = 0.72
# The tables that the inside of a book depends on.
_INSIDE = ("margins", "trims", "pages")
# … and the cover.
COVER = ("spine", "cover")


class Judge(Struct, frozen=True):
    """Compares a book that is laid out with what its printer takes."""

    config: Config
    design: Design
    pages: int

    @property
    def printer(self) -> Printer:
        return load_printer(self.config.output.print.printer)

    def find(self) -> Iterator[Diagnostic]:
        """Everything that the printer would send back."""
        yield from self._order.find()
        yield from self._margins()
        if not self.printer.covers:
            yield from find_unconfirmed(self.printer, _INSIDE)

    @property
    def _order(self) -> Order:
        output, sheet = self.config.output.print, self.design.sheet
        return Order(self.printer, sheet.width, sheet.height, output.ink, output.paper, self.pages)

    def _margins(self) -> Iterator[Diagnostic]:
        """Margins of the writer's own against the least ones."""
        if not isinstance(self.config.output.print.margins, Margins):
            return
        severity = Severity.WARNING if self.printer.covers else Severity.ERROR
        sheet, least = self.design.sheet, self._least()
        for side in Sides._fields:
            has, needs = getattr(sheet, side), getattr(least, side)
            if has < needs - _CLOSE:
                message = f"the {side} margin of {_inches(has)} is too narrow for "
                message += f"{self.printer.called}: {_inches(needs)} with {self.pages} pages"
                what = {"inside": "the spine", "top": "heads", "bottom": "folios"}.get(side)
                hint = Hint(
                    f"room for {what or 'marks'} and for marks that hang out is reckoned in"
                )
                hints = (hint, Hint('margins = "auto" follows the printer'))
                yield Diagnostic("P062", severity, message, hints=hints)

    def _least(self) -> Sides:
        return least_sides(self.config, self.design.values, self.pages)

    def facts(self, tried: tuple[float, ...]) -> PrintFacts:
        """How the page came about, for the report."""
        sheet, printer = self.design.sheet, self.printer
        named = printer.trims.find(sheet.width, sheet.height)
        return PrintFacts(
            printer.key,
            named.name if named else show_size(sheet.width, sheet.height),
            Sides(sheet.inside, sheet.outside, sheet.top, sheet.bottom)._asdict(),
            tuple(self._explain(tried)),
            tuple(f"{key}: {printer.sources[key].text}" for key in list_doubtful(printer, _INSIDE)),
        )

    def _explain(self, tried: tuple[float, ...]) -> Iterator[str]:
        printer, source = self.printer, self.printer.sources["margins.gutters"]
        needs = _inches(printer.margins.inside(self.pages))
        doubt = "" if source.confirmed else ", not confirmed"
        yield f"{self.pages} pages need {needs} of ink-free margin inside ({source.text}{doubt})"
        if isinstance(self.config.output.print.margins, Margins):
            yield "the margins are book.toml's own"
        elif len(tried) == 1:
            yield "the number of pages was guessed well enough: laid out once"
        else:
            ways = ", then ".join(_inches(inside) for inside in tried)
            yield f"laid out {len(tried)} times until margin and pages agreed: inside {ways}"
        alone = {load_printer(key).name: load_printer(key).margins for key in printer.covers}
        less = [f"{name} {_inches(rules.inside(self.pages))}" for name, rules in alone.items()]
        if less:
            yield f"for one printer alone: {', '.join(less)}"


def _inches(length: float) -> str:
    return f"{length / INCH:.4g} in"
