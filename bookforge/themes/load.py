"""Themes: folders of data (`theme.toml`, `epub.css`), ours or a designer's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity


class Theme(NamedTuple):
    """A design: `values` of theme.toml, and the style sheet of the e-book."""

    name: str
    values: Mapping[str, Any]
    css: str


def load_theme(name: str, folder: Path) -> Theme:
    """Read a theme by name, or by a path relative to `folder`.

    Raises `ConfigError` (C010) when there is no such theme or it is broken.
    """
    place = _find(name, folder)
    try:
        values = tomllib.loads((place / "theme.toml").read_text(encoding="utf-8"))
        css = (place / "epub.css").read_text(encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(_fault(name, f"theme {name} cannot be read: {error}")) from error
    return Theme(name, MappingProxyType(values), css)


def theme_names() -> tuple[str, ...]:
    """The themes that come with bookforge."""
    root = resources.files("bookforge.themes")
    return tuple(sorted(entry.name for entry in root.iterdir() if (entry / "theme.toml").is_file()))


def _find(name: str, folder: Path) -> Traversable:
    if name in theme_names():
        return resources.files("bookforge.themes") / name
    own = folder / name
    if (own / "theme.toml").is_file():
        return own
    raise ConfigError(_fault(name, f"there is no theme {name}"))


def _fault(name: str, message: str) -> Diagnostic:
    hint = Hint(f"themes: {', '.join(theme_names())}, or a folder with theme.toml and epub.css")
    return Diagnostic("C010", Severity.ERROR, message, hints=(hint,))
