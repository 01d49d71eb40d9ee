"""What `[matter]` says of editions: the outputs and the sets of settings that an item is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bookforge.config.faults import Fault
from bookforge.config.fields import nearest
from bookforge.config.model import Config, MatterItem

# Editions by the file that is made; all others are tables [edition.NAME].
_FILES = ("epub", "print", "screen")


def find_unknown_editions(data: Mapping[str, Any], named: Sequence[str]) -> Iterator[Fault]:
    """C004 for each edition of an item that is neither a file nor one of `named`."""
    known = (*_FILES, *named)
    matter = data.get("matter")
    for side in ("front", "back"):
        items = matter.get(side) if isinstance(matter, Mapping) else None
        for number, item in enumerate(items if isinstance(items, list) else ()):
            wanted = item.get("editions") if isinstance(item, Mapping) else None
            for place, name in enumerate(wanted if isinstance(wanted, list) else ()):
                if isinstance(name, str) and name not in known:
                    path = ("matter", side, number, "editions", place)
                    close = nearest(name, known)
                    hint = f'nearest: "{close}"' if close else f"editions: {', '.join(known)}"
                    yield Fault("C004", path, f"there is no edition {name}", hint)


def choose_matter(config: Config, edition: str | None) -> Config:
    """The settings with the items of `[matter]` that are for this edition.

    What is for `[edition.NAME]` goes into all its files; afterwards items name files alone.
    """
    matter = config.matter
    items = [item for item in (*matter.front, *matter.back) if isinstance(item, MatterItem)]
    if not any(set(item.editions) - set(_FILES) for item in items):
        return config
    sides = {
        side: _choose(getattr(matter, side), edition)
        for side in ("front", "back")
        if f"matter.{side}" in config.given
    }
    return replace(config, matter=replace(matter, **sides))


def _choose(items: Sequence[str | MatterItem], edition: str | None) -> tuple[str | MatterItem, ...]:
    chosen: list[str | MatterItem] = []
    for item in items:
        if isinstance(item, str) or not item.editions:
            chosen.append(item)
        elif edition in item.editions and edition not in _FILES:
            chosen.append(replace(item, editions=()))
        elif files := tuple(name for name in item.editions if name in _FILES):
            chosen.append(replace(item, editions=files))
    return tuple(chosen)
