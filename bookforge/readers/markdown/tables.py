"""Tables: rows of cells between bars (GitHub Flavored Markdown, 4.10).

In: markdown-it's tokens of one table, which say where its rows stand. Out: a `Table` with the cells
at their places in the source. A paragraph "Table: …" right below is its caption, as in pandoc.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookforge.model.blocks import Alignment, Cell, Table, TableRow
from bookforge.model.inlines import Inlines
from bookforge.readers.markdown.inlines import InlineReader
from bookforge.readers.markdown.places import Lines, Place
from bookforge.readers.markdown.scan import BlockToken
from bookforge.readers.tables import is_simple
from bookforge.regex import regex

# What stands before a table's line that is in quotations and lists.
_AROUND = regex(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*")
_BAR = regex(r"(?<!\\)\|")
_CAPTION = regex(r"(?:Table)?:[ \t]+(?=\S)")
_ALIGNS = {
    "text-align:left": Alignment.LEFT,
    "text-align:center": Alignment.CENTRE,
    "text-align:right": Alignment.RIGHT,
}


def read_table(tokens: Sequence[BlockToken], lines: Lines, inlines: InlineReader) -> Table | None:
    """The table of these tokens, from its opening to its end; None if it is not simple, or if a
    row has more cells than the first."""
    columns = [token for token in tokens if token.type == "th_open"]
    rows = [(token.map or [0])[0] for token in tokens if token.type == "tr_open"]
    if not is_simple(len(rows), len(columns)):
        return None
    found = [_split(lines, number) for number in rows]
    if any(any(_words(cells[len(columns) :])) for cells in found):
        return None
    span = lines.span(tokens[0].map or [0, 0])
    aligns = tuple(_ALIGNS.get(str(t.attrs.get("style", "")), Alignment.NATURAL) for t in columns)
    made = [_make(cells[: len(columns)], len(columns), inlines) for cells in found]
    blank = not any(cell.children for cell in made[0].cells) and len(made) > 1
    # Heads without anything below them are heads of nothing.
    heads = int(not blank and len(made) > 1)
    return Table(tuple(made[1:] if blank else made), span, aligns, heads)


def read_caption(token: BlockToken, content: str, lines: Lines, inlines: InlineReader) -> Inlines:
    """The caption that a paragraph below a table is, () if it is none."""
    match = _CAPTION.match(content)
    if match is None:
        return ()
    place = lines.place(content, (token.map or [0, 0])[0])
    return inlines.read(place.part(match.end(), len(content)))


def _words(cells: Sequence[Place]) -> Iterator[str]:
    return (cell.content for cell in cells if cell.content)


def _make(cells: Sequence[Place], count: int, inlines: InlineReader) -> TableRow:
    made = [Cell(inlines.read(place), place.span(0, len(place.content))) for place in cells]
    span = cells[0].span(0, 0).to(cells[-1].span(0, len(cells[-1].content)))
    made += [Cell((), cells[-1].span(0, 0))] * (count - len(made))
    return TableRow(tuple(made), span)


def _split(lines: Lines, number: int) -> list[Place]:
    """The cells of a line: bars part them, at its ends they may be left out."""
    start, end = lines.bounds(number)
    text = lines.file.text[start:end].rstrip()
    at = _AROUND.match(text).end()  # type: ignore[union-attr]
    if text.startswith("|", at):
        at += 1
    bounds = [at, *(bar.start() for bar in _BAR.finditer(text, at))]
    if text.endswith("|") and len(bounds) > 1 and bounds[-1] == len(text) - 1:
        text = text[:-1]
        bounds.pop()
    cells = []
    for first, stop in zip(bounds, [*bounds[1:], len(text)], strict=True):
        begin = first + (text.startswith("|", first) and first != at)
        cells.append(_place(text[begin:stop], start + begin, lines.file.id))
    return cells


def _place(raw: str, start: int, source: int) -> Place:
    """A cell's words without the blanks around them; of `\\|` the bar alone is left."""
    start += len(raw) - len(raw.lstrip())
    content, starts, origins = "", [0], [start]
    for number, part in enumerate(raw.strip().split("\\|")):
        if number:
            starts.append(len(content))
            origins.append(start + 1)
            content, start = content + "|", start + 2
        content, start = content + part, start + len(part)
    return Place(content, source, tuple(starts), tuple(origins))
