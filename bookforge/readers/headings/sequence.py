"""Numbers in order: the best chain of candidates of one family (1, 2, 3, again 1 …).

Dynamic programming over the candidates in reading order: each has a value of its own, each step
from number to number another; a wrong or missing number costs less than it brings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bookforge.readers.headings.parse import Candidate
from bookforge.readers.lexicon import LAST

__all__ = ["best_chain"]

# How far back a chain looks for the member before; more than this many false ones in a row
# between two true ones do not occur, and the work stays linear.
_WINDOW = 24


def best_chain(
    members: Sequence[Candidate],
    value: Callable[[Candidate], float],
    distance: Callable[[Candidate, Candidate], int],
) -> list[Candidate]:
    """The chain of highest worth; `distance` gives the characters between two candidates."""
    if not members:
        return []
    worth: list[float] = []
    before: list[int] = []
    for place, member in enumerate(members):
        own = value(member)
        best, link = own + _begin(member), -1
        for earlier in range(max(0, place - _WINDOW), place):
            step = _step(members[earlier], member, distance)
            if worth[earlier] + step + own > best:
                best, link = worth[earlier] + step + own, earlier
        worth.append(best)
        before.append(link)
    place = max(range(len(members)), key=lambda at: (worth[at], at))
    chain = []
    while place >= 0:
        chain.append(members[place])
        place = before[place]
    return chain[::-1]


def _begin(member: Candidate) -> float:
    if member.number == 1:
        return 1.0
    return -0.5 if member.number == 2 else -1.0


def _step(
    earlier: Candidate, later: Candidate, distance: Callable[[Candidate, Candidate], int]
) -> float:
    old, new = earlier.number or 0, later.number or 0
    near = distance(earlier, later) < 60
    if new == LAST:
        return 1.0
    if new == old + 1:
        return -0.5 if near else 2.0
    if near:
        return -2.5
    if new == 1:
        return 0.8 if old >= 2 else -0.6
    if new == old:
        return -1.2
    if new == 2 and old > 2:
        return -0.4
    if old < new <= old + 3:
        return 0.2
    return -1.6
