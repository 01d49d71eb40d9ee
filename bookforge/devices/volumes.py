"""Volumes that are mounted now: drives, and the folders that gvfs shows of MTP devices.

In: the system's list of mounts (psutil on Linux, macOS and Windows alike). Out: `Volume`s. Nothing
is opened or written, and a mount that does not answer is left out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from msgspec import Struct


class Volume(Struct, frozen=True):
    """One place that may be a reader.

    `device` is the system's name of the partition ("/dev/sdb1"), `host` what gvfs calls an MTP
    device, `usb` its "vendor:product" in hexadecimal; each "" when it is not known.
    """

    path: Path
    label: str = ""
    device: str = ""
    writable: bool = True
    reach: Literal["disk", "mtp"] = "disk"
    host: str = ""
    usb: str = ""


def find_volumes() -> list[Volume]:
    """Everything mounted that could be a reader."""
    return [*find_drives(), *find_mtp(_gvfs_folder())]


def find_drives() -> Iterator[Volume]:
    """Mounted drives, without the system's own."""
    import psutil

    for mount in psutil.disk_partitions(all=False):
        path = Path(mount.mountpoint)
        if path == Path(path.anchor) and os.name == "posix":
            continue
        yield Volume(
            path,
            _label(mount.device, path),
            mount.device,
            writable="ro" not in mount.opts.split(","),
            usb=usb_of(mount.device),
        )


def find_mtp(gvfs: Path) -> Iterator[Volume]:
    """The storages of MTP devices below gvfs's folder, one volume each."""
    for mount in _folders(gvfs):
        if mount.name.startswith("mtp:host="):
            host = unquote(mount.name.removeprefix("mtp:host="))
            for storage in _folders(mount):
                yield Volume(storage, storage.name, reach="mtp", host=host)


def look_at(folder: Path) -> Volume:
    """A folder that the user named, as a volume: the mount when it is one, else only the folder."""
    resolved = folder.resolve()
    mounted = (one for one in find_volumes() if one.path == resolved)
    return next(mounted, Volume(resolved, resolved.name))


def find_usb(bus: Path = Path("/sys/bus/usb/devices")) -> set[str]:
    """ "vendor:product" of everything on the USB bus; only Linux tells."""
    return {found for entry in _folders(bus) if (found := _usb_id(entry))}


def usb_of(device: str, blocks: Path = Path("/sys/class/block")) -> str:
    """ "vendor:product" of the USB device that a partition lies on; "" when it is none."""
    if not sys.platform.startswith("linux"):
        return ""
    entry = (blocks / Path(device).name).resolve()
    return next((found for parent in entry.parents if (found := _usb_id(parent))), "")


def _usb_id(entry: Path) -> str:
    try:
        vendor = (entry / "idVendor").read_text("ascii").strip()
        return f"{vendor}:{(entry / 'idProduct').read_text('ascii').strip()}"
    except (OSError, ValueError):
        return ""


def _gvfs_folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime is None and hasattr(os, "getuid"):
        runtime = f"/run/user/{os.getuid()}"
    return Path(runtime or "") / "gvfs"


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder, sorted; none when it does not answer."""
    try:
        return sorted(entry for entry in folder.iterdir() if entry.is_dir())
    except OSError:
        return []


def _label(device: str, path: Path) -> str:
    """The volume's label: Linux keeps links by label, macOS mounts under it, Windows is asked."""
    if sys.platform == "win32":
        return _windows_label(path)
    try:
        for link in Path("/dev/disk/by-label").iterdir():
            if link.resolve() == Path(device).resolve():
                return link.name.replace("\\x20", " ")
    except OSError:
        pass
    return path.name


def _windows_label(path: Path) -> str:
    import ctypes

    name = ctypes.create_unicode_buffer(261)  # MAX_PATH + 1, as its documentation asks
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - other systems do not know it
    found = kernel.GetVolumeInformationW(str(path), name, len(name), None, None, None, None, 0)
    return name.value if found else ""
