"""What a setting may be, in words: for error messages and the reference page."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Literal

from bookforge.config.table import Setting, Table, keys


def tables_in(kind: object) -> list[type[Table]]:
    """The tables a value may be."""
    if isinstance(kind, type) and issubclass(kind, Table):
        return [kind]
    return [table for part in typing.get_args(kind) for table in tables_in(part)]


def describe(setting: Setting, item: bool = False) -> str:
    """What a setting may be: "true or false", "a number above 4 and at most 36" …"""
    kind, limits = _unwrap(setting.kind)
    if item:
        lists = (typing.get_args(part)[0] for part in _members(kind) if _is_list(part))
        kind = next(lists, kind)
    return _join([*dict.fromkeys(_describe(part) for part in _members(kind))]) + _range(limits)


def _unwrap(kind: object) -> tuple[object, list[object]]:
    """A kind of value, and the limits and rules around it."""
    if typing.get_origin(kind) is not typing.Annotated:
        return kind, []
    inner, *around = typing.get_args(kind)
    return inner, around


def _members(kind: object) -> list[object]:
    """The members of a union but None; any other type by itself."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [part for part in typing.get_args(kind) if part is not type(None)]
    return [kind]


def _is_list(kind: object) -> bool:
    return typing.get_origin(kind) is tuple


def _describe(kind: object) -> str:
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        inner, extra = _unwrap(kind)
        return _join([_describe(part) for part in _members(inner)]) + _range(extra)
    if origin is Literal:
        return _join([f'"{word}"' for word in typing.get_args(kind)])
    if _is_list(kind):
        return f"a list of {_plural(_describe_item(kind))}"
    if isinstance(kind, type) and issubclass(kind, Table):
        return f"a table with the keys {', '.join(keys(kind))}"
    if origin is dict:
        return "a table"
    simple = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
    return simple.get(kind, "text") if isinstance(kind, type) else "text"


def _describe_item(kind: object) -> str:
    members = _members(typing.get_args(kind)[0])
    return _join([_describe(part) for part in members])


def _plural(word: str) -> str:
    return "texts" if word == "text" else word.replace("a table", "tables")


def _range(around: Iterable[object]) -> str:
    """Limits in words."""
    words = (("gt", "above"), ("ge", "at least"), ("le", "at most"), ("lt", "below"))
    said = [
        f"{word} {bound:g}"
        for limit in around
        for name, word in words
        if (bound := getattr(limit, name, None)) is not None
    ]
    return f" ({' and '.join(said)})" if said else ""


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
