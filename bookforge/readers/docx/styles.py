"""Styles of a Word document, resolved through what they are based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bookforge.readers.docx.names import VALUE, w
from bookforge.regex import regex

__all__ = ["Style", "is_on", "read_styles"]

# "heading 1" is the name in every language of Word; other programs write their own.
_HEADING = regex(
    r"(?:heading|überschrift|berschrift|titre|título|ttulo|titolo|kop|rubrik|overskrift|otsikko|"
    r"nagłówek|nadpis|címsor|заголовок)\s?([1-9])",
    re.I,
)
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(("title", "book title", "titel", "titre", "título", "titolo"), "title"),
    **dict.fromkeys(("subtitle", "untertitel", "sous-titre", "subtítulo"), "subtitle"),
    **dict.fromkeys(("author", "autor", "auteur", "byline"), "author"),
    **dict.fromkeys(("caption", "beschriftung", "légende", "figure"), "caption"),
    **dict.fromkeys(("html preformatted", "preformatted text", "source code"), "code"),
    "toc heading": "contents",
    "contents heading": "contents",
}
_QUOTE = regex(r"(?:intense )?quot\w*|block ?(?:text|quot\w*)|zitat|blockzitat|citation", re.I)
_CONTENTS = regex(r"(?:toc|contents|verzeichnis) ?\d", re.I)


class Style(Struct):
    """What a style says; None where it says nothing. `level` is a heading's, 0 for none."""

    level: int = 0
    role: str = ""
    quote: bool = False
    centred: bool = False
    new_page: bool = False
    number: Any = None
    bold: bool | None = None
    italic: bool | None = None
    small_caps: bool | None = None
    code: bool = False
    hidden: bool = False


def read_styles(root: Any) -> dict[str, Style]:
    """The styles of `w:styles` by their ids; the default paragraph style also under ""."""
    known = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}
    styles: dict[str, Style] = {}
    for name, element in known.items():
        styles[name] = _resolve(element, known)
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true"):
            styles[""] = styles[name]
    return styles


def _resolve(element: Any, known: Mapping[str, Any]) -> Style:
    """A style with what it inherits; the outermost base is applied first."""
    chain: list[Any] = []
    while element is not None and element not in chain and len(chain) < 20:
        chain.append(element)
        based = element.find(w("basedOn"))
        element = known.get(based.get(VALUE, "")) if based is not None else None
    style = Style()
    for one in reversed(chain):
        _apply(one, style)
    if style.level and not _is_heading_by_name(chain):
        # "Title" and "Contents" may carry an outline level of their own.
        style.level = 0 if style.role in ("title", "subtitle", "contents") else style.level
    return style


def _is_heading_by_name(chain: list[Any]) -> bool:
    return any(_HEADING.fullmatch(name) for one in chain for name in _names(one))


def _names(element: Any) -> list[str]:
    name = element.find(w("name"))
    own = name.get(VALUE, "") if name is not None else ""
    return [own, element.get(w("styleId"), "")]


def _apply(element: Any, style: Style) -> None:
    for name in _names(element):
        folded = name.casefold()
        if match := _HEADING.fullmatch(name):
            style.level = int(match.group(1))
        style.role = _ROLES.get(folded, style.role)
        style.quote = style.quote or bool(_QUOTE.fullmatch(name))
        if _CONTENTS.fullmatch(name):
            style.role = "contents"
        style.code = style.code or folded in ("html code", "source text", "verbatim char")
    properties = element.find(w("pPr"))
    if properties is not None:
        apply_paragraph(properties, style)
    looks = element.find(w("rPr"))
    for look in looks if looks is not None else ():
        _apply_look(look, style)


def apply_paragraph(properties: Any, style: Style) -> None:
    """What paragraph properties say, over what the style says."""
    for one in properties:
        if one.tag == w("outlineLvl"):
            value = one.get(VALUE, "9")
            style.level = int(value) + 1 if value.isdecimal() and int(value) < 9 else 0
        elif one.tag == w("jc"):
            style.centred = one.get(VALUE) == "center"
        elif one.tag == w("pageBreakBefore"):
            style.new_page = is_on(one)
        elif one.tag == w("numPr"):
            style.number = one


def _apply_look(look: Any, style: Style) -> None:
    if look.tag == w("b"):
        style.bold = is_on(look)
    elif look.tag == w("i"):
        style.italic = is_on(look)
    elif look.tag == w("smallCaps"):
        style.small_caps = is_on(look)
    elif look.tag == w("vanish"):
        style.hidden = is_on(look)


def is_on(element: Any) -> bool:
    """A toggle property: on when named, unless it says otherwise."""
    return element.get(VALUE, "1") not in ("0", "false", "off", "none")
