"""Is this volume a reader, and which? By its signs alone, never by opening its database.

In: a volume, or the USB bus. Out: a `Device`, or nothing. What the signs are stands in
`devices.toml`. Names are compared letter by letter, also where the file system does not: a stick
with `Documents` is no Kindle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct

from bookforge.devices.table import Family, families
from bookforge.devices.volumes import Volume

# The first line of version.txt, and of .kobo/version, is all that is wanted.
_MOST = 500


class Facts(Struct, frozen=True):
    """What a device wrote about itself on its volume."""

    serial: str = ""
    firmware: str = ""
    model: str = ""


class Device(Struct, frozen=True):
    """A reader that was found; `volume` is None for one that shows no drive."""

    family: Family
    volume: Volume | None = None
    facts: Facts = Facts()
    koreader: bool = False

    @property
    def id(self) -> str:
        """The short name that --device takes."""
        return self.family.id

    @property
    def name(self) -> str:
        """Family and model: "Kobo Clara BW"."""
        return f"{self.family.name} {self.facts.model}".rstrip()

    @property
    def formats(self) -> tuple[str, ...]:
        """What it opens, best first; KOReader opens EPUB wherever it runs."""
        own = tuple(self.family.formats)
        return own if "epub" in own or not self.koreader else (*own, "epub")

    @property
    def books(self) -> Path:
        """The folder that books go to; only for a device with a volume."""
        assert self.volume is not None
        places = [self.volume.path / name for name in self.family.books]
        return next((place for place in places if place.is_dir()), places[0])

    @property
    def key(self) -> str:
        """What tells this device from others: its serial, else its label."""
        if self.facts.serial:
            return f"{self.id}:{self.facts.serial}"
        volume = self.volume
        return f"{self.id}:{(volume.host or volume.label) if volume else ''}"


def recognise(volume: Volume) -> Device | None:
    """The device that a volume belongs to; None for a stick, a camera, a backup disk."""
    tree = _Tree(volume.path)
    for family in families():
        if family.reach == volume.reach:
            facts = _FACTS[family.facts](volume.path)
            if any(
                all(_is_there(sign, tree, volume, facts) for sign in signs)
                for signs in family.signs
            ):
                koreader = any(tree.has(place) for place in family.koreader)
                return Device(family, volume, _name_model(family, facts), koreader)
    return None


def recognise_usb(ids: Iterable[str]) -> list[Device]:
    """Devices that show no drive and are known by what the USB bus tells."""
    signs = {f"usb:{one}" for one in ids}
    return [
        Device(family)
        for family in families()
        if family.reach in ("none", "web") and any(signs >= set(one) for one in family.signs)
    ]


def _is_there(sign: str, tree: _Tree, volume: Volume, facts: Facts) -> bool:
    kind, colon, wanted = sign.partition(":")
    if not colon:
        return tree.has(sign)
    said = {
        "label": volume.label,
        "host": volume.host,
        "usb": volume.usb,
        "serial": facts.serial,
        "firmware": facts.firmware,
    }[kind]
    return bool(said) and fnmatchcase(said.lower(), wanted.lower())


class _Tree:
    """What lies on a volume; each folder is listed once, for MTP answers slowly."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._listed: dict[Path, frozenset[str]] = {}

    def has(self, sign: str) -> bool:
        """Whether a file, or with a last "/" a folder, is there under exactly this name."""
        path = self.root
        for name in sign.rstrip("/").split("/"):
            if name not in self._names(path):
                return False
            path /= name
        return path.is_dir() if sign.endswith("/") else path.is_file()

    def _names(self, folder: Path) -> frozenset[str]:
        if folder not in self._listed:
            try:
                names = frozenset(entry.name for entry in folder.iterdir())
            except OSError:
                names = frozenset()
            self._listed[folder] = names
        return self._listed[folder]


def _name_model(family: Family, facts: Facts) -> Facts:
    return Facts(facts.serial, facts.firmware, family.models.get(facts.model, ""))


def _read_kobo(root: Path) -> Facts:
    """`.kobo/version`: serial, kernel, firmware, two kernels, and a UUID that ends in the model."""
    parts = [part.strip() for part in _first_line(root / ".kobo" / "version").split(",")]
    if len(parts) < 6:
        return Facts()
    return Facts(parts[0], parts[2], parts[5][-3:])


def _read_kindle(root: Path) -> Facts:
    """`system/version.txt`: "Kindle 5.16.2.1.1 (4211350008)"."""
    found = re.match(r"Kindle\s+([\d.]+)", _first_line(root / "system" / "version.txt"))
    return Facts(firmware=found[1]) if found else Facts()


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode("utf-8", "replace").partition("\n")[0]
    except OSError:
        return ""


def _read_nothing(root: Path) -> Facts:
    return Facts()


_FACTS = {"kobo": _read_kobo, "kindle": _read_kindle, "": _read_nothing}
