"""Small books for the tests of passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import load_language
from bookforge.model.document import Document
from bookforge.passes import matter, metadata
from bookforge.readers.markdown import read_markdown
from bookforge.source import SourceMap
from tests.settings import make_config


@dataclass
class Desk:
    """A context with what was reported in it."""

    folder: Path = field(default_factory=Path)
    settings: Mapping[str, Any] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    sources: SourceMap = field(default_factory=SourceMap)

    @property
    def context(self) -> Context:
        config = make_config({"book": {"language": "en"}, **self.settings})
        files = tuple(file.path for file in self.sources)
        language = load_language("en")
        return Context(config, language, self.found.append, self.sources, self.folder, files=files)

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.found]

    def read(self, text: str, name: str = "novel.md") -> Document:
        return read_markdown([self.sources.add(self.folder / name, text)], self.context)

    def describe(self, document: Document) -> Metadata:
        context = self.context
        return metadata.describe(context.config, document.found, document.language, context)

    def arrange(self, text: str, **extra: str) -> Document:
        """A whole book; `extra` are the words of the items of [matter], by kind."""
        document = self.read(text)
        given = {
            item: self.read(extra[item.kind.replace("-", "_")], "book.toml")
            for item in matter.items(self.context.config)
            if item.text is not None
        }
        return matter.arrange(document, given, self.describe(document), self.context)
