"""What the pages could not do, said to the writer: characters that the faces lack, tables too wide.

In: the document and what shaping and setting missed. Out: diagnostics F010, F011 and P130.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity, Span
from bookforge.model.document import Document
from bookforge.model.inlines import Code, Text
from bookforge.model.walk import leaves as text_leaves
from bookforge.model.walk import stream
from bookforge.typeset.press import Press

# So many of the characters without a glyph are named in a message.
_SHOWN = 5


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


def report_crowded(press: Press, report: Report) -> None:
    """Say which tables have words that are wider than the page leaves room for."""
    for span in dict.fromkeys(press.crowded):
        hint = Hint("fewer columns or shorter words; a wider [output.print] trim, smaller type")
        message = "the table is too wide for the page: some of its words are broken anywhere"
        report(Diagnostic("P130", Severity.WARNING, message, span, (hint,)))


def _by_script(letters: Iterable[str]) -> list[list[str]]:
    """Characters of one script together: the first word of their names in Unicode ("ARABIC")."""
    groups: dict[str, list[str]] = {}
    for letter in sorted(set(letters)):
        name = unicodedata.name(letter, "")
        # Symbols share no first word and are few: they stand together.
        script = name.split()[0] if letter.isalpha() or unicodedata.combining(letter) else ""
        groups.setdefault(script, []).append(letter)
    return list(groups.values())


def _gap(
    code: str, letters: Sequence[str], places: Mapping[str, tuple[Span | None, int]]
) -> Diagnostic:
    """One diagnostic for the characters of a script, at the first of them."""
    found = [places[letter] for letter in letters if letter in places]
    times = sum(count for _, count in found)
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_SHOWN])
    rest = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    many = f", {times} times" if times > 1 else ""
    noun = "character" if len(letters) == 1 else "characters"
    span = min((span for span, _ in found if span is not None), default=None)
    if code == "F011":
        message = f"the {noun} {shown}{rest}{many}: set in another font"
        return Diagnostic(code, Severity.NOTE, message, span)
    hint = Hint("a font that has them: [style] font, or install one; see `bookforge fonts`")
    message = f"no font has the {noun} {shown}{rest}{many}; boxes are printed instead"
    return Diagnostic(code, Severity.WARNING, message, span, (hint,))


def _count(document: Document, wanted: re.Pattern[str]) -> dict[str, tuple[Span | None, int]]:
    """Where each character first stands in the manuscript, and how often in the book."""
    found: dict[str, tuple[Span | None, int]] = {}
    for leaf in _texts(document):
        for match in wanted.finditer(leaf.text):
            span, times = found.get(match[0], (None, 0))
            found[match[0]] = (span or _locate(leaf, match.start()), times + 1)
    return found


def _locate(leaf: Text | Code, offset: int) -> Span | None:
    """A character's place; None for words that the program wrote."""
    if leaf.span.start == leaf.span.end:
        return None
    start = leaf.source_offset(offset) if isinstance(leaf, Text) else leaf.span.start
    return Span(leaf.span.source, start, start + 1)


def _texts(document: Document) -> Iterator[Text | Code]:
    for section in document.sections:
        for leaf in text_leaves(section.title):
            if isinstance(leaf, Text | Code):
                yield leaf
        yield from stream(section.blocks)
    for note in document.notes:
        yield from stream(note.blocks)
