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
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import INCH, Limit, Printer
from bookforge.report import PrintFacts
from bookforge.typeset.style import Design, Sides, least_sides

# A hundredth of an inch, points: margins closer than this to the least one are meant to be it.
_CLOSE = 0.72
# The tables that the inside of a book depends on.
_INSIDE = ("margins", "trims", "pages")


class Judge(Struct, frozen=True):
    """Compares a book that is laid out with what its printer takes."""

    config: Config
    design: Design
    pages: int

    @property
    def printer(self) -> Printer:
        return load_printer(self.config.output.print.printer)

    @property
    def _severity(self) -> Severity:
        return Severity.WARNING if self.printer.covers else Severity.ERROR

    def find(self) -> Iterator[Diagnostic]:
        """Everything that the printer would send back."""
        yield from self._trim()
        yield from self._stock()
        yield from self._count()
        yield from self._margins()
        if not self.printer.covers:
            yield from find_unconfirmed(self.printer, _INSIDE)

    def _asked(self) -> list[Printer]:
        """The printer, or those that the universal one stands for."""
        return [load_printer(key) for key in self.printer.covers] or [self.printer]

    def _trim(self) -> Iterator[Diagnostic]:
        sheet = self.design.sheet
        size = show_size(sheet.width, sheet.height)
        refusing = [p for p in self._asked() if not p.trims.takes(sheet.width, sheet.height)]
        if not refusing:
            return
        names = _join([printer.name for printer in refusing])
        has = "has" if len(refusing) == 1 else "have"
        severity = Severity.NOTE if self.printer.covers else Severity.ERROR
        sizes = self.printer.trims.sizes
        nearest = min(
            sizes, key=lambda t: abs(t.width - sheet.width) + abs(t.height - sheet.height)
        )
        listed = ", ".join(trim.name for trim in sizes)
        hints = (Hint(f"nearest: {nearest.name}"), Hint(f"sizes: {listed}"))
        yield Diagnostic("P061", severity, f"{names} {has} no pages of {size}", hints=hints)

    def _stock(self) -> Iterator[Diagnostic]:
        """Ink and paper that are not offered together."""
        for printer in self._asked():
            if self._limit(printer) is None:
                output = self.config.output.print
                message = (
                    f"{printer.name} does not print {_ink(output.ink)} on {output.paper} paper"
                )
                stocks = [f"{_ink(one.ink)} on {one.paper}" for one in printer.pages.limits]
                offered = dict.fromkeys(stocks)
                hint = Hint(f"it prints {_join(list(offered))}: ink and paper in [output.print]")
                yield Diagnostic("P063", self._severity, message, hints=(hint,))
                return

    def _limit(self, printer: Printer) -> Limit | None:
        output, sheet = self.config.output.print, self.design.sheet
        return printer.pages.limit(output.ink, output.paper, sheet.width, sheet.height)

    def _count(self) -> Iterator[Diagnostic]:
        limits = {printer.name: self._limit(printer) for printer in self._asked()}
        broken = [
            (name, limit.least, limit.most)
            for name, limit in limits.items()
            if limit and not limit.least <= self.pages <= limit.most
        ]
        if not broken:
            return
        name, least, most = broken[0]
        message = f"{name} allows {least} to {most} pages for this trim and paper; "
        message += f"this book has {self.pages}"
        others = ", ".join(f"{name} {least} to {most}" for name, least, most in broken[1:])
        short = self.pages < least
        way = "larger type, or a smaller trim" if short else "smaller type, or a larger trim"
        hints = [Hint(f"{way} in [output.print] makes {'more' if short else 'fewer'}")]
        if others:
            hints.insert(0, Hint(f"nor do others take it: {others}"))
        yield Diagnostic("P060", self._severity, message, hints=tuple(hints))

    def _margins(self) -> Iterator[Diagnostic]:
        """Margins of the writer's own against the least ones."""
        if not isinstance(self.config.output.print.margins, Margins):
            return
        sheet, least = self.design.sheet, self._least()
        for side in Sides._fields:
            has, needs = getattr(sheet, side), getattr(least, side)
            if has < needs - _CLOSE:
                message = f"the {side} margin of {_inches(has)} is too narrow for "
                message += f"{self.printer.name}: {_inches(needs)} with {self.pages} pages"
                what = {"inside": "the spine", "top": "heads", "bottom": "folios"}.get(side)
                hint = Hint(
                    f"room for {what or 'marks'} and for marks that hang out is reckoned in"
                )
                hints = (hint, Hint('margins = "auto" follows the printer'))
                yield Diagnostic("P062", self._severity, message, hints=hints)

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
            tuple(f"{key}: {printer.sources[key].text}" for key in _doubtful(printer, _INSIDE)),
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


def find_unconfirmed(printer: Printer, tables: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A note on the figures of these tables that were not read at the printer's."""
    doubtful = _doubtful(printer, tables)
    if doubtful:
        message = f"not confirmed for {printer.name}: {', '.join(doubtful)}"
        sources = dict.fromkeys(printer.sources[key].text for key in doubtful)
        hints = tuple(map(Hint, sources))
        yield Diagnostic("P064", Severity.NOTE, message, hints=hints)


def _doubtful(printer: Printer, tables: tuple[str, ...]) -> list[str]:
    return [key for key in printer.unconfirmed if key.split(".")[0] in tables]


def show_size(width: float, height: float) -> str:
    """ "5.5 x 8.5 in"."""
    return f"{width / INCH:.4g} x {height / INCH:.4g} in"


def _inches(length: float) -> str:
    return f"{length / INCH:.4g} in"


def _ink(ink: str) -> str:
    return ink.replace("-", " ")


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
