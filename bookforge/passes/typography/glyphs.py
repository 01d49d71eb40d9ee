"""Which character a reading becomes, by language and by what the writer asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bookforge.languages.base import Language, Quotes, load_language
from bookforge.passes.typography.quotes.marks import KINDS

APOSTROPHE = "’"
_ENGLISH = {"D": Quotes("“", "”"), "S": Quotes("‘", "’")}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Opening and closing marks for each kind of straight mark; `convert`: curly ones change too."""

    pairs: Mapping[str, Quotes]
    convert: bool = False
    touching: str = "\u200a"

    def glyph(self, char: str, reading: str) -> str:
        """The character for `char` read as `reading`; `char` itself when nothing changes."""
        straight = char in "\"'"
        if reading == "a":
            return APOSTROPHE if straight else char
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
    touching = str(marks.rules.get("touching", "\u200a"))
    if wish == "auto":
        if marks.rules.get("keep-levels"):
            return Glyphs({"D": marks.outer, "S": marks.inner}, touching=touching)
        return Glyphs({outer: marks.outer, inner: marks.inner}, touching=touching)
    if wish in marks.alternatives:
        first, second = marks.alternatives[wish]
    elif wish in ("double", "single"):
        levels = (_ENGLISH["D"], _ENGLISH["S"])
        first, second = levels if wish == "double" else levels[::-1]
    else:
        other = load_language(wish).marks
        first, second = other.outer, other.inner
    return Glyphs({outer: first, inner: second}, convert=True, touching=touching)
