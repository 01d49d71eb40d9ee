"""The type families on this machine, for `bookforge fonts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bookforge.fonts.find import Listing


def list_families() -> list[Listing]:
    """Every family that book.toml may name."""
    from bookforge.fonts.find import families

    return list(families())


def as_json(listing: Listing) -> dict[str, Any]:
    """One family in `fonts --json`."""
    from bookforge.fonts.coverage import characters, scripts

    family = listing.family
    return {
        "name": family.name,
        "origin": listing.origin,
        "styles": list(_styles(listing)),
        "scripts": list(scripts(family.regular)),
        "characters": len(characters(family.regular)),
        "file": family.regular.path,
    }


def as_text(listing: Listing) -> str:
    """One family as a line for people."""
    found = as_json(listing)
    where = "comes with bookforge" if listing.origin == "package" else Path(found["file"]).name
    return (
        f"{found['name']:30} {', '.join(found['styles'])}\n"
        f"    {', '.join(found['scripts'])}; {found['characters']:,} characters; {where}"
    )


def _styles(listing: Listing) -> list[str]:
    """The styles a family has of its own: a missing one is stood in for by another's face."""
    family = listing.family
    faces = {
        "regular": family.regular,
        "italic": family.italic,
        "bold": family.bold,
        "bold italic": family.bold_italic,
    }
    seen: dict[object, str] = {}
    for style, face in faces.items():
        seen.setdefault(face, style)
    return list(seen.values())
