"""What pydantic finds wrong, as diagnostics in the writer's words.

In: pydantic's error records and the data they are about. Out: `Fault`s, which know the path of
the key but not yet its place in a file. None of pydantic's own wording gets through.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bookforge.config.expect import describe, keys, models_in
from bookforge.config.fields import nearest
from bookforge.config.model import Config
from bookforge.config.where import Path
from bookforge.diagnostics import Severity


class Fault(NamedTuple):
    """One wrong setting; `on_key` says that the key is wrong, not its value."""

    code: str
    path: Path
    message: str
    hint: str = ""
    on_key: bool = False
    severity: Severity = Severity.ERROR


def find_faults(errors: Iterable[ErrorDetails], data: Mapping[str, Any]) -> list[Fault]:
    """One fault for each wrong setting, however many ways pydantic tried to read it."""
    faults: dict[Path, Fault] = {}
    for error in errors:
        path = _path_in(data, error)
        found = _translate(error, path, data)
        old = faults.get(path)
        if old is None or (_is_ours(found) and not _is_ours(old)):
            faults[path] = found
    return [fault for path, fault in faults.items() if not _says_more(path, faults)]


def _says_more(path: Path, faults: Iterable[Path]) -> bool:
    """Whether a fault inside this table or list tells better what is wrong with it."""
    return any(len(other) > len(path) and other[: len(path)] == path for other in faults)


def _is_ours(fault: Fault) -> bool:
    """A fault found by one of our validators says more than "wrong type"."""
    return fault.code not in ("C003", "C002")


def _path_in(data: Mapping[str, Any], error: ErrorDetails) -> Path:
    """pydantic's location without the names of union members it adds."""
    path: list[str | int] = []
    here: Any = data
    for step in error["loc"]:
        if _holds(here, step):
            here = here[step]
            path.append(step)
        elif error["type"] == "missing" and step == error["loc"][-1]:
            path.append(step)
    return tuple(path)


def _holds(container: object, step: str | int) -> bool:
    if isinstance(container, list):
        return isinstance(step, int) and step < len(container)
    return isinstance(container, Mapping) and step in container


def _translate(error: ErrorDetails, path: Path, data: Mapping[str, Any]) -> Fault:
    kind = error["type"]
    if kind.startswith("C") and kind[1:].isdigit():
        context = error.get("ctx", {})
        return Fault(kind, path, context["message"], context["hint"])
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "missing":
        table = ".".join(str(step) for step in path[:-1] if isinstance(step, str))
        example = f'add {path[-1]} = "…"'
        return Fault("C003", path[:-1], f"{table} needs the key {path[-1]}", example)
    return _wrong_value(path, data)


def _unknown_key(path: Path) -> Fault:
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


def _all_keys(model: type[BaseModel], table: str = "") -> Iterator[tuple[str, str]]:
    """Every key as (table, key), outer tables first."""
    for key, field in keys(model).items():
        if table:
            yield table, key
        inner = models_in(field.annotation)
        if inner:
            yield from _all_keys(inner[0], f"{table}.{key}" if table else key)


def _field_at(path: Path) -> FieldInfo | None:
    """The declaration of the setting at a path; that of the list for an item of it."""
    model: type[BaseModel] | None = Config
    field: FieldInfo | None = None
    for step in path:
        if isinstance(step, int):
            continue
        if model is None or step not in keys(model):
            return None
        field = keys(model)[step]
        model = next(iter(models_in(field.annotation)), None)
    return field


def _model_at(path: Path) -> type[BaseModel] | None:
    if not path:
        return Config
    field = _field_at(path)
    return next(iter(models_in(field.annotation)), None) if field else None


def _wrong_value(path: Path, data: Mapping[str, Any]) -> Fault:
    value = _value_at(path, data)
    name = ".".join(str(step) for step in path if isinstance(step, str))
    field = _field_at(path)
    expected = describe(field, item=isinstance(path[-1], int)) if field else "something else"
    close = _nearest_choice(value, field)
    hint = f'nearest: "{close}"' if close else _value_hint(path, value, expected)
    code = "C004" if _right_type(value, field) else "C003"
    return Fault(code, path, f"{name} must be {expected}, not {_show(value)}", hint)


def _nearest_choice(value: object, field: FieldInfo | None) -> str:
    choices = _choices(field.annotation) if field else ()
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
    if isinstance(value, str) and "number" in expected:
        return "a number stands without quotes and without a unit"
    return ""


def _value_at(path: Path, data: Mapping[str, Any]) -> object:
    here: Any = data
    for step in path:
        here = here[step]
    return here


def _right_type(value: object, field: FieldInfo | None) -> bool:
    """Whether only the value is wrong: a word that is no choice, a number out of its range."""
    if field is None:
        return False
    if isinstance(value, str):
        return bool(_choices(field.annotation))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and bool(_parts(field.annotation) & {int, float})


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
