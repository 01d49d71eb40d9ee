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


def test_a_foreign_file_is_never_replaced(tmp_path: Path) -> None:
    foreign = tmp_path / "book.epub"
    foreign.write_text("mine", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        Outputs(tmp_path).claim("book.epub")
    assert code_of(caught) == "O002"
    assert foreign.read_text(encoding="utf-8") == "mine"


def test_own_files_are_replaced_and_cleaned(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    outputs = Outputs(folder)
    outputs.prepare()
    write_bytes(outputs.claim("book.epub"), b"one")
    outputs.record("book.epub")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    again = Outputs(folder)
    write_bytes(again.claim("book.epub"), b"two")
    assert again.clean() == [folder / "book.epub"]
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_name_that_was_never_written_is_given_back(tmp_path: Path) -> None:
    with pytest.raises(BookError), Outputs(tmp_path) as outputs:
        write_bytes(outputs.claim("book.pdf"), b"one")
        outputs.claim("book.epub")
        raise BookError
    (tmp_path / "book.epub").write_text("mine", encoding="utf-8")
    again = Outputs(tmp_path)
    assert again.names == ("book.pdf",)  # Written though not recorded: ours.
    with pytest.raises(BookError) as caught:
        again.claim("book.epub")
    assert code_of(caught) == "O002"


def test_a_failure_that_writes_nothing_lists_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Outputs(tmp_path / "build") as outputs:
        outputs.claim("book.epub")
        raise KeyboardInterrupt
    assert Outputs(tmp_path / "build").names == ()


def test_a_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    (folder / MANIFEST).write_text('{"files": {"../precious.txt": ""}}', encoding="utf-8")
    assert Outputs(folder).clean() == []
    assert (tmp_path / "precious.txt").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        Outputs(tmp_path / "build").prepare()
    assert code_of(caught) == "O003"
