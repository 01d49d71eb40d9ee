"""The compiled painting of pages against the Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.fonts.find import find_family
from bookforge.kernel import pure
from bookforge.render.pdf import paint
from bookforge.render.pdf.paint import Fragments, Painter, Part
from bookforge.typeset.frames import (
    Begin,
    End,
    Highlight,
    Item,
    Mark,
    Page,
    Phrase,
    Rule,
    Shaped,
    Tag,
    TextLine,
)

PURE = pure(Fragments)

if PURE is None:
    pytest.skip("the kernel is not built", allow_module_level=True)

FAMILY = find_family("EB Garamond", Path())
FACES = (FAMILY.regular, FAMILY.italic)
HEIGHT = 612.0


class PurePainter(Painter):
    paint = pure(Painter.paint)


# What a glyph stands for: a letter mostly, two for a ligature, nothing inside a cluster.
LETTERS = st.one_of(st.characters(codec="utf-8"), st.sampled_from(["a", "-", "fi", "", "\u2010"]))
KERNS = st.sampled_from([0.0, 0.0, 0.0, -20.0, 15.0, 0.004, -0.001, 33.333, 2.675])
SHIFTS = st.sampled_from([0.0, 0.0, 12.5, -40.0])


@st.composite
def words(draw: st.DrawFn) -> Shaped:
    glyphs = tuple(draw(st.lists(st.integers(0, 300), min_size=1, max_size=9)))
    texts: Sequence[str] = [draw(LETTERS) for _ in glyphs]
    texts = "".join(texts) if all(len(text) == 1 for text in texts) else tuple(texts)
    naturals = tuple(draw(st.sampled_from([250.0, 412.5, 500.0])) for _ in glyphs)
    advances = tuple(width + draw(KERNS) for width in naturals) if draw(st.booleans()) else naturals
    lifted = draw(st.integers(0, 9)) == 0
    offsets = tuple((draw(SHIFTS), draw(SHIFTS)) for _ in glyphs) if lifted else ()
    face = draw(st.sampled_from([FACES[0], FACES[0], FACES[0], FACES[1]]))
    return Shaped(face, glyphs, advances, naturals, texts, sum(advances), offsets)


PHRASES = tuple(Phrase(Tag.SPAN) for _ in range(3))
PLACES = st.one_of(st.floats(-20.0, 500.0), st.sampled_from([36.0, 36.0, 0.0, 40.0005]))


@st.composite
def lines(draw: st.DrawFn, known: Sequence[Shaped]) -> TextLine:
    chosen = tuple(draw(st.lists(st.sampled_from(known), max_size=8)))
    count = len(chosen)
    joined = draw(st.frozensets(st.integers(1, 8), max_size=3)) if draw(st.booleans()) else ()
    cuts = sorted(draw(st.sets(st.integers(0, count), max_size=4))) if draw(st.booleans()) else []
    marks = [Mark(*cut, PHRASES[number]) for number, cut in enumerate(pairwise(cuts))]
    return TextLine(
        draw(PLACES),
        draw(PLACES),
        draw(st.sampled_from([10.5, 10.5, 8.0])),
        chosen,
        draw(st.floats(0.5, 9.0)),
        draw(st.sampled_from([1.0, 1.0, 0.9871234, 1.02])),
        frozenset(joined),
        draw(st.sampled_from(["", " ", "\u00ad"])),
        draw(st.sampled_from([0.0, 0.0, 0.4])),
        draw(st.sampled_from([0.0, 0.0, 3.1])),
        tuple(marks),
    )


@st.composite
def pages(draw: st.DrawFn) -> list[Page]:
    known = draw(st.lists(words(), min_size=1, max_size=12))
    begin = Begin(Tag.PARAGRAPH, draw(st.integers(0, 3)))
    other = st.sampled_from(
        [
            begin,
            End(),
            Rule(36.0, 100.0, 30.5, 0.4),
            Highlight(1.0, 2.0, 3.25, 4.0, (1.0, 0.9, 0.5)),
        ]
    )
    made = []
    for number in range(draw(st.integers(1, 2))):
        items: list[Item] = []
        depth = 0
        for item in draw(st.lists(st.one_of(lines(known), lines(known), other), max_size=9)):
            depth += isinstance(item, Begin) - isinstance(item, End)
            if depth >= 0:
                items.append(item)
            depth = max(depth, 0)
        made.append(Page(number, "", True, items))
    return made


def paint_all(painter: Painter, made: list[Page]) -> tuple[list[list[Part]], list[object]]:
    painted = [painter.paint(page) for page in made]
    return painted, [(font.key, font.name, [*font.codes.items()]) for font in painter.fonts]


@given(pages())
def test_both_paint_alike(made: list[Page]) -> None:
    assert PURE is not None
    found = paint_all(Painter(HEIGHT, FACES), made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paint, "Fragments", PURE)
        expected = paint_all(PurePainter(HEIGHT, FACES), made)
    assert found == expected


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-4, 40.0), st.floats(0.0, 100.0))
def test_both_write_numbers_alike(x: float, y: float, scale: float, space: float) -> None:
    assert PURE is not None
    glyph = Shaped(FACES[0], (5,), (250.0,), (250.0,), "a", 250.0)
    items = [TextLine(at, y, 10.0, (glyph, glyph), space, scale, grey=scale) for at in (x, 0.0, x)]
    made = [Page(1, "", True, items)]
    found = paint_all(Painter(HEIGHT, FACES), made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paint, "Fragments", PURE)
        assert found == paint_all(PurePainter(HEIGHT, FACES), made)


def test_words_forgotten_are_written_again() -> None:
    """More words than are kept at once."""
    made = [
        Shaped(FACES[0], (at % 300, at % 7), (250.0, 250.0), (250.0, 250.0), "ab", 500.0)
        for at in range(24_100)
    ]
    fragments = Fragments(Painter(HEIGHT)._embed(FACES[0]), 10.0)
    written = [fragments[word] for word in made]
    assert len(fragments) == 100
    assert [fragments[word] for word in made[:300]] == written[:300]
