"""The order of a book: front matter, body, back matter.

In: the manuscript's sections and the texts that `[matter]` gives. Out: all sections in their final
order, pages made from metadata among them, each with its division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Span
from bookforge.model.blocks import (
    Block,
    Heading,
    Paragraph,
    ParagraphRole,
    Quote,
    QuoteRole,
)
from bookforge.model.document import (
    GENERATED,
    Document,
    Matter,
    Note,
    Section,
    SectionKind,
    usual_matter,
)
from bookforge.model.inlines import Inlines, Text
from bookforge.model.join import rename_notes
from bookforge.model.walk import plain
from bookforge.passes.imprint import list_also_by, write_copyright
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.config.model import Config, MatterItem

# These stand without a heading; readers hear their name all the same.
_UNTITLED = frozenset({SectionKind.DEDICATION, SectionKind.EPIGRAPH, SectionKind.TEXT})
# "— Someone, Some Book": before the clean-up, so dashes may still be hyphens.
_SOURCE = regex(r"(?:--+|—|–|―)[ \t\u00a0]*\w")
_LONGEST_SOURCE = 120


def items(config: Config) -> tuple[MatterItem, ...]:
    """Every item of front and back matter, kinds alone made items too."""
    return (*_items(config.matter.front), *_items(config.matter.back))


def arrange(
    document: Document,
    extra: Mapping[MatterItem, Document],
    described: Metadata,
    context: Context,
) -> Document:
    """The whole book in order; kinds with nothing to say are left out.

    `extra` holds what was read for items with `file` or `text`. Sections of the
    manuscript that are listed in `[matter]` move there, all others keep their place.
    """
    return _Arrangement(document, extra, described, context).arrange()


def _items(entries: Sequence[str | MatterItem]) -> Iterator[MatterItem]:
    from bookforge.config.model import MatterItem

    for entry in entries:
        yield MatterItem(kind=entry) if isinstance(entry, str) else entry


class _Group(Struct):
    """A section with those below it."""

    sections: list[Section]

    @property
    def kind(self) -> SectionKind:
        return self.sections[0].kind


class _Arrangement:
    def __init__(
        self,
        document: Document,
        extra: Mapping[MatterItem, Document],
        described: Metadata,
        context: Context,
    ) -> None:
        self._document, self._extra = document, extra
        self._described, self._context = described, context
        self._groups = _group(document.sections)
        self._notes: list[Note] = list(document.notes)
        first = document.sections[0].span.source if document.sections else 0
        self._point = Span(first, 0, 0)

    def arrange(self) -> Document:
        matter = self._context.config.matter
        front = list(self._collect(matter.front, Matter.FRONT))
        back = list(self._collect(matter.back, Matter.BACK))
        body = _divide([section for group in self._groups for section in group.sections])
        front = [section for section in front if self._is_worth(section, body)]
        if not self._is_listed(Matter.FRONT):
            front, body = _lower_contents(front, body)
        return replace(self._document, sections=(*front, *body, *back), notes=tuple(self._notes))

    def _is_listed(self, matter: Matter) -> bool:
        """Whether the writer gave the order: else the manuscript's own order stays."""
        return f"matter.{matter.value}" in self._context.config.given

    def _is_worth(self, section: Section, body: Sequence[Section]) -> bool:
        """A contents page needs at least two entries."""
        if section.kind is not SectionKind.CONTENTS or section.blocks:
            return True
        return sum(bool(other.title or other.label) for other in body) > 1

    def _collect(self, entries: Sequence[str | MatterItem], matter: Matter) -> Iterator[Section]:
        for item in _items(entries):
            for section in self._find(item, matter):
                if section.kind is SectionKind.EPIGRAPH:
                    section = _mark_epigraph(section)
                yield replace(section, matter=matter, editions=tuple(item.editions))

    def _find(self, item: MatterItem, matter: Matter) -> list[Section]:
        """The sections of an item: given with it, found in the manuscript, or made."""
        kind = SectionKind(item.kind)
        if item in self._extra:
            return [self._adopt(self._extra[item], item, kind)]
        if not self._is_listed(matter) and any(group.kind is kind for group in self._groups):
            return []
        if own := self._take(kind):
            return [self._retitle(own[0], item), *own[1:]]
        made = self._make(item, kind)
        return [made] if made else []

    def _take(self, kind: SectionKind) -> list[Section]:
        """The manuscript's own sections of a kind, unless they stand amid the chapters."""
        places = [
            place
            for place, group in enumerate(self._groups)
            if usual_matter(group.kind) is Matter.BODY and group.kind is not SectionKind.TEXT
        ]
        first, last = (places[0], places[-1]) if places else (len(self._groups), -1)
        taken = [
            group
            for place, group in enumerate(self._groups)
            if group.kind is kind
            and (usual_matter(kind) is Matter.BODY or not first < place < last)
        ]
        self._groups = [group for group in self._groups if group not in taken]
        return [section for group in taken for section in group.sections]

    def _adopt(self, given: Document, item: MatterItem, kind: SectionKind) -> Section:
        """What was read for an item as one section."""
        given = self._take_notes(given, item.kind)
        blocks: list[Block] = []
        title: Inlines = ()
        for section in given.sections:
            if section.title and not blocks and not title:
                title = section.title
            elif section.title:
                blocks.append(Heading(1, section.title, section.span))
            blocks += section.blocks
        span = given.sections[0].span if given.sections else self._point
        if not title and given.found.title:
            # A heading alone above the text was taken for a book's title.
            title = (Text(given.found.title, span),)
        return self._retitle(Section(kind, title, tuple(blocks), span), item)

    def _retitle(self, section: Section, item: MatterItem) -> Section:
        if item.title is not None:
            title: Inlines = (Text(item.title, self._point),) if item.title else ()
            return replace(section, title=title, label="", number=None)
        if section.title or section.label or section.kind in _UNTITLED:
            return section
        return replace(section, title=(Text(self._name(section.kind), section.span),))

    def _name(self, kind: SectionKind) -> str:
        """What a section of a kind is called in the book's language."""
        usual = kind.value.replace("-", " ").capitalize()
        words = self._context.language.terms.get(kind.value, usual)
        return words.format(author=", ".join(self._described.authors))

    def _take_notes(self, given: Document, kind: str) -> Document:
        """Notes of a text of its own get ids of their own."""
        known = {note.id for note in self._notes}
        taken = any(f"{kind}-{note.id}" in known for note in given.notes)
        prefix = f"{kind}-{len(known)}-" if taken else f"{kind}-"
        given = rename_notes(given, prefix.__add__)
        self._notes += given.notes
        return given

    def _make(self, item: MatterItem, kind: SectionKind) -> Section | None:
        """A page made from metadata; None when there is nothing to say."""
        if kind not in GENERATED:
            return None
        section = Section(kind, (), (), self._point)
        match kind:
            case SectionKind.HALF_TITLE | SectionKind.TITLE_PAGE:
                return section
            case SectionKind.CONTENTS:
                return self._retitle(section, item)
            case SectionKind.COPYRIGHT:
                blocks = write_copyright(self._described, self._context, self._point)
                return replace(section, blocks=blocks) if blocks else None
            case SectionKind.ALSO_BY:
                blocks = list_also_by(self._described, self._context, self._point)
                title = item.title if item.title is not None else self._name(kind)
                made = replace(section, title=(Text(title, self._point),), blocks=blocks)
                return made if blocks else None
            case _:
                return None


def _group(sections: Sequence[Section]) -> list[_Group]:
    """Each section with the deeper ones that follow it; parts do not hold on to front matter."""
    groups: list[_Group] = []
    for section in sections:
        top = groups[-1].sections[0] if groups else None
        inner = (
            top is not None
            and section.level > top.level
            and usual_matter(top.kind) is not Matter.BODY
        )
        if inner:
            groups[-1].sections.append(section)
        else:
            groups.append(_Group([section]))
    return groups


def _mark_epigraph(section: Section) -> Section:
    """What is quoted on an epigraph page is the epigraph."""
    blocks = tuple(
        replace(block, role=QuoteRole.EPIGRAPH) if isinstance(block, Quote) else block
        for block in section.blocks
    )
    return replace(section, blocks=_mark_source(blocks))


def _mark_source(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A last line that begins with a dash names whose words they are, also where they are not
    written as a quotation."""
    *above, last = blocks or (None,)
    if not above or not isinstance(last, Paragraph) or last.role is not ParagraphRole.BODY:
        return blocks
    words = plain(last.children)
    if len(words) > _LONGEST_SOURCE or not _SOURCE.match(words):
        return blocks
    return (*blocks[:-1], replace(last, role=ParagraphRole.ATTRIBUTION))


def _divide(sections: Sequence[Section]) -> list[Section]:
    """Front matter up to the last such section before the text, back matter after it."""
    proper = [
        place
        for place, section in enumerate(sections)
        if usual_matter(section.kind) is Matter.BODY and section.kind is not SectionKind.TEXT
    ]
    texts = [p for p, section in enumerate(sections) if usual_matter(section.kind) is Matter.BODY]
    first, last = (proper[0], proper[-1]) if proper else (texts[0], texts[-1]) if texts else (0, -1)
    front = [p for p in range(first) if usual_matter(sections[p].kind) is Matter.FRONT]
    front_end = front[-1] if front else -1
    divided = []
    for place, section in enumerate(sections):
        usual = usual_matter(section.kind)
        if section.kind is SectionKind.TEXT:
            # The reader has seen whether this is a notice or the story.
            usual = section.matter
        if place <= front_end or (place < first and usual is Matter.FRONT):
            matter = Matter.FRONT
        elif place > last and usual is Matter.BACK:
            matter = Matter.BACK
        else:
            matter = Matter.BODY
        if section.kind is SectionKind.EPIGRAPH:
            section = _mark_epigraph(section)
        divided.append(replace(section, matter=matter))
    return divided


def _lower_contents(
    front: list[Section], body: list[Section]
) -> tuple[list[Section], list[Section]]:
    """Dedication and epigraph come before the contents (Chicago 1.4), and so does what stands
    untitled among them."""
    places = (
        place
        for place, section in enumerate(body)
        if section.matter is not Matter.FRONT or section.kind not in _UNTITLED
    )
    stop = next(places, 0)
    contents = [section for section in front if section.kind is SectionKind.CONTENTS]
    rest = [section for section in front if section.kind is not SectionKind.CONTENTS]
    return rest, [*body[:stop], *contents, *body[stop:]]
