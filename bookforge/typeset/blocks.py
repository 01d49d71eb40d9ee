"""Blocks of a section as events for the galley: which style, which space, what is indented.

In: the model's blocks and a `Design`. Out: `Event`s in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    ParagraphRole,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Table,
    Verse,
    VerseLine,
)
from bookforge.model.inlines import Code, Image, Inlines
from bookforge.model.walk import inline_runs, leaves, plain, stream
from bookforge.typeset.compose import Draft
from bookforge.typeset.frames import Begin, Phrase, Tag
from bookforge.typeset.galley import DECORATION, Anchor, Event, Keep, Ornament, Plate, Space
from bookforge.typeset.grid import Grid
from bookforge.typeset.items import Run
from bookforge.typeset.leads import find_leads, is_brief, is_idle
from bookforge.typeset.pictures import make_plate
from bookforge.typeset.press import Press
from bookforge.typeset.quotes import join_quotes, telegram
from bookforge.typeset.style import Align, BlockStyle, Caps, Design
from bookforge.typeset.tables import unroll_table

# An inscription of so few paragraphs is kept on one page.
_SHORT = 8

# Of letters and quotations: what stands with the text before it.
_TAILS = frozenset({ParagraphRole.CLOSING, ParagraphRole.SIGNATURE, ParagraphRole.ATTRIBUTION})
# What is not torn in two where it is short.
_WHOLE = frozenset({QuoteRole.MESSAGE, QuoteRole.NOTE, QuoteRole.EPIGRAPH})


class Keys(Struct):
    """Numbers of structure elements: each paragraph has its own."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


class Manner(Struct, frozen=True):
    """Where we are: the style that paragraphs start from."""

    style: BlockStyle
    role: QuoteRole | None = None


class Unroller:
    """Unrolls the blocks of one section into events.

    `within` is the structure element that they stand in, `id` the section's (headings in a text
    without one are no destinations).
    """

    def __init__(self, design: Design, press: Press, keys: Keys, language: str) -> None:
        self.design = design
        self.press = press
        self.keys = keys
        self.language = language
        self.book_language = language
        self.within: Begin | None = None
        self.id = ""
        self.section = -1
        self._headings = 0
        self._base = 0
        self._flush = True  # the next paragraph stands flush left
        self._level = 1

    def unroll(self, blocks: Sequence[Block], section: int, level: int) -> Iterator[Event]:
        """The events of a section's blocks; offsets count from its beginning."""
        self.section, self._base, self._flush, self._level = section, 0, True, level
        self._headings = 0
        yield from self._all(blocks, Manner(self.design.body))

    def _all(self, blocks: Sequence[Block], manner: Manner) -> Iterator[Event]:
        joined, leads = join_quotes(blocks), find_leads(blocks)
        for number, block in enumerate(blocks):
            if isinstance(block, Quote):
                yield from self._quote(block, manner, number in joined, number + 1 in joined)
            elif isinstance(block, SceneBreak) and is_idle(blocks, number):
                yield from self._gap(blocks, number)
            else:
                yield from self._one(block, manner, number)
            if number in leads:
                yield Keep()

    def _one(self, block: Block, manner: Manner, number: int) -> Iterator[Event]:
        match block:
            case Paragraph():
                yield from self._paragraph(block, manner)
            case Heading():
                yield from self._heading(block, first=not number)
            case SceneBreak():
                yield from self._scene_break(block)
            case Quote():
                yield from self._quote(block, manner)
            case Verse():
                yield from self._verse(block, manner)
            case ListBlock():
                yield from self._list(block, manner)
            case Figure():
                yield from self._figure(block)
            case Preformatted():
                yield from self._preformatted(block)
            case Table():
                yield from self._table(block, manner)
            case _:
                assert_never(block)

    def draft(
        self, inlines: Inlines, style: BlockStyle, tag: Tag = Tag.PARAGRAPH, level: int = 0
    ) -> Draft:
        """A draft of a run of inlines, with its place in the section's stream."""
        runs = self.press.runs(inlines, self.press.voice(style, self.language))
        draft = Draft(runs, style, inlines, self._base, self.keys.next(), tag, level)
        draft.section = self.section
        draft.within = self.within
        draft.language = "" if self.language == self.book_language else self.language
        for node in leaves(inlines):
            self._base += len(getattr(node, "text", ""))
        return draft

    def _paragraph(self, block: Paragraph, manner: Manner) -> Iterator[Event]:
        style = self._role_style(block.role, manner)
        if style.indent and self._flush:
            style = replace(style, indent=0.0)
        self._flush = False
        draft = self.draft(block.children, style)
        if draft.runs and any(run.text.strip() for run in draft.runs):
            if block.role in _TAILS:
                yield Keep()
            yield draft
        for node in leaves(block.children):
            if isinstance(node, Image):
                yield from _room(self._plate(node))

    def _role_style(self, role: ParagraphRole, manner: Manner) -> BlockStyle:
        style = manner.style
        match role:
            case ParagraphRole.BODY:
                return style
            case ParagraphRole.CENTRED:
                return replace(style, align=Align.CENTRE, indent=0.0)
            case ParagraphRole.DATELINE | ParagraphRole.SIGNATURE | ParagraphRole.ATTRIBUTION:
                inset = style.right + self.design.indent
                return replace(style, align=Align.RIGHT, indent=0.0, right=inset)
            case ParagraphRole.SALUTATION:
                return replace(style, align=Align.LEFT, indent=0.0)
            case ParagraphRole.CLOSING:
                return replace(
                    style, align=Align.LEFT, indent=0.0, left=style.left + 6 * self.design.size
                )
            case _:
                assert_never(role)

    def _heading(self, block: Heading, *, first: bool) -> Iterator[Event]:
        size = self.design.size
        style = BlockStyle(
            size * (1.15 if block.level == 1 else 1.0),
            Align.LEFT if block.level > 1 else self.design.align("subhead"),
            italic=block.level > 1,
            caps=Caps.SMALL if block.level == 1 else Caps.NONE,
            tracking=40.0 if block.level == 1 else 0.0,
            hyphenate=False,
            together=True,
            display=block.level == 1 and self.design.flag("subhead.display", False),
        )
        level = self._level + block.level
        if not first:  # there is white enough under what opens the text
            # A heading stands nearer to its own text.
            yield Space(2 if block.level == 1 else 1)
        if self.id:
            self._headings += 1
            yield Anchor(f"{self.id}:{self._headings}", -1, plain(block.children), level)
        yield self.draft(block.children, style, Tag.HEADING, level)
        yield Keep()
        if block.level == 1:
            yield Space(1, opens=False)
        self._flush = True

    def _scene_break(self, block: SceneBreak) -> Iterator[Event]:
        self._flush = True
        if block.mark:
            yield Space(1)
            yield Ornament(self.design.ornament)
            yield Space(1)
            yield Keep()
        else:
            yield Ornament(self.design.text("text.gap-ornament", "*"), gap=True)

    def _gap(self, blocks: Sequence[Block], number: int) -> Iterator[Event]:
        """Only the white of a scene break that parts no scenes; none at the ends of a text."""
        self._flush = True
        if 0 < number < len(blocks) - 1:
            yield Space(1)
            yield Keep()

    def _quote(
        self, block: Quote, manner: Manner, goes_on: bool = False, more: bool = False
    ) -> Iterator[Event]:
        """A quotation; one that goes on from another before it, or in one after it."""
        yield Keep() if goes_on else Space(1)
        self._flush = not goes_on
        inner = Manner(self._quote_style(block.role, manner), block.role)
        wired = "".join(node.text for node in stream(block.blocks)).isupper()
        if wired:
            inner = replace(inner, style=telegram(inner.style))
        if block.role is QuoteRole.INSCRIPTION:
            events = self._inscription(block, inner)
        else:
            events = self._all(block.blocks, inner)
            if (wired or block.role in _WHOLE) and is_brief(block.blocks):
                events = _hold(events)
        yield from self._inside(Tag.QUOTE, events)
        if not more:
            yield Space(1)
        self._flush = False

    def _inscription(self, block: Quote, inner: Manner) -> Iterator[Event]:
        """What is cut in stone stands on one page."""
        whole = len(block.blocks) <= _SHORT
        for number, child in enumerate(block.blocks):
            if number:
                yield Space(1)
            for place, event in enumerate(self._one(child, inner, number)):
                if whole and (number or place):
                    yield Keep()
                yield event

    def _quote_style(self, role: QuoteRole, manner: Manner) -> BlockStyle:
        design, style = self.design, manner.style
        inset = design.number("quote.inset", 1.6) * design.size
        size = design.number("quote.size", 0.95) * design.size
        match role:
            case QuoteRole.INSCRIPTION:
                return replace(
                    style,
                    align=Align.CENTRE,
                    indent=0.0,
                    caps=Caps.ALL_SMALL,
                    tracking=60.0,
                    hyphenate=False,
                    together=True,
                )
            case QuoteRole.EPIGRAPH:
                return replace(
                    style, size=size, left=3 * inset, align=Align.LEFT, italic=True, indent=0.0
                )
            case QuoteRole.MESSAGE:
                return replace(
                    style, size=size, left=style.left + inset, align=Align.LEFT, indent=0.0
                )
            case QuoteRole.QUOTATION | QuoteRole.LETTER | QuoteRole.NOTE:
                return replace(
                    style,
                    size=size,
                    left=style.left + inset,
                    right=style.right + inset,
                    italic=role is QuoteRole.NOTE,
                )
            case _:
                assert_never(role)

    def _verse(self, block: Verse, manner: Manner) -> Iterator[Event]:
        design = self.design
        yield Space(1)
        style = replace(
            manner.style,
            align=Align.CENTRE if manner.style.align is Align.CENTRE else Align.LEFT,
            indent=0.0,
            left=manner.style.left or design.number("verse.inset", 2.0) * design.size,
            hang=design.number("verse.turnover", 2.0) * design.size,
            hyphenate=False,
            together=True,
        )
        for number, stanza in enumerate(block.stanzas):
            if number:
                yield Space(1)
            yield from self._inside(Tag.DIVISION, self._stanza(stanza, style))
        yield Space(1)
        self._flush = False

    def _stanza(self, stanza: Sequence[VerseLine], style: BlockStyle) -> Iterator[Event]:
        for place, line in enumerate(stanza):
            if place > 0 and (place == 1 or place == len(stanza) - 1):
                yield Keep()  # no line of a stanza stands alone
            inset = style.left + line.indent * self.design.size
            yield self.draft(line.children, replace(style, left=inset))

    def _list(self, block: ListBlock, manner: Manner) -> Iterator[Event]:
        em = self.design.size
        nested = self.within is not None and self.within.tag is Tag.BODY
        inner = replace(manner.style, left=manner.style.left + 1.6 * em, indent=0.0)
        if not nested:
            yield Space(1)
        yield from self._inside(Tag.LIST, self._items(block, inner), numbered=block.ordered)
        if not nested:
            yield Space(1)
        self._flush = False

    def _items(self, block: ListBlock, style: BlockStyle) -> Iterator[Event]:
        for number, item in enumerate(block.items):
            mark = f"{block.start + number}." if block.ordered else "•"
            body = self._inside(Tag.BODY, self._item(item, mark, style))
            yield from self._inside(Tag.ITEM, body)

    def _item(self, item: ListItem, mark: str, style: BlockStyle) -> Iterator[Event]:
        marked, body = False, self.within
        for event in self._all(item.blocks, Manner(style)):
            # What has no first line of words in the item's inset, or one with a mark of its own,
            # goes under the mark.
            below = isinstance(event, Grid | Plate) or (
                isinstance(event, Draft) and (event.added > 0 or event.style.left < style.left)
            )
            if not marked and below:
                alone = self.draft((), style)
                alone.within = body
                self._mark(alone, mark, style)
                yield alone
                yield Keep()
            elif not marked and isinstance(event, Draft):
                self._mark(event, mark, style)
            marked = marked or below or isinstance(event, Draft)
            yield event

    def _mark(self, draft: Draft, mark: str, style: BlockStyle) -> None:
        """Number or bullet before an item's first line, hung into its inset."""
        case = self.press.speak(self.press.voice(style, self.language))
        draft.runs.insert(0, Run(case, f"{mark} ", phrase=Phrase(Tag.LABEL)))
        width = sum(box.width for _, box in case.row(mark)) + self.design.space * style.size
        draft.style = replace(draft.style, indent=-width)
        draft.added = len(mark)

    def _figure(self, block: Figure) -> Iterator[Event]:
        plate = self._plate(block.image, plain(block.caption))
        yield from _room(plate)
        if block.caption:
            style = BlockStyle(
                self.design.size * 0.9, Align.CENTRE, italic=True, hyphenate=False, together=True
            )
            yield Keep()
            draft = self.draft(block.caption, style)
            if plate is not None and plate.begin is not DECORATION:
                draft.tag, draft.within = Tag.CAPTION, plate.begin
            yield draft
            yield Space(1)
        self._flush = False

    def _plate(self, image: Image, caption: str = "") -> Plate | None:
        """The picture; without words for those who do not see it, its caption stands for them."""
        plate = make_plate(image, self.design.sheet, captioned=bool(caption))
        if plate is not None and not image.decorative:
            alt = image.alt or caption
            plate.begin = Begin(Tag.FIGURE, self.keys.next(), alt=alt, within=self.within)
        return plate

    def _table(self, block: Table, manner: Manner) -> Iterator[Event]:
        yield from unroll_table(self, block, manner.style)
        self._flush = False
        for run in inline_runs((block,)):
            for node in leaves(run):
                if isinstance(node, Image):
                    yield from _room(self._plate(node))

    def _preformatted(self, block: Preformatted) -> Iterator[Event]:
        yield Space(1)
        yield from self._inside(Tag.DIVISION, self._lines(block))
        yield Space(1)
        self._flush = False

    def _lines(self, block: Preformatted) -> Iterator[Event]:
        style = BlockStyle(self.design.size * 0.8, Align.LEFT, mono=True, hyphenate=False)
        for line in block.text.split("\n"):
            if line.strip():
                inset = (len(line) - len(line.lstrip())) * style.size / 2
                yield self.draft((Code(line, block.span),), replace(style, left=inset))
            else:
                self._base += len(line)
                yield Space(1)
            self._base += 1
        self._base -= 1  # the last line ends without a line feed

    def _inside(
        self, tag: Tag, events: Iterator[Event], *, numbered: bool = False
    ) -> Iterator[Event]:
        """The events, in a structure element of their own."""
        outer = self.within
        self.within = Begin(tag, self.keys.next(), within=outer, numbered=numbered)
        yield from events
        self.within = outer


def _hold(events: Iterator[Event]) -> Iterator[Event]:
    """The events, without a place for a page to end."""
    begun = False
    for event in events:
        if begun:
            yield Keep()
        if isinstance(event, Draft):
            event.style, begun = replace(event.style, together=True), True
        yield event


def _room(plate: Plate | None) -> Iterator[Event]:
    """A picture with a line of space around it."""
    if plate is not None:
        yield Space(1)
        yield plate
        yield Space(1)
