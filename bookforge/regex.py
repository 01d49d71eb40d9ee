"""Regular expressions that are compiled when they are first used.

A build needs a third of those that the program has, and compiling the others would cost a book of
a few pages as much again as reading it.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

# What is used of a compiled expression; more may be added.
_USED = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "pattern")


class _Later:
    """Stands for a compiled expression; becomes one in all but name as soon as it is asked."""

    def __init__(self, text: Any, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Called once: from then on the methods stand in the object itself, and cost nothing more.
        if name not in _USED:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for used in _USED:
            setattr(self, used, getattr(compiled, used))
        return getattr(compiled, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression, to be compiled on first use; for those that stand in a module."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))
