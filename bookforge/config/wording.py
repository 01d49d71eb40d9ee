"""What is wrong with a setting, in the writer's words.

In: the path of a setting and the data it stands in. Out: a `Fault` with the nearest known key or
value.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bookforge.config.expect import describe, tables_in
from bookforge.config.faults import Fault
from bookforge.config.fields import nearest
from bookforge.config.model import Config
from bookforge.config.table import Setting, Table, keys
from bookforge.config.where import Path


def missing_key(path: Path) -> Fault:
    """A key is not there that its table needs."""
    table = ".".join(str(step) for step in path[:-1] if isinstance(step, str))
    example = f'add {path[-1]} = "…"'
    return Fault("C003", path[:-1], f"{table} needs the key {path[-1]}", example)


def unknown_key(path: Path) -> Fault:
    """A key that its table does not know."""
    key = str(path[-1])
    table = _name_table(path[:-1])
    where = f"in {table}" if table else "at the top of book.toml"
    return Fault("C002", path, f"there is no key {key} {where}", _key_hint(path), on_key=True)


def _key_hint(path: Path) -> str:
    """The nearest key of this table, else the table this key belongs to."""
    key = str(path[-1]).replace("_", "-")
    model = _model_at(path[:-1])
    known = tuple(name for name in keys(model) if name[0].isalpha()) if model else ()
    if close := nearest(key, known):
        return f"nearest key: {close}"
    homes = {name: table for table, name in reversed([*_all_keys(Config)])}
    if close := nearest(key, tuple(homes)):
        return f"{close} belongs in [{homes[close]}]"
    return f"keys here: {', '.join(known)}" if known else ""


def _all_keys(model: type[Table], table: str = "") -> Iterator[tuple[str, str]]:
    """Every key as (table, key), outer tables first."""
    for key, setting in keys(model).items():
        if table:
            yield table, key
        inner = tables_in(setting.kind)
        if inner:
            yield from _all_keys(inner[0], f"{table}.{key}" if table else key)


def _setting_at(path: Path) -> Setting | None:
    """The declaration of the setting at a path; that of the list for an item of it."""
    model: type[Table] | None = Config
    setting: Setting | None = None
    for step in path:
        if isinstance(step, int):
            continue
        if model is None or step not in keys(model):
            return None
        setting = keys(model)[step]
        model = next(iter(tables_in(setting.kind)), None)
    return setting


def _model_at(path: Path) -> type[Table] | None:
    if not path:
        return Config
    setting = _setting_at(path)
    return next(iter(tables_in(setting.kind)), None) if setting else None


def wrong_value(path: Path, data: Mapping[str, Any]) -> Fault:
    """A value of the wrong type, or none of those allowed."""
    value = _value_at(path, data)
    name = ".".join(str(step) for step in path if isinstance(step, str))
    setting = _setting_at(path)
    expected = describe(setting, item=isinstance(path[-1], int)) if setting else "something else"
    close = _nearest_choice(value, setting)
    hint = f'nearest: "{close}"' if close else _value_hint(path, value, expected)
    code = "C004" if _right_type(value, setting) else "C003"
    return Fault(code, path, f"{name} must be {expected}, not {_show(value)}", hint)


def _nearest_choice(value: object, setting: Setting | None) -> str:
    choices = _choices(setting.kind) if setting else ()
    return nearest(value, choices) if isinstance(value, str) else ""


def _value_hint(path: Path, value: object, expected: str) -> str:
    if isinstance(value, str) and expected.startswith("a list"):
        return f'write {path[-1]} = ["{value}"]'
    if path == ("book", "author") and isinstance(value, list):
        return "several authors: authors = […]"
    if isinstance(value, str) and value.lower() in ("yes", "no", "on", "off", "true", "false"):
        truth = "true" if value.lower() in ("yes", "on", "true") else "false"
        return f"write {truth}, without quotes" if "true or false" in expected else ""
    if isinstance(value, int | float) and "text" in expected:
        return f'put it in quotes: "{value}"'
    if isinstance(value, str) and "a table with the keys" in expected:
        first = expected.partition("keys ")[2].split(", ")[0]
        return f'write {path[-1]} = {{ {first} = "{value}" }}'
    if isinstance(value, str) and "number" in expected:
        return "a number stands without quotes and without a unit"
    return ""


def _value_at(path: Path, data: Mapping[str, Any]) -> object:
    here: Any = data
    for step in path:
        here = here[step]
    return here


def _right_type(value: object, setting: Setting | None) -> bool:
    """Whether only the value is wrong: a word that is no choice, a number out of its range."""
    if setting is None:
        return False
    if isinstance(value, str):
        return bool(_choices(setting.kind))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and bool(_parts(setting.kind) & {int, float})


def _parts(annotation: object) -> set[object]:
    """The plain types in a union."""
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) in (tuple, Literal):
        return {annotation}
    return set().union(*(_parts(part) for part in arguments))


def _choices(annotation: object) -> tuple[str, ...]:
    """The words allowed, when only certain words are."""
    if typing.get_origin(annotation) is Literal:
        return tuple(str(word) for word in typing.get_args(annotation))
    return tuple(word for part in typing.get_args(annotation) for word in _choices(part))


def _name_table(path: Path) -> str:
    name = ".".join(str(step) for step in path if isinstance(step, str))
    return f"[{name}]" if name else ""


def _show(value: object) -> str:
    """A wrong value as the writer wrote it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a table"
    return str(value)
