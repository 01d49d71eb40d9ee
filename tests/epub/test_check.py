"""`bookforge check FILE.epub`: the real EPUBCheck, or a word why not."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from bookforge.diagnostics import Severity
from bookforge.preflight.epub import check_epub, validator
from bookforge.preflight.epub.places import Place
from bookforge.preflight.epub.validator import Message, ToolError, is_installed


def test_a_text_file_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_text("not a zip")
    assert [found.code for found in check_epub(path).findings] == ["E001"]


def test_a_missing_file(tmp_path: Path) -> None:
    assert [found.code for found in check_epub(tmp_path / "gone.epub").findings] == ["E001"]


def test_a_zip_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    (found,) = check_epub(path).findings
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
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    found, _ = check_epub(shell).findings
    assert (found.code, found.severity) == ("E005", Severity.NOTE)


def test_severities(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [
        Message("RSC-005", "ERROR", "Wrong.", Place("a.xhtml", 3), 4),
        Message("PKG-010", "WARNING", "Odd.", None, 1),
        Message("OPF-090", "USAGE", "Unusual.", None, 1),
        Message("CSS-028", "USAGE", "A font.", None, 9),
    ]
    monkeypatch.setattr(validator, "run_epubcheck", lambda path: messages)
    monkeypatch.setattr(validator, "is_installed", lambda: True)
    found = check_epub(shell).findings
    assert [diagnostic.code for diagnostic in found] == ["E002", "E003", "E004", "E001"]
    assert found[0].message == "EPUBCheck RSC-005: Wrong (4 times)"
    assert found[0].hints[0].message == "first at a.xhtml:3"


def test_a_tool_that_breaks(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1, b"", b"no memory")

    monkeypatch.setattr(validator, "is_installed", lambda: True)
    monkeypatch.setattr(validator, "_command", lambda: ["java"])
    monkeypatch.setattr("subprocess.run", fail)
    with pytest.raises(ToolError):
        validator.run_epubcheck(shell)
    found, _ = check_epub(shell).findings
    assert found.code == "E006"
    assert found.hints[0].message == "no memory"


@pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
def test_a_faulty_book_is_found_faulty(shell: Path) -> None:
    assert "E002" in {found.code for found in check_epub(shell).findings}
