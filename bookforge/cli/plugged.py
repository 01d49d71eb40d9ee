"""What `devices` shows."""

from __future__ import annotations

import shutil
from typing import Any

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.devices.recognise import Device
from bookforge.send.choose import describe_place, find_devices


def list_devices(run: Run) -> int:
    """List the readers that are plugged in; none is no failure."""
    with show.progress(run) as step:
        step("looking at the drives")
        found = find_devices()
    if run.json:
        show.write_json({"devices": [as_json(one) for one in found]})
    elif found:
        print("\n\n".join(as_text(one) for one in found))
    elif not run.quiet:
        print("no e-reader is plugged in, or none that bookforge knows")
    return 0


def as_json(device: Device) -> dict[str, Any]:
    """One reader as `--json` shows it; what is not known is null."""
    volume, facts = device.volume, device.facts
    total, free = _room(device)
    return {
        "id": device.id,
        "name": device.name,
        "family": device.family.name,
        "model": facts.model or None,
        "firmware": facts.firmware or None,
        "serial": facts.serial or None,
        "reach": device.family.reach,
        "path": str(volume.path) if volume else None,
        "books": str(device.books) if volume else None,
        "writable": volume.writable if volume else None,
        "bytes": total,
        "free": free,
        "formats": list(device.formats),
        "koreader": device.koreader,
        "note": device.family.note or None,
    }


def as_text(device: Device) -> str:
    """One reader for people: its name, then a line for each thing known."""
    total, free = _room(device)
    lines = [
        ("at", describe_place(device)),
        ("firmware", device.facts.firmware),
        ("free", f"{show.show_size(free)} of {show.show_size(total)}" if free and total else ""),
        ("opens", ", ".join(device.formats)),
        ("also has", "KOReader" if device.koreader and device.id != "koreader" else ""),
        ("note", _note(device)),
    ]
    told = [f"  {label:9} {value}" for label, value in lines if value]
    return "\n".join([f"{device.name} (--device {device.id})", *told])


def _note(device: Device) -> str:
    if device.volume is not None and not device.volume.writable:
        return "mounted read-only: nothing can be sent"
    if device.family.named:
        return "gets a book only when it is named"
    return device.family.note


def _room(device: Device) -> tuple[int | None, int | None]:
    """Bytes in all and free; unknown without a drive, or when it does not answer."""
    if device.volume is None:
        return None, None
    try:
        room = shutil.disk_usage(device.volume.path)
    except OSError:
        return None, None
    return room.total, room.free
