"""Days, dates and times of the clock: the headings of diaries and logs, which number nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bookforge.model.document import DIVISIONS, SectionKind
from bookforge.readers.draft import Draft
from bookforge.readers.headings.contents import Contents
from bookforge.readers.headings.dates import LONGEST, is_day
from bookforge.readers.headings.families import Family
from bookforge.readers.headings.parse import Candidate

DAY_FORM = "day"
_LEAST = 3


def find_days(draft: Draft, contents: Contents, families: Sequence[Family]) -> list[Family]:
    """The days of a diary as one family, when nothing else divides the work.

    Beside chapters they are datelines; a diary has one at its start and text under each.
    """
    if any(family.members[0].kind not in DIVISIONS for family in families):
        return []
    headed = {member.index for family in families for member in family.members}
    days = [
        index
        for index in range(draft.first, draft.last - 1)
        if index not in contents.indexes and index not in draft.barred and _stands(draft, index)
    ]
    if len(days) < _LEAST or not _is_told(days, headed, draft):
        return []
    extra = sorted(draft.extra(index) for index in days)[len(days) // 2]
    members = tuple(_as_candidate(draft, index) for index in days)
    return [Family(DAY_FORM, members, len(members), extra)]


def _stands(draft: Draft, index: int) -> bool:
    block = draft.blocks[index]
    return (
        block.size == 1
        and block.end - block.start <= LONGEST + 8
        and is_day(block.text, draft.lexicon.tag)
    )


def _is_told(days: Sequence[int], headed: set[int], draft: Draft) -> bool:
    """Text under each; running text before the first only where it is a preface's."""
    if any(other == one + 1 for one, other in itertools.pairwise(days)):
        return False
    before = [index for index in range(draft.first, days[0]) if draft.is_prose(index)]
    return not before or days[0] - 1 in headed or len(before) * 10 < days[-1] - days[0]


def _as_candidate(draft: Draft, index: int) -> Candidate:
    block = draft.blocks[index]
    start, end = block.start, block.end
    kind = SectionKind.CHAPTER
    return Candidate(index, block, kind, DAY_FORM, "", None, "", start, end, end)
