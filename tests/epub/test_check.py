"""`bookforge check FILE.epub`: the real EPUBCheck, or a word why not."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from bookforge.diagnostics import Severity
from bookforge.preflight import epub as preflight
from bookforge.preflight.epub import Message, ToolError, check_epub, is_installed


def test_a_text_file_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_text("not a zip")
    assert [found.code for found in check_epub(path)] == ["E001"]


def test_a_missing_file(tmp_path: Path) -> None:
    assert [found.code for found in check_epub(tmp_path / "gone.epub")] == ["E001"]


def test_a_zip_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    (found,) = check_epub(path)
    assert found.code == "E001"
    assert "container.xml" in found.message


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A file that looks like an EPUB from outside."""
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
    return path


def test_without_the_extra_that_is_said(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "is_installed", lambda: False)
    (found,) = check_epub(shell)
    assert (found.code, found.severity) == ("E005", Severity.NOTE)


def test_severities(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [
        Message("RSC-005", "ERROR", "Wrong.", "a.xhtml:3:1", 4),
        Message("PKG-010", "WARNING", "Odd.", "", 1),
        Message("OPF-090", "USAGE", "Unusual.", "", 1),
        Message("CSS-028", "USAGE", "A font.", "", 9),
    ]
    monkeypatch.setattr(preflight, "run_epubcheck", lambda path: messages)
    monkeypatch.setattr(preflight, "is_installed", lambda: True)
    found = check_epub(shell)
    assert [diagnostic.code for diagnostic in found] == ["E002", "E003", "E004"]
    assert found[0].message == "EPUBCheck RSC-005: Wrong (4 times)"
    assert found[0].hints[0].message == "first at a.xhtml:3:1"


def test_a_tool_that_breaks(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1, b"", b"no memory")

    monkeypatch.setattr(preflight, "is_installed", lambda: True)
    monkeypatch.setattr(preflight, "_command", lambda: ["java"])
    monkeypatch.setattr("subprocess.run", fail)
    with pytest.raises(ToolError):
        preflight.run_epubcheck(shell)
    (found,) = check_epub(shell)
    assert found.code == "E006"
    assert found.hints[0].message == "no memory"


@pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
def test_a_faulty_book_is_found_faulty(shell: Path) -> None:
    assert "E002" in {found.code for found in check_epub(shell)}
