"""What holds for every Markdown text: nothing lost, places true, short way and long way equal."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.model.blocks import Figure
from bookforge.model.inlines import Image, Inline, Inlines, Text
from bookforge.model.walk import inline_runs, leaves
from bookforge.readers.markdown import grammar
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


_PROSE = st.text(alphabet="ab* \n.,'\"(—é“)-’", max_size=24)


@given(_PROSE)
@settings(max_examples=600, deadline=None)
def test_short_way_reads_as_commonmark_does(text: str) -> None:
    text = re.sub(r"[ \n]*\n[ \n]*", "\n", text).strip()
    place = Place(text, 0, (0,), (0,))
    reader = InlineReader({}, lambda diagnostic: None)
    assert _flat(reader.read(place)) == _flat(build_inlines(reader, place, parse_inlines(text, {})))


def _flat(inlines: Inlines) -> list[object]:
    return [_shape(node) for node in inlines]


def _shape(node: Inline) -> object:
    if isinstance(node, Text):
        return node.text, node.span
    return type(node).__name__, node.span, _flat(getattr(node, "children", ()))
