"""Levels by nesting: a family whose numbers begin again stands below the one between.

Kinds have a usual rank (volume over book over part over chapter over section); what the numbers
and the places say comes first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from bookforge.model.document import SectionKind
from bookforge.readers.headings.families import Family

__all__ = ["family_depths"]

_RANK = {
    SectionKind.VOLUME: 0,
    SectionKind.BOOK: 1,
    SectionKind.PART: 2,
    SectionKind.ACT: 3,
    SectionKind.STORY: 4,
    SectionKind.CANTO: 4,
    SectionKind.CHAPTER: 5,
    SectionKind.LETTER: 5,
    SectionKind.INTERLUDE: 5,
    SectionKind.APPENDIX: 5,
    SectionKind.SCENE: 6,
    SectionKind.SUBSECTION: 7,
}

# Numbered or not, these stand between chapters, not above them.
_BESIDE = frozenset({SectionKind.INTERLUDE, SectionKind.APPENDIX, SectionKind.LETTER})


def family_depths(families: Sequence[Family]) -> list[int]:
    """The level of each family, 1 for the outermost."""
    above = [
        [other for other in range(len(families)) if _is_above(families[other], families[own])]
        for own in range(len(families))
    ]
    return [_depth(own, above, frozenset()) for own in range(len(families))]


def _depth(own: int, above: Sequence[Sequence[int]], seen: frozenset[int]) -> int:
    parents = [other for other in above[own] if other not in seen]
    return 1 + max((_depth(other, above, seen | {own}) for other in parents), default=0)


def _rank(family: Family) -> float:
    if family.form.startswith("title"):
        return 3.5 + 0.1 * family.form.count("#") + 0.1 * family.form.count("-")
    if not family.is_keyword:
        return 6.5
    return _RANK.get(family.members[0].kind, 5)


def _is_above(upper: Family, lower: Family) -> bool:
    if upper is lower or not _interleave(upper, lower):
        return False
    if _restarts_within(lower, upper):
        return not (_restarts_within(upper, lower) and _rank(upper) > _rank(lower))
    if _restarts_within(upper, lower):
        return False
    if _rank(upper) != _rank(lower) and upper.members[0].kind not in _BESIDE:
        return _rank(upper) < _rank(lower)
    return _leads(upper, lower)


def _interleave(one: Family, other: Family) -> bool:
    """Members of one stand among those of the other, or lead into them."""
    first, last = one.members[0].index, one.members[-1].index
    inside = any(first < member.index < last for member in other.members)
    return inside or _leads(one, other)


def _leads(upper: Family, lower: Family) -> bool:
    """Most members of `upper` have a member of `lower` right below."""
    starts = {member.index for member in lower.members}
    reach = 2 if upper.members[0].kind in _BESIDE else 4
    led = sum(
        any(index in starts for index in range(m.index + 1, m.index + reach)) for m in upper.members
    )
    return led * 2 > len(upper.members) and len(upper.members) <= len(lower.members)


def _restarts_within(lower: Family, upper: Family) -> bool:
    """The numbers of `lower` fall back, and a member of `upper` stands at that place."""
    places = [member.index for member in upper.members]
    falls = held = 0
    for one, later in zip(lower.members, lower.members[1:], strict=False):
        if (later.number or 0) <= (one.number or 0) and later.number in (1, 2):
            falls += 1
            held += bisect_right(places, one.index) < bisect_left(places, later.index)
    return falls > 0 and held * 2 > falls
