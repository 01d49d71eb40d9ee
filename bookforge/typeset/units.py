"""Lengths and page sizes: from what book.toml says to points (1/72 inch)."""

from __future__ import annotations

import re

from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity

INCH = 72.0
MM = INCH / 25.4

_UNITS = {"in": INCH, '"': INCH, "mm": MM, "cm": 10 * MM, "pt": 1.0, "pc": 12.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(in|mm|cm|pt|pc|\")?\s*")
_PAIR = re.compile(r"\s*([0-9.]+)\s*(?:in|mm|cm|pt|\")?\s*[x×]\s*([0-9.]+)\s*(in|mm|cm|pt|\")?\s*")

# ISO 216 sizes in millimetres, and the trade's names in inches (KDP, Ingram and Lulu use them).
_NAMED: dict[str, tuple[float, float]] = {
    "a4": (210 * MM, 297 * MM),
    "a5": (148 * MM, 210 * MM),
    "a6": (105 * MM, 148 * MM),
    "b5": (176 * MM, 250 * MM),
    "b6": (125 * MM, 176 * MM),
    "pocket": (4.25 * INCH, 6.875 * INCH),
    "mass market": (4.25 * INCH, 6.87 * INCH),
    "digest": (5.5 * INCH, 8.5 * INCH),
    "us trade": (6 * INCH, 9 * INCH),
    "trade": (6 * INCH, 9 * INCH),
    "novella": (5 * INCH, 8 * INCH),
    "royal": (6.14 * INCH, 9.21 * INCH),
    "demy": (5.43 * INCH, 8.5 * INCH),
    "b-format": (5.06 * INCH, 7.81 * INCH),
    "a-format": (4.37 * INCH, 7.01 * INCH),
    "crown quarto": (7.44 * INCH, 9.69 * INCH),
    "executive": (7 * INCH, 10 * INCH),
    "us letter": (8.5 * INCH, 11 * INCH),
}


def parse_length(value: str | float) -> float:
    """A length in points; a bare number is in points. Raises `ConfigError` (C040)."""
    if isinstance(value, int | float):
        return float(value)
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise ConfigError(
            _fault(f"{value!r} is no length", 'write a number with a unit: "0.75in", "18mm"')
        )
    return float(match[1]) * _UNITS[match[2] or "pt"]


def parse_trim(value: str) -> tuple[float, float]:
    """Width and height of a page in points. Raises `ConfigError` (C040)."""
    name = re.sub(r"[\s_-]+", " ", value.strip().lower())
    for known, size in _NAMED.items():
        if name == known.replace("-", " "):
            return size
    match = _PAIR.fullmatch(value.lower())
    if match is None or not float(match[1]) or not float(match[2]):
        hint = 'write inches "5.5x8.5", millimetres "148x210mm", or a name such as "A5" or "Digest"'
        raise ConfigError(_fault(f"{value!r} is no page size", hint))
    unit = _UNITS[match[3] or "in"]
    return float(match[1]) * unit, float(match[2]) * unit


def tidy(value: float) -> float:
    """A measure as it leaves this room: 1/1000 of a point, and never minus zero."""
    return round(value, 3) + 0.0


def _fault(message: str, hint: str) -> Diagnostic:
    return Diagnostic("C040", Severity.ERROR, message, hints=(Hint(hint),))
