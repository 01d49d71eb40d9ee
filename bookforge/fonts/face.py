"""The name of a face that can be measured, drawn and embedded."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class FaceKey(Struct, frozen=True, gc=False):
    """A font file, its number in a collection, and the pinned axes of a variable font.

    Equal keys are the same embedded font.
    """

    path: str
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()


class Family(NamedTuple):
    """The four faces of a family; where one is missing, the nearest stands in for it."""

    name: str
    regular: FaceKey
    italic: FaceKey
    bold: FaceKey
    bold_italic: FaceKey
