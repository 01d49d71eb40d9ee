"""What is not perfect on the pages, for the report; and characters that no face has.

In: the finished leaves. Out: `Finding`s with page and place; diagnostics F010 and F011.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity, Span
from bookforge.model.document import Document
from bookforge.model.inlines import Code, Text
from bookforge.model.walk import leaves as text_leaves
from bookforge.model.walk import stream
from bookforge.typeset.compose import Setting
from bookforge.typeset.items import STEP
from bookforge.typeset.lines import fit
from bookforge.typeset.places import Places
from bookforge.typeset.press import Press
from bookforge.typeset.style import Align, Design

if TYPE_CHECKING:
    from bookforge.typeset.layout import Leaf

# A space grown by more than this share, or shrunk by more, is worth a word.
LOOSE, TIGHT = 0.75, 0.26
# A last line shorter than this share of the measure.
RUNT = 0.08
LADDER = 3
# So many of the characters without a glyph are named in a message.
_SHOWN = 5


class Finding(Struct, frozen=True):
    """A fault of the page left in the book: "loose-line", "widow" …; `page` counts from 1."""

    kind: str
    page: int
    span: Span | None


class Inspector:
    """Looks over the pages of a book."""

    def __init__(self, design: Design, press: Press) -> None:
        self.design = design
        self.press = press
        self.places = Places()

    def inspect(self, leaves: Sequence[Leaf]) -> Iterator[Finding]:
        for number, leaf in enumerate(leaves, 1):
            if leaf.piece is None or leaf.cut is None:
                continue
            galley = leaf.piece.galley
            for row in range(leaf.cut.first, leaf.cut.stop):
                content = galley.at(row)
                if isinstance(content, tuple) and content[0].hard:
                    yield from self._line(content[0], content[1], number)
            yield from self._edges(leaf, number)
        yield from self._uneven(leaves)

    def _line(self, setting: Setting, line: int, page: int) -> Iterator[Finding]:
        if setting.draft.style.align is not Align.JUSTIFY:
            return
        stretch = setting.stretch(line, self.press)
        if line == setting.count - 1:
            width = stretch.width(setting.para.space)
            if line and width < RUNT * setting.measure:
                yield self._found("runt", page, setting, line)
            return
        growth = fit(stretch, setting.width(line), setting.para.space, self.design.flex).growth
        if growth > LOOSE or growth < -TIGHT:
            kind = "loose-line" if growth > 0 else "tight-line"
            yield self._found(kind, page, setting, line)
        last = setting.cuts[line + 1 : line + 1 + LADDER]
        if len(last) == LADDER and all(cut % STEP for cut in last):
            yield self._found("ladder", page, setting, line)

    def _edges(self, leaf: Leaf, page: int) -> Iterator[Finding]:
        """A paragraph's last line at the top of a page, its first at the foot."""
        assert leaf.piece is not None and leaf.cut is not None
        galley, cut = leaf.piece.galley, leaf.cut
        top, foot = galley.at(cut.first), galley.at(cut.stop - 1)
        if isinstance(top, tuple) and 0 < top[1] == top[0].count - 1 and _flows(top[0]):
            yield self._found("widow", page, *top)
        if isinstance(foot, tuple) and foot[1] == 0 < foot[0].count - 1 and _flows(foot[0]):
            yield self._found("orphan", page, *foot)

    def _uneven(self, leaves: Sequence[Leaf]) -> Iterator[Finding]:
        for number in range(1, len(leaves) - 1, 2):
            left, right = leaves[number], leaves[number + 1]
            if left.cut is None or right.cut is None or left.piece is not right.piece:
                continue
            assert right.piece is not None
            last = right.cut is right.piece.cuts[-1]
            if left.cut.depth != right.cut.depth and not last:
                yield Finding("uneven-pages", number + 1, None)

    def _found(self, kind: str, page: int, setting: Setting, line: int) -> Finding:
        return Finding(kind, page, self.places.span(setting, line))


def _flows(setting: Setting) -> bool:
    return setting.opens and setting.ends and setting.draft.section >= 0


def report_gaps(document: Document, press: Press, report: Report) -> None:
    """Say once for each script which characters have no glyph, how often, and where first."""
    gaps = press.gaps
    if not gaps.missing and not gaps.replaced:
        return
    letters = "".join(map(re.escape, (*gaps.missing, *gaps.replaced)))
    places = _count(document, re.compile(f"[{letters}]"))
    for code, lacking in (("F010", [*gaps.missing]), ("F011", [*gaps.replaced])):
        for group in _by_script(lacking):
            report(_gap(code, group, places))


def _by_script(letters: Iterable[str]) -> list[list[str]]:
    """Characters of one script together: the first word of their names in Unicode ("ARABIC")."""
    groups: dict[str, list[str]] = {}
    for letter in sorted(set(letters)):
        name = unicodedata.name(letter, "")
        # Symbols share no first word and are few: they stand together.
        script = name.split()[0] if letter.isalpha() or unicodedata.combining(letter) else ""
        groups.setdefault(script, []).append(letter)
    return list(groups.values())


def _gap(code: str, letters: Sequence[str], places: Mapping[str, tuple[Span, int]]) -> Diagnostic:
    """One diagnostic for the characters of a script, at the first of them."""
    found = [places[letter] for letter in letters if letter in places]
    times = sum(count for _, count in found)
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_SHOWN])
    rest = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    many = f", {times} times" if times > 1 else ""
    noun = "character" if len(letters) == 1 else "characters"
    span = min((span for span, _ in found), default=None)
    if code == "F011":
        message = f"the {noun} {shown}{rest}{many}: set in another font"
        return Diagnostic(code, Severity.NOTE, message, span)
    hint = Hint("a font that has them: [style] font, or install one; see `bookforge fonts`")
    message = f"no font has the {noun} {shown}{rest}{many}; boxes are printed instead"
    return Diagnostic(code, Severity.WARNING, message, span, (hint,))


def _count(document: Document, wanted: re.Pattern[str]) -> dict[str, tuple[Span, int]]:
    """Where each character first stands, and how often."""
    found: dict[str, tuple[Span, int]] = {}
    for leaf in _texts(document):
        for match in wanted.finditer(leaf.text):
            if match[0] in found:
                span, times = found[match[0]]
                found[match[0]] = (span, times + 1)
            else:
                at = leaf.source_offset(match.start()) if isinstance(leaf, Text) else None
                start = leaf.span.start if at is None else at
                found[match[0]] = (Span(leaf.span.source, start, start + 1), 1)
    return found


def _texts(document: Document) -> Iterator[Text | Code]:
    for section in document.sections:
        for leaf in text_leaves(section.title):
            if isinstance(leaf, Text | Code):
                yield leaf
        yield from stream(section.blocks)
    for note in document.notes:
        yield from stream(note.blocks)
