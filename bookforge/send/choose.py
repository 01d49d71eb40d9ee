"""Which reader, and which format: from what is plugged in and what was asked for, no guessing."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import which

from bookforge.devices.recognise import Device, recognise, recognise_usb
from bookforge.devices.volumes import find_usb, find_volumes
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.send.convert import CONVERTER, no_converter
from bookforge.send.remarkable import find_remarkable

# What bookforge makes by itself; AZW3 needs a converter.
MADE = ("epub", "kepub", "pdf")


def find_devices() -> list[Device]:
    """Every reader that is plugged in, in a fixed order."""
    found = [one for volume in find_volumes() if (one := recognise(volume))]
    known = {one.id for one in found}
    shy = [one for one in recognise_usb(find_usb()) if one.id not in known]
    if served := find_remarkable():
        shy = [served, *(one for one in shy if one.id != served.id)]
    return sorted([*found, *shy], key=lambda one: (one.name.lower(), describe_place(one)))


def describe_place(device: Device) -> str:
    """Where a reader is, as people would point at it."""
    if device.volume is not None:
        return str(device.volume.path)
    return "USB network" if device.family.reach == "web" else "USB"


def choose_device(found: Sequence[Device], name: str | None) -> Device:
    """The one reader meant. Raises `BookError`: D001 none, D002 several, D003 none of that name."""
    if name is not None:
        named = _called(name, found)
        if not named:
            raise BookError(_nobody(name, found))
    else:
        named = [one for one in found if not one.family.named]
        if not named:
            raise BookError(_nothing(found))
    if len(named) > 1:
        raise BookError(_several(named))
    return named[0]


def choose_format(device: Device, wish: str | None, finished: str | None = None) -> str:
    """The format to send; `finished` is that of a finished file, which stays as it is.

    Raises `BookError`: D004 for one that the reader does not open, D005 without a converter.
    """
    if wish is None and finished in device.formats:
        return str(finished)
    if wish is not None and wish not in device.formats:
        message = f"a {device.family.name} does not open {wish} files that come by cable"
        hint = f"it opens {', '.join(device.formats)}"
        raise BookError(_fault("D004", message, hint))
    wanted = wish or device.formats[0]
    if wanted in MADE or which(CONVERTER):
        return wanted
    if wish is None and device.koreader:
        return "epub"
    raise BookError(no_converter())


def check_reach(device: Device) -> None:
    """Raises `BookError` (D007) for a reader that no cable of ours reaches, or that is locked."""
    if device.family.reach == "none":
        raise BookError(_fault("D007", f"{device.name} cannot be reached", device.family.note))
    if device.family.reach == "web" and device.volume is None and not find_remarkable():
        hint = "switch on Settings > Storage > USB web interface, and wake it up"
        raise BookError(_fault("D007", f"{device.name} is plugged in, but does not answer", hint))
    if device.volume is not None and not device.volume.writable:
        hint = "unplug it, plug it in again, and let it be repaired if the computer offers that"
        raise BookError(_fault("D006", f"{device.volume.path} is mounted read-only", hint))


def _called(name: str, found: Sequence[Device]) -> list[Device]:
    """The readers that a name means: exactly, or else as a part of what they are called."""
    wanted = name.casefold()
    exact = [one for one in found if wanted in _names(one)]
    return exact or [one for one in found if any(wanted in known for known in _names(one))]


def _names(device: Device) -> list[str]:
    """What a reader answers to: short name, name and model, serial, label, place."""
    volume = device.volume
    labels = (volume.label, str(volume.path)) if volume else ()
    return [one.casefold() for one in (device.id, device.name, device.facts.serial, *labels)]


def _nothing(found: Sequence[Device]) -> Diagnostic:
    hint = "plug it in, wake it up, and choose “connect” on it; or name a folder: --folder DIR"
    if found:
        hint = f"there is {_list(found)}, which must be named: --device {found[0].id}"
    return _fault("D001", "no e-reader is plugged in", hint)


def _nobody(name: str, found: Sequence[Device]) -> Diagnostic:
    hint = f"there is {_list(found)}" if found else "bookforge devices lists what is plugged in"
    return _fault("D003", f"no e-reader called {name} is plugged in", hint)


def _several(found: Sequence[Device]) -> Diagnostic:
    message = f"{len(found)} e-readers are plugged in: {_list(found)}"
    return _fault("D002", message, "say which: --device with its name, or with its place")


def _list(found: Sequence[Device]) -> str:
    return ", ".join(f"{one.name} ({describe_place(one)})" for one in found)


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
