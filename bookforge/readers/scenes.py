"""Scene breaks: rows of marks, or gaps clearly wider than those between paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bookforge.readers.draft import Draft
from bookforge.readers.stops import STOPS

__all__ = ["Scenes", "find_scenes"]


class Scenes(Struct, frozen=True):
    """Blocks that are marks of a break, and blocks with a break in the gap before them.

    `left` are blocks after wide gaps that are too few to be a habit.
    """

    marks: frozenset[int]
    gaps: frozenset[int]
    left: frozenset[int] = frozenset()


def find_scenes(
    draft: Draft, headed: set[int], starts: set[int], own: Sequence[str] | None = None
) -> Scenes:
    """Find the breaks between blocks that are no headings.

    `headed` are the blocks of headings, `starts` those right below them. `own` are the writer's
    marks ("***", "blank:2"), which then are the only ones.
    """
    indexes = [index for index in range(draft.first, draft.last) if index not in headed]
    if own is not None:
        return _own_scenes(draft, indexes, starts, own)
    marks = {index for index in indexes if draft.is_mark(index) and not _in_verse(draft, index)}
    if len(marks) == 1 and _is_single_letter(draft, marks):
        marks = set()
    gaps = _find_gaps(draft, indexes, headed, starts) if len(marks) < 3 else set()
    if len(gaps) < 2 + 2 * len(marks):
        return Scenes(frozenset(marks), frozenset(), frozenset(gaps))
    return Scenes(frozenset(marks), frozenset(gaps))


def _is_single_letter(draft: Draft, marks: set[int]) -> bool:
    """One lone "." or "-" in a whole book is a slip, not a system."""
    return all(
        len(draft.blocks[index].text.strip()) == 1 and draft.blocks[index].text in "+=."
        for index in marks
    )


def _own_scenes(
    draft: Draft, indexes: Sequence[int], starts: set[int], own: Sequence[str]
) -> Scenes:
    marks = {_bare(mark) for mark in own if not mark.startswith("blank:")}
    blank = [int(mark[6:]) for mark in own if mark.startswith("blank:") and mark[6:].isdigit()]
    found = {
        index
        for index in indexes
        if draft.blocks[index].size == 1 and _bare(draft.blocks[index].text) in marks
    }
    gaps = {
        index
        for index in indexes
        if blank
        and min(blank) <= draft.blocks[index].gap
        and draft.extra(index) < 9
        and index not in starts
    }
    return Scenes(frozenset(found), frozenset(gaps - found))


def _bare(mark: str) -> str:
    return "".join(mark.split())


def _in_verse(draft: Draft, index: int) -> bool:
    """Between two stanzas a row of marks stands for lines left out."""
    if not draft.first < index < draft.last - 1:
        return False
    return all(_is_set_off(draft, near) for near in (index - 1, index + 1))


def _is_set_off(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    return block.size > 1 and block.indent >= 2 and not block.sheet.layout.indented


def _find_gaps(
    draft: Draft, indexes: Sequence[int], headed: set[int], starts: set[int]
) -> set[int]:
    """Wide gaps between running text, and few of them: a pause is an exception."""
    wide = [
        index
        for index in indexes
        if draft.extra(index) >= 1
        and draft.first < index
        and index not in starts
        and index - 1 not in headed
        and draft.blocks[index].sheet is draft.blocks[index - 1].sheet
        and _is_pause(draft, index)
    ]
    if len(wide) > max(1, 0.2 * len(indexes)):
        return set()
    return set(wide)


def _is_pause(draft: Draft, index: int) -> bool:
    """Running text on both sides; not beside a letter, verse, list or inset."""
    before, block = draft.blocks[index - 1], draft.blocks[index]
    if draft.is_mark(index) or draft.is_mark(index - 1):
        return False
    if block.indent and not block.sheet.layout.indented:
        return False
    if before.indent and not before.sheet.layout.indented:
        return False
    if _is_ragged(before) or _is_ragged(block):
        return False
    end = before.text.rstrip(" _*)]）")[-1:]
    calm = (end in STOPS or end in "\"”’'»」』—-") and not before.text.isupper()
    start = block.text.lstrip(" _*")[:1]
    return calm and not block.text.isupper() and not start.islower() and start not in "[("


def _is_ragged(block: object) -> bool:
    from bookforge.readers.prose import is_ragged

    return is_ragged(block)  # type: ignore[arg-type]
