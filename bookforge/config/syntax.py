"""A book.toml that is no TOML, in the writer's words: what is wrong, where, and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from bookforge.config.where import Path, Place, find_places
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.regex import regex
from bookforge.source import SourceFile

_POSITION = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# What writers do to TOML most often, by what the broken line looks like.
_BROKEN_LINES = (
    (regex(r"[“”„]"), 'use straight quotes: "…"'),
    (regex(r"\\"), "a backslash in \"…\" begins an escape; use '…' or forward slashes"),
    (regex(r"=\s*[^\s\"'\[{0-9tf#+-]"), 'put text in quotes: title = "…"'),
    (regex(r"=\s*(#.*)?$"), "give the key a value, or put # before it"),
    (regex(r"^[^=#\[]+$"), "write key = value, or put # before a remark"),
)
# How tomllib begins when a table or a key is there already.
_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate")
_HEADER = regex(r"\s*(\[\[?[^\]\n]*\]\]?)")


def describe_syntax(message: str, source: SourceFile) -> Diagnostic:
    """C001 for what tomllib says of a text."""
    found = _POSITION.search(message)
    what = message[: found.start()] if found else message
    offset = len(source.text.rstrip())
    if found and found[1]:
        offset = min(source.line_starts[int(found[1]) - 1] + int(found[2]) - 1, len(source.text))
    if what.startswith(_TWICE) and (twice := _describe_twice(source, offset)):
        return twice
    offset = _step_back(source.text, offset)
    location = source.locate(source.span(offset, offset))
    hint = next((hint for shape, hint in _BROKEN_LINES if shape.search(location.text)), "")
    hints = (Hint(hint),) if hint else ()
    text = f"broken TOML: {what[:1].lower()}{what[1:]}"
    return Diagnostic("C001", Severity.ERROR, text, source.span(offset, offset + 1), hints)


def _step_back(text: str, offset: int) -> int:
    """tomllib may stop at the line after the broken one: point at the end of what was written."""
    if offset and (offset >= len(text) or text[offset] == "\n"):
        return max(offset - 1, 0)
    return offset


def _describe_twice(source: SourceFile, offset: int) -> Diagnostic | None:
    """A table or a key that is there a second time; `offset` is behind it."""
    begin = source.line_starts[source.line_of(max(offset - 1, 0)) - 1]
    if header := _HEADER.match(source.text, begin):
        first = find_places(source.text[:begin]).find(_path_of(header[1]))
        name, advice, (start, end) = header[1], "put the keys there", header.span(1)
    else:
        path, place = _key_before(source.text[:offset])
        first = find_places(source.text[: place.key[0]]).find(path) if path else None
        name, advice, (start, end) = str(path[-1:] and path[-1]), "keep one of them", place.key
    if first is None:
        return None
    line = source.line_of(first.key[0])
    is_header = _HEADER.match(source.text, source.line_starts[line - 1])
    shown = name if is_header else source.text[slice(*first.key)]
    hint = Hint(f"{shown} stands in line {line} already; {advice}")
    text = f"broken TOML: {name} is there twice"
    return Diagnostic("C001", Severity.ERROR, text, source.span(start, end), (hint,))


def _path_of(header: str) -> Path:
    """The names in the header of a table."""
    path: list[str] = []
    here: Any = tomllib.loads(header)
    while here:
        here = here[0] if isinstance(here, list) else here
        if not isinstance(here, Mapping) or not here:
            break
        path.append(next(iter(here)))
        here = here[path[-1]]
    return tuple(path)


def _key_before(text: str) -> tuple[Path, Place]:
    """The key whose value ends the text; the outermost, for tables may stand in the value."""
    ends = [
        (path, place)
        for path, place in find_places(text).places.items()
        if place.value[1] >= len(text)
    ]
    nothing = ((), Place((0, 0), (0, 0)))
    return min(ends, key=lambda one: one[1].key[0], default=nothing)
