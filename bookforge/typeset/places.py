"""From a line on the page back to the manuscript: offsets in a section's stream, spans.

In: a `Setting` and a line of it. Out: where its first word stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.diagnostics import Span
from bookforge.model.inlines import Code, Inline, Text
from bookforge.model.walk import leaves
from bookforge.typeset.compose import Setting
from bookforge.typeset.items import STEP


class Places:
    """Finds places; remembers the latest paragraph, as pages ask in order."""

    def __init__(self) -> None:
        self._node: Sequence[Inline] = ()
        self._solid: list[int] = []
        self._setting: Setting | None = None
        self._counted = (0, 0)

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
        if not number:
            return 0
        node = setting.draft.node
        if node is not self._node:
            text = "".join(leaf.text for leaf in leaves(node) if isinstance(leaf, Text | Code))
            self._node = node
            self._solid = [i for i, letter in enumerate(text) if not letter.isspace()]
        return self._solid[number] if number < len(self._solid) else 0

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
