"""The single steps that a copy onto a reader consists of; each may fail on its own.

`Disk` is a mounted drive. `Mtp` is a folder that gvfs shows of an MTP device: there is no rename
over a file and no flushing there, and writing goes through `gio`. Tests put a `Disk` in between
that fails, or dies, at a step of their choice.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from bookforge.store import usual_mode

# Bytes moved so far.
Progress: TypeAlias = Callable[[int], None]

PREFIX, SUFFIX = ".bookforge-", ".part"
_BLOCK = 1 << 18


class Disk:
    """A mounted drive."""

    def list(self, folder: Path) -> list[Path]:
        """What lies in a folder; nothing when the folder is not there."""
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def stands(self, path: Path) -> bool:
        """Whether something has this name, be it a link that leads nowhere."""
        return os.path.lexists(path)

    def age(self, path: Path) -> float:
        """When a file was last written, in seconds by the drive's own clock."""
        return path.stat().st_mtime

    def free(self, folder: Path) -> int:
        """Bytes free on the drive."""
        return shutil.disk_usage(folder).free

    def make_folder(self, folder: Path) -> None:
        """Make one folder."""
        folder.mkdir()

    def create(self, folder: Path) -> tuple[int, Path]:
        """A new empty file under a temporary name: its descriptor and path."""
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
        with contextlib.suppress(OSError):  # Readers' file systems know no modes.
            Path(name).chmod(usual_mode())
        return handle, Path(name)

    def write(self, handle: int, data: bytes) -> int:
        """Write; gives how many bytes were taken, which may be fewer."""
        return os.write(handle, data)

    def flush(self, handle: int) -> None:
        """Wait until the drive has what was written."""
        if sys.platform == "darwin":  # There fsync leaves it in the drive's own cache.
            import fcntl

            with contextlib.suppress(OSError):
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
                return
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close a descriptor."""
        os.close(handle)

    def blocks(self, path: Path) -> Iterator[bytes]:
        """A file read afresh, from the drive and not from the system's memory where that can be."""
        with path.open("rb", buffering=0) as file:
            _forget(file.fileno())
            while block := file.read(_BLOCK):
                yield block

    def replace(self, part: Path, target: Path) -> None:
        """Give a finished file its name, in the place of what has it."""
        part.replace(target)

    def flush_folder(self, folder: Path) -> None:
        """Wait until the drive has the names; systems that cannot are left alone."""
        if os.name != "posix":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove one file."""
        path.unlink()

    def remove_folder(self, folder: Path) -> None:
        """Remove one empty folder."""
        folder.rmdir()

    def store(self, source: Path, folder: Path, progress: Progress) -> Path:
        """Write a copy of `source` into `folder` under a temporary name; gives that.

        What was begun is removed when it cannot be finished.
        """
        handle, part = self.create(folder)
        try:
            try:
                self._pour(source, handle, progress)
                self.flush(handle)
            finally:
                self.close(handle)
        except BaseException:
            discard(self, part)
            raise
        return part

    def _pour(self, source: Path, handle: int, progress: Progress) -> None:
        done = 0
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                left = memoryview(block)
                while left:  # A drive may take less than it was given.
                    taken = self.write(handle, bytes(left))
                    if taken <= 0:
                        raise OSError(errno.EIO, os.strerror(errno.EIO))
                    left = left[taken:]
                done += len(block)
                progress(done)


class Mtp(Disk):
    """A folder of an MTP device, as gvfs shows it."""

    def store(self, source: Path, folder: Path, progress: Progress) -> Path:
        """Hand the file to `gio`, which alone can write whole files there."""
        part = folder / f"{PREFIX}{os.getpid()}{SUFFIX}"
        try:
            _gio("copy", str(source), str(part))
        except BaseException:
            discard(self, part)
            raise
        progress(source.stat().st_size)
        return part

    def replace(self, part: Path, target: Path) -> None:
        """The former file goes first: MTP renames over nothing."""
        if self.stands(target):
            self.remove(target)
        _gio("rename", str(part), target.name)

    def make_folder(self, folder: Path) -> None:
        _gio("mkdir", str(folder))

    def remove(self, path: Path) -> None:
        _gio("remove", str(path))

    def flush_folder(self, folder: Path) -> None:
        """There is nothing to flush: `gio` returns when the device has answered."""


def discard(disk: Disk, path: Path) -> None:
    """Remove a file if it can be removed."""
    with contextlib.suppress(OSError):
        disk.remove(path)


def _gio(*words: str) -> None:
    """Run gio; what it complains of is an `OSError`."""
    try:
        done = subprocess.run(
            ["gio", *words], capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OSError(errno.EIO, f"gio {words[0]}: {error}") from error
    if done.returncode:
        raise OSError(errno.EIO, done.stderr.strip() or f"gio {words[0]} failed")


def _forget(handle: int) -> None:
    """Have the next read come from the drive: for a stick this is the only true check."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_NOCACHE, 1)
    elif hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
