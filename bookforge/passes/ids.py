"""Ids: every section a readable name of its own, notes names that XML allows.

Ids come from what the section is ("chapter-3", "part-1-chapter-3" where numbers begin anew) or
from its title; they hold ASCII letters, digits and hyphens and begin with a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.model.document import DIVISIONS, Document, Section
from bookforge.model.join import rename_notes
from bookforge.model.walk import plain

_LONGEST = 40
# Letters that decomposition leaves as they are.
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})


def assign(document: Document, context: Context) -> Document:
    """The document with an id on every section and plain ids on its notes."""
    taken: set[str] = set()
    sections = tuple(
        replace(section, id=_claim(name, taken))
        for section, name in zip(document.sections, _names(document.sections), strict=True)
    )
    places = {note.id: place for place, note in enumerate(document.notes, 1)}
    document = replace(document, sections=sections)
    # Through the whole book, whatever the writer called them: XML allows few characters in ids.
    return rename_notes(document, lambda id: f"note-{places[id]}")


def make_slug(text: str) -> str:
    """The words of a title as an id; "" when none of them can be written in ASCII."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    ascii_only = folded.replace("'", "").replace("’", "").encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug


def _names(sections: Sequence[Section]) -> Iterator[str]:
    """The name each section would like to have."""
    often = Counter(_own_name(section) for section in sections)
    above: list[tuple[int, str]] = []
    for section in sections:
        name = section.id or _own_name(section)
        while above and above[-1][0] >= section.level:
            above.pop()
        if often[name] > 1 and above and not section.id:
            name = f"{above[-1][1]}-{name}"
        if section.kind in DIVISIONS:
            above.append((section.level, name))
        yield name


def _own_name(section: Section) -> str:
    kind = section.kind.value
    if section.number is not None:
        return f"{kind}-{section.number}"
    slug = make_slug(plain(section.title))
    if not slug or slug == kind:
        return kind
    return slug if slug[0].isalpha() else f"{kind}-{slug}"


def _claim(name: str, taken: set[str]) -> str:
    """The name, with a number behind it when another section has it already."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", name):
        name = make_slug(name) or "section"
        name = name if name[0].isalpha() else f"section-{name}"
    wish, count = name, 1
    while wish in taken:
        count += 1
        wish = f"{name}-{count}"
    taken.add(wish)
    return wish
