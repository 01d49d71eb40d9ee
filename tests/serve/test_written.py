"""A manuscript on the shelf: built again when it changes, never half, never lost."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from bookforge.diagnostics import BookError, Diagnostic, Severity
from bookforge.serve.shelf import Kind
from bookforge.serve.written import Made, Written
from tests.serve.books import metadata, write_epub


class Writer:
    """A manuscript whose title is its text, and the callable that builds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "book"
        (self.folder / "build").mkdir(parents=True)
        self.builds = 0
        self.write("First")

    def write(self, text: str) -> None:
        self.builds_before = self.builds
        path = self.folder / "text.txt"
        path.write_text(text)
        os.utime(path, ns=(0, (self.builds + 1) * 1_000_000_000))

    def __call__(self, folder: Path) -> Made:
        self.builds += 1
        title = (self.folder / "text.txt").read_text()
        if title == "broken":
            raise BookError(Diagnostic("R003", Severity.ERROR, "broken"))
        file = write_epub(folder / "Book.epub", metadata(title))
        return Made({Kind.EPUB: file}, (self.folder,), (self.folder / "build",))


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path)


@pytest.fixture
def written(writer: Writer, tmp_path: Path) -> Written:
    return Written(writer.folder, writer, tmp_path / "scratch")


def _title(written: Written) -> str:
    return written.entries[0].about.title


def test_built_once_while_nothing_changes(writer: Writer, written: Written) -> None:
    (writer.folder / "build" / "out.epub").write_bytes(b"made by build")
    (writer.folder / ".git").mkdir()
    (writer.folder / ".git" / "index").write_bytes(b"")
    written.refresh()
    assert writer.builds == 1
    assert written.entries[0].modified == 1
    assert written.entries[0].name == "Book"


def test_built_again_when_the_text_changes(writer: Writer, written: Written) -> None:
    before = written.entries[0]
    writer.write("Second")
    written.refresh()
    written.refresh()
    assert (_title(written), writer.builds) == ("Second", 2)
    assert written.entries[0].id == before.id
    assert before.files[Kind.EPUB].exists()  # Somebody may be reading it.
    writer.write("Third")
    written.refresh()
    assert not before.files[Kind.EPUB].exists()


def test_built_again_when_a_file_comes_or_a_decision_is_made(
    writer: Writer, written: Written
) -> None:
    (writer.folder / "cover.jpg").write_bytes(b"")
    written.refresh()
    (writer.folder / ".bookforge").mkdir()
    (writer.folder / ".bookforge" / "decisions.toml").write_text("")
    written.refresh()
    assert writer.builds == 3


def test_a_build_that_fails_leaves_the_last_good_one(writer: Writer, written: Written) -> None:
    writer.write("broken")
    written.refresh()
    written.refresh()
    assert (_title(written), writer.builds) == ("First", 2)
    assert written.entries[0].files[Kind.EPUB].exists()
    writer.write("Mended")
    written.refresh()
    assert _title(written) == "Mended"


def test_the_first_build_may_fail_loudly(writer: Writer, tmp_path: Path) -> None:
    writer.write("broken")
    with pytest.raises(BookError):
        Written(writer.folder, writer, tmp_path / "other")


def test_nobody_waits_long_for_a_build(
    writer: Writer, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookforge.serve.written._PATIENCE", 0.05)
    begun, go_on = threading.Event(), threading.Event()
    build = Writer.__call__

    def slow(self: Writer, folder: Path) -> Made:
        begun.set()
        assert go_on.wait(30)
        return build(self, folder)

    monkeypatch.setattr(Writer, "__call__", slow)
    writer.write("Second")
    for _ in range(3):
        written.refresh()
        assert begun.wait(30)
        assert _title(written) == "First"
    go_on.set()
    monkeypatch.setattr("bookforge.serve.written._PATIENCE", 30)
    written.refresh()
    assert _title(written) == "Second"


def test_readers_together_make_one_build(writer: Writer, written: Written) -> None:
    writer.write("Second")
    threads = [threading.Thread(target=written.refresh) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (_title(written), writer.builds) == ("Second", 2)
