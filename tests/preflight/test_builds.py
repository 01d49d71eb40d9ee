"""What bookforge makes is looked at as it is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from prints import codes, inspect

import bookforge
from bookforge.diagnostics import Severity

_PROSE = "The kettle boiled and nobody came to take it off the fire. " * 60
_NOVEL = "# The Kettle\n\n" + "\n\n".join(f"## Chapter {n}\n\n{_PROSE}" for n in range(1, 19))
# Trim size, paper and pages are asked about after the layout, not in the finished file.
_ASKED = {"P060", "P061", "P063", "P064"}


@pytest.fixture(scope="module")
def novel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("novel") / "kettle.md"
    path.write_text(_NOVEL)
    return path


def build(novel: Path, out: Path, *settings: str) -> tuple[Path, list[str], list[str]]:
    """The print PDF, the codes of the build's findings, and their messages."""
    done = bookforge.build(novel, ["print"], out=out, settings=settings)
    found = [one for one in done.diagnostics if one.code not in _ASKED and one.code > "P"]
    return done.files[0].path, codes(found), [one.message for one in found]


@pytest.mark.parametrize("printer", ["universal", "kdp", "ingram", "lulu", "bn", "bookvault"])
def test_what_is_made_for_a_printer_is_taken(printer: str, novel: Path, tmp_path: Path) -> None:
    path, found, _ = build(novel, tmp_path, f"output.print.printer={printer}")
    assert found == []
    bad = [one for one in inspect(path, printer) if one.severity is not Severity.NOTE]
    assert bad == []


def test_every_build_is_checked(novel: Path, tmp_path: Path) -> None:
    """Margins of the writer's own are kept, and complained of; the file is there."""
    margins = "output.print.margins={ inside = '0.3in', outside = '0.3in' }"
    path, found, words = build(novel, tmp_path, "output.print.printer=kdp", margins)
    assert path.is_file()
    assert "P090" in found
    assert "from the spine" in "\n".join(words)


def test_a_standard_asked_for_is_held(novel: Path, tmp_path: Path) -> None:
    for standard in ("pdf/x-1a", "pdf/x-1a:2003", "pdf/x-4"):
        _, found, _ = build(novel, tmp_path / standard, f"output.print.standard={standard}")
        assert "P105" not in found, standard


def test_pages_with_bleed_are_taken(novel: Path, tmp_path: Path) -> None:
    for printer in ("kdp", "ingram", "lulu"):
        settings = (f"output.print.printer={printer}", "output.print.bleed=true")
        _, found, _ = build(novel, tmp_path / printer, *settings)
        assert found == [], printer
