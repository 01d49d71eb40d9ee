"""The settings of `[manuscript]` and the findings about structure."""

from __future__ import annotations

import textwrap

from bookforge.diagnostics import Diagnostic
from bookforge.model.blocks import Quote, QuoteRole, SceneBreak, Verse
from bookforge.model.document import Matter, SectionKind
from bookforge.readers.override import compile_pattern
from tests.readers.plain.reading import Read, read

_PROSE = (
    "The lock had been oiled, which nobody who lived in the house would have done. Marta put her "
    "palm flat on the door and felt it give a little, like the lid of a biscuit tin."
)


def _chapters(*names: str) -> str:
    return "\n\n\n".join(f"{name}\n\n{_PROSE}\n\n{_PROSE}" for name in names) + "\n"


def _book(*names: str, **manuscript: object) -> Read:
    return read(_chapters(*names), manuscript=manuscript)


def test_no_headings_on_request() -> None:
    book = _book("Chapter 1", "Chapter 2", headings="none")
    assert book.headings == []


def test_own_patterns() -> None:
    pattern = {"match": r"(?P<label>Log \d+): (?P<title>.+)", "level": 1}
    book = _book("Log 1: Salt", "Log 2: Sacks", headings="patterns", heading=[pattern])
    assert book.headings == [(1, "Log 1", "Salt"), (1, "Log 2", "Sacks")]


def test_a_false_heading_is_named() -> None:
    book = _book("Chapter 1", "Chapter 2", "Chapter 3", **{"not-a-heading": ["^Chapter 3"]})
    assert [label for _, label, _ in book.headings] == ["Chapter 1", "Chapter 2"]


def test_a_fix_changes_kind_level_and_title() -> None:
    fix = {"at": "Chapter 2", "kind": "interlude", "level": 2, "title": "Between"}
    book = _book("Chapter 1", "Chapter 2", "Chapter 3", fix=[fix])
    section = book.document.sections[1]
    assert (section.kind, section.level) == (SectionKind.INTERLUDE, 2)
    assert book.headings[1] == (2, "Chapter 2", "Between")


def test_a_fix_makes_a_heading_of_a_line_and_text_of_a_heading() -> None:
    fixes = [{"at": "Marta"}, {"at": "Chapter 2", "kind": "text"}]
    text = _chapters("Chapter 1", "Chapter 2").replace("tin.", "tin.\n\nMarta", 1)
    assert read(text, manuscript={"fix": fixes}).headings == [
        (1, "Chapter 1", ""),
        (1, "", "Marta"),
    ]


def test_a_fix_without_a_place_is_reported() -> None:
    assert "S018" in _book("Chapter 1", "Chapter 2", fix=[{"at": "Chapter 9"}]).codes


def test_start_and_end_cut_the_work() -> None:
    text = "Draft seven.\n\n" + _chapters("Chapter 1", "Chapter 2") + "\n\nCut this.\n"
    book = read(text, manuscript={"start": "Chapter 1", "end": "biscuit tin."})
    assert [gone.what for gone in book.document.removed] == [
        "text before the start",
        "text after the end",
    ]
    assert book.letters() == book.source_letters()


def test_a_missing_start_is_reported() -> None:
    assert _book("Chapter 1", "Chapter 2", start="Once upon").codes == ["S017"]


def test_a_faulty_pattern_is_reported() -> None:
    found: list[Diagnostic] = []
    assert compile_pattern("(", "not-a-heading", found.append) is None
    assert [one.code for one in found] == ["S019"]


def test_own_marks_of_breaks() -> None:
    text = f"{_PROSE}\n\n@@\n\n{_PROSE}\n\n***\n\n{_PROSE}\n"
    book = read(text, manuscript={"scene-breaks": ["@@"]})
    (section,) = book.document.sections
    assert [block.mark for block in section.blocks if isinstance(block, SceneBreak)] == ["@@"]


def test_blank_lines_as_own_breaks() -> None:
    text = f"{_PROSE}\n\n\n{_PROSE}\n\n{_PROSE}\n"
    book = read(text, manuscript={"scene-breaks": ["blank:2"]})
    assert len(book.outline["scene_breaks"]) == 1


def test_the_contents_list_may_be_kept() -> None:
    text = "Contents\n\nChapter 1: Ebb\nChapter 2: Flood\n\n\n" + _chapters(
        "Chapter 1: Ebb", "Chapter 2: Flood"
    )
    assert [gone.what for gone in read(text).document.removed] == ["contents list"]
    kept = read(text, manuscript={"contents": "keep"})
    assert kept.document.removed == ()
    assert kept.letters() == kept.source_letters()


def test_another_number_of_chapters_is_reported() -> None:
    assert _book("Chapter 1", "Chapter 2", expect=2).codes == []
    assert _book("Chapter 1", "Chapter 2", expect=3).codes == ["S016"]


def test_holes_and_repeats_are_reported() -> None:
    assert _book("Chapter 1", "Chapter 2", "Chapter 4", "Chapter 5").codes == ["S010"]
    assert _book("Chapter 1", "Chapter 2", "Chapter 2", "Chapter 3").codes == ["S011"]


def test_a_lone_form_is_reported() -> None:
    text = _chapters("1", "2", "3").replace(f"{_PROSE}\n\n\n3", f"{_PROSE}\n\n\nBook 7\n\nx\n\n\n3")
    book = read(text, manuscript={"not-a-heading": ["zzz"]})
    assert set(book.codes) <= {"S012"}


def test_a_contents_entry_without_heading_is_reported() -> None:
    text = "Contents\n\nThe Door\nThe Quay\nThe Lamp\nThe Missing Bell\n\n\n\n" + _chapters(
        "The Door", "The Quay", "The Lamp"
    )
    assert "S013" in read(text).codes


def test_an_empty_chapter_is_reported() -> None:
    text = _chapters("Chapter 1", "Chapter 2") + "\n\nChapter 3\n\n\n" + _chapters("Chapter 4")
    assert "S014" in read(text).codes


def test_a_very_long_chapter_is_reported() -> None:
    text = _chapters(*(f"Chapter {n}" for n in range(1, 8))) + (f"\n{_PROSE}\n" * 400)
    assert "S015" in read(text).codes


def test_a_guessed_language_is_said() -> None:
    german = (
        "Das Schloss war geölt, und niemand, der in dem Haus wohnte, hätte das getan. Sie legte "
        "die Hand auf die Tür und spürte, wie sie ein wenig nachgab, und er war nicht da."
    )
    book = read(f"{german}\n\n{german}\n")
    assert book.document.language == "de"
    assert book.codes == ["S001"]
    assert read(german, book={"language": "en"}).codes == []


def test_several_files_make_one_book() -> None:
    book = read(_chapters("Chapter 1"), _chapters("Chapter 2"), _chapters("Chapter 3"))
    assert [label for _, label, _ in book.headings] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert [section.span.source for section in book.document.sections] == [0, 1, 2]


def test_files_without_headings_are_sections() -> None:
    book = read(f"{_PROSE}\n\n{_PROSE}\n", f"{_PROSE}\n", f"{_PROSE}\n")
    assert [section.label for section in book.document.sections] == ["1", "2", "3"]
    assert [len(section.blocks) for section in book.document.sections] == [2, 1, 1]
    assert {section.kind for section in book.document.sections} == {SectionKind.CHAPTER}


def test_a_dedication_and_an_epigraph_come_before_the_body() -> None:
    text = "The Salt Road\n\nJane Roe\n\nFor my mother\n\n    Count the sacks.\n\n\n" + _chapters(
        "Chapter 1", "Chapter 2"
    )
    kinds = [(section.kind, section.matter) for section in read(text).document.sections[:2]]
    assert kinds == [
        (SectionKind.DEDICATION, Matter.FRONT),
        (SectionKind.EPIGRAPH, Matter.FRONT),
    ]


def test_a_note_is_paired_with_its_mark() -> None:
    text = f"Chapter 1\n\nThe lock[1] was oiled.\n\n{_PROSE}\n\n[1] With whale oil.\n\n\n"
    book = read(text + _chapters("Chapter 2"))
    (note,) = book.document.notes
    assert note.id == "note-1"
    assert "whale" not in book.letters()


def test_verse_keeps_its_lines_and_a_letter_is_a_letter() -> None:
    verse = "    The boat goes out,\n    the boat comes in,\n      and so do you."
    letter = (
        "    Dear Otto,\n\n    The lock is oiled. I did not do it, and I do not know who did\n"
        "    it either, but I have my thoughts.\n\n    MARTA"
    )
    wrapped = textwrap.fill(_PROSE, 70)
    text = "\n\n".join([wrapped, verse, wrapped, letter, wrapped]) + "\n"
    (section,) = read(text).document.sections
    kinds = [type(block) for block in section.blocks]
    assert Verse in kinds
    quote = next(block for block in section.blocks if isinstance(block, Quote))
    assert quote.role is QuoteRole.LETTER


def test_an_authors_note_stands_apart() -> None:
    text = "Chapter 1\n\nA/N: Thanks to everyone!\n\n" + _PROSE + "\n\n\n" + _chapters("Chapter 2")
    first = read(text).document.sections[0].blocks[0]
    assert isinstance(first, Quote)
    assert first.role is QuoteRole.NOTE
