"""Lines measured by the kernel as by the Python; the kernel can be switched off."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.lines import add_widths, list_shaped
from bookforge.typeset.units import tidy
from tests.kernel.twins import twins


@given(
    st.one_of(
        st.floats(-1e4, 1e4),
        st.floats(allow_nan=False),
        st.integers(-(10**7), 10**7).map(lambda half: half / 2000),
    )
)
def test_measures_are_rounded_alike(value: float) -> None:
    compiled, python = twins(tidy)
    assert repr(compiled(value)) == repr(python(value))


@given(st.lists(st.floats(0.0, 99.0), max_size=20))
def test_words_are_measured_alike(widths: list[float]) -> None:
    boxes: list[Any] = [SimpleNamespace(width=width, shaped=object()) for width in widths]
    for compiled, python in (twins(add_widths), twins(list_shaped)):
        assert compiled(boxes) == python(boxes)


def test_the_kernel_can_be_switched_off() -> None:
    asked = "from bookforge.kernel import pure; from bookforge.typeset.units import tidy"
    command = [sys.executable, "-c", f"{asked}; print(pure(tidy))"]
    off = {**os.environ, "BOOKFORGE_KERNEL": "off"}
    assert subprocess.run(command, capture_output=True, text=True, env=off).stdout == "None\n"
