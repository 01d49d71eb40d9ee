"""What a printer says to a book of a size, on a paper, of so many pages: the questions of every
order, for books that are laid out and for finished files alike.

Diagnostics P060, P061, P063 and P064: errors when the writer named the printer, warnings when one
inside is to serve them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.printers.load import load_printer
from bookforge.printers.shapes import INCH, Limit, Printer


class Order(Struct, frozen=True):
    """A book as it is ordered: its trimmed page in points, its ink and paper, its pages."""

    printer: Printer
    width: float
    height: float
    ink: str
    paper: str
    pages: int

    def find(self) -> Iterator[Diagnostic]:
        """Everything that the printer would not take."""
        yield from self._trim()
        yield from self._stock()
        yield from self._count()

    @property
    def _severity(self) -> Severity:
        return Severity.WARNING if self.printer.covers else Severity.ERROR

    def _asked(self) -> list[Printer]:
        """The printer, or those that the universal one stands for."""
        return [load_printer(key) for key in self.printer.covers] or [self.printer]

    def _trim(self) -> Iterator[Diagnostic]:
        size = show_size(self.width, self.height)
        refusing = [p for p in self._asked() if not p.trims.takes(self.width, self.height)]
        if not refusing:
            return
        names = _join([printer.name for printer in refusing])
        has = "has" if len(refusing) == 1 else "have"
        severity = Severity.NOTE if self.printer.covers else Severity.ERROR
        sizes = self.printer.trims.sizes
        nearest = min(sizes, key=lambda t: abs(t.width - self.width) + abs(t.height - self.height))
        listed = ", ".join(trim.name for trim in sizes)
        hints = (Hint(f"nearest: {nearest.name}"), Hint(f"sizes: {listed}"))
        yield Diagnostic("P061", severity, f"{names} {has} no pages of {size}", hints=hints)

    def _stock(self) -> Iterator[Diagnostic]:
        """Ink and paper that are not offered together."""
        for printer in self._asked():
            if self._limit(printer) is None:
                message = f"{printer.name} does not print {_ink(self.ink)} on {self.paper} paper"
                stocks = [f"{_ink(one.ink)} on {one.paper}" for one in printer.pages.limits]
                offered = dict.fromkeys(stocks)
                hint = Hint(f"it prints {_join(list(offered))}: ink and paper in [output.print]")
                yield Diagnostic("P063", self._severity, message, hints=(hint,))
                return

    def _limit(self, printer: Printer) -> Limit | None:
        return printer.pages.limit(self.ink, self.paper, self.width, self.height)

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


def find_unconfirmed(printer: Printer, tables: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A note on the figures of these tables that were not read at the printer's."""
    doubtful = list_doubtful(printer, tables)
    if doubtful:
        message = f"not confirmed for {printer.called}: {', '.join(doubtful)}"
        sources = dict.fromkeys(printer.sources[key].text for key in doubtful)
        hints = tuple(map(Hint, sources))
        yield Diagnostic("P064", Severity.NOTE, message, hints=hints)


def list_doubtful(printer: Printer, tables: tuple[str, ...]) -> list[str]:
    """The figures of these tables that were not read at the printer's."""
    return [key for key in printer.unconfirmed if key.split(".")[0] in tables]


def show_size(width: float, height: float) -> str:
    """ "5.5 x 8.5 in"."""
    return f"{width / INCH:.4g} x {height / INCH:.4g} in"


def _ink(ink: str) -> str:
    return ink.replace("-", " ")


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
