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
from bookforge.typeset.galley import Event, Fill, Ornament, Space, Stroke, grid_lines
from bookforge.typeset.items import Run
from bookforge.typeset.opening import fit_line
from bookforge.typeset.style import Align, BlockStyle, Caps, Design

_NOWHERE = Span(0, 0, 0)
# Not worth a line in the contents: what stands before them, and pages without a heading.
_UNLISTED = GENERATED | {SectionKind.DEDICATION, SectionKind.EPIGRAPH, SectionKind.HALF_TITLE}

# What a novel with bare chapters consists of.
_BARE_KINDS = frozenset(
    {SectionKind.CHAPTER, SectionKind.TEXT, SectionKind.PROLOGUE, SectionKind.EPILOGUE}
)
# How a page of few lines is made to fit: shares of its white, and of the size of its type.
FITS = (
    *((1.0, 1.0), (0.75, 1.0), (0.5, 1.0), (0.25, 1.0)),
    *((0.5, 0.85), (0.25, 0.85), (0.4, 0.7), (0.2, 0.7), (0.2, 0.55), (0.0, 0.55), (0.0, 0.4)),
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
        self.air, self.scale = FITS[0]
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

    def _heading_style(self, table: str, size: float) -> BlockStyle:
        style = self.design.display(table, "title", size, Caps.NONE, 0.0)
        return replace(style, rows=grid_lines(style.size * 1.15, self.design.sheet.leading))

    def _white(self, lines: float, least: int = 0) -> Space:
        """Blank lines of a page that must not run over; at least so many."""
        return Space(max(least, int(lines * self.air)), opens=False, firm=True)

    def half_title(self) -> Iterator[Event]:
        yield self._white(9)
        title = self.metadata.short_title or self.metadata.title
        style = self._shown("title", 1.5 / 2.7 * self.design.number("title-page.title-size", 2.7))
        yield self._line(title, fit_line(title, style, self.design, self.unroller))

    def _shown(self, line: str, size: float) -> BlockStyle:
        """A line of the title page as the theme has it; `size` as a share of the text's."""
        usual = {"author": (Caps.SMALL, 80.0), "publisher": (Caps.ALL_SMALL, 90.0)}
        caps, tracking = usual.get(line, (Caps.NONE, 0.0))
        style = self.design.display("title-page", line, size, caps, tracking)
        return replace(style, size=self.design.size * size * self.scale)

    def _titled(self, line: str, text: str, tag: Tag = Tag.PARAGRAPH, level: int = 0) -> Draft:
        usual = {"title": 2.7, "author": 1.25, "subtitle": 1.3, "publisher": 0.95}
        size = self.design.number(f"title-page.{line}-size", usual[line])
        style = self._shown(line, size)
        if line == "subtitle":
            style = replace(style, italic=self.design.flag("title-page.subtitle-italic", True))
        return self._line(text, fit_line(text, style, self.design, self.unroller), tag, level)

    def title_page(self) -> Iterator[Event]:
        """Author, title a third down (or the other way round), imprint at the foot."""
        title_first = self.design.text("title-page.first", "author") == "title"
        yield self._white(self.design.number("title-page.sink", 4))
        if title_first:
            yield from self._title_lines()
            yield self._white(2, least=1)
            yield from self._author_line()
        else:
            yield from self._author_line()
            yield self._white(5, least=1)
            yield from self._title_lines()
        yield self._white(3, least=1)
        drawn = len(self.design.ornament) <= 5 and not self.design.ornament.isascii()
        wanted = self.design.flag("title-page.ornament", True)
        if wanted and (drawn or self.design.emblem is not None):
            yield Ornament(self.design.ornament)
        if publisher := self.context.config.book.publisher:
            yield self._white(1, least=1)
            yield Fill()
            yield self._titled("publisher", publisher)

    def _author_line(self) -> Iterator[Event]:
        if authors := " & ".join(self.metadata.authors):
            yield self._titled("author", authors)

    def _title_lines(self) -> Iterator[Event]:
        if share := self.design.number("title-page.rule-length", 0.0):
            weight = self.design.number("title-page.rule-weight", 0.5)
            yield Stroke(share, weight, self.design.align("title-page"))
            yield Space(1, opens=False, firm=True)
        yield self._titled("title", self.metadata.title, Tag.HEADING, 1)
        if self.metadata.subtitle:
            yield self._white(1, least=int(self.scale > 0.5))
            yield self._titled("subtitle", self.metadata.subtitle)

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
        style = self._heading_style("contents", 1.5)
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
        return "matter.front" in self.context.config.given

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
        draft.runs = [_list(run) for run in draft.runs if not run.note]
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
        style = self._heading_style("also-by", 1.2)
        yield self._line(self.title(SectionKind.ALSO_BY), style, Tag.HEADING, 1)
        yield Space(2, opens=False, firm=True)
        for book in books:
            yield self._line(book, self._display(1.0, italic=True))


def _says_nothing(sections: Sequence[Section]) -> bool:
    """Whether a list of the chapters would be a list of numbers."""
    body = [section for section in sections if section.matter is Matter.BODY]
    chapters = [section for section in body if section.kind is SectionKind.CHAPTER]
    bare = not any(section.title for section in chapters)
    return bare and all(section.kind in _BARE_KINDS for section in body)


def _list(run: Run) -> Run:
    """A run of a heading in the contents, where the whole entry is one link."""
    foreign = run.phrase is not None and run.phrase.tag is Tag.SPAN
    return run if foreign else Run(run.case, run.text)


def _entry_text(section: Section) -> str:
    return f"{section.label} {plain(section.title)}"
