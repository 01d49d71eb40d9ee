"""Colours as a page's operators set them. ISO 32000-1, 8.6."""

from __future__ import annotations

from typing import Any, NamedTuple

from bookforge.preflight.pdf.values import as_array, as_dict, as_name, as_number

_FAMILIES = {1: "ICC grey", 3: "ICC RGB", 4: "ICC CMYK"}
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
# What may stand in a file for black ink alone, for CMYK, and X-1a in all.
INKS = ("DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Pattern", "Mask")
RGB = ("DeviceRGB", "CalRGB", "ICC RGB")
# Deeper than a pattern over an index over a named ink no colour space goes.
_DEEPEST = 4


class Colour(NamedTuple):
    """A colour space by its family ("DeviceGray", "ICC RGB", "Separation"), and the values in it.

    Of an indexed space the family is that of its base, and the values say nothing.
    """

    space: str
    values: tuple[float, ...]

    @property
    def is_white(self) -> bool:
        if self.space in ("DeviceGray", "CalGray", "ICC grey", *RGB):
            return bool(self.values) and min(self.values) >= 1
        return self.space in INKS[:4] and bool(self.values) and max(self.values) <= 0

    @property
    def ink(self) -> float | None:
        """Ink in per cent, all inks together; None where only a press could tell."""
        if self.space in ("DeviceGray", "CalGray", "ICC grey") and self.values:
            return 100 * (1 - self.values[0])
        if self.space in ("DeviceCMYK", "ICC CMYK", "Separation", "DeviceN"):
            return 100 * sum(self.values)
        return None

    @property
    def is_mixed_black(self) -> bool:
        """Black printed with other inks besides: thin strokes of it show coloured edges."""
        cmyk = self.space in ("DeviceCMYK", "ICC CMYK") and len(self.values) == 4
        return cmyk and self.values[3] > 0 and max(self.values[:3]) > 0

    @property
    def is_grey(self) -> bool:
        """Printed with black ink alone."""
        black = self.space == "DeviceCMYK" and len(self.values) == 4 and max(self.values[:3]) <= 0
        return black or self.space == "DeviceGray"


BLACK = Colour("DeviceGray", (0.0,))


def name_space(value: Any, resources: Any, depth: int = 0) -> str:
    """The family of a colour space as a page or a picture names it."""
    if depth > _DEEPEST:
        return "unknown"
    name = as_name(value)
    if name:
        known = as_dict(as_dict(resources).get("/ColorSpace")).get("/" + name)
        if known is not None and not name.startswith("Device"):
            return name_space(known, None, depth + 1)
        return _SHORT.get(name, name)
    parts = as_array(value)
    family = as_name(parts[0]) if parts else ""
    if family == "ICCBased" and len(parts) > 1:
        count = int(as_number(as_dict(parts[1]).get("/N"), 0))
        return _FAMILIES.get(count, "ICC")
    if family in ("Indexed", "I", "Pattern") and len(parts) > 1:
        return name_space(parts[1], resources, depth + 1)
    return _SHORT.get(family, family) or "unknown"
