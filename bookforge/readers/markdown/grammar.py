"""The grammar: which of markdown-it's rules are on, and the few rules of our own.

In: text. Out: markdown-it tokens; inline tokens carry the offset they began at in `meta["at"]`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, paragraph, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bookforge.readers.markdown.attributes import read_attributes, read_role
from bookforge.readers.markdown.scan import SURE
from bookforge.regex import regex

# markdown-it drops what is nested deeper than `maxNesting`; from `_DEEPEST` on all is paragraphs.
_NESTING = 100
_DEEPEST = 80
# A link definition's address; "[John]: Hello" is speech.
_DEFINITION = regex(r"\[[^\]\n]+\]:\s*(?:<|\S*[/#@]|\S*\.\w|\w+:)")

_MARK = regex(r"\[\^([^\s\]]+)\]")


class PlacedState(StateInline):
    """An inline state that notes where in the source each token began."""

    _begin = 0
    _run = (-1, 0)

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self._begin = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["at"] = self._begin
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        # Delimiters are pushed one by one from the same position.
        at, count = self._run
        count = count + 1 if ttype == "text" and at == self.pos else 0
        self._run = (self.pos, count)
        token.meta["at"] = self.pos + count
        return token


@cache
def make_parser() -> MarkdownIt:
    """The parser, made once; it holds no state between texts."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING, "store_labels": True})
    parser.enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    # Tokens are joined here, with their places; markdown-it would keep the last place only.
    parser.inline.ruler2.disable("fragments_join")
    # The plugin's mark forgets its place.
    parser.inline.ruler.at("footnote_ref", _read_mark)
    parser.inline.ruler.after("image", "note", _read_note)
    parser.inline.ruler.after("link", "span", _read_span)
    parser.inline.ruler.push("attributes", _read_attributes)
    parser.block.ruler.at("fence", _read_fence, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("reference", _read_definition)
    parser.block.ruler.before(
        "fence", "attributes", _read_line, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.use(container_plugin, "role", validate=lambda params, *_: bool(read_role(params)))
    parser.block.ruler.before("table", "deep", _flatten_deep)
    parser.block.ruler.before("deep", "sure", _read_sure)
    return parser


def parse_blocks(text: str, env: dict[str, Any]) -> list[Token]:
    """Block structure alone; `env` collects link and note definitions."""
    parser = make_parser()
    tokens: list[Token] = []
    parser.block.parse(text, parser, env, tokens)
    return tokens


def parse_inlines(text: str, env: dict[str, Any]) -> list[Token]:
    """The inline tokens of one block's content."""
    parser = make_parser()
    state = PlacedState(text, parser, env, [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


def _read_sure(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of prose between blank ones, as nearly all are, without asking a dozen rules."""
    alone = state.level == 0 and (start + 1 >= end or state.isEmpty(start + 1))
    at = state.bMarks[start]
    return bool(alone and SURE.match(state.src, at)) and paragraph(state, start, end, silent)


def _flatten_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep text nested too deeply as paragraphs."""
    return state.level > _DEEPEST and not silent and paragraph(state, start, end, silent)


def _read_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    return bool(_DEFINITION.match(state.src, at)) and reference(state, start, end, silent)


def _read_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A row of tildes between blank lines is a scene break; all other fences hold code."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("~~~", at):
        return fence(state, start, end, silent)
    line = state.src[at : state.eMarks[start]].strip()
    if line.strip("~") or not (start + 1 >= end or state.isEmpty(start + 1)):
        return fence(state, start, end, silent)
    if not silent:
        token = state.push("hr", "hr", 0)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _read_mark(state: StateInline, silent: bool) -> bool:
    """The mark of a note that is defined: [^label]."""
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None or ":" + match[1] not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).info = match[1]
    state.pos = match.end()
    return True


def _read_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of attributes says what the block below it is.

    (The plugin's own rule drops what stands behind the closing brace.)
    """
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{", at) or state.is_code_block(start):
        return False
    attributes = read_attributes(state.src[at : state.eMarks[start]].rstrip())
    if not attributes:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.attrs.update(attributes)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _read_note(state: StateInline, silent: bool) -> bool:
    """A note written where it belongs: ^[its text]."""
    if not state.src.startswith("^[", state.pos) or state.src.find("]", state.pos) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("note_inline", "", 0)
        token.content = state.src[state.pos + 2 : end]
    state.pos = end + 1
    return True


def _read_span(state: StateInline, silent: bool) -> bool:
    """Words with attributes: [words]{lang=fr}.

    (As the plugin's own rule, which searches for a bracket's end even where no brace follows any.)
    """
    start, end = state.pos, state.posMax
    if state.src[start] != "[" or state.src.find("]{", start) < 0:
        return False
    close = state.md.helpers.parseLinkLabel(state, start)
    if close < 0 or not state.src.startswith("{", close + 1):
        return False
    try:
        length, attributes = parse(state.src[close + 1 : end])
    except ParseError:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, close
        state.push("span_open", "", 1).attrs.update(attributes)
        state.md.inline.tokenize(state)
        state.push("span_close", "", -1)
    state.pos, state.posMax = close + length + 2, end
    return True


def _read_attributes(state: StateInline, silent: bool) -> bool:
    """Attributes right behind emphasis, a link, a picture, code or a span."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    closes = last.type in ("link_close", "image", "code_inline") or last.content in ("*", "_")
    if not closes:
        return False
    try:
        end, attributes = parse(state.src[state.pos :])
    except ParseError:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = state.src[state.pos : state.pos + end + 1]
        token.attrs.update(attributes)
    state.pos += end + 1
    return True
