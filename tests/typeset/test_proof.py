"""What is not perfect: found, placed, and marked in the proof."""

from __future__ import annotations

from bookforge.typeset.dump import describe
from bookforge.typeset.faults import Finding
from bookforge.typeset.frames import Highlight, TextLine
from bookforge.typeset.proof import mark
from tests.typeset.making import SENTENCE, book, chapter, lay, printed

WIDE = {"trim": "4.25x6.87", "font-size": 13}


def narrow() -> dict[str, object]:
    """Long words without hyphens in a narrow measure: something must give."""
    return {**printed(**WIDE), "style": {"hyphenate": False, "glyph-scaling": 0, "drop-cap": False}}


LONG = "Unquestionably extraordinary circumstances notwithstanding, gentlemen. "


def test_loose_lines_are_found_with_their_place() -> None:
    laid = lay(book(chapter(LONG * 8, id="one")), narrow())
    found = [one for one in laid.inspect() if one.kind == "loose-line"]
    assert found
    assert all(one.line is not None and one.span is not None for one in found)


def test_a_word_over_itself_is_a_stack() -> None:
    words = "and " * 60
    laid = lay(book(chapter(words, id="one")), narrow())
    assert "stack" in {one.kind for one in laid.inspect()}


def test_a_good_page_has_nothing_to_say() -> None:
    laid = lay(book(chapter(SENTENCE * 4, id="one")))
    assert [
        one.kind for one in laid.inspect() if one.kind in ("loose-line", "widow", "river")
    ] == []


def test_marks_lie_behind_their_lines() -> None:
    laid = lay(book(chapter(LONG * 8, id="one")), narrow())
    found = next(one for one in laid.inspect() if one.kind == "loose-line")
    (page,) = [one for one in mark(laid, [found], numbers=False).pages if one.number == found.page]
    (field,) = [item for item in page.items if isinstance(item, Highlight)]
    baselines = [item.y for item in page.items if isinstance(item, TextLine) and item.size == 13]
    assert any(field.y < y < field.y + field.height for y in baselines)
    beside = [item for item in page.items if isinstance(item, TextLine) and item.size == 6]
    assert ["".join(item.words[0].texts) for item in beside] == ["loose", "line"]


def test_every_fifth_line_is_numbered() -> None:
    laid = lay(book(chapter(SENTENCE * 30, id="one")))
    pages = list(mark(laid, (), numbers=True).pages)
    numbers = [
        "".join(item.words[0].texts)
        for item in pages[1].items
        if isinstance(item, TextLine) and item.size == 6.5
    ]
    assert numbers[:3] == ["5", "10", "15"]


def test_a_fault_of_the_whole_page_is_marked_under_it() -> None:
    laid = lay(book(chapter(SENTENCE * 4, id="one")))
    page = next(iter(mark(laid, [Finding("uneven-pages", 1, None)], numbers=False).pages))
    (field,) = [item for item in page.items if isinstance(item, Highlight)]
    lowest = max(item.y for item in page.items if isinstance(item, TextLine) and item.size == 11)
    assert field.y > lowest


def test_the_pages_themselves_stay_as_they_are() -> None:
    laid = lay(book(chapter(SENTENCE * 10, id="one")))
    for plain, marked in zip(laid.layout.pages, mark(laid, (), numbers=True).pages, strict=True):
        own = marked.items[len(marked.items) - len(plain.items) :]
        assert list(map(describe, own)) == list(map(describe, plain.items))
