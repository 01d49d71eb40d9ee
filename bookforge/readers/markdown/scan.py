"""The quick way to a file's blocks: what CommonMark can read in one way only is read at sight.

In: text. Out: tokens. Lines of prose between blank ones, headings, rules and quotations of such
prose, which make up nearly every novel, become `Line`s; what stands between them goes to
markdown-it, which is loaded only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from bookforge.regex import regex

if TYPE_CHECKING:
    from markdown_it.token import Token

# What begins with these can only be a paragraph when a blank line follows.
SURE = regex(r"[^\W\d_]|[“‘„«\"'—–…(.¿¡]|[*_]{1,2}(?=[^\W_])|\d+(?![\d.)])")
_HEADING = regex(r"(#{1,6})[ \t]+(?=[^\s#])(.*[^\s#])[ \t]*")
_RULE = regex(r"([*_-])(?:[ \t]*\1){2,}[ \t]*")
# What may go on over blank lines to anywhere: code, containers, HTML.
_ENDLESS = regex(r"```|~~~|:::|<")


class Line(Struct, frozen=True):
    """A block read at sight, with the names that markdown-it's tokens have.

    `type` is "prose", "title", "hr", "blockquote_open" or "blockquote_close"; `map` the lines from
    the first to one past the last; `tag` a heading's ("h2").
    """

    type: str
    map: list[int]
    content: str = ""
    tag: str = ""
    markup: str = ""
    info: str = ""
    attrs: Mapping[str, Any] = {}
    meta: Mapping[str, Any] = {}


BlockToken: TypeAlias = "Token | Line"


def scan_blocks(text: str, skip: int, env: dict[str, Any]) -> list[BlockToken]:
    """The block structure of a text whose first `skip` lines are something else.

    `env` collects link and note definitions.
    """
    lines = text.split("\n")
    count = len(lines)
    found: list[BlockToken] = []
    at = skip
    while at < count:
        line = lines[at]
        if not line or not line.strip(" \t"):
            at += 1
        elif SURE.match(line) and (stop := _find_blank(lines, at)):
            content = line if stop == at + 1 else "\n".join(lines[at:stop])
            found.append(Line("prose", [at, stop], content.strip()))
            at = stop + 1
        elif quick := list(_read_quickly(lines, at)):
            found += quick
            at = quick[0].map[1]
        else:
            stop = _find_end(lines, at)
            found += _read_slowly(lines, at, stop, env)
            at = stop
    return found


def _prose(lines: Sequence[str], first: int) -> Line:
    return Line("prose", [first, first + len(lines)], "\n".join(lines).strip())


def _find_blank(lines: Sequence[str], at: int) -> int:
    """Where a paragraph ends whose every line is sure; 0 if one of them may be something else."""
    at += 1
    while at < len(lines) and (line := lines[at]) and line.strip(" \t"):
        if not SURE.match(line):
            return 0
        at += 1
    return at


def _is_blank(line: str) -> bool:
    return not line or not line.strip(" \t")


def _read_quickly(lines: Sequence[str], at: int) -> Iterator[Line]:
    """A heading, a rule, or a quotation of lines of prose."""
    line = lines[at]
    if heading := _HEADING.fullmatch(line):
        tag = f"h{len(heading[1])}"
        yield Line("title", [at, at + 1], heading[2].strip(), tag, heading[1])
    elif rule := _RULE.fullmatch(line):
        yield Line("hr", [at, at + 1], markup=rule[1] * 3)
    elif line.startswith("> "):
        yield from _read_quotation(lines, at)


def _read_quotation(lines: Sequence[str], first: int) -> Iterator[Line]:
    stop = first
    inner: list[str] = []
    while stop < len(lines) and lines[stop].startswith(">"):
        inner.append(lines[stop][1:].removeprefix(" "))
        stop += 1
    lazy = stop < len(lines) and not _is_blank(lines[stop])
    if lazy or _is_blank(inner[-1]) or not all(SURE.match(x) or _is_blank(x) for x in inner):
        return
    yield Line("blockquote_open", [first, stop])
    at = 0
    while at < len(inner):
        end = _find_blank(inner, at)
        yield _prose(inner[at:end], first + at)
        at = end + 1
        while at < len(inner) and _is_blank(inner[at]):
            at += 1
    yield Line("blockquote_close", [first, stop])


def _find_end(lines: Sequence[str], first: int) -> int:
    """The line of prose that closes whatever is open: it stands at the margin, behind a blank."""
    count, at = len(lines), first
    while at < count:
        if _ENDLESS.search(lines[at]):
            return count
        at += 1
        if at < count and _is_blank(lines[at - 1]) and SURE.match(lines[at]):
            return at
    return count


def _read_slowly(
    lines: Sequence[str], first: int, stop: int, env: dict[str, Any]
) -> Sequence[Token]:
    from bookforge.readers.markdown.grammar import parse_blocks

    tokens = parse_blocks("\n".join(lines[first:stop]), env)
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + first, token.map[1] + first]
    return tokens
