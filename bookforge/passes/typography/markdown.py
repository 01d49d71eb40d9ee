"""Clean-up of Markdown as a filter: the words change, the markup never does.

A light scanner finds the paragraphs and masks what is not words: code, link targets, attributes,
HTML, escapes, block markers. What is masked is judged as if it were not there, or as one object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bookforge.model.edits import PLACEHOLDER
from bookforge.passes.typography.filter import Options, Typogrified, clean_masked
from bookforge.regex import regex

# Looked through by the quotation reader, as emphasis marks are.
_NOTHING = "_"
_FENCE = regex(r" {0,3}(?:[-*+>] +|\d{1,9}[.)] +)*(`{3,}|~{3,})")
_RULE = regex(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|=+[ \t]*|-+[ \t]*)$")
_TABLE_RULE = regex(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_DEFINITION = regex(r" {0,3}\[[^\]^][^\]]*\]:")
_HTML_BLOCK = regex(r" {0,3}<(?:[A-Za-z][\w-]*[\s/>]|/[A-Za-z]|!|\?)")
_INDENTED = regex(r"(?: {4}|\t)[ \t]*\S")
# What a block begins with: quote marks, list markers, headings, footnote labels.
_MARKER = regex(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+|\[\^[^\]]+\]:)")
_QUOTE = regex(r" {0,3}>")
_INLINE = regex(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<math>\$\$.+?\$\$)"
    r"|(?P<html><!--.*?-->|</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\w+);)"
    r"|(?P<auto><[^\s<>]+>)"
    r"|(?P<link>(?<=\])\((?:[^()\s\\]|\([^()]*\)|\\.)*(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\))"
    r"|(?P<label>(?<=\])\[[^\]]*\]|\[\^[^\]]+\])"
    r"|(?P<attribute>\{(?:[.#:][^{}\n]*|[\w-]+=[^{}\n]*)\})"
    r"|(?P<url>(?:https?://|ftp://|mailto:|www\.)[^\s<>\"]*[^\s<>\"'.,;:!?)\]]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w)",
    re.S,
)
_OBJECTS = frozenset(("code", "math", "auto", "url", "escape"))


def typogrify_markdown(text: str, options: Options | None = None) -> Typogrified:
    """Clean Markdown; code, links, attributes and HTML stay as they are to the character."""
    blocks = list(_blocks(text))
    judged = list(text)
    for block in blocks:
        for start, end, mask in _masks(text, block):
            judged[start:end] = mask * (end - start)
    spans = [(block.start, block.end) for block in blocks]
    return clean_masked(text, "".join(judged), spans, options or Options())


@dataclass(slots=True)
class _Block:
    """A paragraph, heading or list item; `markers` are the stretches its lines begin with."""

    start: int
    end: int
    markers: list[tuple[int, int]]


def _masks(text: str, block: _Block) -> Iterator[tuple[int, int, str]]:
    for start, end in block.markers:
        yield start, end, _NOTHING
    for found in _INLINE.finditer(text, block.start, block.end):
        mask = PLACEHOLDER if found.lastgroup in _OBJECTS else _NOTHING
        if found.group("code"):
            mask = PLACEHOLDER
        yield found.start(), found.end(), mask


def _blocks(text: str) -> Iterator[_Block]:
    """The stretches of words, in order."""
    scanner = _Scanner()
    at = _after_front_matter(text)
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        done = scanner.take(text[at:end].removesuffix("\r"), at)
        if done:
            yield done
        at = end + 1
    if scanner.block:
        yield scanner.block


def _after_front_matter(text: str) -> int:
    for fence in ("---", "+++"):
        if text.startswith((fence + "\n", fence + "\r\n")):
            found = re.compile(rf"^{re.escape(fence)}[ \t]*\r?$", re.M).search(text, 4)
            return found.end() if found else 0
    return 0


class _Scanner:
    """Takes the lines of a text and hands out its blocks."""

    def __init__(self) -> None:
        self.block: _Block | None = None
        self.fence = ""
        self.html = False

    def take(self, line: str, at: int) -> _Block | None:
        """One line at an offset; the block that it ends, if any."""
        if self._is_code(line) or not line.strip() or self._is_markup(line):
            if not line.strip():
                self.html = False
            return self._close()
        marker = self._marker_end(line)
        fresh = marker > 0 and not (self.block and _QUOTE.match(line) and self.block.markers)
        done = self._close() if fresh or self.block is None else None
        if self.block is None:
            self.block = _Block(at, at + len(line), [])
        if marker:
            self.block.markers.append((at, at + marker))
        self.block.end = at + len(line)
        return done

    def _close(self) -> _Block | None:
        done, self.block = self.block, None
        return done

    def _is_code(self, line: str) -> bool:
        fence = _FENCE.match(line)
        if self.fence:
            if fence and fence.group(1).startswith(self.fence) and not line[fence.end() :].strip():
                self.fence = ""
            return True
        if fence:
            self.fence = fence.group(1)
            return True
        return self.block is None and bool(_INDENTED.match(line)) and not _MARKER.match(line)

    def _is_markup(self, line: str) -> bool:
        if self.block is None and _HTML_BLOCK.match(line):
            self.html = True
        return self.html or any(
            pattern.match(line) for pattern in (_RULE, _TABLE_RULE, _DEFINITION)
        )

    def _marker_end(self, line: str) -> int:
        end = 0
        while found := _MARKER.match(line, end):
            end = found.end()
        return end
