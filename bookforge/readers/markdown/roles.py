"""Parts of letters and epigraphs: dateline, salutation, closing, signature, attribution.

Only what is sure gets a role; everything else stays a paragraph of the letter.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from bookforge.model.blocks import Block, Blocks, Paragraph, ParagraphRole, QuoteRole
from bookforge.model.inlines import LineBreak
from bookforge.model.walk import plain

_SHORT = 80
_DATE = re.compile(
    r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)?\b.*\b[A-Z][a-z]{2,}|\b[A-Z][a-z]{2,}.*\b\d{1,2}\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_SALUTATION = re.compile(
    r"(?:My )?(?:own )?(?:Dear(?:est)?|Darling|Beloved)\b|(?:Sir|Sirs|Madam|Gentlemen|Messrs)\b|"
    r"To (?:the|my|whom)\b|(?:Mon|Ma|Mes)? ?[Cc]h(?:er|ère|ers)\b|Liebe[rs]?\b|Sehr geehrte"
)
_CLOSING = re.compile(
    r"(?:I (?:am|remain|have the honour)|Believe me|Ever|Yours?|Your (?:\w+ )*\w+|"
    r"Sincerely|Faithfully|Respectfully|Affectionately|"
    r"(?:With )?(?:all )?(?:my )?(?:love|best|kind|warm)|"
    r"(?:Best|Kind) (?:wishes|regards)|Thine|Adieu|Farewell)\b",
    re.I,
)
_DASHES = re.compile(r"(?:--+|—|–|―)[ \t\u00a0]*\w")
_WRITTEN = frozenset({QuoteRole.LETTER, QuoteRole.NOTE, QuoteRole.MESSAGE})


def mark_roles(blocks: Blocks, role: QuoteRole) -> Blocks:
    """The blocks of a quote with the roles its paragraphs surely have."""
    if role in _WRITTEN:
        blocks = _mark_letter(blocks)
    return _mark_attribution(blocks)


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
        if not (_is_short(blocks[at]) and _CLOSING.match(words) and words[-1:] in ",-—"):
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
    if not isinstance(last, Paragraph) or not _CLOSING.match(plain(last.children)):
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
    return bool(_SALUTATION.match(words)) and words[-1:] in ",:;!.—-"


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is ParagraphRole.BODY


def _is_short(block: Block) -> bool:
    return _is_body(block) and 0 < len(_words(block)) <= _SHORT


def _words(block: Block) -> str:
    return plain(block.children).strip() if isinstance(block, Paragraph) else ""


def _with_role(block: Block, role: ParagraphRole) -> Block:
    return replace(block, role=role) if isinstance(block, Paragraph) else block
