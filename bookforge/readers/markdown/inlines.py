"""What stands inside a block: emphasis, links, notes, foreign words, with exact places.

In: the place of a block's content. Out: `Inlines`. Most paragraphs of a novel hold no markup at
all, or single emphasised words; these are read at once. All others go through markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity, Span
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.readers.joins import holds_closed, is_closed
from bookforge.readers.markdown.attributes import Attributes
from bookforge.readers.markdown.places import Place
from bookforge.regex import regex

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENTITY = regex(r"&[#\w]")
# Emphasis that is certain (CommonMark 0.31, 6.2): opened behind a space, or before a letter and
# behind an opening mark or a dash; closed behind a visible character and before a space or a mark.
# Both ways begin with a star: that is searched for many times as fast as for anything else.
_EMPHASIS = regex(
    r"(?:(\*)(?![*\s])(?:(?<!\S\*)|(?<=[(\"'“‘—–-]\*)(?=[^\W_]))"
    r"|(\*\*)(?![*\s])(?:(?<!\S\*\*)|(?<=[(\"'“‘—–-]\*\*)(?=[^\W_])))"
    r"[^*]*[^\s*](?:\1|\2)(?=[\s.,;:!?)\"'’”—–…-]|$)"
)
# A line that is broken where the writer broke it.
_BREAK = regex(r" {2,}\n")
_UNSURE = regex(r"[*_`\[<\\{]|&[#\w]|\^\[|(?<! ) \n|\n ")
_DEEPEST = 40
_SMALL_CAPS = frozenset({"smallcaps", "small-caps"})
_TAG = regex(r"</?([A-Za-z][A-Za-z0-9-]*)")
_LANG = regex(r"\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z][A-Za-z0-9-]*)", re.I)
Wrap = Callable[[Inlines, Span], Inline]
_PAIRS: Mapping[str, Wrap] = {"em": Emphasis, "i": Emphasis, "strong": Strong, "b": Strong}
# Tags of HTML that mean nothing to a book; any other name in angle brackets is the writer's text.
_SILENT = (
    " a abbr acronym address article aside big blockquote body caption center cite code dd del dfn "
    "div dl dt figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html img input "
    "ins kbd label li link main mark meta nav ol p pre q rp rt ruby s samp section small span "
    "strike sub summary sup table tbody td tfoot th thead time title tr tt u ul var wbr "
)


class _Open(Struct):
    """An element whose end is not reached yet."""

    closes: str
    begin: int
    wrap: Wrap | None
    children: list[Inline] = field(default_factory=list)
    attributes: Attributes = field(default_factory=dict)


class InlineReader:
    """Reads the inlines of one file."""

    def __init__(self, env: dict[str, Any], report: Report) -> None:
        self.env = env
        self.report = report
        self._tags: set[str] = set()
        # Gives the id of a note: by its label and the place of its mark.
        self.find_note: Callable[[str, Span], str] = lambda label, span: label
        self.add_note: Callable[[Inlines, Span], str] = lambda inlines, span: ""

    def report_tag(self, tag: str, span: Span) -> None:
        """Say once for each name that a tag was left out."""
        match = _TAG.match(tag)
        name = match[1].lower() if match else tag
        if name not in self._tags:
            self._tags.add(name)
            message = f"HTML tag <{name}> left out, its text kept"
            self.report(Diagnostic("R033", Severity.NOTE, message, span))

    def read(self, place: Place) -> Inlines:
        """The inlines of a block's content."""
        if not place.content:
            return ()
        if is_plain(place.content):
            return (_plain(place, 0, len(place.content)),)
        if _is_simple(place.content) and (simple := _read_simple(place)) is not None:
            return simple
        if not _UNSURE.search(place.content):
            return tuple(_read_broken(place))
        from bookforge.readers.markdown.grammar import parse_inlines  # it loads markdown-it

        return build_inlines(self, place, parse_inlines(place.content, self.env))


def is_plain(content: str) -> bool:
    """Whether nothing in a block's content means anything to CommonMark.

    Single characters are found many times as fast as any of a set.
    """
    return not ("*" in content or "_" in content or _holds_other(content))


def _is_simple(content: str) -> bool:
    """Whether there is nothing but stars."""
    return not ("_" in content or "{" in content or _holds_other(content))


def _holds_other(content: str) -> bool:
    """Code, links, tags, escapes, entities, notes; line ends with spaces."""
    return (
        "[" in content
        or "`" in content
        or "<" in content
        or "\\" in content
        or ("&" in content and _ENTITY.search(content) is not None)
        or ("\n" in content and (" \n" in content or "\n " in content))
    )


def _plain(place: Place, start: int, end: int) -> Text:
    """Content without markup; a line end becomes one space, or nothing between ideographs."""
    if holds_closed(place.content, start, end):
        return _join(place, _part_lines(place.content, start, end))
    text = place.content[start:end].replace("\n", " ")
    if len(place.starts) == 1:
        base = place.origins[0] + start - place.starts[0]
        return Text(text, Span(place.source, base, base + end - start))
    base = place.at(start)
    part = place.part(start, end)
    shifts = tuple(
        (at, origin - base)
        for at, origin in zip(part.starts, part.origins, strict=True)
        if at and origin - base != at
    )
    return Text(text, Span(place.source, base, place.at(end - 1) + 1), shifts)


def _part_lines(content: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Pieces of text and where they begin, line ends as what they stand for."""
    at = start
    while (stop := content.find("\n", at, end)) >= 0:
        yield content[at:stop], at
        if not is_closed(content, stop, stop + 1):
            yield " ", stop
        at = stop + 1
    yield content[at:end], at


def _join(place: Place, pieces: Iterable[tuple[str, int]]) -> Text:
    """One text of pieces of the content."""
    base = expected = -1
    text = ""
    shifts: list[tuple[int, int]] = []
    for words, at in pieces:
        if not words:
            continue
        origin = place.at(at)
        if base < 0:
            base = origin
        elif origin != expected:
            shifts.append((len(text), origin - base))
        expected = origin + len(words)
        text += words
    return Text(text, Span(place.source, max(base, 0), max(expected, 0)), tuple(shifts))


def _read_simple(place: Place) -> Inlines | None:
    """Text with emphasised stretches; None when that reading is not certain."""
    content = place.content
    found = [
        (*match.span(), match.end(match.lastindex or 0)) for match in _EMPHASIS.finditer(content)
    ]
    if 2 * sum(inner - start for start, _, inner in found) != content.count("*"):
        return None
    nodes: list[Inline] = []
    at = 0
    for start, end, inner in found:
        if start > at:
            nodes.append(_plain(place, at, start))
        stars = inner - start
        words = _plain(place, inner, end - stars)
        # The stars stand beside the words.
        source, first, last = words.span
        span = Span(source, first - stars, last + stars)
        nodes.append(Emphasis((words,), span) if stars == 1 else Strong((words,), span))
        at = end
    if at < len(content):
        nodes.append(_plain(place, at, len(content)))
    return tuple(nodes)


def _read_broken(place: Place) -> Iterator[Inline]:
    """Text without markup but hard line breaks."""
    at = 0
    for match in _BREAK.finditer(place.content):
        yield _plain(place, at, match.start())
        yield LineBreak(place.span(match.end() - 1, match.end()))
        at = match.end()
    yield _plain(place, at, len(place.content))


def build_inlines(reader: InlineReader, place: Place, tokens: Sequence[Token]) -> Inlines:
    """The tree that markdown-it's tokens say."""
    return _Builder(reader, place, tokens).build()


class _Builder:
    """Makes one tree of the tokens of one block."""

    def __init__(self, reader: InlineReader, place: Place, tokens: Sequence[Token]) -> None:
        self.reader, self.place = reader, place
        # Delimiters merged into a strong one leave empty tokens behind.
        self.tokens = [token for token in tokens if token.content or token.type != "text"]
        self.stack = [_Open("", 0, None)]
        self.pieces: list[tuple[str, int]] = []
        self.until = 0

    def build(self) -> Inlines:
        for index, token in enumerate(self.tokens):
            after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
            self.until = _begin(after) if after is not None else len(self.place.content)
            getattr(self, f"_on_{token.type}", self._on_text)(token)
        while len(self.stack) > 1:
            self._pop()
        self._flush()
        return tuple(self.stack[0].children)

    # --- text

    def _on_text(self, token: Token) -> None:
        at = int(token.meta["at"])
        for part in re.split("(\n)", token.content):
            if part == "\n":
                self._on_line_end(at)
            else:
                self.pieces.append((part, at))
            at += len(part)

    def _on_text_special(self, token: Token) -> None:
        escaped = token.info != "entity" and len(token.markup) == 2 and len(token.content) == 1
        self.pieces.append((token.content, token.meta["at"] + escaped))

    def _on_softbreak(self, token: Token) -> None:
        self._on_line_end(token.meta["at"])

    def _on_line_end(self, at: int) -> None:
        if not is_closed(self.place.content, at, at + 1):
            self.pieces.append((" ", at))

    def _on_hardbreak(self, token: Token) -> None:
        self._add(LineBreak(self._span(token)))

    def _flush(self) -> None:
        """Join the pieces of text since the last node."""
        if not self.pieces:
            return
        self.stack[-1].children.append(_join(self.place, self.pieces))
        self.pieces.clear()

    # --- elements

    def _on_em_open(self, token: Token) -> None:
        self._push("em_close", token.meta["at"], Emphasis)

    def _on_strong_open(self, token: Token) -> None:
        self._push("strong_close", token.meta["at"] - 1, Strong)

    def _on_link_open(self, token: Token) -> None:
        target = str(token.attrs.get("href", ""))
        self._push(
            "link_close", token.meta["at"] - 1, lambda inlines, span: Link(target, inlines, span)
        )

    def _on_span_open(self, token: Token) -> None:
        self._push("span_close", token.meta["at"] - 1, None)
        self.stack[-1].attributes = {key: str(value) for key, value in token.attrs.items()}

    def _on_em_close(self, token: Token) -> None:
        self._close(token.type, token)

    _on_strong_close = _on_link_close = _on_span_close = _on_em_close

    def _on_code_inline(self, token: Token) -> None:
        self._add(Code(token.content, self._span(token)))

    def _on_image(self, token: Token) -> None:
        alt = token.content.replace("\n", " ").strip()
        source = str(token.attrs.get("src", ""))
        self._add(Image(source, alt or None, self._span(token)))

    def _on_footnote_ref(self, token: Token) -> None:
        span = self._span(token)
        self._add(NoteRef(self.reader.find_note(token.info, span), span))

    def _on_note_inline(self, token: Token) -> None:
        at = token.meta["at"] + 2
        inlines = self.reader.read(self.place.part(at, at + len(token.content)))
        span = self._span(token)
        self._add(NoteRef(self.reader.add_note(inlines, span), span))

    def _on_attributes(self, token: Token) -> None:
        """Attributes say something of the node before them."""
        children = self.stack[-1].children
        node = children[-1] if children and not self.pieces else None
        if node is None or isinstance(node, Text | LineBreak | NoteRef):
            self._on_text(token)
            return
        attributes = {key: str(value) for key, value in token.attrs.items()}
        span = Span(node.span.source, node.span.start, self._span(token).end)
        children[-1] = self._describe(node, attributes, span)

    def _describe(self, node: Inline, attributes: Attributes, span: Span) -> Inline:
        """Put what attributes say around a node."""
        if isinstance(node, Image):
            classes = attributes.get("class", "").split()
            decorative = "decorative" in classes
            alt = None if decorative else node.alt
            return Image(node.source, alt, span, decorative, full="full-page" in classes)
        wrapped = self._wrap((node,), attributes, span)
        return wrapped[0]

    def _wrap(self, children: Inlines, attributes: Attributes, span: Span) -> Inlines:
        """Words as their attributes make them; without a meaning they stand alone."""
        classes = set(attributes.get("class", "").split())
        if classes & _SMALL_CAPS:
            children = (SmallCaps(children, span),)
        if language := attributes.get("lang"):
            children = (Foreign(language, children, span),)
        if classes - _SMALL_CAPS or attributes.keys() - {"class", "lang"}:
            hint = "known here: {lang=fr}, {.smallcaps}"
            self.complain("R034", "attributes not understood", span, hint)
        return children

    # --- HTML

    def _on_html_inline(self, token: Token) -> None:
        match = _TAG.match(token.content)
        name = match[1].lower() if match else ""
        closing = token.content.startswith("</")
        if name == "br":
            self._add(LineBreak(self._span(token)))
        elif name in _PAIRS and not closing:
            self._push(name, token.meta["at"], _PAIRS[name])
        elif name == "span" and not closing:
            self._open_span(token)
        elif name in (*_PAIRS, "span") and self._is_open(name):
            self._close(name, token)
        elif token.content.startswith(("<!--", "<?", "<![")):
            self.complain("R032", "comment left out", self._span(token))
        elif name in _PAIRS or f" {name} " in _SILENT:
            self.reader.report_tag(token.content, self._span(token))
        else:
            self.complain(
                "R035", f"{token.content} is no HTML tag; kept as text", self._span(token)
            )
            self._on_text(token)

    def _open_span(self, token: Token) -> None:
        """Words in another language, if the tag says so; others only pair with their end."""
        match = _LANG.search(token.content)
        if match is None:
            self.reader.report_tag(token.content, self._span(token))
        self._push("span", token.meta["at"], None)
        if match and len(self.stack) < _DEEPEST:
            self.stack[-1].attributes = {"lang": match[1]}

    # --- bookkeeping

    def _is_open(self, closes: str) -> bool:
        return any(element.closes == closes for element in self.stack[1:])

    def _close(self, closes: str, token: Token) -> None:
        """Close an element, and first what was opened in it: HTML and Markdown may cross."""
        if not self._is_open(closes):
            return
        while self.stack[-1].closes != closes:
            self._pop(int(token.meta["at"]))
        self._pop()

    def _span(self, token: Token) -> Span:
        return self.place.span(token.meta["at"], self.until)

    def _add(self, node: Inline) -> None:
        self._flush()
        self.stack[-1].children.append(node)

    def _push(self, closes: str, begin: int, wrap: Wrap | None) -> None:
        self._flush()
        # Deeper than this nobody writes, and every walk through the tree would run aground.
        self.stack.append(_Open(closes, begin, wrap if len(self.stack) < _DEEPEST else None))

    def _pop(self, end: int | None = None) -> None:
        self._flush()
        element = self.stack.pop()
        span = self.place.span(element.begin, self.until if end is None else end)
        children = tuple(element.children)
        if element.wrap is not None:
            self.stack[-1].children.append(element.wrap(children, span))
        else:
            self.stack[-1].children.extend(self._wrap(children, element.attributes, span))

    def complain(self, code: str, message: str, span: Span, hint: str = "") -> None:
        hints = (Hint(hint),) if hint else ()
        self.reader.report(Diagnostic(code, Severity.NOTE, message, span, hints))


def _begin(token: Token) -> int:
    """Where a token begins, brackets included."""
    at = int(token.meta["at"])
    if token.type in ("strong_open", "link_open", "span_open"):
        return at - 1
    return at
