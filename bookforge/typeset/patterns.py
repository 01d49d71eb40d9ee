"""Hyphenation patterns (Liang, 1983) from pyphen's dictionaries.

Only the places are wanted here, not changed spellings, and most patterns never match: so they are
kept as they are written and taken apart when first met. That is four times as fast as asking
pyphen, and a place where hyphenation would change the spelling is left whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

_DIGITS = {ord(digit): None for digit in "0123456789"}
_HEX = re.compile(r"\^\^([0-9a-f]{2})")
_PARTS = re.compile(r"(\d?)(\D?)")
# Lines of a dictionary that are settings or remarks, not patterns.
_REMARKS = (
    "%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN",
    "COMPOUNDRIGHTHYPHENMIN", "NOHYPHEN", "NEXTLEVEL",
)  # fmt: skip


# Where a pattern's figures other than zero stand in it, and what they are.
_Figures: TypeAlias = tuple[tuple[int, int], ...]


class Patterns:
    """The patterns of one language."""

    def __init__(self, text: str) -> None:
        # By letters: a pattern as written, its figures once they were needed, or () where the
        # letters only begin a longer pattern.
        self._table: dict[str, str | _Figures] = {}
        for line in text.split("\n")[1:]:
            pattern = line.strip()
            if pattern and not pattern.startswith(_REMARKS):
                self._add(pattern)

    def _add(self, pattern: str) -> None:
        if "^^" in pattern:
            pattern = _HEX.sub(lambda found: chr(int(found[1], 16)), pattern)
        letters = pattern.partition("/")[0].translate(_DIGITS)
        table = self._table
        table[letters] = pattern
        end = len(letters) - 1
        while end > 0 and (begin := letters[:end]) not in table:
            table[begin] = ()
            end -= 1

    def find(self, word: str) -> list[int]:
        """Offsets in a word (lower case) at which it may be divided."""
        dotted = f".{word}."
        count = len(dotted)
        levels = [0] * (count + 1)
        table = self._table
        for i in range(count):
            for j in range(i + 1, count + 1):
                figures = table.get(dotted[i:j])
                if figures is None:
                    break
                if figures:
                    if isinstance(figures, str):
                        figures = self._read(dotted[i:j])
                    for at, level in figures:
                        if level > levels[i + at]:
                            levels[i + at] = level
        return [at - 1 for at in range(2, count - 1) if levels[at] & 1]

    def _read(self, letters: str) -> _Figures:
        """Take a pattern apart: a figure may stand before each letter, and at the end."""
        pattern, _, changed = str(self._table[letters]).partition("/")
        found = [int(figure or "0") for figure, _ in _PARTS.findall(pattern)][: len(letters) + 1]
        if changed:  # a division that changes the spelling is forbidden
            found = [figure + 1 if figure & 1 else figure for figure in found]
        figures = tuple((at, figure) for at, figure in enumerate(found) if figure)
        self._table[letters] = figures
        return figures


@lru_cache(maxsize=8)
def load_patterns(name: str) -> Patterns | None:
    """The patterns of a dictionary by pyphen's name for it; None when there is none."""
    import pyphen

    path = pyphen.LANGUAGES.get(name)
    if path is None:
        return None
    data = Path(path).read_bytes()
    encoding = data.partition(b"\n")[0].strip().decode("ascii", "replace")
    if encoding.lower() == "microsoft-cp1251":
        encoding = "cp1251"
    return Patterns(data.decode(encoding, "replace"))
