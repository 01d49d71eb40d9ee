"""The ledger of a book on disk: `.bookforge/decisions.toml` beside its book.toml.

A bare manuscript has none. What the file says is read by `bookforge.decisions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bookforge.decisions import FILE, FOLDER, Decision, OpenDoubt, add_doubts, parse_decisions
from bookforge.diagnostics import BookError, Diagnostic, Report
from bookforge.locate import Book
from bookforge.source import decode, normalise, read_bytes
from bookforge.store import make_folder, write_bytes


def ledger_path(book: Book) -> Path | None:
    """Where the decisions of a book stand; None for a bare manuscript."""
    return None if book.settings is None else book.settings.parent / FOLDER / FILE


def read_decisions(book: Book, report: Report) -> tuple[Decision, ...]:
    """The writer's decisions, () when there are none; faults are reported (T005).

    Raises `BookError` when the file cannot be read or is no UTF-8 (R…).
    """
    path = ledger_path(book)
    if path is None or not path.is_file():
        return ()
    file = book.sources.add(path, normalise(_read(path, report)))
    return parse_decisions(file, report)


def add_to_ledger(book: Book, doubts: Sequence[OpenDoubt]) -> int:
    """Put those doubts into the ledger that it does not hold yet; gives their number.

    What is there stays as it is, to the comment. Raises `BookError` with the faults (T005) of a
    ledger that cannot be understood, and when the system refuses to write (O001).
    """
    path = ledger_path(book)
    assert path is not None, "a bare manuscript has no ledger"
    faults: list[Diagnostic] = []
    known = read_decisions(book, faults.append)
    if faults:
        raise BookError(*faults)
    there = {(one.key, one.occurrence) for one in known}
    fresh = [one for one in doubts if (one.key, one.occurrence) not in there]
    if fresh:
        make_folder(path.parent)
        text = _read(path, faults.append) if path.is_file() else ""
        write_bytes(path, add_doubts(text, fresh).encode())
    return len(fresh)


def _read(path: Path, report: Report) -> str:
    return decode(read_bytes(path), path, "utf-8", report)[0]
