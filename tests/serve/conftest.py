"""A folder of finished books and a server that has it on its shelf, for all tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bookforge.serve.finished import Finished
from bookforge.serve.shelf import Shelf
from tests.serve.asking import Asked, running
from tests.serve.books import FULL, metadata, picture, write_epub


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three books: one in three forms with everything said of it, a bare one, a lone PDF."""
    folder = tmp_path_factory.mktemp("library")
    write_epub(folder / "Żółw.epub", FULL, picture(), {"big.bin": bytes(range(256)) * 2_000})
    write_epub(folder / "Żółw.kepub.epub", FULL, picture())
    (folder / "Żółw-screen.pdf").write_bytes(b"%PDF-1.7 screen")
    (folder / "Żółw-print.pdf").write_bytes(b"%PDF-1.7 print")
    (folder / "Żółw-proof.pdf").write_bytes(b"%PDF-1.7 proof")
    (folder / "sub").mkdir()
    write_epub(folder / "sub" / "bare.epub", metadata("Bare"))
    (folder / "A_lone leaf.pdf").write_bytes(b"%PDF-1.4 leaf")
    (folder / ".hidden.epub").write_bytes(b"no")
    (folder / "notes.txt").write_text("secret")
    return folder


def blame(path: Path, reason: str) -> None:
    raise AssertionError(f"{path}: {reason}")


@pytest.fixture(scope="session")
def served(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A server that has the library on its shelf."""
    with running(Shelf([Finished(library, blame)]), tmp_path_factory.mktemp("made")) as asked:
        yield asked
