"""What book.toml says about the manuscript holds for Markdown too."""

from __future__ import annotations

from bookforge.model.blocks import SceneBreak
from bookforge.model.walk import inline_runs, plain
from tests.readers.markdown.reading import Read, read


def _titles(found: Read) -> list[str]:
    return [plain(section.title) for section in found.document.sections]


def _breaks(found: Read) -> list[str]:
    return [
        block.mark
        for section in found.document.sections
        for block in section.blocks
        if isinstance(block, SceneBreak)
    ]


def test_headings_may_be_switched_off() -> None:
    found = read("# One\n\nText.\n\n# Two\n\nText.\n", manuscript={"headings": "none"})
    assert _titles(found) == [""]
    assert len(found.document.sections[0].blocks) == 4


def test_false_headings_become_text() -> None:
    found = read("# One\n\nText.\n\n# Fig. 1\n", manuscript={"not-a-heading": ["^Fig"]})
    assert len(found.document.sections) == 1


def test_headings_are_mended_by_their_words() -> None:
    fixes = [
        {"at": "Tide", "kind": "prologue"},
        {"at": "Ebb", "title": "The Ebb"},
        {"at": "No heading", "kind": "text"},
    ]
    found = read("# Tide\n\na\n\n# Ebb\n\nb\n\n# No heading\n", manuscript={"fix": fixes})
    assert _titles(found) == ["Tide", "The Ebb"]
    assert found.document.sections[0].kind.value == "prologue"


def test_a_title_that_the_book_does_not_tell_is_named() -> None:
    text = "# The *Red* Kettle {lang=en}\n\n## Chapter 1\n\na\n\n## Chapter 2\n\nb\n"
    for title, codes in (("Lamps", ["S021"]), ("The Red Kettle", [])):
        found = read(text, book={"title": title, "language": "en"})
        assert [one.code for one in found.found] == codes
    kept = text.replace("lang=en", "kind=part")
    assert "S021" not in [one.code for one in read(kept, book={"title": "Lamps"}).found]


def test_own_scene_breaks_are_the_only_ones() -> None:
    settings = {"scene-breaks": ["+ +"]}
    assert _breaks(read("a\n\n\\++\n\nb\n\n~\n\nc\n", manuscript=settings)) == ["++"]


def test_blank_lines_may_be_scene_breaks() -> None:
    settings = {"scene-breaks": ["blank:2"]}
    found = read("# One\n\n\n\na\n\nb\n\n\nc\n\n\n\nd\n", manuscript=settings)
    assert _breaks(found) == ["", ""]


def test_a_contents_list_may_be_kept() -> None:
    text = "# Contents\n\n- One\n\n# One\n\na\n"
    assert _titles(read(text, manuscript={"contents": "keep"}))[0] == "Contents"
    assert _titles(read(text)) == [""]


def test_several_files_are_one_book() -> None:
    found = read("# One\n\na[^1]\n\n[^1]: x\n", "more\n\n# Two\n\nb[^1]\n\n[^1]: y\n", "# Three\n")
    assert [section.label for section in found.document.sections] == ["One", "Two", "Three"]
    assert [plain(run) for run in inline_runs(found.document.sections[0].blocks)] == ["a", "more"]
    assert [note.id for note in found.document.notes] == ["1-1", "2-1"]


def test_a_file_without_headings_stands_for_itself() -> None:
    found = read("# One\n\na\n", "b\n", "# Two\n\nc\n")
    assert [section.kind.value for section in found.document.sections] == [
        "chapter",
        "text",
        "chapter",
    ]


def test_a_paragraph_may_be_made_a_heading() -> None:
    fixes = [{"at": "It begins", "level": 1, "kind": "prologue"}]
    found = read("It begins\n\na\n\n# Two\n\nb\n", manuscript={"fix": fixes})
    assert [section.kind.value for section in found.document.sections] == ["prologue", "chapter"]


def test_a_fix_that_meets_nothing_is_reported() -> None:
    assert read("a", manuscript={"fix": [{"at": "Gone", "kind": "text"}]}).codes == ["S018"]


def test_own_patterns_find_headings() -> None:
    pattern = {"level": 1, "match": r"(?P<label>\d+)/(?P<title>.+)"}
    settings = {"headings": "patterns", "heading": [pattern]}
    found = read("1/The *Sea*\n\na\n\n# None\n\n2/Land\n\nb\n", manuscript=settings)
    assert [(one.label, one.number) for one in found.document.sections] == [("1", 1), ("2", 2)]
    assert _titles(found) == ["The Sea", "Land"]


def test_the_work_may_begin_and_end_inside_the_text() -> None:
    text = "# Notes\n\nMine.\n\n# One\n\nIt begins.\n\nIt ends.\n\nAn advertisement.\n"
    found = read(text, manuscript={"start": "One", "end": "It ends."})
    assert [section.label for section in found.document.sections] == ["One"]
    assert [item.what for item in found.document.removed] == [
        "before the work",
        "before the work",
        "after the work",
    ]


def test_ends_that_are_not_there_are_reported() -> None:
    settings = {"start": "Nowhere", "end": "Nowhere"}
    assert read("a", manuscript=settings).codes == ["S017", "S017"]


def test_an_expected_number_of_chapters_is_counted() -> None:
    text = "# Chapter 1\n\na\n\n# Chapter 2\n\nb\n"
    assert read(text, manuscript={"expect": 2}).codes == []
    assert read(text, manuscript={"expect": 3}).codes == ["S016"]


def test_holes_in_the_numbers_are_reported() -> None:
    found = read("# Chapter 1\n\na\n\n# Chapter 3\n\nb\n\n# Chapter 3\n\nc\n\n# Chapter 1\n\nd\n")
    assert found.codes == ["S010", "S011"]


def test_a_heading_without_text_is_reported() -> None:
    assert read("# Part One\n\n## Chapter 1\n\n## Chapter 2\n\nb\n").codes == ["S014"]


def test_titles_lose_the_marks_of_emphasis() -> None:
    front = "---\ntitle: My *Best* __Book__\nsubtitle: a_file_name, 2 * 3 * 4\n---\nText.\n"
    found = read(front).document.found
    assert (found.title, found.subtitle) == ("My Best Book", "a_file_name, 2 * 3 * 4")
    assert (
        read("# My *Best* Book\n\n## I\n\na\n\n## II\n\nb\n").document.found.title == "My Best Book"
    )


def test_a_mark_of_a_note_that_is_not_written_is_said() -> None:
    found = read("# One\n\nText[^1] and more.[^2]\n\n[^1]: There.\n")
    places = [found.sources.locate(one.span) for one in found.found if one.code == "S080"]
    assert [(place.line, place.column) for place in places if place] == [(3, 19)]


_UNMARKED = "Chapter One\n\nRain.\n\nChapter Two\n\nRain.\n\nChapter Three\n\nRain.\n"


def test_a_chapter_without_number_signs_may_be_made_text() -> None:
    fix = {"at": "Chapter Two", "kind": "text"}
    found = read(_UNMARKED, manuscript={"fix": [fix]})
    assert [section.label for section in found.document.sections] == [
        "Chapter One",
        "Chapter Three",
    ]
    assert "S018" not in [one.code for one in found.found]


def test_no_chapter_without_number_signs_where_none_are_wanted() -> None:
    assert len(read(_UNMARKED, manuscript={"headings": "none"}).document.sections) == 1
    barred = read(_UNMARKED, manuscript={"not-a-heading": ["Two"]})
    assert len(barred.document.sections) == 2
