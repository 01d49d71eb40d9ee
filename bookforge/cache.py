"""What a build leaves for the next one: results of steps by what they were made from.

One file for each book and output in the user's cache folder. A key says everything a result
depends on, so a result is never wrong, only missing; a file that is damaged, or left by another
version of the program or its libraries, counts as empty. Only what the latest build asked for is
kept; of the books, the latest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import DecodeError, msgpack

from bookforge.diagnostics import BookError
from bookforge.store import make_folder, write_bytes

# Books whose results are kept, and bytes of all of them together.
MOST_BOOKS, MOST_BYTES = 40, 400_000_000
# Packages whose work stands in the results; another version may do it otherwise.
_LIBRARIES = (
    "uharfbuzz", "reportlab", "pyphen", "fontTools", "msgspec", "markdown_it", "bidi", "pikepdf",
    "deflate",
)  # fmt: skip
_DECODER = msgpack.Decoder(dict[bytes, bytes])


class Cache:
    """Results of earlier builds of one book; `save` keeps those that were asked for or added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _load(path)
        self._used: dict[bytes, bytes] = {}
        self._grown = False

    @property
    def empty(self) -> bool:
        """Whether no earlier build left anything."""
        return not self._known

    def get(self, key: bytes) -> bytes | None:
        found = self._used.get(key)
        if found is None and (found := self._known.get(key)) is not None:
            self._used[key] = found
        return found

    def put(self, key: bytes, value: bytes) -> None:
        self._grown = self._grown or self._known.get(key) != value
        self._used[key] = value

    def save(self) -> None:
        """Write the file, if anything changed. A cache that cannot be written is no fault."""
        if not self._grown and len(self._used) == len(self._known):
            return
        packed = msgpack.encode(self._used)
        with contextlib.suppress(BookError):
            make_folder(self._path.parent)
            write_bytes(self._path, _head(packed) + packed)
            _evict(self._path.parent, self._path)


def open_cache(name: str) -> Cache:
    """The results for a book's output; `name` tells it from others."""
    from platformdirs import user_cache_path

    file = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:32]
    return Cache(user_cache_path("bookforge") / "books" / f"{file}.cache")


def make_key(*parts: bytes) -> bytes:
    """A key for a result: what it was made from, part by part."""
    whole = b"".join([b"%d:%s" % (len(part), part) for part in parts])
    return hashlib.blake2b(whole, digest_size=20).digest()


def say_file(path: str | Path) -> bytes:
    """A file as part of a key: where it is, its size and time."""
    status = Path(path).stat()
    return f"{path}|{status.st_size}|{status.st_mtime_ns}".encode(errors="surrogateescape")


def _load(path: Path) -> dict[bytes, bytes]:
    try:
        data = path.read_bytes()
        with contextlib.suppress(OSError):
            os.utime(path)
        head = len(_head(b""))
        if data[:head] != _head(memoryview(data)[head:]):
            return {}
        return _DECODER.decode(memoryview(data)[head:])
    except (OSError, DecodeError, ValueError):
        return {}


def _head(packed: bytes | memoryview) -> bytes:
    return _stamp() + zlib.crc32(packed).to_bytes(4, "big")


@cache
def _stamp() -> bytes:
    """Everything that is the same for all books: program, libraries, Python."""
    parts = [sys.version.encode(), zlib.ZLIB_RUNTIME_VERSION.encode()]
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            parts.append(say_file(spec.origin))
    root = Path(__file__).parent
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        parts += [say_file(Path(folder) / file) for file in sorted(files)]
    return make_key(*parts)


def _evict(folder: Path, latest: Path) -> None:
    """Remove the books that were not built for longest, down to the bounds."""
    found = []
    for path in folder.glob("*.cache"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path != latest, -status.st_mtime_ns, status.st_size, path))
    total = 0
    for number, (_, _, size, path) in enumerate(sorted(found)):
        total += size
        if number >= MOST_BOOKS or (number and total > MOST_BYTES):
            with contextlib.suppress(OSError):
                path.unlink()
