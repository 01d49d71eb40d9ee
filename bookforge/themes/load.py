"""Themes: folders of data (`theme.toml`, `epub.css`), ours or a designer's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
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

    Raises `ConfigError`: C010 when there is no such theme or it is broken, C011 for keys that
    no theme knows.
    """
    place = _find(name, folder)
    try:
        values = tomllib.loads((place / "theme.toml").read_text(encoding="utf-8"))
        css = (place / "epub.css").read_text(encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(_fault(name, f"theme {name} cannot be read: {error}")) from error
    if name not in theme_names():
        _check_keys(values, folder / name / "theme.toml")
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


def _check_keys(values: Mapping[str, Any], file: Path) -> None:
    """The keys of classic are all there are: every other theme may leave out some of them."""
    classic = load_theme("classic", Path()).values
    known = {table: (*keys,) for table, keys in classic.items()}
    faults = [
        fault
        for table, keys in values.items()
        for fault in _unknown_keys(table, keys, known, str(file))
    ]
    if faults:
        raise ConfigError(*faults)


def _unknown_keys(
    table: str, keys: object, known: Mapping[str, tuple[str, ...]], file: str
) -> Iterator[Diagnostic]:
    if table not in known or not isinstance(keys, Mapping):
        yield _unknown(f"there is no table [{table}]", table, tuple(known), file)
        return
    for key in keys:
        if key not in known[table]:
            yield _unknown(f"there is no key {key} in [{table}]", key, known[table], file)


def _unknown(message: str, word: str, known: tuple[str, ...], file: str) -> Diagnostic:
    close = get_close_matches(word, known, n=1)
    hint = f"nearest: {close[0]}" if close else f"known: {', '.join(known)}"
    return Diagnostic("C011", Severity.ERROR, message, hints=(Hint(hint),), file=file)


def _fault(name: str, message: str) -> Diagnostic:
    hint = Hint(f"themes: {', '.join(theme_names())}, or a folder with theme.toml and epub.css")
    return Diagnostic("C010", Severity.ERROR, message, hints=(hint,))
