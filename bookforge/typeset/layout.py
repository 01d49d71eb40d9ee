"""The whole of typesetting: a document becomes pages.

resolve → make pieces (unroll, learn, compose, stack) → cut into pages → number → furnish → frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import dropwhile

from msgspec import Struct
from msgspec.structs import replace

from bookforge.contracts import BEFORE, END, Context, Metadata, PageMap, PageStart
from bookforge.fonts.coverage import missing
from bookforge.fonts.face import FaceKey, Family
from bookforge.fonts.find import find_family
from bookforge.mate import Line, may_hire
from bookforge.model.document import Document
from bookforge.model.walk import plain
from bookforge.themes.load import load_theme
from bookforge.typeset.emit import Emitter
from bookforge.typeset.faults import Finding, Inspector
from bookforge.typeset.frames import Ahead, Item, Layout, OutlineEntry, Page, Unmade
from bookforge.typeset.furniture import Furniture
from bookforge.typeset.galley import Plate
from bookforge.typeset.gaps import report_crowded, report_gaps
from bookforge.typeset.gutter import Settled, guess_pages, settle
from bookforge.typeset.halves import (
    Half,
    PaintAhead,
    choose,
    give,
    read_state,
    tell_formes,
)
from bookforge.typeset.impose import Imposer, Leaf
from bookforge.typeset.paginate import PageCut
from bookforge.typeset.pictures import with_emblem
from bookforge.typeset.pieces import Maker, Piece
from bookforge.typeset.press import Press
from bookforge.typeset.style import Design, Sheet, resolve


class LaidOut(Struct, frozen=True):
    """A book laid out: pages for the painter, their beginnings; and the inside margins tried until
    they agreed with the number of pages."""

    layout: Layout
    pages: PageMap
    design: Design
    tried: tuple[float, ...]
    leaves: list[Leaf]
    press: Press

    def inspect(self) -> tuple[Finding, ...]:
        """What is not perfect on the pages."""
        return tuple(Inspector(self.design, self.press).inspect(self.leaves))

    def let_go(self) -> None:
        """Free each chapter when its pages were given: nobody will ask for them again."""
        assert isinstance(self.layout.pages, Pages)
        self.layout.pages.lasting = False

    def plates(self) -> Iterator[Plate]:
        """The pictures on the pages, in order."""
        for leaf in self.leaves:
            # Chapters with pictures are set anew in every build: they have no key.
            if leaf.piece is not None and leaf.cut is not None and not leaf.piece.plain:
                rows = map(leaf.piece.galley.at, range(leaf.cut.first, leaf.cut.stop))
                yield from (row for row in rows if isinstance(row, Plate))


def lay_out(
    document: Document,
    metadata: Metadata,
    context: Context,
    paint_ahead: PaintAhead | None = None,
) -> LaidOut:
    """Set the book in type; a part of it on another core, where `paint_ahead` is given for its
    pages and it is long enough.

    Raises `ConfigError` (C010, C040, C041) for a theme or length that cannot be read, and
    `BookError` (F001 to F003) for a font that cannot be used.
    """
    theme = load_theme(context.config.style.theme, context.folder)
    turned = context.language.direction == "rtl"
    fit = partial(resolve, context.config, theme, turned=turned)
    guess = guess_pages(document, fit)
    design = with_emblem(fit(guess), context.folder, context.report)
    family = find_family(design.font, context.folder)
    old_style = design.text("text.figures", "old-style") == "old-style"
    display = _find_display(design, document, metadata, context)
    press = Press(family, _find_mono(design, context), old_style, display)

    hands: list[Half] = []

    def impose(sheet: Sheet) -> list[Leaf]:
        press.crowded.clear()
        maker = Maker(document, metadata, context, replace(design, sheet=sheet), press)
        for half in hands:
            half.dismiss()
        hands[:] = [] if paint_ahead is None else _give(maker, paint_ahead)
        return _impose(maker, *hands)

    settled = settle(guess, fit, impose)
    design = replace(design, sheet=settled.sheet)
    report_gaps(document, press, context.report)
    report_crowded(press, context.report)
    press.forget_points()
    press.keep()
    return _finish(settled, design, press, document, metadata, *hands)


def _find_display(
    design: Design, document: Document, metadata: Metadata, context: Context
) -> Family | None:
    """The face of openings, if the theme names one and it has every letter of the headings.

    A book in Greek keeps to one face rather than mixing two in its titles.
    """
    name = design.text("text.display-font", "")
    if not name:
        return None
    family = find_family(name, context.folder)
    shown = [metadata.title, metadata.subtitle or "", *metadata.authors]
    shown += [f"{section.label}{plain(section.title)}" for section in document.sections]
    letters = "".join("".join(shown).split())
    return None if missing(family.regular, letters) else family


def _find_mono(design: Design, context: Context) -> FaceKey | None:
    """The typewriter face, if the theme names one."""
    name = design.text("text.typewriter-font", "")
    return find_family(name, context.folder).regular if name else None


def _give(maker: Maker, paint_ahead: PaintAhead) -> list[Half]:
    """Give a part of a long book to a mate; an empty list where that does not pay or is not safe.

    Where other faces stand in for the book's own, their names depend on what was set before.
    """
    cache = maker.context.cache
    if (cache is not None and not cache.empty) or not may_hire():
        return []
    stretch = choose(maker.measure())
    if not stretch:
        return []
    maker.learn_ahead()
    gaps = maker.press.gaps
    if gaps.missing or gaps.replaced:
        return []
    half = give(stretch, lambda line: _set_stretch(maker, stretch, line, paint_ahead))
    return [] if half is None else [half]


def _set_stretch(maker: Maker, stretch: range, line: Line, paint_ahead: PaintAhead) -> None:
    """What a mate does: set pieces, hear where they begin, cut them, paint their pages."""
    pieces = list(maker.make_only(stretch))
    for piece in pieces:
        # Set now, while the other process sets what stands before, even where it has a key.
        piece.laid = piece.galley
    imposer = Imposer(maker, read_state(line))
    for piece in pieces:
        imposer.add(piece)
    gaps, formes = maker.press.gaps, [piece.forme for piece in pieces if piece.forme is not None]
    if gaps.missing or gaps.replaced or maker.press.crowded:
        return  # there is something to be said of these pages
    tell_formes(line, formes)
    press, language = maker.press, maker.document.language
    # Blanks before the first piece are for whoever sets what stands before them.
    leaves = list(dropwhile(lambda leaf: leaf.piece is None, imposer.leaves))
    pages = Pages(leaves, maker.design, press, language, maker.metadata, {})
    pages.lasting = False
    line.tell(paint_ahead(_bind(pages, (), frozenset())))


def _impose(maker: Maker, half: Half | None = None) -> list[Leaf]:
    """The pages of a book in order; a half of it may come from another process."""
    imposer = Imposer(maker)
    for piece in maker.make(half.stretch if half else range(0)):
        if half is None or piece.away < 0:
            imposer.add(piece)
            continue
        if piece.away == half.stretch.start:
            half.begin(imposer.state)
        imposer.add(piece, half.forme(piece.away))
    imposer.finish()
    return imposer.leaves


def _finish(
    settled: Settled[list[Leaf]],
    design: Design,
    press: Press,
    document: Document,
    metadata: Metadata,
    half: Half | None = None,
) -> LaidOut:
    leaves = settled.pages
    labels: dict[int, str] = {}
    for leaf in leaves:
        for section in leaf.headed:
            labels.setdefault(section, leaf.label)
    pages = Pages(leaves, design, press, document.language, metadata, labels)
    outline = tuple(_outline(leaves))
    ids = frozenset(document.sections[section].id for leaf in leaves for section in leaf.headed)
    layout = replace(_bind(pages, outline, ids), ahead=half and _look_ahead(half, leaves))
    starts = PageMap(len(leaves), tuple(_starts(leaves, len(document.sections))))
    return LaidOut(layout, starts, design, settled.tried, leaves, press)


def _bind(pages: Pages, outline: tuple[OutlineEntry, ...], ids: frozenset[str]) -> Layout:
    sheet = pages.design.sheet
    return Layout(
        sheet.width, sheet.height, pages, outline, sheet.turned, ids, pages.emitter.press.faces
    )


def _look_ahead(half: Half, leaves: Sequence[Leaf]) -> Ahead:
    """The pages that a mate paints."""
    found = [at for at, leaf in enumerate(leaves, 1) if leaf.piece and leaf.piece.away >= 0]
    return Ahead(range(found[0], found[-1] + 1), half.pages)


def _outline(leaves: list[Leaf]) -> Iterator[OutlineEntry]:
    piece = None
    for leaf in leaves:
        if leaf.piece is not None and leaf.piece is not piece:
            piece = leaf.piece
            for level, title, id in piece.forme.outline if piece.forme is not None else ():
                yield OutlineEntry(level, title, id)


class Pages:
    """The pages of a book, made as they are asked for."""

    def __init__(
        self,
        leaves: list[Leaf],
        design: Design,
        press: Press,
        language: str,
        metadata: Metadata,
        labels: dict[int, str],
    ) -> None:
        self.leaves = leaves
        self.design = design
        self.metadata = metadata
        self.emitter = Emitter(design, press, language, labels)
        self.furniture = Furniture(design, press, language)
        self.furniture.learn(leaf.label for leaf in leaves if leaf.piece and not leaf.piece.bare)
        self.lasting = True

    def __len__(self) -> int:
        return len(self.leaves)

    def __iter__(self) -> Iterator[Page]:
        for number, leaf in enumerate(self.leaves, 1):
            key = self._key(leaf)
            items: Sequence[Item]
            unmade = leaf.piece is not None and leaf.piece.plain
            items = Unmade(partial(self._list, leaf)) if unmade else self._list(leaf)
            right = leaf.recto != self.design.sheet.turned
            yield Page(number, leaf.label, right, items, leaf.piece is None, key)
            if not self.lasting and leaf.piece is not None and leaf.cut is leaf.piece.cuts[-1]:
                leaf.piece.laid = None

    def _key(self, leaf: Leaf) -> bytes:
        """What is on a page, where that can be told from what its piece was made of."""
        if leaf.piece is None or not leaf.piece.key:
            return b""
        around = repr((leaf.place, leaf.label, leaf.opener, self._head(leaf)))
        return leaf.piece.key + around.encode(errors="surrogatepass")

    def _list(self, leaf: Leaf) -> Sequence[Item]:
        return tuple(self._items(leaf))

    def _items(self, leaf: Leaf) -> Iterator[Item]:
        if leaf.piece is None or leaf.cut is None:
            return
        if not leaf.piece.bare and not _is_full(leaf.piece, leaf.cut):
            if leaf.opener:
                yield from self.furniture.drop_folio(leaf.label, leaf.recto, leaf.cut.depth)
            else:
                head, depth = self._head(leaf), leaf.cut.depth
                yield from self.furniture.running(head, leaf.label, leaf.recto, depth)
        yield from self.emitter.page(leaf.piece.galley, leaf.cut, leaf.recto)

    def _head(self, leaf: Leaf) -> str:
        which = self.design.text("heads.recto" if leaf.recto else "heads.verso", "title")
        title = self.metadata.short_title or self.metadata.title
        if which == "author":
            return " & ".join(self.metadata.authors) or title
        if which == "chapter" and leaf.piece is not None:
            return leaf.piece.head
        return title if which == "title" else ""


def _starts(leaves: list[Leaf], sections: int) -> list[PageStart]:
    """Where each page begins; a page without words begins where the next does."""
    found = [leaf.start for leaf in leaves]
    following = (sections - 1, END)
    starts = []
    for leaf, own in zip(reversed(leaves), reversed(found), strict=True):
        # What comes before a section's first page stands before its heading.
        section, offset = own or following
        starts.append(PageStart(leaf.label, section, offset))
        following = (section, BEFORE if offset <= 0 else offset)
    return starts[::-1]


def _is_full(piece: Piece, cut: PageCut) -> bool:
    """Whether a picture has the page to itself: no head or folio stands there."""
    # What shows only its own words has no pictures, and need not be set for the answer.
    first = None if piece.plain else piece.galley.at(cut.first)
    return isinstance(first, Plate) and first.full
