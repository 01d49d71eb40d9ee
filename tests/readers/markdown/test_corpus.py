"""Whole books: no word lost, chapters where they are, time in proportion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bookforge.model.document import DIVISIONS, Document, SectionKind
from bookforge.model.inlines import Text
from bookforge.model.walk import inline_runs, plain
from tests.readers.markdown.reading import Read, read

_MARKS = re.compile(r"[\W_]+")


def _words(text: str) -> list[str]:
    return _MARKS.sub(" ", text).split()


def _document_words(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from _words(f"{section.label} {plain(section.title)}")
        for run in inline_runs(section.blocks):
            yield from _words(plain(run))


def _check_words(found: Read, text: str) -> None:
    for item in found.document.removed:
        text = text.replace(text[item.span.start : item.span.end], "", 1)
    assert list(_document_words(found.document)) == _words(text)


def test_every_word_of_a_novella_is_read(shared: Path) -> None:
    text = (shared / "corpus/perf/S.md").read_text(encoding="utf-8")
    found = read(text)
    _check_words(found, text)
    assert found.found == []
    for node in found.texts():
        if isinstance(node, Text):
            assert node.text[:1] == text[node.span.start]
            assert text[node.source_offset(len(node.text) - 1)] == node.text[-1]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["M", "L"])
def test_every_word_of_a_novel_is_read(name: str, shared: Path) -> None:
    text = (shared / f"corpus/perf/{name}.md").read_text(encoding="utf-8")
    _check_words(read(text), text)


@pytest.mark.parametrize("name", ["syn-md-atx", "syn-md-setext"])
def test_sections_are_the_books(name: str, shared: Path) -> None:
    folder = shared / "corpus/chapters"
    text = (folder / f"texts/{name}.md").read_text(encoding="utf-8")
    truth: dict[str, Any] = json.loads((folder / f"truth/{name}.json").read_text(encoding="utf-8"))
    found = read(text)
    sections = [
        (section.label, plain(section.title), found.sources[0].line_of(section.span.start))
        for section in found.document.sections
    ]
    assert sections == [(one["label"], one["title"], one["line"]) for one in truth["sections"]]
    assert found.document.found.title == truth["title"]


def test_the_sample_book_is_understood() -> None:
    """It uses every convention the documentation names, and nothing is reported."""
    path = Path(__file__).parents[3] / "manuscripts/the-laurel-road.md"
    text = path.read_text(encoding="utf-8")
    found = read(text)
    assert found.found == []
    kinds = [section.kind for section in found.document.sections]
    assert kinds[0] is SectionKind.PROLOGUE
    assert kinds[-1] is SectionKind.EPILOGUE
    assert sum(kind in DIVISIONS for kind in kinds) == 2
    assert [
        section.number for section in found.document.sections if section.kind is SectionKind.CHAPTER
    ] == list(range(1, 10))
    assert len(found.document.notes) == 2
