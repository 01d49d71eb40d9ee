"""Themes: folders of data (`theme.toml`, `epub.css`), ours or a designer's own.

`based-on = "classic"` in a theme.toml takes what the theme does not say, and the rules of the style
sheet that its own come after, from another theme of bookforge's.
"""

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

_CAPS = ("none", "small", "all-small", "capitals")
_HEADS = ("author", "title", "chapter", "none")
# Keys that take one of a few words.
_WORDS = {
    "heads.align": ("centre", "outside"),
    "cover.align": ("left", "centre"),
    "cover.ornament": ("rosette", "corner", "rule", "none"),
    "cover.title-caps": ("none", "capitals"),
    "align": ("left", "centre", "right"),
    "caps": _CAPS,
    "label-caps": _CAPS,
    "title-caps": _CAPS,
    "author-caps": _CAPS,
    "head-caps": _CAPS,
    "publisher-caps": _CAPS,
    "figures": ("old-style", "lining"),
    "chapters-open": ("recto", "any", "run-on"),
    "verso": _HEADS,
    "recto": _HEADS,
    "folio": ("head-outside", "foot-centre", "foot-outside"),
    "first": ("author", "title"),
    "rule": ("none", "above", "between", "below"),
    "lead-in": ("small-caps", "none"),
}

_NO_DROP_CAP = ("drop-cap", False)


class Theme(NamedTuple):
    """A design: `values` of theme.toml, and the style sheet of the e-book."""

    name: str
    values: Mapping[str, Any]
    css: str


def load_theme(name: str, folder: Path) -> Theme:
    """Read a theme by name, or by a path relative to `folder`.

    Raises `ConfigError`: C010 when there is no such theme or it is broken, C011 for keys that
    no theme knows, C012 for values that a key cannot have.
    """
    place = _find(name, folder)
    try:
        values = tomllib.loads((place / "theme.toml").read_text(encoding="utf-8"))
        css = (place / "epub.css").read_text(encoding="utf-8")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(_fault(name, f"theme {name} cannot be read: {error}")) from error
    base = values.pop("based-on", None)
    if name not in theme_names():
        _check_keys(values, folder / name / "theme.toml")
    if base is not None:
        values, css = _join(_base(name, base), values, css)
    return Theme(name, MappingProxyType(values), css)


def _base(name: str, base: object) -> Theme:
    if base not in theme_names() or base == name:
        raise ConfigError(_fault(name, f"theme {name} is based on {base}, which is no theme"))
    return load_theme(str(base), Path())


def _join(base: Theme, values: dict[str, Any], css: str) -> tuple[dict[str, Any], str]:
    """What a theme says over what its base says, table by table."""
    names = {**base.values, **values}
    joined = {name: {**base.values.get(name, {}), **values.get(name, {})} for name in names}
    return joined, f"{base.css}\n{css}"


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
    faults += _wrong_values(values, classic, str(file))
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


def _wrong_values(
    values: Mapping[str, Any], classic: Mapping[str, Any], file: str
) -> Iterator[Diagnostic]:
    """Values of another kind than classic's, and words that mean nothing."""
    for table, keys in values.items():
        usual = classic.get(table, {})
        for key, value in keys.items() if isinstance(keys, Mapping) else ():
            if key not in usual:
                continue
            words = _WORDS.get(f"{table}.{key}") or _WORDS.get(key, ())
            if words and value not in words:
                yield _wrong(f"{table}.{key}", value, ", ".join(words), file)
            elif not _fits(value, usual[key]) and (key, value) != _NO_DROP_CAP:
                yield _wrong(f"{table}.{key}", value, f"like {usual[key]!r}", file)


def _fits(value: object, usual: object) -> bool:
    """Whether a value may stand where classic has `usual`; a truth value is no number."""
    if isinstance(usual, bool | str):
        return isinstance(value, type(usual))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(name: str, value: object, wanted: str, file: str) -> Diagnostic:
    message = f"{name} cannot be {value!r}"
    return Diagnostic("C012", Severity.ERROR, message, hints=(Hint(wanted),), file=file)


def _unknown(message: str, word: str, known: tuple[str, ...], file: str) -> Diagnostic:
    close = get_close_matches(word, known, n=1)
    hint = f"nearest: {close[0]}" if close else f"known: {', '.join(known)}"
    return Diagnostic("C011", Severity.ERROR, message, hints=(Hint(hint),), file=file)


def _fault(name: str, message: str) -> Diagnostic:
    hint = Hint(f"themes: {', '.join(theme_names())}, or a folder with theme.toml and epub.css")
    return Diagnostic("C010", Severity.ERROR, message, hints=(hint,))
