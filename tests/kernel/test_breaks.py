"""Breaks listed and chosen by the kernel are those that the Python lists and chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from bookforge.typeset.items import row_hyphens, row_joined, row_words
from bookforge.typeset.linebreak import Breaks, Manner, break_evenly
from bookforge.typeset.shape import Box
from tests.kernel.twins import lay_breaks, twins

_WIDTHS = st.floats(0.0, 90.0)
_POINTS = st.one_of(
    st.none(),
    st.lists(
        st.tuples(st.integers(1, 20), st.floats(0.0, 80.0)), max_size=3, unique_by=lambda p: p[0]
    )
    .map(sorted)
    .map(tuple),
)


@dataclass(slots=True)
class Word:
    """What the kernel looks at in a `Box`."""

    width: float
    left: float
    right: float
    hyphen: float
    text: str
    points: Any


def _words() -> st.SearchStrategy[Word]:
    texts = st.sampled_from(["word", "well-", "bee\u2010", "x", "(a)"])
    edges = st.floats(0.0, 5.0)
    return st.builds(Word, _WIDTHS, edges, edges, edges, texts, _POINTS)


def _boxes(words: Sequence[Word]) -> list[Box]:
    return cast("list[Box]", list(words))


def _copy(words: Sequence[Word]) -> list[Box]:
    """Boxes whose points are not yet asked for, again."""
    return _boxes([Word(w.width, w.left, w.right, w.hyphen, w.text, w.points) for w in words])


def _plain(value: Any) -> Any:
    """Arrays as lists, within tuples too."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value if value is None else list(value)


@given(st.lists(_words(), min_size=1, max_size=30), _WIDTHS, st.floats(-20.0, 20.0))
def test_words_are_listed_alike(words: list[Word], space: float, first: float) -> None:
    compiled, python = twins(row_words)
    args = _boxes(words), space, first
    assert _plain(compiled(*args)) == _plain(python(*args))


@given(st.lists(st.tuples(_words(), st.integers(0, 5)), min_size=1, max_size=30), _WIDTHS)
def test_joined_words_are_listed_alike(words: list[tuple[Word, int]], space: float) -> None:
    compiled, python = twins(row_joined)
    afters = bytes(join for _, join in words)
    args = _boxes([word for word, _ in words]), afters, space, 0.0
    assert _plain(compiled(*args)) == _plain(python(*args))


@given(
    st.lists(st.tuples(_words(), st.integers(0, 5)), min_size=1, max_size=30),
    st.floats(0.0, 9.0),
    st.floats(0.0, 30.0),
    st.floats(20.0, 300.0),
)
def test_hyphens_are_listed_alike(
    words: list[tuple[Word, int]], space: float, lead: float, measure: float
) -> None:
    compiled, python = twins(row_hyphens)
    boxes = [word for word, _ in words]
    afters = bytes(join for _, join in words)
    known, places = (twins(row_joined)[1])(_boxes(boxes), afters, space, -lead)

    def find(box: Box) -> tuple[tuple[int, float], ...]:
        return ((2, box.width / 3), (4, box.width / 2))

    results = [
        list_hyphens(_copy(boxes), afters, space, lead, measure, known, places, find)
        for list_hyphens in (compiled, python)
    ]
    assert _plain(results[0]) == _plain(results[1])


@st.composite
def _breaks(draw: st.DrawFn) -> Breaks:
    """Breaks as paragraphs have them, and some as none has."""
    words = draw(st.lists(st.tuples(st.floats(0.0, 60.0), st.integers(0, 2)), min_size=1))
    space = draw(st.sampled_from([0.0, 2.5, 3.0]))
    rows = [(width, 2.0 if hyphen else 0.0, hyphen) for width, hyphen in words]
    return lay_breaks(rows, space, draw(st.floats(-15.0, 0.0)))


@given(
    _breaks(),
    st.floats(20.0, 400.0),
    st.sampled_from([0.4, 0.6, 1.4, 4.0]),
    st.sampled_from([0.0, 0.02]),
    st.sampled_from([0.25, 0.32]),
    st.floats(0.0, 60.0),
    st.sampled_from([float("inf"), 200.0]),
)
def test_the_same_breaks_are_chosen(
    breaks: Breaks,
    measure: float,
    tolerance: float,
    flex: float,
    tight: float,
    runt: float,
    brim: float,
) -> None:
    compiled, python = twins(break_evenly)
    manner = Manner(3.0, flex, runt, tight, brim)
    chosen = compiled(breaks, measure, tolerance, manner)
    assert chosen == python(breaks, measure, tolerance, manner)
