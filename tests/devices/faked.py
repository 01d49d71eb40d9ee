"""Faked volumes from text: the trees of `tests/cases/devices`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bookforge.devices.volumes import Volume

CASES = Path(__file__).parent.parent / "cases" / "devices"


class Faked(NamedTuple):
    """One case: what the system says of the volume, what lies on it, what is to be found."""

    name: str
    system: dict[str, str]
    tree: tuple[str, ...]
    found: tuple[str, ...]

    def lay_out(self, root: Path) -> Volume:
        """Make the tree below `root`; gives the volume that it is."""
        root.mkdir(parents=True, exist_ok=True)
        for entry in self.tree:
            path, colon, content = entry.partition(":")
            if colon:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(content.strip(), encoding="utf-8")
            else:
                (root / path).mkdir(parents=True, exist_ok=True)
        return Volume(
            root,
            self.system.get("label", ""),
            reach="mtp" if self.system.get("reach") == "mtp" else "disk",
            host=self.system.get("host", ""),
            usb=self.system.get("usb", ""),
        )


def read_cases(name: str) -> Iterator[Faked]:
    """The cases of one file."""
    text = (CASES / name).read_text(encoding="utf-8")
    for case in re.split(r"^=== ", text, flags=re.M)[1:]:
        head, *parts = (part.strip("\n") for part in re.split(r"^---$", case, flags=re.M))
        title, *lines = head.splitlines()
        system = dict(line.split(": ", 1) for line in lines)
        found = parts[1].split(" | ") if len(parts) > 1 else []
        yield Faked(title, system, tuple(parts[0].splitlines()), tuple(found))


def faked(name: str) -> Faked:
    """The faked reader of this title."""
    return next(case for case in read_cases("readers.txt") if case.name == name)
