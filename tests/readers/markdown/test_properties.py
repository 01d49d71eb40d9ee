"""What holds for every Markdown text: nothing lost, places true, short way and long way equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.model.blocks import Figure
from bookforge.model.inlines import Image, Inline, Inlines, Text
from bookforge.model.walk import inline_runs, leaves
from bookforge.readers.markdown import grammar, scan
from bookforge.readers.markdown.grammar import parse_inlines
from bookforge.readers.markdown.inlines import InlineReader, build_inlines
from bookforge.readers.markdown.places import Place
from tests.readers.markdown.reading import Read, read

# Words by number, so that order and loss show; all else is markup and holds no letter.
_MARKS = [
    *"*_`[]()<>&\\!#|~^:=+-\"' \n\t.,;",
    *(
        "**",
        "***",
        "\n\n",
        "\n\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n# ",
        "\n## ",
        "\n| ",
        "\n|",
        "\n|   ",
        "\n  w",
        "\n    ",
    ),
    *("\n---\n", "\n***\n", "\n===\n", "\n```\n", "\n~~~\n", "](", "![", "[^", "]: ", "^[", "  \n"),
    *("\\\n", "> > ", "> - ", "&amp;", "<b>", "</b>", "<br>", "{}", "—", "é", "“", "’", "\u00a0"),
]
_PIECES = st.lists(st.sampled_from([*_MARKS, *(["w"] * 30)]), max_size=60)


def _number(pieces: list[str]) -> str:
    """Every w becomes a word of its own."""
    count = 0
    out = []
    for piece in pieces:
        if piece == "w":
            count += 1
            piece = f"w{count}w"
        out.append(piece)
    return "".join(out)


def _words(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"w(\d+)w", text)]


def _everything(found: Read) -> list[int]:
    """The numbers of the words in a document, as far as they stand in the text."""
    document = found.document
    words: list[int] = []
    for section in document.sections:
        words += _words(section.label)
        words += _run(section.title)
        for run in inline_runs(section.blocks):
            words += _run(run)
    for note in document.notes:
        for run in inline_runs(note.blocks):
            words += _run(run)
    return words


def _run(run: Inlines) -> list[int]:
    return [
        word
        for node in leaves(run)
        for word in _words(node.alt or "" if isinstance(node, Image) else getattr(node, "text", ""))
    ]


def _figures(found: Read) -> list[int]:
    """Words of pictures on their own."""
    return [
        word
        for section in found.document.sections
        for block in section.blocks
        if isinstance(block, Figure)
        for word in _words(block.image.alt or "")
    ]


@given(_PIECES)
@settings(max_examples=150, deadline=None)
def test_every_word_stands_once_and_in_order(pieces: list[str]) -> None:
    text = _number(pieces)
    found = read(text)
    for item in found.document.removed:
        span = item.span
        text = (
            text[: span.start] + re.sub(r"\w", " ", text[span.start : span.end]) + text[span.end :]
        )
    words = _everything(found)
    targets = {
        word
        for part in re.findall(
            r"\]\([^\n]*|\]: *[^\n]*|<[^\n>]*>|\[\^[^\s\]]+\]|[`~]{3}[^\n]*", text
        )
        for word in _words(part)
    }
    wanted = _words(text)
    # Notes stand behind the text; labels, addresses, titles of links
    # and the names of programming languages are no text.
    missing = set(wanted) - set(words) - set(_figures(found)) - targets
    assert not missing
    assert len(words) == len(set(words))
    if not found.document.notes and not _figures(found):
        assert words == sorted(words)


@given(_PIECES)
@settings(max_examples=150, deadline=None)
def test_places_lead_to_the_characters(pieces: list[str]) -> None:
    source = _number(pieces)
    for node in read(source).texts():
        if isinstance(node, Text):
            _check_places(node, source)


def _check_places(node: Text, source: str) -> None:
    assert 0 <= node.span.start <= node.span.end <= len(source)
    for at, char in enumerate(node.text):
        origin = node.source_offset(at)
        there = source[origin : origin + 1]
        # An entity stands for its character, a line end for a space.
        assert there == char or there == "&" or (char == " " and there == "\n")


@given(_PIECES)
@settings(max_examples=300, deadline=None)
def test_sure_paragraphs_are_those_of_commonmark(pieces: list[str]) -> None:
    """The rule for lines of prose finds what all the other rules would have found."""
    text = _number(pieces)
    short: dict[str, object] = {}
    long: dict[str, object] = {}
    found = grammar.parse_blocks(text, short)
    rules = grammar.make_parser().block.ruler
    rules.disable("sure")
    try:
        assert found == grammar.parse_blocks(text, long)
    finally:
        rules.enable("sure")
    assert short == long


# Whole blocks as novels have them, and what may stand open over blank lines.
_BLOCKS = st.lists(
    st.sampled_from(
        [
            *(
                "Prose.",
                "“Speech.”",
                "Two\nlines.",
                "Two  \nlines.",
                "> One  \n> two.",
                "A\n1",
                "# Title",
                "## Title {.x}",
                "# A #",
                "***",
            ),
            *("- - -", "---", "> Quoted.", "> One.\n>\n> Two.", "> One\nlazy.", ">", "> - x"),
            *("- item", "  more", "    code", "```", "~~~", "::: letter", ":::", "<!--", "-->"),
            *("[a]: /b", "[^1]: Note.", "Mark[^1] and [a].", "| verse", "{.letter}", "<b>x</b>"),
            *("Two  \nlines.", "> One  \n> two.", "A\n1"),
            *("5th", "> 12", "1) one", "(1) One", "... and", "*A* b", "**A**", "_A_", "* A", "é"),
            *("1. one", "a|b\n-|-\n1|2", "\u00a0", "Tail  ", " # T", "===", "#", "# T\nProse"),
        ]
    ),
    max_size=12,
)
_GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n"])


@given(_BLOCKS, _GAPS, st.integers(0, 2))
@settings(max_examples=400, deadline=None)
def test_what_is_read_at_sight_is_what_commonmark_says(
    blocks: list[str], gap: str, skip: int
) -> None:
    text = "x\n" * skip + gap.join(blocks)
    env: dict[str, Any] = {}
    tokens = scan.scan_blocks(text, skip, env)
    whole: dict[str, Any] = {}
    wanted = grammar.parse_blocks("\n" * skip + "\n".join(text.split("\n")[skip:]), whole)
    lines = text.split("\n")
    assert _blocks(tokens, lines) == _blocks(wanted, lines)
    assert _defined(env) == _defined(whole)


def _defined(env: dict[str, Any]) -> object:
    links = {name: link["href"] for name, link in env.get("references", {}).items()}
    return links, env.get("footnotes")


_NAMES = {"prose": "paragraph_open", "title": "heading_open"}


def _blocks(tokens: Sequence[Any], lines: Sequence[str]) -> list[object]:
    """What of tokens makes a book: kinds, lines (no blank ones at the end), contents."""
    found: list[object] = []
    for number, token in enumerate(tokens):
        if token.type in ("inline", "paragraph_close", "heading_close"):
            continue
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        name = _NAMES.get(token.type, token.type)
        own = token.type in _NAMES or name not in ("paragraph_open", "heading_open")
        content = token.content if own or after is None else after.content
        tag = token.tag if name == "heading_open" else ""
        extent = None if name.endswith("_close") else list(token.map or ())
        while extent and extent[1] > extent[0] + 1 and not lines[extent[1] - 1].strip(" \t"):
            extent[1] -= 1
        found.append((name, tag, extent, content, token.info, dict(token.attrs)))
    return found


_PROSE = st.text(alphabet="ab* \n.,'\"(—é“)-’", max_size=24)


@given(_PROSE)
@settings(max_examples=600, deadline=None)
def test_short_way_reads_as_commonmark_does(text: str) -> None:
    text = re.sub(r"( {2,})?[ \n]*\n[ \n]*", r"\1\n", text).strip()
    place = Place(text, 0, (0,), (0,))
    reader = InlineReader({}, lambda diagnostic: None)
    assert _flat(reader.read(place)) == _flat(build_inlines(reader, place, parse_inlines(text, {})))


def _flat(inlines: Inlines) -> list[object]:
    return [_shape(node) for node in inlines]


def _shape(node: Inline) -> object:
    if isinstance(node, Text):
        return node.text, node.span, node.shifts
    return type(node).__name__, node.span, _flat(getattr(node, "children", ()))
