"""Numbered and bulleted paragraphs: what Word counts and prints before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from bookforge.readers.docx.names import VALUE, w

__all__ = ["Level", "Numbers"]

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Level(Struct, frozen=True):
    """One level of a list: how it counts, from what, and the text around the number."""

    form: str = "decimal"
    start: int = 1
    text: str = "%1."


@dataclass
class Numbers:
    """The lists of a document, and how far each has counted."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any) -> Numbers:
        """The lists of `w:numbering` by the number that paragraphs name."""
        kinds = {
            one.get(w("abstractNumId")): {
                _number(level.get(w("ilvl"), "0"), 0): _read_level(level)
                for level in one.iterfind(w("lvl"))
            }
            for one in root.iterfind(w("abstractNum"))
        }
        lists = {}
        for one in root.iterfind(w("num")):
            kind = one.find(w("abstractNumId"))
            if kind is not None:
                lists[one.get(w("numId"))] = kinds.get(kind.get(VALUE), {})
        return cls(lists)

    def level(self, name: str, depth: int) -> Level | None:
        """The level of a list, None when the document does not know the list."""
        return self.levels[name].get(depth, Level()) if name in self.levels else None

    def count(self, name: str, depth: int) -> int:
        """The next number of a level; deeper levels begin again."""
        level = self.level(name, depth) or Level()
        number = self.counts.get((name, depth), level.start - 1) + 1
        self.counts[name, depth] = number
        for deeper in range(depth + 1, 10):
            self.counts.pop((name, deeper), None)
        return number

    def label(self, name: str, depth: int) -> str:
        """What Word prints before a paragraph that has just been counted."""
        level = self.level(name, depth) or Level()
        text = level.text
        for other in range(depth + 1):
            form = (self.level(name, other) or Level()).form
            number = self.counts.get((name, other), 1)
            text = text.replace(f"%{other + 1}", _write(number, form))
        return text


def _read_level(element: Any) -> Level:
    def value(name: str, usual: str) -> str:
        found = element.find(w(name))
        return usual if found is None else str(found.get(VALUE, usual))

    return Level(value("numFmt", "decimal"), _number(value("start", "1"), 1), value("lvlText", ""))


def _number(text: str, usual: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else usual


def _write(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _to_roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    return "" if form == "none" else str(number)


def _to_roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out
