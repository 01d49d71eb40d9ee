"""Every word of a manuscript stands in the EPUB and on the pages, once and in order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.whole.books import Built, build_book
from tests.whole.words import first_difference

_NEEDS_POPPLER = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def check_epub(built: Built) -> None:
    assert first_difference(built.body_words(), built.epub_words()) == ""


def check_pages(built: Built) -> None:
    wanted = "".join(built.epub_words())
    got = built.page_letters()
    # Pages made from metadata stand before the text, and maybe behind it.
    begin = got.find(wanted[:60])
    assert begin >= 0, f"the text does not begin with {wanted[:60]!r}"
    assert got[begin : begin + len(wanted)] == wanted


@_NEEDS_POPPLER
def test_a_scene_without_headings(shared: Path, tmp_path: Path) -> None:
    built = build_book(shared / "manuscripts" / "seed.txt", tmp_path)
    check_epub(built)
    check_pages(built)


@pytest.mark.parametrize("name", ["syn-verse-letters.txt", "syn-traps.txt", "syn-md-setext.md"])
def test_awkward_manuscripts(shared: Path, tmp_path: Path, name: str) -> None:
    built = build_book(shared / "corpus" / "chapters" / "texts" / name, tmp_path)
    check_epub(built)
    if shutil.which("pdftotext"):
        check_pages(built)


# What words cannot tell apart in these: marks of scene breaks that are letters, and words from
# right to left, which pdftotext turns round once more.
_MARKS_OF_LETTERS = {"syn-fanfic-ffn.txt"}
_OTHER_ORDER = {"moby-dick.txt"}


@pytest.mark.slow
def test_every_text_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    texts = [*(shared / "corpus" / "chapters" / "texts").iterdir()]
    texts += [path for path in (shared / "corpus" / "perf").iterdir() if path.name[1] == "."]
    faults = []
    for path in sorted(texts):
        # The contents page would stand amid the front matter.
        built = build_book(path, tmp_path / path.stem, 'matter.front=["title-page", "copyright"]')
        try:
            if path.name not in _MARKS_OF_LETTERS:
                check_epub(built)
            if path.name not in _OTHER_ORDER and shutil.which("pdftotext"):
                check_pages(built)
        except AssertionError as error:
            faults.append(f"{path.name}: {str(error)[:300]}")
        shutil.rmtree(tmp_path / path.stem)
    assert faults == []
