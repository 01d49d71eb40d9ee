"""Reading small word-processor, web and e-book files in tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bookforge.diagnostics import Diagnostic
from bookforge.model.document import Document
from bookforge.model.dump import dump
from bookforge.model.walk import inline_runs, plain
from bookforge.registry import find_reader, format_of
from bookforge.source import SourceMap
from tests.readers.plain.reading import Read, context

_WORD = re.compile(r"\w+")

# Sentences enough for a chapter that the detector believes in.
STORY = (
    "The ferry came in late that evening, and nobody on the quay said a word about it to the "
    "captain, who stood at the rail with his hat in his hand and looked at the lights.",
    "“You might have sent a line,” said Marta, and took the rope from the boy before he could "
    "drop it into the harbour as he had done on each of the three days before this one.",
    "He laughed. It was not a pleasant laugh, and it went on for longer than anybody liked, "
    "until the gulls got up from the roof of the fish market and flew away over the town.",
)


class Opened(Read):
    """What came of reading files."""

    @property
    def dump(self) -> str:
        return dump(self.document, self.sources)

    @property
    def words(self) -> list[str]:
        """Every word of the document in order, without notes."""
        return words_of(self.document)

    @property
    def note_words(self) -> list[str]:
        return [
            word
            for note in self.document.notes
            for run in inline_runs(note.blocks)
            for word in _WORD.findall(plain(run))
        ]

    def place(self, code: str) -> str:
        """Where a finding points: "name:paragraph:column"."""
        found = next(one for one in self.found if one.code == code)
        at = self.sources.locate(found.span)
        return f"{at.path.name}:{at.line}:{at.column}" if at else found.file


def words_of(document: Document) -> list[str]:
    found: list[str] = []
    for section in document.sections:
        found += _WORD.findall(section.label)
        found += _WORD.findall(plain(section.title))
        for run in inline_runs(section.blocks):
            found += _WORD.findall(plain(run))
    return found


def open_files(*paths: Path, **config: Any) -> Opened:
    """Read files of one format as one book."""
    sources, found = SourceMap(), list[Diagnostic]()
    files = [sources.load_bytes(path) for path in paths]
    ctx = context(sources, found, **config)
    reader = find_reader(format_of(paths[0].suffix) or "")
    return Opened(reader(files, ctx), sources, found)


def check_spans(read: Opened) -> None:
    """Every text is what its span covers, tabs apart."""
    from bookforge.model.inlines import Code, Text
    from bookforge.model.walk import leaves

    for section in read.document.sections:
        for run in (section.title, *inline_runs(section.blocks)):
            for leaf in leaves(run):
                if isinstance(leaf, Text | Code):
                    span = leaf.span
                    text = read.sources[span.source].text[span.start : span.end]
                    assert text.replace("\t", " ") == leaf.text
