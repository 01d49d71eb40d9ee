"""A book that is being written: built when the server begins, and again when the manuscript
changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple, TypeAlias

from bookforge.about import Unreadable
from bookforge.diagnostics import BookError
from bookforge.serve.finished import make_entry, make_id
from bookforge.serve.shelf import Entry, Kind

__all__ = ["Made", "Make", "Written"]

# A reader gives up on a server that says nothing for longer.
_PATIENCE = 8.0
# A writer's folder has some hundred files; one with more is a whole disk.
_MOST_FILES = 20_000


class Made(NamedTuple):
    """What a build made, and what it was made of: folders and files to watch, folders not to."""

    files: Mapping[Kind, Path]
    watch: tuple[Path, ...]
    skip: tuple[Path, ...] = ()


# Builds into an empty folder; raises `BookError`.
Make: TypeAlias = Callable[[Path], Made]
_Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


class Written:
    """One book and the callable that builds it."""

    def __init__(self, place: Path, make: Make, scratch: Path) -> None:
        """Build it for the first time, into a folder below `scratch`; raises `BookError`."""
        self._id = make_id(place)
        self._make, self._scratch = make, scratch / self._id
        self._lock, self._builder = Lock(), Thread()
        self._builds = 0
        self._entry, self._made = self._build()
        self._stamp = _take_stamp(self._made)

    @property
    def entries(self) -> Sequence[Entry]:
        return (self._entry,)

    def refresh(self) -> None:
        """Build again if anything changed since; a build that fails leaves the last good one.

        The build has a thread of its own, and is waited for only as long as readers wait.
        """
        with self._lock:
            if not self._builder.is_alive():
                stamp = _take_stamp(self._made)
                if stamp != self._stamp:
                    self._stamp = stamp  # A build that fails waits for the next change.
                    self._builder = Thread(target=self._rebuild, name="build", daemon=True)
                    self._builder.start()
            builder = self._builder
        if builder.is_alive():
            builder.join(_PATIENCE)

    def _rebuild(self) -> None:
        # Whoever builds tells of a fault; readers get the last good build.
        with suppress(BookError, OSError):
            self._entry, self._made = self._build()

    def _build(self) -> tuple[Entry, Made]:
        """Every build has a folder of its own: a file that is being read never changes."""
        self._builds += 1
        folder = self._scratch / str(self._builds)
        folder.mkdir(parents=True)
        made = self._make(folder)
        files = dict(made.files)
        name = files[Kind.EPUB].name.removesuffix(Kind.EPUB.ending)
        try:
            entry = make_entry(self._id, name, files)
        except (Unreadable, OSError) as error:
            raise AssertionError(f"what was built cannot be read: {error}") from error
        # The one before is kept: a reader may just have asked for it.
        shutil.rmtree(self._scratch / str(self._builds - 2), ignore_errors=True)
        newest = max((time for _, _, time in _take_stamp(made)), default=0)
        return replace(entry, modified=newest // 1_000_000_000), made


def _take_stamp(made: Made) -> _Stamp:
    """Size and time of everything that the book is made of."""
    files = (file for place in made.watch for file in _walk(place, made.skip))
    return tuple(_status(file) for _, file in zip(range(_MOST_FILES), files, strict=False))


def _walk(place: Path, skip: Sequence[Path]) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    left_out = {str(one.absolute()) for one in skip}
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(
            name
            for name in folders
            if (name == ".bookforge" or not name.startswith("."))
            and str(Path(folder, name).absolute()) not in left_out
        )
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _status(file: Path) -> tuple[str, int, int]:
    try:
        status = file.stat()
    except OSError:
        return (str(file), -1, 0)
    return (str(file), status.st_size, status.st_mtime_ns)
