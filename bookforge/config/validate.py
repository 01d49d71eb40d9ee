"""Data to tables: every wrong setting is found, not only the first.

In: data as `tomllib` gives it, or part of it. Out: a `Table`, or `Fault`s with the paths of keys.
msgspec says whether a value has the right type; tables and lists are gone through here, because
it stops at the first fault.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, TypeVar

import msgspec

from bookforge.config.faults import Fault
from bookforge.config.model import Book, Config
from bookforge.config.table import Refusal, Rule, Setting, Table, keys
from bookforge.config.where import Path

AnyTable = TypeVar("AnyTable", bound=Table)
# Keys of [book] that are left out rather than set to nothing.
_NEVER_BLANK = ("title", "language")


def read_settings(data: Mapping[str, Any]) -> tuple[Config | None, list[Fault]]:
    """A whole book.toml: the settings, or all that is wrong with them."""
    reader = _Reader(data)
    config = reader.read(Config, data, (), True)
    if config is None:
        return None, reader.faults
    return msgspec.structs.replace(config, given=frozenset(reader.given)), []


def read_table(model: type[AnyTable], data: Mapping[str, Any]) -> AnyTable:
    """One table of settings that are known to be right; raises `ValueError` if they are not."""
    reader = _Reader(data)
    table = reader.read(model, data, (), False)
    if table is None:
        raise ValueError(reader.faults[0].message)
    return table


class _Reader:
    """Takes what is right from the data, and notes what is wrong."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.faults: list[Fault] = []
        self.given: list[str] = []

    def read(
        self, model: type[AnyTable], table: Mapping[str, Any], path: Path, fixed: bool
    ) -> AnyTable | None:
        """A table; `fixed` says that it is one of those which always exist.

        `author = ""` in one of them says that there is none yet; a blank title or language is a
        mistake.
        """
        declared = keys(model)
        before = len(self.faults)
        values = {}
        for key, setting in declared.items():
            here = (*path, key)
            if key not in table:
                if setting.needed:
                    self._miss(here)
            elif not (fixed and _is_blank(model, setting, table[key])):
                values[setting.name] = self._setting(setting, table[key], here, fixed)
        for key in table:
            if key not in declared:
                self._know_not((*path, key))
        if len(self.faults) > before:
            return None
        try:
            return model(**values)
        except Refusal as refusal:
            self._refuse(refusal, path)
            return None

    def _setting(self, setting: Setting, value: object, path: Path, fixed: bool) -> object:
        if setting.table is None:
            if fixed:
                self.given.append(".".join(map(str, path)))
            return self._value(setting.kind, value, path)
        if isinstance(value, Mapping):
            return self.read(setting.table, value, path, fixed)
        self._wrong(path)
        return None

    def _value(self, kind: Any, value: object, path: Path) -> object:
        """A value of a kind; anything at all when it is wrong, for then there is no table."""
        if kind is Any:
            return value
        members = list(_members(kind))
        for member in members:
            origin, inner = typing.get_origin(member), typing.get_args(member)
            if isinstance(value, Mapping):
                if isinstance(member, type) and issubclass(member, Table):
                    return self.read(member, value, path, False)
                if origin is dict:
                    return {k: self._value(inner[1], v, (*path, k)) for k, v in value.items()}
            elif isinstance(value, list | tuple) and origin is tuple:
                items = enumerate(value)
                return tuple(self._value(inner[0], item, (*path, n)) for n, item in items)
        rules = [member for member in members if isinstance(member, Rule)]
        return self._plain(kind, value, rules, path)

    def _plain(self, kind: Any, value: object, rules: list[Rule], path: Path) -> object:
        """A value that is neither table nor list."""
        if isinstance(value, date | time):
            # `date = 2024-05-31` is a date in TOML; the tables want its text.
            value = value.isoformat()
        for rule in rules:
            value = rule.prepare(value) if rule.prepare else value
        try:
            value = msgspec.convert(value, kind)
            if isinstance(value, float) and not math.isfinite(value):
                self._wrong(path)
                return None
            for rule in rules:
                value = rule.check(value)
        except Refusal as refusal:
            self._refuse(refusal, path)
        except msgspec.ValidationError:
            self._wrong(path)
        return value

    def _refuse(self, refusal: Refusal, path: Path) -> None:
        self.faults.append(Fault(refusal.code, path, refusal.message, refusal.hint))

    # The words for what is wrong are loaded only when something is.

    def _wrong(self, path: Path) -> None:
        from bookforge.config.wording import wrong_value

        self.faults.append(wrong_value(path, self.data))

    def _miss(self, path: Path) -> None:
        from bookforge.config.wording import missing_key

        self.faults.append(missing_key(path))

    def _know_not(self, path: Path) -> None:
        from bookforge.config.wording import unknown_key

        self.faults.append(unknown_key(path))


def _members(kind: Any) -> Iterator[Any]:
    """The members of a union, with the rules that go with them."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        yield from _members(parts[0])
        yield from parts[1:]
    elif origin in (typing.Union, types.UnionType):
        for part in parts:
            yield from _members(part)
    else:
        yield kind


def _is_blank(model: type[Table], setting: Setting, given: object) -> bool:
    blank = isinstance(given, str) and not given.strip() and setting.default is None
    return blank and not (model is Book and setting.name in _NEVER_BLANK)
