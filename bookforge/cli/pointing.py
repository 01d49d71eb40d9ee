"""Faults of settings that are found only while a book is made, put where the setting stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bookforge.cli.options import Run
from bookforge.config.where import Path as KeyPath
from bookforge.config.where import find_places, list_places
from bookforge.diagnostics import BookError, ConfigError, Diagnostic
from bookforge.source import SourceFile

_FONTS: tuple[KeyPath, ...] = (("output", "print", "font"), ("style", "font"))
_PAGE: tuple[KeyPath, ...] = (
    ("output", "print", "trim"),
    *(("output", "print", "margins", side) for side in ("inside", "outside", "top", "bottom")),
)
# The keys that may be meant by a fault; the first whose value the message names is.
_KEYS: Mapping[str, tuple[KeyPath, ...]] = {
    "C010": (("style", "theme"),),
    "C040": _PAGE,
    "F001": _FONTS,
    "F002": _FONTS,
    "F003": _FONTS,
}


# Faults of files that book.toml names: what is wrong is the file, but where it is named helps most.
_FILES = frozenset(("C021", "E012", "E013", "R001", "R002", "R003"))


def point(error: BookError, run: Run) -> BookError:
    """The same fault with its place; one of book.toml or the command line is a `ConfigError`."""
    placed = [_place(found, run) for found in error.diagnostics]
    if placed == [*error.diagnostics]:
        return error
    settings = any(found.code in _KEYS for found in placed)
    return ConfigError(*placed) if settings else type(error)(*placed)


def _place(found: Diagnostic, run: Run) -> Diagnostic:
    if found.span is None and found.file and found.code in _FILES:
        return _point_at_name(found, run)
    if found.span is not None or found.file or run.book is None:
        return found
    for path in _KEYS.get(found.code, ()):
        for source, data, key in _sources(run, path):
            value = _get(data, key)
            if value is None or str(value) not in found.message:
                continue
            place = find_places(source.text).find(key) if source.path != Path("--set") else None
            if place is None:
                start = source.text.index("=") + 1
                return replace(found, span=source.span(start, len(source.text)))
            return replace(found, span=source.span(*place.value))
    return found


def _point_at_name(found: Diagnostic, run: Run) -> Diagnostic:
    """The same at the name of the file in book.toml, if it stands there."""
    for source, _, place in list_places(run.sources):
        folder = run.book.folder if run.book else source.path.parent
        name = _read_text(source.text[slice(*place.value)])
        if name and folder / name == Path(found.file):
            return replace(found, span=source.span(*place.value), file="")
    return found


def _read_text(value: str) -> str:
    """What a value of TOML says if it is a text."""
    try:
        read = tomllib.loads(f"value = {value}")["value"] if value[:1] in "\"'" else ""
    except tomllib.TOMLDecodeError:
        return ""
    return read if isinstance(read, str) else ""


def _sources(run: Run, path: KeyPath) -> Iterator[tuple[SourceFile, Any, KeyPath]]:
    """Where a key may be set, what wins first: the command line, the edition, the file."""
    files = [*run.sources]
    for file in reversed(files):
        key, equals, value = file.text.partition("=")
        if file.path == Path("--set") and equals and tuple(key.strip().split(".")) == path:
            yield file, _nest(path, value.strip().strip("\"'")), path
    book = run.book
    file_of = next((one for one in files if book and one.path == book.settings), None)
    if file_of is not None:
        data = tomllib.loads(file_of.text)
        if book and book.edition:
            yield file_of, data, ("edition", book.edition, *path)
        yield file_of, data, path


def _nest(path: KeyPath, value: str) -> Any:
    nested: Any = value
    for step in reversed(path):
        nested = {step: nested}
    return nested


def _get(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data
