"""What a room must look like to its neighbours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct, field

from bookforge.cache import Cache
from bookforge.decisions import Decision, OpenDoubt
from bookforge.diagnostics import Report
from bookforge.languages.base import Language
from bookforge.model.document import Document
from bookforge.source import SourceFile, SourceMap

if TYPE_CHECKING:
    from bookforge.config.model import Config


class Context(Struct, frozen=True):
    """What every step may look at.

    `folder` is what the config's paths are relative to; `epoch` the time of the build in seconds
    (SOURCE_DATE_EPOCH, else the book's date), so that nothing reads the clock; `count`
    adds to the report's number of edits per rule; `files` is the manuscript in reading order.
    `cache` holds what earlier builds left, None where they are not to be asked.
    `decisions` are the writer's about doubtful marks; `doubts` collects the open ones where asked.
    """

    config: Config
    language: Language
    report: Report
    sources: SourceMap
    folder: Path
    epoch: int = 0
    use_cache: bool = True
    cache: Cache | None = None
    counts: dict[str, int] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    decisions: tuple[Decision, ...] = ()
    doubts: list[OpenDoubt] | None = None

    def count(self, rule: str, times: int = 1) -> None:
        self.counts[rule] = self.counts.get(rule, 0) + times


BEFORE, END = -1, sys.maxsize


class PageStart(NamedTuple):
    """Where a printed page begins in the text.

    `section` indexes `Document.sections`; `offset` counts the characters of `walk.stream` of that
    section's blocks before the page's first word: `BEFORE` is before its heading, `END` after
    everything.
    """

    label: str
    section: int
    offset: int


class PageMap(NamedTuple):
    """The printed pages of a build: how many, and where each begins; a page without words begins
    where the next one does."""

    pages: int
    starts: tuple[PageStart, ...]


class Metadata(Struct, frozen=True):
    """What both renderers print and embed, after book.toml and manuscript are brought together."""

    title: str
    authors: tuple[str, ...]
    language: str
    identifier: str
    subtitle: str = ""
    short_title: str = ""
    date: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Reading(NamedTuple):
    """A manuscript read and made ready: the document, what it is called, and the context used."""

    document: Document
    metadata: Metadata
    context: Context


class CoverBrief(NamedTuple):
    """What a cover is made from: the pages of this build, and the cleaned text for the back."""

    metadata: Metadata
    context: Context
    pages: int
    blurb: str


Reader: TypeAlias = Callable[[Sequence[SourceFile], Context], Document]
Pass: TypeAlias = Callable[[Document, Context], Document]
