"""What a book's own marks say: which kind is outer, and the words it writes with an apostrophe.

Gathered stretch by stretch, so that what is known of an unchanged one can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bookforge.passes.typography.quotes.marks import KINDS, Evidence
from bookforge.passes.typography.quotes.units import Stretch, Unit
from bookforge.regex import regex

_LEADING = regex(r"(?<![\w\"'“”‘’])['’]([^\W\d_]+(?:['’][^\W\d_]+)*)")
_MAY_CLOSE = regex(r"(?<=\S)['’](?![^\W_])")
_SPEECH_SINGLE = regex(r"[,.!?…]['’](?=\s)")
_SPEECH_DOUBLE = regex(r"[,.!?…][\"”](?=\s)")


class Clues(NamedTuple):
    """Of a stretch: its paragraphs that begin with a double mark, and with a single one; words
    behind an apostrophe where nothing can close, with their number."""

    double: int
    single: int
    elided: dict[str, int]


def gather_clues(stretch: Stretch) -> Clues:
    """The clues of one stretch."""
    text = stretch.text
    begins = {"D": 0, "S": 0}
    elided: dict[str, int] = {}
    for unit in stretch.units:
        if not unit.marks:
            continue
        kind = KINDS.get(text[unit.start])
        if kind == "D" or (kind and _MAY_CLOSE.search(text, unit.start + 1, unit.end)):
            begins[kind] += 1
        for at in unit.marks:
            if text[at] in "'’" and not text[at - 1].isalnum() and text[at + 1].isalpha():
                _note_elision(text, unit, elided)
                break
    return Clues(begins["D"], begins["S"], elided)


def weigh_clues(clues: Sequence[Clues], texts: Iterable[str], fixed: Mapping[str, str]) -> Evidence:
    """What the clues of all stretches say together; `texts` are those of the stretches."""
    double, single = sum(one.double for one in clues), sum(one.single for one in clues)
    if double == single:
        for text in texts:
            single += len(_SPEECH_SINGLE.findall(text))
            double += len(_SPEECH_DOUBLE.findall(text))
    elided: dict[str, int] = {}
    for one in clues:
        for word, count in one.elided.items():
            elided[word] = elided.get(word, 0) + count
    return Evidence("S" if single > double else "D", elided, fixed)


def _note_elision(text: str, unit: Unit, elided: dict[str, int]) -> None:
    last_close = unit.start
    for found in _MAY_CLOSE.finditer(text, unit.start, unit.end):
        last_close = found.start()
    for found in _LEADING.finditer(text, max(unit.start + 1, last_close), unit.end):
        word = found.group(1).lower().replace("’", "'")
        elided[word] = elided.get(word, 0) + 1
