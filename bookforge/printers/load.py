"""Printers' requirements: a TOML file each, every figure with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Printer:
    """What a printer asks of the inside of a book.

    `safety`: least distance of any ink from the edge; `gutters`: (pages up to, least inside
    margin), by pages. Lengths as written ("0.5in").
    """

    safety: str
    gutters: tuple[tuple[int, str], ...]

    def gutter(self, pages: int) -> str:
        """The least inside margin of a book of so many pages."""
        for limit, inside in self.gutters:
            if pages <= limit:
                return inside
        return self.gutters[-1][1]


@lru_cache(maxsize=8)
def load_printer(name: str = "universal") -> Printer:
    """The requirements by a printer's name; `universal` is as strict as the strictest of all."""
    text = (resources.files("bookforge.printers") / f"{name}.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    steps = tuple((int(step["pages"]), str(step["inside"])) for step in values["gutters"])
    return Printer(str(values["safety"]), steps)
