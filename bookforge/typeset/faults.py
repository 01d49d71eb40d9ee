"""What is not perfect on the pages, for the report and the marked proof.

In: the finished leaves. Out: `Finding`s with page, place on it and place in the manuscript.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.typeset.compose import Setting
from bookforge.typeset.items import STEP
from bookforge.typeset.lines import Fit, Stretch, fit
from bookforge.typeset.places import Places
from bookforge.typeset.press import Press
from bookforge.typeset.rivers import Rivers, find_gaps
from bookforge.typeset.style import Align, Design

if TYPE_CHECKING:
    from bookforge.typeset.impose import Leaf

# A space grown by more than this share, or shrunk by more, is worth a word.
LOOSE, TIGHT = 0.75, 0.26
# A last line shorter than this share of the measure.
RUNT = 0.08
# Hyphens under each other, and lines that begin or end with the same word.
LADDER, STACK = 3, 3


class Finding(Struct, frozen=True):
    """A fault of the page left in the book: "loose-line", "widow" …; `page` counts from 1.

    `line` is a line of the page's grid from 0 on, None for the whole page; `span` the place in the
    manuscript.
    """

    kind: str
    page: int
    span: Span | None
    line: int | None = None


class Row(NamedTuple):
    """A line of text on a page: its paragraph, its number there, and its line of the grid."""

    setting: Setting
    number: int
    line: int


class Inspector:
    """Looks over the pages of a book."""

    def __init__(self, design: Design, press: Press) -> None:
        self.design = design
        self.press = press
        self.places = Places()

    def inspect(self, leaves: Sequence[Leaf]) -> Iterator[Finding]:
        """Every fault of every page, in order of the pages."""
        for page, leaf in enumerate(leaves, 1):
            if leaf.piece is None or leaf.cut is None:
                continue
            rows = list(find_rows(leaf))
            chains = Chains(self)
            for row in rows:
                if row.setting.draft.style.align is Align.JUSTIFY:
                    yield from self._line(row, page)
                    yield from chains.follow(row, page)
            yield from self._edges(leaf, rows, page)
        yield from self._uneven(leaves)

    def _line(self, row: Row, page: int) -> Iterator[Finding]:
        setting, line = row.setting, row.number
        stretch, fitted = self.fill(row)
        if line == setting.count - 1:
            width = stretch.width(setting.para.space)
            if line and width < RUNT * setting.measure:
                yield self.found("runt", page, row)
            return
        if fitted.growth > LOOSE or fitted.growth < -TIGHT:
            yield self.found("loose-line" if fitted.growth > 0 else "tight-line", page, row)
        last = setting.cuts[line + 1 : line + 1 + LADDER]
        if len(last) == LADDER and all(cut % STEP for cut in last):
            yield self.found("ladder", page, row)

    def fill(self, row: Row) -> tuple[Stretch, Fit]:
        """The words of a line and how they fill it."""
        setting = row.setting
        stretch = setting.stretch(row.number, self.press)
        width = setting.width(row.number)
        return stretch, fit(stretch, width, setting.para.space, self.design.flex)

    def _edges(self, leaf: Leaf, rows: Sequence[Row], page: int) -> Iterator[Finding]:
        """A paragraph's last line at the top of a page, its first at the foot."""
        assert leaf.piece is not None and leaf.cut is not None
        galley, cut = leaf.piece.galley, leaf.cut
        top, foot = galley.at(cut.first), galley.at(cut.stop - 1)
        if isinstance(top, tuple) and 0 < top[1] == top[0].count - 1 and _flows(top[0]):
            yield self.found("widow", page, rows[0])
        if isinstance(foot, tuple) and foot[1] == 0 < foot[0].count - 1 and _flows(foot[0]):
            yield self.found("orphan", page, rows[-1])

    def _uneven(self, leaves: Sequence[Leaf]) -> Iterator[Finding]:
        for number in range(1, len(leaves) - 1, 2):
            left, right = leaves[number], leaves[number + 1]
            if left.cut is None or right.cut is None or left.piece is not right.piece:
                continue
            assert right.piece is not None
            last = right.cut is right.piece.cuts[-1]
            if left.cut.depth != right.cut.depth and not last:
                foot = list(find_rows(left))[-1:]
                span = self.places.span(foot[0].setting, foot[0].number) if foot else None
                yield Finding("uneven-pages", number + 1, span)

    def found(self, kind: str, page: int, row: Row) -> Finding:
        return Finding(kind, page, self.places.span(row.setting, row.number), row.line)


class Chains:
    """What runs down a page from line to line: rivers of white, and the same word over itself."""

    def __init__(self, inspector: Inspector) -> None:
        self._inspector = inspector
        self._above = -2
        self._rivers = Rivers()
        self._words = ("", "")
        self._runs = (1, 1)

    def follow(self, row: Row, page: int) -> Iterator[Finding]:
        """What a line continues; only the line that makes it a fault is told."""
        stretch, fitted = self._inspector.fill(row)
        adjacent = row.line == self._above + 1
        self._above = row.line
        if not adjacent:
            self._rivers = Rivers()
        last = row.number == row.setting.count - 1
        indent = row.setting.indent(row.number)
        gaps = [] if last else list(find_gaps(stretch, fitted, indent))
        if self._rivers.follow(gaps, row.setting.para.space):
            yield self._inspector.found("river", page, row)
        words = _edge_words(stretch)
        runs = [
            run + 1 if adjacent and word and word == before else 1
            for run, word, before in zip(self._runs, words, self._words, strict=True)
        ]
        self._words, self._runs = words, (runs[0], runs[1])
        if STACK in runs:
            yield self._inspector.found("stack", page, row)


def _edge_words(stretch: Stretch) -> tuple[str, str]:
    """The first and last word of a line without their marks."""
    if len(stretch.boxes) < 2:
        return "", ""
    first, last = (
        box.text.strip("“”‘’«».,;:!?—–…()").lower()
        for box in stretch.boxes[:: len(stretch.boxes) - 1]
    )
    return first, last


def find_rows(leaf: Leaf) -> Iterator[Row]:
    """The lines of text on a page, each with its line of the grid."""
    assert leaf.piece is not None and leaf.cut is not None
    galley, cut = leaf.piece.galley, leaf.cut
    for row, line in zip(range(cut.first, cut.stop), galley.lines(cut), strict=True):
        content = galley.at(row)
        if isinstance(content, tuple):
            yield Row(*content, line + galley.column.heights[row] - 1)


def _flows(setting: Setting) -> bool:
    return setting.opens and setting.ends and setting.draft.section >= 0
