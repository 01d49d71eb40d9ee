"""What of a section shows on its pages, as bytes: equal bytes are set alike.

In: a `Section`. Out: its words, markup and kinds, without the places they have in the manuscript.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from bookforge.model.blocks import Figure, Paragraph
from bookforge.model.document import Section, SectionKind
from bookforge.model.inlines import Image, NoteRef, Text

# Where nodes stand and why they were taken for what they are does not show.
_UNSEEN = frozenset({"span", "shifts", "finding"})
# Pages made from more than their own words: metadata, other pages' numbers.
_COMPOSED = frozenset(
    {
        SectionKind.HALF_TITLE,
        SectionKind.TITLE_PAGE,
        SectionKind.COPYRIGHT,
        SectionKind.CONTENTS,
        SectionKind.ALSO_BY,
        SectionKind.DEDICATION,
        SectionKind.EPIGRAPH,
    }
)


class Elsewhere(Exception):
    """Something on the pages comes from outside the section: a picture, a note."""


def liken(sections: Iterable[Section]) -> bytes:
    """Sections that are set together; b"" where more than their own words shows."""
    parts: list[str] = []
    try:
        for section in sections:
            if section.kind in _COMPOSED:
                return b""
            _say(section, parts)
    except Elsewhere:
        return b""
    return "".join(parts).encode("utf-8", "surrogatepass")


def _say(value: Any, parts: list[str]) -> None:
    """Each value with its kind and length, so that no two trees are spelled alike."""
    kind = type(value)
    if kind is str:
        parts.append(f"s{len(value)}:{value}")
    elif kind is Text:
        parts.append(f"T{len(value.text)}:{value.text}")
    elif kind is tuple:
        parts.append(f"({len(value)}:")
        for one in value:
            _say(one, parts)
    elif kind is Paragraph:
        parts.append(f"P{value.role.value}:")
        children = value.children
        if len(children) == 1 and type(children[0]) is Text:
            # As most are; the same as below in one step.
            text = children[0].text
            parts.append(f"(1:T{len(text)}:{text}")
        else:
            _say(children, parts)
    elif kind in (Image, Figure, NoteRef):
        raise Elsewhere
    elif isinstance(value, Enum):
        parts.append(f"e{value.value}:")
    elif hasattr(kind, "__struct_fields__"):
        parts.append(f"{kind.__name__}:")
        for name in kind.__struct_fields__:
            if name not in _UNSEEN:
                _say(getattr(value, name), parts)
    else:
        parts.append(f"{kind.__name__}{value!r}:")
