"""What stays on disk: finished files written whole, and the list of what was made.

Nothing that bookforge did not make is replaced or removed: each output folder holds
`.bookforge.json`, and a file that it does not name, or that no longer holds what was written,
belongs to somebody else.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.regex import regex

MANIFEST = ".bookforge.json"
_DRAFT = regex(r"\.{1,2}bookforge-(\d{1,9})-")
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
        temporary.chmod(usual_mode())
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


class Cleaned(NamedTuple):
    """What `Outputs.clean` removed, and what it left because somebody has changed it."""

    removed: list[Path]
    kept: list[Path]


class Outputs:
    """One output folder and the files in it that are bookforge's: those that the list names and
    that still hold what was written.

    As a context manager it makes the folder, and takes away at the end what was not finished.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = _read_manifest(folder / MANIFEST)
        self._drafts: list[Path] = []

    def __enter__(self) -> Self:
        self.prepare()
        return self

    def __exit__(self, *_: object) -> None:
        for draft in self._drafts:
            _remove(draft)
        with contextlib.suppress(OSError):  # A build that failed leaves no empty folder.
            self.folder.rmdir()

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
        _sweep(self.folder)

    def draft(self, name: str) -> Path:
        """Where to write an output that is to be `name`; `publish` puts it there.

        Raises `BookError` (O002) when a file of that name is there that is not ours.
        """
        target = self.folder / name
        if _stands(target) and not self._is_ours(name):
            message = f"{target} is in the way: bookforge did not make it"
            if name in self._made:
                message = f"{target} is in the way: it was changed since bookforge made it"
            hint = "move it away, or name another folder with -o"
            raise BookError(_fault("O002", message, hint, target))
        number = len(self._drafts)
        draft = self.folder / f".bookforge-{os.getpid()}-{number}{target.suffix}"
        self._drafts.append(draft)
        return draft

    def publish(self, name: str, draft: Path) -> str:
        """Put a finished draft in its place; gives its SHA-256.

        The list names old and new before the file changes, so that whatever interrupts, the file
        is known as ours.
        """
        digest = hash_file(draft)
        before = _read_manifest(self.folder / MANIFEST)
        old = before.get(name, ())
        self._save({**before, name: (*old, digest)})
        try:
            draft.replace(self.folder / name)
        except OSError as error:
            raise BookError(_cannot_write(self.folder / name, error)) from error
        self._save({**before, name: (digest,)})
        return digest

    def clean(self) -> Cleaned:
        """Remove what was made here, and the folder if that leaves it empty."""
        standing = [name for name in self._made if _stands(self.folder / name)]
        ours = [name for name in standing if self._is_ours(name)]
        for name in ours:
            (self.folder / name).unlink()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()
        kept = [self.folder / name for name in standing if name not in ours]
        return Cleaned([self.folder / name for name in ours], kept)

    def _is_ours(self, name: str) -> bool:
        target = self.folder / name
        return target.is_file() and hash_file(target) in self._made.get(name, ())

    def _save(self, made: Mapping[str, tuple[str, ...]]) -> None:
        self._made = dict(made)
        files = {name: " ".join(digests) for name, digests in sorted(made.items())}
        listing = {"made-by": "bookforge", "files": files}
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


def _read_manifest(path: Path) -> dict[str, tuple[str, ...]]:
    """Names and the digests that each may have."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        # A name with a folder in it was not written by us: never remove outside the folder.
        return {
            name: tuple(str(digests).split())
            for name, digests in files.items()
            if name and name == Path(name).name and name != MANIFEST
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def _sweep(folder: Path) -> None:
    """Remove drafts of builds that were killed: their process is gone."""
    for path in folder.glob(".*bookforge-*"):
        found = _DRAFT.match(path.name)
        if found and not _is_running(int(found[1])):
            _remove(path)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # Asking would end it there.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _stands(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def usual_mode() -> int:
    """The mode that the user's new files have; temporary files begin with a narrower one."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _remove(path: Path | None) -> None:
    if path is not None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError) -> Diagnostic:
    if _DRAFT.match(target.name):
        target = target.parent
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
