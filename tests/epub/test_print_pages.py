"""The page list is that of the build's PDF: every page, its mark before its first word."""

from __future__ import annotations

from pathlib import Path

import printed
import pytest

from bookforge import pipeline
from bookforge.diagnostics import Diagnostic
from bookforge.model.walk import plain

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(not printed.can_read(), reason="poppler's pdftotext is missing")

BOOK = """\
# Part One: Beginnings

## Chapter 1: The Lamp

{long}

* * *

{long}

### A heading inside

{long}[^1]

## Chapter 2

{short}

{long}

[^1]: A note at the foot.
"""


def check(path: Path, out: Path, *settings: str) -> None:
    found: list[Diagnostic] = []
    request = pipeline.Request(path, overrides=settings, out=out)
    book = pipeline.find_book(request, found.append)
    made = pipeline.build(book, ("epub", "print"), found.append, use_cache=False)
    files = {file.kind: file.path for file in made.files}
    pages, marked = printed.read_pdf(files["print"]), printed.read_epub(files["epub"])
    assert len(pages) == made.pages == len(marked.listed)
    assert [label for label, _ in marked.marks] == marked.listed
    assert printed.misplaced(pages, marked, heads(book)) == []


def heads(book: pipeline.Book) -> set[str]:
    """Running heads, and what stands on the half-title, which the e-book has not."""
    reading = pipeline.prepare(book, lambda found: None)
    title, authors = reading.metadata.title, reading.metadata.authors
    return printed.heads_of(
        "",
        title,
        " & ".join(authors),
        f"{title}{' '.join(authors)}",
        *(one.label or plain(one.title) for one in reading.document.sections),
        *(plain(one.title) for one in reading.document.sections),
        *(_title_page(reading) for one in reading.document.sections[:2]),
    )


def _title_page(reading: pipeline.Reading) -> str:
    """Title and author as the printed title page has them; the e-book's order is another."""
    data = reading.metadata
    whole = [data.title, data.subtitle, *data.authors, data.extra.get("publisher", "")]
    return " ".join(whole)


def test_the_sample(tmp_path: Path) -> None:
    check(ROOT, tmp_path)


@pytest.mark.parametrize("opening", ["recto", "any", "run-on"])
def test_parts_blanks_headings_and_notes(tmp_path: Path, opening: str) -> None:
    sentence = "The keeper climbed the {} stair and lit the lamp before the ninth bell rang. "
    words = [sentence.format(number) for number in range(240)]
    long = "\n\n".join("".join(words[at : at + 6]) for at in range(0, 240, 6))
    text = BOOK.format(long=long, short="x")
    path = tmp_path / "book.md"
    path.write_text(text, encoding="utf-8")
    check(path, tmp_path / "out", f"output.print.chapters-open={opening}", "output.print.trim=A6")


@pytest.mark.slow
def test_the_corpus(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "corpus/chapters/texts").iterdir()):
        check(path, tmp_path / path.stem)
