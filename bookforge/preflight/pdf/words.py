"""Findings in a writer's words: lengths, lists of pages, and whose rule it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bookforge.printers.shapes import INCH

# A list of more runs of pages than this is cut short.
_MOST_RUNS = 8


def inches(length: float) -> str:
    """Points as inches: "0.375 in"."""
    return f"{round(length / INCH, 3):g} in"


def on_pages(pages: Iterable[int]) -> str:
    """ "page 3" or "pages 3, 7-9"."""
    listed = sorted(set(pages))
    if not listed:
        return "no page"
    starts = [0, *(i for i, (a, b) in enumerate(pairwise(listed), 1) if b != a + 1)]
    runs = [
        (listed[start], listed[end - 1])
        for start, end in zip(starts, [*starts[1:], len(listed)], strict=True)
    ]
    shown = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs]
    more = f" … ({len(listed)} in all)" if len(shown) > _MOST_RUNS else ""
    return f"page{'s' if len(listed) > 1 else ''} {', '.join(shown[:_MOST_RUNS])}{more}"


def count(number: int, thing: str) -> str:
    """ "1 font", "2 fonts"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listing(words: Iterable[str], most: int = 5) -> str:
    """ "a, b, c", cut short after `most`."""
    every = list(dict.fromkeys(words))
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
