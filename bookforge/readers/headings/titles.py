"""The title under a label: the next block, when the family has that habit."""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.readers.blocks import Block
from bookforge.readers.draft import Draft, is_capitals
from bookforge.readers.exports import is_note
from bookforge.readers.headings.contents import Contents
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate
from bookforge.regex import regex

__all__ = ["find_titles_below", "find_titles_below_names"]

_MAX_TITLE = 200
_LEAST_STOPPED = 4
_SENTENCE_END = regex(r"[.!?…,;:][\"”’'»)_*]*$")


def find_titles_below(
    draft: Draft, families: Sequence[Family], taken: set[int], contents: Contents
) -> dict[int, Block]:
    """For headings without a title: the block below that is theirs, by heading index."""
    found: dict[int, Block] = {}
    for family in families:
        bare = [member for member in family.members if not member.title]
        may = [member for member in bare if _may_be_title(draft, member, taken, contents)]
        may = _without_names(may, draft)
        sure = [member for member in may if _is_surely(draft, member, contents)]
        if stopped := _stopped_titles(bare, draft, taken):
            found.update(stopped)
            continue
        habit = len(may) >= 0.5 * len(bare) and (len(may) >= 2 or bool(sure))
        for member in may:
            if habit or _is_listed(draft, member, contents):
                found[member.index] = draft.blocks[member.index + 1]
    return found


def _stopped_titles(bare: Sequence[Candidate], draft: Draft, taken: set[int]) -> dict[int, Block]:
    """Old novels: every label has a short sentence below, parted from the text by a wider gap."""
    if len(bare) < _LEAST_STOPPED:
        return {}
    found = {m.index: draft.blocks[m.index + 1] for m in bare if _is_stopped(m, draft, taken)}
    return found if len(found) * 10 >= len(bare) * 9 else {}


def _is_stopped(member: Candidate, draft: Draft, taken: set[int]) -> bool:
    index = member.index + 1
    if index + 1 >= draft.last or index in taken or draft.extra(index + 1) < 1:
        return False
    block = draft.blocks[index]
    text = block.text
    return (
        block.size <= 3
        and len(text) <= _MAX_TITLE
        and text[0].isupper()
        and text.endswith(".")
        and draft.extra(index) <= draft.extra(index + 1)
        and not is_note(text)
        and not draft.is_mark(index + 1)
    )


def find_titles_below_names(
    draft: Draft, names: Sequence[Candidate], titled: Sequence[int], taken: set[int]
) -> dict[int, Block]:
    """As a book's chapters have titles below their labels, so may its Prologue.

    `titled` are the headings with a title below. The title must look like theirs.
    """
    if len(titled) < 2:
        return {}
    looks = {_look(draft, index) for index in titled}
    return {
        name.index: draft.blocks[name.index + 1]
        for name in names
        if name.index + 2 < draft.last
        and _look(draft, name.index) in looks
        and _may_be_title(draft, name, taken, Contents())
        and name.index + 1 not in draft.candidates
    }


def _look(draft: Draft, index: int) -> tuple[int, bool]:
    """Gap and case of the line below a heading."""
    below = draft.blocks[index + 1]
    return below.gap, is_capitals(below.text)


def _may_be_title(draft: Draft, member: Candidate, taken: set[int], contents: Contents) -> bool:
    index = member.index + 1
    if index >= draft.last or index in taken or draft.is_mark(index):
        return False
    block = draft.blocks[index]
    text = block.text.strip(" \t\n_*=")
    if not text or len(text) > _MAX_TITLE or block.size > 4 or index + 1 >= draft.last:
        return False
    if contents.has(text, member.label + text):
        return True
    named = draft.candidates.get(index)
    if named is not None and named.keyword and not named.is_special:
        return False
    if draft.lexicon.key.fullmatch(text.strip(" .:")) or is_note(block.text):
        return False
    if is_capitals(text):
        return not text.endswith((",", ";"))
    if _SENTENCE_END.search(text) or len(text) > 90 or block.size > 2:
        return False
    if (
        text[0].islower()
        or text[0] in '"“«—–-'
        or block.indent > _indent_of(member) + 12
        or text[0] == "["
    ):
        return False
    return not _is_verse(draft, index)


def _indent_of(member: Candidate) -> int:
    return member.block.indent


def _is_verse(draft: Draft, index: int) -> bool:
    """The next block goes on in the same way: indented short lines."""
    block = draft.blocks[index]
    return block.indent >= 3 and block.size > 1


def _without_names(may: list[Candidate], draft: Draft) -> list[Candidate]:
    """A name such as Epilogue is a title only where nearly all others have one of their own."""
    named = [m for m in may if m.index + 1 in draft.candidates]
    if len(named) * 3 <= len(may):
        return may
    return [m for m in may if m not in named]


def _is_listed(draft: Draft, member: Candidate, contents: Contents) -> bool:
    text = draft.blocks[member.index + 1].text
    return contents.has(text, member.label + text)


def _is_surely(draft: Draft, member: Candidate, contents: Contents) -> bool:
    text = draft.blocks[member.index + 1].text.strip(" \t\n_*=")
    return is_capitals(text) or contents.has(text, member.label + text)
