"""Printers from the command line: the file is written whatever the printer says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.cli.main import main
from bookforge.diagnostics import ignore
from bookforge.locate import Request, find_book
from bookforge.pipeline import prepare
from bookforge.typeset.layout import lay_out


@pytest.mark.parametrize(("printer", "code"), [("universal", 0), ("kdp", 1)])
def test_a_book_too_short_is_written_all_the_same(
    printer: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tale.md").write_text("# One\n\nIt was short.\n", encoding="utf-8")
    words = ["build", str(tmp_path / "tale.md"), "print", "-o", str(tmp_path / "out")]
    assert main([*words, "--set", f"output.print.printer={printer}"]) == code
    assert "P060" in capsys.readouterr().err
    [made] = (tmp_path / "out").glob("*-print.pdf")
    assert made.read_bytes().endswith(b"%%EOF\n")


def test_ingram_gets_its_last_page_blank(tmp_path: Path) -> None:
    (tmp_path / "tale.md").write_text("# One\n\nIt was short.\n" * 19, encoding="utf-8")
    book = find_book(
        Request(tmp_path / "tale.md", overrides=("output.print.printer=ingram",)), ignore
    )
    reading = prepare(book, ignore)
    pages = [*lay_out(*reading).layout.pages]
    assert len(pages) % 2 == 0
    assert pages[-1].blank
