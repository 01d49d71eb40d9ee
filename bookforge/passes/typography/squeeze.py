"""Runs of spaces taken out before the rules look, and put back into what they found.

Typewriter habit (two spaces after a full stop), indents of wrapped lines and stray spaces must
not change what a rule sees; so every rule may count on single spaces.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bookforge.model.edits import Doubt, Edit
from bookforge.regex import regex

_RUN = regex(r"  +")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A paragraph with single spaces; `places` are offsets in it of spaces that were runs.

    `extra[i]` is how many spaces were taken out up to and with the i-th run.
    """

    text: str
    places: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the paragraph as it came; behind a run where `offset` is behind it."""
        at = bisect_left(self.places, offset)
        return offset + (self.extra[at - 1] if at else 0)

    def place(self, offset: int) -> int:
        """The way back: where the character at `offset` of the paragraph as it came stands."""
        ends = [self.origin(place + 1) for place in self.places]
        at = bisect_right(ends, offset)
        return offset - (self.extra[at - 1] if at else 0)

    def restore_edits(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits at their places in the paragraph as it came, and one for every run."""
        if not self.places:
            return list(edits)
        found = [
            Edit(self.origin(edit.start), self.origin(edit.end), edit.new, edit.rule)
            for edit in edits
        ]
        starts = [edit.start for edit in found]
        runs = []
        for place in self.places:
            start, end = self.origin(place), self.origin(place + 1)
            at = bisect_right(starts, start) - 1
            inside = at >= 0 and found[at].end > start
            if start > 0 and place + 1 < len(self.text) and not inside:
                runs.append(Edit(start, end, " ", "double space"))
        return sorted(found + runs, key=lambda edit: (edit.start, edit.end))

    def restore_doubts(self, doubts: Sequence[Doubt]) -> list[Doubt]:
        return [doubt._replace(offset=self.origin(doubt.offset)) for doubt in doubts]


def squeeze(text: str) -> Squeezed:
    """`text` with every run of plain spaces made one."""
    if "  " not in text:
        return Squeezed(text)
    runs = [found.span() for found in _RUN.finditer(text)]
    extra = tuple(accumulate(end - start - 1 for start, end in runs))
    before = (0, *extra[:-1])
    places = tuple(start - gone for (start, _), gone in zip(runs, before, strict=True))
    return Squeezed(_RUN.sub(" ", text), places, extra)
