"""Applies edits to a string."""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.model.edits import Edit


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` with every edit made; they are ascending and do not overlap."""
    parts: list[str] = []
    done = 0
    for start, end, new, _ in edits:
        parts += text[done:start], new
        done = end
    parts.append(text[done:])
    return "".join(parts)
