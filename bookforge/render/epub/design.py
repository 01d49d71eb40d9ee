"""How this e-book looks: what the writer asked for over what the theme says.

In: settings and theme. Out: `Design`; after here nobody reads settings of style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bookforge.contracts import Context
from bookforge.themes.load import Theme, load_theme

_FONT = "EB Garamond"
_ORNAMENT = "❦"


@dataclass(frozen=True, slots=True)
class Design:
    """`font` is the family to embed, "" for the reader's own; `drop_cap` counts lines, 0 none."""

    theme: Theme
    font: str
    ornament: str
    lead_in: bool
    drop_cap: int


def choose_design(context: Context) -> Design:
    """Bring theme and `[style]` together."""
    style = context.config.style
    theme = load_theme(style.theme, context.folder)
    values = theme.values
    lead_in = style.lead_in or _look(values, "lead-in", "small-caps")
    drop_cap = style.drop_cap if style.drop_cap is not None else _look(values, "drop-cap", False)
    return Design(
        theme=theme,
        font=str(style.font or _look(values, "font", _FONT)),
        ornament=str(style.ornament or _look(values, "ornament", _ORNAMENT)),
        lead_in=lead_in == "small-caps",
        drop_cap=_count_lines(drop_cap),
    )


def _look(values: Mapping[str, Any], key: str, default: Any) -> Any:
    """A value of the theme, in its table for e-books or at the top."""
    own = values.get("epub")
    if isinstance(own, Mapping) and key in own:
        return own[key]
    found = values.get(key, default)
    return default if isinstance(found, Mapping) else found


def _count_lines(value: Any) -> int:
    """`true` means three lines."""
    if value is True:
        return 3
    return value if isinstance(value, int) else 0
