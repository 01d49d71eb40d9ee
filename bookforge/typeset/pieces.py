"""The book as pieces that begin on a page of their own: front matter, parts, chapters.

In: a `Document`. Out: `Piece`s with their galleys, cut into pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.cache import make_key, say_file
from bookforge.contracts import Context, Metadata
from bookforge.model.document import DIVISIONS, Document, Matter, Section, SectionKind
from bookforge.model.inlines import Text
from bookforge.model.walk import inline_runs, plain
from bookforge.typeset.blocks import Keys, Unroller
from bookforge.typeset.compose import Draft
from bookforge.typeset.floats import settle
from bookforge.typeset.footnotes import Footnotes
from bookforge.typeset.formes import Forme, fetch
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.front import FITS, Front
from bookforge.typeset.galley import Anchor, Event, Galley, Keep, Space, Stacker
from bookforge.typeset.grid import Grid
from bookforge.typeset.hyphenate import load_rules
from bookforge.typeset.likeness import liken
from bookforge.typeset.opening import dress_first, find_first, open_section, stands_alone
from bookforge.typeset.paginate import Frame, PageCut
from bookforge.typeset.press import Press, even
from bookforge.typeset.smooth import Chapter, smooth
from bookforge.typeset.spill import spill
from bookforge.typeset.style import Design

# Structure elements of one section are fewer: the keys of the next one's are greater.
MOST_KEYS = 1 << 24
# Kinds that go on in the chapter before them instead of opening a page.
_RUN_ON = frozenset({SectionKind.SUBSECTION, SectionKind.SCENE})
# Pages that bear neither head nor folio.
_BARE = frozenset(
    {
        SectionKind.HALF_TITLE,
        SectionKind.TITLE_PAGE,
        SectionKind.COPYRIGHT,
        SectionKind.DEDICATION,
        SectionKind.EPIGRAPH,
    }
)


# Made from metadata, and never longer than a page.
_FITTED = frozenset({SectionKind.HALF_TITLE, SectionKind.TITLE_PAGE})


class Piece(Struct):
    """Sections that share a galley. `recto`: begins on a right-hand page (None: on any page).

    `key` says what the piece is made of, b"" where that cannot be told before it is set; `lay`
    sets it, and cuts it where that was done before. `away`: its number, if another process sets it.
    """

    sections: list[int]
    kind: SectionKind
    matter: Matter
    lay: Callable[[Piece], Galley]
    key: bytes = b""
    laid: Galley | None = None
    forme: Forme | None = None
    cuts: list[PageCut] = field(default_factory=list)
    recto: bool | None = None
    head: str = ""
    bare: bool = False
    begins_recto: bool = False  # where it was put
    opened: bool = True  # the first page carries an opening: no running head there
    away: int = -1

    @property
    def plain(self) -> bool:
        """Whether its pages show nothing but its own words, and need not be set for that."""
        return bool(self.key) or self.away >= 0

    @property
    def galley(self) -> Galley:
        """The lines; a piece known from an earlier build is set when they are asked for."""
        if self.laid is None:
            self.laid = self.lay(self)
        return self.laid


class Maker:
    """Makes pieces from sections, in order."""

    def __init__(
        self, document: Document, metadata: Metadata, context: Context, design: Design, press: Press
    ) -> None:
        self.document = document
        self.metadata = metadata
        self.context = context
        self.design = design
        self.press = press
        self.keys = Keys()
        self.unroller = Unroller(design, press, self.keys, document.language)
        self.front = Front(design, self.unroller, metadata, context)
        beside = Unroller(design, press, self.keys, document.language)
        self._above = _nest(document.sections)
        self._divided = False  # a part page has a blank back: what follows opens on a recto
        self.footnotes = Footnotes(document, design, press, beside)
        self._ground = self._say_ground() if context.cache is not None else b""
        self._groups = list(_group(document.sections, design.chapters_open))

    def make(self, away: range = range(0)) -> Iterator[Piece]:
        """The pieces of the book; sections that are not for print are left out. Those numbered in
        `away` are set elsewhere."""
        for number, group in enumerate(self._groups):
            piece = self._piece(group, number if number in away else -1)
            if piece is not None:
                yield piece

    def make_only(self, stretch: range) -> Iterator[Piece]:
        """The pieces of a stretch alone, which have only words of their own."""
        before = self._groups[stretch.start - 1][0] if stretch.start else -1
        self._divided = before >= 0 and stands_alone(self.document.sections[before])
        for group in self._groups[stretch.start : stretch.stop]:
            piece = self._piece(group)
            assert piece is not None
            yield piece

    def measure(self) -> list[int]:
        """About the characters of each piece, 0 for those that show more than their own words."""
        groups = [[self.document.sections[number] for number in group] for group in self._groups]
        return [
            len(liken(group)) if all(section.blocks for section in group) else 0 for group in groups
        ]

    def learn_ahead(self) -> None:
        """Shape the words of the text and load its hyphens, before it is set by two."""
        load_rules(self.document.language)
        voice = self.press.voice(self.design.body, self.document.language)
        # Section by section: glyphs of a whole book at once would take more memory than the book.
        for section in self.document.sections:
            runs = inline_runs(section.blocks)
            texts = [node.text for run in runs for node in run if isinstance(node, Text)]
            self.press.learn([self.press.cast(even(text), voice) for text in texts])

    def _piece(self, group: list[int], away: int = -1) -> Piece | None:
        section = self.document.sections[group[0]]
        piece = Piece(group, section.kind, section.matter, self._set_again, self._key(group))
        piece.away = away
        if not piece.plain:
            piece.laid = self._set_page(group) if section.kind in _FITTED else self._set(group)
            if piece.laid is None:
                return None
        piece.bare = section.kind in _BARE or stands_alone(section)
        piece.recto = self._side(section)
        self._divided = stands_alone(section)
        piece.head = self._head(section)
        return piece

    def _set(self, group: Iterable[int]) -> Galley | None:
        """Set sections in type; None if there is nothing in them to be set."""
        galley = self._stack(group)
        if galley is not None and galley.notes:
            self.footnotes.fill(galley)
        return galley

    def _set_page(self, group: Sequence[int]) -> Galley | None:
        """Set a page that must not run over: with less white, then in smaller type."""
        galley = None
        for self.front.air, self.front.scale in FITS:
            galley = self._stack(group)
            if galley is None or sum(galley.column.heights) <= self.design.sheet.lines:
                break
        return galley

    def _stack(self, group: Iterable[int]) -> Galley | None:
        events = list(self._events(group))
        if not any(isinstance(event, Draft | Grid) for event in events):
            return None
        return Stacker(self.design, self.press).stack(events)

    def _set_again(self, piece: Piece) -> Galley:
        galley = self._set(piece.sections)
        assert galley is not None
        return galley if piece.forme is None else self._cut(galley, piece.begins_recto).galley

    def _key(self, group: list[int]) -> bytes:
        """What a piece is made from; b"" where that is more than can be told."""
        sections = [self.document.sections[number] for number in group]
        if not self._ground or not all(section.blocks for section in sections):
            return b""
        likeness = liken(sections)
        places = repr([number - group[0] for number in group]).encode()
        return make_key(self._ground, likeness, places) if likeness else b""

    def _say_ground(self) -> bytes:
        """What all pieces are made from: the design, the faces, the language."""
        if self.design.emblem is not None:
            return b""
        press = self.press
        files = [say_file(face.path) for face in press.faces]
        whole = repr((self.design, press.family, press.display, press.mono, press.old_style))
        return make_key(whole.encode(), self.document.language.encode(), *files)

    def _side(self, section: Section) -> bool | None:
        """Whether a piece begins on a right-hand page; None when any page will do."""
        if section.kind is SectionKind.COPYRIGHT:
            return False
        if section.kind in DIVISIONS or section.matter is Matter.FRONT or self._divided:
            return True
        opens_recto = self.design.chapters_open == "recto" and section.matter is Matter.BODY
        return True if opens_recto else None

    def _head(self, section: Section) -> str:
        title = plain(section.title) or section.label
        return title or self.metadata.short_title or self.metadata.title

    def _events(self, group: Iterable[int]) -> Iterator[Event]:
        for place, number in enumerate(group):
            section = self.document.sections[number]
            self.unroller.language = section.language or self.document.language
            self._enter(number)
            yield Anchor(section.id, number, self._title(section), section.level)
            if place:
                yield from self._run_on(section, number)
            else:
                yield from self._opened(section, number)

    def _enter(self, number: int) -> None:
        """What follows belongs to a section; keys begin anew, as pieces are set in any order."""
        begin = self._begin(number)
        self.keys.last = begin.key
        self.unroller.within, self.unroller.id = begin, self.document.sections[number].id

    def _begin(self, number: int) -> Begin:
        """A section's place in the structure: in the nearest one above it."""
        section = self.document.sections[number]
        tag = Tag.PART if section.kind in DIVISIONS else Tag.SECTION
        language = "" if section.language == self.document.language else section.language
        above = self._above[number]
        within = None if above is None else self._begin(above)
        return Begin(tag, (number + 1) * MOST_KEYS, language=language, within=within)

    def _title(self, section: Section) -> str:
        """What the outline calls a section, "" if it has no heading."""
        title = ". ".join(part for part in (section.label, plain(section.title)) if part)
        return title or ("" if section.blocks else self.front.title(section.kind))

    def _opened(self, section: Section, number: int) -> Iterator[Event]:
        match section.kind:
            case SectionKind.HALF_TITLE:
                yield from self.front.half_title()
            case SectionKind.TITLE_PAGE:
                yield from self.front.title_page()
            case SectionKind.COPYRIGHT:
                yield from self.front.copyright(section, number)
            case SectionKind.CONTENTS:
                yield from self.front.contents(self._listed())
            case SectionKind.ALSO_BY if not section.blocks:
                yield from self.front.also_by()
            # With a heading of its own it is a text to be read, not a line on a page.
            case SectionKind.DEDICATION if not section.title:
                yield from self.front.dedication(section, number)
            case SectionKind.EPIGRAPH if not section.title:
                yield from self.front.epigraph(section, number)
            case _:
                yield from self._chapter(section, number)

    def _listed(self) -> list[Section]:
        return [section for section in self.document.sections if _is_printed(section)]

    def _chapter(self, section: Section, number: int) -> Iterator[Event]:
        yield from open_section(section, self.design, self.unroller)
        opens = section.matter is Matter.BODY and not stands_alone(section)
        first = find_first(section.blocks) if opens else None
        for event in self.unroller.unroll(section.blocks, number, section.level):
            # Centred lines, datelines and the like are not dressed.
            if (
                first is not None
                and isinstance(event, Draft)
                and event.node is first.children
                and replace(event.style, indent=0.0) == replace(self.design.body, indent=0.0)
            ):
                dress_first(event, self.design, self.press, self.unroller.language)
            yield event

    def _run_on(self, section: Section, number: int) -> Iterator[Event]:
        """A section that goes on on the same page, with a heading in the text."""
        yield Space(2)
        yield from self._run_on_heading(section)
        yield from self.unroller.unroll(section.blocks, number, section.level)

    def _run_on_heading(self, section: Section) -> Iterator[Event]:
        if section.label or section.title:
            for event in open_section(section, self.design, self.unroller):
                if isinstance(event, Draft):
                    yield event
                    yield Keep()
            yield Space(1, opens=False)

    def cut(self, piece: Piece, recto: bool, forme: Forme | None = None) -> None:
        """Cut a piece into pages, the first being a right-hand or left-hand one; `forme` is what
        another process made of it."""
        piece.begins_recto, piece.forme = recto, forme
        if piece.key:
            piece.key += b"r" if recto else b"v"
            piece.forme = forme or fetch(self.context.cache, piece.key)
        if piece.forme is not None:
            piece.cuts = [side.cut for side in piece.forme.sides]
            return
        crowded = len(self.press.crowded)
        chapter = self._cut(piece.galley, recto)
        piece.laid, piece.cuts = chapter.galley, chapter.cuts
        if len(self.press.crowded) > crowded:
            piece.key = b""  # a note says that words are cut
        if self.press.gaps.missing or self.press.gaps.replaced:
            piece.key = b""  # other faces stand in, and a note says where

    def _cut(self, galley: Galley, recto: bool) -> Chapter:
        sheet = self.design.sheet
        frame = Frame(
            sheet.lines, sheet.leading, gap=self.footnotes.gap, balance=self.design.balance
        )
        settled = spill(settle(galley, frame, recto), frame, recto, self.footnotes.leading)
        chapter = smooth(settled, frame, recto, self.design, self.press)
        chapter.galley.column.forget()
        return chapter


def _nest(sections: Sequence[Section]) -> list[int | None]:
    """For each section the nearest one before it of a higher rank."""
    found: list[int | None] = []
    above: list[int] = []
    for number, section in enumerate(sections):
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        found.append(above[-1] if above else None)
        if _is_printed(section):
            above.append(number)
    return found


def _is_printed(section: Section) -> bool:
    return not section.editions or "print" in section.editions


def _group(sections: tuple[Section, ...], chapters_open: str) -> Iterator[list[int]]:
    group: list[int] = []
    for number, section in enumerate(sections):
        if not _is_printed(section):
            continue
        runs_on = section.kind in _RUN_ON or (
            chapters_open == "run-on" and section.kind is SectionKind.CHAPTER
        )
        if group and not (runs_on and sections[group[0]].kind not in DIVISIONS):
            yield group
            group = []
        group.append(number)
    if group:
        yield group
