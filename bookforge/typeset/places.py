"""From a line on the page back to the manuscript: offsets in a section's stream, spans.

In: a `Setting` and a line of it. Out: where its first word stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.diagnostics import Span
from bookforge.model.inlines import Code, Inline, Text
from bookforge.model.walk import leaves
from bookforge.regex import regex
from bookforge.typeset.compose import Setting
from bookforge.typeset.items import STEP

_WORD = regex(r"\S+")


class Places:
    """Finds places; remembers the latest paragraph, as pages ask in order."""

    def __init__(self) -> None:
        self._setting: Setting | None = None
        self._counted = (0, 0)
        self._node: Sequence[Inline] = ()
        self._text = ""
        self._passed = (0, 0)  # characters of the text, and those of them that are no spaces

    def offset(self, setting: Setting, line: int) -> int:
        """Characters of the section's stream before the first word of a line."""
        return setting.draft.base + self._inner(setting, line)

    def span(self, setting: Setting, line: int) -> Span | None:
        """The place in the manuscript of a line's first word."""
        at = self._inner(setting, line)
        for leaf in leaves(setting.draft.node):
            if isinstance(leaf, Text | Code):
                if at < len(leaf.text):
                    start = leaf.source_offset(at) if isinstance(leaf, Text) else leaf.span.start
                    return Span(leaf.span.source, start, min(start + 1, leaf.span.end))
                at -= len(leaf.text)
        return None

    def _inner(self, setting: Setting, line: int) -> int:
        """The offset in the paragraph's own text."""
        number = self._letters(setting, line)
        node = setting.draft.node
        if node is not self._node:
            texts = [leaf.text for leaf in leaves(node) if isinstance(leaf, Text | Code)]
            self._node, self._text, self._passed = node, "".join(texts), (0, 0)
        at, seen = self._passed if self._passed[1] <= number else (0, 0)
        for word in _WORD.finditer(self._text, at):
            length = len(word[0])
            if seen + length > number:
                self._passed = (word.start(), seen)
                return word.start() + number - seen
            seen += length
        return 0

    def _letters(self, setting: Setting, line: int) -> int:
        """Letters of the manuscript's paragraph before a line (spaces are not counted)."""
        if line == 0 and not setting.before:
            return 0
        last, into = divmod(setting.cuts[line], STEP)
        first, count = self._counted if setting is self._setting else (0, 0)
        if first > last:
            first, count = 0, 0
        marks = {box for box, _ in setting.para.notes}
        boxes = setting.para.boxes
        count += sum(solid_length(boxes[i].text) for i in range(first, last) if i not in marks)
        self._setting, self._counted = setting, (last, count)
        return setting.before + count + into - setting.draft.added


def solid_length(text: str) -> int:
    """Letters and marks, spaces not counted."""
    return len(text) if text.isprintable() else sum(not letter.isspace() for letter in text)
