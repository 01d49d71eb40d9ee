"""Names of output files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.locate import natural_key
from bookforge.naming import fill_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Tide Tables", "The Tide Tables"),
        ("Über naïve Éclairs", "Über naïve Éclairs"),
        ("War: A History", "War - A History"),
        ("AC/DC", "AC-DC"),
        ("What?", "What"),
        ("..", "book"),
        ("con", "con-book"),
        ("  Two\n lines ", "Two lines"),
        ("Τέλος 終わり", "Τέλος 終わり"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert fill_name("{title}", {"title": title}, None) == name


def test_template_and_edition() -> None:
    values = {"title": "Low Water", "author": "A. Keel"}
    assert (
        fill_name("{author} - {title}", values, "large-print") == "A. Keel - Low Water-large-print"
    )


@given(st.text(max_size=300), st.one_of(st.none(), st.sampled_from(["large-print", "x"])))
def test_names_are_short_and_legal(title: str, edition: str | None) -> None:
    name = fill_name("{title}", {"title": title}, edition)
    assert 0 < len(name) <= 100
    assert len(name.encode("utf-8", "surrogatepass")) <= 255 - 40
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name.strip(" .") == name


def test_figures_that_are_no_numbers_can_be_sorted() -> None:
    assert sorted(["1²2.md", "1①.md", "٣.md", "2.md"], key=natural_key)[0][0] == "1"


def test_natural_order() -> None:
    names = ["10.md", "2.md", "1b.md", "1a.md", "Chapter 11", "chapter 9"]
    assert sorted(names, key=natural_key) == [
        "1a.md",
        "1b.md",
        "2.md",
        "10.md",
        "chapter 9",
        "Chapter 11",
    ]
