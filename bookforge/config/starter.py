"""The commented book.toml that `init` writes, made from the tables.

In: what is known of the book. Out: TOML text in which every other setting stands behind a # with
its default and its meaning.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bookforge.config.model import NOT_YET, Config
from bookforge.config.table import Setting, Table, keys

_HEAD = """\
# What bookforge knows about this book.
#
# Each setting stands here with its default and its meaning. Take the # away to change one, and
# that before the [table] it stands in. To build: bookforge build"""
# Where the meaning of a setting begins.
_COLUMN = 36


def make_starter(known: Mapping[str, Mapping[str, Any]]) -> str:
    """A book.toml with the known settings set ({"book": {"title": …}}), the others as comments.

    A table without a known setting is a comment, too: TOML would take no second one of its name,
    and what a writer copies from the documentation goes to the end of the file.
    """
    lines = [_HEAD]
    for name, model in tables():
        values = known.get(name, {})
        lines.append(f"\n# {model.__doc__}\n{'' if values else '# '}[{name}]")
        lines += [_setting(key, field, values) for key, field in settings(name, model)]
    return "\n".join(lines) + "\n"


def tables() -> Iterator[tuple[str, type[Table]]]:
    """The tables of book.toml that do something already, outer ones by name: "output.print" …"""
    for name, field in keys(Config).items():
        if (model := field.table) is None:
            continue
        inner = [(f"{name}.{key}", f.table) for key, f in keys(model).items() if f.table]
        # [book] has isbn and series inside; [output] is nothing but its tables.
        found = inner if len(inner) == len(keys(model)) else [(name, model)]
        yield from (table for table in found if table[0] not in NOT_YET)


def settings(table: str, model: type[Table]) -> Iterator[tuple[str, Setting]]:
    """The keys of a table that do something already."""
    return ((key, field) for key, field in keys(model).items() if f"{table}.{key}" not in NOT_YET)


def example(field: Setting) -> str:
    """The default as TOML, or an example where nothing is the default."""
    if field.examples:
        return field.examples[0]
    if field.needed or field.table or field.default in (None, ()):
        return _sample(field.kind)
    return _toml(field.default)


def _setting(key: str, field: Setting, values: Mapping[str, Any]) -> str:
    # What is not known yet ("") stands behind a # as well: an empty title would be refused.
    known = values.get(key, "") != ""
    setting = f"{key} = {_toml(values[key])}" if known else f"# {key} = {example(field)}"
    gap = " " * max(1, _COLUMN - len(setting))
    return f"{setting}{gap}# {field.meaning}"


def _toml(value: object) -> str:
    """A value as TOML; JSON writes the same for all but tuples and tables."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def _sample(kind: Any) -> str:
    """A stand-in for a setting without a default."""
    if typing.get_origin(kind) is typing.Annotated:
        return _sample(typing.get_args(kind)[0])
    members = [part for part in typing.get_args(kind) if part is not type(None)]
    if typing.get_origin(kind) is Literal:
        return _toml(members[0])
    if typing.get_origin(kind) is tuple:
        return f"[{_sample(members[0])}]"
    if isinstance(kind, type) and issubclass(kind, Table):
        pairs = (f"{key} = {example(field)}" for key, field in keys(kind).items())
        return f"{{ {', '.join(pairs)} }}"
    if members:
        return _sample(members[0])
    return {int: "1", float: "1.0", bool: "true"}.get(kind, '"…"')
