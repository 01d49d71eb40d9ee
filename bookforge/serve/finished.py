"""Books that are finished: one file, or all EPUBs and PDFs of a folder, looked through again and
again as files come and go.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from bookforge.about import About, Unreadable, name_title, read_package, tidy
from bookforge.regex import regex
from bookforge.serve.shelf import Entry, Kind

__all__ = ["Finished", "list_books", "make_entry", "make_id"]

# Longest first: `.kepub.epub` is an `.epub`, and the screen's PDF is read before the printer's.
_ENDINGS = (
    (".kepub.epub", Kind.KEPUB),
    (".epub", Kind.EPUB),
    (".azw3", Kind.AZW3),
    ("-screen.pdf", Kind.PDF),
    ("-print.pdf", Kind.PDF),
    (".pdf", Kind.PDF),
)
# What bookforge makes beside a book, and nobody reads on a reader.
_NOT_READ = regex(r"(?i)(.+)-(proof|cover)\.pdf")
# A folder with more books is a library, and has programs of its own.
MOST_BOOKS = 5_000


class Changed(NamedTuple):
    """How a file stood when it was looked at."""

    size: int
    time: int


class Finished:
    """The finished books of a folder, or one finished file."""

    def __init__(self, place: Path, blame: Callable[[Path, str], None]) -> None:
        """Look through it; `blame` is told of each file that cannot be read, once as it stands."""
        self._place, self._blame = place, blame
        self._lock = Lock()
        self._read: dict[tuple[Path, ...], tuple[tuple[Changed, ...], Entry | None]] = {}
        self._entries: tuple[Entry, ...] = ()
        self.refresh()

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def refresh(self) -> None:
        """Take in what is new, and leave out what is gone."""
        with self._lock:
            groups = list_books(self._place)
            kept = {}
            for name, files in groups:
                stood = tuple(_stand(file) for file in files.values())
                key = tuple(files.values())
                before = self._read.get(key)
                again = before is None or before[0] != stood
                entry = self._look(name, files) if again else before[1] if before else None
                kept[key] = (stood, entry)
            self._read = kept
            self._entries = tuple(entry for _, entry in kept.values() if entry is not None)

    def _look(self, name: str, files: dict[Kind, Path]) -> Entry | None:
        try:
            return make_entry(make_id(self._place, *files.values()), name, files)
        except Unreadable as fault:
            self._blame(files.get(Kind.EPUB) or next(iter(files.values())), str(fault))
        except OSError:
            pass  # Taken away while it was looked at: the next look will not find it.
        return None


def make_entry(name_id: str, name: str, files: dict[Kind, Path]) -> Entry:
    """The entry of the files of one book; raises `Unreadable`, or `OSError` when one is gone."""
    book = files.get(Kind.EPUB) or files.get(Kind.KEPUB)
    about = read_package(book) if book else About(name_title(next(iter(files.values()))))
    modified = max(file.stat().st_mtime_ns for file in files.values()) // 1_000_000_000
    return Entry(name_id, tidy(name), about, files, modified)


def make_id(*places: Path) -> str:
    """A name for addresses that does not tell where the book lies."""
    told = "\0".join(str(place.absolute()) for place in places)
    return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def list_books(place: Path) -> list[tuple[str, dict[Kind, Path]]]:
    """The books of a folder (or of one file): the name of each and its files, at most
    `MOST_BOOKS`."""
    groups: dict[tuple[Path, str], dict[Kind, Path]] = {}
    files = sorted(_walk(place)) if place.is_dir() else [place]
    found = [(file, *named) for file in files if (named := _name(file))]
    stems = {(file.parent, stem) for file, stem, _ in found}
    for file, stem, kind in sorted(found, key=lambda one: _rank(one[0])):
        other = _NOT_READ.fullmatch(file.name)
        if not (other and (file.parent, other[1]) in stems):
            groups.setdefault((file.parent, stem), {}).setdefault(kind, file)
    return [(stem, files) for (_, stem), files in sorted(groups.items())][:MOST_BOOKS]


def _walk(place: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _name(file: Path) -> tuple[str, Kind] | None:
    """Stem and kind of a book's file."""
    for ending, kind in _ENDINGS:
        if file.name.lower().endswith(ending) and len(file.name) > len(ending):
            return file.name[: -len(ending)], kind
    return None


def _rank(file: Path) -> int:
    return next(n for n, (ending, _) in enumerate(_ENDINGS) if file.name.lower().endswith(ending))


def _stand(file: Path) -> Changed:
    try:
        status = file.stat()
    except OSError:
        return Changed(-1, 0)
    return Changed(status.st_size, status.st_mtime_ns)
