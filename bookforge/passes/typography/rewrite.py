"""Applies edits to a run of inlines, whose spans must go on pointing home."""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.model.edits import Edit
from bookforge.model.inlines import Inline, Inlines, Text
from bookforge.model.walk import map_leaves
from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.flatten import leaf_length


def edit_inlines(inlines: Inlines, edits: Sequence[Edit]) -> Inlines:
    """The same inlines with the edits of their flattened text made.

    An edit that reaches over the end of a text node is made in the node it begins in, and the
    rest of what it replaces is taken out of the following ones.
    """
    if not edits:
        return inlines
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return (edit_text(inlines[0], edits),)
    return map_leaves(inlines, _Walker(edits).change)


class _Walker:
    """Hands each text node its share of the edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits, self.next, self.at = list(edits), 0, 0

    def change(self, node: Inline) -> Inline:
        start = self.at
        length = leaf_length(node)
        self.at += length
        if not isinstance(node, Text):
            return node
        own: list[Edit] = []
        edits, count = self.edits, len(self.edits)
        while self.next < count and edits[self.next].start < self.at:
            first, last, new, rule = edits[self.next]
            if last > self.at:
                edits[self.next] = Edit(self.at, last, "", rule)
                last = self.at
            else:
                self.next += 1
            own.append(Edit(max(first - start, 0), last - start, new, rule))
        return edit_text(node, own) if own else node


def edit_text(node: Text, edits: Sequence[Edit]) -> Text:
    """A text node with edits made and its shifts carried along."""
    text = apply_edits(node.text, edits)
    for start, end, new, _ in edits:
        if len(new) != end - start:
            return Text(text, node.span, _new_shifts(node, edits))
    return Text(text, node.span, node.shifts)


def _new_shifts(node: Text, edits: Sequence[Edit]) -> tuple[tuple[int, int], ...]:
    """Old shifts moved by the edits before them, and one more after each edit that drifts."""
    if not node.shifts:
        return _first_shifts(node, edits)
    shifts: list[tuple[int, int]] = []
    moved = 0
    old = list(node.shifts)
    for edit in edits:
        while old and old[0][0] <= edit.start:
            at, origin = old.pop(0)
            shifts.append((at + moved, origin))
        while old and old[0][0] < edit.end:
            old.pop(0)
        if len(edit.new) != edit.end - edit.start:
            moved += len(edit.new) - (edit.end - edit.start)
            origin = node.source_offset(edit.end) - node.span.start
            shifts.append((edit.end + moved, origin))
            if old and old[0][0] == edit.end:
                old.pop(0)
    shifts += [(at + moved, origin) for at, origin in old]
    return tuple(shifts)


def _first_shifts(node: Text, edits: Sequence[Edit]) -> tuple[tuple[int, int], ...]:
    """The same for a text that was in step with its source, as nearly all are."""
    shifts: list[tuple[int, int]] = []
    moved, length = 0, node.span.end - node.span.start
    for start, end, new, _ in edits:
        if drift := len(new) - (end - start):
            moved += drift
            shifts.append((end + moved, min(end, length)))
    return tuple(shifts)
