"""Outputs: whole or not at all, and never somebody else's file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bookforge.diagnostics import BookError
from bookforge.store import MANIFEST, Outputs, write_bytes, write_whole


def code_of(caught: pytest.ExceptionInfo[BookError]) -> str:
    return caught.value.diagnostics[0].code


def test_an_interruption_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    write_bytes(target, b"old")
    with pytest.raises(KeyboardInterrupt), write_whole(target) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BookError, match="no space") as caught:
        write_bytes(tmp_path / "book.epub", b"new")
    assert code_of(caught) == "O001"
    assert list(tmp_path.iterdir()) == []


def make(folder: Path, name: str, data: bytes) -> None:
    with Outputs(folder) as outputs:
        draft = outputs.draft(name)
        write_bytes(draft, data)
        outputs.publish(name, draft)


def test_a_foreign_file_is_never_replaced(tmp_path: Path) -> None:
    foreign = tmp_path / "book.epub"
    foreign.write_text("mine", encoding="utf-8")
    with pytest.raises(BookError, match="did not make") as caught:
        Outputs(tmp_path).draft("book.epub")
    assert code_of(caught) == "O002"
    assert foreign.read_text(encoding="utf-8") == "mine"


def test_own_files_are_replaced_and_cleaned(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    make(folder, "book.epub", b"one")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    make(folder, "book.epub", b"two")
    assert (folder / "book.epub").read_bytes() == b"two"
    assert Outputs(folder).clean() == ([folder / "book.epub"], [])
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_an_output_that_the_writer_changed_is_the_writers(tmp_path: Path) -> None:
    make(tmp_path, "book.epub", b"one")
    (tmp_path / "book.epub").write_bytes(b"mended by hand")
    with pytest.raises(BookError, match="changed since") as caught:
        Outputs(tmp_path).draft("book.epub")
    assert code_of(caught) == "O002"
    assert Outputs(tmp_path).clean() == ([], [tmp_path / "book.epub"])


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    with pytest.raises(KeyboardInterrupt), Outputs(folder) as outputs:
        write_bytes(outputs.draft("book.epub"), b"half a book")
        raise KeyboardInterrupt
    assert not folder.exists()


def test_a_kill_before_the_renaming_leaves_the_old_file_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "book.epub", b"one")
    outputs = Outputs(tmp_path)
    draft = outputs.draft("book.epub")
    write_bytes(draft, b"two")

    def kill(self: Path, target: Path) -> Path:
        if target.name == "book.epub":
            raise KeyboardInterrupt
        return replace(self, target)

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", kill)
    with pytest.raises(KeyboardInterrupt):
        outputs.publish("book.epub", draft)
    monkeypatch.undo()
    make(tmp_path, "book.epub", b"three")
    assert (tmp_path / "book.epub").read_bytes() == b"three"


def test_drafts_of_killed_builds_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".bookforge-999999999-0.epub").write_bytes(b"left")
    (tmp_path / "..bookforge-999999999-0.pdf.x1y2").write_bytes(b"left")
    make(tmp_path, "book.epub", b"one")
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "book.epub"]


def test_a_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    (folder / MANIFEST).write_text('{"files": {"../precious.txt": ""}}', encoding="utf-8")
    assert Outputs(folder).clean() == ([], [])
    assert (tmp_path / "precious.txt").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        Outputs(tmp_path / "build").prepare()
    assert code_of(caught) == "O003"
