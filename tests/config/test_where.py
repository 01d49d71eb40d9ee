"""Where each key and value of a TOML text stands."""

from __future__ import annotations

import contextlib
import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.config.where import Path, find_places

_TEXT = '''# a remark with = and [brackets]
"top level" = 1
[book]
title = "A \\" quote # no remark"   # a remark
site."quoted.part".deep = 'x'
isbn = { epub = "e", print = "p" }
blurb = """
[not a table]
key = 1
"""
raw = \'\'\'it's "raw"\'\'\'
when = 1979-05-27 07:32:00
list = [ # remark, with comma
  "one", [2, 3], { four = 4 },
]
[[book.contributor]]
name = "First"
[[book.contributor]]
name = "Second"
[book.contributor.detail]
age = 3
[ output . "print" ]
trim = "A5"
'''


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("top level",), '"top level"', "1"),
        (("book", "title"), "title", '"A \\" quote # no remark"'),
        (("book", "site", "quoted.part", "deep"), "deep", "'x'"),
        (("book", "site", "quoted.part"), '"quoted.part"', "'x'"),
        (("book", "isbn"), "isbn", '{ epub = "e", print = "p" }'),
        (("book", "isbn", "print"), "print", '"p"'),
        (("book", "raw"), "raw", "'''it's \"raw\"'''"),
        (("book", "when"), "when", "1979-05-27 07:32:00"),
        (("book", "list", 0), '"one"', '"one"'),
        (("book", "list", 1, 1), "3", "3"),
        (("book", "list", 2, "four"), "four", "4"),
        (("book", "contributor", 0, "name"), "name", '"First"'),
        (("book", "contributor", 1, "name"), "name", '"Second"'),
        (("book", "contributor", 1, "detail", "age"), "age", "3"),
        (("book",), "book", "[book]"),
        (("output", "print", "trim"), "trim", '"A5"'),
    ],
)
def test_key_and_value_are_found(path: Path, key: str, value: str) -> None:
    place = find_places(_TEXT).places[path]
    assert _TEXT[slice(*place.key)] == key
    assert _TEXT[slice(*place.value)] == value


def test_a_multi_line_string_is_no_table() -> None:
    assert ("not a table",) not in find_places(_TEXT).places
    place = find_places(_TEXT).places[("book", "blurb")]
    assert _TEXT[slice(*place.value)].count("\n") == 3


def test_a_key_that_is_not_there_points_at_its_table() -> None:
    place = find_places(_TEXT).find(("output", "print", "nowhere"))
    assert place is not None
    assert _TEXT[slice(*place.value)] == '[ output . "print" ]'
    assert find_places(_TEXT).find(("nowhere",)) is None


@pytest.mark.parametrize("text", ["", "[", "a", "a = ", "= 1", "[[x", 'a = "', "{", "]", "\\"])
def test_broken_text_ends(text: str) -> None:
    with contextlib.suppress(ValueError, IndexError):
        find_places(text)


_keys = st.text("abc-_ .#[]=\"'é", min_size=1, max_size=5)
_scalars = st.one_of(
    st.booleans(), st.integers(-99, 10**6), st.text("xy \"'#]}[{=,\\\n", max_size=9)
)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=6,
)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[\n  " + ", # ] remark\n  ".join(_inline(item) for item in value) + "\n]"
    return json.dumps(value)


def _key(key: str) -> str:
    return json.dumps(key)


def _leaves(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    found = [] if not path else [(path, value)]
    for key, inner in steps:
        deeper = (*path, key)
        found += _leaves(inner, deeper) if isinstance(inner, dict | list) else [(deeper, inner)]
    return found


@given(st.dictionaries(_keys, st.dictionaries(_keys, _values, max_size=3), max_size=3))
def test_every_value_reads_back_from_its_place(tables: dict[str, dict[str, Any]]) -> None:
    text = ""
    for name, table in tables.items():
        pairs = [f"{_key(key)} = {_inline(value)} # remark\n" for key, value in table.items()]
        text += f"[{_key(name)}]\n" + "".join(pairs)
    assert tomllib.loads(text) == tables
    places = find_places(text)
    for path, value in _leaves(tables):
        if len(path) > 1:
            start, end = places.places[path].value
            assert tomllib.loads(f"v = {text[start:end]}")["v"] == value
