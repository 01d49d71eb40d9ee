"""The words on the pages are the words of the manuscript, once and in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.contracts import BEFORE, END
from bookforge.diagnostics import Diagnostic
from bookforge.fonts.face import Family
from bookforge.fonts.find import find_family
from bookforge.model.blocks import (
    Block,
    Heading,
    ListBlock,
    ListItem,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Verse,
    VerseLine,
)
from bookforge.model.document import Note, Section, SectionKind
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    SmallCaps,
    Strong,
)
from bookforge.model.walk import inline_runs, plain, stream
from bookforge.typeset import shape
from bookforge.typeset.dump import dump, page_words
from bookforge.typeset.faces import SUPERIOR, Face
from bookforge.typeset.layout import lay_out
from bookforge.typeset.press import Press, Voice
from tests.typeset.making import (
    HERE,
    METADATA,
    SENTENCE,
    book,
    chapter,
    context,
    lay,
    note_mark,
    paragraph,
    printed,
    table,
    text,
)

WORD = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzABCDE“”’—-…,.?!fiflſéΩж1234567890", min_size=1, max_size=14
)
WORDS = st.lists(WORD, min_size=1, max_size=60).map(" ".join)


def wrap(kind: int, words: str) -> Inline:
    inner = (text(words),)
    kinds: tuple[Inline, ...] = (
        text(words),
        Emphasis(inner, HERE),
        Strong(inner, HERE),
        SmallCaps(inner, HERE),
        Code(words, HERE),
        Foreign("fr", inner, HERE),
        Link("https://example.org", inner, HERE),
    )
    return kinds[kind]


INLINES = st.lists(st.tuples(st.integers(0, 6), WORDS), min_size=1, max_size=4).map(
    lambda parts: tuple(wrap(kind, words) for kind, words in parts)
)


def make_block(kind: int, inlines: tuple[Inline, ...]) -> Block:
    inner = paragraph(*inlines)
    lines = (VerseLine(inlines, HERE), VerseLine(inlines, HERE, 1))
    kinds: tuple[Block, ...] = (
        inner,
        inner,
        inner,
        Heading(1 + len(inlines) % 3, inlines, HERE),
        Quote((inner, inner), HERE, list(QuoteRole)[len(inlines) % len(QuoteRole)]),
        Verse((lines, lines), HERE),
        ListBlock((ListItem((inner,), HERE),) * 2, HERE),
        SceneBreak(HERE, "* * *"),
        SceneBreak(HERE),
        paragraph(*inlines, LineBreak(HERE), *inlines),
        table([[(), inlines], [inlines, inlines], [inlines, ()]], heads=1, caption=inlines),
        table([[inlines] * (1 + len(inlines))] * 3, heads=len(inlines) % 2),
    )
    return kinds[kind]


BLOCKS = st.lists(st.builds(make_block, st.integers(0, 11), INLINES), min_size=1, max_size=8)


def expected(section: Section) -> list[str]:
    words = section.label.split() + plain(section.title).split()
    for run in inline_runs(section.blocks):
        words += plain(run).split()
    return words


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.sampled_from(["A5", "4x6", "5.5x8.5"]))
def test_words_once_and_in_order(blocks: list[Block], trim: str) -> None:
    section = chapter(*blocks, label="Chapter 1", title="A title of some words")
    laid = lay(book(section), printed(trim=trim))
    words = "".join(page_words(laid.layout.pages)).replace("•", "")
    assert words == "".join(expected(section)).replace("•", "")


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_page_starts_point_at_words(paragraphs: list[str]) -> None:
    section = chapter(*paragraphs, label="1")
    laid = lay(book(section), printed(trim="4x6"))
    whole = "".join(node.text for node in stream(section.blocks))
    offsets = [start.offset for start in laid.pages.starts]
    assert offsets == sorted(offsets)
    for offset in offsets:
        assert offset in (BEFORE, 0, END) or not whole[offset].isspace()


def test_notes_stand_on_the_page_of_their_mark() -> None:
    note = Note("n", (paragraph("The note at the foot of the page."),), HERE, 1)
    section = chapter(paragraph("Before", note_mark("n", 1), " after. " + SENTENCE * 3), label="1")
    pages = list(lay(book(section, notes=[note])).layout.pages)
    words = page_words(pages)
    assert words[:3] == ["1", "Before1", "after."]
    assert words[-8:] == ["The", "note", "at", "the", "foot", "of", "the", "page."]


def test_a_long_note_goes_on_on_the_next_page() -> None:
    note = Note("n", (paragraph(SENTENCE * 60),), HERE, 1)
    section = chapter(paragraph("A mark", note_mark("n", 1), ". " + SENTENCE * 4), label="1")
    laid = lay(book(section, notes=[note]), printed(trim="A6"))
    words = page_words(laid.layout.pages)
    assert words.count("lantern") == 64
    assert laid.pages.pages >= 4


def test_a_page_start_after_a_drop_cap_and_hyphens_is_exact() -> None:
    section = chapter(*[SENTENCE * 5 for _ in range(20)], label="1")
    laid = lay(book(section), printed(trim="4x6"))
    whole = "".join(node.text for node in stream(section.blocks))
    for page, start in zip(laid.layout.pages, laid.pages.starts, strict=True):
        if not page.blank:
            first = page_words([page])[1 if start.offset == BEFORE else 0]
            rest = whole[max(start.offset, 0) :]
            assert rest.startswith(first[:1]), (first, rest[:20])


def test_every_page_begins_somewhere() -> None:
    part = chapter(label="Part One", kind=SectionKind.PART)
    chapters = [chapter(SENTENCE * 9, label=label) for label in "12"]
    laid = lay(book(part, *chapters), printed(chapters_open="recto"))
    pages = [("" if page.blank else page.label) for page in laid.layout.pages]
    starts = [(start.label, start.section, start.offset) for start in laid.pages.starts]
    assert pages == ["1", "", "3", "", "5", ""]
    assert starts == [
        ("1", 0, BEFORE), ("2", 1, BEFORE), ("3", 1, BEFORE), ("4", 2, BEFORE),
        ("5", 2, BEFORE), ("6", 2, END),
    ]  # fmt: skip


def test_unknown_characters_are_drawn_and_reported() -> None:
    found: list[Diagnostic] = []
    document = book(chapter("A strange \U0001f9ff and again \U0001f9ff here.", label="1"))
    laid = lay_out(document, METADATA, context(found=found))
    assert "\U0001f9ff" in page_words(laid.layout.pages)
    (report,) = found
    assert report.code in ("F010", "F011")
    assert "2 times" in report.message
    assert report.span is not None and report.span.start == 10


def test_characters_of_one_script_are_reported_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "find_fallback", lambda letter: None)
    found: list[Diagnostic] = []
    lay_out(book(chapter("One ༀ, སེམས་ཅན ཐམས then ⠿.", label="1")), METADATA, context(found=found))
    messages = [one.message for one in found if one.code == "F010"]
    assert len(messages) == 2
    together = next(message for message in messages if "U+0F" in message)
    assert "ༀ (U+0F00), " in together
    assert " and 2 more, 10 times; boxes" in together


def test_the_same_book_twice() -> None:
    document = book(chapter(*[SENTENCE * 3] * 12, label="Chapter 1", title="One"))
    assert dump(lay(document).layout) == dump(lay(document).layout)


def test_typewriter_lines_are_kept() -> None:
    block = Preformatted("10 PRINT\n   20 GOTO 10\n\nEND", HERE)
    words = page_words(lay(book(chapter(block, label="1"))).layout.pages)
    assert words == ["1", "10", "PRINT", "20", "GOTO", "10", "END"]


def test_sections_for_other_outputs_are_left_out() -> None:
    other = chapter("Only for the screen.", label="2", editions=("epub",))
    words = page_words(lay(book(chapter("Here.", label="1"), other)).layout.pages)
    assert words == ["1", "Here."]


def test_kinds_of_sections_are_all_set() -> None:
    for kind in SectionKind:
        laid = lay(book(chapter("Some words.", title="Title", kind=kind, id="s")))
        assert laid.pages.pages >= 0


def test_a_face_without_superior_figures_lifts_small_ones() -> None:
    italic = find_family("EB Garamond", Path()).italic
    plain_face = Press(Family("x", italic, italic, italic, italic), None, True)
    assert plain_face.speak(Voice(10.0, superior=True)).fount.features == SUPERIOR
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Face, "has", lambda face, feature, letter: False)
        fount = Press(plain_face.family, None, True).speak(Voice(10.0, superior=True)).fount
    assert fount.size < 7 and fount.rise > 3


def test_spaces_that_do_not_break_stand_between_faces() -> None:
    nobreak = "\u00a0"
    parts = (f"A.S.{nobreak}", Emphasis((text("Walw-ian"),), HERE), nobreak, "and")
    laid = lay(book(chapter(paragraph(*parts, f" {nobreak}so on."), label="1")))
    assert page_words(laid.layout.pages)[-5:] == ["A.S.", "Walw-ian", "and", "so", "on."]
