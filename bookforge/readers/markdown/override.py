"""What book.toml says of the manuscript's structure, put over what Markdown says.

In: the items of every file. Out: the same with headings taken away, added or changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Span
from bookforge.model.blocks import Heading, Paragraph
from bookforge.model.document import Finding, Removed, SectionKind
from bookforge.model.inlines import Inlines, Text
from bookforge.model.walk import inline_runs, plain
from bookforge.readers.markdown.blocks import Head, Item
from bookforge.readers.markdown.titles import Title, cut

if TYPE_CHECKING:
    from bookforge.config.model import Fix, HeadingPattern

_WRITER = Finding("book.toml", 1.0, "book.toml says so")
_KINDS = {kind.value: kind for kind in SectionKind}


def cut_ends(
    files: Sequence[list[Item]], context: Context
) -> tuple[list[list[Item]], tuple[Removed, ...]]:
    """Leave out what stands before `[manuscript] start` and behind `end`."""
    settings = context.config.manuscript
    if not settings.start and not settings.end:
        return list(files), ()
    # Seldom needed, and the whole reader of plain text comes with it.
    from bookforge.readers.override import report_missing

    every = [(number, item) for number, items in enumerate(files) for item in items]
    first, last = 0, len(every)
    if settings.start:
        found = _find(every, settings.start)
        first = found[0] if found else 0
        if not found:
            report_missing(context.report, "start", settings.start)
    if settings.end:
        found = [at for at in _find(every, settings.end) if at >= first]
        last = found[-1] + 1 if found else last
        if not found:
            report_missing(context.report, "end", settings.end)
    kept: list[list[Item]] = [[] for _ in files]
    for number, item in every[first:last]:
        kept[number].append(item)
    removed = [Removed("before the work", item.span) for _, item in every[:first]]
    removed += [Removed("after the work", item.span) for _, item in every[last:]]
    return kept, tuple(removed)


def _find(every: Sequence[tuple[int, Item]], wanted: str) -> list[int]:
    words = " ".join(wanted.split())
    return [at for at, (_, item) in enumerate(every) if words in _words(item)]


def _words(item: Item) -> str:
    """The words of an item, one space between them."""
    runs = [item.children] if isinstance(item, Head) else list(inline_runs([item]))
    return " ".join(" ".join(plain(run) for run in runs).split())


class Overridden(NamedTuple):
    """The items after the writer's settings, and the paragraphs these say are text."""

    files: list[list[Item]]
    texts: frozenset[Span] = frozenset()


def put_over(files: Sequence[Sequence[Item]], context: Context) -> Overridden:
    """The items with the writer's patterns and fixes applied."""
    settings = context.config.manuscript
    if settings.headings in ("auto", "markdown") and not (
        settings.fix or settings.heading or settings.not_a_heading
    ):
        return Overridden([list(items) for items in files])
    override = _Override(context)
    changed = [[override.change(item) for item in items] for items in files]
    override.report_idle()
    return Overridden(changed, frozenset(override.texts))


class _Override:
    def __init__(self, context: Context) -> None:
        settings = context.config.manuscript
        self._settings, self._report = settings, context.report
        # book.toml has been read with patterns that compile (C004).
        self._barred = [re.compile(pattern) for pattern in settings.not_a_heading]
        known = settings.heading if settings.headings in ("auto", "patterns") else ()
        self._patterns = [(re.compile(pattern.match), pattern) for pattern in known]
        self._used: set[int] = set()
        self.texts: set[Span] = set()

    def change(self, item: Item) -> Item:
        if not isinstance(item, Head | Paragraph):
            return item
        words = _words(item)
        for number, fix in enumerate(self._settings.fix):
            if words == " ".join(fix.at.split()):
                self._used.add(number)
                if fix.kind == "text":
                    self.texts.add(item.span)
                return _fix(item, fix)
        if isinstance(item, Head) and self._settings.headings in ("none", "patterns"):
            item = Heading(item.level, item.children, item.span)
        barred = any(pattern.search(words) for pattern in self._barred)
        if barred:
            self.texts.add(item.span)
        if barred and isinstance(item, Head):
            return Paragraph(item.children, item.span)
        return item if barred else self._match(item)

    def _match(self, item: Item) -> Item:
        if not self._patterns or not isinstance(item, Paragraph | Heading):
            return item
        text = plain(item.children)
        for compiled, pattern in self._patterns:
            if match := compiled.match(text):
                return _make_head(item, match, pattern)
        return item

    def report_idle(self) -> None:
        from bookforge.readers.override import report_idle

        for number, fix in enumerate(self._settings.fix):
            if number not in self._used:
                report_idle(fix, self._report)


def _fix(item: Head | Paragraph, fix: Fix) -> Item:
    """An item as the fix wants it: text, or a heading."""
    if fix.kind == "text":
        return Paragraph(item.children, item.span)
    head = item if isinstance(item, Head) else Head(1, item.children, item.span)
    children: Inlines = (Text(fix.title, item.span),) if fix.title else head.children
    kind = {"kind": fix.kind} if fix.kind else {}
    return replace(
        head,
        level=fix.level or head.level,
        children=children,
        attributes={**head.attributes, **kind},
        finding=_WRITER,
    )


def _make_head(item: Paragraph | Heading, match: re.Match[str], pattern: HeadingPattern) -> Head:
    """Label and title by the pattern's groups; without groups all words are the title."""
    groups = match.groupdict()
    label = " ".join((groups.get("label") or "").split())
    children = item.children
    if groups.get("title"):
        children = cut(item.children, *match.span("title"))
    elif label:
        children = ()
    kind = _KINDS.get(pattern.kind or "", SectionKind.CHAPTER)
    number = int(label) if label.isdecimal() and len(label) < 5 else None
    title = Title(kind, label, number, "", children, "book.toml")
    return Head(pattern.level, item.children, item.span, title=title, finding=_WRITER)
