"""Compiled twins of the functions that most of a build's time is spent in.

Such a function is written twice: in Python where it belongs, and in Cython in this folder, step for
step, where it takes a tenth of the time. The Python is what counts: both give the same results to
the last bit, and wherever the package was installed without a C compiler it does the work alone.
`BOOKFORGE_KERNEL=off` sends everybody there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., Any])

# The functions whose place was taken, by their twins.
_pure: dict[Callable[..., Any], Callable[..., Any]] = {}

# The rooms that were looked for, None where one was not built.
_rooms: dict[str, ModuleType | None] = {}


def compiled(room: str) -> Callable[[_Function], _Function]:
    """Put a function's compiled twin in its place, the one of the same name in a room (a module
    beside this one), if it was built."""

    def choose(function: _Function) -> _Function:
        twin = getattr(_enter(room), function.__name__, None)
        if twin is None:
            return function
        _pure[twin] = function
        return cast(_Function, twin)

    return choose


def pure(function: _Function) -> _Function | None:
    """The Python that a compiled function stands for; None if the function is not compiled."""
    return cast("_Function | None", _pure.get(function))


def _enter(room: str) -> ModuleType | None:
    if room not in _rooms:
        try:
            _rooms[room] = None if _is_off() else import_module(f"bookforge.kernel.{room}")
        except ImportError:
            _rooms[room] = None
    return _rooms[room]


def _is_off() -> bool:
    return os.environ.get("BOOKFORGE_KERNEL") == "off"
