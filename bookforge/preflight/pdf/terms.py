"""What a file is measured by: a printer, and the book as it is ordered."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.printers.shapes import Printer

# Guides round to a hundredth of an inch, programs to a tenth of a point.
SLACK = 0.4


class Terms(Struct, frozen=True):
    """`name` is the file's, for messages. `standard` is one asked for in book.toml, or "".

    `judged`: trim size, paper, pictures and number of pages were put to the printer before.
    """

    name: str
    printer: Printer
    ink: str = "black"
    paper: str = "cream"
    standard: str = ""
    judged: bool = False

    @property
    def hard(self) -> Severity:
        """How bad it is to break the printer's rule: only a named printer sends the file back."""
        return Severity.WARNING if self.printer.covers else Severity.ERROR

    @property
    def asks(self) -> str:
        """ "KDP asks for", to be followed by what."""
        return self.printer.asks

    @property
    def takes(self) -> str:
        """ "KDP takes", likewise."""
        return self.printer.takes

    def rule(self, figure: str) -> Hint:
        """Where the printer says so; `figure` is a key of `Printer.sources`."""
        source = self.printer.sources[figure]
        doubt = "" if source.confirmed else " (not confirmed)"
        return Hint(f"the rule: {source.text}{doubt}")

    def finding(
        self, code: str, severity: Severity, message: str, hint: str, rules: Iterable[str] = ()
    ) -> Diagnostic:
        """A finding about the file."""
        hints = (Hint(hint), *map(self.rule, rules)) if hint else tuple(map(self.rule, rules))
        return Diagnostic(code, severity, message, hints=hints, file=self.name)
