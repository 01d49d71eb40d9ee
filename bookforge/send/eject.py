"""Let a reader go, with the system's own means, so that it may be unplugged.

In: a volume. Out: None when the system let it go, else why not. Linux has udisksctl or gio, macOS
diskutil, Windows the shell's Eject. What is left is to flush everything and say so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from shutil import which

from bookforge.devices.volumes import Volume

# A slow stick may have megabytes to write still.
_SECONDS = 120
_SHELL = (
    "$d = (New-Object -ComObject Shell.Application).NameSpace(17).ParseName('{0}'); "
    "$d.InvokeVerb('Eject'); Start-Sleep 3; if (Test-Path '{0}\\') {{ exit 1 }}"
)


def eject(volume: Volume) -> str | None:
    """Eject a volume; gives None, or the reason why the system did not."""
    reason = "this system has no program for it"
    for ways in _ways(volume):
        if which(ways[0][0]) is None:
            continue
        failure = _run(ways[0])
        if failure is None:
            for further in ways[1:]:  # Switching the port off is a courtesy: it may be refused.
                _run(further)
            return None
        reason = failure
    if hasattr(os, "sync"):
        os.sync()
    return reason


def _ways(volume: Volume) -> list[list[Sequence[str]]]:
    """Ways to try in order; each is a command that ejects, and what may follow it."""
    place = str(volume.path)
    if sys.platform == "darwin":
        return [[("diskutil", "eject", place)]]
    if sys.platform == "win32":
        drive = place.rstrip("\\/")
        return [[("powershell", "-NoProfile", "-Command", _SHELL.format(drive))]]
    udisks: list[Sequence[str]] = [
        ("udisksctl", what, "--no-user-interaction", "-b", volume.device)
        for what in ("unmount", "power-off")
    ]
    gio: list[Sequence[str]] = [("gio", "mount", "-e", place)]
    return [udisks, gio] if volume.device else [gio]


def _run(command: Sequence[str]) -> str | None:
    """None when a command did what it was told, else what it said."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"{command[0]} did not answer"
    except OSError as error:
        return error.strerror or str(error)
    if done.returncode == 0:
        return None
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return said[-1] if said else f"{command[0]} failed"
