"""Styles of an OpenDocument text, resolved through their parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.blocks import Alignment
from bookforge.readers.flow.pieces import PLAIN, Look
from bookforge.readers.odt.names import fo, style, text
from bookforge.regex import regex

__all__ = ["Lists", "Style", "read_lists", "read_styles"]

_ESCAPED = regex(r"_([0-9a-f]{2})_")
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(("title", "titel", "titre", "título", "titolo"), "title"),
    **dict.fromkeys(("subtitle", "untertitel", "sous-titre"), "subtitle"),
    **dict.fromkeys(("author", "autor", "byline"), "author"),
    **dict.fromkeys(("caption", "illustration", "figure"), "caption"),
    "preformatted text": "code",
    "contents heading": "contents",
}
_HEADING = regex(r"heading ([1-9])", re.I)
_QUOTE = regex(r"(?:block )?quotations?|quote|zitat", re.I)


_ALIGNS = {
    **dict.fromkeys(("start", "left", "justify"), Alignment.NATURAL),
    **dict.fromkeys(("end", "right"), Alignment.RIGHT),
    "center": Alignment.CENTRE,
}


class Style(Struct, frozen=True):
    """What a style says in the end."""

    role: str = ""
    level: int = 0
    quote: bool = False
    centred: bool = False
    new_page: bool = False
    hidden: bool = False
    look: Look = PLAIN
    align: Alignment = Alignment.NATURAL


def read_styles(roots: Iterable[Any]) -> dict[tuple[str, str], Style]:
    """The styles of `content.xml` and `styles.xml` by family and name; "" for the default."""
    known: dict[tuple[str, str], Any] = {}
    for root in roots:
        for element in root.iter(style("style")):
            known[element.get(style("family"), ""), element.get(style("name"), "")] = element
    return {key: _resolve(key, known) for key in known}


def _resolve(key: tuple[str, str], known: Mapping[tuple[str, str], Any]) -> Style:
    chain: list[Any] = []
    family, name = key
    while (element := known.get((family, name))) is not None and element not in chain:
        chain.append(element)
        name = element.get(style("parent-style-name"), "")
    resolved = Style()
    for element in reversed(chain):
        resolved = _apply(element, resolved)
    # Breaks before a page belong to the paragraph's own style, master pages too.
    return resolved


def _apply(element: Any, known: Style) -> Style:
    name = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), element.get(style("name"), ""))
    name = element.get(style("display-name"), name).casefold()
    heading = _HEADING.fullmatch(name)
    level = element.get(style("default-outline-level"), "")
    known = replace(
        known,
        role=_ROLES.get(name, known.role),
        level=int(level) if level.isdecimal() else int(heading[1]) if heading else known.level,
        quote=known.quote or bool(_QUOTE.fullmatch(name)),
        new_page=known.new_page or bool(element.get(style("master-page-name"))),
    )
    for properties in element:
        if properties.tag == style("paragraph-properties"):
            aligned = properties.get(fo("text-align"))
            known = replace(
                known,
                centred=known.centred if aligned is None else aligned == "center",
                new_page=known.new_page or properties.get(fo("break-before")) == "page",
                align=_ALIGNS.get(aligned or "", known.align),
            )
        elif properties.tag == style("text-properties"):
            hidden = properties.get(text("display"), "") == "none"
            known = replace(known, look=_read_look(properties, known.look), hidden=hidden)
    return known


def _read_look(properties: Any, look: Look) -> Look:
    slant, weight = properties.get(fo("font-style")), properties.get(fo("font-weight"))
    if slant is not None:
        look = replace(look, italic=slant in ("italic", "oblique"))
    if weight is not None:
        bold = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
        look = replace(look, bold=bold)
    if (variant := properties.get(fo("font-variant"))) is not None:
        look = replace(look, small_caps=variant == "small-caps")
    return look


Lists = Mapping[str, frozenset[int]]


def read_lists(roots: Iterable[Any]) -> dict[str, frozenset[int]]:
    """The numbered levels of each list style by its name."""
    return {
        element.get(style("name"), ""): frozenset(
            int(level.get(text("level"), "1"))
            for level in element.iterfind(text("list-level-style-number"))
        )
        for root in roots
        for element in root.iter(text("list-style"))
    }
