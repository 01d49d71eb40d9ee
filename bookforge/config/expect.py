"""What a setting may be, in words: for error messages and the reference page."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a table as they stand in book.toml."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def inner_tables(field: FieldInfo) -> list[type[BaseModel]]:
    """The table that a key always holds, in a list; none for a key with a value."""
    table = field.default_factory
    return [table] if isinstance(table, type) and issubclass(table, BaseModel) else []


def models_in(annotation: object) -> list[type[BaseModel]]:
    """The tables a value may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in models_in(part)]


def describe(field: FieldInfo, item: bool = False) -> str:
    """What a setting may be: "true or false", "a number above 4 and at most 36" …"""
    annotation = field.annotation
    if item:
        annotation = next(
            (typing.get_args(part)[0] for part in _members(annotation) if _is_list(part)),
            annotation,
        )
    return _join([*dict.fromkeys(_describe(part) for part in _members(annotation))]) + _range(
        field.metadata
    )


def _members(annotation: object) -> list[object]:
    """The members of a union but None; any other type by itself."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [part for part in typing.get_args(annotation) if part is not type(None)]
    return [annotation]


def _is_list(annotation: object) -> bool:
    return typing.get_origin(annotation) is tuple


def _describe(annotation: object) -> str:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *extra = typing.get_args(annotation)
        extra = [part for found in extra for part in getattr(found, "metadata", [found])]
        return _join([_describe(part) for part in _members(inner)]) + _range(extra)
    if origin is Literal:
        return _join([f'"{word}"' for word in typing.get_args(annotation)])
    if _is_list(annotation):
        return f"a list of {_plural(_describe_item(annotation))}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"a table with the keys {', '.join(keys(annotation))}"
    if origin is dict:
        return "a table"
    simple = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
    return simple.get(annotation, "text") if isinstance(annotation, type) else "text"


def _describe_item(annotation: object) -> str:
    members = _members(typing.get_args(annotation)[0])
    return _join([_describe(part) for part in members])


def _plural(word: str) -> str:
    return "texts" if word == "text" else word.replace("a table", "tables")


def _range(metadata: Iterable[object]) -> str:
    """Limits in words."""
    words = (("gt", "above"), ("ge", "at least"), ("le", "at most"), ("lt", "below"))
    said = [
        f"{word} {bound:g}"
        for limit in metadata
        for name, word in words
        if (bound := getattr(limit, name, None)) is not None
    ]
    return f" ({' and '.join(said)})" if said else ""


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
