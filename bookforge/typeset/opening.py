"""How sections open: sink, label, title, ornament; drop cap and lead-in of the first paragraph.

In: a `Section`. Out: events to stand before and in its first paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bookforge.languages.scripts import begins_cased
from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    Paragraph,
    ParagraphRole,
    Quote,
    QuoteRole,
    SceneBreak,
    Verse,
)
from bookforge.model.document import DIVISIONS, Section
from bookforge.model.inlines import Text
from bookforge.model.walk import plain, stream
from bookforge.regex import regex
from bookforge.typeset.blocks import Unroller
from bookforge.typeset.compose import Draft
from bookforge.typeset.faces import open_face
from bookforge.typeset.frames import Tag, TextLine
from bookforge.typeset.galley import Event, Keep, Ornament, Space, Stroke, grid_lines
from bookforge.typeset.items import Run
from bookforge.typeset.leads import is_brief, look
from bookforge.typeset.lines import Stretch
from bookforge.typeset.press import Press, Voice
from bookforge.typeset.shape import Box
from bookforge.typeset.style import BlockStyle, Caps, Design
from bookforge.typeset.units import tidy

# Opening marks before a drop cap are hung into the margin at the size of the text.
_FIRST = regex(r"([“‘\"'«„‚¡¿(—\u2009\u200a\u202f]*)([^\W\d_])")
# Letters of the name under an epigraph.
_NAME = 60
# A letter that goes deeper (J and Q of old faces) stands on its foot: 1/1000 em.
_DEEP = 40.0
# A paragraph must fill the lines beside its drop cap: letters of text to expect in a line.
_LETTERS_A_LINE = 62
# What may stand under the heading of a part on its page, and above the text of a chapter: letters.
_PART_TEXT = 900
# A title a little too long for its line is set smaller; more, and it is broken.
LEAST_FIT = 0.75
# The size of a title in the text's face where others are in a script, as a share of theirs.
_PLAIN = 0.55
# A paragraph of many pages is no opening for a drop cap.
_LONGEST = 10_000


class DropCap(Struct, frozen=True):
    """A big first letter: `size` in points, `down` lines below the first baseline; `mark` is the
    quotation mark before it.

    Both copy as spaces, and the glyph after them carries their `text`: programs that read a page
    by its lines would else tear the first word apart.
    """

    box: Box
    size: float
    down: int
    shift: float
    mark: Box | None
    text: str
    lift: float = 0.0  # points from the letter's foot to its baseline

    def draw(self, x: float, y: float, leading: float) -> list[TextLine]:
        """The letter and its mark; (x, y) is where the first line would begin."""
        lines: list[TextLine] = []
        if self.mark is not None:
            at = x - self.mark.width - 0.5
            lines.append(_one(self.mark, at, y, self.mark.fount.size))
        low = y + self.down * leading - self.lift
        lines.append(_one(self.box, x + self.shift, low, self.size))
        return lines

    def lead(self, line: Stretch) -> Stretch:
        """The first line, its first glyph standing for the letter too."""
        first, *others = line.boxes
        shaped = first.shaped
        texts = (self.text + shaped.texts[0], *shaped.texts[1:])
        box = Box(replace(shaped, texts=texts), first.text, first.fount)
        return replace(line, boxes=[box, *others])


def _one(box: Box, x: float, y: float, size: float) -> TextLine:
    silent = replace(box.shaped, texts=(" ",) * len(box.shaped.glyphs))
    return TextLine(tidy(x), tidy(y), round(size, 3), (silent,), 0.0)


def open_section(section: Section, design: Design, unroller: Unroller) -> Iterator[Event]:
    """Sink, label and title, down to the space before the text."""
    table = "part" if stands_alone(section) else "opening"
    label = section.label
    if not label and not section.title:
        yield Space(int(design.number("opening.untitled-sink", 9)), firm=True)
        return
    yield Space(int(design.number(f"{table}.sink", 7)), firm=True)
    key = unroller.keys.next()
    yield from _rule(design, "above")
    if label:
        draft = _label(label, section, design, unroller, table, key)
        draft.tail = " " if section.title else ""  # one heading to those who hear it
        yield draft
        yield Keep()
        if section.title:
            yield Space(int(design.number(f"{table}.between", 1)), opens=False, firm=True)
            yield from _rule(design, "between")
    if section.title:
        yield from _title(section, design, unroller, table, key)
        yield Keep()
    yield from _rule(design, "below")
    if mark := design.text("opening.ornament", ""):
        yield Space(1, opens=False, firm=True)
        yield Ornament(mark)
    yield Space(int(design.number("opening.after", 3)), opens=False, firm=True)


def _rule(design: Design, place: str) -> Iterator[Event]:
    """The theme's rule, if it stands here."""
    if design.text("opening.rule", "none") == place:
        share = design.number("opening.rule-length", 1.0)
        weight = design.number("opening.rule-weight", 0.5)
        yield Stroke(share, weight, design.align("opening"))
        yield Space(1, opens=False, firm=True)


def stands_alone(section: Section) -> bool:
    """Whether a part has a page for its heading (a few words may stand under it); an act with its
    text opens like a chapter."""
    if section.kind not in DIVISIONS:
        return False
    return sum(len(node.text) for node in stream(section.blocks)) < _PART_TEXT


def _label(
    label: str, section: Section, design: Design, unroller: Unroller, table: str, key: int
) -> Draft:
    style = design.display(table, "label", 0.95, Caps.ALL_SMALL, 90.0)
    if label.isdecimal():
        # An old-style 1 by itself looks like a small I.
        size = style.size * design.number(f"{table}.figure-size", 1.35)
        rows = grid_lines(size * 0.8, design.sheet.leading)
        style = replace(style, size=size, caps=Caps.NONE, tracking=0.0, lining=True, rows=rows)
    return _heading((Text(label, section.span),), style, section, unroller, key)


def _title(
    section: Section, design: Design, unroller: Unroller, table: str, key: int
) -> Iterator[Event]:
    text = plain(section.title)
    style = design.display(table, "title", 1.75, Caps.NONE, 0.0)
    if style.caps is Caps.NONE and text.isupper():
        style = replace(style, caps=Caps.ALL_SMALL, tracking=60.0)
    if style.display and _shouts(text) and not design.flag("opening.capitals-display", True):
        # Capitals of a script are no words: these titles are set as the text is.
        style = replace(style, display=False, size=style.size * _PLAIN)
    style = fit_line(text, style, design, unroller)
    yield _heading(section.title, style, section, unroller, key)


def _shouts(text: str) -> bool:
    """Whether most of a title is in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > 0.6 * len(letters)


def fit_line(text: str, style: BlockStyle, design: Design, unroller: Unroller) -> BlockStyle:
    """The style with the rows its size takes; smaller if so the words fit on one line, or if one
    of them is wider than the line."""
    press = unroller.press
    case = press.speak(press.voice(style, unroller.language))
    words = [[box.width for _, box in case.row(word)] for word in text.split()]
    space = (design.space + style.tracking / 1000.0) * style.size
    width = sum(map(sum, words)) + space * max(0, len(words) - 1)
    widest = max([part for word in words for part in word], default=0.0)
    measure = design.sheet.measure
    least = LEAST_FIT * width <= measure < width
    if least or widest > measure:
        share = measure / (width if least else widest)
        style = replace(style, size=round(style.size * share * 0.995, 2))
    return replace(style, rows=grid_lines(style.size * 1.15, design.sheet.leading))


def _heading(
    inlines: tuple[object, ...], style: BlockStyle, section: Section, unroller: Unroller, key: int
) -> Draft:
    press = unroller.press
    runs = press.runs(inlines, press.voice(style, unroller.language))  # type: ignore[arg-type]
    return Draft(runs, style, (), 0, key, Tag.HEADING, section.level, within=unroller.within)


def find_first(blocks: Sequence[Block]) -> Paragraph | None:
    """The paragraph that a chapter's text begins with, behind its epigraphs; None where it begins
    with something else, such as a letter."""
    quoted = False
    for block in blocks:
        if isinstance(block, Paragraph):
            if quoted and _is_name(block):
                continue
            return block if look(block) is None else None
        if isinstance(block, Verse) or (isinstance(block, Quote) and _is_epigraph(block)):
            quoted = True
        elif not isinstance(block, Heading | Figure | SceneBreak):
            return None
    return None


def _is_epigraph(block: Quote) -> bool:
    """Whether a quotation under a heading stands outside the text: it is short, or signed."""
    if block.role is QuoteRole.EPIGRAPH:
        return True
    length = sum(len(node.text) for node in stream(block.blocks))
    if block.role is not QuoteRole.QUOTATION or not 0 < length < _PART_TEXT:
        return False
    last = block.blocks[-1]
    signed = isinstance(last, Paragraph) and len(block.blocks) > 1 and _is_name(last)
    verse = all(isinstance(part, Verse) for part in block.blocks)
    return verse or signed or (len(block.blocks) == 1 and is_brief(block.blocks))


def _is_name(block: Paragraph) -> bool:
    """Whether a paragraph says whose the words above it are."""
    if block.role is ParagraphRole.ATTRIBUTION:
        return True
    text = plain(block.children).strip()
    return len(text) <= _NAME and (text.isupper() or text.startswith(("—", "–", "--")))


def dress_first(draft: Draft, design: Design, press: Press, language: str) -> None:
    """Give a chapter's first paragraph its drop cap and its lead-in of small capitals."""
    draft.style = replace(draft.style, indent=0.0)
    if not draft.runs or not begins_cased(draft.runs[0].text):
        return
    if design.drop_cap:
        _drop(draft, design, press, language)
    if design.lead_in:
        _lead_in(draft, design, press, language)


def _drop(draft: Draft, design: Design, press: Press, language: str) -> None:
    run = draft.runs[0]
    match = _FIRST.match(run.text)
    length = sum(len(run.text) for run in draft.runs)
    lines = design.drop_cap
    if match is None or not lines * _LETTERS_A_LINE <= length < _LONGEST or run.note:
        return
    shown = design.flag("opening.drop-cap-display", False)
    face = open_face(press.display.regular if shown else run.case.fount.face)
    if not face.font.get_nominal_glyph(ord(match[2])):
        return
    depth = face.depth(match[2])
    deep = depth if depth > _DEEP else 0.0
    text_top = face.cap_height * design.size / 1000.0
    size = ((lines - 1) * design.sheet.leading + text_top) * 1000.0
    size /= face.cap_height + deep
    left, right, _ = face.ink(match[2])
    voice = Voice(size, italic=False, lining=True, language=language, display=shown)
    if run.case.fount.face == press.family.italic:
        voice = replace(voice, italic=True)
    box = press.speak(voice).box(match[2])
    mark = run.case.box(match[1]) if match[1] else None
    alone = not run.text[match.end() : match.end() + 1].isalpha()
    gap = design.size * (0.32 if alone else 0.14)
    space = " " if run.text[match.end() : match.end() + 1].isspace() else ""
    shift = -left * size / 1000.0
    draft.drop = DropCap(box, size, lines - 1, shift, mark, match[0] + space, deep * size / 1000.0)
    draft.room = (right - left) * size / 1000.0 + gap
    draft.beside = lines
    draft.added = -match.end()
    draft.runs[0] = Run(run.case, run.text[match.end() :], run.note, run.phrase)
    if not draft.runs[0].text:
        del draft.runs[0]


def _lead_in(draft: Draft, design: Design, press: Press, language: str) -> None:
    """The first words in small capitals, not beyond the first stop."""
    if not draft.runs or draft.runs[0].note:
        return
    run = draft.runs[0]
    count = int(design.number("opening.lead-in-words", 4))
    if not run.text.strip():
        return
    words = run.text.split(" ")
    taken = 0
    for word in words[:count]:
        taken += 1
        if word and word[-1] in ".!?;:,—…”’)":
            break
    text = " ".join(words[:taken])
    rest = run.text[len(text) :]
    small = Voice(
        run.case.fount.size,
        italic=run.case.fount.face == press.family.italic,
        caps=Caps.SMALL,
        tracking=30.0,
        language=language,
    )
    runs = press.cast(text, small, run.phrase)
    if rest:
        runs.append(Run(run.case, rest, run.note, run.phrase))
    draft.runs[0:1] = runs
