"""What stays on disk: finished files written whole, and the list of what was made.

Nothing that bookforge did not make is replaced or removed: each output folder holds
`.bookforge.json`, and a name that is not in it belongs to somebody else.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Self

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity

MANIFEST = ".bookforge.json"
_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def write_whole(target: Path) -> Iterator[BinaryIO]:
    """A file that appears at `target` only when the block ends well.

    Written beside the target, flushed to the disk, then renamed over it. Raises `BookError`
    (O001) when the system refuses; whatever happens, no half file is left.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        _remove(temporary)
        raise BookError(_cannot_write(target, error)) from error
    except BaseException:
        _remove(temporary)
        raise


def write_bytes(target: Path, data: bytes) -> None:
    """Put `data` at `target`, whole or not at all."""
    with write_whole(target) as file:
        file.write(data)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises `BookError` (O001) when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookError(_cannot_write(folder, error)) from error


class Outputs:
    """One output folder and the names in it that are bookforge's.

    As a context manager it makes the folder, and gives back at the end what was not written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = _read_manifest(folder / MANIFEST)

    def __enter__(self) -> Self:
        self.prepare()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files made here."""
        return tuple(self._made)

    def prepare(self) -> None:
        """Make the folder; raises `BookError` (O001, O003) when that cannot be."""
        if self.folder.exists() and not self.folder.is_dir():
            message = f"{self.folder} is a file, so no folder for outputs can be made there"
            hint = "move that file away, or name another folder with -o"
            raise BookError(_fault("O003", message, hint, self.folder))
        make_folder(self.folder)

    def claim(self, name: str) -> Path:
        """The path of an output that may be written.

        Raises `BookError` (O002) when a file of that name is there that is not ours.
        """
        target = self.folder / name
        if name not in self._made and _stands(target):
            message = f"{target} is in the way: bookforge did not make it"
            hint = "move it away, or name another folder with -o"
            raise BookError(_fault("O002", message, hint, target))
        if name not in self._made:
            # Listed before it is written: an interruption leaves no file that looks foreign.
            self._made[name] = ""
            self._save()
        return target

    def release(self) -> None:
        """Give back the claimed names that were never written.

        After a build that failed, a file of that name is somebody else's.
        """
        unwritten = [
            name
            for name, digest in self._made.items()
            if not (digest or _stands(self.folder / name))
        ]
        if unwritten:
            self._made = {name: made for name, made in self._made.items() if name not in unwritten}
            with contextlib.suppress(BookError):  # What made the build fail is told, not this.
                self._save()

    def record(self, name: str) -> str:
        """Note that an output is finished; gives its SHA-256."""
        digest = hash_file(self.folder / name)
        self._made[name] = digest
        self._save()
        return digest

    def clean(self) -> list[Path]:
        """Remove what was made here, and the folder if that leaves it empty; gives the removed."""
        removed = [self.folder / name for name in self._made if (self.folder / name).is_file()]
        for path in removed:
            path.unlink()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self._made = {}
        with contextlib.suppress(OSError):
            self.folder.rmdir()
        return removed

    def _save(self) -> None:
        listing = {"made-by": "bookforge", "files": dict(sorted(self._made.items()))}
        data = json.dumps(listing, indent=1, ensure_ascii=False) + "\n"
        write_bytes(self.folder / MANIFEST, data.encode())


def keep_picture(data: bytes, ending: str) -> Path:
    """Put a picture taken out of a document into the user's cache folder, named by what it holds.

    `ending` is the picture's usual one, with or without its dot. Raises `BookError` (O001) when
    the system refuses.
    """
    from platformdirs import user_cache_path

    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{ending.lstrip('.').lower() or 'bin'}"
    target = user_cache_path("bookforge") / "pictures" / name
    if target.is_file() and target.stat().st_size == len(data):
        return target
    make_folder(target.parent)
    write_bytes(target, data)
    return target


def hash_file(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_manifest(path: Path) -> dict[str, str]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        # A name with a folder in it was not written by us: never remove outside the folder.
        return {
            name: str(digest)
            for name, digest in files.items()
            if name and name == Path(name).name and name != MANIFEST
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def _stands(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove(path: Path | None) -> None:
    if path is not None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError) -> Diagnostic:
    if error.errno in _FULL:
        return _fault(
            "O001", f"no space left for {target}", "free some space and build again", target
        )
    reason = error.strerror or str(error)
    return _fault(
        "O001",
        f"{target} cannot be written: {reason}",
        "check the folder's permissions, or name another with -o",
        target,
    )


def _fault(code: str, message: str, hint: str, path: Path) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),), file=str(path))
