"""Outputs that cannot be written, and builds that are interrupted."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bookforge.cli.main import main
from tests.hostile.conftest import Build


def test_a_foreign_file_in_the_way(folder: Path, build: Build) -> None:
    (folder / "build").mkdir()
    (folder / "build" / "Plain.epub").write_text("mine", encoding="utf-8")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[O002]: ")
    assert (folder / "build" / "Plain.epub").read_text(encoding="utf-8") == "mine"


def test_a_file_where_the_folder_should_be(folder: Path, build: Build) -> None:
    (folder / "build").write_text("mine", encoding="utf-8")
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[O003]: ")


def test_building_again_replaces_what_was_made(folder: Path, build: Build) -> None:
    assert build().code == 0
    assert build().code == 0
    (folder / "plain.md").write_text("# Other\n\nWords.\n", encoding="utf-8")
    assert main(["build", "-q"]) == 0


def test_clean_removes_only_what_was_made(folder: Path, build: Build) -> None:
    assert build().code == 0
    (folder / "build" / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["clean"]) == 0
    assert [path.name for path in (folder / "build").iterdir()] == ["notes.txt"]
    (folder / "plain.md").unlink()
    assert main(["clean"]) == 0


def test_a_folder_that_may_not_be_written(
    build: Build, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("bookforge.store.tempfile.mkstemp", refuse)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[O001]: ") and "Permission denied" in outcome.err


@pytest.mark.parametrize("room", range(6))
def test_a_full_disk(
    build: Build, folder: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """The disk fills up at the first, second … flush: nothing half written stays."""
    flushed = 0
    real = os.fsync

    def fill(handle: int) -> None:
        nonlocal flushed
        flushed += 1
        if flushed > room:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr("bookforge.store.os.fsync", fill)
    code = main(["build"])
    assert code in (0, 1)
    names = [path.name for path in (folder / "build").glob("*")]
    assert not [name for name in names if name.startswith(".") and name != ".bookforge.json"]
    for name in names:
        data = (folder / "build" / name).read_bytes()
        assert data.endswith(b"%%EOF\n") or data[:2] == b"PK" or name == ".bookforge.json"


_STEPS = (
    "bookforge.source.SourceMap.load",
    "bookforge.passes.metadata.describe",
    "bookforge.passes.typography.clean.clean",
    "bookforge.passes.ids.assign",
    "bookforge.typeset.layout.lay_out",
    "bookforge.render.pdf.book.paint",
    "bookforge.render.epub.book.render",
    "bookforge.store.hash_file",
    "bookforge.store.os.fsync",
)


@pytest.mark.parametrize("step", _STEPS)
def test_interrupted_in_any_step(build: Build, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(step, interrupt)
    code = main(["build"])
    assert code == 130
    monkeypatch.undo()


def test_after_an_interruption_the_next_build_is_whole(
    folder: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("bookforge.render.epub.book.render", _interrupt)
        assert main(["build"]) == 130
    assert main(["build"]) == 0
    assert (folder / "build" / "Plain.epub").stat().st_size > 1000


def test_a_file_of_the_writers_after_a_failed_build(
    folder: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("bookforge.render.epub.book.render", _interrupt)
        assert main(["build", "epub"]) == 130
    (folder / "build").mkdir()
    (folder / "build" / "Plain.epub").write_text("mine", encoding="utf-8")
    outcome = build()
    assert outcome.code == 1
    assert "error[O002]: " in outcome.err
    assert (folder / "build" / "Plain.epub").read_text(encoding="utf-8") == "mine"


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 1.5])
def test_ctrl_c_at_any_moment(folder: Path, delay: float) -> None:
    """A real signal to a real process: whole files or none, and no traceback."""
    (folder / "plain.md").write_text("# One\n\n" + "Words and words. " * 9_000, encoding="utf-8")
    command = [sys.executable, "-m", "bookforge", "build"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        message = process.communicate()[1]
    # Interrupted while Python runs generated code, it ends by the signal; a shell sees 130 too.
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "Traceback" not in message
    made = list((folder / "build").iterdir()) if (folder / "build").is_dir() else []
    assert {path.suffix for path in made} <= {".pdf", ".epub", ".json", ""}
    assert not [path for path in made if path.name.startswith(".Plain")]
