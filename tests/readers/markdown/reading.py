"""Reading small Markdown texts in tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import load_language
from bookforge.model.document import Document
from bookforge.model.dump import dump
from bookforge.model.inlines import Code, Text
from bookforge.model.walk import inline_runs, leaves
from bookforge.readers.markdown import read_markdown
from bookforge.source import SourceMap
from tests.settings import make_config


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
    def dump(self) -> str:
        """The document and the findings as lines."""
        lines = []
        for one in self.found:
            place = self.sources.locate(one.span)
            lines.append(f"! {one.code} {place.line}:{place.column}\n" if place else one.code)
        return dump(self.document, self.sources) + "".join(lines)

    def texts(self) -> Iterator[Text | Code]:
        """Every text node in reading order, notes last."""
        for section in self.document.sections:
            yield from _texts(section.title)
            for run in inline_runs(section.blocks):
                yield from _texts(run)
        for note in self.document.notes:
            for run in inline_runs(note.blocks):
                yield from _texts(run)


def _texts(run: Any) -> Iterator[Text | Code]:
    for node in leaves(run):
        if isinstance(node, Text | Code):
            yield node


def read(*texts: str, **config: Any) -> Read:
    """Read texts as the files of one book."""
    sources, found = SourceMap(), list[Diagnostic]()
    files = [sources.add(Path(f"{n}.md"), text) for n, text in enumerate(texts, 1)]
    settings = {"book": {"language": "en"}, **config}
    context = Context(make_config(settings), load_language("en"), found.append, sources, Path())
    return Read(read_markdown(files, context), sources, found)
