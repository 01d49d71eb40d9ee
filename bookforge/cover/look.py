"""How a book's cover looks: its colours, faces and manner, from theme and title."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import category

from bookforge.contracts import Context, Metadata
from bookforge.cover.shapes import Colour
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity
from bookforge.fonts.coverage import missing
from bookforge.fonts.face import FaceKey, Family
from bookforge.fonts.find import find_family
from bookforge.themes.load import load_theme

_USUAL = "EB Garamond"
# Unicode categories of characters without shape.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs", "Co"})
# More is never read on a cover: letters of a text, and of a word.
_LONGEST_TEXT, _LONGEST_WORD = 400, 45


class Colouring(NamedTuple):
    """Ground, letters, and what is set off: frame, ornament, publisher."""

    ground: Colour
    letters: Colour
    accent: Colour


# A book's colouring follows from its words, so that each has its own and keeps it.
_COLOURINGS = (
    Colouring((27, 41, 60), (243, 236, 220), (201, 167, 103)),  # night blue
    Colouring((84, 24, 31), (246, 237, 222), (209, 172, 110)),  # oxblood
    Colouring((29, 56, 47), (241, 236, 219), (196, 166, 101)),  # bottle green
    Colouring((239, 231, 213), (38, 34, 31), (148, 45, 34)),  # cream, vermilion
    Colouring((52, 36, 58), (243, 235, 226), (200, 164, 121)),  # plum
    Colouring((36, 66, 74), (240, 236, 224), (211, 176, 116)),  # sea
    Colouring((222, 214, 198), (31, 45, 64), (150, 106, 48)),  # stone, ink
)


class Words(NamedTuple):
    """What stands on a cover, fit to be set."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    publisher: str


class Look(NamedTuple):
    """Colours, faces, and the theme's table `cover`; `seed` is the book's own number."""

    colours: Colouring
    title: FaceKey
    family: Family
    manner: Mapping[str, Any]
    seed: int


def read_words(metadata: Metadata) -> Words:
    """The words of a cover, without what has no shape."""
    authors = tuple(map(clean, metadata.authors))
    publisher = clean(metadata.extra.get("publisher", ""))
    return Words(clean(metadata.title), clean(metadata.subtitle), authors, publisher)


def choose_look(metadata: Metadata, context: Context) -> Look:
    """The look of this book. Raises `BookError` for a theme or font that cannot be used."""
    values = load_theme(context.config.style.theme, context.folder).values
    manner = {**load_theme("classic", context.folder).values["cover"], **values.get("cover", {})}
    seed = zlib.crc32("\n".join((metadata.title, *metadata.authors)).encode(errors="replace"))
    words = read_words(metadata)
    shown = "".join("".join((words.title, words.subtitle, *words.authors)).split())
    text = values.get("text", {})
    family = _find_family(text, context, shown)
    display = text.get("display-font", "") if manner["display"] else ""
    title = find_family(display, context.folder) if display else family
    face = family.regular if missing(title.regular, words.title) else title.regular
    return Look(_colours(manner["colours"], seed), face, family, manner, seed)


def _find_family(text: Mapping[str, Any], context: Context, shown: str) -> Family:
    """The text's family; where it lacks letters, one with more of them."""
    style = context.config.style
    family = find_family(style.font or text.get("font", _USUAL), context.folder)
    return find_family(_USUAL, context.folder) if missing(family.regular, shown) else family


def _colours(given: Sequence[Sequence[str]], seed: int) -> Colouring:
    """The theme's colourings ("#1b293c"), else ours; which of them, the book says."""
    own = [Colouring(*map(_read_colour, colours)) for colours in given if len(colours) == 3]
    choice = own or _COLOURINGS
    return choice[seed % len(choice)]


def _read_colour(text: str) -> Colour:
    if re.fullmatch("#[0-9a-fA-F]{6}", str(text)) is None:
        hint = Hint('each is a list of three: ["#1b293c", "#f3ecdc", "#c9a767"]')
        message = f"{text} is no colour for a cover"
        raise ConfigError(Diagnostic("C012", Severity.ERROR, message, hints=(hint,)))
    value = int(text[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def clean(text: str) -> str:
    """Text that can be set on a cover at all."""
    text = " ".join("".join(char for char in text if category(char) not in _UNSEEN).split())
    text = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
    words = text.split()
    return " ".join(
        word if len(word) <= _LONGEST_WORD else word[:_LONGEST_WORD] + "…" for word in words
    )
