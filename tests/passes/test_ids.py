"""Ids: readable, stable, each once, names that XML allows."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bookforge.passes import ids
from bookforge.passes.ids import make_slug
from tests.passes.books import Desk


def _ids(text: str) -> list[str]:
    desk = Desk()
    return [section.id for section in ids.assign(desk.read(text), desk.context).sections]


def test_chapters_are_called_by_their_numbers() -> None:
    assert _ids("# Chapter 1\n\na\n\n# Chapter 2: The Sea\n\nb\n") == ["chapter-1", "chapter-2"]


def test_numbers_that_begin_anew_are_told_apart_by_their_part() -> None:
    text = "# Part One\n\n## Chapter 1\n\na\n\n# Part Two\n\n## Chapter 1\n\nb\n"
    assert _ids(text) == ["part-1", "part-1-chapter-1", "part-2", "part-2-chapter-1"]


def test_titles_make_ids() -> None:
    assert _ids("# Über den Fluß\n\na\n\n# Ça va?\n\nb\n") == ["uber-den-fluss", "ca-va"]


def test_titles_in_other_scripts_have_ids_too() -> None:
    assert _ids("# 海\n\na\n\n# Море\n\nb\n") == ["chapter", "chapter-2"]


def test_the_writers_own_id_is_kept() -> None:
    assert _ids("# The Sea {#sea}\n\na\n") == ["sea"]


def test_notes_get_plain_names() -> None:
    desk = Desk()
    document = ids.assign(desk.read("A.[^*]\n\n[^*]: star\n"), desk.context)
    assert document.notes[0].id == "note-1"


@given(st.lists(st.text(max_size=30), max_size=8))
def test_ids_are_unique_names(titles: list[str]) -> None:
    text = "\n\n".join(f"# {' '.join(title.split())}\n\nText." for title in titles)
    found = _ids(text)
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", name) for name in found)


@given(st.text())
def test_slugs_are_ascii(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", make_slug(text))
