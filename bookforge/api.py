"""bookforge from Python: the commands of the same names, as functions.

    report = bookforge.build("novel.txt", ["epub"], settings=["book.title=Low Water"])
    for finding in bookforge.check("novel.txt").diagnostics:
        print(finding.code, finding.message)

`settings` are what `--set` takes, `edition` what `--edition` takes. What stops a book is raised as
`diagnostics.BookError`, faults of the settings as `diagnostics.ConfigError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bookforge import pipeline
from bookforge.diagnostics import Diagnostic, ignore
from bookforge.locate import Request, find_book
from bookforge.report import BuildReport
from bookforge.source import SourceMap

if TYPE_CHECKING:
    from bookforge.config.model import Config

__all__ = ["build", "check", "load_config"]


def load_config(
    path: str | Path, *, settings: Sequence[str] = (), edition: str | None = None
) -> Config:
    """The checked settings of a book.toml."""
    from bookforge.config.read import read_config

    return read_config(Path(path), SourceMap(), settings, edition)


def build(
    book: str | Path,
    targets: Sequence[str] = (),
    *,
    out: str | Path | None = None,
    settings: Sequence[str] = (),
    edition: str | None = None,
    inspect: bool = False,
) -> BuildReport:
    """Make the files of a folder, a book.toml or a manuscript; without `targets` the usual ones.

    `inspect`: look the pages over for the report's `layout`.
    """
    wanted = Path(out) if out is not None else None
    request = Request(Path(book), None, tuple(settings), edition, wanted)
    return pipeline.build(find_book(request, ignore), targets, ignore, inspect=inspect)


def check(
    book: str | Path, *, settings: Sequence[str] = (), edition: str | None = None
) -> BuildReport:
    """What is to be said of a book and of the EPUBs made of it; nothing is written."""
    found: list[Diagnostic] = []
    place = find_book(Request(Path(book), None, tuple(settings), edition), found.append)
    pipeline.check(place, found.append)
    return BuildReport(place.sources, diagnostics=tuple(dict.fromkeys(found)))
