"""Looseness: a paragraph set a line longer or shorter where that mends a chapter's pages.

In: a galley and its cuts. Out: the galley and cuts that cost least (The TeXbook, p. 103).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bookforge.typeset.compose import Setting, find_river, reset
from bookforge.typeset.galley import Galley, restack
from bookforge.typeset.paginate import Frame, PageCut, cut_pages
from bookforge.typeset.press import Press
from bookforge.typeset.style import Align, Design

# A page that costs so much has a fault; others are only a line short or long, like their neighbour.
FAULT = 100.0
# A fault that is worse than a line as loose as the last of the tolerances.
GRAVE = 300.0
# So many paragraphs are tried each way before the chapter is left as it is; fewer in one that is
# so long (in rows) that cutting it again takes time.
TRIALS = 10
# So many paragraphs of a chapter are set otherwise with one tolerance.
ROUNDS = 5
LONG_CHAPTER = 6_000
# A paragraph set otherwise is itself a small fault.
CHANGED = 30.0
# … and a greater one if there is a river in it.
RIVER = 200.0
# How much spaces may grow in it; more than the first only where nothing else helps.
TOLERANCES = (0.6, 0.95)
# Paragraphs of more lines are not set again.
LONGEST = 60


class Chapter(Struct):
    """A galley with the cuts found for it."""

    galley: Galley
    cuts: list[PageCut]

    @property
    def cost(self) -> float:
        return sum(cut.cost for cut in self.cuts)

    @property
    def worst(self) -> float:
        return max([cut.cost for cut in self.cuts], default=0.0)

    @property
    def faulty(self) -> bool:
        return self.worst >= FAULT


def smooth(galley: Galley, frame: Frame, recto: bool, design: Design, press: Press) -> Chapter:
    """Cut a galley into pages, and set paragraphs otherwise if a fault goes away with that."""
    best = Chapter(galley, cut_pages(galley.column, frame, recto))
    for tolerance in TOLERANCES:
        least = FAULT if tolerance == TOLERANCES[0] else GRAVE
        for _ in range(ROUNDS):
            if best.worst < least:
                return best
            found = _improve(best, frame, recto, Way(design, press, tolerance))
            if found is None:
                break
            best = found
    return best


class Way(Struct, frozen=True):
    """How paragraphs are set again."""

    design: Design
    press: Press
    tolerance: float


def _improve(chapter: Chapter, frame: Frame, recto: bool, way: Way) -> Chapter | None:
    best: Chapter | None = None
    least = chapter.cost
    press, flex = way.press, way.design.flex

    def recut(cuts: Sequence[int]) -> Chapter:
        galley = restack(chapter.galley, setting, cuts, way.design)
        return Chapter(galley, cut_pages(galley.column, frame, recto))

    for setting, lines in _candidates(chapter, press):
        cuts = reset(setting, lines, flex, way.tolerance)
        if cuts is None:
            continue
        tried, river = recut(cuts), False
        if tried.cost + CHANGED < least and find_river(setting, cuts, press, flex) is not None:
            # It is worth having: with other ends of lines if these make a river.
            cuts = reset(setting, lines, flex, way.tolerance, press) or cuts
            tried, river = recut(cuts), find_river(setting, cuts, press, flex) is not None
        cost = tried.cost + CHANGED + (RIVER if river else 0.0)
        if cost < least:
            best, least = tried, cost
            if not best.faulty and not river:
                break
    return best


def _candidates(chapter: Chapter, press: Press) -> Iterator[tuple[Setting, int]]:
    """Paragraphs up to the last fault, and the number of lines to try; the likeliest first."""
    worst = max((cut.stop for cut in chapter.cuts if cut.cost >= FAULT), default=0)
    longer: list[tuple[float, int, Setting]] = []
    shorter: list[tuple[float, int, Setting]] = []
    feet = chapter.galley.feet
    for number, setting in enumerate(chapter.galley.settings):
        row = chapter.galley.rows[number]
        if row >= worst:
            break
        if (
            setting.para.notes
            or (feet and any(at in feet for at in range(row, row + setting.count)))
            or not 3 <= setting.count <= LONGEST
            or setting.draft.style.align is not Align.JUSTIFY
        ):
            continue
        last = setting.stretch(setting.count - 1, press).width(setting.para.space)
        room = max(setting.width(1), 1.0)
        shorter.append((last / room / setting.count, number, setting))
        longer.append(((1.0 - last / room) / setting.count, number, setting))
    trials = max(1, min(TRIALS, LONG_CHAPTER // len(chapter.galley.contents)))
    for (_, _, short), (_, _, long) in zip(
        _best(shorter, trials), _best(longer, trials), strict=True
    ):
        yield long, long.count + 1
        yield short, short.count - 1


def _best(
    found: list[tuple[float, int, Setting]], count: int
) -> Sequence[tuple[float, int, Setting]]:
    return sorted(found, key=lambda entry: entry[:2])[:count]
