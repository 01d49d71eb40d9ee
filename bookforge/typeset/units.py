"""Lengths and page sizes: from what book.toml says to points (1/72 inch)."""

from __future__ import annotations

from bookforge.config import fields
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity
from bookforge.kernel import compiled

INCH = 72.0
MM = INCH / 25.4


def parse_length(value: str | float) -> float:
    """A length in points; a bare number is in points. Raises `ConfigError` (C040)."""
    if isinstance(value, int | float):
        return float(value)
    length = fields.parse_length(value)
    if length is None:
        raise ConfigError(
            _fault(f"{value!r} is no length", 'write a number with a unit: "0.75in", "18mm"')
        )
    return length


def parse_trim(value: str) -> tuple[float, float]:
    """Width and height of a page in points. Raises `ConfigError` (C040)."""
    size = fields.parse_trim(value)
    if size is None or not all(size):
        hint = 'write inches "5.5x8.5", millimetres "148x210mm", or a name such as "A5" or "Digest"'
        raise ConfigError(_fault(f"{value!r} is no page size", hint))
    return size


@compiled("lines")
def tidy(value: float) -> float:
    """A measure as it leaves this room: 1/1000 of a point, and never minus zero."""
    return round(value, 3) + 0.0


def _fault(message: str, hint: str) -> Diagnostic:
    return Diagnostic("C040", Severity.ERROR, message, hints=(Hint(hint),))
