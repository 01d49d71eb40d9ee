"""Headings without number signs: "**Chapter 1**" or "CHAPTER ONE" alone in a paragraph.

Only looked for where a book has no Markdown heading at all, and only believed when there are at
least two of one habit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookforge.diagnostics import Span
from bookforge.model.blocks import Block, Paragraph, ParagraphRole
from bookforge.model.document import DIVISIONS, Finding
from bookforge.model.inlines import Emphasis, Inlines, Strong
from bookforge.model.walk import plain
from bookforge.readers.lexicon import Lexicon
from bookforge.readers.markdown.blocks import Head
from bookforge.readers.markdown.nodes import Node
from bookforge.readers.markdown.titles import Title, part_title

_LONGEST = 80


class _Candidate(NamedTuple):
    paragraph: Paragraph
    children: Inlines
    title: Title
    habit: str


def find_unmarked(
    nodes: Sequence[Node], lexicon: Lexicon, texts: frozenset[Span]
) -> Iterator[Node]:
    """The same blocks, cut at the headings found in them; `texts` are none."""
    blocks = [block for node in nodes for block in node.blocks]
    found = [None if block.span in texts else _read(block, lexicon) for block in blocks]
    habits = [one.habit for one in found if one]
    believed = {habit for habit in habits if habits.count(habit) > 1}
    parts = any(
        one.title.kind in DIVISIONS for one in found if one is not None and one.habit in believed
    )
    candidates = iter(found)
    for node in nodes:
        open_node = Node(None, node.title, None)
        for block in node.blocks:
            one = next(candidates)
            if one is None or (one.habit not in believed and not _is_named(one)):
                open_node.blocks.append(block)
                continue
            if not believed:
                open_node.blocks.append(block)
                continue
            if open_node.head or open_node.blocks:
                yield open_node
            open_node = _make_node(one, parts)
        if open_node.head or open_node.blocks:
            yield open_node


def _read(block: Block, lexicon: Lexicon) -> _Candidate | None:
    if not isinstance(block, Paragraph) or block.role is not ParagraphRole.BODY:
        return None
    children, habit = block.children, "plain"
    if len(children) == 1 and isinstance(node := children[0], Strong | Emphasis):
        children, habit = node.children, type(node).__name__.lower()
    words = plain(children).strip()
    if not words or len(words) > _LONGEST:
        return None
    title = part_title(children, lexicon)
    if title.kind is None or (title.is_bare and habit == "plain"):
        return None
    return _Candidate(block, children, title, habit)


def _is_named(one: _Candidate) -> bool:
    """A prologue or epilogue stands alone, but is believed beside chapters."""
    return one.title.form == "name"


def _make_node(one: _Candidate, parts: bool) -> Node:
    """Below parts, chapters are of the second level."""
    level = 2 if parts and one.title.kind not in DIVISIONS and not _is_named(one) else 1
    head = Head(level, one.children, one.paragraph.span)
    finding = Finding(one.habit, 0.9, "a paragraph of its own that names a chapter or part")
    return Node(head, one.title, one.title.kind, finding=finding)
