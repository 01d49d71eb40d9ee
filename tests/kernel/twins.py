"""A compiled function beside the Python that it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from bookforge.kernel import pure

_Function = TypeVar("_Function", bound=Callable[..., Any])


def twins(function: _Function) -> tuple[_Function, _Function]:
    """The compiled function and the Python; skips where the kernel was not built."""
    python = pure(function)
    if python is None:
        pytest.skip("the kernel was not built, or is off")
    return function, python
