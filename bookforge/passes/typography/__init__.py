"""Typographic clean-up: quotes, apostrophes, dashes, ellipses, ranges, primes, spaces.

In: a `Document` with the writer's marks. Out: the same document with a typesetter's, every change
counted (`Context.count`) and every doubtful or unbalanced mark reported. Letters and digits never
change (but for `symbols`), and `straighten` gives the same from both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.clean import clean
from bookforge.passes.typography.find import Findings, find_all, find_edits
from bookforge.passes.typography.settings import Settings
from bookforge.passes.typography.straighten import straighten

if TYPE_CHECKING:
    from bookforge.passes.typography.filter import Options, Typogrified, typogrify_text
    from bookforge.passes.typography.markdown import typogrify_markdown

__all__ = [
    "Findings",
    "Options",
    "Settings",
    "Typogrified",
    "apply_edits",
    "clean",
    "find_all",
    "find_edits",
    "straighten",
    "typogrify_markdown",
    "typogrify_text",
]
# A build has no use for these; each is loaded when it is asked for.
_LATER = {
    "Options": "filter",
    "Typogrified": "filter",
    "typogrify_markdown": "markdown",
    "typogrify_text": "filter",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _LATER:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
