"""Blocks: markdown-it's block tokens become the model's blocks, verse and figures included.

In: the tokens of one file. Out: headings of the outermost level (`Head`) and blocks in reading
order, and the notes defined on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.blocks import (
    Block,
    Blocks,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Table,
)
from bookforge.model.document import Finding, Note, Removed
from bookforge.model.inlines import Foreign, Image, Inlines, Text
from bookforge.model.walk import map_runs, plain
from bookforge.readers.joins import holds_closed
from bookforge.readers.letters import mark_roles
from bookforge.readers.markdown.attributes import (
    PARAGRAPH_ROLES,
    ROLES,
    Attributes,
    paragraph_role,
    quote_role,
    read_attributes,
    read_role,
)
from bookforge.readers.markdown.html import read_html
from bookforge.readers.markdown.inlines import InlineReader, is_plain
from bookforge.readers.markdown.places import Lines, Place
from bookforge.readers.markdown.scan import BlockToken, scan_blocks
from bookforge.readers.markdown.tables import read_caption, read_table
from bookforge.readers.markdown.titles import Title
from bookforge.readers.markdown.verse import is_verse, join_verse, read_verse
from bookforge.readers.marks import is_mark, is_wordy
from bookforge.readers.tables import HINT
from bookforge.regex import regex
from bookforge.source import SourceFile

_HEADING_ATTRIBUTES = regex(r"[ \t]*(\{[^{}]*\})[ \t]*$")
_TITLE = regex(r"""(?:"(?P<double>.*)"|'(?P<single>.*)'|\((?P<round>.*)\))\s*\)""", re.S)
# What other programs take for a new page or a table of contents.
_COMMAND = regex(r"\\(?:newpage|pagebreak|clearpage|tableofcontents)|\[\[?_?TOC_?\]?\]", re.I)
# A paragraph of so many characters is no scene break.
_LONGEST_BREAK = 60
_LONGEST_HEADING = 160  # setext: a whole paragraph right above a row of dashes is none


class Head(Struct, frozen=True):
    """A heading outside of quotes and lists: a section, if the outline says so.

    `title` and `finding` are given where the writer has said what the heading is.
    """

    level: int
    children: Inlines
    span: Span
    attributes: Attributes = field(default_factory=dict)
    title: Title | None = None
    finding: Finding | None = None


Item: TypeAlias = Head | Block
_Read: TypeAlias = Callable[[BlockToken, Attributes], Sequence[Item]]


class BlockReader:
    """Reads the blocks of one file; `notes` and `removed` fill on the way."""

    def __init__(self, file: SourceFile, context: Context, prefix: str = "") -> None:
        self.file, self.context, self.prefix = file, context, prefix
        self.lines = Lines(file)
        self.env: dict[str, Any] = {}
        self.inlines = InlineReader(self.env, context.report)
        self.inlines.find_note = self._find_note
        self.inlines.add_note = self._add_note
        self.notes: list[Note] = []
        self.removed: list[Removed] = []
        self._labels: dict[str, list[tuple[int, str]]] = {}
        self._tokens: list[BlockToken] = []
        self._next = 0
        self._depth = 0
        self._pending: Attributes = {}
        own = context.config.manuscript.scene_breaks
        marks = () if own == "auto" else own
        self._marks = frozenset("".join(mark.split()) for mark in marks)
        blank = [int(mark[6:]) for mark in marks if re.fullmatch(r"blank:\d+", mark)]
        # Blank lines that are a scene break; 0: no number of them is.
        self._gap = min(blank, default=0)

    def read(self, skip: int) -> list[Item]:
        """The file's items; the first `skip` lines are front matter."""
        self._tokens = scan_blocks(self.file.text, skip, self.env)
        self._collect_notes()
        items: list[Item] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            plain = token.type == "prose" and not self._pending and self._read_plain(token)
            for item in (plain,) if plain else self._read_item():
                if self._gap:
                    items += self._find_gap(items, item)
                items.append(item)
        # A large book's tokens weigh as much as its text, and this reader lives on in a cycle.
        self._tokens.clear()
        return items

    def _find_gap(self, items: Sequence[Item], item: Item) -> Iterator[SceneBreak]:
        """A break where the writer has said that blank lines are one ("blank:2")."""
        if not items or Head in (type(item), type(items[-1])):
            return
        start, end = items[-1].span.end, item.span.start
        if self.file.text.count("\n", start, end) > self._gap:
            yield SceneBreak(self.file.span(end, end))

    # --- notes

    def _collect_notes(self) -> None:
        """Give every note an id; labels may come again in every chapter."""
        for token in self._tokens:
            if token.type == "footnote_reference_open":
                found = self._labels.setdefault(str(token.meta["label"]), [])
                count = f"-{len(found) + 1}" if found else ""
                found.append((self._begin(token), f"{self.prefix}{token.meta['label']}{count}"))

    def _find_note(self, label: str, span: Span) -> str:
        """The note after its mark, else the last before."""
        found = self._labels.get(label, [])
        return next((id for at, id in found if at >= span.start), found[-1][1] if found else label)

    def _add_note(self, inlines: Inlines, span: Span) -> str:
        id = f"{self.prefix}inline-{len(self.notes) + 1}"
        self.notes.append(Note(id, (Paragraph(inlines, span),), span))
        return id

    # --- walking

    def _take(self) -> BlockToken:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _begin(self, token: BlockToken) -> int:
        return self.lines.bounds((token.map or [0, 0])[0])[0]

    def _span(self, token: BlockToken) -> Span:
        return self.lines.span(token.map or [0, 0])

    def _read_until(self, closing: str) -> Blocks:
        """The blocks inside a container, whose end is taken too."""
        blocks: list[Block] = []
        self._depth += 1
        while self._next < len(self._tokens) and self._tokens[self._next].type != closing:
            blocks.extend(item for item in self._read_item() if not isinstance(item, Head))
        self._depth -= 1
        self._next += 1
        return tuple(join_verse(blocks))

    def _read_item(self) -> Sequence[Item]:
        token = self._take()
        if token.type == "attributes":
            self._pending.update({key: str(value) for key, value in token.attrs.items()})
            self._check_attributes(token)
            return ()
        attributes, self._pending = self._pending, {}
        read: Callable[[BlockToken, Attributes], Sequence[Item]] = getattr(
            self, f"_on_{token.type}"
        )
        items = read(token, attributes)
        language = attributes.get("lang", "")
        if not language:
            return items
        # A section says its language itself.
        return [one if isinstance(one, Head) else put_language(one, language) for one in items]

    # --- blocks

    def _read_plain(self, token: BlockToken) -> Paragraph | None:
        """A paragraph of words alone that is no scene break, as nearly all are."""
        content, start = token.content, self._begin(token)
        # What the writer has named for a break may be words.
        long = len(content) >= _LONGEST_BREAK or (not self._marks and is_wordy(content))
        if not long or not is_plain(content):
            return None
        if not self.file.text.startswith(content, start):
            return None
        if holds_closed(content, 0, len(content)):
            return None
        self._next += 1
        span = Span(self.file.id, start, start + len(content))
        return Paragraph((Text(content.replace("\n", " "), span),), span)

    def _on_prose(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        return self._read_paragraph(token, token.content, attributes)

    def _on_paragraph_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        inline = self._tokens[self._next]
        self._next += 2
        return self._read_paragraph(token, inline.content, attributes)

    def _read_paragraph(
        self, token: BlockToken, content: str, attributes: Attributes
    ) -> Sequence[Block]:
        place = self.lines.place(content, (token.map or [0, 0])[0])
        if content.startswith("|") and is_verse(content):
            return (read_verse(place, self.inlines),)
        span = place.span(0, len(content))
        if _COMMAND.fullmatch(content):
            self.removed.append(Removed("layout command", span))
            return ()
        children = self.inlines.read(place)
        if len(content) < _LONGEST_BREAK and (pause := self._as_break(children, span)):
            return (pause,)
        if len(children) == 1 and isinstance(image := children[0], Image):
            return (Figure(image, span, self._read_caption(place)),)
        paragraph = Paragraph(children, span, paragraph_role(attributes))
        return (_wrap(paragraph, attributes),)

    def _as_break(self, children: Inlines, span: Span) -> SceneBreak | None:
        """A paragraph of marks alone ("\\* \\* \\*", "•"), or the writer's own mark."""
        words = plain(children).strip()
        if not words and children:
            text = self.file.text[span.start : span.end]
            return SceneBreak(span) if text in ("\u00a0", "&nbsp;") else None
        own = self.context.config.manuscript.scene_breaks
        known = is_mark(words) if own == "auto" else "".join(words.split()) in self._marks
        return SceneBreak(span, words) if known else None

    def _read_caption(self, place: Place) -> Inlines:
        """A picture's title is its caption; markup in it counts."""
        for name in ("double", "single", "round"):
            if (match := _TITLE.search(place.content)) and match[name]:
                return self.inlines.read(place.part(match.start(name), match.end(name)))
        return ()

    def _on_heading_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        inline = self._tokens[self._next]
        self._next += 2
        return self._read_heading(token, inline.content, attributes)

    def _on_title(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        return self._read_heading(token, token.content, attributes)

    def _read_heading(
        self, token: BlockToken, content: str, attributes: Attributes
    ) -> Sequence[Item]:
        whole, level = content, int(token.tag[1:])
        span = self._span(token)
        if token.markup == "-" and len(content) > _LONGEST_HEADING:
            return self._read_false_heading(token, content, attributes)
        if not content:
            return (SceneBreak(span, token.markup),)
        own: Attributes | None = None
        if match := _HEADING_ATTRIBUTES.search(content):
            own = read_attributes(match[1])
            if own is not None:
                attributes = {**attributes, **own}
                content = content[: match.start()]
        place = self.lines.place(whole, (token.map or [0, 0])[0])
        children = self.inlines.read(place.part(0, len(content)))
        if self._depth:
            heading = Heading(level, children, span)
            language = (own or {}).get("lang", "")
            return (put_language(heading, language) if language else heading,)
        return (Head(level, children, span, attributes),)

    def _read_false_heading(
        self, token: BlockToken, content: str, attributes: Attributes
    ) -> Sequence[Item]:
        end = (token.map or [0, 0])[1]
        rule = self.lines.span([end - 1, end])
        self._complain(
            "R036",
            "a paragraph right above a row of dashes is read as text and a scene break",
            rule,
            "put a blank line between them",
        )
        blocks = self._read_paragraph(token, content, attributes)
        return (*blocks, SceneBreak(rule, self.file.text[rule.start : rule.end]))

    def _on_hr(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        span = self._span(token)
        return (SceneBreak(span, self.file.text[span.start : span.end]),)

    def _on_blockquote_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        blocks = self._read_until("blockquote_close")
        role = quote_role(attributes) or QuoteRole.QUOTATION
        return (Quote(mark_roles(blocks, role), self._span(token), role),)

    def _on_container_role_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        role = read_role(token.info) or QuoteRole.QUOTATION
        blocks = self._read_until("container_role_close")
        return (Quote(mark_roles(blocks, role), self._span(token), role),)

    def _on_bullet_list_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        return (self._read_list(token, "bullet_list_close"),)

    def _on_ordered_list_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        return (self._read_list(token, "ordered_list_close"),)

    def _read_list(self, token: BlockToken, closing: str) -> ListBlock:
        items: list[ListItem] = []
        self._depth += 1
        while self._tokens[self._next].type != closing:
            item = self._take()
            items.append(ListItem(self._read_until("list_item_close"), self._span(item)))
        self._depth -= 1
        self._next += 1
        ordered = closing.startswith("ordered")
        start = int(token.attrs.get("start", 1))
        return ListBlock(tuple(items), self._span(token), ordered, start)

    def _on_fence(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        info = token.info.strip()
        # One word above lines names their language; all else is the writer's.
        named = len(info.split()) == 1 and token.content.strip()
        lines = token.content if named or not info else f"{info}\n{token.content}"
        return (Preformatted(lines.rstrip("\n"), self._span(token)),)

    def _on_code_block(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        self._complain(
            "R037",
            "indented lines are set as they are, in a typewriter face",
            self._span(token),
            "take out the indent for an ordinary paragraph; begin verse lines with a bar (| )",
        )
        return (Preformatted(token.content.rstrip("\n"), self._span(token)),)

    def _on_table_open(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        first = self._next - 1
        while self._take().type != "table_close":
            pass
        table = read_table(self._tokens[first : self._next], self.lines, self.inlines)
        if table is not None:
            return (self._add_caption(table),)
        span = self._span(token)
        message = "a table is not simple; its lines are kept as they are"
        self._complain("R031", message, span, HINT)
        return (Preformatted(self.file.text[span.start : span.end], span),)

    def _add_caption(self, table: Table) -> Table:
        """The table with the caption that stands below it, if one does."""
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or token.type not in ("prose", "paragraph_open"):
            return table
        inner = token if token.type == "prose" else self._tokens[self._next + 1]
        caption = read_caption(token, inner.content, self.lines, self.inlines)
        if not caption:
            return table
        self._next += 1 if token is inner else 3
        return replace(table, caption=caption, span=table.span.to(caption[-1].span))

    def _on_html_block(self, token: BlockToken, attributes: Attributes) -> Sequence[Item]:
        return read_html(self, token, self._span(token))

    def _on_footnote_reference_open(
        self, token: BlockToken, attributes: Attributes
    ) -> Sequence[Item]:
        blocks = self._read_until("footnote_reference_close")
        begin = self._begin(token)
        found = self._labels[str(token.meta["label"])]
        id = next(id for at, id in found if at == begin)
        self.notes.append(Note(id, blocks, self._span(token)))
        return ()

    # --- reports

    def _check_attributes(self, token: BlockToken) -> None:
        known = {"class", "kind", "lang"}
        names = {*str(token.attrs.get("class", "")).split()}
        if names - {*ROLES, *PARAGRAPH_ROLES, "unnumbered"} or token.attrs.keys() - known:
            self._complain("R034", "attributes not understood", self._span(token))

    def _complain(self, code: str, message: str, span: Span, hint: str = "") -> None:
        hints = (Hint(hint),) if hint else ()
        self.context.report(Diagnostic(code, Severity.NOTE, message, span, hints))


def put_language(block: Block, language: str) -> Block:
    """A block in another language: each run of its words is foreign."""

    def wrap(inlines: Inlines) -> Inlines:
        if not inlines:
            return inlines
        return (Foreign(language, inlines, inlines[0].span.to(inlines[-1].span)),)

    return map_runs(block, wrap)


def _wrap(paragraph: Paragraph, attributes: Attributes) -> Block:
    """A paragraph marked as a note or inscription is one without its block quote."""
    role = quote_role(attributes)
    return Quote((paragraph,), paragraph.span, role) if role else paragraph
