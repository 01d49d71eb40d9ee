"""Parts of letters and epigraphs: dateline, salutation, closing, signature, attribution.

Only what is sure gets a role; everything else stays a paragraph of the letter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from msgspec.structs import replace

from bookforge.model.blocks import Block, Blocks, Paragraph, ParagraphRole, QuoteRole, SceneBreak
from bookforge.model.inlines import LineBreak
from bookforge.model.walk import plain
from bookforge.readers.headings.dates import is_day
from bookforge.regex import regex

_SHORT = 80
_SHORT_LINE = 60
_MOST_WORDS = 6
# Paragraphs between the salutation and the closing of a letter, at most.
_LONGEST_LETTER = 80
_TITLES = ("sir", "madam", "gentlemen", "messrs", "messieurs", "monsieur", "madame")
_QUOTES = r"[\"“‘«„_]*"
_DATE = regex(
    r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)?\b.*\b[A-Z][a-z]{2,}|\b[A-Z][a-z]{2,}.*\b\d{1,2}\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_DASHES = regex(r"(?:--+|—|–|―)[ \t\u00a0]*\w")
_PLAIN = (ParagraphRole.BODY, ParagraphRole.CENTRED)
_WRITTEN = frozenset({QuoteRole.LETTER, QuoteRole.NOTE, QuoteRole.MESSAGE})


@lru_cache(maxsize=1)
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """First words of salutations and closings, of all languages: a quoted letter may be foreign."""
    entry = resources.files("bookforge.readers") / "letters.toml"
    table = tomllib.loads(entry.read_text(encoding="utf-8"))
    salutations, closings = (
        re.compile(
            rf"{_QUOTES}(?:{'|'.join(word for words in table[key].values() for word in words)})\b",
            re.I,
        )
        for key in ("salutations", "closings")
    )
    return salutations, closings


def mark_roles(blocks: Blocks, role: QuoteRole) -> Blocks:
    """The blocks of a quote with the roles its paragraphs surely have."""
    if role in _WRITTEN:
        blocks = _mark_letter(blocks)
    return _mark_attribution(blocks)


def mark_letters(blocks: Sequence[Block]) -> list[Block]:
    """Letters and dated entries in running text: their short lines with the roles they have.

    A salutation stands alone above a paragraph; a closing counts only some way below one, with a
    name under it or in it; a date stands above a salutation or above an entry. No block is added.
    """
    marked = list(blocks)
    opened = -_LONGEST_LETTER
    for at, block in enumerate(marked):
        if not _is_short(block):
            continue
        words = _words(block)
        if _opens_letter(words) and _goes_on(marked, at):
            marked[at] = _with_role(block, ParagraphRole.SALUTATION)
            _mark_head(marked, at)
            opened = at
        elif at - opened < _LONGEST_LETTER and _closes_letter(marked, at):
            marked[at] = _with_role(block, ParagraphRole.CLOSING)
            if at + 1 < len(marked) and _is_name(marked[at + 1]) and not _has_break(block):
                marked[at + 1] = _with_role(marked[at + 1], ParagraphRole.SIGNATURE)
            opened = -_LONGEST_LETTER
        elif _is_entry_date(block) and _goes_on(marked, at):
            marked[at] = _with_role(block, ParagraphRole.DATELINE)
    return marked


def _opens_letter(words: str) -> bool:
    match = _openings()[0].match(words)
    bare = words.lstrip('"“‘«„_')
    if match is None or len(words) > _SHORT_LINE or not bare[:1].isupper():
        return False
    if len(bare.split()) > _MOST_WORDS:
        return False
    named = len(bare.split()) > 1 or bare.casefold().startswith(_TITLES)
    return named and words.rstrip("_*")[-1:] in ",:;—-" and "," not in bare.rstrip("_*")[:-1]


def _mark_head(blocks: list[Block], at: int) -> None:
    """Up to three short lines above a salutation: place, date, whom it goes to."""
    for above in range(at - 1, max(-1, at - 4), -1):
        if not _is_short(blocks[above]) or not _is_dateline(_words(blocks[above])):
            return
        blocks[above] = _with_role(blocks[above], ParagraphRole.DATELINE)


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """A paragraph with more than a word or two, a list or verse comes below."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return below is not None and not isinstance(below, SceneBreak) and len(_words(below)) != 1


def _closes_letter(blocks: Sequence[Block], at: int) -> bool:
    """ "Your affectionate brother," and a name below it, or on its next line."""
    block = blocks[at]
    words = _words(block)
    if not _openings()[1].match(words) or not words.lstrip('"“‘«„_')[:1].isupper():
        return False
    if _has_break(block):
        return len(words) <= _SHORT and words[-1:] not in "?!"
    named = at + 1 < len(blocks) and _is_name(blocks[at + 1])
    return named and len(words) <= _SHORT_LINE and words.rstrip("_*")[-1:] in ",—-"


def _is_name(block: Block) -> bool:
    """A signature: up to five words, the first with a capital, no end of a sentence."""
    words = _words(block).strip('_*"“”‘’')
    return (
        _is_body(block)
        and 0 < len(words) <= _SHORT_LINE
        and len(words.split()) <= 5
        and words.lstrip("-—– ")[:1].isupper()
        and words[-1:] not in "?!,:;"
    )


def _has_break(block: Block) -> bool:
    return isinstance(block, Paragraph) and any(
        isinstance(node, LineBreak) for node in block.children
    )


def is_ending(text: str) -> bool:
    """Two or three set-off lines that close a letter: "Your affectionate brother," and a name."""
    lines = [line.strip() for line in text.split("\n")]
    closing, name = lines[0], lines[-1].strip('_*"“”‘’')
    return (
        2 <= len(lines) <= 3
        and bool(_openings()[1].match(closing))
        and closing.rstrip("_*")[-1:] in ",—-"
        and len(name.split()) <= 5
        and name[:1].isupper()
        and name[-1:] not in "?!,:;"
    )


def _is_entry_date(block: Block) -> bool:
    """A whole date, with figures and the name of a month or day, and nothing else.

    A line set far to the right may say the place as well.
    """
    words = _words(block)
    if isinstance(block, Paragraph) and block.role is ParagraphRole.CENTRED:
        return _is_dateline(words)
    short = len(words) <= _SHORT_LINE and ":" not in words
    return short and any(map(str.isdigit, words)) and is_day(words, "en")


def _mark_attribution(blocks: Blocks) -> Blocks:
    """A last paragraph that begins with a dash names the author."""
    if len(blocks) < 2:
        return blocks
    last = blocks[-1]
    if _is_short(last) and _DASHES.match(_words(last)):
        return (*blocks[:-1], _with_role(last, ParagraphRole.ATTRIBUTION))
    return blocks


def _mark_letter(blocks: Blocks) -> Blocks:
    marked = _split_ending(list(blocks))
    _mark_beginning(marked)
    _mark_ending(marked)
    return tuple(marked)


def _mark_beginning(blocks: list[Block]) -> None:
    """Dates and places first, then the salutation."""
    at = 0
    if at < len(blocks) - 1 and _is_short(blocks[at]) and _is_dateline(_words(blocks[at])):
        blocks[at] = _with_role(blocks[at], ParagraphRole.DATELINE)
        at += 1
    if at < len(blocks) - 1 and _is_short(blocks[at]) and _is_salutation(_words(blocks[at])):
        blocks[at] = _with_role(blocks[at], ParagraphRole.SALUTATION)


def _mark_ending(blocks: list[Block]) -> None:
    """A closing among the last three paragraphs; what follows it is the signature."""
    for at in range(max(1, len(blocks) - 3), len(blocks)):
        words = _words(blocks[at])
        if not (_is_short(blocks[at]) and _openings()[1].match(words) and words[-1:] in ",-—"):
            continue
        blocks[at] = _with_role(blocks[at], ParagraphRole.CLOSING)
        for below in range(at + 1, len(blocks)):
            if _is_short(blocks[below]) and "P.S" not in _words(blocks[below])[:4].upper():
                blocks[below] = _with_role(blocks[below], ParagraphRole.SIGNATURE)
            else:
                return
        return


def _split_ending(blocks: list[Block]) -> list[Block]:
    """Closing and signature written as two lines of one paragraph are two."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or not _openings()[1].match(plain(last.children)):
        return blocks
    breaks = [at for at, node in enumerate(last.children) if isinstance(node, LineBreak)]
    if not breaks:
        return blocks
    at = breaks[0]
    upper, lower = last.children[:at], last.children[at + 1 :]
    if not upper or not lower or len(plain(upper)) > _SHORT:
        return blocks
    first = replace(last, children=upper, span=upper[0].span.to(upper[-1].span))
    second = replace(last, children=lower, span=lower[0].span.to(lower[-1].span))
    return [*blocks[:-1], first, second]


def _is_dateline(words: str) -> bool:
    return bool(_DATE.search(words)) and words[-1:] not in '?!"”,:'


def _is_salutation(words: str) -> bool:
    return bool(_openings()[0].match(words)) and words[-1:] in ",:;!.—-"


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in _PLAIN


def _is_short(block: Block) -> bool:
    if block.span.end - block.span.start > 2 * _SHORT:
        return False
    return _is_body(block) and 0 < len(_words(block)) <= _SHORT


def _words(block: Block) -> str:
    return plain(block.children).strip() if isinstance(block, Paragraph) else ""


def _with_role(block: Block, role: ParagraphRole) -> Block:
    return replace(block, role=role) if isinstance(block, Paragraph) else block
