"""No word lost: whatever is written into a file is read once, in order, with its looks."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookforge.diagnostics import BookError
from tests.readers.docx import making
from tests.readers.epub.making import make_epub
from tests.readers.files import STORY, check_spans, open_files
from tests.readers.golden import CASES, UPDATE
from tests.readers.odt.making import make_odt

# No letters that draw a scene break (xox), no numbers that head a chapter.
_WORDS = st.lists(
    st.text("abcdefghijklmnpqrstuvwäéß", min_size=2, max_size=8), min_size=1, max_size=6
)
_RUNS = st.lists(st.tuples(_WORDS, st.sampled_from(["", "i", "b", "ib"])), min_size=1, max_size=4)
_FORMS = st.sampled_from(["plain", "bullet", "quote", "table", "centred", "heading"])


@dataclass(frozen=True)
class Paragraph:
    """A paragraph to be written: its form, and words with their looks."""

    form: str
    runs: Sequence[tuple[Sequence[str], str]]

    @property
    def words(self) -> list[str]:
        return [word for words, _ in self.runs for word in words]


_BOOKS = st.lists(st.builds(Paragraph, _FORMS, _RUNS), min_size=1, max_size=8)


def write_docx(book: Sequence[Paragraph]) -> bytes:
    document = Document()
    document.add_heading("Chapter 1", 1)
    styles = {"bullet": "List Bullet", "quote": "Quote", "heading": "Heading 2"}
    for paragraph in book:
        if paragraph.form == "table":
            made = document.add_table(1, 2).cell(0, 1).paragraphs[0]
        else:
            made = document.add_paragraph(style=styles.get(paragraph.form))
        made.alignment = 1 if paragraph.form == "centred" else None
        for words, look in paragraph.runs:
            run = made.add_run(" ".join(words) + " ")
            run.italic, run.bold = "i" in look or None, "b" in look or None
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_ODT = {
    "bullet": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    "quote": '<text:p text:style-name="P2">{}</text:p>',
    "table": "<table:table><table:table-row><table:table-cell/><table:table-cell>"
    "<text:p>{}</text:p></table:table-cell></table:table-row></table:table>",
    "centred": '<text:p text:style-name="P1">{}</text:p>',
    "heading": '<text:h text:outline-level="2">{}</text:h>',
}
_HTML = {
    "bullet": "<ul><li>{}</li></ul>",
    "quote": "<blockquote>{}</blockquote>",
    "table": "<table><tr><td></td><td>{}</td></tr></table>",
    "centred": '<p style="text-align: center">{}</p>',
    "heading": "<h2>{}</h2>",
}


def write_odt(book: Sequence[Paragraph]) -> bytes:
    styles = {"i": "T1", "b": "T2", "ib": "T1"}
    body = '<text:h text:outline-level="1">Chapter 1</text:h>'
    for paragraph in book:
        runs = "".join(
            f'<text:span text:style-name="{styles[look]}">{" ".join(words)} </text:span>'
            if look
            else " ".join(words) + " "
            for words, look in paragraph.runs
        )
        body += _ODT.get(paragraph.form, "<text:p>{}</text:p>").format(runs)
    return make_odt(body)


def _write_page(book: Sequence[Paragraph]) -> str:
    page = "<h1>Chapter 1</h1>"
    for paragraph in book:
        runs = "".join(
            "".join(f"<{tag}>" for tag in look)
            + escape(" ".join(words))
            + "".join(f"</{tag}>" for tag in reversed(look))
            + " "
            for words, look in paragraph.runs
        )
        page += _HTML.get(paragraph.form, "<p>{}</p>").format(runs)
    return page


def write_html(book: Sequence[Paragraph]) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body>{_write_page(book)}".encode()


def write_epub(book: Sequence[Paragraph]) -> bytes:
    return make_epub({"a": _write_page(book)})


WRITERS = {"docx": write_docx, "odt": write_odt, "html": write_html, "epub": write_epub}


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_every_word_once_in_order(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"novel.{ending}"

    @settings(
        max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(_BOOKS)
    def check(book: Sequence[Paragraph]) -> None:
        path.write_bytes(WRITERS[ending](book))
        read = open_files(path)
        check_spans(read)
        assert read.words == [
            "Chapter",
            "1",
            *(word for paragraph in book for word in paragraph.words),
        ]

    check()


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_bent_files_are_no_traceback(ending: str, tmp_path: Path) -> None:
    """Bytes changed at random places: read, or refused with a finding."""
    chance = random.Random(ending)
    data = WRITERS[ending]([Paragraph("plain", [(line.split(), "i")]) for line in STORY])
    path = tmp_path / f"novel.{ending}"
    for _ in range(25):
        bent = bytearray(data)
        for _ in range(chance.randint(1, 5)):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        path.write_bytes(bent)
        try:
            open_files(path)
        except BookError as error:
            assert error.diagnostics[0].hints


MANUSCRIPTS: list[Callable[[], Any]] = [
    making.styled,
    making.unstyled,
    making.titles,
    making.paged,
    making.google,
    making.scrivener,
    making.german,
    making.auto_numbered,
]


@pytest.mark.parametrize("make", MANUSCRIPTS, ids=lambda make: make.__name__)
def test_golden(make: Callable[[], Any], tmp_path: Path) -> None:
    """The whole dump; `pytest --update-golden` writes it anew, review the diff."""
    read = open_files(making.save(make(), tmp_path))
    path = CASES / "docx" / f"{make.__name__}.txt"
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(read.dump, encoding="utf-8")
    assert read.dump == path.read_text(encoding="utf-8")
