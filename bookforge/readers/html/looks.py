"""How things look on a page: by their tags, `style` attributes, and the simplest of style sheets.

Only what a book keeps is looked for: italics, bold, small capitals, centring, page breaks, hiding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from bookforge.model.blocks import Alignment
from bookforge.readers.flow.pieces import Look
from bookforge.regex import regex

__all__ = ["Sheet", "tag_of"]

_RULE = regex(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = regex(r"/\*.*?\*/", re.S)
_SELECTOR = regex(r"(?:[a-z0-9]*)\.([\w-]+)", re.I)
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_BOLD = frozenset({"b", "strong"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
# Names of classes that need no sheet to be understood.
_CLASSES = {
    **dict.fromkeys(("italic", "italics", "emphasis"), "font-style:italic"),
    **dict.fromkeys(("bold", "strong"), "font-weight:bold"),
    **dict.fromkeys(("small-caps", "smallcaps", "smcap", "sc"), "font-variant:small-caps"),
    **dict.fromkeys(("center", "centre", "centered", "centred"), "text-align:center"),
}
# How a chapter's first words are shown: design, not the writer's small capitals.
_DESIGN = frozenset({"lead-in", "leadin", "first-line", "firstline", "drop-cap", "dropcap"})
# Names of classes that set lines of verse in: ours, and those of Project Gutenberg.
_INDENT = regex(r"(?:in-|i|indent-?)([1-9])")
_EMS = regex(r"(?:margin-left|padding-left|text-indent):(-?\d*\.?\d+)em")
_MOST_CSS = 1_000_000
_TEXT_ALIGN = regex(r"text-align:(\w+)")
_ALIGNS = {"left": Alignment.LEFT, "center": Alignment.CENTRE, "right": Alignment.RIGHT}


def tag_of(element: Any) -> str:
    """The tag without its namespace, in lower case; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


@dataclass(frozen=True)
class Sheet:
    """Declarations by class name."""

    classes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any, css: str = "") -> Sheet:
        """The sheets inside a page, and one from elsewhere."""
        inside = [style.text or "" for style in root.iter("{*}style", "style")]
        return cls.parse("\n".join([css, *inside]))

    @classmethod
    def parse(cls, css: str) -> Sheet:
        """Rules for single classes; everything else is passed over."""
        classes = dict(_CLASSES)
        for match in _RULE.finditer(_COMMENT.sub("", css[:_MOST_CSS])):
            for selector in match.group(1).split(","):
                if simple := _SELECTOR.fullmatch(selector.strip()):
                    name = simple.group(1)
                    classes[name] = f"{classes.get(name, '')};{match.group(2)}"
        return cls(classes)

    def declared(self, element: Any) -> str:
        """Everything said about an element, without blanks, in lower case."""
        names = element.get("class")
        style = element.get("style", "")
        if names:
            style = ";".join([*(self.classes.get(one, "") for one in names.split()), style])
        return style.replace(" ", "").lower() if style else ""

    def look(self, element: Any, tag: str, look: Look) -> Look:
        """The look inside an element, from that around it."""
        if tag in _ITALIC:
            look = replace(look, italic=True)
        elif tag in _BOLD:
            look = replace(look, bold=True)
        elif tag in _CODE:
            look = replace(look, code=True)
        if _DESIGN & set(element.get("class", "").split()):
            return look
        style = self.declared(element)
        return _apply(style, look) if style else look

    def is_hidden(self, element: Any) -> bool:
        style = self.declared(element)
        return element.get("hidden") is not None or "display:none" in style

    def is_centred(self, element: Any) -> bool | None:
        """Whether lines inside are centred; None when nothing is said."""
        aligned = element.get("align", "").lower()
        style = self.declared(element)
        if aligned == "center" or "text-align:center" in style:
            return True
        return False if aligned or "text-align:" in style else None

    def align(self, element: Any) -> Alignment:
        """How the words of a cell stand."""
        said = element.get("align", "").lower()
        if match := _TEXT_ALIGN.search(self.declared(element)):
            said = match.group(1)
        return _ALIGNS.get(said, Alignment.NATURAL)

    def indent(self, element: Any) -> int:
        """How far a line of verse is set in, in ems; by its class (`in-2`, `i4`) or its style."""
        for name in element.get("class", "").split():
            if match := _INDENT.fullmatch(name):
                return int(match.group(1))
        return max(0, round(sum(map(float, _EMS.findall(self.declared(element))))))

    def begins_page(self, element: Any) -> bool:
        style = self.declared(element)
        return "break-before:page" in style or "break-before:always" in style


def _apply(style: str, look: Look) -> Look:
    if "font-style:" in style:
        look = replace(look, italic="font-style:italic" in style or "font-style:oblique" in style)
    if match := re.search(r"font-weight:(\w+)", style):
        weight = match.group(1)
        bold = int(weight) >= 600 if weight.isdecimal() else weight in ("bold", "bolder")
        look = replace(look, bold=bold)
    if "small-caps" in style and "font-variant" in style:
        look = replace(look, small_caps=True)
    return look
