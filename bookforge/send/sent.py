"""What was sent where, kept on the computer and never on the reader.

It answers two questions: which file on this reader is this book's (so that a new build takes its
place, and the reading position survives), and whether a file that stands there is ours to replace.
A file is ours when its content is one that we sent under that name; anything else is somebody's.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from bookforge.store import make_folder, write_bytes

# Digests remembered for one file: the last editions, and one being written.
_REMEMBERED = 8


class Sent:
    """The list for one computer; a list that cannot be read is an empty one."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or _usual_path()
        self._devices = _read(self._path)

    def places_of(self, device: str, book: str) -> list[str]:
        """The paths that a book was sent to, the last first, with "/" between folders."""
        paths = self._devices.get(device, {})
        return [path for path, entry in reversed(paths.items()) if entry["book"] == book]

    def book_at(self, device: str, path: str) -> str | None:
        """The book that was sent under a name last."""
        entry = self._devices.get(device, {}).get(path)
        return entry["book"] if entry else None

    def is_ours(self, device: str, path: str, digest: str | None) -> bool:
        """Whether a file with this content was sent under this name."""
        entry = self._devices.get(device, {}).get(path)
        return entry is not None and digest in entry["sha256"]

    def note(self, device: str, path: str, book: str, digest: str) -> None:
        """Remember one file; raises `BookError` (O001) when the list cannot be written."""
        self._devices = _read(self._path)  # Another run may have written it meanwhile.
        if self.book_at(device, path) == book and self.is_ours(device, path, digest):
            return
        paths = self._devices.setdefault(device, {})
        before = paths.pop(path, {"sha256": []})["sha256"]
        digests = [*(one for one in before if one != digest), digest][-_REMEMBERED:]
        paths[path] = {"book": book, "sha256": digests}
        text = json.dumps({"devices": self._devices}, ensure_ascii=False, indent=1)
        make_folder(self._path.parent)
        write_bytes(self._path, text.encode("utf-8", "surrogatepass"))


def _usual_path() -> Path:
    from platformdirs import user_data_path

    return user_data_path("bookforge") / "sent.json"


def _read(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    try:
        devices = json.loads(path.read_bytes())["devices"]
        return {
            str(device): {
                name: {"book": str(entry["book"]), "sha256": [str(one) for one in entry["sha256"]]}
                for name, entry in paths.items()
                # A path that leads out of the reader was not written by us.
                if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
            }
            for device, paths in devices.items()
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}
