"""Numbers of notes; notes and marks that miss each other."""

from __future__ import annotations

from bookforge.diagnostics import Span
from bookforge.model.blocks import Paragraph
from bookforge.model.document import Document, Section, SectionKind
from bookforge.model.inlines import NoteRef
from bookforge.model.walk import inline_runs, leaves, plain
from bookforge.passes import notes
from tests.passes.books import Desk


def _numbers(document: Document) -> list[int]:
    return [
        node.number
        for section in document.sections
        for run in inline_runs(section.blocks)
        for node in leaves(run)
        if isinstance(node, NoteRef)
    ]


def _number(desk: Desk, text: str) -> Document:
    return notes.number(desk.read(text), desk.context)


def test_numbers_follow_the_text_not_the_definitions() -> None:
    document = _number(Desk(), "A.[^b] B.[^a]\n\n[^a]: First.\n\n[^b]: Second.\n")
    assert _numbers(document) == [1, 2]
    assert [note.id for note in document.notes] == ["b", "a"]


def test_numbers_begin_anew_in_every_chapter() -> None:
    text = (
        "# Chapter 1\n\nA.[^1] B.[^2]\n\n# Chapter 2\n\nC.[^3]\n\n[^1]: a\n\n[^2]: b\n\n[^3]: c\n"
    )
    document = _number(Desk(), text)
    assert _numbers(document) == [1, 2, 1]
    assert [note.number for note in document.notes] == [1, 2, 1]


def test_a_note_marked_in_two_chapters_keeps_one_number() -> None:
    text = "# Chapter 1\n\nA.[^1] B.[^2]\n\n# Chapter 2\n\nC.[^3] D.[^1]\n\n"
    text += "[^1]: a\n\n[^2]: b\n\n[^3]: c\n"
    assert _numbers(_number(Desk(), text)) == [1, 2, 3, 1]


def _note_words(document: Document) -> list[str]:
    return [" / ".join(plain(run) for run in inline_runs(note.blocks)) for note in document.notes]


def test_a_note_to_a_note_is_put_into_it() -> None:
    desk = Desk()
    text = "A.[^1] B.[^2]\n\n[^1]: a *x[^in]*\n\n[^2]: b\n\n[^in]: inner\n"
    document = _number(desk, text)
    assert _note_words(document) == ["a x [inner]", "b"]
    assert _numbers(document) == [1, 2]
    assert desk.codes == []


def test_a_long_note_to_a_note_stands_behind_it() -> None:
    text = "A.[^1]\n\n[^1]: a[^in]\n\n[^in]: inner\n\n    more\n"
    assert _note_words(_number(Desk(), text)) == ["a / inner / more"]


def test_notes_that_lead_to_each_other_end_somewhere() -> None:
    text = "A.[^1]\n\n[^1]: a[^2]\n\n[^2]: b[^3]\n\n[^3]: c[^2]\n"
    assert _note_words(_number(Desk(), text)) == ["a [b [c[2]]]"]


def test_a_note_without_a_mark_is_kept_and_reported() -> None:
    desk = Desk()
    document = _number(desk, "# Chapter 1\n\nA.\n\n[^x]: Lost words.\n\n# Chapter 2\n\nB.\n")
    assert desk.codes == ["S081"]
    assert document.notes == ()
    runs = inline_runs(document.sections[0].blocks)
    assert [plain(run) for run in runs] == ["A.", "Lost words."]


def test_a_kept_note_never_lands_on_a_made_page() -> None:
    desk = Desk(settings={"book": {"author": "Ann", "also_by": ["Land"]}})
    document = desk.arrange("# Chapter 1\n\nA.\n\n[^x]: Lost words.\n\n# Chapter 2\n\nB.\n")
    document = notes.number(document, desk.context)
    holding = [
        section.label
        for section in document.sections
        if "Lost words." in [plain(run) for run in inline_runs(section.blocks)]
    ]
    assert holding == ["Chapter 1"]


def test_a_mark_without_a_note_is_kept_and_reported() -> None:
    desk = Desk()
    span = Span(desk.sources.add(desk.folder / "a", "A.").id, 0, 2)
    section = Section(SectionKind.TEXT, (), (Paragraph((NoteRef("x", span),), span),), span)
    document = notes.number(Document((section,), "en"), desk.context)
    assert desk.codes == ["S080"]
    assert plain(next(inline_runs(document.sections[0].blocks))) == "[x]"


def test_a_book_without_notes_is_left_alone() -> None:
    desk = Desk()
    document = desk.read("A.")
    assert notes.number(document, desk.context) is document
