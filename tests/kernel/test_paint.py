"""The compiled painting of pages against the Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.fonts.data import open_font
from bookforge.fonts.find import find_family
from bookforge.render.pdf import paint
from bookforge.render.pdf.fonts import EmbeddedFont
from bookforge.render.pdf.paint import Fragments, Painter
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
from tests.kernel.twins import twins

# In the second, hyphens of several kinds are one glyph.
FACES = tuple(find_family(name, Path()).regular for name in ("EB Garamond", "Source Serif 4"))
HEIGHT = 612.0


# Glyphs and what they stand for: a letter mostly, two in a ligature, nothing inside a cluster.
OWN = [
    [(open_font(face).get_nominal_glyph(ord(letter)), letter) for letter in "aeinrst-\u2010\u00ad,"]
    for face in FACES
]
LETTERS = st.one_of(st.characters(codec="utf-8"), st.sampled_from(["a", "-", "fi", "", "\u2010"]))
OTHERS = st.tuples(st.integers(0, 300), LETTERS)
KERNS = st.sampled_from([0.0, 0.0, 0.0, -20.0, 15.0, 0.004, -0.001, 33.333, 2.675])
SHIFTS = st.sampled_from([0.0, 0.0, 12.5, -40.0])


@st.composite
def words(draw: st.DrawFn) -> Shaped:
    which = draw(st.sampled_from([0, 0, 0, 1]))
    own = st.sampled_from(OWN[which])
    pairs = draw(st.lists(st.one_of(own, own, OTHERS), min_size=1, max_size=9))
    glyphs, texts = tuple(glyph for glyph, _ in pairs), tuple(text for _, text in pairs)
    plain = all(len(text) == 1 for text in texts)
    naturals = tuple(draw(st.sampled_from([250.0, 412.5, 500.0])) for _ in glyphs)
    advances = tuple(width + draw(KERNS) for width in naturals) if draw(st.booleans()) else naturals
    lifted = draw(st.integers(0, 9)) == 0
    offsets = tuple((draw(SHIFTS), draw(SHIFTS)) for _ in glyphs) if lifted else ()
    spelt = "".join(texts) if plain else texts
    return Shaped(FACES[which], glyphs, advances, naturals, spelt, sum(advances), offsets)


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
        draw(st.sampled_from(["", " ", "\u00ad"])) if count else "",
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


def paint_all(kind: type[Painter], made: list[Page]) -> object:
    """What a painter makes of pages, what it says they use, and the codes it handed out."""
    painter = kind(HEIGHT, FACES)
    painted, used = [], []
    for page in made:
        painted.append(painter.paint(page))
        used.append({font.key: codes for font, codes in painter.list_codes(page)})
    return painted, used, [(font.key, font.name, [*font.codes.items()]) for font in painter.fonts]


def paint_twice(made: list[Page]) -> tuple[object, object]:
    """What the kernel makes of pages, and the Python."""
    _, fragments = twins(Fragments)

    class Pure(Painter):
        paint = twins(Painter.paint)[1]
        list_codes = twins(Painter.list_codes)[1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paint, "Fragments", fragments)
        expected = paint_all(Pure, made)
    return paint_all(Painter, made), expected


@given(pages())
def test_both_paint_alike(made: list[Page]) -> None:
    found, expected = paint_twice(made)
    assert found == expected


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-4, 40.0), st.floats(0.0, 100.0))
def test_both_write_numbers_alike(x: float, y: float, scale: float, space: float) -> None:
    glyph = Shaped(FACES[0], (5,), (250.0,), (250.0,), "a", 250.0)
    items = [TextLine(at, y, 10.0, (glyph, glyph), space, scale, grey=scale) for at in (x, 0.0, x)]
    found, expected = paint_twice([Page(1, "", True, items)])
    assert found == expected


def test_words_forgotten_are_written_again() -> None:
    """More words than are kept at once."""
    twins(Fragments)
    made = [
        Shaped(FACES[0], (at % 300, at % 7), (250.0, 250.0), (250.0, 250.0), "ab", 500.0)
        for at in range(24_100)
    ]
    fragments = Fragments(EmbeddedFont(FACES[0], "F1"), 10.0)
    written = [fragments[word] for word in made]
    assert len(fragments) == 100
    assert [fragments[word] for word in made[:300]] == written[:300]
