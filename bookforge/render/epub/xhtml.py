"""Sections as XHTML: heading, blocks, and the notes they call.

In: an `Entry` of the plan. Out: the markup of one file's body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from bookforge.languages.base import Language
from bookforge.languages.scripts import begins_cased
from bookforge.model.blocks import (
    Alignment,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    ParagraphRole,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Table,
    TableRow,
    Verse,
    VerseLine,
)
from bookforge.model.document import DIVISIONS, Matter, Note, SectionKind
from bookforge.model.inlines import Inlines, Text
from bookforge.model.walk import plain
from bookforge.regex import regex
from bookforge.render.epub.design import Design
from bookforge.render.epub.images import is_wordless
from bookforge.render.epub.inlines import ITALIC, InlineWriter, Surroundings, mark_page
from bookforge.render.epub.kinds import opens_like_chapter, semantics
from bookforge.render.epub.marks import Mark
from bookforge.render.epub.markup import attribute, clean, foreign_attributes, untag
from bookforge.render.epub.plan import Entry, list_subheadings

# A no-break space holds "Mr. Hobbs" together: one word here, as in print, and no pause in it.
_WORD = regex(r"[^\S\xa0\u202f]*[\S\xa0\u202f]+")
_PAUSE = regex(r"[,;:.!?…—–](?![\xa0\u202f])")
_DEEPEST_HEADING = 6
_LETTER = regex(r"[“‘«„‚\"'¿¡]{0,2}[^\W\d_]")
# Two lines on a small screen.
_LEAST_BESIDE_DROP_CAP = 100
# Tables of more columns are set smaller, and their words may be broken: screens are small.
_FEW_COLUMNS = 4
# In a book from right to left the style sheet is mirrored, but figures still end on the right.
_MIRRORED = {Alignment.LEFT: Alignment.RIGHT, Alignment.RIGHT: Alignment.LEFT}


class Shared(NamedTuple):
    """What the writers of all sections of a book have in common."""

    around: Surroundings
    notes: Mapping[str, Note]
    design: Design
    language: Language
    # Whether the contents lead to headings inside sections.
    anchored: bool = False


def write_section(entry: Entry, shared: Shared, marks: Sequence[Mark] = ()) -> str:
    """The markup of a section: opening marks, heading, blocks, notes."""
    leading, inside = _split_marks(marks)
    writer = SectionWriter(entry, shared, inside)
    section = entry.section
    opens = not entry.piece.continues
    heading = writer.write_heading() if opens else ""
    headings = list_subheadings(entry) if shared.anchored else ()
    anchors = {one.place: one.anchor for one in headings}
    blocks = writer.write_blocks(entry.piece.blocks, anchors, opening=opens, flush=opens)
    terms = semantics(section.kind).attributes() if opens else ""
    named = f'aria-labelledby="{entry.heading}"' if heading else ""
    named = named or f'aria-label="{attribute(entry.label)}"'
    language = foreign_attributes(section.language, shared.around.direction)
    parts = [
        f'<section id="{entry.id}" class="{_class_of(entry)}"{terms} {named}{language}>',
        "".join(map(mark_page, leading)) + heading,
        blocks,
        writer.inlines.write_rest() + writer.write_notes(),
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def _split_marks(marks: Sequence[Mark]) -> tuple[Sequence[Mark], Sequence[Mark]]:
    """Marks before the heading, marks in the text."""
    early = sum(mark.offset < 0 for mark in marks)
    return marks[:early], marks[early:]


def _class_of(entry: Entry) -> str:
    section = entry.section
    names = [section.kind.value]
    if section.kind in DIVISIONS:
        names.append("division")
    if entry.piece.continues:
        names.append("continued")
    elif section.matter is Matter.BODY and not section.title and not section.label:
        names.append("untitled")
    return " ".join(names)


class SectionWriter:
    """Writes one section."""

    def __init__(self, entry: Entry, shared: Shared, marks: Sequence[Mark]) -> None:
        self._entry = entry
        self._shared = shared
        self._file = f"{entry.id}.xhtml"
        face = ITALIC if entry.section.kind is SectionKind.DEDICATION else 0
        self.inlines = InlineWriter(shared.around, marks, face=face, file=self._file)
        # Headings carry notes but no pages: their words do not count for offsets.
        self._aside = InlineWriter(shared.around, file=self._file)
        self._aside.called = self.inlines.called
        self._depth = 1

    def write_heading(self) -> str:
        """Label and title as one heading, "" for an untitled section."""
        section = self._entry.section
        title = self._aside.write(section.title)
        titled = not _is_empty(title)
        shown = section.label
        parts = []
        if clean(shown):
            names = "label number" if shown.isdecimal() else "label"
            parts.append(f'<span class="{names}">{self._aside.write_text(shown)}</span>')
        if titled:
            parts.append(f'<span class="title">{title}</span>')
        if not parts:
            return ""
        kind = "both" if len(parts) == 2 else "label-only" if shown else "title-only"
        return f'<h1 id="{self._entry.heading}" class="{kind}">{" ".join(parts)}</h1>'

    def write_blocks(
        self,
        blocks: Sequence[Block],
        anchors: Mapping[int, str] | None = None,
        *,
        opening: bool = False,
        flush: bool = True,
    ) -> str:
        """A run of blocks; the first paragraph, and those after a break, stand flush.

        `anchors` are those of headings, by their place.
        """
        lines = []
        first = flush
        lead = opening and opens_like_chapter(self._entry.section)
        for place, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                lines.append(self._write_paragraph(block, first=first, lead=lead))
                first = False
            elif isinstance(block, Heading):
                lines.append(self._write_inner_heading(block, (anchors or {}).get(place, "")))
                first = True
            else:
                lines.append(self._write_block(block))
                first = isinstance(block, SceneBreak)
            # An epigraph or a picture may come before the text proper, as in print.
            lead = lead and not isinstance(block, Paragraph | Verse | Preformatted)
        return "\n".join(lines)

    def write_notes(self) -> str:
        """The notes called in this section, and those that these call in turn."""
        asides: list[str] = []
        done: set[str] = set()
        while waiting := [name for name in self.inlines.called if name not in done]:
            for name in waiting:
                done.add(name)
                if self._shared.around.homes[name] != self._file:
                    continue
                asides.append(self._write_note(self._shared.notes[name]))
        if not asides:
            return ""
        return '<div class="notes">\n' + "\n".join(asides) + "\n</div>"

    def _write_block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._write_paragraph(block)
            case Heading():
                return self._write_inner_heading(block)
            case SceneBreak():
                return '<hr class="scene-break"/>' if block.mark else '<hr class="scene-gap"/>'
            case Quote():
                return self._write_quote(block)
            case Verse():
                return self._write_verse(block)
            case ListBlock():
                return self._write_list(block)
            case Figure():
                return self._write_figure(block)
            case Preformatted():
                return f"<pre>{self.inlines.write_text(block.text)}</pre>"
            case Table():
                return self._write_table(block)
            case _:
                assert_never(block)

    def _write_paragraph(self, block: Paragraph, *, first: bool = False, lead: bool = False) -> str:
        if block.role is not ParagraphRole.BODY:
            return f'<p class="{block.role.value}">{self.inlines.write(block.children)}</p>'
        if lead:
            return self._write_opening(block.children)
        start = '<p class="first">' if first else "<p>"
        return f"{start}{self.inlines.write(block.children)}</p>"

    def _write_opening(self, nodes: Inlines) -> str:
        """The first paragraph of a chapter, its first words set off as the design asks."""
        if not begins_cased(plain(nodes)):
            return f'<p class="first">{self.inlines.write(nodes)}</p>'
        design = self._shared.design
        head = nodes[0] if nodes else None
        names = "first drop-cap" if design.drop_cap and _takes_drop_cap(nodes) else "first"
        words = measure_lead(head.text, design.lead_words) if isinstance(head, Text) else 0
        if not words or not isinstance(head, Text):
            return f'<p class="{names}">{self.inlines.write(nodes)}</p>'
        lead = self.inlines.write_text(head.text[:words])
        rest = self.inlines.write_text(head.text[words:]) + self.inlines.write(nodes[1:])
        return f'<p class="{names}"><span class="lead-in">{lead}</span>{rest}</p>'

    def _write_inner_heading(self, block: Heading, anchor: str = "") -> str:
        """Levels go down one by one, whatever the manuscript skips (WCAG, technique G141)."""
        words = self.inlines.write(block.children)
        if _is_empty(words):
            return f"<p>{words}</p>"
        self._depth = min(block.level + 1, self._depth + 1, _DEEPEST_HEADING)
        named = f' id="{anchor}"' if anchor else ""
        return f"<h{self._depth}{named}>{words}</h{self._depth}>"

    def _write_quote(self, block: Quote) -> str:
        terms = ""
        # On an epigraph page the section is one: said twice, it would be announced twice.
        own = self._entry.section.kind is not SectionKind.EPIGRAPH
        if own and block.role is QuoteRole.EPIGRAPH:
            terms = semantics(SectionKind.EPIGRAPH).attributes()
        inside = self.write_blocks(block.blocks)
        return f'<blockquote class="{block.role.value}"{terms}>\n{inside}\n</blockquote>'

    def _write_verse(self, block: Verse) -> str:
        stanzas = (
            '<p class="stanza">'
            + '<br class="turn"/>\n'.join(map(self._write_verse_line, stanza))
            + "</p>"
            for stanza in block.stanzas
        )
        return '<div class="verse">\n' + "\n".join(stanzas) + "\n</div>"

    def _write_verse_line(self, line: VerseLine) -> str:
        names = f"line in-{min(line.indent, 9)}" if line.indent else "line"
        return f'<span class="{names}">{self.inlines.write(line.children)}</span>'

    def _write_list(self, block: ListBlock) -> str:
        items = "\n".join(f"<li>{self.write_blocks(item.blocks)}</li>" for item in block.items)
        if not block.ordered:
            return f"<ul>\n{items}\n</ul>"
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f"<ol{start}>\n{items}\n</ol>"

    def _write_figure(self, block: Figure) -> str:
        attributes = self._shared.around.picture(block.image)
        picture = f"<div><img{attributes}/></div>" if attributes else ""
        named = self._name_figure(block) if attributes else ""
        if not picture and block.image.alt:
            picture = f"<p>{self._aside.write_text(block.image.alt)}</p>"
        caption = self.inlines.write(block.caption)
        if caption:
            caption = f"<figcaption>{caption}</figcaption>"
        return f"<figure{named}>{picture}{caption}</figure>"

    def _name_figure(self, block: Figure) -> str:
        """A picture without words is announced as one, so that who cannot see it knows that the
        page shows something; a caption names its figure by itself."""
        if block.caption or not is_wordless(block.image):
            return ""
        word = self._shared.language.terms["illustration"]
        return f' aria-label="{attribute(word)}"'

    def _write_table(self, block: Table) -> str:
        """Each row on a line of its own. A row of heads says what stands under it."""
        many = len(block.aligns) > _FEW_COLUMNS
        lines = ['<table class="many">' if many else "<table>"]
        if caption := self.inlines.write(block.caption):
            lines.append(f"<caption>{caption}</caption>")
        for name, rows in (
            ("thead", block.rows[: block.heads]),
            ("tbody", block.rows[block.heads :]),
        ):
            if rows:
                written = [self._write_row(row, block.aligns, head=name == "thead") for row in rows]
                lines += [f"<{name}>", *written, f"</{name}>"]
        return "\n".join([*lines, "</table>"])

    @property
    def _turned(self) -> bool:
        return self._shared.around.direction == "rtl"

    def _write_row(self, row: TableRow, aligns: Sequence[Alignment], *, head: bool) -> str:
        """A head without words is an ordinary cell (axe, empty-table-header)."""
        cells = []
        for cell, align in zip(row.cells, aligns, strict=True):
            words = self.inlines.write(cell.children)
            name, scope = ("th", ' scope="col"') if head and not _is_empty(words) else ("td", "")
            side = _MIRRORED.get(align, align) if self._turned else align
            place = "" if side is Alignment.NATURAL else f' class="{side.value}"'
            cells.append(f"<{name}{scope}{place}>{words}</{name}>")
        return f"<tr>{''.join(cells)}</tr>"

    def _write_note(self, note: Note) -> str:
        """A note that pop-ups can show; its number leads back to the text."""
        around = self._shared.around
        number = around.numbers[note.id]
        link = around.backlinks.write(note.id, number, self._shared.language.terms["back-to-text"])
        self._aside.write_text(untag(link))
        inside = self._write_aside(note.blocks)
        if inside.startswith("<p"):
            at = inside.index(">") + 1
            inside = inside[:at] + link + inside[at:]
        else:
            inside = f"<p>{link}</p>\n{inside}"
        return (
            f'<aside id="note-{number}" epub:type="footnote" role="doc-footnote">'
            f"\n{inside}\n</aside>"
        )

    def _write_aside(self, blocks: Sequence[Block]) -> str:
        """Blocks that stand outside the text's count of characters."""
        text, self.inlines = self.inlines, self._aside
        try:
            return self.write_blocks(blocks)
        finally:
            self.inlines = text


def _is_empty(markup: str) -> bool:
    """Whether there is nothing to see: no heading may be made of it (axe, empty-heading)."""
    return not clean(untag(markup)) and "<img" not in markup


def _takes_drop_cap(nodes: Inlines) -> bool:
    """A drop cap needs a letter, at most behind an opening mark, and text to stand beside it."""
    words = plain(nodes)
    return bool(_LETTER.match(words)) and len(words) >= _LEAST_BESIDE_DROP_CAP


def measure_lead(text: str, words: int) -> int:
    """How many characters of a paragraph's beginning are set off: whole words, at most `words`.

    They end before the first pause, so that no phrase is cut; a single word of text is left.
    """
    end = 0
    for _ in range(words):
        found = _WORD.match(text, end)
        if not found or found.end() == len(text):
            break
        end = found.end()
    pause = _PAUSE.search(text, 0, end)
    return len(text[: pause.start()].rstrip()) if pause else end
