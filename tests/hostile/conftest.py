"""A book that is to be spoilt, and a build that must take it well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bookforge.cli.main import main

TEXT = "# One\n\nIt was a plain beginning.\n\n# Two\n\nIt was a plain end.\n"


@dataclass(frozen=True)
class Outcome:
    """What a build came to: exit code, messages, and the files that are there afterwards."""

    code: int
    out: str
    err: str
    files: tuple[str, ...]


Build = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good small book, in which one stands."""
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "Plain"\nauthor = "A. Writer"\n[manuscript]\nfiles = "plain.md"\n',
        encoding="utf-8",
    )
    (tmp_path / "plain.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def build(folder: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """Build, and hold what holds for every build: sources untouched, nothing half done."""

    def run(*arguments: str) -> Outcome:
        before = _contents(folder)
        code = main(["build", *arguments])
        streams = capsys.readouterr()
        assert code in (0, 1, 2, 130), streams.err
        assert "Traceback" not in streams.err
        after = _contents(folder)
        assert {name: after.get(name) for name in before} == before
        made = sorted(set(after) - set(before))
        if code == 0:
            assert all(after[name] for name in made)
        else:
            assert [name for name in made if name != "build/.bookforge.json"] == []
        return Outcome(code, streams.out, streams.err, tuple(made))

    return run


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes (read by a way that no test spoils)."""
    contents = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                contents[str(path.relative_to(folder))] = file.read()
    return contents
