"""Headings with their text right below, no blank line between: parted before all else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from bookforge.readers.blocks import Block
from bookforge.readers.headings.parse import parse_block
from bookforge.readers.lexicon import Lexicon
from bookforge.readers.marks import is_row, is_rule

__all__ = ["part_glued"]

# The text below is a paragraph, not the heading's title, from this many characters.
_LEAST_TEXT = 90
_ENDS = tuple(".!?…\"”’'»:;,—-")
_MOST_FRAMED = 5
_RULES = "-=~_*^"
_STOPS = tuple('.!?…"”’»')


def part_glued(blocks: Sequence[Block], lexicon: Lexicon) -> list[Block]:
    """The blocks with labels alone on their first line made blocks of their own."""
    blocks = _part_frames(blocks, lexicon)
    parted: list[Block] = []
    least = 1 if _all_glued(blocks, lexicon) else _LEAST_TEXT
    for block in blocks:
        if block.size > 1 and _is_glued(block, lexicon, least):
            parted.extend(_cut(block))
        else:
            parted.append(block)
    return parted


def _part_frames(blocks: Sequence[Block], lexicon: Lexicon) -> list[Block]:
    """Labels between rules or rows, and above one another, made blocks of their own."""
    parted: list[Block] = []
    for block in blocks:
        above = parted[-1] if parted else None
        if above is not None and above.last == block.first and above.sheet is block.sheet:
            block = _below_row(above, block, lexicon)
        if 2 <= block.size <= _MOST_FRAMED:
            parted.extend(_part_framed(block, lexicon))
        else:
            parted.append(block)
    return parted


def _part_framed(block: Block, lexicon: Lexicon) -> list[Block]:
    """A label between rules, or right above another label ("PART ONE", "CHAPTER I")."""
    if block.size > 2 and block.sheet.file.text[block.start] not in _RULES:
        return [block]
    lines = block.lines
    if is_rule(lines[0]) and not is_rule(lines[1]) and lexicon.may_begin(lines[1]):
        rule, rest = _cut(block)
        return [rule, *_part_framed(rest, lexicon)] if rest.size > 1 else [rule, rest]
    if block.size == 2 and all(_is_label(line, lexicon) for line in lines):
        return list(_cut(block))
    return [block]


def _below_row(above: Block, block: Block, lexicon: Lexicon) -> Block:
    """A label right under a row of marks stands as far apart as the row does."""
    if is_row(above.text) and lexicon.may_begin(block.lines[0]):
        return replace(block, gap=above.gap)
    return block


def _is_label(line: str, lexicon: Lexicon) -> bool:
    """Keyword and number and nothing else on the line."""
    bare = line.strip(" \t*_#=")
    label = lexicon.label_at(bare, 0, len(bare)) if lexicon.may_begin(bare) else None
    return label is not None and not bare[label.end :].strip(" .:*_")


def _all_glued(blocks: Sequence[Block], lexicon: Lexicon) -> bool:
    """Every label has a sentence right below, and most nothing more: these are no titles."""
    places, numbers = [], []
    for place, block in enumerate(blocks):
        if not lexicon.may_begin(block.lines[0]) or len(block.lines[0]) > _LEAST_TEXT:
            continue
        line = block.lines[0].strip()
        label = lexicon.label_at(line, 0, len(line))
        if label is None or line[label.end :].strip(" .:*_#"):
            continue
        if block.size == 1 or block.text[-1] not in _STOPS:
            return False
        places.append(place)
        numbers.append(label.number.value)
    close = sum(later == place + 1 for place, later in pairwise(places))
    in_order = len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))
    return in_order and close * 2 >= len(numbers) - 1


def _is_glued(block: Block, lexicon: Lexicon, least: int) -> bool:
    """A label, nothing else, on a line; a paragraph in the lines below."""
    first = block.lines[0]
    if len(first) > 60 or not lexicon.may_begin(first):
        return False
    below = block.text[len(first.strip()) :].strip()
    if len(below) < least or below[-1] not in _ENDS or below.isupper():
        return False
    candidate = parse_block(_cut(block)[0], 0, lexicon)
    if candidate is None or (candidate.is_special and len(candidate.text) > 40):
        return False
    return not candidate.title or candidate.is_special or _is_title(candidate.title, block)


def _is_title(title: str, block: Block) -> bool:
    """Label and title on a line that ends long before the margin."""
    width = block.sheet.layout.width
    return bool(title) and title[-1] not in _ENDS and len(block.lines[0]) < 0.7 * width


def _cut(block: Block) -> tuple[Block, Block]:
    sheet = block.sheet
    line = sheet.lines[block.first]
    start = sheet.starts[block.first]
    head = replace(block, last=block.first + 1, end=start + len(line.rstrip()))
    below = sheet.lines[block.first + 1]
    begin = sheet.starts[block.first + 1] + len(below) - len(below.lstrip())
    text = replace(block, first=block.first + 1, gap=0, start=begin)
    return head, text
