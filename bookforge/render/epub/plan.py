"""Which files the e-book has: one for each section that goes into it, with its name and label.

In: a Document. Out: `Plan`. Names follow kind and count ("chapter-7"), so that inserting a
dedication changes no chapter's address: readers' bookmarks and notes survive a new edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bookforge.contracts import Metadata, PageMap
from bookforge.languages.base import Language
from bookforge.model.document import Document, Matter, Section, SectionKind
from bookforge.model.walk import plain
from bookforge.render.epub.kinds import LEFT_OUT
from bookforge.render.epub.markup import clean

_EDITION = "epub"
# A contents page for a single chapter says nothing.
_LEAST_CONTENTS = 3
# Untitled, these are the book itself.
_NAMELESS = frozenset({SectionKind.TEXT, SectionKind.CHAPTER})


@dataclass(frozen=True, slots=True)
class Entry:
    """One content file: manifest id (also its anchor), label (never empty), and its section."""

    id: str
    label: str
    section: Section
    index: int

    @property
    def name(self) -> str:
        """Path of the file in the package."""
        return f"text/{self.id}.xhtml"

    @property
    def heading(self) -> str:
        """Anchor of the heading."""
        return f"{self.id}-heading"


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed page's beginning: number, anchor, offset in the section's text.

    Offset -1 stands before everything: a page whose own section is not in the e-book.
    """

    label: str
    id: str
    offset: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The files in reading order; where the contents page stands among them (None: hidden).

    `marks` are the printed pages' beginnings by index of the section; -1 is the contents page.
    `addresses` maps the sections' ids to their files.
    """

    entries: tuple[Entry, ...]
    contents_at: int | None
    marks: Mapping[int, tuple[Mark, ...]]
    addresses: Mapping[str, str]


CONTENTS = -1


def plan_files(
    document: Document, metadata: Metadata, language: Language, pages: PageMap | None
) -> Plan:
    """Choose and name the files of the book."""
    chosen = [
        (index, section)
        for index, section in enumerate(document.sections)
        if section.kind not in LEFT_OUT and (not section.editions or _EDITION in section.editions)
    ]
    counts = Counter(section.kind for _, section in chosen)
    alone = sum(section.matter is Matter.BODY for _, section in chosen) == 1
    seen: Counter[SectionKind] = Counter()
    entries = []
    for index, section in chosen:
        seen[section.kind] += 1
        kind = section.kind.value
        name = kind if counts[section.kind] == 1 else f"{kind}-{seen[section.kind]}"
        label = label_section(section, metadata, language, alone=alone)
        entries.append(Entry(name, label, section, index))
    contents = _place_contents(document, entries)
    return Plan(
        tuple(entries),
        contents,
        place_marks(document, entries, contents is not None, pages),
        {entry.section.id: entry.name for entry in entries if entry.section.id},
    )


def label_section(section: Section, metadata: Metadata, language: Language, *, alone: bool) -> str:
    """What a section is called in the contents: "IX. The Lamp"; never empty."""
    label, title = clean(section.label), clean(plain(section.title))
    if label and title:
        joint = " " if label[-1] in ".:!?" else ". "
        return f"{label}{joint}{title}"
    return label or title or _name_untitled(section, metadata, language, alone=alone)


def _name_untitled(section: Section, metadata: Metadata, language: Language, *, alone: bool) -> str:
    kind = section.kind
    if kind in _NAMELESS and (alone or kind is SectionKind.CHAPTER):
        term = ""
    elif kind is SectionKind.TEXT:
        term = language.terms.get("beginning", "")
    else:
        term = language.terms.get(kind.value, "") or _word_for(kind, language)
    term = term.replace("{author}", ", ".join(metadata.authors))
    return clean(term) or clean(metadata.title) or kind.value


def _word_for(kind: SectionKind, language: Language) -> str:
    """What headings of this kind are called; the first word that readers look for."""
    specials = language.headings.get("specials", {})
    words = specials.get(kind.value, ())
    return str(words[0]).split("|")[0].capitalize() if words else ""


def _place_contents(document: Document, entries: list[Entry]) -> int | None:
    """Before which entry the contents page is read: where the printed one stands."""
    body = [entry for entry in entries if entry.section.matter is Matter.BODY]
    if len(body) < _LEAST_CONTENTS:
        return None
    for index, section in enumerate(document.sections):
        if section.kind is SectionKind.CONTENTS:
            return sum(entry.index < index for entry in entries)
    return None


def place_marks(
    document: Document, entries: list[Entry], with_contents: bool, pages: PageMap | None
) -> dict[int, tuple[Mark, ...]]:
    """The marks of each section; those of a section left out go to the next one that is in."""
    there = {entry.index for entry in entries}
    marks: dict[int, list[Mark]] = {}
    seen: set[str] = set()
    for number, start in enumerate(pages.starts if pages else (), 1):
        label = clean(start.label)
        name = f"page-{label}"
        if not (label.isascii() and label.isalnum()) or name in seen:
            name = f"page-mark-{number}"
        seen.add(name)
        if start.section in there:
            marks.setdefault(start.section, []).append(Mark(label, name, start.offset))
            continue
        section = document.sections[start.section]
        if with_contents and section.kind is SectionKind.CONTENTS:
            home: int | None = CONTENTS
        else:
            home = min((index for index in there if index > start.section), default=None)
        if home is not None:
            marks.setdefault(home, []).append(Mark(label, name, -1))
    return {
        index: tuple(sorted(found, key=lambda mark: mark.offset)) for index, found in marks.items()
    }
