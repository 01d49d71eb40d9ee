"""Folders of finished books: what belongs together, and what comes and goes."""

from __future__ import annotations

from pathlib import Path

from bookforge.serve.finished import Finished, list_books
from bookforge.serve.shelf import Kind
from tests.serve.books import metadata, picture, write_epub
from tests.serve.conftest import blame


def test_the_forms_of_a_book_are_one_book(library: Path) -> None:
    found = {
        name: {kind: file.name for kind, file in files.items()}
        for name, files in list_books(library)
    }
    assert found == {
        "A_lone leaf": {Kind.PDF: "A_lone leaf.pdf"},
        "Żółw": {
            Kind.KEPUB: "Żółw.kepub.epub",
            Kind.EPUB: "Żółw.epub",
            Kind.PDF: "Żółw-screen.pdf",
        },
        "bare": {Kind.EPUB: "bare.epub"},
    }


def test_a_lone_proof_is_a_book(tmp_path: Path) -> None:
    (tmp_path / "The-cover.pdf").write_bytes(b"%PDF")
    assert [name for name, _ in list_books(tmp_path)] == ["The-cover"]


def test_endings_in_capitals_and_names_that_are_endings(tmp_path: Path) -> None:
    write_epub(tmp_path / "LOUD.EPUB", metadata("Loud"))
    (tmp_path / "x").mkdir()
    write_epub(tmp_path / "x" / "plain.kepub.epub", metadata("Kobo"))
    (tmp_path / "-print.pdf").write_bytes(b"%PDF")
    names = [(name, *files) for name, files in list_books(tmp_path)]
    assert names == [("-print", Kind.PDF), ("LOUD", Kind.EPUB), ("plain", Kind.KEPUB)]


def test_one_file(library: Path) -> None:
    (entry,) = Finished(library / "sub" / "bare.epub", blame).entries
    assert entry.about.title == "Bare"


def test_books_come_change_and_go(tmp_path: Path) -> None:
    write_epub(tmp_path / "a.epub", metadata("One"))
    shelf = Finished(tmp_path, blame)
    (one,) = shelf.entries
    shelf.refresh()
    assert shelf.entries[0] is one
    write_epub(tmp_path / "a.epub", metadata("One, revised"), picture())
    write_epub(tmp_path / "b.epub", metadata("Two"))
    shelf.refresh()
    assert [entry.about.title for entry in shelf.entries] == ["One, revised", "Two"]
    assert shelf.entries[0].id == one.id
    (tmp_path / "a.epub").unlink()
    shelf.refresh()
    assert [entry.about.title for entry in shelf.entries] == ["Two"]


def test_a_damaged_book_is_left_out_and_told_of_once(tmp_path: Path) -> None:
    told: list[str] = []
    write_epub(tmp_path / "good.epub", metadata("Good"))
    (tmp_path / "bad.epub").write_bytes(b"bad")
    shelf = Finished(tmp_path, lambda path, reason: told.append(f"{path.name}: {reason}"))
    shelf.refresh()
    assert [entry.about.title for entry in shelf.entries] == ["Good"]
    assert told == ["bad.epub: it is damaged or not complete"]
    write_epub(tmp_path / "bad.epub", metadata("Mended"))
    shelf.refresh()
    assert [entry.about.title for entry in shelf.entries] == ["Mended", "Good"]
