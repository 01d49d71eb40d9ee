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
