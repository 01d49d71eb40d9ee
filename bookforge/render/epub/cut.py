"""Sections too long for one file, cut where a reader expects a pause.

In: a section. Out: its pieces. Reading systems lay out a whole file before they show its first
page, and Adobe's older ones refuse more than 300 kB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bookforge.model.blocks import Block, SceneBreak
from bookforge.model.document import Section
from bookforge.model.walk import stream

# Characters in a file, and the least from which on a scene break is taken.
_MOST, _LEAST = 240_000, 120_000
# A section with fewer blocks is taken to be short without counting.
_FEW_BLOCKS = 150


class Piece(NamedTuple):
    """Some blocks of a section: which piece it is (from 1), and its first character's offset."""

    blocks: tuple[Block, ...]
    number: int = 1
    start: int = 0

    @property
    def continues(self) -> bool:
        """Whether the section began in an earlier file."""
        return self.number > 1


def cut_section(section: Section) -> Iterator[Piece]:
    """The pieces of a section; nearly always one."""
    blocks = section.blocks
    lengths = _measure(blocks) if len(blocks) > _FEW_BLOCKS else []
    begun = start = 0
    for number, end in enumerate([*_choose_cuts(blocks, lengths), len(blocks)], 1):
        yield Piece(blocks[begun:end], number, start)
        start += sum(lengths[begun:end])
        begun = end


def _measure(blocks: tuple[Block, ...]) -> list[int]:
    return [sum(len(node.text) for node in stream((block,))) for block in blocks]


def _choose_cuts(blocks: tuple[Block, ...], lengths: list[int]) -> Iterator[int]:
    """Before a scene break when one comes in time, else where the file is full."""
    size = 0
    for index, length in enumerate(lengths):
        pause = isinstance(blocks[index], SceneBreak)
        if size and (size + length > _MOST or (pause and size >= _LEAST)):
            yield index
            size = 0
        size += length
