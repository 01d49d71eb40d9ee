"""The print PDF before another judge of print files, and the syntax checkers of others."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path

import pytest

from bookforge.cli.main import main

ROOT = Path(__file__).parent.parent.parent
PRINTERS = ("kdp", "ingram", "lulu", "bn")


def _build(book: Path, out: Path, *words: str) -> Path:
    assert main(["build", str(book), "print", "-o", str(out), "-q", *words]) == 0
    [made] = out.glob("*-print.pdf")
    return made


def _quiet(*command: str) -> None:
    """Another program that has nothing to say of a file."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = f"{done.stdout}\n{done.stderr}".lower().replace("icc support is not available", "")
    said = said.replace("no syntax or stream encoding errors", "").replace("may still contain", "")
    said = said.replace("errors that qpdf cannot detect", "").replace("warning: \n", "")
    assert done.returncode == 0, said
    assert "error" not in said, said


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["x1a", "x4"])
@pytest.mark.parametrize("book", ["sample", "novel"])
def test_one_inside_does_for_every_printer(
    book: str, standard: str, tmp_path: Path, shared: Path
) -> None:
    judge = runpy.run_path(str(shared / "bench" / "print" / "preflight.py"))
    source = ROOT if book == "sample" else shared / "corpus" / "perf" / "M.md"
    wish = ["--set", "output.print.standard=pdf/x-4"] if standard == "x4" else []
    made = _build(source, tmp_path / "out", *wish)
    for printer in PRINTERS:
        trim = "5x8" if book == "sample" else "5.5x8.5"
        found = judge["check"](str(made), printer, False, trim, standard, "bw")
        assert [one for one in found if one["status"] in ("fail", "warn")] == [], printer


@pytest.mark.slow
def test_other_programs_find_nothing(tmp_path: Path) -> None:
    made = _build(ROOT, tmp_path / "out")
    _quiet("qpdf", "--check", str(made))
    _quiet("mutool", "draw", "-r", "20", "-o", str(tmp_path / "page%d.png"), str(made))
