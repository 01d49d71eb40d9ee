"""What archives of fan fiction put round a story: header facts, summaries, notes, wrappers.

Forms: text made from AO3's downloads ("Preface", facts, "Chapter Summary", "Afterword") and from
FanFiction.net and its downloaders ("Rated: Fiction T - English - …", "A/N: …", "Disclaimer: …").
"""

from __future__ import annotations

import re

from bookforge.readers.draft import Draft
from bookforge.regex import regex

__all__ = ["LINE", "find_wrappers", "is_note", "is_note_head", "name_fact", "read_rating"]

# Lines of the exporter's own.
LINE = regex(
    r"(?:Posted originally on|Packaged|Exported with|Story URL|Archived? at"
    r"|Please drop by the archive)\b",
    re.I,
)
_NOTE_HEAD = regex(
    r"[*_]{0,2}(?:(?:Chapter |End |Chapter End |Story |Series )?(?:Notes|Summary)|Disclaimer"
    r"|Author['’]?s['’]? Notes?|A/N):?[*_]{0,2}",
    re.I,
)
_NOTE = regex(
    r"[*_(\[]{0,3}(?:A/N|AN|Author['’]?s['’]? Notes?|Disclaimer|Trigger Warnings?|Content Warnings?"
    r"|TW|CW|Warnings?|Beta(?:ed by)?|(?:Chapter |End |Chapter End )?(?:Notes|Summary))\s?[:–—-]",
)
_WRAPPERS = ("preface", "afterword")
_RATED = regex(r"Rated:?\s+(?:Fiction\s+)?([A-Z]\+?)\s+[-–]\s+(.+)")
_COUNTED = regex(r"(?:Chapters|Words|Reviews|Favs|Follows|Updated|Published|Status|id):", re.I)
# Facts as the archives name them, and as book.toml does.
_NAMES = {
    "archive warning": "warnings",
    "archive warnings": "warnings",
    "warning": "warnings",
    "rated": "rating",
    "fandoms": "fandom",
    "additional tags": "tags",
    "relationship": "tags",
    "relationships": "tags",
    "character": "tags",
    "characters": "tags",
    "genre": "tags",
    "category": "tags",
    "categories": "tags",
    "summary": "description",
}


def is_note_head(text: str) -> bool:
    """A line that heads a note of the author's beside the story."""
    return len(text) < 40 and bool(_NOTE_HEAD.fullmatch(text.strip()))


def is_note(text: str) -> bool:
    """A paragraph that is such a note, or its heading."""
    return bool(_NOTE.match(text)) or is_note_head(text)


def name_fact(key: str) -> str:
    """The name in book.toml of a fact in an archive's header."""
    return _NAMES.get(key, key)


def read_rating(line: str) -> list[tuple[str, str]]:
    """The facts of FanFiction.net's line: rating, language, genres."""
    match = _RATED.match(line)
    if match is None:
        return []
    facts = [("rating", match.group(1))]
    plain = [part for part in re.split(r"\s+[-–]\s+", match.group(2)) if not _COUNTED.match(part)]
    if plain:
        facts.append(("language", plain[0]))
    facts += [("tags", part.replace("/", ", ")) for part in plain[1:2]]
    return facts


def find_wrappers(draft: Draft) -> frozenset[int]:
    """AO3's "Preface" above the header and "Afterword" below the story: no headings of the book."""
    found = set()
    for index in range(draft.first, draft.last):
        block = draft.blocks[index]
        if block.sheet.file.text[block.start] not in "PpAa":
            continue
        text = block.lines[0].strip().casefold()
        asks = text.startswith("please drop by the archive")
        if asks or (text in _WRAPPERS and _has_export_below(draft, index)):
            found.add(index)
    return frozenset(found)


def _has_export_below(draft: Draft, index: int) -> bool:
    near = draft.blocks[index : index + 5]
    return any(LINE.search(block.text) for block in near)
