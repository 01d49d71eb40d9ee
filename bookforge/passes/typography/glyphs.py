"""Which character a reading becomes, by language and by what the writer asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bookforge.languages.base import Language, Quotes, load_language
from bookforge.passes.typography.quotes.marks import KINDS

APOSTROPHE = "’"
_ENGLISH = (Quotes("“", "”"), Quotes("‘", "’"))


class Glyphs(NamedTuple):
    """Marks for each kind of straight mark; `convert`: typographic ones change too."""

    pairs: Mapping[str, Quotes]
    convert: bool = False
    touching: str = "\u200a"

    def glyph(self, char: str, reading: str) -> str:
        """The character for `char` read as `reading`; `char` itself when nothing changes."""
        straight = char in "\"'"
        if reading == "a":
            # A word processor turns the mark of ’em the wrong way.
            return APOSTROPHE if straight or (self.convert and char in "‘‛") else char
        if reading == "p":
            return ("″" if char == '"' else "′") if straight else char
        if reading not in "oc" or not (straight or self.convert):
            return char
        pair = self.pairs[KINDS[char]]
        return pair.open if reading == "o" else pair.close


def choose_glyphs(language: Language, wish: str, outer: str) -> Glyphs:
    """The marks of a book whose outer mark is `outer` (D or S) in a language.

    "auto" keeps the manuscript's levels where the language has both customs (English); a name
    ("double", "single", "guillemets") or another language's tag asks for that set.
    """
    marks, inner = language.marks, "S" if outer == "D" else "D"
    if wish == "auto" and marks.rules.get("keep-levels"):
        outer, inner = "D", "S"
    first, second = _levels(language, wish)
    inside = str(marks.rules.get("inside", ""))
    return Glyphs(
        {outer: _with_air(first, inside), inner: _with_air(second, inside)},
        convert=wish != "auto",
        touching=str(marks.rules.get("touching", "\u200a")),
    )


def _levels(language: Language, wish: str) -> tuple[Quotes, Quotes]:
    marks = language.marks
    if wish == "auto":
        return marks.outer, marks.inner
    if wish in marks.alternatives:
        return marks.alternatives[wish]
    if wish in ("double", "single"):
        return _ENGLISH if wish == "double" else _ENGLISH[::-1]
    other = load_language(wish).marks
    return other.outer, other.inner


def _with_air(pair: Quotes, inside: str) -> Quotes:
    """French guillemets hold a space."""
    if inside and pair.open in "«‹":
        return Quotes(pair.open + inside, inside + pair.close)
    return pair


class Drawn(dict[tuple[str, str], str]):
    """The glyphs of marks by character and reading, each asked for once."""

    def __init__(self, glyphs: Glyphs) -> None:
        self.glyphs = glyphs

    def __missing__(self, mark: tuple[str, str]) -> str:
        glyph = self[mark] = self.glyphs.glyph(*mark)
        return glyph
