"""What every table of book.toml has in common, and how its settings are declared.

A setting is one line: `name: Annotated[type, says("its meaning")] = default`. Limits of numbers are
`msgspec.Meta`, checks that need more than a type are `Rule`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import Meta, Struct


class Refusal(ValueError):
    """A value or a table that is wrong: the code of the diagnostic, the message, a hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Rule(Struct, frozen=True):
    """What a value goes through: `check` when it has the right type, `prepare` before that.

    A check gives the value as bookforge uses it, or raises `Refusal`.
    """

    check: Callable[[Any], Any]
    prepare: Callable[[object], object] | None = None


class Table(Struct, frozen=True, kw_only=True, rename="kebab"):
    """A table of book.toml: kebab-case keys, never changed."""


class Setting(Struct, frozen=True):
    """The declaration of a key: what it may be, what it means, examples of it in TOML.

    `name` is that of the attribute; `default` is `msgspec.NODEFAULT` when the key is needed.
    """

    name: str
    kind: Any
    meaning: str
    examples: tuple[str, ...]
    default: Any

    @property
    def needed(self) -> bool:
        return self.default is msgspec.NODEFAULT

    @property
    def table(self) -> type[Table] | None:
        """The table that a key always holds; None for a key with a value."""
        return type(self.default) if isinstance(self.default, Table) else None


def says(meaning: str, *examples: str) -> Meta:
    """What a setting means, with examples as they would stand in book.toml."""
    return Meta(description=meaning, examples=list(examples))


@lru_cache(maxsize=64)
def keys(model: type[Table]) -> Mapping[str, Setting]:
    """The settings of a table by their keys in book.toml."""
    found = {}
    for field in msgspec.structs.fields(model):
        if get_origin(field.type) is not Annotated:
            continue
        kind, *extra = get_args(field.type)
        about = extra.pop()
        for part in extra:
            kind = Annotated[kind, part]
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        found[field.encode_name] = Setting(
            field.name, kind, about.description, tuple(about.examples), default
        )
    return found
