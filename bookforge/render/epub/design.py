"""How this e-book looks: what the writer asked for over what the theme says.

In: settings and theme. Out: `Design`; after here nobody reads settings of style.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bookforge.contracts import Context
from bookforge.themes.load import Theme, load_theme

_FONT = "EB Garamond"
_ORNAMENT, _GAP = "❦", "*"
_LEAD_WORDS = 4
_DROP_LINES = 3
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp"})


class Design(NamedTuple):
    """What the renderer has to know of the design; the rest stands in the theme's style sheet.

    `ornament` stands for scene breaks that the manuscript marks, `gap` for blank ones: on a
    screen a blank line gets lost between pages. `lead_words` counts the words set off at a
    chapter's opening, `drop_cap` the lines of its first letter; 0 is none. `ornament_file` is
    the picture that stands for the ornament, if it is one. `display` is the family of openings, ""
    for the text's own; `display_bold` tells whether some of them are bold. `plain` leaves out what
    Amazon's conversion spoils: ornaments and first letters made by the style sheet.
    """

    theme: Theme
    font: str
    ornament: str
    gap: str
    lead_words: int
    drop_cap: int
    ornament_file: Path | None = None
    display: str = ""
    display_bold: bool = False
    plain: bool = False


def choose_design(context: Context) -> Design:
    """Bring theme and `[style]` together."""
    style, plain = context.config.style, context.config.output.epub.for_kindle
    theme = load_theme(style.theme, context.folder)
    text = _table(theme.values, "text")
    opening = _table(theme.values, "opening")
    lead_in = style.lead_in or opening.get("lead-in", "none")
    drop_cap = style.drop_cap if style.drop_cap is not None else opening.get("drop-cap", False)
    ornament = str(style.ornament or text.get("ornament", _ORNAMENT))
    file = _find_picture(ornament, context.folder)
    return Design(
        theme=theme,
        font=str(style.font or text.get("font", _FONT)),
        ornament="" if file else ornament,
        gap=str(text.get("gap-ornament", _GAP)),
        lead_words=int(opening.get("lead-in-words", _LEAD_WORDS)) if lead_in != "none" else 0,
        display=str(text.get("display-font", "")),
        display_bold=_has_bold(theme.values),
        drop_cap=0 if plain else _count_lines(drop_cap),
        ornament_file=None if plain else file,
        plain=plain,
    )


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key, {})
    return found if isinstance(found, Mapping) else {}


def _has_bold(values: Mapping[str, Any]) -> bool:
    tables = (_table(values, name) for name in ("opening", "part", "title-page"))
    return any(table.get("title-bold") or table.get("label-bold") for table in tables)


def _find_picture(ornament: str, folder: Path) -> Path | None:
    """The file that `ornament` names, None when it is the ornament itself."""
    return folder / ornament if Path(ornament).suffix.lower() in _PICTURES else None


def _count_lines(value: Any) -> int:
    """`true` means three lines."""
    if value is True:
        return _DROP_LINES
    return value if isinstance(value, int) else 0
