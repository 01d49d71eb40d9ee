"""The marked proof: the pages of the book with what is not perfect in colour, and line numbers.

In: a book laid out, and its faults. Out: the same layout with more on its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from bookforge.typeset.faults import Finding, find_rows
from bookforge.typeset.frames import Begin, End, Highlight, Item, Layout, Page, Tag, TextLine
from bookforge.typeset.impose import Leaf
from bookforge.typeset.layout import LaidOut
from bookforge.typeset.press import Voice
from bookforge.typeset.units import tidy

# Light enough to read black type on, and told apart by those who see few colours: each mark is
# named beside its line as well.
_COLOURS: Mapping[str, tuple[float, float, float]] = {
    "loose-line": (1.0, 0.86, 0.6),
    "tight-line": (0.7, 0.85, 1.0),
    "ladder": (1.0, 0.75, 0.75),
    "runt": (1.0, 0.95, 0.55),
    "widow": (0.95, 0.75, 1.0),
    "orphan": (0.95, 0.75, 1.0),
    "river": (0.7, 0.95, 0.95),
    "stack": (0.78, 0.95, 0.72),
    "uneven-pages": (0.85, 0.85, 0.85),
}
# Every so many lines has its number. Sizes in points; the gap is from the text to what is beside.
STEP = 5
NUMBER_SIZE, NAME_SIZE, GAP = 6.5, 6.0, 6.0


def mark(laid: LaidOut, findings: Iterable[Finding], *, numbers: bool) -> Layout:
    """The layout as a marked proof; `numbers`: every fifth line of a page is numbered."""
    by_page = {
        page: list(group) for page, group in groupby(_sorted(findings), lambda one: one.page)
    }
    pages = Proof(laid, by_page, numbers)
    return replace(laid.layout, pages=pages)


def _sorted(findings: Iterable[Finding]) -> Sequence[Finding]:
    return sorted(findings, key=lambda one: one.page)


class Proof:
    """Marked pages, made as they are asked for."""

    def __init__(
        self, laid: LaidOut, findings: Mapping[int, Sequence[Finding]], numbers: bool
    ) -> None:
        self._laid = laid
        self._findings = findings
        self._numbers = numbers

    def __iter__(self) -> Iterator[Page]:
        for page, leaf in zip(self._laid.layout.pages, self._laid.leaves, strict=True):
            marks = self._mark(leaf, self._findings.get(page.number, ()))
            yield replace(page, items=(*marks, *page.items))

    def _mark(self, leaf: Leaf, findings: Sequence[Finding]) -> Iterator[Item]:
        if leaf.piece is None:
            return
        yield Begin(Tag.ARTIFACT)
        names: dict[int | None, list[str]] = {}
        for found in findings:
            yield self._field(leaf, found)
            names.setdefault(found.line, []).append(found.kind.replace("-", " "))
        for line, kinds in names.items():
            yield from self._beside(leaf, line, ", ".join(dict.fromkeys(kinds)))
        if self._numbers:
            yield from self._count(leaf)
        yield End()

    def _field(self, leaf: Leaf, found: Finding) -> Highlight:
        """Behind a line; for a page, under its last one."""
        sheet = self._laid.design.sheet
        left, colour = sheet.left(leaf.recto), _COLOURS[found.kind]
        if found.line is None:
            assert leaf.cut is not None
            y = sheet.top + leaf.cut.depth * sheet.leading
            return Highlight(tidy(left), tidy(y), tidy(sheet.measure), 3.0, colour)
        y = sheet.top + found.line * sheet.leading
        return Highlight(tidy(left), tidy(y), tidy(sheet.measure), sheet.leading, colour)

    def _beside(self, leaf: Leaf, line: int | None, words: str) -> Iterator[Item]:
        """What a mark means, in the outer margin, word under word; a page's under its foot."""
        assert leaf.cut is not None
        place = leaf.cut.depth if line is None else line
        for number, word in enumerate(words.split()):
            y = self._laid.design.sheet.baseline(place) + number * 1.1 * NAME_SIZE
            yield self._small(leaf, y, word, NAME_SIZE, outside=True)

    def _count(self, leaf: Leaf) -> Iterator[Item]:
        for row in find_rows(leaf):
            if (row.line + 1) % STEP == 0:
                y = self._laid.design.sheet.baseline(row.line)
                yield self._small(leaf, y, str(row.line + 1), NUMBER_SIZE, outside=False)

    def _small(self, leaf: Leaf, y: float, word: str, size: float, *, outside: bool) -> TextLine:
        """A word beside the text, on the outer or the inner side."""
        sheet = self._laid.design.sheet
        box = self._laid.press.speak(Voice(size, lining=True)).whole(word)
        left = sheet.left(leaf.recto)
        right_side = outside == (leaf.recto != sheet.turned)
        x = left + sheet.measure + GAP if right_side else left - GAP - box.width
        return TextLine(tidy(x), tidy(y), size, (box.shaped,), 0.0)
