"""One file a chapter: files that begin without a heading are sections all the same."""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.model.document import Finding, SectionKind
from bookforge.readers.blocks import Block
from bookforge.readers.draft import Draft
from bookforge.readers.headings.find import Headed
from bookforge.readers.headings.parse import FILE_FORM, Candidate
from bookforge.regex import regex

__all__ = ["head_files"]

_NUMBER = regex(r"\d{1,4}")
_NO_WORDS = regex(r"[\W\d_]+")
_FINDING = Finding(FILE_FORM, 0.9, "a file of its own")


def head_files(
    draft: Draft, found: Sequence[Headed], left_out: frozenset[int]
) -> tuple[Headed, ...]:
    """The headings, with one for each file that has none near its beginning.

    Its label is the number in the file's name when all such names are numbered in order.
    """
    starts = _find_starts(draft, left_out)
    if len(starts) < 2:
        return tuple(found)
    known = {one.index for one in found}
    bare = [index for index in starts if not known & set(range(index, index + 3))]
    numbers = [_number(draft.blocks[index]) for index in bare]
    sure = None not in numbers and numbers == sorted(set(numbers), key=lambda n: n or 0)
    level = min((one.level for one in found), default=1)
    fresh = [
        _head(draft, index, number if sure else None, level)
        for index, number in zip(bare, numbers, strict=True)
    ]
    return tuple(sorted((*found, *fresh), key=lambda one: one.index))


def _find_starts(draft: Draft, left_out: frozenset[int]) -> list[int]:
    """The first block of each file that goes into the book."""
    starts: list[int] = []
    source = -1
    for index in range(draft.first, draft.last):
        own = draft.blocks[index].sheet.file.id
        if own != source and index not in left_out:
            starts.append(index)
            source = own
    return starts


def _number(block: Block) -> int | None:
    numbers = _NUMBER.findall(block.sheet.file.path.stem)
    return int(numbers[0]) if len(numbers) == 1 else None


def _head(draft: Draft, index: int, number: int | None, level: int) -> Headed:
    block = draft.blocks[index]
    name = _NO_WORDS.sub(" ", block.sheet.file.path.stem).strip().casefold()
    kind = draft.lexicon.specials.get(name, SectionKind.CHAPTER)
    label = str(number) if number and kind is SectionKind.CHAPTER else ""
    at = block.start
    candidate = Candidate(index, block, kind, FILE_FORM, label, number, "", at, at, at)
    return Headed(candidate, level, None, _FINDING)
