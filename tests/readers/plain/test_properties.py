"""What must not change the headings: encoding, wrapping, line ends, other prose, trap lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.model.inlines import Text
from bookforge.model.walk import inline_runs, leaves
from bookforge.readers.plain import read_plain
from bookforge.source import SourceMap
from tests.readers.plain.reading import Read, context, read

_WORDS = ("salt", "lock", "map", "bees", "the", "a", "of", "quay", "lamp", "never", "boat", "was")


def _sentence(seed: int) -> str:
    """A sentence of 15 to 45 words, each by its seed."""
    count = 15 + seed % 31
    words = [_WORDS[(seed * (n + 3) + n * n) % len(_WORDS)] for n in range(count)]
    return " ".join(words).capitalize() + "."


_BODY = st.lists(st.integers(1, 10_000), min_size=3, max_size=6).map(
    lambda seeds: [_sentence(seed) for seed in seeds]
)
_FORMS = st.sampled_from(
    [
        "Chapter {n}",
        "CHAPTER {r}",
        "{r}.",
        "{n}",
        "Chapter {n}: The Door",
        "{r}. THE MAP",
        "Volume 2, Chapter {n}: The Door",
        "Tape {n}",
        "Hive 3.{n}",
        "{n}. Night and Day",
        "* {n} *",
        "Kapitel {n}",
    ]
)
_TRAPS = st.sampled_from(
    [
        "I",
        "NOW!",
        "Chapter 11 was what the lawyers called it.",
        "1984 was the year.",
        "Part of me wanted to go.",
        "2. That was the number on the plate.",
        "GET OFF THE PLANKS!",
        "Prologue, my foot!",
        "10:42 Marta: are you there",
    ]
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def _headings(form: str, count: int) -> list[str]:
    return [form.format(n=n + 1, r=_ROMAN[n]) for n in range(count)]


def _build(form: str, bodies: list[list[str]], width: int = 0) -> str:
    parts = []
    for heading, body in zip(_headings(form, len(bodies)), bodies, strict=True):
        prose = [textwrap.fill(line, width) if width else line for line in body]
        parts.append("\n\n".join([heading, *prose]))
    return "\n\n\n\n".join(parts) + "\n"


_BODIES = st.lists(_BODY, min_size=3, max_size=5)


@settings(max_examples=40, deadline=None)
@given(_FORMS, _BODIES)
def test_every_chapter_is_found_whatever_its_prose(form: str, bodies: list[list[str]]) -> None:
    assert len(read(_build(form, bodies)).headings) == len(bodies)


@settings(max_examples=40, deadline=None)
@given(_FORMS, _BODIES, st.integers(55, 90))
def test_wrapping_changes_nothing(form: str, bodies: list[list[str]], width: int) -> None:
    plain, wrapped = read(_build(form, bodies)), read(_build(form, bodies, width))
    assert wrapped.headings == plain.headings
    assert wrapped.letters() == plain.letters()


@settings(max_examples=40, deadline=None)
@given(_FORMS, _BODIES, _TRAPS, st.data())
def test_a_trap_adds_no_heading(
    form: str, bodies: list[list[str]], trap: str, data: st.DataObject
) -> None:
    before = read(_build(form, bodies)).headings
    place = data.draw(st.integers(0, len(bodies) - 1))
    bodies[place].insert(data.draw(st.integers(1, len(bodies[place]) - 1)), trap)
    assert read(_build(form, bodies)).headings == before


@settings(max_examples=20, deadline=None)
@given(_FORMS, _BODIES, st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]), st.booleans())
def test_the_encoding_changes_nothing(
    form: str, bodies: list[list[str]], encoding: str, windows: bool
) -> None:
    text = _build(form, bodies)
    data = (text.replace("\n", "\r\n") if windows else text).encode(encoding)
    assert _read_bytes(data).headings == read(text).headings


def _read_bytes(data: bytes) -> Read:
    from bookforge.source import decode, normalise

    sources = SourceMap()
    text, used = decode(data, Path("a.txt"), "auto", lambda found: None)
    file = sources.add(Path("a.txt"), normalise(text), used)
    return Read(read_plain([file], context(sources, [])), sources)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab AB.\n\n\n_*=#I1[]-\"'", max_size=300))
def test_nothing_is_lost_and_every_span_holds(text: str) -> None:
    book = read(text + "\nend")
    assert book.letters() == book.source_letters()
    for section in book.document.sections:
        for run in inline_runs(section.blocks):
            for node in leaves(run):
                if isinstance(node, Text):
                    _check_place(book, node)


def _check_place(book: Read, node: Text) -> None:
    source = book.sources[node.span.source].text
    for offset, char in enumerate(node.text):
        if not char.isspace():
            assert source[node.source_offset(offset)] == char
