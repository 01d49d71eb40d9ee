"""Notes at the foot of the page: set small, and shared out to the rows that call them.

In: the notes of a document and a galley. Out: `galley.feet` (lines of notes by row) and the
heights in its column, so that `paginate` leaves room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from bookforge.model.document import Document, Note
from bookforge.typeset.bidi import direct
from bookforge.typeset.blocks import Unroller
from bookforge.typeset.compose import Draft, Setting, compose
from bookforge.typeset.frames import Begin, Tag
from bookforge.typeset.galley import Event, Galley
from bookforge.typeset.grid import Grid
from bookforge.typeset.items import Run
from bookforge.typeset.phrases import label_note
from bookforge.typeset.press import Press
from bookforge.typeset.style import BlockStyle, Design

# Notes take at most this share of a page; what is left of them goes on on the next.
SHARE = 0.45
# The gap above the first note, with its rule, in lines of notes.
GAP = 0.9


class NoteLine(Struct, frozen=True):
    """One line of a note."""

    setting: Setting
    line: int


class Footnotes:
    """Sets the notes of a book, each when it is first called."""

    def __init__(
        self, document: Document, design: Design, press: Press, unroller: Unroller
    ) -> None:
        self.notes = {note.id: note for note in document.notes}
        self.design = design
        self.press = press
        self.unroller = unroller
        self.leading = design.sheet.leading * design.number("notes.leading", 0.84)
        self._called: set[str] = set()

    @property
    def gap(self) -> float:
        """Points above the notes of a page."""
        return GAP * self.leading

    def fill(self, galley: Galley) -> None:
        """Set the notes that a galley calls and share their lines out to its rows."""
        lines: dict[int, list[NoteLine]] = {}
        for row, id_ in galley.notes:
            if id_ in self.notes and id_ not in self._called:
                self._called.add(id_)
                lines.setdefault(row, []).extend(self._set(self.notes[id_]))
        if lines:
            self._share(galley, lines)

    def _share(self, galley: Galley, lines: dict[int, list[NoteLine]]) -> None:
        """At most `SHARE` of a page to one row; the rest to rows that a page further on holds."""
        sheet = self.design.sheet
        most = max(3, int(SHARE * sheet.lines * sheet.leading / self.leading))
        stride = max(1, int(sheet.lines * (1.0 - SHARE)) - 2)
        waiting: list[NoteLine] = []
        row, ready = 0, 0
        while row < len(galley.contents) or waiting:
            if row >= len(galley.contents):
                galley.add(None)  # the text is at its end, a note is not
            waiting.extend(lines.get(row, ()))
            if waiting and row >= ready:
                galley.feet[row] = waiting[:most]
                galley.column.feet[row] = len(galley.feet[row]) * self.leading
                waiting = waiting[most:]
                ready = row + stride if waiting else row
            row += 1

    def _set(self, note: Note) -> Iterator[NoteLine]:
        style = self._style()
        for number, draft in enumerate(self._drafts(note, style)):
            if not number:
                self._mark(draft, note)
            direct(draft, self.press, self.design.sheet.turned)
            self.press.learn([draft.runs])
            space = self.design.space * style.size
            for setting in compose(
                draft, self.press, self.design.sheet.measure, space, self.design.flex
            ):
                yield from (NoteLine(setting, line) for line in range(setting.count))

    def _style(self) -> BlockStyle:
        size = self.design.size * self.design.number("notes.size", 0.82)
        return replace(self.design.body, size=size, indent=size * 1.2)

    def _drafts(self, note: Note, style: BlockStyle) -> Iterator[Draft]:
        unroller = self.unroller
        unroller.within = Begin(Tag.NOTE, unroller.keys.next(), note=note.id)
        events = list(unroller.unroll(note.blocks, -1, 1))
        for draft in _flatten(events, unroller.within):
            draft.style = replace(draft.style, size=style.size, together=False)
            voice = self.press.voice(draft.style, unroller.language)
            draft.runs = self.press.runs(draft.node, voice)
            yield draft

    def _mark(self, draft: Draft, note: Note) -> None:
        """The note's number before its text."""
        mark = f"{note.number}. " if note.number else "* "
        case = self.press.speak(self.press.voice(draft.style, self.unroller.language))
        draft.runs.insert(0, Run(case, mark, phrase=label_note(note.id)))
        draft.added = len(mark) - 1


def _flatten(events: Iterable[Event], within: Begin | None) -> Iterator[Draft]:
    """The paragraphs of a note. There are no columns at the foot of a page: a table's cells stand
    one after the other."""
    for event in events:
        if isinstance(event, Draft):
            if event.tag is Tag.CAPTION:
                event.tag, event.within = Tag.PARAGRAPH, within
            yield event
        elif isinstance(event, Grid):
            for draft in event.drafts:
                if draft.runs and any(run.text.strip() for run in draft.runs):
                    draft.tag, draft.within = Tag.PARAGRAPH, within
                    yield draft
