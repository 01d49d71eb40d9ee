"""Reading small plain texts in tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import load_language
from bookforge.model.document import Document
from bookforge.model.walk import inline_runs, plain
from bookforge.outline import outline
from bookforge.readers.marks import is_mark
from bookforge.readers.plain import read_plain
from bookforge.source import SourceFile, SourceMap
from tests.settings import make_config

_NOT_WORDS = re.compile(r"[\W_]+")
_NOTE_MARK = re.compile(r"\[(?:\d{1,3}|\*{1,3}|[a-z])\]|\[Footnote (?:\d{1,3}|\*|[A-Z]):")


@dataclass
class Read:
    """A document, its sources, and what was reported."""

    document: Document
    sources: SourceMap
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.found]

    @property
    def outline(self) -> dict[str, Any]:
        return outline(self.document, self.sources)

    @property
    def headings(self) -> list[tuple[int, str, str]]:
        """Level, label and title of every heading."""
        return [(one["level"], one["label"], one["title"]) for one in self.outline["sections"]]

    @property
    def lines(self) -> str:
        """The outline and the findings as the case files print them."""
        data = self.outline
        lines = [f"{data['title'] or '-'} | {data['author'] or '-'} | {data['language']}"]
        for one in data["sections"]:
            name = " · ".join(part for part in (one["label"], one["title"]) if part)
            lines.append(f"{one['line']}:{'  ' * one['level']}{name} [{one['kind']}]")
        lines.append(f"breaks {data['scene_breaks']}, paragraphs {data['paragraphs']}")
        for span in (gone for gone in self.document.removed):
            place = self.sources.locate(span.span)
            lines.append(f"- {span.what} {place.line if place else 0}")
        for one in self.found:
            place = self.sources.locate(one.span)
            lines.append(f"! {one.code} {place.line}" if place else f"! {one.code}")
        return "\n".join(lines) + "\n"

    def letters(self) -> str:
        """Every letter and digit of the document in order: labels, titles, text."""
        parts = []
        for section in self.document.sections:
            parts.append(section.label)
            parts.append(plain(section.title))
            for block in section.blocks:
                parts.extend(plain(run) for run in inline_runs([block]))
        return _fold(" ".join(parts))

    def source_letters(self) -> str:
        """Every letter and digit of the files, less what was removed and the notes."""
        parts: list[str] = []
        gone = [one.span for one in self.document.removed]
        gone += [note.span for note in self.document.notes]
        for file in self.sources:
            text = list(file.text)
            for span in gone:
                if span.source == file.id:
                    text[span.start : span.end] = " " * (span.end - span.start)
            lines = "".join(text).split("\n")
            parts.extend(line for line in lines if not is_mark(line))
        whole = " ".join(parts)
        return _fold(_NOTE_MARK.sub(" ", whole) if self.document.notes else whole)


def _fold(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def context(sources: SourceMap, found: list[Diagnostic], **config: Any) -> Context:
    """A context with the settings given."""
    return Context(make_config(config), load_language("en"), found.append, sources, Path())


def read(*texts: str, **config: Any) -> Read:
    """Read texts as the files of one book."""
    sources, found = SourceMap(), list[Diagnostic]()
    files = [sources.add(Path(f"{n}.txt"), text) for n, text in enumerate(texts, 1)]
    return Read(read_plain(files, context(sources, found, **config)), sources, found)


def read_file(path: Path) -> Read:
    """Read one file from the disk."""
    sources, found = SourceMap(), list[Diagnostic]()
    file: SourceFile = sources.load(path)
    return Read(read_plain([file], context(sources, found)), sources, found)
