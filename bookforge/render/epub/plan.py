"""Which files the e-book has: one for each section that goes into it, with its name and label.

In: a Document. Out: `Plan`. Names follow kind and count ("chapter-7"), so that inserting a
dedication changes no chapter's address: readers' bookmarks and notes survive a new edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from bookforge.contracts import Metadata, PageMap
from bookforge.languages.base import Language
from bookforge.model.blocks import Heading
from bookforge.model.document import Document, Matter, Section, SectionKind
from bookforge.model.walk import plain, stream
from bookforge.render.epub.cut import Piece, cut_section
from bookforge.render.epub.kinds import LEFT_OUT
from bookforge.render.epub.marks import Mark, place_marks
from bookforge.render.epub.markup import clean

_EDITION = "epub"
# A contents page for a single chapter says nothing.
_LEAST_CONTENTS = 3
COVER = "text/cover.xhtml"
NAV = "nav.xhtml"
# Kindles refuse much hidden text, which `nav` holds: there the contents are a page of their own.
_CONTENTS = "contents.xhtml"
# Untitled, these are the book itself.
_NAMELESS = frozenset({SectionKind.TEXT, SectionKind.CHAPTER})


class Entry(Struct, frozen=True):
    """One content file: manifest id (also its anchor), label (never empty), and its section.

    `index` is the section's in the document; `piece` says which part of its blocks is in the file.
    """

    id: str
    label: str
    section: Section
    index: int
    piece: Piece

    @property
    def name(self) -> str:
        """Path of the file in the package."""
        return f"text/{self.id}.xhtml"

    @property
    def heading(self) -> str:
        """Anchor of the heading."""
        return f"{self.id}-heading"


class Subheading(NamedTuple):
    """A heading inside a section: where it stands among the blocks of its file, its level (1: the
    highest), label and anchor, and how many characters of text come before it."""

    place: int
    level: int
    label: str
    anchor: str
    offset: int


def list_subheadings(entry: Entry) -> Iterator[Subheading]:
    """The headings with words in a file."""
    number = offset = 0
    for place, block in enumerate(entry.piece.blocks):
        label = clean(plain(block.children)) if isinstance(block, Heading) else ""
        if isinstance(block, Heading) and label:
            number += 1
            anchor = f"{entry.heading}-{number}"
            yield Subheading(place, block.level, label, anchor, offset)
        offset += sum(len(node.text) for node in stream((block,)))


class Plan(NamedTuple):
    """The files in reading order; where the contents page stands among them (None: hidden).

    `contents_name` is that page's file. `cover` says whether the cover has a page: Amazon adds its
    own, and a second one is an error there (KDP, "Cover image guidelines"). `marks` are
    the printed pages' beginnings by id of the entry; `addresses` maps the sections' ids to their
    files.
    """

    entries: tuple[Entry, ...]
    contents_at: int | None
    marks: Mapping[str, tuple[Mark, ...]]
    addresses: Mapping[str, str]
    contents_name: str = NAV
    cover: bool = True


def plan_files(
    document: Document,
    metadata: Metadata,
    language: Language,
    pages: PageMap | None,
    *,
    for_kindle: bool = False,
) -> Plan:
    """Choose and name the files of the book."""
    chosen = [
        (index, section)
        for index, section in enumerate(document.sections)
        if section.kind not in LEFT_OUT and (not section.editions or _EDITION in section.editions)
    ]
    names = _name_files([section for _, section in chosen])
    alone = sum(section.matter is Matter.BODY for _, section in chosen) == 1
    entries = []
    for (index, section), name in zip(chosen, names, strict=True):
        label = label_section(section, metadata, language, alone=alone)
        for piece in cut_section(section):
            suffix = f"-part-{piece.number}" if piece.continues else ""
            entries.append(Entry(name + suffix, label, section, index, piece))
    contents = _place_contents(document, entries)
    return Plan(
        tuple(entries),
        contents,
        place_marks(document, entries, contents is not None, pages),
        {
            entry.section.id: entry.name
            for entry in entries
            if entry.section.id and not entry.piece.continues
        },
        _CONTENTS if for_kindle else NAV,
        not (for_kindle and entries),
    )


def _name_files(sections: Sequence[Section]) -> Iterator[str]:
    """Kind and count; a kind that comes once goes without."""
    counts = Counter(section.kind for section in sections)
    seen: Counter[SectionKind] = Counter()
    for section in sections:
        kind = section.kind
        seen[kind] += 1
        yield kind.value if counts[kind] == 1 else f"{kind.value}-{seen[kind]}"


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
        term = language.terms["beginning"]
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
    body = {entry.index for entry in entries if entry.section.matter is Matter.BODY}
    if len(body) < _LEAST_CONTENTS:
        return None
    for index, section in enumerate(document.sections):
        if section.kind is SectionKind.CONTENTS:
            return sum(entry.index < index for entry in entries)
    return None
