"""What the writer asked of the clean-up, free of the config's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bookforge.config.model import Typography


class Settings(NamedTuple):
    """`[typography]` of book.toml."""

    enabled: bool = True
    quotes: str = "auto"
    dashes: str = "auto"
    ellipsis: str = "glyph"
    symbols: bool = False
    keep: tuple[str, ...] = ()


def settings_of(typography: Typography) -> Settings:
    """The settings as book.toml gives them."""
    return Settings(
        typography.enabled,
        typography.quotes,
        typography.dashes,
        typography.ellipsis,
        typography.symbols,
        typography.keep,
    )
