"""Fonts installed on this machine: those of Python packages, those of the system.

Packages are `fontpkg_*` modules from PyPI, found by name without importing them. The system's
folders are walked only when asked, once in a process.
"""

from __future__ import annotations

import os
import pkgutil
import re
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bookforge.fonts.files import FontFile, list_files, read_file

PREFIX = "fontpkg_"


def package_files(family: str) -> tuple[FontFile, ...]:
    """The faces of the `fontpkg_*` package of a family; none when it is not installed."""
    return _files_of(PREFIX + re.sub(r"[^a-z0-9]+", "_", family.lower()).strip("_"))


@cache
def all_package_files() -> tuple[FontFile, ...]:
    """The faces of every installed `fontpkg_*` package."""
    modules = sorted(found.name for found in pkgutil.iter_modules() if found.ispkg)
    packages = (name for name in modules if name.startswith(PREFIX))
    return tuple(face for name in packages for face in _files_of(name))


@cache
def system_files() -> tuple[FontFile, ...]:
    """The faces in the usual font folders of this system."""
    return tuple(face for folder in _folders() for face in folder_files(folder))


def folder_files(folder: Path) -> tuple[FontFile, ...]:
    """The usable faces in a folder; unreadable files are passed over."""
    return tuple(face for path in list_files(folder) for face in _read_quietly(path))


def _files_of(module: str) -> tuple[FontFile, ...]:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ()
    return folder_files(Path(spec.origin).parent)


def _read_quietly(path: Path) -> tuple[FontFile, ...]:
    try:
        return read_file(path)
    except OSError:
        return ()


def _folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (home / "AppData/Local/Microsoft/Windows/Fonts", windows / "Fonts")
    shared = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (
        shared / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )
