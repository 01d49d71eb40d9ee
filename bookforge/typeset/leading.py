"""Which spaces of a page are opened where it is given more depth than its rows take.

In: what stands in the rows of a page. Out: the spaces that get a line more. White that is greater
on one side of a quotation than on the other is seen; above a heading, or above a quotation that
goes on overleaf, it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from bookforge.typeset.compose import Setting
from bookforge.typeset.frames import Tag

if TYPE_CHECKING:
    from bookforge.typeset.galley import Galley

# What text stands in that is not set off.
_AROUND = frozenset({Tag.SECTION, Tag.PART})


class Rank(IntEnum):
    """How well a space is opened; the lowest is opened first."""

    FREE = 0  # between paragraphs, above a heading
    BEHIND = 1  # what is set off ends here
    WITHIN = 2  # between stanzas, or between what is set off
    BEFORE = 3  # what is set off begins here


def choose(galley: Galley, rows: range, spare: int) -> set[int]:
    """The rows of a page behind which a line of white is added, at most `spare` of them."""
    ranked = list(_rank(galley, rows))
    pairs = [*_pairs(ranked)]
    partners = {row for pair in pairs for row in pair}
    # A space whose partner stands on another page is as good as one that has none.
    free = [
        row
        for row, rank in ranked
        if rank is Rank.FREE or (rank is not Rank.WITHIN and row not in partners)
    ]
    if spare == 2 and len(free) < spare and pairs:
        return {*pairs[0]}
    order = sorted(ranked, key=lambda entry: (entry[0] not in free, entry[1]))
    return {row for row, _ in order[:spare]}


def _rank(galley: Galley, rows: range) -> Iterator[tuple[int, Rank]]:
    opens = galley.column.opens
    for row in rows:
        if opens[row]:
            above, below = _is_set_off(galley, rows, row, -1), _is_set_off(galley, rows, row, 1)
            if above:
                yield row, Rank.WITHIN if below else Rank.BEHIND
            else:
                yield row, Rank.BEFORE if below else Rank.FREE


def _is_set_off(galley: Galley, rows: range, row: int, step: int) -> bool:
    """Whether what stands next to a space is no text of the section itself."""
    while row in rows and galley.contents[row] is None:
        row += step
    if row not in rows:
        return False
    content = galley.contents[row]
    if not isinstance(content, Setting):
        return True
    around = content.draft.within
    return around is not None and around.tag not in _AROUND


def _pairs(ranked: Sequence[tuple[int, Rank]]) -> Iterator[tuple[int, int]]:
    """The spaces before and behind the same matter."""
    before = -1
    for row, rank in ranked:
        if rank is Rank.BEFORE:
            before = row
        elif rank is Rank.BEHIND and before >= 0:
            yield before, row
            before = -1
        elif rank is Rank.FREE:
            before = -1
