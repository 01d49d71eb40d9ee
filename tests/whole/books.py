"""Building a book as a user does, and comparing what came out with what went in."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bookforge.diagnostics import Diagnostic
from bookforge.pipeline import BuildReport, Request, build, find_book
from bookforge.themes.load import load_theme
from bookforge.typeset.style import resolve
from tests.whole.words import epub_words, pdf_words, words


@dataclass(frozen=True)
class Built:
    """A finished build, with what is needed to look into its files."""

    report: BuildReport
    manuscript: Path
    found: list[Diagnostic]
    box: tuple[float, float, float, float]

    def path(self, kind: str) -> Path:
        return next(file.path for file in self.report.files if file.kind == kind)

    def body_words(self) -> list[str]:
        """Words of the manuscript less what the report says was removed."""
        file = next(item for item in self.report.sources if item.path == self.manuscript)
        text = file.text
        for item in sorted(self.report.removed, key=lambda item: -item.span.start):
            if item.span.source == file.id:
                text = f"{text[: item.span.start]} {text[item.span.end :]}"
        return words(text)

    def epub_words(self) -> list[str]:
        return epub_words(self.path("epub"))

    def page_letters(self) -> str:
        """Letters inside the text block of every page: heads and folios stand outside."""
        return "".join(pdf_words(self.path("print"), self.box, 1))


def build_book(manuscript: Path, out: Path, *overrides: str) -> Built:
    """Build EPUB and print PDF of a bare manuscript into `out`."""
    found: list[Diagnostic] = []
    book = find_book(Request(manuscript, out=out, overrides=overrides), found.append)
    report = build(book, (), found.append)
    theme = load_theme(book.config.style.theme, book.folder)
    sheet = resolve(book.config, theme, report.pages or 0).sheet
    # A spread may be a line deeper than the block; the drop folio stands below that.
    depth = sheet.height - sheet.top - sheet.bottom + sheet.leading + 5
    return Built(report, manuscript, found, (0, sheet.top - 3, sheet.width, depth))


def run_bookforge(
    *arguments: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command in a fresh process."""
    return subprocess.run(
        [sys.executable, "-m", "bookforge", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
