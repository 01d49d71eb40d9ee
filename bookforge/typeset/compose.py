"""Paragraphs into broken lines.

In: a `Draft` (runs, style, where it stands). Out: a `Setting`: the paragraph with its cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.inlines import Inline
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.items import (
    STEP,
    Listing,
    Para,
    Run,
    add_hyphens,
    collect,
    list_breaks,
    split_wide,
    widest_chain,
)
from bookforge.typeset.linebreak import (
    INFINITY,
    LOOSE,
    TIGHT,
    Breaks,
    Manner,
    break_anyhow,
    break_evenly,
    break_shaped,
    ends_ill,
)
from bookforge.typeset.lines import Stretch, fit, take
from bookforge.typeset.press import BREAK, Press
from bookforge.typeset.rivers import DEPTH, Rivers, find_gaps, list_growths, may_flow
from bookforge.typeset.style import Align, BlockStyle

if TYPE_CHECKING:
    from bookforge.typeset.opening import DropCap

# How much spaces may grow before hyphens are tried, then with them, then at worst (shares).
WITHOUT_HYPHENS = 0.4
WITH_HYPHENS = 0.6
AT_WORST = 4.0
# … and when only looser or tighter lines would save a last line from being a runt: tolerance, and
# how much spaces may shrink.
AGAINST_RUNTS = ((WITH_HYPHENS, TIGHT), (WITH_HYPHENS, 0.3), (1.0, 0.3), (1.4, 0.32))
# A last line of a word or two looks lost: least share of the measure.
RUNT = 0.1004
# A chapter's last line ends so far before the margin, in em: a full one at the foot of a page looks
# as if the text went on overleaf.
BRIM = 0.5


# A way to break a paragraph at some of its breaks, or None.
Find: TypeAlias = Callable[[Breaks], list[int] | None]


class Draft(Struct):
    """A paragraph before it is set.

    `node` are the inlines it came from, `base` the characters of the section's stream before
    them, `key`, `tag` and `within` its place in the structure; `room`: points at the left of the
    first `beside` lines that a drop cap takes.
    """

    runs: list[Run]
    style: BlockStyle
    node: Sequence[Inline] = ()
    base: int = 0
    key: int = 0
    tag: Tag = Tag.PARAGRAPH
    level: int = 0
    language: str = ""
    room: float = 0.0
    beside: int = 0
    section: int = -1
    drop: DropCap | None = None
    target: str = ""  # contents: where the entry leads
    edge: float = 0.0  # contents: from the right of the measure to the page number
    refers: int = -1  # contents: the section whose page number stands at the right
    added: int = 0  # characters at the beginning that the manuscript does not have
    within: Begin | None = None
    turned: bool = False  # runs from right to left
    tail: str = ""  # what parts it from the next draft of the same key
    closes: bool = False  # nothing comes after it


class Setting(Struct):
    """A set paragraph: `cuts` are the places where its lines begin, and its end.

    `space` is the natural word space, `measure` the width of its lines before insets.
    """

    draft: Draft
    para: Para
    cuts: Sequence[int]
    measure: float
    opens: bool = True  # the first line is the paragraph's first
    ends: bool = True  # the last line is the paragraph's last
    hard: bool = False  # could not be set well at the first try
    before: int = 0  # letters of the paragraph that stand in settings before this one

    @property
    def count(self) -> int:
        return len(self.cuts) - 1

    def indent(self, line: int) -> float:
        """From the left edge of the measure to where a line begins."""
        draft = self.draft
        style = draft.style
        if line < draft.beside and self.opens:
            return style.left + draft.room + (style.hang if line else 0.0)
        return style.left + (style.hang if line or not self.opens else style.indent)

    def width(self, line: int) -> float:
        """The measure of a line."""
        return self.measure - self.indent(line) - self.draft.style.right

    def stretch(self, line: int, press: Press) -> Stretch:
        return take(self.para, self.cuts[line], self.cuts[line + 1], press.case)


def compose(draft: Draft, press: Press, measure: float, space: float, flex: float) -> list[Setting]:
    """Set a paragraph; breaks set by hand make several settings of it."""
    parts = cut_runs(draft.runs)
    settings: list[Setting] = []
    for number, runs in enumerate(parts):
        para = collect(runs, space)
        setting = Setting(draft, para, [0], measure, number == 0, number == len(parts) - 1)
        if settings:
            setting.before = settings[-1].before + _letters(settings[-1].para)
        _break(setting, press, flex)
        settings.append(setting)
    draft.runs = []  # the words are known now; a long book has many runs
    return settings


def _letters(para: Para) -> int:
    marks = {box for box, _ in para.notes}
    texts = (box.text for number, box in enumerate(para.boxes) if number not in marks)
    return sum(not letter.isspace() for text in texts for letter in text)


def cut_runs(runs: list[Run]) -> list[list[Run]]:
    """The runs between breaks set by hand."""
    if all(run.text != BREAK for run in runs):
        return [runs]
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.text == BREAK:
            parts.append([])
        else:
            parts[-1].append(run)
    return [part for part in parts if part]


def _break(setting: Setting, press: Press, flex: float) -> None:
    para, style = setting.para, setting.draft.style
    if not para.boxes:
        setting.cuts = [0]
        return
    least = min(setting.width(0), setting.width(1))
    # What is not of one fount may be too wide though none of its pieces is.
    wide = press.widest > least or para.joins is not None
    if wide and widest_chain(para) > least:
        hyphens = style.align is Align.JUSTIFY and style.hyphenate
        para = setting.para = split_wide(para, least, press.case, hyphens)
    if style.align is not Align.JUSTIFY:
        setting.cuts = _ragged(setting)
    elif setting.draft.beside and setting.opens:
        setting.cuts = _around(setting, flex)
    else:
        setting.cuts = _justified(setting, press, flex)


def _manner(setting: Setting, flex: float) -> Manner:
    draft = setting.draft
    closes = draft.closes and setting.ends
    brim = setting.width(1) - BRIM * draft.style.size if closes else INFINITY
    return Manner(setting.para.space, flex, max(RUNT * setting.measure, 20.0), brim=brim)


def _justified(setting: Setting, press: Press, flex: float) -> Sequence[int]:
    """First without hyphens; with them when a line would be loose; then as it goes."""
    para = setting.para
    indent = setting.indent(0) - setting.indent(1)
    measure, manner = setting.width(1), _manner(setting, flex)
    listing = list_breaks(para, indent)
    path = break_evenly(listing.breaks, measure, WITHOUT_HYPHENS, manner)
    if path is None or ends_ill(listing.breaks, path, manner):
        setting.hard = True
        listing, path = _try_harder(setting, listing, path, indent, manner)
    cuts = listing.cuts(path)
    if len(path) > DEPTH + 1 and may_flow(listing.breaks, path, measure, manner):
        # Lines no looser than there are already, or than is not yet a fault.
        tolerance = max(LOOSE, *list_growths(listing.breaks, path, measure, manner)) + 0.001
        again = partial(break_evenly, measure=measure, tolerance=tolerance, manner=manner)
        return _drain(setting, cuts, again, press, manner)
    return cuts


def _try_harder(
    setting: Setting, listing: Listing, path: list[int] | None, indent: float, manner: Manner
) -> tuple[Listing, list[int]]:
    """With hyphens and looser spaces; a path that was only ugly at its end is kept if need be."""
    measure = setting.width(1)
    more = listing
    if setting.draft.style.hyphenate:
        more = add_hyphens(setting.para, listing, indent, measure)
    for tolerance, tight in AGAINST_RUNTS:
        second = break_evenly(more.breaks, measure, tolerance, replace(manner, tight=tight))
        if second is not None and not ends_ill(more.breaks, second, manner):
            return more, second
        # A full line alone at a chapter's end looks like a paragraph's first.
        if second is not None and (path is None or len(path) < 3 <= len(second)):
            listing, path = more, second
    if path is not None:
        return listing, path
    path = break_evenly(more.breaks, measure, AT_WORST, manner)
    return more, break_anyhow(more.breaks, measure) if path is None else path


def _drain(
    setting: Setting, cuts: Sequence[int], find: Find, press: Press, manner: Manner
) -> Sequence[int]:
    """The same cuts; or, if there is a river in them, those that `find` gives without one when a
    line in it may not end where it does."""
    river = find_river(setting, cuts, press, manner.flex)
    if river is None:
        return cuts
    indent, measure = setting.indent(0) - setting.indent(1), setting.width(1)
    listing = list_breaks(setting.para, indent, _hyphens(setting, measure))
    places = listing.places or [k * STEP for k in range(len(listing.breaks.ends))]
    known = [places.index(place) for place in cuts]
    ill = ends_ill(listing.breaks, known, manner)
    for at in known[river + 1 : river - DEPTH + 1 : -1]:
        barred = listing.without(at)
        path = find(barred.breaks)
        if path is None or ends_ill(barred.breaks, path, manner) > ill:
            continue
        found = barred.cuts(path)
        if find_river(setting, found, press, manner.flex) is None:
            return found
    return cuts


def find_river(setting: Setting, cuts: Sequence[int], press: Press, flex: float) -> int | None:
    """The first line that makes a river of wide spaces above it."""
    para = setting.para
    rivers = Rivers()
    for line, (start, stop) in enumerate(pairwise(cuts[:-1])):
        stretch = take(para, start, stop, press.case)
        fitted = fit(stretch, setting.width(line), para.space, flex)
        if rivers.follow(list(find_gaps(stretch, fitted, setting.indent(line))), para.space):
            return line
    return None


def _around(setting: Setting, flex: float) -> Sequence[int]:
    """Lines beside a drop cap are shorter than the rest."""
    manner = _manner(setting, flex)
    beside = setting.draft.beside
    widths = [setting.width(line) for line in range(beside + 1)]
    listing = list_breaks(setting.para, 0.0, _hyphens(setting, widths[-1]))
    for tolerance in (WITH_HYPHENS, AT_WORST):
        path = break_shaped(listing.breaks, widths, tolerance, manner)
        if path is not None:
            return listing.cuts(path)
    return listing.cuts(break_anyhow(listing.breaks, widths[0]))


def _hyphens(setting: Setting, measure: float) -> float:
    return measure if setting.draft.style.hyphenate else 0.0


def _ragged(setting: Setting) -> Sequence[int]:
    """Ragged and centred lines: even lengths rather than full ones."""
    indent = setting.indent(0) - setting.indent(1)
    listing = list_breaks(setting.para, indent)
    breaks, measure = listing.breaks, setting.width(1)
    if breaks.ends[-1] - breaks.starts[0] <= measure:
        return listing.cuts([0, len(breaks.ends) - 1])
    path = break_anyhow(breaks, measure)
    if setting.draft.style.align is Align.CENTRE:
        path = _balance(setting, path, measure)
    return listing.cuts(path)


def _balance(setting: Setting, path: list[int], measure: float) -> list[int]:
    """The narrowest measure that needs no more lines makes centred lines even."""
    breaks = list_breaks(setting.para, 0.0).breaks
    low, high = measure / len(path), measure
    for _ in range(12):
        middle = (low + high) / 2
        tried = break_anyhow(breaks, middle)
        wide = any(breaks.ends[b] - breaks.starts[a] > middle for a, b in pairwise(tried))
        if len(tried) > len(path) or wide:
            low = middle
        else:
            high, path = middle, tried
    return path


def reset(
    setting: Setting,
    lines: int,
    flex: float,
    tolerance: float = WITH_HYPHENS,
    dry: Press | None = None,
) -> Sequence[int] | None:
    """Other cuts that give so many lines without worse spaces than `tolerance`, or None; without
    a river where that is possible, if the press is given that knows the words (`dry`)."""
    style = setting.draft.style
    if style.align is not Align.JUSTIFY or lines < 1 or not setting.para.boxes:
        return None
    beside = setting.draft.beside
    first = 0.0 if beside else setting.indent(0) - setting.indent(1)
    widths = [setting.width(line) for line in range(beside + 1)] if beside else [setting.width(1)]
    listing = list_breaks(setting.para, first, _hyphens(setting, widths[-1]))
    manner = _manner(setting, flex)
    again = partial(break_shaped, measures=widths, tolerance=tolerance, manner=manner, lines=lines)
    path = again(listing.breaks)
    if path is None:
        return None
    cuts = listing.cuts(path)
    return cuts if dry is None or beside else _drain(setting, cuts, again, dry, manner)


def line_notes(setting: Setting) -> list[tuple[int, str]]:
    """(line, note) for every note's mark in a setting."""
    found: list[tuple[int, str]] = []
    for box, note in setting.para.notes:
        place = box * STEP
        line = next(i for i in range(setting.count) if place < setting.cuts[i + 1])
        found.append((line, note))
    return found
