"""The JSON Schema of book.toml, for editors that complete and check as one types.

It is made from the tables and shipped as `book.schema.json`; a test holds the two together.
"""

from __future__ import annotations

import json
import types
import typing
from importlib import resources
from typing import Any, Literal

from msgspec import Meta

from bookforge.config.expect import tables_in
from bookforge.config.model import Config
from bookforge.config.table import Setting, Table, keys

FILE = "book.schema.json"
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", types.NoneType: "null"}
_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def make_schema() -> dict[str, Any]:
    """The schema as the tables give it."""
    inner = {model.__name__: model for model in _all_tables(Config)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {name: _table(inner[name]) for name in sorted(inner)},
        **_table(Config),
        "title": "book.toml of bookforge",
    }


def dump_schema() -> str:
    """The schema as the text of the file."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n"


def shipped_schema() -> str:
    """The schema that came with this installation."""
    return (resources.files("bookforge.config") / FILE).read_text(encoding="utf-8")


def _all_tables(model: type[Table]) -> list[type[Table]]:
    """The tables inside a table, at any depth."""
    inner = [table for setting in keys(model).values() for table in tables_in(setting.kind)]
    return [*inner, *(table for one in inner for table in _all_tables(one))]


def _table(model: type[Table]) -> dict[str, Any]:
    needed = [key for key, setting in keys(model).items() if setting.needed]
    return {
        "additionalProperties": False,
        "description": model.__doc__,
        "properties": {key: _setting(key, setting) for key, setting in keys(model).items()},
        **({"required": needed} if needed else {}),
        "title": model.__name__,
        "type": "object",
    }


def _setting(key: str, setting: Setting) -> dict[str, Any]:
    schema = _kind(setting.kind)
    schema["description"] = setting.meaning
    if not setting.needed and not setting.table:
        default = setting.default
        schema["default"] = list(default) if isinstance(default, tuple) else default
    if setting.examples:
        schema["examples"] = list(setting.examples)
    # A table has the title that stands with it.
    if not setting.table and not (schema.get("anyOf") or [{}])[0].get("$ref"):
        schema["title"] = key.title()
    return {name: schema[name] for name in sorted(schema)}


def _kind(kind: Any) -> dict[str, Any]:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        limited = _kind(parts[0]) | _limits(parts[1:])
        return {name: limited[name] for name in sorted(limited)}
    if origin in (typing.Union, types.UnionType):
        members = [_kind(part) for part in parts]
        return {"anyOf": [one for member in members for one in member.get("anyOf", [member])]}
    if origin is Literal:
        words = {"const": parts[0]} if len(parts) == 1 else {"enum": list(parts)}
        return {**words, "type": "string"}
    if origin is tuple:
        return {"items": _kind(parts[0]), "type": "array"}
    if origin is dict:
        return {"additionalProperties": _kind(parts[1]) or True, "type": "object"}
    if isinstance(kind, type) and issubclass(kind, Table):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {"type": _TYPES[kind]} if kind in _TYPES else {}


def _limits(around: tuple[object, ...]) -> dict[str, Any]:
    return {
        word: bound
        for meta in around
        if isinstance(meta, Meta)
        for name, word in _LIMITS.items()
        if (bound := getattr(meta, name)) is not None
    }
