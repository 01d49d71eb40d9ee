"""Finds every edit in the paragraphs of a book: the heart of the clean-up, text in, data out.

The marks of the whole book are looked at for what they say of its customs; then it is read
stretch by stretch, so that an unchanged one can be taken from an earlier build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol, TypeAlias

from bookforge.languages.base import Language
from bookforge.model.edits import Edit
from bookforge.passes.typography.dashes import count_dashes
from bookforge.passes.typography.quotes.clues import Clues, gather_clues, weigh_clues
from bookforge.passes.typography.settings import Settings
from bookforge.passes.typography.squeeze import squeeze
from bookforge.passes.typography.stretch import Copy, Findings, Rules

# Readings that the writer has chosen: text -> offset -> o, c, a or p.
Choices: TypeAlias = Mapping[int, Mapping[int, str]]
_NO_CHOICES: Choices = MappingProxyType({})
# A stretch ends at the first break behind so many characters: shorter ones cost more to begin
# than to read, longer ones are read anew for a word.
_STRETCH = 3_000


class Keep(Protocol):
    """Where findings of earlier builds are; both methods call `find` for what is not there."""

    def clues(self, copy: Copy) -> Clues: ...

    def findings(self, copy: Copy, rules: Rules) -> Findings: ...


class _Fresh:
    """Keeps nothing."""

    def clues(self, copy: Copy) -> Clues:
        return gather_clues(copy.stretch)

    def findings(self, copy: Copy, rules: Rules) -> Findings:
        return copy.find(rules)


def find_edits(
    paragraphs: Sequence[str], language: Language, settings: Settings | None = None
) -> list[list[Edit]]:
    """The edits of each paragraph, ascending, none overlapping.

    The paragraphs are read as one book: quotations may run over them, an empty paragraph is a
    break over which none does.
    """
    return find_all(paragraphs, language, settings or Settings()).edits


def find_all(
    paragraphs: Sequence[str],
    language: Language,
    settings: Settings,
    choices: Choices = _NO_CHOICES,
    keep: Keep | None = None,
) -> Findings:
    """As `find_edits`, with doubts and open quotations, and heeding what the writer chose."""
    if not settings.enabled:
        return Findings([[] for _ in paragraphs], [[] for _ in paragraphs], [])
    rules = Rules(language, settings)
    if not any("  " in paragraph for paragraph in paragraphs):
        return _find(paragraphs, rules, choices, keep or _Fresh())
    squeezed = [squeeze(paragraph) for paragraph in paragraphs]
    moved = {
        index: {squeezed[index].place(at): reading for at, reading in row.items()}
        for index, row in choices.items()
    }
    found = _find([one.text for one in squeezed], rules, moved, keep or _Fresh())
    return Findings(
        [one.restore_edits(row) for one, row in zip(squeezed, found.edits, strict=True)],
        [one.restore_doubts(row) for one, row in zip(squeezed, found.doubts, strict=True)],
        [(at, one._replace(offset=squeezed[at].origin(one.offset))) for at, one in found.lonely],
    )


def _find(paragraphs: Sequence[str], rules: Rules, choices: Choices, keep: Keep) -> Findings:
    copies = [Copy(part) for part in _part(paragraphs)]
    _choose(copies, choices)
    clues = [keep.clues(copy) for copy in copies]
    fixed = rules.customs.fixed
    rules.evidence = weigh_clues(clues, (copy.text for copy in copies), fixed)
    rules.both = rules.settings.dashes == "auto" and _uses_both(copies)
    whole = Findings([], [], [])
    for copy in copies:
        found = keep.findings(copy, rules)
        first = len(whole.edits)
        whole.edits.extend(found.edits)
        whole.doubts.extend(found.doubts)
        whole.lonely.extend((first + index, one) for index, one in found.lonely)
    return whole


def _part(paragraphs: Sequence[str]) -> Iterator[Sequence[str]]:
    """Stretches of paragraphs, each with the break that ends it."""
    if any("`" in paragraph for paragraph in paragraphs):
        # What a backtick is shows in the whole book.
        yield paragraphs
        return
    first = size = 0
    for stop, paragraph in enumerate(paragraphs, 1):
        size += len(paragraph)
        if not paragraph and size >= _STRETCH:
            yield paragraphs[first:stop]
            first, size = stop, 0
    if first < len(paragraphs):
        yield paragraphs[first:]


def _choose(copies: Sequence[Copy], choices: Choices) -> None:
    """Tell each stretch what the writer has chosen there."""
    first = 0
    for copy in copies:
        for index in range(first, first + len(copy.starts)) if choices else ():
            for at, reading in choices.get(index, {}).items():
                copy.chosen[copy.starts[index - first] + at] = reading
        first += len(copy.starts)


def _uses_both(copies: Sequence[Copy]) -> bool:
    """Whether the book writes both -- and --- for dashes."""
    if not any("---" in copy.typed for copy in copies):
        return False
    counts = [count_dashes(copy.text) for copy in copies]
    dashes, threes = sum(count for count, _ in counts), sum(count for _, count in counts)
    return threes >= 2 and threes * 20 >= dashes
