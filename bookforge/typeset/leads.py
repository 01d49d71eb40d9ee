"""Headings, datelines and salutations that are known by their looks: they lead on to what follows.

In: blocks. Out: which of them are kept with the next, and which scene breaks say nothing. Plain
text has no mark for a heading over a letter, and no page may end behind one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from bookforge.model.blocks import Block, Heading, Paragraph, ParagraphRole, SceneBreak
from bookforge.model.inlines import Emphasis, Inline, SmallCaps, Strong, Text
from bookforge.model.walk import inline_runs, plain

# Letters and words of what is surely no more than a line.
_LINE, _WORDS = 50, 8
# Letters of a heading that is a paragraph of emphasis.
_HEADING = 100
# More of them in a row are a list, or verse, and lead nowhere.
_CHAIN = 5
# Set-off matter of so many lines, of so many letters each, stands on one page.
_WHOLE, _LETTERS = 8, 45

_HEADS = frozenset({ParagraphRole.SALUTATION, ParagraphRole.DATELINE})
# What speech ends in, what stands in it, and opening marks before the first word.
_SPOKEN, _SPEECH, _OPENING = "?!…”’\"'»", "?!”»", "“‘\"'«„(["


class Lead(Enum):
    """How a paragraph leads on."""

    HEADING = auto()
    DATELINE = auto()
    SALUTATION = auto()  # or the words before a signature, or before a quotation


def find_leads(blocks: Sequence[Block]) -> set[int]:
    """The numbers of the paragraphs that are kept with the next block."""
    found: set[int] = set()
    chain: list[int] = []
    for number, block in enumerate(blocks):
        if _leads(blocks, number, chain):
            chain.append(number)
        elif not (chain and isinstance(block, SceneBreak) and not block.mark):
            found.update(_close(blocks, chain))
            chain = []
    found.update(_close(blocks, chain))
    return found


def _close(blocks: Sequence[Block], chain: Sequence[int]) -> Sequence[int]:
    """Those of a chain that lead to something."""
    if len(chain) > _CHAIN:
        return ()
    return [number for number in chain if _goes_on(blocks, number)]


def _goes_on(blocks: Sequence[Block], number: int) -> bool:
    follower = _at(blocks, number + 1)
    if isinstance(follower, SceneBreak):
        return is_idle(blocks, number + 1) and number + 2 < len(blocks)
    return follower is not None and not isinstance(follower, Heading)


def _leads(blocks: Sequence[Block], number: int, chain: Sequence[int]) -> bool:
    block = blocks[number]
    if not isinstance(block, Paragraph):
        return False
    lead = look(block)
    if not chain or isinstance(blocks[number - 1], SceneBreak):
        return lead is not None or _is_above_date(blocks, number)
    if lead is Lead.HEADING and look(blocks[chain[-1]]) is Lead.SALUTATION:
        return False  # a signature
    return lead is not None or _is_bracketed(block)


def look(block: Block | None) -> Lead | None:
    """How a paragraph leads on, by its role or its looks."""
    if not isinstance(block, Paragraph):
        return None
    if block.role in _HEADS:
        return Lead.DATELINE if block.role is ParagraphRole.DATELINE else Lead.SALUTATION
    first = block.children[0] if block.children else None
    # Nearly all paragraphs are long, and have none.
    if first is None or (type(first) is Text and len(first.text) > _LINE):
        return None
    text = plain(block.children).strip()
    if not text or len(text) > _HEADING or text[-1] in _SPOKEN:
        return None
    if all(map(_is_raised, block.children)):
        return Lead.HEADING
    return _look(text) if len(text) <= _LINE else None


def _look(text: str) -> Lead | None:
    if text.rstrip("—–- ")[-1:] in (",", ":"):
        return Lead.SALUTATION
    if text.isupper() and sum(map(str.isalpha, text)) > 2:
        return Lead.HEADING
    first = text.lstrip(_OPENING)[:1]
    dated = any(map(str.isdigit, text)) and len(text.split()) <= _WORDS
    dated = dated and not any(mark in text for mark in _SPEECH)
    return Lead.DATELINE if dated and (first.isupper() or first.isdigit()) else None


def _is_raised(node: Inline) -> bool:
    return isinstance(node, Emphasis | Strong | SmallCaps) or (
        isinstance(node, Text) and not node.text.strip("“”‘’\"' .")
    )


def _is_bracketed(block: Paragraph) -> bool:
    """Whether it is a remark on the heading before it."""
    text = plain(block.children).strip()
    return len(text) <= _LINE and text.startswith("(") and text.rstrip(".").endswith(")")


def _is_above_date(blocks: Sequence[Block], number: int) -> bool:
    """Whether a line that ends in emphasis has a date under it, with a gap between them."""
    block, gap = blocks[number], _at(blocks, number + 1)
    assert isinstance(block, Paragraph)
    return (
        isinstance(gap, SceneBreak)
        and not gap.mark
        and bool(block.children)
        and _is_raised(block.children[-1])
        and len(plain(block.children)) <= _LINE
        and look(_at(blocks, number + 2)) is Lead.DATELINE
    )


def is_idle(blocks: Sequence[Block], number: int) -> bool:
    """Whether a scene break parts no scenes: at an end of the text, or behind a heading."""
    before, after = _at(blocks, number - 1), _at(blocks, number + 1)
    if before is None or after is None or isinstance(before, Heading):
        return True
    if not isinstance(before, Paragraph):
        return False
    if before.role in _HEADS:
        return True
    block = blocks[number]
    # Where the writer set a mark a scene ends, even with a date.
    if not isinstance(block, SceneBreak) or block.mark:
        return False
    opens = not isinstance(_at(blocks, number - 2), Paragraph)
    lead = look(before)
    return (opens and lead is Lead.DATELINE) or _is_above_date(blocks, number - 1)


def _at(blocks: Sequence[Block], number: int) -> Block | None:
    return blocks[number] if 0 <= number < len(blocks) else None


def is_brief(blocks: Sequence[Block]) -> bool:
    """Whether set-off matter is so short that it stands on one page."""
    lines = 0
    for run in inline_runs(blocks):
        lines += 1 + len(plain(run)) // _LETTERS
        if lines > _WHOLE:
            return False
    return True
