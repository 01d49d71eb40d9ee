"""Numbers in Roman figures."""

from __future__ import annotations

_STEPS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def to_roman(number: int) -> str:
    """A number in lower-case Roman figures, as front matter is paged."""
    text = ""
    for value, letters in _STEPS:
        count, number = divmod(number, value)
        text += letters * count
    return text
