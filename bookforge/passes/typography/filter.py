"""Clean-up as a filter: plain text in, plain text out (`bookforge typogrify`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bookforge.decisions import Decision, Key
from bookforge.languages.base import load_language
from bookforge.model.edits import Doubt, Edit
from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.decide import find_places
from bookforge.passes.typography.find import Choices, find_all
from bookforge.passes.typography.settings import Settings
from bookforge.regex import regex

LEAST_DOUBT = 0.01
_PARAGRAPH = regex(r"[^\n]+(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*")


class Options(NamedTuple):
    """What the command line asks of the filter.

    `decisions` are the writer's; `before` is how many marks of each key the book has before this
    text.
    """

    language: str = "en-US"
    quotes: str = "auto"
    dashes: str = "auto"
    ellipsis: str = "glyph"
    symbols: bool = False
    keep: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    before: Mapping[Key, int] = MappingProxyType({})

    @property
    def settings(self) -> Settings:
        return Settings(True, self.quotes, self.dashes, self.ellipsis, self.symbols, self.keep)


class Typogrified(NamedTuple):
    """A cleaned text: edits and doubts have offsets into the text as it came."""

    text: str
    counts: dict[str, int]
    doubts: tuple[Doubt, ...]
    edits: tuple[Edit, ...]


def typogrify_text(text: str, options: Options | None = None) -> Typogrified:
    """Clean plain text; line ends and blank lines stay exactly as they are.

    Lines inside a paragraph (between blank lines) are joined for judging only.
    """
    return clean_spans(text, _paragraph_spans(text), options or Options())


def typed_paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each in one line."""
    return [_join_lines(text[start:end]) for start, end in _paragraph_spans(text)]


def _paragraph_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _PARAGRAPH.finditer(text.replace("\r", " "))]


def clean_spans(text: str, spans: Sequence[tuple[int, int]], options: Options) -> Typogrified:
    """Clean the paragraphs at `spans` of a text and nothing else."""
    return clean_masked(text, text, spans, options)


def clean_masked(
    text: str, judged: str, spans: Sequence[tuple[int, int]], options: Options
) -> Typogrified:
    """Clean `text` by what `judged` (of the same length, with markup masked) says."""
    paragraphs = [_join_lines(judged[start:end]) for start, end in spans]
    choices: Choices = {}
    if options.decisions:
        # A text is a part of its book: decisions about the others are not stale.
        choices, _ = find_places(paragraphs, options.decisions, options.before)
    found = find_all(paragraphs, load_language(options.language), options.settings, choices)
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    for (start, end), own, unsure in zip(spans, found.edits, found.doubts, strict=True):
        moved = [Edit(start + one.start, start + one.end, one.new, one.rule) for one in own]
        if moved and _has_line_end(text[start:end]):
            moved = [fitted for edit in moved if (fitted := _fit(text, edit))]
        edits += moved
        doubts += [Doubt(start + d.offset, d.mark, d.reading, d.second, d.doubt) for d in unsure]
    counts: dict[str, int] = {}
    for edit in edits:
        counts[edit.rule] = counts.get(edit.rule, 0) + 1
    doubts.sort(key=lambda doubt: (-doubt.doubt, doubt.offset))
    # The list stays worth reading: one place in five hundred words, and never the all but sure.
    doubts = [one for one in doubts if one.doubt > LEAST_DOUBT][: text.count(" ") // 500 + 10]
    return Typogrified(apply_edits(text, edits), counts, tuple(doubts), tuple(edits))


def _join_lines(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _fit(text: str, edit: Edit) -> Edit | None:
    """The edit without the line ends and indents it would swallow."""
    old = text[edit.start : edit.end]
    if not _has_line_end(old):
        return edit
    start, end, new = edit.start, edit.end, edit.new
    left, right = len(old) - len(old.lstrip()), len(old) - len(old.rstrip())
    if _has_line_end(old[:left]):
        start, new = start + left, new.lstrip(" \u00a0")
    if _has_line_end(old[len(old) - right :]):
        end, new = end - right, new.rstrip(" \u00a0")
    if start >= end or _has_line_end(text[start:end]):
        return None
    return Edit(start, end, new, edit.rule)


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text
