"""A file onto a drive so that, whatever happens, the old one or the new one stands there whole.

The steps: sweep what a killed run of ours left; room enough; write under a temporary name in the
same folder; flush; read back and compare; let the caller note it; rename; flush the folder. On any
fault the temporary file goes and the old one stays. A file that is already there with the same
content is not written again: it spares the drive, and the reader from taking it in anew.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.send.disk import PREFIX, SUFFIX, Disk, Progress, discard

# Left free besides the file (calibre's reserve).
RESERVE = 2 << 20
_A_DAY = 86_400


class Copied(NamedTuple):
    """What became of a copy: its SHA-256, and whether anything was written."""

    sha256: str
    written: bool


def put(
    source: Path,
    target: Path,
    disk: Disk,
    note: Callable[[str], None] = lambda digest: None,
    progress: Progress = lambda done: None,
) -> Copied:
    """Copy `source` to `target`, whole or not at all, in place of what stands there.

    `note` is told the digest when the copy is proved good, before it gets its name. Raises
    `BookError`: D008 no room, D009 the drive refuses, D010 what was written reads back differently.
    """
    wanted = _digest(Disk(), source)
    try:
        if disk.stands(target) and _digest(disk, target) == wanted:
            return Copied(wanted, written=False)
        made = _make_folders(target.parent, disk)
        try:
            part = _write(source, target, wanted, disk, progress)
            _name(part, target, disk, lambda: note(wanted))
        except BaseException:
            for folder in made:
                with contextlib.suppress(OSError):
                    disk.remove_folder(folder)
            raise
    except OSError as error:
        raise BookError(refused(target, error)) from error
    return Copied(wanted, written=True)


def digest_of(path: Path, disk: Disk) -> str | None:
    """SHA-256 of a plain file on a drive; None when there is none."""
    plain = disk.stands(path) and path.is_file() and not path.is_symlink()
    return _digest(disk, path) if plain else None


def _write(source: Path, target: Path, wanted: str, disk: Disk, progress: Progress) -> Path:
    """A copy beside the target under a temporary name, proved good."""
    _make_sure_of_room(source, target.parent, disk)
    part = disk.store(source, target.parent, progress)
    try:
        _sweep(target.parent, part, disk)
        if _digest(disk, part) != wanted:
            raise BookError(_differs(target))
    except BaseException:
        discard(disk, part)
        raise
    return part


def _name(part: Path, target: Path, disk: Disk, note: Callable[[], None]) -> None:
    """Give the copy its name, once it is noted."""
    try:
        note()
        disk.replace(part, target)
    except BaseException:
        discard(disk, part)
        raise
    disk.flush_folder(target.parent)


def _make_folders(folder: Path, disk: Disk) -> list[Path]:
    """Make the folders that are missing; gives them, the innermost first."""
    missing = []
    while not disk.stands(folder):
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        disk.make_folder(one)
    return missing


def _sweep(folder: Path, part: Path, disk: Disk) -> None:
    """Remove what runs of ours that were killed left more than a day ago, and nothing else.

    Both ages are the drive's, so no clock of the computer is asked.
    """
    now = disk.age(part)
    for path in disk.list(folder):
        ours = path.name.startswith(PREFIX) and path.name.endswith(SUFFIX)
        with contextlib.suppress(OSError):  # It is in nobody's way.
            if ours and path != part and now - disk.age(path) > _A_DAY:
                disk.remove(path)


def _make_sure_of_room(source: Path, folder: Path, disk: Disk) -> None:
    size, free = source.stat().st_size, disk.free(folder)
    if size + RESERVE > free:
        message = (
            f"no room on {folder}: {_megabytes(size + RESERVE)} needed, {_megabytes(free)} free"
        )
        hint = "remove a book or two on the reader, and send again"
        raise BookError(_fault("D008", message, hint, folder))


def _digest(disk: Disk, path: Path) -> str:
    known = hashlib.sha256()
    for block in disk.blocks(path):
        known.update(block)
    return known.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def refused(target: Path, error: OSError) -> Diagnostic:
    """What to say when the drive does not do what it should (D009)."""
    reason = error.strerror or str(error)
    message = f"{target} cannot be written: {reason}"
    hint = "look whether the reader is still plugged in and not full, and send again"
    return _fault("D009", message, hint, target)


def _differs(target: Path) -> Diagnostic:
    message = f"{target.name} was written, but reads back differently; the copy was taken away"
    hint = "try another cable or port; if it happens again, the reader's memory is failing"
    return _fault("D010", message, hint, target)


def _fault(code: str, message: str, hint: str, path: Path) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),), file=str(path))
