"""Printers' requirements as data: a TOML file each, every figure with its source.

In the files lengths are inches, or text with "mm"; here all are points.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from bookforge.printers.shapes import (
    INCH,
    Barcode,
    Bleed,
    CoverRules,
    FileRules,
    Limit,
    Margins,
    Pages,
    Printer,
    Source,
    Spine,
    Trim,
    Trims,
)

PrinterName = Literal["universal", "kdp", "kdp-hardcover", "ingram", "lulu", "bn", "bookvault"]
# The tables of a printer's file, each key of which has a source.
TABLES = ("margins", "trims", "pages", "bleed", "spine", "file", "cover")


@lru_cache(maxsize=8)
def load_printer(key: str = "universal") -> Printer:
    """The requirements by a printer's name in book.toml; `universal` is as strict as them all.

    Raises `FileNotFoundError` for a name that no file has.
    """
    text = (resources.files("bookforge.printers") / f"{key}.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    return Printer(
        key,
        values["name"],
        values["long-name"],
        values["binding"],
        _margins(values["margins"]),
        _trims(values["trims"]),
        _pages(values["pages"]),
        Bleed(_length(values["bleed"]["size"]), tuple(values["bleed"]["edges"])),
        _spine(values["spine"]),
        _file(values["file"]),
        _cover(values["cover"]),
        _sources(values),
        tuple(values.get("covers", ())),
    )


def _length(value: float | str) -> float:
    """A length of the file in points."""
    if isinstance(value, str):
        return float(value.removesuffix("mm")) * INCH / 25.4
    return float(value) * INCH


def _margins(table: Mapping[str, Any]) -> Margins:
    steps = tuple((int(step["pages"]), _length(step["inside"])) for step in table["gutters"])
    return Margins(_length(table["safety"]), _length(table["safety-bleed"]), steps)


def _trims(table: Mapping[str, Any]) -> Trims:
    sizes = tuple(
        Trim(size["name"], _length(size["width"]), _length(size["height"]))
        for size in table["sizes"]
    )
    custom = table.get("custom")
    return Trims(sizes, _pair(custom["least"]), _pair(custom["most"])) if custom else Trims(sizes)


def _pair(lengths: Sequence[float | str]) -> tuple[float, float]:
    return _length(lengths[0]), _length(lengths[1])


def _pages(table: Mapping[str, Any]) -> Pages:
    limits = tuple(
        Limit(
            limit["ink"],
            limit["paper"],
            limit["least"],
            limit["most"],
            tuple(_size(trim) for trim in limit.get("trims", ())),
        )
        for limit in table["limits"]
    )
    return Pages(table["even"], table["last-blank"], table["most-blank"], limits)


def _size(text: str) -> tuple[float, float]:
    """ "8.5x11" in points."""
    width, _, height = text.partition("x")
    return float(width) * INCH, float(height) * INCH


def _spine(table: Mapping[str, Any]) -> Spine:
    return Spine(
        {stock: _length(width) for stock, width in table["per-page"].items()},
        _length(table["extra"]),
        table["text-pages"],
        _length(table["clearance"]),
    )


def _file(table: Mapping[str, Any]) -> FileRules:
    values = {key.replace("-", "_"): table[key] for key in table if key != "sources"}
    return FileRules(**values)


def _cover(table: Mapping[str, Any]) -> CoverRules:
    box = table["barcode"]
    return CoverRules(
        _length(table["bleed"]),
        _length(table["safety"]),
        Barcode(_length(box["width"]), _length(box["height"]), _length(box["from-edge"])),
        _length(table.get("overhang", 0)),
        _length(table.get("hinge", 0)),
    )


def _sources(values: Mapping[str, Any]) -> dict[str, Source]:
    known = {key: Source(**source) for key, source in values["sources"].items()}
    return {
        f"{table}.{key}": known[name]
        for table in TABLES
        for key, name in values[table]["sources"].items()
    }
