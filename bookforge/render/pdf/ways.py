"""Where the links of a book lead: to its own sections and notes, or to web and mail addresses."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from bookforge.addresses import outside_address
from bookforge.diagnostics import Diagnostic, Hint, Report, Severity


class Ways:
    """Finds where links lead; those that lead nowhere are told once and are words like others.

    `ids` are the book's sections; destinations with a colon are the typesetter's own.
    """

    def __init__(self, ids: AbstractSet[str], report: Report) -> None:
        self._ids = ids
        self._report = report
        self._known: dict[str, str] = {}

    def find(self, target: str) -> str:
        """`#id` of a destination, an address that may stand in a file, or "" (P110)."""
        if target not in self._known:
            found = self._known[target] = self._find(target.strip())
            if not found:
                self._report(_fault(target))
        return self._known[target]

    def _find(self, target: str) -> str:
        if not target.startswith("#"):
            return outside_address(target)
        names = (target[1:], unquote(target[1:]))
        return next((f"#{name}" for name in names if ":" in name or name in self._ids), "")


def _fault(target: str) -> Diagnostic:
    message = f"the link to {target[:60]!r} leads nowhere; its words were kept"
    hint = Hint("a link leads to a web or mail address, or to `#id` of a section of the book")
    return Diagnostic("P110", Severity.WARNING, message, hints=(hint,))
