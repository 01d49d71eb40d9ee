"""A book set by two processes is the book set by one."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.mate import Line
from bookforge.model.document import Document, SectionKind
from bookforge.model.inlines import Emphasis
from bookforge.typeset import halves, layout
from bookforge.typeset.dump import dump
from bookforge.typeset.layout import LaidOut, lay_out
from tests.typeset.making import (
    HERE,
    METADATA,
    SENTENCE,
    book,
    chapter,
    context,
    front,
    paragraph,
    printed,
    text,
)

_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")


@pytest.mark.parametrize(
    ("sizes", "stretch"),
    [
        ([100, 100, 100, 100], range(2, 4)),
        ([0, 100, 100, 100, 0, 100], range(2, 4)),
        ([100, 0, 60, 60, 0], range(2, 4)),
        ([900, 100, 100], range(1, 3)),
        ([1000], range(0)),
        ([10, 10, 10], range(0)),
        ([], range(0)),
    ],
)
def test_half_of_the_longest_run_is_given_away(
    sizes: list[int], stretch: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halves, "LEAST", 80)
    found = halves.choose(sizes)
    assert [*found] == [*stretch]


@pytest.fixture
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores, and short books that are long enough."""
    monkeypatch.setattr(halves, "LEAST", 1_000)
    monkeypatch.setattr("bookforge.mate.may_hire", lambda: True)
    monkeypatch.setattr(layout, "may_hire", lambda: True)


def _novel() -> Document:
    turned = paragraph("It was, ", Emphasis((text("never"),), HERE), ", the end.")
    chapters = [
        chapter(*[SENTENCE * (2 + number % 5)] * 12, turned, label=str(number), title="On")
        for number in range(1, 8)
    ]
    chapters[5] = chapter(*[SENTENCE * 3] * 9, label="6", id="six")
    return book(front(SectionKind.TITLE_PAGE), *chapters)


def _lay(document: Document, made: Context, hired: list[range]) -> LaidOut:
    usual = layout.give

    def give(stretch: range, work: Callable[[Line], None]) -> halves.Half | None:
        hired.append(stretch)
        return usual(stretch, work)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "give", give)
        return lay_out(document, METADATA, made, lambda pages: dump(pages).encode())


@_LINUX
@pytest.mark.usefixtures("_ready")
@pytest.mark.parametrize("opens", ["any", "recto"])
def test_two_set_what_one_sets(opens: str) -> None:
    made = context(printed(chapters_open=opens))
    hired: list[range] = []
    by_two = _lay(_novel(), made, hired)
    by_one = lay_out(_novel(), METADATA, made)
    assert hired
    assert by_two.pages == by_one.pages
    assert by_two.layout.outline == by_one.layout.outline
    ahead = by_two.layout.ahead
    assert ahead is not None
    painted = ahead.fetch()
    # Whoever asks for the lines of a chapter that was given away gets them.
    whole = dump(by_one.layout)
    assert dump(by_two.layout) == whole
    given = [page for page in by_one.layout.pages if page.number in ahead.numbers]
    alone = [replace(page, number=at) for at, page in enumerate(given, 1)]
    assert painted == dump(replace(by_one.layout, pages=alone)).encode()


@_LINUX
@pytest.mark.usefixtures("_ready")
def test_what_a_mate_leaves_undone_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(layout, "_set_stretch", fail)
    by_two = _lay(_novel(), context(), hired := [])
    by_one = lay_out(_novel(), METADATA, context())
    assert hired
    assert by_two.layout.ahead is not None
    assert by_two.layout.ahead.fetch() is None
    assert dump(by_two.layout) == dump(by_one.layout)


@pytest.mark.usefixtures("_ready")
def test_characters_from_other_faces_are_set_here() -> None:
    document = book(*[chapter(SENTENCE * 40, "A ༀ.", label=str(n)) for n in range(4)])
    _lay(document, context(), hired := [])
    assert not hired
