"""Pages made from metadata: half-title, title page, contents, also-by; and short front matter.

In: metadata and sections. Out: events for the galley.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Span
from bookforge.model.document import DIVISIONS, GENERATED, Matter, Section, SectionKind
from bookforge.model.inlines import Inline, Text
from bookforge.model.walk import plain
from bookforge.typeset.blocks import Unroller
from bookforge.typeset.compose import Draft
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.galley import Event, Fill, Ornament, Space, grid_lines
from bookforge.typeset.style import Align, BlockStyle, Caps, Design

_NOWHERE = Span(0, 0, 0)
# Not worth a line in the contents: what stands before them, and pages without a heading.
_UNLISTED = GENERATED | {SectionKind.DEDICATION, SectionKind.EPIGRAPH, SectionKind.HALF_TITLE}

# What a novel with bare chapters consists of.
_BARE_KINDS = frozenset(
    {SectionKind.CHAPTER, SectionKind.TEXT, SectionKind.PROLOGUE, SectionKind.EPILOGUE}
)
# Letters of an entry in the contents that leave most of the line empty.
_SHORT_ENTRY = 26


class Front:
    """Makes the pages that come from metadata."""

    def __init__(
        self, design: Design, unroller: Unroller, metadata: Metadata, context: Context
    ) -> None:
        self.design = design
        self.unroller = unroller
        self.metadata = metadata
        self.context = context
        self._edge = 0.0
        self._list: Begin | None = None  # of the contents: what the next entry stands in
        self._inner = False  # the entry before stood under a part

    def _line(
        self, text: str, style: BlockStyle, tag: Tag = Tag.PARAGRAPH, level: int = 0
    ) -> Draft:
        return self._inline((Text(text, _NOWHERE),), style, tag, level)

    def _inline(
        self, inlines: Sequence[Inline], style: BlockStyle, tag: Tag, level: int = 0
    ) -> Draft:
        press = self.unroller.press
        runs = press.runs(inlines, press.voice(style, self.unroller.language))
        key, within = self._next(), self.unroller.within
        return Draft(runs, style, (), 0, key, tag, level, within=within)

    def _next(self) -> int:
        return self.unroller.keys.next()

    def _display(self, factor: float, **more: object) -> BlockStyle:
        size = self.design.size * factor
        rows = grid_lines(size * 1.15, self.design.sheet.leading)
        style = BlockStyle(size, Align.CENTRE, hyphenate=False, together=True, rows=rows)
        return replace(style, **more)

    def title(self, kind: SectionKind) -> str:
        """The heading of a page made from metadata, "" for one without."""
        terms = self.context.language.terms
        match kind:
            case SectionKind.TITLE_PAGE:
                return self.metadata.title
            case SectionKind.CONTENTS:
                return terms.get("contents", "Contents")
            case SectionKind.ALSO_BY:
                term = terms.get("also-by", "Also by {author}")
                return term.format(author=" & ".join(self.metadata.authors))
            case _:
                return ""

    def half_title(self) -> Iterator[Event]:
        yield Space(9, opens=False, firm=True)
        yield self._line(self.metadata.short_title or self.metadata.title, self._display(1.5))

    def title_page(self) -> Iterator[Event]:
        """Author above, title a third down, imprint at the foot."""
        authors = " & ".join(self.metadata.authors)
        yield Space(4, opens=False, firm=True)
        if authors:
            style = self._display(1.25, caps=Caps.SMALL, tracking=80.0)
            yield self._line(authors, style)
        yield Space(5, opens=False, firm=True)
        yield self._line(self.metadata.title, self._display(2.7), Tag.HEADING, 1)
        if self.metadata.subtitle:
            yield Space(1, opens=False, firm=True)
            yield self._line(self.metadata.subtitle, self._display(1.3, italic=True))
        yield Space(3, opens=False, firm=True)
        drawn = len(self.design.ornament) <= 5 and not self.design.ornament.isascii()
        if drawn or self.design.emblem is not None:
            yield Ornament(self.design.ornament)
        if publisher := self.context.config.book.publisher:
            yield Fill()
            style = self._display(0.95, caps=Caps.ALL_SMALL, tracking=90.0)
            yield self._line(publisher, style)

    def copyright(self, section: Section, number: int) -> Iterator[Event]:
        """Small type at the foot of the page."""
        yield Fill()
        small = replace(self.design.body, size=self.design.size * 0.8, indent=0.0, align=Align.LEFT)
        for event in self.unroller.unroll(section.blocks, number, 1):
            if isinstance(event, Draft):
                event.style = replace(small, above=0)
                press = self.unroller.press
                event.runs = press.runs(event.node, press.voice(small, self.unroller.language))
            yield event

    def dedication(self, section: Section, number: int) -> Iterator[Event]:
        """Italic, centred, in the upper third."""
        yield Space(9, opens=False, firm=True)
        style = replace(
            self.design.body, align=Align.CENTRE, italic=True, indent=0.0, hyphenate=False
        )
        yield from self._restyled(section, number, style)

    def epigraph(self, section: Section, number: int) -> Iterator[Event]:
        yield Space(9, opens=False, firm=True)
        inset = self.design.size * 3
        style = replace(
            self.design.body, align=Align.LEFT, indent=0.0, left=inset, right=inset, hyphenate=False
        )
        yield from self._restyled(section, number, style)

    def _restyled(self, section: Section, number: int, style: BlockStyle) -> Iterator[Event]:
        press = self.unroller.press
        for event in self.unroller.unroll(section.blocks, number, 1):
            if isinstance(event, Draft):
                if event.style.align is Align.RIGHT:
                    # Who said it stands upright beside upright words, and may begin further left.
                    event.style = replace(
                        event.style, left=0.0, right=style.right, italic=style.italic
                    )
                else:
                    event.style = style
                voice = press.voice(event.style, self.unroller.language)
                event.runs = press.runs(event.node, voice)
            yield event

    def contents(self, sections: Sequence[Section]) -> Iterator[Event]:
        """The heading and a line for every section with a heading of its own.

        A novel whose chapters have numbers alone is printed without, unless [matter] asks for it.
        """
        if not self._asked_for() and _says_nothing(sections):
            return
        yield Space(4, opens=False, firm=True)
        style = self._display(self.design.number("contents.title-size", 1.5))
        yield self._line(self.title(SectionKind.CONTENTS), style, Tag.HEADING, 1)
        yield Space(2, opens=False, firm=True)
        listed = [
            (number, section)
            for number, section in enumerate(sections)
            if section.kind not in _UNLISTED and (section.label or section.title)
        ]
        parts = any(section.kind in DIVISIONS for _, section in listed)
        longest = max((len(_entry_text(section)) for _, section in listed), default=0)
        # Short entries with their numbers far off are hard to read: the table is set in.
        self._edge = 0.17 * self.design.sheet.measure if longest <= _SHORT_ENTRY else 0.0
        outer = self._list = Begin(Tag.CONTENTS, self._next(), within=self.unroller.within)
        for number, section in listed:
            if section.kind in DIVISIONS or section.level == 1:
                self._list = outer
            elif parts and self._list is outer:
                self._list = Begin(Tag.CONTENTS, self._next(), within=outer)
            yield from self._entry(section, number, parts)

    def _asked_for(self) -> bool:
        return "front" in self.context.config.matter.model_fields_set

    def _entry(self, section: Section, number: int, parts: bool) -> Iterator[Event]:
        size = self.design.size
        division = section.kind in DIVISIONS
        # Capitals alone shout from a contents page; small ones speak.
        shouted = _entry_text(section).strip().isupper()
        inset = size * 1.4 if parts and section.level > 1 else 0.0
        style = BlockStyle(
            size * self.design.number("contents.size", 0.95),
            Align.LEFT,
            left=inset + self._edge,
            right=size * 4 + self._edge,
            hang=size * 1.4,
            hyphenate=False,
            together=True,
            caps=Caps.ALL_SMALL if shouted else Caps.SMALL if division else Caps.NONE,
            tracking=40.0 if division or shouted else 0.0,
        )
        label = section.label + (". " if section.label and section.title else "")
        if division or (parts and section.level == 1 and self._inner):
            yield Space(1)
        self._inner = section.level > 1
        entry = Begin(Tag.ENTRY, self._next(), within=self._list)
        reference = Begin(Tag.REFERENCE, self._next(), within=entry)
        draft = self._inline(section.title, style, Tag.LINK)
        draft.within = reference
        if label:
            # Capitals of a label alone ("CHAPTER ONE", "IX") are small ones in a list.
            small = replace(style, caps=Caps.ALL_SMALL, tracking=40.0) if label.isupper() else style
            draft.runs[:0] = self._line(label, small).runs
        draft.refers, draft.edge = number, self._edge
        draft.target = f"#{section.id}"
        yield draft

    def also_by(self) -> Iterator[Event]:
        books = self.context.config.book.also_by
        if not books:
            return
        yield Space(6, opens=False, firm=True)
        title = self.title(SectionKind.ALSO_BY)
        yield self._line(title, self._display(1.2), Tag.HEADING, 1)
        yield Space(2, opens=False, firm=True)
        for book in books:
            yield self._line(book, self._display(1.0, italic=True))


def _says_nothing(sections: Sequence[Section]) -> bool:
    """Whether a list of the chapters would be a list of numbers."""
    body = [section for section in sections if section.matter is Matter.BODY]
    chapters = [section for section in body if section.kind is SectionKind.CHAPTER]
    bare = not any(section.title for section in chapters)
    return bare and all(section.kind in _BARE_KINDS for section in body)


def _entry_text(section: Section) -> str:
    return f"{section.label} {plain(section.title)}"
