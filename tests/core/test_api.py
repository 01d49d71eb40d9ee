"""bookforge as a library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import bookforge
from bookforge.diagnostics import BookError, ConfigError

TEXT = "# One\n\nIt was a plain beginning.\n\n# Two\n\nIt was a plain end.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "Plain"\n[manuscript]\nfiles = "plain.md"\n', encoding="utf-8"
    )
    (tmp_path / "plain.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_what_is_public_is_there() -> None:
    assert all(getattr(bookforge, name) for name in bookforge.__all__)
    with pytest.raises(AttributeError, match="bindery"):
        _ = bookforge.bindery


def test_importing_it_loads_nothing() -> None:
    program = "import sys, bookforge; print([m for m in sys.modules if m.startswith('bookforge.')])"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"


def test_settings_are_read(book: Path) -> None:
    config = bookforge.load_config(book / "book.toml", settings=["output.print.trim=A5"])
    assert (config.book.title, config.output.print.trim) == ("Plain", "A5")
    with pytest.raises(ConfigError):
        bookforge.load_config(book / "book.toml", settings=["output.print.trim=1x1"])


def test_a_book_is_built(book: Path) -> None:
    done = bookforge.build(str(book), ["epub"], out=book / "there", settings=["book.title=Other"])
    assert [file.path for file in done.files] == [book / "there" / "Other.epub"]
    assert done.files[0].path.is_file()


def test_a_check_gives_what_was_found_and_writes_nothing(book: Path) -> None:
    (book / "plain.md").write_text(TEXT + "\n![A map](map.png)\n", encoding="utf-8")
    before = sorted(book.iterdir())
    done = bookforge.check(book)
    assert [(found["code"], found["line"]) for found in done.to_json()["diagnostics"]] == [
        ("I001", 9)
    ]
    assert sorted(book.iterdir()) == before


def test_what_stops_a_book_is_raised(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="does not exist"):
        bookforge.build(tmp_path / "nothing.txt")
