"""Documents of several formats made one book."""

from __future__ import annotations

from pathlib import Path

from bookforge.locate import Request, find_book
from bookforge.model.document import Document
from bookforge.model.inlines import NoteRef
from bookforge.model.walk import inline_runs, leaves, plain
from bookforge.pipeline import read_document


def _read(folder: Path, **files: str) -> Document:
    (folder / "manuscript").mkdir()
    (folder / "book.toml").write_text('[manuscript]\nfiles = "manuscript"\n', encoding="utf-8")
    for name, text in files.items():
        file = folder / "manuscript" / name.replace("_", ".")
        file.write_text(text, encoding="utf-8")
    book = find_book(Request(folder), lambda found: None)
    return read_document(book, lambda found: None)[0]


def _note_texts(document: Document) -> list[str]:
    """The words of the note behind each mark, in reading order."""
    notes = {note.id: note for note in document.notes}
    return [
        " ".join(plain(run) for run in inline_runs(notes[node.id].blocks))
        for section in document.sections
        for run in inline_runs(section.blocks)
        for node in leaves(run)
        if isinstance(node, NoteRef)
    ]


def test_notes_of_one_name_in_two_parts_are_two(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        a_md="# One\n\nHello.[^1]\n\n[^1]: First.\n",
        b_txt="Chapter Two\n\nPlain words.\n\nMore of them.\n",
        c_md="# Three\n\nHello.[^1]\n\n[^1]: Second.\n",
    )
    assert _note_texts(document) == ["First.", "Second."]
    assert [plain(section.title) or section.label for section in document.sections] == [
        "One",
        "Chapter Two",
        "Three",
    ]


def test_the_first_part_that_says_it_counts(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        a_txt="Chapter One\n\nPlain words.\n\nMore of them.\n",
        b_md="---\ntitle: Low Water\nauthor: A. Keel\n---\n\n# Two\n\nWords.\n",
    )
    assert (document.found.title, document.found.authors) == ("Low Water", ("A. Keel",))
