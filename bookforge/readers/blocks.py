"""The paragraph model: decoded text cut into blocks, by one habit for the whole file.

In: `SourceFile`. Out: `Sheet` with its `Block`s: stretches of lines between blank lines or, where
the writer sets a paragraph a line or marks it by an indent alone, the paragraphs themselves.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.readers.marks import find_chars, is_row
from bookforge.readers.pages import find_heads
from bookforge.readers.stops import ends_sentence
from bookforge.regex import regex
from bookforge.source import SourceFile

__all__ = ["Block", "Layout", "Sheet", "measure", "read_sheet"]

# Lines longer than this are no typewriter's or terminal's: the line is the paragraph.
LONG_LINE = 120
# Gap given to the first block of a file, wider than any a writer leaves between paragraphs.
FILE_GAP = 9
_PAGE_GAP = 7
_SAMPLE_LINES = 16_000
_FIRST_WORD = regex(r"\s*(\S+)")
# What a row without a blank line above or below begins with; dashes may be a rule.
_ROW_MARKS = "*#~•⁂\\"
_INDENT = regex(r"[ \t\u00a0\u3000]*")


class Layout(Struct, frozen=True):
    """How a file sets its paragraphs.

    `wrapped`: lines are broken at about `width` characters. `split`: each line is a paragraph.
    `indented`: an indent begins a paragraph. `gap`: blank lines between paragraphs.
    """

    wrapped: bool
    split: bool
    indented: bool
    width: int
    gap: int


_USUAL = Layout(True, False, False, 72, 1)


class Block(Struct):
    """Some lines that belong together: `first` to `last` (exclusive, 0-based) of `sheet`.

    `gap` is the number of blank lines before; `start` and `end` are offsets without the indent
    of the first line and the line end of the last; `indent` is the least indent of its lines.
    """

    sheet: Sheet
    first: int
    last: int
    gap: int
    start: int
    end: int
    indent: int

    @property
    def size(self) -> int:
        return self.last - self.first

    @property
    def text(self) -> str:
        return self.sheet.file.text[self.start : self.end]

    @property
    def lines(self) -> Sequence[str]:
        return self.sheet.lines[self.first : self.last]

    @property
    def span(self) -> Span:
        return Span(self.sheet.file.id, self.start, self.end)


@dataclass
class Sheet:
    """One file with its lines and blocks."""

    file: SourceFile
    lines: list[str]
    layout: Layout = _USUAL
    blocks: list[Block] = field(default_factory=list)
    # Running heads of the pages it was copied from, which are no text.
    heads: list[Span] = field(default_factory=list)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return self.file.line_starts


def read_sheet(file: SourceFile, start: int = 0, end: int | None = None) -> Sheet:
    """Cut a file, or what of it lies between two offsets, into blocks by the habit of the whole."""
    lines = file.text.split("\n")
    if start or end not in (None, len(file.text)):
        first, last = file.line_of(start), file.line_of(len(file.text) if end is None else end)
        if start and file.line_starts[first - 1] == start:
            first -= 1
        lines[:first] = [""] * first
        lines[last - 1 :] = [""] * (len(lines) - last + 1)
    sheet = Sheet(file, lines)
    for place in find_heads(lines):
        begin = sheet.starts[place]
        sheet.heads.append(Span(file.id, begin, begin + len(lines[place])))
        lines[place] = ""
    runs = _find_runs(sheet.lines)
    sheet.layout = measure(sheet.lines, runs)
    sheet.blocks = [block for run in runs for block in _cut(sheet, run)]
    return sheet


class _Run(NamedTuple):
    """Lines between blank lines."""

    first: int
    last: int
    gap: int


def _find_runs(lines: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    first, gap, before = -1, 0, FILE_GAP
    for number, line in enumerate(lines):
        if line.startswith("\f"):
            # A new page is as wide a gap as any.
            if first >= 0:
                runs.append(_Run(first, number, before))
                first, gap = -1, 0
            gap += _PAGE_GAP
        if line and not line.isspace():
            if first < 0:
                first = number
                before = gap if runs else FILE_GAP
        else:
            if first >= 0:
                runs.append(_Run(first, number, before))
                first, gap = -1, 0
            gap += 1
    if first >= 0:
        runs.append(_Run(first, len(lines), before))
    return runs


def measure(lines: Sequence[str], runs: Sequence[_Run]) -> Layout:
    """Decide a file's habit from line lengths, indents and blank lines."""
    sample = [run for run in runs if run.last - run.first > 1 and run.first < _SAMPLE_LINES]
    lengths = sorted(len(line) for line in lines[:_SAMPLE_LINES] if line and not line.isspace())
    long_share = sum(size for size in lengths if size > LONG_LINE) / max(1, sum(lengths))
    width = lengths[int(len(lengths) * 0.97)] if lengths else 0
    filled, ends = _count_filled(lines, sample, min(width, LONG_LINE))
    wrapped = long_share < 0.5 and filled > 0.55 * ends and ends > 0
    gaps = Counter(run.gap for run in runs if run.gap < FILE_GAP)
    gap = max(gaps, key=lambda size: (gaps[size], -size)) if gaps else 1
    split = not wrapped and _has_line_paragraphs(lines, sample, long_share)
    indented = wrapped and _counts_indents(lines, sample)
    return Layout(wrapped, split, indented, width, 0 if split else gap)


def _count_filled(lines: Sequence[str], runs: Sequence[_Run], width: int) -> tuple[int, int]:
    """Line ends inside blocks, and those where the next word would not have fitted."""
    filled = ends = 0
    for run in runs:
        for number in range(run.first, min(run.last - 1, run.first + 40)):
            word = _FIRST_WORD.match(lines[number + 1])
            ends += 1
            if word and len(lines[number].rstrip()) + 1 + len(word.group(1)) > 0.86 * width:
                filled += 1
    return filled, ends


def _has_line_paragraphs(lines: Sequence[str], runs: Sequence[_Run], long_share: float) -> bool:
    """Lines that stand together without blank lines are paragraphs, not verse or addresses."""
    inside = [lines[number] for run in runs for number in range(run.first, run.last)]
    if not inside or long_share == 0:
        return False
    long = sum(len(line) > LONG_LINE for line in inside)
    return long >= 0.15 * len(inside)


def _counts_indents(lines: Sequence[str], runs: Sequence[_Run]) -> bool:
    """Indented lines inside blocks begin paragraphs when they are many and the rest is flush."""
    begins = held = total = 0
    for run in runs:
        inside = lines[run.first : min(run.last, run.first + 400)]
        total += len(inside)
        if not any(line[0].isspace() for line in inside):
            continue
        indents = [_width_of_indent(line) for line in inside]
        inner = sum(indents[n] >= 1 and min(indents) < indents[n] for n in range(1, len(indents)))
        flush = sum(indent == min(indents) for indent in indents)
        if inner and flush * 2 >= len(indents) - inner and min(indents) == 0:
            begins += inner
            held += len(indents)
    return begins >= 3 and held > 0.5 * total


def _width_of_indent(line: str) -> int:
    if line[0] not in " \t\u00a0\u3000":
        return 0
    match = _INDENT.match(line)
    return sum(4 if char == "\t" else 1 for char in match.group()) if match else 0


def _cut(sheet: Sheet, run: _Run) -> list[Block]:
    """The blocks of one run of lines: usually one; more where lines or indents begin paragraphs."""
    if run.last - run.first == 1:
        return [_block(sheet, run.first, run.last, run.gap)]
    cuts = [run.first, *_find_cuts(sheet, run), run.last]
    return [
        _block(sheet, first, last, run.gap if first == run.first else 0)
        for first, last in itertools.pairwise(cuts)
    ]


def _find_cuts(sheet: Sheet, run: _Run) -> list[int]:
    inner = range(run.first + 1, run.last)
    lines, layout = sheet.lines, sheet.layout
    if layout.split:
        return list(inner)
    if not layout.wrapped and any(len(lines[n]) > LONG_LINE for n in range(run.first, run.last)):
        return list(inner)
    cuts: set[int] = set()
    if layout.indented:
        cuts.update(n for n in inner if _width_of_indent(lines[n]) > 0)
        if (
            len(cuts) == len(inner)
            and _width_of_indent(lines[run.first]) > 0
            and _is_set_off(lines, run)
        ):
            cuts.clear()
    cuts.update(_find_wide_indents(lines, run))
    rows: Sequence[int] = ()
    marks = find_chars(sheet.file.text, _ROW_MARKS)
    start = sheet.starts[run.first]
    end = sheet.starts[run.last - 1] + len(lines[run.last - 1])
    if bisect_left(marks, start) < bisect_left(marks, end):
        rows = [n for n in range(run.first, run.last) if _is_bare_row(lines[n])]
    if rows and not all(
        _width_of_indent(lines[n]) >= 2 or n in rows for n in range(run.first, run.last)
    ):
        cuts.update(m for n in rows for m in (n, n + 1) if run.first < m < run.last)
    return sorted(cuts)


def _find_wide_indents(lines: Sequence[str], run: _Run) -> list[int]:
    """Japanese and Chinese paragraphs: indented by one ideographic space, or somebody speaks.

    Deeper is verse or a quotation.
    """
    inner = range(run.first, run.last)
    begins = {n for n in inner if lines[n][0] == "\u3000" and lines[n][1:2] not in ("", "\u3000")}
    if not begins:
        return []
    spoken = {n for n in inner if lines[n][0] in "「『“" and ends_sentence(lines[n - 1])}
    return sorted((begins | spoken) - {run.first})


def _is_bare_row(line: str) -> bool:
    """A row of stars or the like without a blank line above or below."""
    return line.lstrip()[0] in _ROW_MARKS and is_row(line)


def _is_set_off(lines: Sequence[str], run: _Run) -> bool:
    """Every line indented alike and deeper than a paragraph's: verse or a quotation."""
    indents = {_width_of_indent(lines[n]) for n in range(run.first, run.last)}
    return len(indents) == 1 and run.last - run.first > 2


def _block(sheet: Sheet, first: int, last: int, gap: int) -> Block:
    lines = sheet.lines
    start = sheet.starts[first]
    lead = lines[first]
    if lead[0].isspace():
        start += len(lead) - len(lead.lstrip())
        indent = min(_width_of_indent(lines[n]) for n in range(first, last))
    else:
        indent = 0
    end = sheet.starts[last - 1] + len(lines[last - 1].rstrip())
    return Block(sheet, first, last, gap, start, end, indent)
